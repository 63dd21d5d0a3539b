"""Finds and deletes what a course directory keeps about one student. Trusted side."""

import json
import shutil
from pathlib import Path

from nbgrader import api
from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.directory import ROSTER, Directory, entries
from autograder.files import draft_of, write_atomically
from autograder.gradebook import existing_gradebook, open_gradebook
from autograder.roster import read_roster, without, write_text


def kept(directory: Directory, student: str) -> list[Path]:
    """The files and folders that are this student's alone."""
    folders = ("submitted", "set_aside", "autograded", "feedback")
    own = [directory.root / folder / student for folder in folders]
    for reports in entries(directory.root / "reports"):
        report = reports / f"{student}.json"
        own += [report, draft_of(report), reports / "history" / student]
    own += [folder / student for folder in entries(directory.root / "exports" / "gradescope")]
    return [path for path in own if path.exists() or path.is_symlink()]


def overviews(directory: Directory, student: str) -> list[Path]:
    """The overview of the whole class, if it names the student: it is made anew in a moment."""
    overview = directory.root / "overview.html"
    pages = [page for page in (overview, draft_of(overview)) if page.is_file()]
    return [page for page in pages if student.encode() in page.read_bytes()]


def shared(directory: Directory, student: str) -> list[Path]:
    """The files that tell of this student among others, without the gradebook."""
    logs = [directory.run_log(folder.name) for folder in entries(directory.root / "reports")]
    found = [log for log in logs if log.exists() and _others(log, student)[1]]
    path = directory.root / ROSTER
    if path.exists() and any(each.id == student for each in read_roster(path).students):
        found.append(path)
    return found


def in_gradebook(directory: Directory) -> set[str]:
    """The students that the gradebook knows. Raises GradebookError."""
    with existing_gradebook(directory.root) as session:
        return set(session.scalars(select(api.Student.id))) if session else set()


def forget(directory: Directory, student: str) -> None:
    """Delete all of it. Killed in between and called again, it goes on. Raises OSError and GradebookError."""
    for path in shared(directory, student):
        if path.name == ROSTER:
            write_atomically(path, write_text(without(read_roster(path), student)))
        else:
            write_atomically(path, _others(path, student)[0])
    # The overview goes first: a call that goes on after a kill finds it by what else is left.
    for path in (*overviews(directory, student), *kept(directory, student)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    with open_gradebook(directory.root) as session:
        _delete_rows(session, student)


def _others(log: Path, student: str) -> tuple[str, int]:
    """The lines of a run log that are about others, and how many are not; a broken line is kept."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    others = [line for line in lines if _student_of(line) != student]
    return "".join(others), len(lines) - len(others)


def _student_of(line: str) -> str | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry.get("student") if isinstance(entry, dict) else None


def _delete_rows(session: Session, student: str) -> None:
    submissions = session.scalars(
        select(api.SubmittedAssignment).where(api.SubmittedAssignment.student_id == student)
    ).all()
    for submission in submissions:
        for notebook in submission.notebooks:
            for row in (*notebook.grades, *notebook.comments):
                session.delete(row)
            session.delete(notebook)
        session.delete(submission)
    if row := session.get(api.Student, student):
        session.delete(row)
