"""Files under the names that Moodle, Canvas and Gradescope give them reach their students."""

import pytest
from collect_kit import NAME, collect, lines, notebook, set_aside, submitted, time_of

from autograder.collecting.naming import CANVAS, MOODLE

A, B = notebook("a"), notebook("b")


# Moodle


@pytest.mark.parametrize(
    "name",
    [
        "Jan Dvořák_1234567_assignsubmission_file_/work.ipynb",
        "Jan Dvořák_1234567_assignsubmission_file/work.ipynb",
        "Jan Dvořák_1234567_assignsubmission_file_work.ipynb",
        "Jan Dvořák_1234567_assignsubmission_file_/sub folder/work.ipynb",
        "Dvořák Jan_1234567_assignsubmission_file_/work.ipynb",
        "JAN DVORAK_7_assignsubmission_file_/work_of_mine.ipynb",
        "a folder of ours/Jan Dvořák_1234567_assignsubmission_file_/work.ipynb",
    ],
)
def test_moodle_by_name(course, export, name):
    assert collect(course, export({name: A}), "--from", "moodle") == 0
    assert submitted(course) == {"jan": A}


WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 11,Petr Novák,petr1@example.cz,Submitted,,22.00,Yes,"Friday, 20 November 2026, 10:05 AM",-,
Participant 12,Petr Novák,petr2@example.cz,Submitted,,22.00,Yes,"Saturday, 21 November 2026, 1:30 PM",-,
Participant 13,Somebody Else,else@example.cz,Submitted,,22.00,Yes,-,-,
"""


def test_moodle_worksheet_tells_who_is_behind_a_number_and_when_they_handed_in(
    course, export, tmp_path
):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(WORKSHEET)
    zipped = export(
        {
            "Petr Novák_11_assignsubmission_file_/work.ipynb": A,
            "Participant_12_assignsubmission_file_/work.ipynb": B,
        }
    )
    options = ("--from", "moodle", "--worksheet", worksheet, "--timezone", "Europe/Prague")

    assert collect(course, zipped, *options) == 0
    assert submitted(course) == {"twin1": A, "twin2": B}
    assert time_of(course, "twin1") == "2026-11-20 09:05:00.000000 UTC"
    assert time_of(course, "twin2") == "2026-11-21 12:30:00.000000 UTC"


def test_moodle_namesakes_are_not_guessed(course, export, capsys):
    zipped = export({"Petr Novák_11_assignsubmission_file_/work.ipynb": A})

    assert collect(course, zipped, "--from", "moodle") == 1
    assert submitted(course) == {}
    (line,) = lines(capsys)
    assert "Petr Novák_11" in line
    assert "--worksheet" in line


def test_moodle_name_of_one_who_has_another_number_is_a_namesakes(course, export, tmp_path, capsys):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text("Identifier,Full name,Email address\nParticipant 1,Jan,jan@example.cz\n")
    zipped = export({"Jan Dvořák_9_assignsubmission_file_/work.ipynb": A})

    assert collect(course, zipped, "--from", "moodle", "--worksheet", worksheet) == 1
    assert submitted(course) == {}
    assert "another number" in lines(capsys)[0]


def test_moodle_group_gets_what_one_of_it_handed_in(course, export):
    zipped = export({"Blue_5_assignsubmission_file_/work.ipynb": A})

    assert collect(course, zipped, "--from", "moodle", "--groups") == 0
    assert submitted(course) == {"jan": A, "ada": A}


def test_moodle_text_submissions_are_none(course, export):
    files = {"Jan Dvořák_1_assignsubmission_onlinetext_/onlinetext.html": "<p>"}
    assert collect(course, export(files), "--from", "moodle") == 0
    assert submitted(course) == {}


# Canvas


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("dvořákjan_101_6789012_work.ipynb", "jan"),
        ("dvořákjan_LATE_101_6789012_work-1.ipynb", "jan"),
        ("someone_101_6789012_work.ipynb", "jan"),
        ("obriensmitheve_999_6789012_work_2_3_x.ipynb", "eve"),
    ],
)
def test_canvas_by_number_else_by_name(course, export, name, student):
    roster = course / "roster.csv"
    roster.write_text(roster.read_text().replace(",103,", ",,"))

    assert collect(course, export({name: A}), "--from", "canvas") == 0
    assert submitted(course) == {student: A}


def test_canvas_name_of_one_who_has_another_number_is_a_namesakes(course, export, capsys):
    zipped = export({"dvořákjan_999_6789012_work.ipynb": A})

    assert collect(course, zipped, "--from", "canvas") == 1
    assert submitted(course) == {}
    assert "user 999" in lines(capsys)[0]


def test_canvas_later_file_counts_and_the_earlier_one_is_kept(course, export):
    zipped = export(
        {
            f"dvořákjan_101_6789012_{NAME}-1.ipynb": B,
            f"dvořákjan_101_6789011_{NAME}.ipynb": A,
        }
    )
    assert collect(course, zipped, "--from", "canvas") == 0
    assert submitted(course) == {"jan": B}
    assert set_aside(course) == {"jan": [A]}


def test_canvas_late_mark_is_told_and_no_time_is_invented(course, export, capsys):
    zipped = export({"dvořákjan_LATE_101_6789012_work.ipynb": A})

    assert collect(course, zipped, "--from", "canvas") == 0
    (line,) = lines(capsys)
    assert "late" in line
    assert "jan" in line
    assert time_of(course, "jan") is None


def test_canvas_anonymous_files_are_told(course, export, capsys):
    zipped = export({"anon_aB3x_6789012_work.ipynb": A, "LATE_anon_aB3x_6789012_work.ipynb": A})

    assert collect(course, zipped, "--from", "canvas") == 1
    assert submitted(course) == {}
    assert ["is anonymous" in line for line in lines(capsys)] == [True, True]


def test_canvas_group_is_suspected_and_served(course, export, capsys):
    zipped = export({"groupseven_101_6789012_work.ipynb": A})

    collect(course, zipped, "--from", "canvas")
    assert "--groups" in lines(capsys)[0]
    assert submitted(course) == {"jan": A}
    assert collect(course, zipped, "--from", "canvas", "--groups") == 0
    assert submitted(course) == {"jan": A, "ada": A}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("smith2_123_456_x.ipynb", ("smith2", None, "123", "456", "x.ipynb")),
        ("o_brien_LATE_123_456_7_8_x", ("o_brien", "LATE_", "123", "456", "7_8_x")),
        ("7_123_456_x", ("7", None, "123", "456", "x")),
    ],
)
def test_canvas_pattern(name, parts):
    found = CANVAS.fullmatch(name)
    assert found is not None
    assert (found["name"], found["late"], found["user"], found["file"], found["work"]) == parts


def test_patterns_stay_fast_on_long_names():
    """No timing: with a pattern that backtracks these would not end."""
    assert CANVAS.fullmatch("1" * 255) is None
    assert CANVAS.fullmatch("1_" * 127 + "_") is not None
    assert MOODLE.fullmatch("a_" * 127) is None


def test_moodle_name_that_cannot_be_read_leaves_no_word_to_the_student(course, export, capsys):
    name = "E_ve_8_assignsubmission_file_/Jan Dvořák_7_assignsubmission_file_x.ipynb"

    assert collect(course, export({name: A}), "--from", "moodle") == 1
    assert submitted(course) == {}
    assert "not named as Moodle names files" in lines(capsys)[0]


# Gradescope

METADATA = """\
---
submission_1:
  :submitters:
  - :name: Jan Dvořák
    :sid: jan
    :email: jan@example.cz
  :created_at: 2026-11-20 10:00:00.123456000 -05:00
  :score: 0.0
  :results: !ruby/object:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_2:
  :submitters:
  - :name: Ada Lovelace
    :sid: ''
    :email: ADA@example.cz
  - :name: Eve
    :sid: eve
    :email:
  :created_at: 2026-11-21 10:00:00 Z
