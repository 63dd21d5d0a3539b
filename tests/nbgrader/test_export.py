"""Points leave the gradebook for Canvas, Moodle, Gradescope and tables, and nothing pending is a zero."""

import csv
import errno
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from both_ways import gradebook
from notebooks import BY_MACHINE, MAX_POINTS, NAME, hand_in, solved
from pyarrow import parquet

from autograder.cli import main
from autograder.gradebook import add_students, write_grades
from autograder.report import ExerciseResult, Report, TestResult, write_report
from autograder.roster import Roster, Student, write_text
from glm2mlp.catalogue import ASSIGNMENTS

ASSIGNMENT = ASSIGNMENTS[NAME]
WRITTEN = "explain_convex_regions"
HINT, SECRET = "Which axis do you sum over?", "expected 0.25, got 0.75"
ROSTER = Roster(
    [
        Student("ada", "Ada", "Lovelace", "ada@example.cz", "102", "lovelace"),
        Student("ben", "Ben", "Okri", "ben@example.cz", "103"),
        Student("cleo", "=cmd|' /C calc'!A0", "@SUM(A1)", "cleo@example.cz", "104"),
        Student("dan", "Dan", "Missing", "dan@example.cz", "105"),
    ]
)


def result(exercise, points: float | None) -> ExerciseResult:
    if exercise.kind == "written":
        return ExerciseResult(None, exercise.points, "manual")
    if points == exercise.points:
        return ExerciseResult(points, exercise.points, "passed", (TestResult("test_a", "passed"),))
    tests = (TestResult("test_a", "failed", SECRET, 1.0, HINT), TestResult("test_b", "passed"))
    return ExerciseResult(points, exercise.points, "failed", tests, HINT)


def report(student: str, **points: float | None) -> Report:
    exercises = {
        each.name: result(each, points.get(each.name, each.points)) for each in ASSIGNMENT.exercises
    }
    earned = sum(each.points or 0 for each in exercises.values())
    return Report(student, NAME, "graded", earned, MAX_POINTS, exercises=exercises)


def by_hand(course: Path, student: str, points: float) -> None:
    """As formgrader writes what a person gave."""
    with gradebook(course) as book:
        submission = book.find_submission_notebook(NAME, NAME, student)
        grade = next(grade for grade in submission.grades if grade.name == WRITTEN)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def penalise(course: Path, student: str, points: float) -> None:
    with gradebook(course) as book:
        book.find_submission_notebook(NAME, NAME, student).late_submission_penalty = points
        book.db.commit()


@pytest.fixture(scope="module")
def course(built, tmp_path_factory) -> Path:
    """Ada is graded, by hand too, and late; Ben and Cleo wait for a person; Dan handed in nothing."""
    root = shutil.copytree(built, tmp_path_factory.mktemp("export") / "course")
    (root / "roster.csv").write_text(write_text(ROSTER))
    add_students(root, ROSTER)
    reports = [report("ada", softmax=1.5), report("ben"), report("cleo")]
    for each in reports:
        hand_in(root, each.student, solved(), "2026-11-20 10:00:00 UTC")
        write_report(each, root / "reports" / NAME / f"{each.student}.json")
    write_grades(root, reports)
    by_hand(root, "ada", 1.25)
    penalise(root, "ada", 2.0)
    return root


ADA = BY_MACHINE - 1.5 + 1.25 - 2.0


def export(course: Path, to: str, *arguments: object) -> int:
    return main(["export", NAME, "--to", to, "--course", str(course), *map(str, arguments)])


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_table_has_points_by_hand_less_the_penalty_and_no_zero_for_what_is_pending(course, capsys):
    assert export(course, "csv") == 0

    header, *lines = rows(course / "exports" / "grades.csv")
    found = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert {name: (row["status"], row["points"]) for name, row in found.items()} == {
        "ada": ("graded", str(ADA)),
        "ben": ("pending", ""),
        "cleo": ("pending", ""),
        "dan": ("missing", ""),
    }
    assert found["ada"]["late_penalty"] == "2.0"
    assert found["ada"]["points_before_penalty"] == str(ADA + 2)
    assert found["ada"]["handed_in"] == "2026-11-20 10:00:00"
    said = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in said] == ["autograder: ben", "autograder: cleo"]
    assert WRITTEN in said[0]


