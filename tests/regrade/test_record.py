"""Which of two reports counts once points were released, without grading anything."""

from pathlib import Path

import pytest

from autograder.grading.record import handed_in_anew, readable, record
from autograder.grading.task import Task
from autograder.report import ExerciseResult, Report, TestResult

ANSWER = "def nll(w, X, t):\n    return 0.5"


@pytest.fixture
def task(tmp_path):
    return Task("ada", "a", "a.ipynb", str(tmp_path / "a" / "ada.json"), 7, released=True)


def report(outcome, points, *, answer=ANSWER, given="X = 1"):
    fault = outcome == "harness"
    result = ExerciseResult(None if fault else points, 3.0, outcome, (TestResult("t", outcome),))
    cells = {"data": ("given", given), "nll": ("answer", answer)}
    return Report(
        "ada",
        "a",
        "review" if fault else "graded",
        points,
        3.0,
        key=f"{outcome} {points} {given}",
        exercises={"nll": result},
        answers=tuple({"name": n, "mode": m, "source": s} for n, (m, s) in cells.items()),
    )


def recorded(task, *reports):
    """What stands there after these gradings."""
    for each in reports:
        before = readable(Path(task.report))
        told = record(each, before, task)
        assert told[1] == ""
    return readable(Path(task.report))


def test_released_points_do_not_fall_on_the_way_through_faults_of_ours(task):
    """While the fault is there, a person is told to look."""
    passed, fault = report("passed", 3.0), report("harness", 0.0)
    aside = Report("ada", "a", "review", None, 3.0, error="the grading process ended twice")
    assert recorded(task, passed, fault).ours_failed

    stands = recorded(task, aside, fault, report("failed", 1.0))

    assert stands.points == 3.0
    assert "it would earn 1 of 3 points" in stands.kept


def test_after_a_fault_other_answers_count_as_they_are(task):
    other = report("failed", 1.0, answer="def nll(w, X, t):\n    return 1")

    stands = recorded(task, report("passed", 3.0), report("harness", 0.0), other)

    assert (stands.points, stands.kept) == (1.0, None)


def test_given_cell_with_another_text_is_nothing_that_a_student_handed_in(task):
    passed, changed = report("passed", 3.0), report("failed", 1.0, given="X = 2")
    assert not handed_in_anew(passed, changed)

    assert recorded(task, passed, changed).points == 3.0
