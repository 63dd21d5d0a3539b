"""nbgrader's exchange takes our pages and names each for the secret of its submission."""

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash
from notebooks import NAME
from traitlets.config import Config

from autograder.course import Course
from autograder.feedback.write import write_feedback
from autograder.report import Report


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # nbgrader's open file
def test_release_feedback_finds_the_page(tmp_path):
    handed_in = tmp_path / "course" / "submitted" / "alice" / NAME
    handed_in.mkdir(parents=True)
    (handed_in / "timestamp.txt").write_text("2026-11-20 10:00:00 UTC")
    (handed_in / "submission_secret.txt").write_text("secret")
    course = Course(tmp_path / "course")
    page, _ = write_feedback(course, "alice", Report("alice", NAME, "unreadable", None, 22.0))
    (tmp_path / "exchange").mkdir()

    config = Config()
    config.CourseDirectory.root = str(course.root)
    config.CourseDirectory.course_id = "glm2mlp"
    config.CourseDirectory.assignment_id = NAME
    config.Exchange.root = str(tmp_path / "exchange")
    config.Exchange.assignment_dir = str(course.root)
    coursedir = CourseDirectory(config=config)
    (tmp_path / "exchange").chmod(0o777)
    ExchangeReleaseFeedback(coursedir=coursedir, config=config).start()

    name = notebook_hash(secret="secret", notebook_id=NAME)
    released = tmp_path / "exchange" / "glm2mlp" / "feedback" / f"{name}.html"
    assert released.read_text() == page.read_text()
    assert released.stat().st_mode & 0o044 == 0o044
