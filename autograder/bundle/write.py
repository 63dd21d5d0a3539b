"""Writes what students download, as a folder and as a zip: the same bytes each time. Trusted side."""

import io
import shutil
import tempfile
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

import glm2mlp
from autograder.authoring.build import release_notebook, solved_notebook
from autograder.authoring.lectures import lecture_notebooks
from autograder.courses import PACKAGE
from autograder.files import draft_of, write_atomically
from glm2mlp.course import Assignment, Course

NAME = "glm2mlp-course"
SOLVED = f"{NAME}-with-solutions"
# Where a bundle's files stand; whatever else lies in its folder is somebody's work.
FOLDERS = ("assignments", "lectures", "solutions")
# The start file of each system, and what it is made of.
STARTS = {
    "start.py": "start.py",
    "start-windows.bat": "start.bat",
    "start-macos.command": "start.sh",
    "start-linux.sh": "start.sh",
}
PUBLISHED = """\
The solutions are in solutions/: read them beside your own answers.
"""
TIME = (2026, 1, 1, 0, 0, 0)


class BundleError(Exception):
    """The bundle cannot be written; the text says why, and what to do."""


def write_bundle(
    directory: Path, assignments: Sequence[Assignment], *, solved: bool = False
) -> Path:
    """Write the bundle of these assignments into `directory`; returns its folder, with the zip beside it.

    With `solved` the solutions are in it, and its name says so. Raises BundleError and OSError.
    """
    folder = directory / (SOLVED if solved else NAME)
    _refuse_strangers(folder, assignments[0].course)
    contents = bundle(assignments, solved=solved)
    if folder.exists():
        shutil.rmtree(folder)
    for name, content in contents.items():
        mode = 0o777 if _starts(name) else 0o666
        write_atomically(folder / name, content, mode=mode)
    write_atomically(folder.with_suffix(".zip"), zipped(contents, folder.name), mode=0o666)
    return folder


def bundle(assignments: Sequence[Assignment], *, solved: bool = False) -> dict[str, bytes]:
    """Make the bundle's files, by name."""
    wheel, built = student_wheel(assignments[0].course)
    texts = {f"assignments/{each.name}.ipynb": release_notebook(each) for each in assignments}
    texts |= {
        f"lectures/{path.name}": text for path, text in lecture_notebooks(assignments[0].course)
    }
    if solved:
        texts |= {f"solutions/{each.name}.ipynb": solved_notebook(each) for each in assignments}
    count = len(assignments)
    values = {
        "wheel": wheel,
        "first": assignments[0].name,
        "count": "one assignment" if count == 1 else f"{count} assignments",
        "order": _wrapped(
            "Assignments, in their order: " + ", ".join(each.name for each in assignments) + "."
        ),
        "solutions": PUBLISHED if solved else "",
    }
    texts["README.txt"] = _filled_in("README.txt", values)
    texts["environment.yml"] = _filled_in("environment.yml", values)
    for name, source in STARTS.items():
        text = _filled_in(source, values)
        # Windows reads a batch file by its own ends of lines.
        texts[name] = text.replace("\n", "\r\n") if name.endswith(".bat") else text
    return {wheel: built} | {name: text.encode() for name, text in texts.items()}


def zipped(contents: Mapping[str, bytes], root: str) -> bytes:
    """Zip the files below a folder `root`: sorted and without a date; equal files give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"{root}/{name}", date_time=TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if _starts(name) else 0o100644) << 16
            archive.writestr(entry, contents[name])
    return buffer.getvalue()


def _starts(name: str) -> bool:
    return name in STARTS


def _filled_in(name: str, values: Mapping[str, str]) -> str:
    """A file of `student/`, with the values in the place of their names in braces."""
    text = files("autograder.bundle").joinpath("student", name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def _wrapped(text: str) -> str:
    """Break a line of the README, below which all lines are indented."""
    return f"\n{' ' * 8}".join(textwrap.wrap(text, 88))


def student_wheel(course: Course) -> tuple[str, bytes]:
    """Build the student package from the one that is installed here: its file's name, and its bytes."""
    places = (PACKAGE.parent / "glm2mlp", PACKAGE / "_student")  # in a checkout, in our own wheel
    (metadata,) = (p for place in places if (p := place / "pyproject.toml").is_file())
    with tempfile.TemporaryDirectory() as scratch:
        package = Path(scratch, "package")
        without = shutil.ignore_patterns("__pycache__", "_course")
        shutil.copytree(glm2mlp.__path__[0], package / "src" / "glm2mlp", ignore=without)
        shutil.copyfile(metadata, package / "pyproject.toml")
        for name, path in course.public_files.items():  # as the metadata say, beside the package
            (package.parent / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, package.parent / name)
        builder = WheelBuilder(str(package))
        (path,) = map(Path, builder.build(directory=scratch, versions=["standard"]))
        return path.name, path.read_bytes()


def _refuse_strangers(folder: Path, course: Course) -> None:
    """Raise BundleError if something in the folder was not written by us."""
    ours = {"README.txt", "environment.yml", *STARTS, *(f"{name}.ipynb" for name in course.names)}
    ours |= {path.name for path, _ in lecture_notebooks(course)}
    ours |= {draft_of(Path(name)).name for name in (*ours, "*.whl")}  # of a release that was killed
    for path in sorted(folder.rglob("*")):
        names = FOLDERS if path.is_dir() else (*ours, "*.whl")
        known = any(fnmatchcase(path.name, name) for name in names)
        if not known:
            raise BundleError(
                f"{path}: is not of a bundle, and would be lost; delete {folder}, or choose another --to"
            )
