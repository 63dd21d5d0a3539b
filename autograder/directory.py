"""A course directory: where things lie in it, and who handed in what. Trusted side.

The layout is nbgrader's (`source/ release/ submitted/ autograded/ feedback/`, `gradebook.db`), with
`reports/<assignment>/<student>.json`, a run log beside them, and `course.key`.
"""

import json
import shlex
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from autograder.courses import course_at
from autograder.files import alone, append_line, shared
from autograder.grading.keys import course_key, derived_seed
from autograder.grading.task import Task
from autograder.report import Report
from autograder.roster import Student, read_roster
from autograder.sandbox.terms import Limits
from autograder.tables import TableError
from glm2mlp.course import Course

ROSTER = "roster.csv"
IN_USE = ".in-use"  # held by what writes about students


def other_points(assignment: str) -> str:
    """What is told where the gradebook has the points of another version."""
    return (
        f"the points of «{assignment}» in the gradebook are those of another version; `autograder regrade "
        f"{assignment} --dry-run` shows what changes, --apply brings the whole class up to date"
    )


class DirectoryError(Exception):
    """The course directory cannot be used; the text names the file and the remedy."""


@dataclass(frozen=True)
class Directory:
    """A course directory, by its root."""

    root: Path

    @property
    def course(self) -> Course:
        """The course that is graded here. Raises CourseError."""
        return course_at(self.root)

    @property
    def submitted(self) -> Path:
        """Where submissions lie, as `<student>/<assignment>/<assignment>.ipynb`."""
        return self.root / "submitted"

    @property
    def set_aside(self) -> Path:
        """Where notebooks lie that were handed in and do not count, as `<student>/<assignment>/…`."""
        return self.root / "set_aside"

    def report_path(self, assignment: str, student: str) -> Path:
        """Where the report of one submission lies."""
        return self.root / "reports" / assignment / f"{student}.json"

    def report_paths(self, assignment: str) -> list[Path]:
        """Where the reports of an assignment lie that there are, by student. Raises OSError."""
        found = entries(self.root / "reports" / assignment)
        return [p for p in found if p.suffix == ".json" and not p.name.startswith(".")]

    def run_log(self, assignment: str) -> Path:
        """Where the durations of the gradings of an assignment are written down."""
        return self.root / "reports" / assignment / "run-log.jsonl"

    def require(self) -> None:
        """Raises DirectoryError unless there is something to grade."""
        if not self.submitted.is_dir():
            raise DirectoryError(
                f"{self.submitted}: there is no such folder; name the course directory by --course, or "
                "run this inside of it; it holds submitted/<student>/<assignment>/<assignment>.ipynb"
            )

    def open_to_others(self) -> str:
        """What is said of a directory that other users of the machine can enter or read; else nothing."""
        try:
            mode = self.root.stat().st_mode
        except OSError:
            return ""
        if not mode & (stat.S_IRWXG | stat.S_IRWXO):
            return ""
        return (
            f"{self.root}: is open to other users of this machine, with submissions, points and solutions "
            f"in it; close it by: chmod 700 {shlex.quote(str(self.root.resolve()))}"
        )

    def require_students(self, names: Iterable[str], known: Iterable[str] = ()) -> None:
        """Raises DirectoryError if one of `names` is nobody's.

        Students are in the roster, have a folder or a report, or are `known`.
        """
        places = ("submitted", "set_aside", "autograded", "feedback")
        here = {path.name for place in places for path in entries(self.root / place)}
        reports = entries(self.root / "reports")
        here |= {path.stem for each in reports for path in self.report_paths(each.name)} | {*known}
        strangers = [name for name in names if name not in here]
        if strangers:
            here |= {student.id for student in self.roster()}
        for name in strangers:
            if name not in here:
                close = get_close_matches(name, here, n=1)
                remedy = (
                    f"did you mean «{close[0]}»?"
                    if close
                    else "the roster and submitted/ have the ids"
                )
                raise DirectoryError(f"{self.root}: there is no student «{name}»; {remedy}")

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While it lasts nobody is forgotten: what is written would come back. Raises DirectoryError."""
        with self._held(shared):
            yield

    @contextmanager
    def out_of_use(self) -> Iterator[None]:
        """While it lasts nothing is graded. Raises DirectoryError, also if something is."""
        with self._held(alone):
            yield

    @contextmanager
    def _held(self, lock: Callable[[Path], AbstractContextManager[None]]) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(lock(self.root / IN_USE))
            except BlockingIOError:
                raise DirectoryError(
                    f"{self.root}: something is graded here, or feedback written; wait until that has ended"
                ) from None
            except FileNotFoundError:
                raise DirectoryError(f"{self.root}: there is no such course directory") from None
            except OSError as error:
                raise DirectoryError(f"{error.filename}: {error.strerror}") from None
            yield

    def roster(self) -> tuple[Student, ...]:
        """The students of `roster.csv`; none without the file.

        Raises DirectoryError if the file is there and cannot be read, or names nobody.
        """
        path = self.root / ROSTER
        try:
            students = read_roster(path).students if path.exists() else None
        except TableError as error:
            raise DirectoryError(str(error)) from None
        if students == ():
            raise DirectoryError(f"{path}: has no students in the column «id»; add them")
        return students or ()

    def names(self) -> dict[str, str]:
        """What to call the students of the roster: name and id where it has names. Raises as `roster`."""
        return {
            student.id: f"{name} ({student.id})" if (name := student.full_name) else student.id
            for student in self.roster()
        }

    def has_handed_in(self, assignment: str, student: str) -> bool:
        """Whether the student has a folder for it."""
        return _there(self.submitted / student / assignment)

    def students(self, assignment: str) -> tuple[str, ...]:
        """Who handed in something for `assignment`, by name."""
        return tuple(
            sorted(
                folder.name
                for folder in self.submitted.iterdir()
                if not folder.name.startswith(".") and _there(folder / assignment)
            )
        )

    def feedback_path(self, assignment: str, student: str) -> Path:
        """Where the feedback page of one submission lies; if there is one, its points are released."""
        return self.root / "feedback" / student / assignment / f"{assignment}.html"

    def task(self, assignment: str, student: str, limits: Limits, *, force: bool = False) -> Task:
        """What has to be graded for one student. Raises DirectoryError if the course has no usable key."""
        return Task(
            student,
            assignment,
            str(self.notebook(assignment, student)),
            str(self.report_path(assignment, student)),
            derived_seed(self._key(), assignment, student),
            limits,
            force,
            released=self.feedback_path(assignment, student).exists(),
        )

    def _key(self) -> bytes:
        try:
            return course_key(self.root)
        except ValueError as error:
            raise DirectoryError(str(error)) from None
        except OSError as error:
            raise DirectoryError(f"{error.filename}: {error.strerror}") from None

    def notebook(self, assignment: str, student: str) -> Path:
        """The notebook handed in; under another name if it is the only one in the folder."""
        folder = self.submitted / student / assignment
        expected = folder / f"{assignment}.ipynb"
        if not _there(expected) and folder.is_dir():
            others = [path for path in folder.glob("*.ipynb") if not path.name.startswith(".")]
            if len(others) == 1:
                return others[0]
        return expected

    def gradings(self, assignment: str) -> Iterator[dict[str, Any]]:
        """The gradings in the run log that were no repetitions; a line that broke off is passed over."""
        try:
            text = self.run_log(assignment).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        for row in text.splitlines():
            try:
                line = json.loads(row)
            except ValueError:
                continue
            if isinstance(line, dict) and line.get("cached") is False:
                yield line

    def graded(self, assignment: str) -> dict[str, datetime]:
        """When each student's submission was graded last, as far as the run log tells."""
        found = {}
        for line in self.gradings(assignment):
            with suppress(ValueError):
                found[str(line.get("student"))] = datetime.fromisoformat(str(line.get("when")))
        return found

    def log(
        self,
        report: Report,
        seconds: float,
        *,
        cached: bool,
        ran: Mapping[str, float] | None = None,
        when: str,
        remarks: Sequence[str] = (),
    ) -> None:
        """Write one grading into the run log: the seconds of each exercise, remarks on faults of ours."""
        entry: dict[str, object] = {
            "student": report.student,
            "status": report.status,
            "key": report.key,
            "seconds": round(seconds, 6),
            "cached": cached,
            "ran": {name: round(spent, 6) for name, spent in (ran or {}).items()},
            "when": when,
        }
        if remarks:
            entry["remarks"] = list(remarks)
        append_line(self.run_log(report.assignment), json.dumps(entry))


def entries(folder: Path) -> list[Path]:
    """What is in a folder; nothing if there is no such folder. Raises OSError.

    A glob would take a folder that may not be read for an empty one.
    """
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _there(path: Path) -> bool:
    """Whether something has this name, be it a link that leads nowhere, or behind a closed door."""
    try:
        return path.exists() or path.is_symlink()
    except PermissionError:
        return True
