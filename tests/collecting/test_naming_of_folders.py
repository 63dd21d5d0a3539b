"""Files whose paths hold an id reach their students, and what students named decides nothing."""

import pytest
from collect_kit import NAME, collect, lines, notebook, submitted, time_of

from autograder.collecting.archive import _modified

A, B = notebook("a"), notebook("b")


@pytest.mark.parametrize(
    "name",
    [
        f"jan/{NAME}/{NAME}.ipynb",
        "jan/work.ipynb",
        "JAN.ipynb",
        "jan_work.ipynb",
        "work-jan.ipynb",
        "dvorakj/x/work.ipynb",
        "jan@example.cz.ipynb",
        "Jan Dvořák/work.ipynb",
        "softmax-dvorakj/assignments/work.ipynb",  # as GitHub Classroom names repositories
    ],
)
def test_folder_by_any_part_of_the_path_that_is_an_id(course, tmp_path, name):
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 0
    assert submitted(course) == {"jan": A}


def test_folder_keeps_the_time_that_stands_beside_the_notebook(course, tmp_path):
    folder = tmp_path / "in" / "jan" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(A)
    (folder / "timestamp.txt").write_text("2026-11-20 10:00:00.5 UTC\n")

    collect(course, tmp_path / "in", "--from", "folder")
    assert time_of(course, "jan") == "2026-11-20 10:00:00.500000 UTC"


def test_files_own_times_count_only_where_they_are_said_to(course, tmp_path):
    path = tmp_path / "in" / "jan.ipynb"
    path.parent.mkdir()
    path.write_text(A)

    collect(course, path.parent, "--from", "folder")
    assert time_of(course, "jan") is None
    collect(course, path.parent, "--from", "folder", "--file-times")
    assert time_of(course, "jan") is not None


def test_folder_of_a_course_without_a_roster_names_its_students(course, tmp_path):
    (course / "roster.csv").unlink()
    path = tmp_path / "in" / "anybody" / "work.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 0
    assert submitted(course) == {"anybody": A}


# Folders whose insides were named by the student


@pytest.mark.parametrize("name", ["softmax-dvorakj/ada/work.ipynb", "dvorakj-2026/ada_work.ipynb"])
def test_whose_folder_it_is_no_name_within_it_can_say(course, tmp_path, name):
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 0
    assert submitted(course) == {"jan": A}


def test_of_two_students_beside_each_other_in_a_name_one_was_chosen(course, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada_work.ipynb").write_text(A)
    (tmp_path / "in" / "eve_dvorakj.ipynb").write_text(B)  # Eve's «dvorakj.ipynb»

    assert collect(course, tmp_path / "in", "--from", "folder") == 1
    assert submitted(course) == {"ada": A}
    assert "the ids of eve and jan" in lines(capsys)[0]


def test_longer_id_in_which_another_stands_is_no_doubt(course, tmp_path):
    with (course / "roster.csv").open("a") as file:
        file.write("eve-jan,Eve,Jansen,,,,\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "eve-jan_work.ipynb").write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 0
    assert submitted(course) == {"eve-jan": A}


def test_folder_of_a_stranger_gives_nobody_anything(course, tmp_path, capsys):
    for path, text in (("jan/work.ipynb", A), ("stranger/jan/work.ipynb", B)):
        (tmp_path / "in" / path).parent.mkdir(parents=True)
        (tmp_path / "in" / path).write_text(text)
    (tmp_path / "in" / "stranger" / "jan" / "timestamp.txt").write_text("2030-01-01 10:00 UTC")

    assert collect(course, tmp_path / "in", "--from", "folder") == 1
    assert submitted(course) == {"jan": A}
    assert "stands further in" in lines(capsys)[0]


def handed_in(tmp_path, stamp):
    folder = tmp_path / "in" / "jan"
    folder.mkdir(parents=True)
    (folder / "work.ipynb").write_text(A)
    (folder / "timestamp.txt").write_text(stamp)
    other = tmp_path / "in" / "eve" / "work.ipynb"
    other.parent.mkdir()
    other.write_text(A)
    return tmp_path / "in"


def test_time_of_the_worksheet_goes_before_one_that_a_student_could_write(course, tmp_path):
    worksheet = tmp_path / "times.csv"
    worksheet.write_text("id,timestamp\njan,2026-11-21 10:00 UTC\n")
    place = handed_in(tmp_path, "2026-11-20 10:00 UTC")

    collect(course, place, "--from", "folder", "--worksheet", worksheet)

    assert time_of(course, "jan") == "2026-11-21 10:00:00.000000 UTC"


@pytest.mark.parametrize("stamp", ["0001-01-01T00:00:00+14:00", " " * ((20 << 20) + 1)])
def test_time_that_is_none_stops_nobody(course, tmp_path, capsys, stamp):
    assert collect(course, handed_in(tmp_path, stamp), "--from", "folder") == 1

    assert submitted(course) == {"jan": A, "eve": A}
    assert time_of(course, "jan") is None
    assert "timestamp.txt" in lines(capsys)[0]


@pytest.mark.parametrize("seconds", [1e13, -1e13, 1e300, float("nan")])
def test_file_of_a_time_that_no_calendar_has_has_none(seconds):
    assert _modified(seconds) is None


def test_name_of_a_file_makes_no_line_of_its_own(course, tmp_path, capsys):
    path = tmp_path / "in" / "x\nautograder: all is well" / "work.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 1
    (line,) = lines(capsys)
    assert line.endswith("or rename it")


def test_folder_names_reach_no_terminal(course, tmp_path, capsys):
    (course / "roster.csv").unlink()
    for name in ("\x1b[2J\u202e", "anybody"):
        path = tmp_path / "in" / name / "work.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(A)

    assert collect(course, tmp_path / "in", "--from", "folder") == 1
    assert submitted(course) == {"anybody": A}
    assert lines(capsys)[0].isprintable()
