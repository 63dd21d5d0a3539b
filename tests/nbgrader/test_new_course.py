"""A new course is ready, can be made twice, and takes in who comes later."""

from pathlib import Path

import pytest
from both_ways import gradebook

from autograder.cli import main

ROSTER = "First name,Last name,Username,Email address\nAda,Lovelace,ada,ada@example.cz\n"


@pytest.fixture
def roster(tmp_path) -> Path:
    path = tmp_path / "participants.csv"
    path.write_text(ROSTER)
    return path


def students(course: Path) -> dict[str, tuple[str, str, str]]:
    with gradebook(course) as book:
        return {s.id: (s.first_name, s.last_name, s.email) for s in book.students}


def new_course(course: Path, *arguments: object) -> int:
    return main(["new-course", str(course), *map(str, arguments)])


def test_new_course_is_complete(course, roster, capsys):
    assert new_course(course, "--roster", roster) == 0

    assert (course / "course.key").stat().st_mode & 0o777 == 0o600
    assert (course / "roster.csv").stat().st_mode & 0o777 == 0o600
    assert (course / "submitted").is_dir()
    assert "course.key" in (course / ".gitignore").read_text().splitlines()
    assert students(course) == {"ada": ("Ada", "Lovelace", "ada@example.cz")}
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_made_again_it_is_the_same(course, roster):
    new_course(course, "--roster", roster)
    files = ("course.key", "roster.csv", "nbgrader_config.py", ".gitignore")
    before = [(course / name).read_bytes() for name in files]

    assert new_course(course, "--roster", roster) == 0
    assert [(course / name).read_bytes() for name in files] == before


def test_another_roster_does_not_replace_the_first(course, roster, capsys):
    new_course(course, "--roster", roster)
    before = (course / "roster.csv").read_text()
    roster.write_text(ROSTER.replace("ada", "eve"))

    assert new_course(course, "--roster", roster) == 2
    assert "names others" in capsys.readouterr().err
    assert (course / "roster.csv").read_text() == before


def test_line_added_to_the_roster_is_entered(course, roster):
    new_course(course, "--roster", roster)
    with (course / "roster.csv").open("a") as file:
        file.write("dora,Dora,Nová,dora@example.cz,,,\n")

    assert new_course(course) == 0
    assert students(course)["dora"] == ("Dora", "Nová", "dora@example.cz")


def test_damaged_key_is_not_replaced(course, capsys):
    (course / "course.key").write_text("rubbish")

    assert new_course(course) == 2
    assert "is not a course key" in capsys.readouterr().err
    assert (course / "course.key").read_text() == "rubbish"


def test_bad_roster_makes_no_course(tmp_path, roster, capsys):
    roster.write_text("Username\na/b\n")

    assert new_course(tmp_path / "new", "--roster", roster) == 2
    assert str(roster) in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
