"""Writes reports into nbgrader's gradebook, many of them in one transaction. Trusted side.

What is written is what `nbgrader autograde` writes with our preprocessors: formgrader, feedback and export
do not tell the two apart. What a person entered — manual scores, extra credit, comments — stays.
The gradebook is SQLite or PostgreSQL, as nbgrader's `db_url` says.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import api
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import compute_checksum, parse_utc
from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from traitlets.config import Config

from autograder.authoring.build import (
    OtherCellsError,
    build_course,
    build_where_needed,
    course_config,
)
from autograder.autograded import (
    draft_autograded,
    put_in_place,
    sources,
    sources_of,
    unanswered,
)
from autograder.directory import Directory, other_points
from autograder.files import told_when_slow
from autograder.gradebook_rows import Entry, write_entries, write_students
from autograder.grading.task import Mended
from autograder.reading.notebook import UnreadableError
from autograder.report import Report
from autograder.roster import Roster, is_folder_name
from glm2mlp.course import Assignment, Exercise

CONFIG = "nbgrader_config.py"
LOCK_SECONDS = 60.0
CONNECT_SECONDS = 15
GROUP = 50  # entries of one transaction; no more of them are in memory, or wait until the end
WRITTEN = (
    api.Student,
    api.SubmittedAssignment,
    api.SubmittedNotebook,
    api.Grade,
    api.Comment,
)
TOLD_OF_STUDENTS = ("first_name", "last_name", "email", "lms_user_id")


class GradebookError(Exception):
    """The gradebook cannot be used; the text says why and what to do."""


def ensure_gradebook(root: Path) -> None:
    """Make what the course at `root` lacks: configuration, releases, gradebook. Raises GradebookError."""
    with _building(root):
        course = Directory(root).course
        build_where_needed(root, course, lambda: {*course.names} <= _known_assignments(root))


def rebuild(root: Path) -> None:
    """Make configuration, notebooks and gradebook of the course at `root` anew. Raises GradebookError."""
    with _building(root):
        _known_assignments(root)  # where it is held or damaged, nbgrader prints pages
        build_course(root, Directory(root).course)


@contextmanager
def _building(root: Path) -> Iterator[None]:
    try:
        yield
    except OtherCellsError as error:
        raise GradebookError(str(error)) from None
    except (OSError, RuntimeError, SQLAlchemyError) as error:
        raise GradebookError(f"{root}: the gradebook cannot be made: {_cause(error)}") from None


def _cause(error: Exception) -> str:
    """One line of an error; of nbgrader's whole log the line that names the cause."""
    lines = [line.strip() for line in str(error).splitlines()]
    return next((line for line in reversed(lines) if "Error: " in line), lines[0])


class GradeWriter:
    """Writes the reports of the course at `root` into its gradebook, and the notebooks formgrader shows.

    An unreadable submission is there without scores; who handed in nothing is there as a student only.
    With `new_points` the gradebook takes over what exercises are declared to be worth: whoever asks for
    that brings the reports of the whole class. Raises GradebookError.
    """

    def __init__(self, root: Path, *, new_points: bool = False) -> None:
        ensure_gradebook(root)
        self._new_points = new_points
        self._here = Directory(root)
        self._directory = CourseDirectory(config=_config(root), root=str(root.resolve()))
        self._students: set[str] = set()
        self._entries: dict[str, list[Entry]] = {}
        self._remarks: list[str] = []

    @property
    def place(self) -> str:
        """Where the gradebook is, for a person to read."""
        url = make_url(self._directory.db_url)
        return url.database or "" if url.drivername == "sqlite" else url.render_as_string()

    def add(self, report: Report, cells: Mended | None = None) -> None:
        """Draft the autograded notebook; it and the scores wait until there are many, or for `write`.

        `cells` are those of the notebook, mended; without them it is read.
        """
        if not is_folder_name(
            report.student
        ):  # one that no database takes would cost all others theirs
            self._remarks.append(
                f"{self._here.submitted / report.student}: cannot be the id of a student, so it is not in "
                "the gradebook; rename the folder, and grade again"
            )
            return
        self._students.add(report.student)
        if self._here.has_handed_in(report.assignment, report.student):
            try:
                entry = _entry(self._here, self._directory, report, cells, self._remarks)
            except OSError as error:
                raise GradebookError(f"{error.filename}: {error.strerror}") from None
            self._entries.setdefault(report.assignment, []).append(entry)
        if len(self._students) >= GROUP:
            self._write_group()

    def write(self) -> tuple[str, ...]:
        """Write all scores that wait; returns remarks on files a person should look at."""
        if self._students:
            self._write_group()
        return tuple(self._remarks)

    def _write_group(self) -> None:
        with _transaction(self._directory.db_url) as session:
            write_students(session, self._students)
            for name, group in self._entries.items():
                notebook = notebook_of(
                    session, self._here.course.assignments[name], new_points=self._new_points
                )
                write_entries(session, notebook, group, self._directory.config)
        # Whether answers are new is seen by the old notebook: it stays until the gradebook knows of it.
        for name, group in self._entries.items():
            for entry in group:
                try:
                    put_in_place(_folder(self._directory, entry.student, name), name)
                except OSError as error:
                    raise GradebookError(f"{error.filename}: {error.strerror}") from None
        self._students.clear()
        self._entries.clear()


