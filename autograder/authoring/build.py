"""Writes an nbgrader course, the students' notebooks beside the sources, the coverage page. Trusted."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, BinaryIO

import nbformat
from nbgrader.api import get_alembic_version
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import CheckCellMetadata, ClearSolutions, ComputeChecksums, LockCells
from sqlalchemy import create_engine, inspect
from sqlalchemy import text as sql
from traitlets.config import Config, PyFileConfigLoader

from autograder.authoring.cells import solved_cells
from autograder.authoring.stubs import CODE_STUB, TEXT_STUB, without_marks
from autograder.files import make_private, sole_writer, write_atomically
from autograder.release import Cell, Role
from glm2mlp.course import Assignment, Course

LOCK = ".build-lock"  # empty, but while a course is being built

OTHER_CELLS = "Cannot add or remove cells"  # what nbgrader says


class OtherCellsError(Exception):
    """A course that was graded cannot be built again with other cells; the text says what to do."""


# Which of nbgrader's flags a role carries; prose and the seed are not tracked.
FLAGS: dict[Role, tuple[str, ...]] = {
    "given": ("locked",),
    "show": ("locked",),
    "answer": ("solution",),
    "test": ("grade", "locked"),
    "written": ("grade", "solution"),
}


def build_course(directory: Path, course: Course) -> None:
    """Write an nbgrader course: configuration, `source/`, and by nbgrader `release/` and gradebook.

    An existing configuration stays as it is. Built again, the notebooks are the same bytes.
    """
    make_private(directory)
    with sole_writer(directory / LOCK, mode=0o666) as lock:
        _build_locked(directory, course, lock)


def build_where_needed(directory: Path, course: Course, is_built: Callable[[], bool]) -> None:
    """Build the course unless it `is_built`; one that another process builds now is waited for."""
    path = directory / LOCK
    if is_built() and not (path.exists() and path.stat().st_size):
        return
    with sole_writer(path, mode=0o666) as lock:
        if path.stat().st_size or not is_built():
            _build_locked(directory, course, lock)


def course_config(directory: Path) -> Config:
    """The nbgrader configuration of a course.

    A relative path of an SQLite file begins at the course: nbgrader's commands run there, ours anywhere.
    """
    root = directory.resolve()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    kind, sqlite, path = str(config.CourseDirectory.get("db_url")).partition("sqlite:///")
    if sqlite and not kind:
        config.CourseDirectory.db_url = f"{sqlite}{root / path}"
    return config


def _build_locked(directory: Path, course: Course, lock: BinaryIO) -> None:
    """Build while `lock` says so; what it says already is left of a build that broke off.

    It is emptied and not deleted: who waits for it would make it anew, in a course that others use by then.
    """
    broke_off = bool(lock.read())
    lock.write(b"a course is being built here\n")
    lock.flush()
    _build(directory, course, broke_off=broke_off)
    lock.truncate(0)


def _build(directory: Path, course: Course, *, broke_off: bool) -> None:
    config = directory / "nbgrader_config.py"
    if not config.exists():
        template = Template(
            files("autograder.authoring").joinpath(f"{config.name}.txt").read_text()
        )
        content = template.substitute(
            course_id=course.id,
            code_stub=repr(CODE_STUB),
            text_stub=repr(TEXT_STUB),
        )
        write_atomically(config, content, mode=0o666)
    loaded = course_config(directory)
    with _alembic_on_path():
        if broke_off:
            _stamp(CourseDirectory(config=loaded).db_url)
        for name, assignment in course.assignments.items():
            source = directory / "source" / name / f"{name}.ipynb"
            write_atomically(source, source_notebook(assignment), mode=0o666)
            result = NbGraderAPI(config=loaded).generate_assignment(name)
            if not result["success"]:
                if result["error"].endswith("KeyboardInterrupt\n"):  # nbgrader catches that, too
                    raise KeyboardInterrupt
                raise _not_released(directory, name, result.get("log") or result["error"])


def _not_released(directory: Path, name: str, log: str) -> Exception:
    if OTHER_CELLS not in log:
        return RuntimeError(f"nbgrader could not release {name}:\n{log}")
    return OtherCellsError(
        f"{directory}: «{name}» has lost or gained cells, and there are submissions in the gradebook; "
        "nbgrader then takes no other cells. Build into a new directory by --course, or, if this one was a "
        "trial, delete it"
    )


def _stamp(db_url: str) -> None:
    """Write down the version of a gradebook's tables, where nbgrader was killed before it did so.

    It makes the tables, then asks another program for a second, and never comes back to it.
    """
    engine = create_engine(db_url)
    with engine.begin() as connection:
        tables = inspect(connection).get_table_names()
        if tables and "alembic_version" not in tables:
            connection.execute(
                sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
        if tables and not connection.scalar(sql("SELECT count(*) FROM alembic_version")):
            version = {"version": get_alembic_version()}
            connection.execute(sql("INSERT INTO alembic_version VALUES (:version)"), version)
    engine.dispose()


def write_notebooks(course: Course) -> None:
    """Write the notebooks beside their text sources, and the coverage page."""
    for path, text in _generated(course):
        path.write_text(text, encoding="utf-8")


def stale_notebooks(course: Course) -> list[Path]:
    """Return the files that `write_notebooks` would change."""
    return [
        path
        for path, text in _generated(course)
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def source_notebook(assignment: Assignment) -> str:
    """Make nbgrader's source notebook of an assignment, with the solutions, as JSON."""
    return _json(_notebook(assignment))


