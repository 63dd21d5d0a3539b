"""Builds the course for readers who have nothing installed: `make lite`, in build/lite. For authors.

JupyterLite is JupyterLab as a folder of static files; Python runs in the reader's browser (Pyodide). The
folder holds the lectures and the assignments as students receive them, the student package as a wheel, and
what the kernel needs and Pyodide lacks. Pyodide comes from its public CDN, or from a folder that is copied.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

import nbformat

from autograder.authoring.build import release_notebook
from autograder.authoring.lectures import lecture_paths, notebook_text, read_lecture
from autograder.bundle.write import student_wheel
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

SITE = Path(__file__).parent
ROOT = SITE.parent
OUTPUT = ROOT / "build" / "lite"
WORK = ROOT / "build" / "work-lite"

# The kernel of jupyterlite-pyodide-kernel 0.6 is made for Pyodide 0.27. Raise them together.
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "jupyterlab_pygments")
# What the kernel needs and Pyodide does not have.
WHEELS = ("comm",)
# What a folder of Pyodide must have; the packages are named as in its lock.
NEEDED = (
    "pyodide.js",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
SIZE = "66 MB"  # with all that the first cell loads, as measured for docs/lite.md
LOAD = """\
# Loads the course's package into your browser. The first time takes a minute.
%pip install -q glm2mlp"""


def main() -> int:
    """Build the folder; returns the exit code."""
    parser = argparse.ArgumentParser(description="Builds JupyterLite with the course.")
    parser.add_argument(
        "--pyodide",
        type=Path,
        metavar="FOLDER",
        help="copy Pyodide from this folder, its «full» distribution; else the CDN is asked at run time",
    )
    pyodide = parser.parse_args().pyodide
    missing = [name for name in NEEDED if pyodide and not (pyodide / name).is_file()]
    if missing:
        sys.exit(f"{pyodide} has no {', '.join(missing)}: unpack there what Pyodide releases.")
    for folder in (OUTPUT, WORK):
        shutil.rmtree(folder, ignore_errors=True)
    write_contents(WORK / "contents")
    write_wheels(WORK / "wheels")
    write_settings(WORK, "./static/pyodide/pyodide.js" if pyodide else PYODIDE)
    if pyodide:
        shutil.copytree(pyodide, WORK / "static" / "pyodide")
    build()
    write(OUTPUT / "index.html", front_page())
    folder = OUTPUT.relative_to(ROOT)
    print(f"It stands in {folder}; to try it: python3 -m http.server -d {folder}")  # noqa: T201
    return 0


def write_contents(folder: Path) -> None:
    """Write the notebooks of lectures and assignments."""
    lectures = [read_lecture(path, COURSE) for path in lecture_paths(COURSE)]
    notebooks = {
        **{f"lectures/{lecture.name}.ipynb": notebook_text(lecture) for lecture in lectures},
        **{
            f"assignments/{name}.ipynb": release_notebook(ASSIGNMENTS[name]) for name in ASSIGNMENTS
        },
    }
    for name, text in notebooks.items():
        write(folder / name, for_browser(text))


def for_browser(notebook: str) -> str:
    """Add the cell that loads the student package, before the first cell of code."""
    read = nbformat.reads(notebook, as_version=4)
    first = next(i for i, cell in enumerate(read.cells) if cell.cell_type == "code")
    read.cells.insert(first, nbformat.v4.new_code_cell(LOAD, id="load_package"))
    return str(nbformat.writes(read)) + "\n"


def write(path: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_wheels(folder: Path) -> None:
    """Make the student package's wheel; fetch those of others that the lock names, by its hashes."""
    name, built = student_wheel(COURSE)
    folder.mkdir()
    (folder / name).write_bytes(built)
    requirements = WORK / "wheels.txt"
    write(requirements, "\n".join(locked_wheels()))
    command = ["pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:"]
    run(*command, "--dest", str(folder), "-r", str(requirements))


def locked_wheels() -> Iterator[str]:
    """The lines by which pip fetches the wheels of WHEELS that uv.lock names."""
    for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]:
        if package["name"] in WHEELS:
            hashes = " ".join(f"--hash={wheel['hash']}" for wheel in package["wheels"])
            yield f"{package['name']}=={package['version']} {hashes}"


def write_settings(folder: Path, pyodide: str) -> None:
    """Write what JupyterLite reads: where Pyodide is."""
    settings = {
        "appName": "glm2mlp",
        "litePluginSettings": {f"{KERNEL}:kernel": {"pyodideUrl": pyodide}},
    }
    content = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    write(folder / "jupyter-lite.json", json.dumps(content, indent=2))


def build() -> None:
    """Put it all together, by JupyterLite's own command, with no other extension that is installed here."""
    extensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    command = ["jupyterlite_core", "build", "--apps", "lab", "--ignore-sys-prefix"]
    command += ["--no-libarchive", "--no-sourcemaps"]
    command += ["--lite-dir", str(WORK), "--output-dir", str(OUTPUT)]
    command += ["--contents", str(WORK / "contents")]
    for extension in EXTENSIONS:
        command += [f"--LiteBuildConfig.federated_extensions={extensions / extension}"]
    for wheel in sorted((WORK / "wheels").glob("*.whl")):
        command += ["--piplite-wheels", str(wheel)]
    run(*command)


def front_page() -> str:
    """What the reader sees first: links to all notebooks, and what to know."""
    lectures = {
        f"lectures/{path.stem}": read_lecture(path, COURSE).title for path in lecture_paths(COURSE)
    }
    assignments = {f"assignments/{name}": each.title for name, each in ASSIGNMENTS.items()}
    page = Template((SITE / "lite.html").read_text(encoding="utf-8"))
    return page.substitute(lectures=links(lectures), assignments=links(assignments), size=SIZE)


def links(titles: dict[str, str]) -> str:
    """The items of a list: notebooks with their titles."""
    items = (
        f'<li><a href="lab/index.html?path={name}.ipynb">{escape(title)}</a></li>'
        for name, title in titles.items()
    )
    return "\n".join(items)


def run(module: str, *arguments: str) -> None:
    """Run a module of this environment; if it fails, show what it said and stop."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=WORK, text=True, check=False, capture_output=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n{module} failed.")


if __name__ == "__main__":
    sys.exit(main())
