"""The sample class earns what its table says, whatever its hostile members try."""

import json
import shutil
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from sample_kit import files_in, grade_class, made_class

from autograder.report import ExerciseResult, Report
from glm2mlp.catalogue import ASSIGNMENTS, Exercise
from sample.make_class import make_class
from sample.stories import HOSTILE, STORIES

TABLE = tomllib.loads((Path(__file__).parents[2] / "sample" / "expected.toml").read_text("utf-8"))
SUBMISSIONS = [(student, assignment) for student, told in STORIES.items() for assignment in told]
ODD = [("s08_hana", "logistic_regression"), ("s08_hana", "softmax_regression")]


def graded_exercises(assignment: str) -> list[Exercise]:
    return [e for e in ASSIGNMENTS[assignment].exercises if e.kind != "written"]


def points(text: str | int) -> Fraction:
    return sum(map(Fraction, str(text).split(" + ")), Fraction())


def expected(student: str, assignment: str, exercise: Exercise) -> dict:
    """The row of an exercise; full points if the table does not name it."""
    rows = TABLE[student][assignment]
    full = {"points": str(exercise.points), "outcome": "passed", "fails": ""}
    row = rows.get(exercise.name, rows.get("others", full))
    return {"outcome": "failed"} | row


def failing(result: ExerciseResult) -> list[str]:
    return [t.name.removeprefix("test_") for t in result.tests if t.outcome != "passed"]


def check_exercise(result: ExerciseResult, row: dict) -> None:
    assert result.carried_forward == row.get("lent", False)
    every = [test.name.removeprefix("test_") for test in result.tests]
    assert failing(result) == (every if row["fails"] == "all" else row["fails"].split())
    assert result.outcome == row["outcome"]
    assert result.points == pytest.approx(float(points(row["points"])), abs=1e-9)


def test_table_names_every_submission_and_no_other():
    assert [(s, a) for s, rows in TABLE.items() for a in rows] == SUBMISSIONS
    assert len(SUBMISSIONS) == 24


@pytest.mark.parametrize(("student", "assignment"), SUBMISSIONS)
def test_table_adds_up(student: str, assignment: str):
    row = TABLE[student][assignment]
    names = {exercise.name for exercise in ASSIGNMENTS[assignment].exercises}
    known = {"story", "points", "status", "error", "repairs", "others"}
    assert row["story"]
    assert row.keys() <= known | names
    if row.get("status") == "unreadable":
        assert row["error"]
        return
    rows = [expected(student, assignment, exercise) for exercise in graded_exercises(assignment)]
    assert points(row["points"]) == sum(points(r["points"]) for r in rows)
    assert all(r["why"] for r in rows if r["outcome"] != "passed")


@pytest.mark.parametrize(("student", "assignment"), SUBMISSIONS)
def test_earns_what_the_table_says(student: str, assignment: str, graded_class):
    row = TABLE[student][assignment]
    report: Report = graded_class.reports[student, assignment]
    assert report.status == row.get("status", "graded")
    assert len(report.repairs) == row.get("repairs", 0)
    if report.status == "unreadable":
        assert row["error"] in report.error
        assert (report.points, report.exercises) == (None, {})
        return
    assert report.error is None
    for exercise in graded_exercises(assignment):
        check_exercise(report.exercises[exercise.name], expected(student, assignment, exercise))
    earned = [report.exercises[exercise.name].points for exercise in graded_exercises(assignment)]
    assert report.points == pytest.approx(sum(earned), abs=1e-9)


@pytest.mark.parametrize(("student", "assignment"), ODD)
def test_honest_oddities_cost_nothing(student: str, assignment: str, graded_class):
    exercises = graded_class.reports[student, assignment].exercises
    for exercise in graded_exercises(assignment):
        assert exercises[exercise.name].points == exercise.points


def test_same_seed_same_bytes(tmp_path: Path, graded_class):
    made_class(tmp_path)
    assert files_in(tmp_path / "submitted") == graded_class.files


def test_another_seed_changes_bytes_but_no_cell(tmp_path: Path):
    names = [f"{s}/{a}/{a}.ipynb" for s, a in SUBMISSIONS if TABLE[s][a].get("points") is not None]
    texts = []
    for seed in (1, 2):
        make_class(tmp_path / str(seed), seed)
        texts.append([(tmp_path / str(seed) / "submitted" / n).read_text("utf-8") for n in names])
    for one, other in zip(*texts, strict=True):
        assert one != other
        first, second = ([cell["source"] for cell in json.loads(t)["cells"]] for t in (one, other))
        assert first == second


def test_grading_leaves_what_was_handed_in_as_it_was(graded_class):
    assert files_in(graded_class.course.submitted) == graded_class.files


def test_second_grading_grades_nothing_and_changes_nothing(graded_class):
    before = graded_class.report_bytes()
    again = grade_class(graded_class.course.root)
    assert again.report_bytes() == before
    readable = [r for r in again.results if r.report.status == "graded"]
    assert readable
    assert all(result.cached for result in readable)


def test_neighbours_of_hostile_students_are_graded_as_without_them(tmp_path: Path, graded_class):
    root = made_class(tmp_path)
    for student in HOSTILE:
        shutil.rmtree(root / "submitted" / student)
    alone = grade_class(root).report_bytes()
    assert len(alone) == 24 - 2 * len(HOSTILE)
    there, here = (str(path).encode() for path in (graded_class.course.root, root))
    together = graded_class.report_bytes()
    for submission, report in alone.items():
        # The paths in it differ, for they are two courses.
        assert report.replace(here, there) == together[submission]