def release_notebook(assignment: Assignment) -> str:
    """Make the notebook that students receive, by nbgrader's own preprocessors, as JSON."""
    stubs = Config(ClearSolutions={"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB})
    notebook = _notebook(assignment)
    resources: dict[str, Any] = {}
    for preprocessor in (LockCells, ClearSolutions, ComputeChecksums, CheckCellMetadata):
        notebook, resources = preprocessor(config=stubs).preprocess(notebook, resources)
    return _json(notebook)


def solved_notebook(assignment: Assignment) -> str:
    """Make the notebook that students may read after the deadline, as JSON: no marks, nothing to hand in."""
    notebook = _notebook(assignment)
    for cell in notebook.cells:
        cell.source = without_marks(cell.source)
        cell.metadata.clear()
    return _json(notebook)


def _json(notebook: nbformat.NotebookNode) -> str:
    return str(nbformat.writes(notebook)) + "\n"


def _generated(course: Course) -> Iterator[tuple[Path, str]]:
    from autograder.authoring.coverage import coverage_page  # jupytext is slow to import
    from autograder.authoring.lectures import lecture_notebooks

    for name, assignment in course.assignments.items():
        yield course.path("assignments", f"{name}.ipynb"), release_notebook(assignment)
    yield from lecture_notebooks(course)
    yield course.path("docs", "coverage.md"), coverage_page(course)


def _notebook(assignment: Assignment) -> nbformat.NotebookNode:
    kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(
        metadata={"kernelspec": kernelspec, "language_info": {"name": "python"}},
        cells=[_notebook_cell(assignment, cell) for cell in solved_cells(assignment)],
    )


def _notebook_cell(assignment: Assignment, cell: Cell) -> nbformat.NotebookNode:
    new = (
        nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
    )
    metadata = {"nbgrader": _nbgrader_metadata(assignment, cell)} if cell.tracked else {}
    return new(cell.source, id=cell.grade_id, metadata=metadata)


def _nbgrader_metadata(assignment: Assignment, cell: Cell) -> dict[str, Any]:
    flags = FLAGS[cell.role]
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": cell.grade_id,
        "task": False,
        **{flag: flag in flags for flag in ("grade", "locked", "solution")},
    }
    if "grade" in flags:
        exercise = cell.grade_id.removeprefix("test_")
        metadata["points"] = assignment.exercise(exercise).points
    return metadata


@contextmanager
def _alembic_on_path() -> Iterator[None]:
    """Let nbgrader find the command that it makes a gradebook by; it stands beside this Python."""
    before = os.environ["PATH"]
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before
