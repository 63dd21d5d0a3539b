"""Read points and comments from the gradebook: by machine, by hand, less the late penalty. Trusted side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from autograder.directory import ROSTER, Directory
from autograder.gradebook import existing_gradebook, notebook_of, open_gradebook
from autograder.roster import Roster, Student, read_roster
from glm2mlp.course import Assignment


@dataclass(frozen=True)
class ByHand:
    """What a person entered for one exercise in formgrader; `score` replaces the points by machine."""

    score: float | None = None
    extra_credit: float = 0.0
    comment: str = ""


@dataclass(frozen=True)
class Grade:
    """What one student has for one assignment.

    `points` are None unless all is graded: `missing` is who handed in nothing, `pending` what waits for a
    person, by the exercises in `waiting`. `again` are exercises graded by hand before the last grading.
    `by_hand` has the exercises for which a person entered something. `seconds_late` is None without a due
    date or a time of submission. Times are UTC.
    """

    student: Student
    assignment: str
    max_points: float
    status: Literal["graded", "pending", "missing"] = "missing"
    before_penalty: float | None = None
    late_penalty: float = 0.0
    handed_in: datetime | None = None
    exercises: dict[str, float | None] = field(default_factory=dict)
    again: tuple[str, ...] = ()
    by_hand: dict[str, ByHand] = field(default_factory=dict)
    seconds_late: float | None = None

    @property
    def points(self) -> float | None:
        """The points that count, never below nothing."""
        if self.before_penalty is None:
            return None
        return max(0.0, self.before_penalty - self.late_penalty)

    @property
    def so_far(self) -> float | None:
        """The points of what is graded, less the penalty; None while nothing is graded."""
        known = [points for points in self.exercises.values() if points is not None]
        return max(0.0, sum(known) - self.late_penalty) if known else None

    @property
    def extra_credit(self) -> float:
        """All extra credit together; the points include it."""
        return sum(given.extra_credit for given in self.by_hand.values())

    @property
    def comments(self) -> str:
        """All comments as one text, each after the name of its exercise."""
        told = ((name, given.comment) for name, given in self.by_hand.items())
        return "\n".join(f"{name}: {comment}" for name, comment in told if comment)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The exercises without points."""
        return tuple(name for name, points in self.exercises.items() if points is None)


def read_grades(
    root: Path, assignments: Sequence[str], students: Sequence[str] = ()
) -> list[Grade]:
    """The grades of all students of the roster and the gradebook, or of some of them, by assignment and name.

    Raises GradebookError and TableError.
    """
    path, course = root / ROSTER, Directory(root).course
    known = {student.id: student for student in read_roster(path).students} if path.exists() else {}
    grades = []
    with open_gradebook(root) as session:
        for row in session.scalars(select(api.Student)):
            known.setdefault(row.id, _student(row))
        chosen = [known[name] for name in sorted(known) if not students or name in students]
        for name in assignments:
            submissions = {each.student_id: each for each in _submissions(session, name)}
            if submissions:  # else nobody has points of another version
                notebook_of(session, course.assignments[name])
            grades += [
                _grade(
                    student,
                    course.assignments[name],
                    submissions.get(student.id),
                    Directory(root).submitted,
                )
                for student in chosen
            ]
    return grades


def handed_in_grades(
    root: Path, assignments: Iterable[str], students: Sequence[str] = ()
) -> dict[tuple[str, str], Grade]:
    """The grades of all submissions, or of those by some students, by assignment and student.

    Changes nothing: without a gradebook there are none. Raises GradebookError.
    """
    here = Directory(root)
    with existing_gradebook(root) as session:
        if session is None:
            return {}
        grades = (
            _grade(_student(row.student), here.course.assignments[name], row, here.submitted)
            for name in assignments
            for row in _submissions(session, name, students)
        )
        return {(g.assignment, g.student.id): g for g in grades if g.status != "missing"}


def roster_of(grades: Iterable[Grade]) -> Roster:
    """The students of the grades."""
    return Roster(dict.fromkeys(grade.student for grade in grades))


def _student(row: Any) -> Student:
    told = (row.first_name, row.last_name, row.email, row.lms_user_id)
    return Student(row.id, *(each or "" for each in told))


def _submissions(session: Session, assignment: str, students: Sequence[str] = ()) -> Iterable[Any]:
    notebooks = selectinload(api.SubmittedAssignment.notebooks)
    wanted = [api.Assignment.name == assignment]
    if students:
        wanted.append(api.SubmittedAssignment.student_id.in_(students))
    return session.scalars(
        select(api.SubmittedAssignment)
        .join(api.Assignment)
        .where(*wanted)
        .options(
            selectinload(api.SubmittedAssignment.student),
            selectinload(api.SubmittedAssignment.assignment),
            notebooks.selectinload(api.SubmittedNotebook.grades).selectinload(api.Grade.cell),
            notebooks.selectinload(api.SubmittedNotebook.comments).selectinload(api.Comment.cell),
        )
    )


def _grade(student: Student, assignment: Assignment, submission: Any, submitted: Path) -> Grade:
    most = assignment.max_points
    if submission is None:
        return Grade(student, assignment.name, most)
    rows = [grade for notebook in submission.notebooks for grade in notebook.grades]
    points = {row.cell.name.removeprefix("test_"): _points(row) for row in rows}
    exercises = {each.name: points.get(each.name) for each in assignment.exercises}
    pending = None in exercises.values()
    # An extension makes a row in the gradebook before anything is handed in.
    if (
        set(exercises.values()) == {None}
        and not (submitted / student.id / assignment.name).exists()
    ):
        return Grade(student, assignment.name, most)
    return Grade(
        student,
        assignment.name,
        most,
        "pending" if pending else "graded",
        None if pending else sum(each for each in exercises.values() if each is not None),
        sum(notebook.late_submission_penalty or 0.0 for notebook in submission.notebooks),
        submission.timestamp,
        exercises,
        tuple(
            row.cell.name.removeprefix("test_")
            for row in rows
            if row.needs_manual_grade and row.manual_score is not None
        ),
        {
            name: given
            for name in exercises
            if (given := _by_hand(name, submission.notebooks)) != ByHand()
        },
        _seconds_late(submission),
    )


def _by_hand(exercise: str, notebooks: Iterable[Any]) -> ByHand:
    """What a person entered for an exercise, at the cells with the answer and the test."""
    cells = (exercise, f"test_{exercise}")
    given = ByHand()
    for notebook in notebooks:
        for grade in notebook.grades:
            if grade.cell.name in cells:
                extra = grade.extra_credit or 0.0
                given = replace(given, score=grade.manual_score, extra_credit=extra)
        comments = [row.manual_comment for row in notebook.comments if row.cell.name in cells]
        given = replace(given, comment="\n".join(filter(None, comments)).strip())
    return given


def _seconds_late(submission: Any) -> float | None:
    """How late it came, extensions counted in; None if nobody can say."""
    if submission.timestamp is None or submission.assignment.duedate is None:
        return None
    return float(submission.total_seconds_late)


def _points(row: Any) -> float | None:
    """As nbgrader counts, but for what nobody has graded, which it takes for zero."""
    score = row.auto_score if row.manual_score is None else row.manual_score
    return None if score is None else float(score + (row.extra_credit or 0.0))