def test_what_was_not_to_be_graded_at_all_is_not_sent_to_formgrader(course, tmp_path, capsys):
    shutil.copytree(course, tmp_path / "course")
    hand_in(tmp_path / "course", "dan", solved())
    unreadable = Report(
        "dan", NAME, "unreadable", None, MAX_POINTS, error="dan.ipynb: is no notebook"
    )
    write_grades(tmp_path / "course", [unreadable])

    export(tmp_path / "course", "csv")

    said = capsys.readouterr().err.splitlines()
    assert (
        "dan, softmax_regression: pending, not exported (all of it); its report says why"
        in said[-1]
    )


@pytest.mark.parametrize("to", ["csv", "canvas", "moodle"])
def test_names_are_no_formulas(course, to):
    export(course, to)

    text = (course / "exports" / {"csv": "grades.csv"}.get(to, f"{to}.csv")).read_text()
    for row in csv.reader(text.splitlines()):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "@", "\t")]


def test_parquet_has_types(course):
    assert export(course, "parquet") == 0

    table = parquet.read_table(course / "exports" / "grades.parquet")
    assert table.column("points").to_pylist() == [ADA, None, None, None]
    assert table.column("handed_in").to_pylist()[0] == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_parquet_without_pyarrow_says_what_to_install(course, monkeypatch, capsys):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    assert export(course, "parquet") == 2
    assert "`pip install pyarrow`" in capsys.readouterr().err


@pytest.mark.parametrize("to", ["parquet", "gradescope-autograder"])
def test_disk_that_is_full_is_told_and_the_old_file_stays(
    course, tmp_path, monkeypatch, capsys, to
):
    def full(draft, _):
        raise OSError(errno.ENOSPC, "No space left on device", draft)

    path = tmp_path / "out"
    path.write_text("old")
    monkeypatch.setattr("os.replace", full)

    assert export(course, to, "--output", path) == 2
    assert capsys.readouterr().err == f"autograder: {path}: No space left on device\n"
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


# Canvas


def test_canvas_columns_are_those_of_its_own_export(course):
    export(course, "canvas")

    header, possible, *lines = rows(course / "exports" / "canvas.csv")
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT.title]
    assert possible == ["    Points Possible", "", "", "", "", str(MAX_POINTS)]
    assert lines[0] == ["Lovelace, Ada", "102", "", "lovelace", "", str(ADA)]
    assert [line[-1] for line in lines] == [str(ADA), "", "", ""]


CANVAS = f"""\
Student,ID,SIS User ID,SIS Login ID,Section,Other (7),{ASSIGNMENT.title} (8),Current Score
,,,,,,Manual Posting,
    Points Possible,,,,,5.00,{MAX_POINTS},(read only)
"Lovelace, Ada",102,,lovelace,A,3,,60
"Okri, Ben",,,ben@example.cz,A,4,7.5,80
"Guest, G",999,,guest,A,4,N/A,80
"Student, Test",,,x,A,,,
"""


def test_canvas_template_is_filled_in_and_the_rest_of_it_stays(course, tmp_path, capsys):
    template = tmp_path / "gradebook.csv"
    template.write_text(CANVAS)

    assert export(course, "canvas", "--template", template) == 1
    header, posting, possible, *lines = rows(course / "exports" / "canvas.csv")
    assert header[-1] == f"{ASSIGNMENT.title} (8)"
    assert len(header) == 6
    assert posting[-1] == "Manual Posting"
    assert possible[-1] == str(MAX_POINTS)
    assert [line[0] for line in lines] == ["Lovelace, Ada", "Okri, Ben", "Student, Test"]
    assert [line[-1] for line in lines] == [str(ADA), "7.5", ""]
    said = [line for line in capsys.readouterr().err.splitlines() if "pending" not in line]
    assert len(said) == 3
    assert "row 6: «Guest, G»" in said[0]
    assert "cleo" in said[1]
    assert "dan" in said[2]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((f"{MAX_POINTS}", "10"), "is out of 10 points"),
        ((ASSIGNMENT.title, "Homework 2"), f"no column is called «{ASSIGNMENT.title}»"),
        (("Section", "Sektion"), "no columns ID and Section"),
    ],
)
def test_canvas_template_that_does_not_fit_is_told(course, tmp_path, capsys, change, told):
    template = tmp_path / "gradebook.csv"
    template.write_text(CANVAS.replace(*change))

    assert export(course, "canvas", "--template", template) == 2
    assert told in capsys.readouterr().err


def test_template_is_not_written_over(course, tmp_path, capsys):
    template = tmp_path / "gradebook.csv"
    template.write_text(CANVAS)

    assert export(course, "canvas", "--template", template, "--output", template) == 2
    assert template.read_text() == CANVAS


