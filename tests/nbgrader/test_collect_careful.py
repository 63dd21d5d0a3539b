"""`nbgrader collect` takes what is the student's own, and whatever lies in the exchange stops no other."""

import logging
import os
import pwd
from pathlib import Path

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from notebooks import NAME
from traitlets.config import PyFileConfigLoader

from autograder.directory import Directory
from autograder.exchange import Collect

ME = pwd.getpwuid(os.getuid()).pw_name

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning",  # nbgrader's open files
    "ignore:datetime.datetime.utcnow:DeprecationWarning",
)


@pytest.fixture
def inbound(tmp_path) -> Path:
    """Where everybody hands in what they like."""
    folder = tmp_path / "exchange" / "glm2mlp" / "inbound"
    folder.mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)
    return folder


@pytest.fixture
def collect(course, inbound, caplog):
    """Collects as `nbgrader collect` does with the course's configuration; returns what was said."""

    def run(*, check_owner: bool = True, update: bool = False) -> str:
        config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
        assert config.ExchangeFactory.collect == f"{Collect.__module__}.{Collect.__name__}"
        config.CourseDirectory.assignment_id = NAME
        config.Exchange.root = str(inbound.parents[1])
        config.ExchangeCollect.check_owner = check_owner
        config.ExchangeCollect.update = update
        with caplog.at_level(logging.INFO):
            Collect(
                coursedir=CourseDirectory(config=config),
                authenticator=Authenticator(config=config),
                config=config,
                log=logging.getLogger("collect"),
            ).start()
        return caplog.text

    return run


def hand_in(inbound: Path, student: str, day: int, text: str = "{}") -> Path:
    folder = inbound / f"{student}+{NAME}+2026-11-{day} 10:00:00 UTC+abc"
    folder.mkdir()
    (folder / f"{NAME}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(f"2026-11-{day} 10:00:00 UTC")
    return folder


def test_work_under_another_name_is_not_collected(course, inbound, collect):
    hand_in(inbound, ME, 20)
    hand_in(inbound, "ada", 20)

    said = collect()

    assert Directory(course).students(NAME) == (ME,)
    assert f"is not collected: {ME} handed it in, not ada; if all have one Unix user" in said


def test_where_all_have_one_unix_user_names_are_believed(course, inbound, collect):
    hand_in(inbound, "ada", 20)

    collect(check_owner=False)

    assert Directory(course).students(NAME) == ("ada",)


def test_own_work_counts_though_something_later_is_not_the_students(course, inbound, collect):
    hand_in(inbound, ME, 20, '{"own": 1}')
    later = hand_in(inbound, ME, 21, '{"own": 0}')
    if os.getuid() == 0:
        os.chown(later, 12345, -1)
        kept = '{"own": 1}'
    else:  # whatever an ordinary user lays there is the user's own
        kept = '{"own": 0}'

    collect()

    assert (course / "submitted" / ME / NAME / f"{NAME}.ipynb").read_text() == kept


def test_link_to_an_older_folder_of_the_students_own_does_not_count(
    course, inbound, collect, tmp_path
):
    old = tmp_path / "old"
    old.mkdir()
    (old / f"{NAME}.ipynb").write_text('{"own": 0}')
    hand_in(inbound, ME, 20, '{"own": 1}')
    later = inbound / f"{ME}+{NAME}+2026-11-21 10:00:00 UTC+abc"
    later.symlink_to(old)
    if os.getuid() == 0:  # somebody else's
        os.lchown(later, 12345, -1)

    said = collect()

    submitted = course / "submitted" / ME / NAME / f"{NAME}.ipynb"
    if os.getuid() == 0:
        assert submitted.read_text() == '{"own": 1}'
    else:
        assert f"{later.name}: is not collected" in said


def test_links_and_what_is_no_file_are_told_and_stop_nobody(course, inbound, collect):
    secret = course / "course.key"
    secret.write_text("secret")
    linked = hand_in(inbound, ME, 20)
    (linked / "notes.txt").symlink_to(secret)
    (linked / "folder").symlink_to(course)
    strange = hand_in(inbound, "ada", 20)
    os.mkfifo(strange / "pipe")
    large = hand_in(inbound, "ben", 20)
    with (large / "large.bin").open("wb") as file:
        file.truncate(200_000_000)
    hand_in(inbound, "cleo", 20)

    said = collect(check_owner=False)

    assert Directory(course).students(NAME) == ("cleo", ME) if ME > "cleo" else (ME, "cleo")
    names = {path.name for path in (course / "submitted" / ME / NAME).iterdir()}
    assert names == {f"{NAME}.ipynb", "timestamp.txt"}
    assert "notes.txt is a link, and left out" in said
    for student in ("ada", "ben"):
        assert f"{student}+{NAME}+2026-11-20 10:00:00 UTC+abc: is not collected: " in said


def test_files_without_number_are_not_copied(course, inbound, collect, monkeypatch):
    monkeypatch.setattr("autograder.exchange.BLOCK", 10_000_000)  # of a hundred megabytes
    many = hand_in(inbound, "mallory", 20)
    for number in range(10):
        (many / f"{number}\nis collected").touch()
    hand_in(inbound, ME, 20)

    said = collect(check_owner=False)

    assert Directory(course).students(NAME) == (ME,)
    assert "holds more than a submission may have" in said


def test_name_of_a_link_makes_no_line_of_its_own(course, inbound, collect):
    (hand_in(inbound, ME, 20) / "x\neverybody is collected").symlink_to(course)

    assert "x everybody is collected is a link, and left out" in collect()


@pytest.mark.parametrize("time", ["soon", f"{10**31}h"])
def test_folder_without_a_time_in_its_name_stops_nobody(course, inbound, collect, time):
    (inbound / f"mallory+{NAME}+{time}").mkdir()
    hand_in(inbound, ME, 20)

    said = collect(check_owner=False)

    assert Directory(course).students(NAME) == (ME,)
    assert f"mallory+{NAME}+{time}: is not collected: its name holds no time" in said


def test_name_that_is_no_students_is_not_collected(course, inbound, collect):
    hand_in(inbound, "\x1b[2J\u202e", 20)

    said = collect(check_owner=False)

    assert "is not collected: its name holds no time, or no student's" in said
    assert said.replace("\n", "").isprintable()
    assert not (course / "submitted").exists()


def test_time_of_what_was_collected_before_stops_nobody(course, inbound, collect):
    (hand_in(inbound, "mallory", 20) / "timestamp.txt").write_text("soon")
    collect(check_owner=False)
    hand_in(inbound, "mallory", 21)
    hand_in(inbound, ME, 21)

    said = collect(check_owner=False, update=True)

    assert {ME, "mallory"} == {*Directory(course).students(NAME)}
    assert "2026-11-21 10:00:00 UTC+abc: is not collected: " in said


def test_what_was_collected_stays_where_the_next_cannot_be_copied(course, inbound, collect):
    hand_in(inbound, ME, 20, '{"own": 1}')
    collect()
    os.mkfifo(hand_in(inbound, ME, 21) / "pipe")

    said = collect(update=True)

    assert "is not collected" in said
    assert (course / "submitted" / ME / NAME / f"{NAME}.ipynb").read_text() == '{"own": 1}'


def test_newer_work_replaces_what_was_collected(course, inbound, collect):
    hand_in(inbound, ME, 20, '{"own": 1}')
    collect()
    hand_in(inbound, ME, 21, '{"own": 2}')

    collect(update=True)

    assert (course / "submitted" / ME / NAME / f"{NAME}.ipynb").read_text() == '{"own": 2}'
