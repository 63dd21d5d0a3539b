"""nbgrader's exchange works on the course: released, fetched, handed in and collected by its own steps."""

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeReleaseAssignment,
    ExchangeSubmit,
)
from notebooks import NAME
from traitlets.config import Config

from autograder.directory import Directory

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning",  # nbgrader's open files
    "ignore:datetime.datetime.utcnow:DeprecationWarning",
)


def test_course_gives_to_the_exchange_and_takes_from_it(course, tmp_path, monkeypatch):
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    exchange.mkdir()
    exchange.chmod(0o777)
    home.mkdir()
    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = "glm2mlp"
    config.CourseDirectory.assignment_id = NAME
    config.Exchange.root = str(exchange)
    config.Exchange.assignment_dir = str(home)
    monkeypatch.setenv("USER", "student")

    def step(exchange_step, **more) -> None:
        exchange_step(
            coursedir=CourseDirectory(config=config),
            authenticator=Authenticator(config=config),
            config=config,
            **more,
        ).start()

    step(ExchangeReleaseAssignment)
    step(ExchangeFetchAssignment)
    fetched = home / NAME / f"{NAME}.ipynb"
    assert fetched.read_bytes() == (course / "release" / NAME / fetched.name).read_bytes()
    monkeypatch.chdir(home)
    step(ExchangeSubmit)
    step(ExchangeCollect, check_owner=False)

    (student,) = Directory(course).students(NAME)
    handed_in = course / "submitted" / student / NAME
    assert (handed_in / fetched.name).read_bytes() == fetched.read_bytes()
    assert (handed_in / "timestamp.txt").read_text().endswith("UTC")
