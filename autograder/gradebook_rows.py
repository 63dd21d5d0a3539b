"""Writes submissions into the tables of nbgrader's gradebook, many of them by a few statements. Trusted side.

Objects of SQLAlchemy's, one a row, would take five times as long as the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader import api
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Row, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session
from traitlets.config import Config

STUDENTS: Table = api.Student.__table__
SUBMISSIONS: Table = api.SubmittedAssignment.__table__
NOTEBOOKS: Table = api.SubmittedNotebook.__table__
GRADES: Table = api.Grade.__table__
COMMENTS: Table = api.Comment.__table__


@dataclass(frozen=True)
class Entry:
    """What the gradebook has to hold of a submission: scores and nbgrader's own comments, by cell.

    `anew`: the answers are not those that it held before.
    """

    student: str
    anew: bool
    timestamp: datetime | None
    scores: dict[str, float | None]
    comments: dict[str, str | None]


def write_students(session: Session, students: set[str]) -> None:
    """Add those of `students` that the gradebook does not know."""
    known = session.scalars(select(STUDENTS.c.id).where(STUDENTS.c.id.in_(students)))
    if new := sorted(students - set(known)):
        session.execute(insert(STUDENTS), [{"id": student} for student in new])


def write_entries(session: Session, notebook: Any, entries: list[Entry], config: Config) -> None:
    """Write the entries of one assignment, whose students are known; `notebook` is nbgrader's of it."""
    known = _Known.of(session, notebook, [entry.student for entry in entries])
    submissions, notebooks = _Changes(SUBMISSIONS), _Changes(NOTEBOOKS)
    grades, comments = _Changes(GRADES), _Changes(COMMENTS)
    late: dict[str, tuple[str, float]] = {}
    for entry in entries:
        row = known.submissions.get(entry.student)
        timestamp = entry.timestamp or (row.timestamp if row else None)
        new = {"assignment_id": notebook.assignment_id, "student_id": entry.student}
        submission = submissions.put(row, new, timestamp=timestamp)
        new = {"notebook_id": notebook.id, "assignment_id": submission}
        submitted = notebooks.put(known.notebooks.get(submission), new)
        for cell in notebook.grade_cells:
            _put_score(grades, known.grades.get((submitted, cell.id)), submitted, cell, entry)
        for cell in notebook.solution_cells:
            new = {"notebook_id": submitted, "cell_id": cell.id}
            comment = known.comments.get((submitted, cell.id))
            comments.put(comment, new, auto_comment=entry.comments[cell.name])
        seconds = _seconds_late(timestamp, row.extension if row else None, notebook.assignment)
        late[submitted] = entry.student, seconds
    for changes in (submissions, notebooks, grades, comments):
        changes.write(session)
    _write_penalties(session, known, late, config)


@dataclass(frozen=True)
class _Known:
    """The rows that the gradebook has of some submissions, by what they belong to."""

    submissions: dict[str, Row[Any]]
    notebooks: dict[str, Row[Any]]
    grades: dict[tuple[str, str], Row[Any]]
    comments: dict[tuple[str, str], Row[Any]]

    @classmethod
    def of(cls, session: Session, notebook: Any, students: Iterable[str]) -> "_Known":
        """Those of an assignment's submissions by `students`."""

        def rows(table: Table, **wanted: Iterable[str]) -> list[Row[Any]]:
            conditions = [table.c[name].in_(values) for name, values in wanted.items()]
            return [*session.execute(select(table).where(*conditions))]

        submissions = rows(SUBMISSIONS, assignment_id=[notebook.assignment_id], student_id=students)
        notebooks = rows(
            NOTEBOOKS, notebook_id=[notebook.id], assignment_id=[row.id for row in submissions]
        )
        ids = [row.id for row in notebooks]
        return cls(
            {row.student_id: row for row in submissions},
            {row.assignment_id: row for row in notebooks},
            *(
                {(row.notebook_id, row.cell_id): row for row in rows(table, notebook_id=ids)}
                for table in (GRADES, COMMENTS)
            ),
        )


@dataclass(frozen=True)
class _Changes:
    """Rows to add to a table, and rows to change in it."""

    table: Table
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    def put(self, row: Row[Any] | None, new: dict[str, str], **values: Any) -> str:
        """Let `row` have these values, or add one that has the `new` ones too; returns its id."""
        if row is None:
            name: str = api.new_uuid()
            self.added.append({"id": name, **new, **values})
            return name
        if any(getattr(row, column) != value for column, value in values.items()):
            self.changed.append({"row": row.id, **values})
        return str(row.id)

    def write(self, session: Session) -> None:
        """Write them."""
        if self.added:
            session.execute(insert(self.table), self.added)
        if self.changed:
            by_id = update(self.table).where(self.table.c.id == bindparam("row"))
            session.execute(by_id, self.changed)


def _put_score(
    grades: _Changes, grade: Row[Any] | None, submitted: str, cell: Any, entry: Entry
) -> None:
    score = entry.scores[cell.name]
    if grade is not None and not entry.anew and grade.auto_score == score:
        return  # whoever graded this by hand is not asked again
    # As nbgrader does: who graded by hand looks again at what was graded anew.
    by_hand = grade is not None and grade.manual_score is not None
    new = {"notebook_id": submitted, "cell_id": cell.id}
    grades.put(grade, new, auto_score=score, needs_manual_grade=score is None or by_hand)


def _seconds_late(timestamp: datetime | None, extension: Any, assignment: Any) -> float:
    """How late a submission is, as nbgrader has it."""
    if timestamp is None or assignment.duedate is None:
        return 0.0
    due = assignment.duedate if extension is None else assignment.duedate + extension
    return max(0.0, float((timestamp - due).total_seconds()))


def _write_penalties(
    session: Session, known: _Known, late: dict[str, tuple[str, float]], config: Config
) -> None:
    """Write what the course's nbgrader plugin takes off late submissions, between nothing and the score.

    `late` has the student and the seconds of each submitted notebook.
    """
    before = {row.id: row.late_submission_penalty for row in known.notebooks.values()}
    penalties = AssignLatePenalties(config=config)
    penalties.init_plugin()
    columns = api.SubmittedNotebook.id, api.SubmittedNotebook.score
    are_late = [name for name, (_, seconds) in late.items() if seconds]
    found = session.execute(select(*columns).where(columns[0].in_(are_late)))
    scores = {row.id: row.score for row in found}
    changes = _Changes(NOTEBOOKS)
    for name, (student, seconds) in late.items():
        penalty = None
        if seconds:
            score = scores[name]
            penalty = penalties.plugin_inst.late_submission_penalty(student, score, seconds)
            penalty = None if penalty is None else min(max(penalty, 0.0), score)
        if penalty != before.get(name):
            changes.changed.append({"row": name, "late_submission_penalty": penalty})
    changes.write(session)
