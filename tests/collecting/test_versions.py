"""Which of several notebooks counts, and that none is lost."""

import json
from threading import Thread

import pytest
from collect_kit import NAME, collect, lines, notebook, set_aside, submitted, time_of

from autograder.collecting import place
from autograder.commands.collect import LOCK
from autograder.files import sole_writer, write_atomically

A, B = notebook("a"), notebook("b")


def hand_in(tmp_path, content: str, time: str = "", name: str = f"{NAME}.ipynb"):
    folder = tmp_path / "in" / "jan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content)
    if time:
        (folder / "timestamp.txt").write_text(time)
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("2026-11-20 10:00", "2026-11-21 10:00", B),
        ("2026-11-21 10:00", "2026-11-20 10:00", A),
        ("", "", B),
        ("2026-11-21 10:00", "", B),
    ],
    ids=["later", "earlier", "no times", "one time"],
)
def test_latest_counts_and_the_other_is_kept(course, tmp_path, first, second, counts):
    for content, time in ((A, first), (B, second)):
        place = hand_in(tmp_path, content, time)
        if not time:
            (place / "jan" / "timestamp.txt").unlink(missing_ok=True)
        assert collect(course, place, "--from", "folder") == 0

    assert submitted(course) == {"jan": counts}
    assert set_aside(course) == {"jan": [A if counts == B else B]}


def test_a_time_that_is_not_this_notebooks_does_not_stay(course, tmp_path):
    collect(course, hand_in(tmp_path, A, "2026-11-20 10:00"), "--from", "folder")
    (tmp_path / "in" / "jan" / "timestamp.txt").unlink()
    collect(course, hand_in(tmp_path, B), "--from", "folder")

    assert time_of(course, "jan") is None


def test_killed_where_the_time_is_gone_it_sets_nothing_aside_twice(course, tmp_path, monkeypatch):
    def killed(path, *_, **__):
        if path.parts[-4] == "submitted":
            raise KeyboardInterrupt
        write_atomically(path, *_, **__)

    collect(course, hand_in(tmp_path, A, "2026-11-20 10:00"), "--from", "folder")
    later = hand_in(tmp_path, B, "2026-11-21 10:00")
    with monkeypatch.context() as patched:
        patched.setattr(place, "write_atomically", killed)
        assert collect(course, later, "--from", "folder") == 130
    assert collect(course, later, "--from", "folder") == 0

    assert submitted(course) == {"jan": B}
    assert set_aside(course) == {"jan": [A]}


def test_collecting_again_changes_nothing(course, tmp_path, capsys):
    place = hand_in(tmp_path, A, "2026-11-20 10:00")
    collect(course, place, "--from", "folder")
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*")}
    capsys.readouterr()

    assert collect(course, place, "--from", "folder", "--json") == 0
    assert json.loads(capsys.readouterr().out)["what"] == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in course.rglob("*")} == before


def test_same_notebook_keeps_its_first_time(course, tmp_path):
    for time in ("2026-11-20 10:00", "2026-11-25 10:00"):
        collect(course, hand_in(tmp_path, A, time), "--from", "folder")

    assert time_of(course, "jan").startswith("2026-11-20")


def test_of_two_at_once_one_waits(course, tmp_path):
    place = hand_in(tmp_path, A, "2026-11-20 10:00")
    second = Thread(target=collect, args=(course, place, "--from", "folder"))
    with sole_writer(course / LOCK):
        second.start()
        second.join(0.5)
        assert submitted(course) == {}
    second.join()
    assert submitted(course) == {"jan": A}


def test_course_that_cannot_be_written_is_named(course, tmp_path, capsys):
    (course / LOCK).mkdir()
    assert collect(course, hand_in(tmp_path, A), "--from", "folder") == 2
    assert LOCK in lines(capsys)[-1]


def test_dry_run_writes_nothing(course, tmp_path, capsys):
    assert collect(course, hand_in(tmp_path, A), "--from", "folder", "--dry-run") == 0
    assert "jan: new" in capsys.readouterr().out
    assert sorted(path.name for path in course.rglob("*")) == ["roster.csv"]


def test_a_scratch_notebook_beside_the_assignment_does_not_count(course, tmp_path):
    hand_in(tmp_path, A, name="mine.ipynb")
    scratch = json.dumps({"nbformat": 4, "cells": []})
    place = hand_in(tmp_path, scratch, name="zz.ipynb")

    assert collect(course, place, "--from", "folder") == 0
    assert submitted(course) == {"jan": A}
    assert set_aside(course) == {"jan": [scratch]}


def test_of_two_equals_the_assignments_name_decides(course, tmp_path):
    hand_in(tmp_path, A, name="other.ipynb")
    assert collect(course, hand_in(tmp_path, B), "--from", "folder") == 0
    assert submitted(course) == {"jan": B}


def test_what_nothing_decides_is_asked_for(course, tmp_path, capsys):
    hand_in(tmp_path, A, name="one.ipynb")
    place = hand_in(tmp_path, B, name="two.ipynb")

    assert collect(course, place, "--from", "folder") == 1
    assert submitted(course) == {}
    (line,) = lines(capsys)
    assert "jan" in line
    assert "one.ipynb, two.ipynb" in line
    assert f"{NAME}.ipynb" in line


def test_one_who_cannot_be_read_stops_nobody(course, export, capsys):
    zipped = export(
        {
            "Jan Dvořák_1_assignsubmission_file_/a.ipynb": "x" * (21 << 20),
            "Ada Lovelace_2_assignsubmission_file_/a.ipynb": A,
        }
    )
    assert collect(course, zipped, "--from", "moodle") == 1
    assert submitted(course) == {"ada": A}
    (line,) = lines(capsys)
    assert "is larger than 20 MB" in line


def test_a_folder_in_the_place_of_a_file_stops_nobody(course, tmp_path, capsys):
    place = hand_in(tmp_path, A, "2026-11-20 10:00")
    (place / "ada.ipynb").write_text(B)
    (course / "submitted" / "ada" / NAME / "timestamp.txt").mkdir(parents=True)

    assert collect(course, place, "--from", "folder") == 1
    assert submitted(course) == {"jan": A}
    assert "ada" in lines(capsys)[0]


def test_time_before_all_times_beside_what_lies_there_stops_nobody(course, tmp_path):
    collect(course, hand_in(tmp_path, A), "--from", "folder")
    stamp = course / "submitted" / "jan" / NAME / "timestamp.txt"
    stamp.write_text("0001-01-01T00:00:00+14:00")

    assert collect(course, hand_in(tmp_path, B), "--from", "folder") == 0
    assert submitted(course) == {"jan": B}
    assert set_aside(course) == {"jan": [A]}
