"""Each hidden test says what students may read of it, and when; hints obey."""

from dataclasses import replace

import pytest

from autograder.disclosure import hint, is_listed, may_hint
from autograder.outcomes import EXPLANATIONS
from autograder.report import Disclosure, ExerciseResult, TestResult

LEVELS: tuple[Disclosure, ...] = Disclosure.__args__


def failed(disclosure: Disclosure, sentence: str = "own", outcome="failed") -> TestResult:
    return TestResult("test_it", outcome, sentence=sentence, disclosure=disclosure)


def result(*tests: TestResult, **parts) -> ExerciseResult:
    first = next((test for test in tests if test.outcome != "passed"), None)
    told = {"outcome": first.outcome, "hint": first.sentence} if first else {"outcome": "passed"}
    return ExerciseResult(**{"points": 0.0, "max_points": 1.0, "tests": tests, **told, **parts})


@pytest.mark.parametrize(
    ("disclosure", "before", "after"),
    [
        ("public", (True, True), (True, True)),
        ("hint only", (False, True), (False, True)),
        ("after the deadline", (False, False), (True, True)),
        ("never", (False, False), (False, False)),
        ("whenever", (False, False), (False, False)),  # of a report that somebody edited
    ],
)
def test_what_may_be_read_before_and_after_the_deadline(disclosure, before, after):
    test = failed(disclosure)

    assert (is_listed(test), may_hint(test)) == before
    assert (is_listed(test, after_deadline=True), may_hint(test, after_deadline=True)) == after


@pytest.mark.parametrize("disclosure", LEVELS)
@pytest.mark.parametrize("after_deadline", [False, True])
def test_hint_of_a_single_test_obeys_it(disclosure, after_deadline):
    test = failed(disclosure)
    said = hint(result(test), after_deadline=after_deadline)

    assert said == ("own" if may_hint(test, after_deadline=after_deadline) else None)


def test_first_test_that_may_speak_gives_the_hint():
    tests = (
        failed("never", "secret"),
        failed("after the deadline", "late"),
        failed("hint only", "hint"),
    )

    assert hint(result(*tests)) == "hint"
    assert hint(result(*tests), after_deadline=True) == "late"


def test_hint_of_another_test_that_gave_no_value_is_the_explanation():
    tests = failed("never", "secret"), failed("hint only", "sentence", outcome="timeout")

    assert hint(result(*tests)) == EXPLANATIONS["timeout"]


def test_misconception_speaks_only_where_a_test_may():
    recognised = {"misconception": "axis-0", "hint": "Add up your result along each axis."}
    passed = TestResult("test_right", "passed")

    assert hint(result(failed("never"), **recognised)) is None
    assert hint(result(passed, failed("never"), **recognised)) is None
    assert hint(result(failed("never"), failed("hint only"), **recognised)) == recognised["hint"]


@pytest.mark.parametrize("outcome", ["passed", "harness", "manual"])
def test_nothing_is_hinted_where_nothing_went_wrong(outcome):
    assert hint(result(failed("public"), outcome=outcome)) is None


def test_hint_of_a_choice_is_the_explanation_of_its_letter():
    chosen = replace(result(TestResult("test_letter", "failed")), hint="Because of xᵀv.")

    assert hint(chosen) == "Because of xᵀv."
