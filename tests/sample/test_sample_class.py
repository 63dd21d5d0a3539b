"""The sample class earns what its table says, whatever its hostile members try."""

import json
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hidden_numbers import found_in, hidden_numbers
from markup import dangers
from sample_kit import files_in, grade_class, made_class
from thinning import slow, some

from autograder.feedback.content import page
from autograder.feedback.html import to_html
from autograder.feedback.markdown import to_markdown
from autograder.report import ExerciseResult, Report
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.course import Exercise
from sample.expectations import TABLE
from sample.make_class import make_class
from sample.stories import HOSTILE, STORIES
from sample.submitted import ALL as ASSIGNED

SUBMISSIONS = [(s, a) for s, told in STORIES.items() for a in ASSIGNED if a in told]
ALL = [(student, assignment) for student in STORIES for assignment in ASSIGNED]
# What happened to these notebooks has nothing to do with what was written into them.
ODD = [pair for pair in SUBMISSIONS if pair[0] in ("s08_hana", "s13_lena")]


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
    assert result.outcome in row["outcome"].split(" or ")
    assert result.points == pytest.approx(float(points(row["points"])), abs=1e-9)


@pytest.mark.lint
def test_table_has_a_row_for_every_student_and_assignment():
    assert [(s, a) for s, rows in sorted(TABLE.items()) for a in rows] == ALL
    assert len(STORIES) == 24


@pytest.mark.lint
@pytest.mark.parametrize(("student", "assignment"), ALL)
def test_table_adds_up(student: str, assignment: str):
    row = TABLE[student][assignment]
    assert (row.get("status") == "not handed in") == ((student, assignment) not in SUBMISSIONS)
    names = {exercise.name for exercise in ASSIGNMENTS[assignment].exercises}
    known = {"story", "points", "status", "error", "repairs", "others"}
    assert row["story"]
    assert row.keys() <= known | names
    status = row.get("status", "graded")
    assert ("error" in row) == (status in ("unreadable", "review"))
    if status in ("unreadable", "not handed in"):
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
    assert row.get("error", "") in (report.error or "")
    if report.status == "unreadable":
        assert (report.points, report.exercises) == (None, {})
        return
    assert (report.error is None) == (report.status == "graded")
    for exercise in graded_exercises(assignment):
        check_exercise(report.exercises[exercise.name], expected(student, assignment, exercise))
    earned = [report.exercises[exercise.name].points for exercise in graded_exercises(assignment)]
    assert report.points == pytest.approx(sum(earned), abs=1e-9)


@pytest.mark.parametrize(("student", "assignment"), ODD)
def test_honest_oddities_cost_nothing(student: str, assignment: str, graded_class):
    exercises = graded_class.reports[student, assignment].exercises
    for exercise in graded_exercises(assignment):
        assert exercises[exercise.name].points == exercise.points


def test_nothing_is_graded_that_was_not_handed_in(graded_class):
    assert sorted(graded_class.reports) == sorted(SUBMISSIONS)


def test_same_seed_same_bytes(tmp_path: Path, graded_class):
    made_class(tmp_path)
    assert files_in(tmp_path / "submitted") == graded_class.files


@slow
def test_another_seed_changes_bytes_but_no_cell(tmp_path: Path):
    readable = [(s, a) for s, a in SUBMISSIONS if "points" in TABLE[s][a]]
    texts = []
    for seed in (1, 2):
        make_class(tmp_path / str(seed), seed)
        folders = [tmp_path / str(seed) / "submitted" / s / a for s, a in readable]
        texts.append([next(f.glob("*.ipynb")).read_text("utf-8") for f in folders])
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


@slow
def test_neighbours_of_hostile_students_are_graded_as_without_them(tmp_path: Path, graded_class):
    """Two assignments suffice: each hostile student handed in one of them at least."""
    assignments = ("softmax_regression", "generalized_linear_models")
    assert all(STORIES[student].keys() & set(assignments) for student in HOSTILE)
    root = made_class(tmp_path, assignments)
    for student in HOSTILE:
        shutil.rmtree(root / "submitted" / student)
    alone = grade_class(root).report_bytes()
    honest = [pair for pair in SUBMISSIONS if pair[1] in assignments and pair[0] not in HOSTILE]
    assert sorted(alone) == sorted(honest)
    there, here = (str(path).encode() for path in (graded_class.course.root, root))
    together = graded_class.report_bytes()
    for submission, report in alone.items():
        # The paths in it differ, for they are two courses.
        assert report.replace(here, there) == together[submission]


# What the students read


@pytest.mark.parametrize("assignment", some(ASSIGNMENTS))
def test_no_page_holds_a_hidden_number_and_none_runs_or_fetches(assignment: str, graded_class):
    reports = [report for (_, name), report in graded_class.reports.items() if name == assignment]
    for report, numbers in _with_hidden_numbers(assignment, reports):
        said = page(report, ASSIGNMENTS[report.assignment], after_deadline=True)
        assert dangers(to_html(said)) == [], report.student
        text = to_html(said) + to_markdown(said)
        assert found_in(text, numbers) == [], report.student


def _with_hidden_numbers(assignment: str, reports: list[Report]) -> Iterator[tuple[Report, list]]:
    """Each report with the numbers that may not be in its page; who is unreadable met none."""
    if assignment == "what_went_wrong":
        # Each of these tests trains; the page of a repair shows nothing unless it fails. One report after
        # the other, for the numbers of a training's examples take tens of megabytes.
        for report in reports:
            seeds = [] if report.seed is None else [report.seed]
            found = hidden_numbers(assignment, seeds, _failing(report))
            yield report, found.get(report.seed, [])
        return
    found = hidden_numbers(assignment, {r.seed for r in reports if r.seed is not None})
    assert all(len(rows) > 50 for rows in found.values())
    for report in reports:
        yield report, found.get(report.seed, [])


def _failing(report: Report) -> set[str]:
    return {name for name, result in report.exercises.items() if result.outcome == "failed"}
