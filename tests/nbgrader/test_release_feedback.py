"""nbgrader's exchange takes our pages and names each for the secret of its submission."""

from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import notebook_hash
from notebooks import NAME
from traitlets.config import Config

from autograder.directory import Directory
from autograder.exchange import ReleaseFeedback
from autograder.feedback.write import write_feedback
from autograder.report import Report

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # nbgrader's open file
)


def written(course: Directory, student: str, secret: bytes | None) -> Path:
    """The feedback page of a submission with this secret."""
    handed_in = course.submitted / student / NAME
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    if secret is not None:
        (handed_in / "submission_secret.txt").write_bytes(secret)
    page, _ = write_feedback(course, student, Report(student, NAME, "unreadable", None, 22.0))
    return page


def released(course: Directory, secret: str) -> Path:
    """Where the page lies after nbgrader's command."""
    exchange = course.root.parent / "exchange"
    exchange.mkdir()
    config = Config()
    config.CourseDirectory.root = str(course.root)
    config.CourseDirectory.course_id = "glm2mlp"
    config.CourseDirectory.assignment_id = NAME
    config.Exchange.root = str(exchange)
    config.Exchange.assignment_dir = str(course.root)
    coursedir = CourseDirectory(config=config)
    exchange.chmod(0o777)
    ReleaseFeedback(coursedir=coursedir, config=config).start()
    name = notebook_hash(secret=secret, notebook_id=NAME)
    return exchange / "glm2mlp" / "feedback" / f"{name}.html"


def test_release_feedback_finds_the_page(tmp_path):
    course = Directory(tmp_path / "course")
    page = written(course, "alice", b"secret")

    found = released(course, "secret")

    assert found.read_text() == page.read_text()
    assert found.stat().st_mode & 0o044 == 0o044


@pytest.mark.parametrize("secret", [None, b"\xff\xfe"])
def test_submission_without_a_secret_stops_no_release(tmp_path, secret):
    course = Directory(tmp_path / "course")
    written(course, "aaron", secret)
    page = written(course, "alice", b"secret")

    assert released(course, "secret").read_text() == page.read_text()