def write_grades(root: Path, reports: Iterable[Report]) -> tuple[str, ...]:
    """Write `reports` as a GradeWriter does; returns its remarks."""
    writer = GradeWriter(root)
    for report in reports:
        writer.add(report)
    return writer.write()


@contextmanager
def open_gradebook(root: Path) -> Iterator[Session]:
    """A session with the gradebook of the course at `root`, kept as a whole. Raises GradebookError."""
    ensure_gradebook(root)
    directory = CourseDirectory(config=_config(root), root=str(root.resolve()))
    with _transaction(directory.db_url) as session:
        yield session


@contextmanager
def existing_gradebook(root: Path) -> Iterator[Session | None]:
    """A session that reads the gradebook, or None where there is none yet. Raises GradebookError."""
    if not _known_assignments(root):
        yield None
        return
    directory = CourseDirectory(config=_config(root), root=str(root.resolve()))
    with _transaction(directory.db_url, writing=False) as session:
        yield session


def add_students(root: Path, roster: Roster) -> None:
    """Write the students of `roster`, with what is known of them. Raises GradebookError."""
    with open_gradebook(root) as session:
        for student in roster.students:
            told = {name: getattr(student, name) or None for name in TOLD_OF_STUDENTS}
            session.merge(api.Student(id=student.id, **told))


def _entry(
    here: Directory,
    directory: CourseDirectory,
    report: Report,
    cells: Mended | None,
    remarks: list[str],
) -> Entry:
    """What the gradebook has to hold of `report`, after drafting its autograded notebook."""
    student, name = report.student, report.assignment
    folder = _folder(directory, student, name)
    shown = folder / f"{name}.ipynb"
    before = sources_of(shown)
    notebook = _autograded(here, folder, report, cells, remarks)
    assignment = here.course.assignments[name]
    stubs = unanswered(notebook, assignment) if notebook else frozenset()
    anew = before is None or notebook is None or before != sources(notebook)
    timestamp = _timestamp(here.submitted / student / name / "timestamp.txt", remarks)
    scores: dict[str, float | None] = {}
    for exercise in assignment.exercises:
        result = report.exercises.get(exercise.name)
        score = result.points if result else None
        if exercise.kind == "written" and exercise.name in stubs:
            score = 0.0
        scores[_grade_cell(exercise)] = score
    comments = {
        exercise.name: "No response." if exercise.name in stubs else None
        for exercise in assignment.exercises
    }
    return Entry(student, anew, timestamp, scores, comments)


def _folder(directory: CourseDirectory, student: str, assignment: str) -> Path:
    """Where formgrader looks for the notebook of a submission."""
    return Path(directory.format_path(directory.autograded_directory, student, assignment))


def _autograded(
    here: Directory, folder: Path, report: Report, cells: Mended | None, remarks: list[str]
) -> dict[str, Any] | None:
    """Draft the autograded notebook, and return it; none for an unreadable one."""
    if report.status != "unreadable":
        path, assignment = (
            here.notebook(report.assignment, report.student),
            here.course.assignments[report.assignment],
        )
        try:
            return draft_autograded(path, folder, assignment, report, cells, remarks)
        except UnreadableError as error:
            remarks.append(f"{error}; it was another file when it was graded")
    shutil.rmtree(folder, ignore_errors=True)
    return None


def grade_cells(assignment: Assignment) -> dict[str, float]:
    """What the cells that nbgrader has points for are worth."""
    return {_grade_cell(exercise): exercise.points for exercise in assignment.exercises}


def _grade_cell(exercise: Exercise) -> str:
    return exercise.name if exercise.kind == "written" else f"test_{exercise.name}"


