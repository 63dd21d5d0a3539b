"""Which of two reports counts once points were released, without grading anything."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.record import handed_in_anew, readable, record
from autograder.grading.task import Task
from autograder.report import ExerciseResult, Report, TestResult, points_of

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


def test_history_is_in_the_order_of_gradings_also_if_the_clock_was_set_back(task):
    """The second report seems older than the first; a fault of ours asks for the last one that counts."""
    recorded(task, report("passed", 3.0))
    recorded(task, report("failed", 2.0, answer="def nll(w, X, t):\n    return 1"))
    os.utime(task.report, (0, 0))

    recorded(task, report("harness", 0.0, answer="def nll(w, X, t):\n    return 1"))
    folder = Path(task.report).parent / "history" / "ada"

    assert [readable(path).points for path in sorted(folder.iterdir())] == [3.0, 2.0]


def test_after_a_fault_other_answers_count_as_they_are(task):
    other = report("failed", 1.0, answer="def nll(w, X, t):\n    return 1")

    stands = recorded(task, report("passed", 3.0), report("harness", 0.0), other)

    assert (stands.points, stands.kept) == (1.0, None)


def test_given_cell_with_another_text_is_nothing_that_a_student_handed_in(task):
    passed, changed = report("passed", 3.0), report("failed", 1.0, given="X = 2")
    assert not handed_in_anew(passed, changed)

    assert recorded(task, passed, changed).points == 3.0


def test_same_file_is_not_handed_in_anew_whatever_is_read_of_it(task):
    """An exercise that is no more is no answer of its own any longer, though the student did nothing."""
    passed = replace(report("passed", 3.0), handed_in="a digest")
    without = replace(
        passed, points=1.0, max_points=1.0, key="other", exercises={}, answers=passed.answers[:1]
    )
    result = ExerciseResult(1.0, 1.0, "passed", (TestResult("t", "passed"),))
    without.exercises["sigmoid"] = result

    stands = recorded(task, passed, without)

    assert stands.points == 3.0
    assert stands.kept == (
        "graded anew it would earn 1 of 1 points (sigmoid: new; nll: is no more); "
        "the 3 of 3 points that were released stand"
    )
    assert recorded(task, passed, replace(without, handed_in="another")).points == 1.0


@pytest.mark.parametrize("damaged", ["", "{}", '{"points": 3.0'])
def test_released_report_that_cannot_be_read_is_not_written_over(task, damaged):
    """Nobody knows which points were released, so a person has to say that they may fall."""
    path = Path(task.report)
    path.parent.mkdir()
    path.write_text(damaged)
    new = report("failed", 1.0)

    for each in (task, replace(task, dry_run=True)):
        _, why = record(new, readable(path), each)
        assert why.startswith(f"{path}: cannot be read, and its points are released; bring it back")
        assert path.read_text() == damaged

    assert record(new, None, replace(task, released=False)) == (new, "")
    assert readable(path) == new
    path.write_text(damaged)
    assert record(new, None, replace(task, lower=True)) == (new, "")
    assert readable(path) == new


def test_report_that_is_not_there_any_more_is_made_anew(task):
    new = report("failed", 1.0)
    assert record(new, None, task) == (new, "")


def test_all_of_odd_weights_are_all_points():
    """0.1 + 0.1 + 0.2 of as much, times 3, is a little more than 3 in floating point."""
    tests = tuple(TestResult(f"t{w}", "passed", weight=w) for w in (0.1, 0.1, 0.2))
    assert points_of(3, tests) == 3.0


def test_points_that_differ_by_rounding_do_not_fall(task):
    new = report("passed", 0.3)
    assert recorded(task, report("passed", 0.1 + 0.2), new) == new