# Moodle


def test_moodle_has_a_dash_where_it_would_take_nothing_for_zero(course):
    export(course, "moodle")

    header, *lines = rows(course / "exports" / "moodle.csv")
    assert header == ["First name", "Last name", "Username", "Email address", ASSIGNMENT.title]
    assert lines[0] == ["Ada", "Lovelace", "lovelace", "ada@example.cz", str(ADA)]
    assert [line[-1] for line in lines[1:]] == ["-", "-", "-"]


def test_moodle_worksheet_is_filled_in_with_its_own_comma(course, tmp_path):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)\n"
        f'Participant 1,Ada Lovelace,ada@example.cz,Submitted,,"{MAX_POINTS:.0f},00",-\n'
        f'Participant 2,Ben Okri,ben@example.cz,Submitted,"3,00","{MAX_POINTS:.0f},00",-\n'
    )
    assert export(course, "moodle", "--template", worksheet) == 1  # cleo and dan have no row
    _, ada, ben = rows(course / "exports" / "moodle.csv")
    assert ada[4] == str(ADA).replace(".", ",")
    assert ben[4] == "3,00"


@pytest.mark.parametrize(
    ("to", "text", "times"),
    [
        ("canvas", CANVAS.replace("Guest, G", "Lovelace, Ada"), 1),
        (
            "moodle",
            "Identifier,Full name,Email address,Grade\n1,Ada Lovelace,guest@example.cz,\n",
            0,
        ),
    ],
)
def test_who_takes_the_name_of_another_gets_no_points_of_theirs(course, tmp_path, to, text, times):
    template = tmp_path / "template.csv"
    template.write_text(text)

    assert export(course, to, "--template", template) == 1
    assert (course / "exports" / f"{to}.csv").read_text().count(str(ADA)) == times


# Gradescope


@pytest.fixture(scope="module")
def results(course) -> dict[str, dict]:
    assert export(course, "gradescope", "--visibility", "after_published") == 0
    folder = course / "exports" / "gradescope" / NAME
    return {
        path.parent.name: json.loads(path.read_text()) for path in folder.glob("*/results.json")
    }


def test_gradescope_results_count_hand_and_penalty(results):
    assert set(results) == {"ada", "ben", "cleo"}
    ada = results["ada"]
    assert ada["score"] == ADA
    assert ada["visibility"] == "after_published"
    assert ada["stdout_visibility"] == "hidden"
    assert "Late: 2 points less" in ada["output"]
    tests = {test["name"]: test for test in ada["tests"]}
    assert (tests["softmax"]["score"], tests["softmax"]["status"]) == (1.5, "failed")
    assert tests[WRITTEN]["score"] == 1.25


def test_gradescope_pending_has_no_score(results):
    tests = {test["name"]: test for test in results["ben"]["tests"]}
    assert "score" not in tests[WRITTEN]
    assert "status" not in tests[WRITTEN]
    assert "At least" in results["ben"]["output"]


def test_gradescope_tells_what_feedback_tells(results):
    text = json.dumps(results["ada"])
    assert HINT in text
    assert SECRET not in text


def test_gradescope_has_no_zero_for_who_handed_in_nothing(course, tmp_path):
    """The roster's others have reports, too, which say so."""
    path = course / "reports" / NAME / "dan.json"
    write_report(Report("dan", NAME, "unreadable", None, MAX_POINTS, "nothing"), path)
    try:
        assert export(course, "gradescope", "--output", tmp_path) == 0
    finally:
        path.unlink()
    assert sorted(each.name for each in (tmp_path / NAME).iterdir()) == ["ada", "ben", "cleo"]


def test_report_that_cannot_be_read_is_told_and_the_others_are_written(course, tmp_path, capsys):
    broken = course / "reports" / NAME / "dan.json"
    broken.write_text("{")
    try:
        assert export(course, "gradescope", "--output", tmp_path / "out") == 1
    finally:
        broken.unlink()
    assert str(broken) in capsys.readouterr().err
    assert (tmp_path / "out" / NAME / "ben" / "results.json").exists()


def test_graded_by_hand_before_the_last_grading_is_said(course, capsys):
    with gradebook(course) as book:
        submission = book.find_submission_notebook(NAME, NAME, "ada")
        grade = next(grade for grade in submission.grades if grade.name == WRITTEN)
        grade.needs_manual_grade = True
        book.db.commit()
    export(course, "csv")
    assert f"ada, {NAME}: graded again since a person gave points for {WRITTEN}" in (
        capsys.readouterr().err
    )