def _timestamp(path: Path, remarks: list[str]) -> datetime | None:
    """When the submission was handed in, as nbgrader reads it; a bad file costs only the time."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open(encoding="utf-8") as file:
            text = file.read(100).strip()
        return parse_utc(text) if text else None
    except (OSError, ValueError, ArithmeticError):  # of decimals, too: nbgrader's parser makes some
        remarks.append(
            f"{path}: is no time; mend or delete it, or nbgrader's own commands stumble over it"
        )
        return None


def notebook_of(session: Session, assignment: Assignment, *, new_points: bool = False) -> Any:
    """The gradebook's notebook of an assignment, whose cells are worth what is declared.

    Raises GradebookError if they are not, unless they are to be by `new_points`.
    """
    notebook = session.scalars(
        select(api.Notebook)
        .join(api.Assignment)
        .where(api.Assignment.name == assignment.name, api.Notebook.name == assignment.name)
    ).one()
    points = grade_cells(assignment)
    known = {cell.name: cell.max_score for cell in notebook.grade_cells}
    if known.keys() != points.keys():
        raise GradebookError(
            f"the cells of «{assignment.name}» in the gradebook are those of another version; grade in a "
            "new course directory"
        )
    if known != points and not new_points:
        raise GradebookError(other_points(assignment.name))
    if known != points:
        _take_over(notebook, points)
    return notebook


def _take_over(notebook: Any, points: Mapping[str, float]) -> None:
    """Let the cells of the gradebook's notebook be worth `points`, as if nbgrader had been told.

    It compares checksums, in which the points are, and refuses every submission where they differ.
    """
    for cell in notebook.grade_cells:
        cell.max_score = points[cell.name]
    solutions = {cell.name for cell in notebook.solution_cells}
    for cell in notebook.source_cells:
        if cell.name in points:
            flags = {"grade": True, "solution": cell.name in solutions, "locked": cell.locked}
            metadata = {"grade_id": cell.name, "points": points[cell.name], **flags}
            told = {"source": cell.source, "cell_type": cell.cell_type}
            whole = {**told, "metadata": {"nbgrader": metadata}}
            cell.checksum = compute_checksum(nbformat.from_dict(whole))


def _config(root: Path) -> Config:
    """The course's nbgrader configuration."""
    try:
        return course_config(root)
    except OSError as error:
        raise GradebookError(f"{error.filename or root / CONFIG}: {error.strerror}") from None
    except Exception as error:  # it is a program, and may raise anything
        raise GradebookError(f"{root / CONFIG}: {type(error).__name__}: {error}") from None


def _known_assignments(root: Path) -> set[str]:
    """The assignments in the course's gradebook; none where there is no gradebook yet."""
    if not (root / CONFIG).exists():
        return set()
    db_url = CourseDirectory(config=_config(root), root=str(root.resolve())).db_url
    if db_url.startswith("sqlite"):
        path = make_url(db_url).database
        if not (path and Path(path).exists()):
            return set()  # and connecting would make an empty one
    with _transaction(db_url, writing=False) as session:
        if not inspect(session.connection()).has_table(api.Assignment.__tablename__):
            return set()
        return set(session.scalars(select(api.Assignment.name)))


def rows_of(root: Path, assignment: str, query: str) -> list[tuple[str, float]]:
    """The names and numbers that a query of `assignment` finds. Raises GradebookError."""
    if assignment not in _known_assignments(root):
        return []
    directory = CourseDirectory(config=_config(root), root=str(root.resolve()))
    with _transaction(directory.db_url, writing=False) as session:
        rows = session.execute(text(query), {"assignment": assignment})
        return [(name, points) for name, points in rows]


@lru_cache(maxsize=1)  # it knows statements that it has seen; connections it keeps none
def _engine(db_url: str) -> Engine:
    """An engine whose transactions in SQLite wait for others at their start, not in the middle."""
    try:
        if not db_url.startswith("sqlite"):
            return create_engine(db_url, connect_args=_patience(make_url(db_url)))
    except (SQLAlchemyError, ImportError) as error:
        raise GradebookError(
            f"{CONFIG}: db_url: {error}; for PostgreSQL it begins with postgresql+psycopg://, "
            "and needs pip install 'psycopg[binary]'"
        ) from None
    engine = create_engine(db_url, connect_args={"timeout": LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # sqlite3 itself begins too late

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        with told_when_slow(engine.url.render_as_string):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _patience(url: URL) -> dict[str, int]:
    """How long a server may take to let somebody in, where the address does not say: else it is for ever."""
    if url.get_backend_name() != "postgresql" or "connect_timeout" in url.query:
        return {}
    return {"connect_timeout": CONNECT_SECONDS}


@contextmanager
def _transaction(db_url: str, *, writing: bool = True) -> Iterator[Session]:
    """A session that is committed as a whole. Raises GradebookError."""
    engine = _engine(db_url)
    try:
        with Session(engine) as session, session.begin():
            if writing and engine.dialect.name == "postgresql":
                with told_when_slow(engine.url.render_as_string):
                    _lock_tables(session)
            yield session
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise GradebookError(
            f"{engine.url.render_as_string()}: {reason}. {_remedy(engine)}. "
            "Then grade again: what is graded is kept"
        ) from None
    finally:
        engine.dispose()


def _lock_tables(session: Session) -> None:
    """Let nobody else write between what is read and what is written; who only reads goes on.

    Two graders that meet a new student would else both add it, and one would fail.
    """
    session.execute(text(f"SET LOCAL lock_timeout = {int(1000 * LOCK_SECONDS)}"))
    tables = ", ".join(f'"{table.__tablename__}"' for table in WRITTEN)
    session.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))


def _remedy(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        for place in (path.parent, path):  # SQLite writes a journal beside the file
            if place.exists() and not os.access(place, os.R_OK | os.W_OK, effective_ids=True):
                return f"You have no permission to read and write {place}: change its mode or its owner"
        return (
            "If another program holds it (formgrader, a second grading), end that; if it is damaged, put "
            "it aside"
        )
    return "See that the server runs and lets you in, and that no other program holds a lock"
