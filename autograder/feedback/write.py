"""Writes feedback pages to where nbgrader's release_feedback looks for them. Trusted side."""

import shutil
from datetime import datetime
from pathlib import Path

from autograder.directory import Directory
from autograder.feedback.content import page
from autograder.feedback.html import to_html
from autograder.feedback.markdown import to_markdown
from autograder.files import write_atomically
from autograder.grades import Grade
from autograder.report import Report

# The exchange names a released page for the student's secret; both lie beside what was handed in.
OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")


def write_feedback(
    directory: Directory,
    student: str,
    report: Report,
    grade: Grade | None = None,
    graded: datetime | None = None,
    *,
    after_deadline: bool = False,
) -> tuple[Path, Path]:
    """Write the page of one report, as HTML and as Markdown; returns where.

    A file that says the same already is left alone. `student` is the name of the folder; the one in the
    report may not be a name of a file. Raises OSError, and KeyError if the course has no such assignment.
    """
    folder = directory.root / "feedback" / student / report.assignment
    said = page(
        report,
        directory.course.assignments[report.assignment],
        grade,
        graded,
        after_deadline=after_deadline,
    )
    pages = (folder / f"{report.assignment}.html", folder / f"{report.assignment}.md")
    for path, text in zip(pages, (to_html(said), to_markdown(said)), strict=True):
        if not _holds(path, text.encode(errors="backslashreplace")):
            write_atomically(path, text)
            path.chmod(0o644)  # as nbgrader leaves it: the exchange hands it on with this mode
    for name in OF_THE_EXCHANGE:
        _copy(directory.submitted / student / report.assignment / name, folder / name)
    return pages


def _holds(path: Path, data: bytes) -> bool:
    """Whether this is a file, and no link to one, with this content."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _copy(source: Path, target: Path) -> None:
    """Copy a regular file; a link, of its folder or the student's too, could lead to a neighbour's."""
    way = (source, *source.parents[:2])
    if source.is_file() and not any(path.is_symlink() for path in way):
        if _holds(target, source.read_bytes()):
            return
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)