submission_3:
  :submitters:
  - :name: Nobody Known
    :sid: '77'
    :email: n@example.cz
"""


def test_gradescope_by_its_metadata(course, export, capsys):
    root = "assignment_123_export"
    zipped = export(
        {
            f"{root}/submission_metadata.yml": METADATA,
            f"{root}/submission_1/work.ipynb": A,
            f"{root}/submission_2/work.ipynb": B,
            f"{root}/submission_3/work.ipynb": A,
            f"__MACOSX/{root}/submission_1/._work.ipynb": "noise",
        }
    )
    assert collect(course, zipped, "--from", "gradescope") == 1
    assert submitted(course) == {"jan": A, "ada": B, "eve": B}
    assert time_of(course, "jan") == "2026-11-20 15:00:00.123456 UTC"
    assert time_of(course, "eve") == "2026-11-21 10:00:00.000000 UTC"
    (line,) = lines(capsys)
    assert "Nobody Known (77)" in line


@pytest.mark.parametrize(
    ("metadata", "told"),
    [
        ("- a\n- b\n", "names no submissions"),
        ("a: [", "is no YAML"),
        ("a: !!python/object/apply:os.system [false]\n", "is no YAML"),
    ],
)
def test_gradescope_metadata_that_are_none_are_told(course, export, capsys, metadata, told):
    zipped = export({"x/submission_metadata.yml": metadata, "x/submission_1/work.ipynb": A})

    assert collect(course, zipped, "--from", "gradescope") == 1
    (line,) = lines(capsys)
    assert told in line
    assert "submission_metadata.yml" in line


def test_gradescope_name_of_one_who_has_another_address_is_a_namesakes(course, export, capsys):
    told = "s:\n  :submitters:\n  - :name: Jan Dvořák\n    :email: other@example.cz\n"
    zipped = export({"e/submission_metadata.yml": told, "e/s/work.ipynb": A})

    assert collect(course, zipped, "--from", "gradescope") == 1
    assert submitted(course) == {}
    assert "other@example.cz" in lines(capsys)[0]


def test_gradescope_metadata_that_a_student_handed_in_say_nothing(course, export, capsys):
    forged = "x:\n  :submitters:\n  - :sid: jan\n  :created_at: 2030-01-01 10:00:00 Z\n"
    zipped = export(
        {
            "e/submission_metadata.yml": METADATA,
            "e/submission_1/work.ipynb": A,
            "e/submission_2/submission_metadata.yml": forged,
            "e/submission_2/x/work.ipynb": B,
        }
    )
    assert collect(course, zipped, "--from", "gradescope") == 0
    assert submitted(course) == {"jan": A, "ada": B, "eve": B}


def test_gradescope_without_metadata_is_told(course, export, capsys):
    assert collect(course, export({"submission_1/a.ipynb": A}), "--from", "gradescope") == 1
    assert "give the whole export" in lines(capsys)[0]


# All of them


def test_others_need_a_roster(course, export, capsys):
    (course / "roster.csv").unlink()

    assert collect(course, export({}), "--from", "canvas") == 2
    assert "autograder new-course" in lines(capsys)[0]
