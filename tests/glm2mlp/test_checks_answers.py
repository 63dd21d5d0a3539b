"""The visible tests themselves: right answers pass in any style, known mistakes fail with help."""

import pytest
from notebook_answers import DERIVATIONS, LOOPS, REFERENCE, notebook
from notebook_mistakes import MISTAKES, epoch

from glm2mlp.checks import logistic_regression, softmax_regression

SUITES = {
    suite.assignment.name: suite for suite in (logistic_regression.suite, softmax_regression.suite)
}
NAMES = [
    (assignment, exercise.name)
    for assignment, suite in SUITES.items()
    for exercise in suite.assignment.exercises
    if exercise.kind not in ("written", "choice")
]
STYLES = {
    ("reference", assignment): notebook(*REFERENCE[assignment], *DERIVATIONS)
    for assignment in SUITES
} | {("loops", assignment): notebook(*LOOPS[assignment], *DERIVATIONS) for assignment in SUITES}


@pytest.mark.parametrize("style", ["reference", "loops"])
@pytest.mark.parametrize(("assignment", "exercise"), NAMES)
def test_right_answers_pass_without_advice(assignment, exercise, style):
    report = SUITES[assignment].examine(exercise, STYLES[style, assignment])
    assert report.complete, report
    assert report.advice == ()


@pytest.mark.parametrize(("assignment", "exercise"), NAMES)
def test_every_exercise_has_at_least_three_visible_tests(assignment, exercise):
    tests = SUITES[assignment].tests[exercise]
    assert len(tests) >= 3
    assert len({sentence for sentence, _ in tests}) == len(tests)
    assert all(sentence.endswith(".") for sentence, _ in tests)


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_nothing_is_tested_that_is_no_exercise(suite):
    assert suite.tests.keys() == {
        exercise.name for exercise in suite.assignment.exercises if exercise.kind != "written"
    }


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_fails_and_is_helped(name):
    assignment, exercise, cell, help_text = MISTAKES[name]
    assignment += "_regression"
    names = notebook(*REFERENCE[assignment], cell)
    report = SUITES[assignment].examine(exercise, names)
    assert report.failures, report
    assert sum(bool(row.hint) for row in report.failures) <= 1, report
    text = repr(report.failures)
    assert any(part in text for part in help_text.split("|")), report


@pytest.mark.parametrize("name", ["l2 without half", "l2 forgotten"])
def test_the_call_that_is_shown_is_the_one_that_failed(name):
    _, exercise, cell, _ = MISTAKES[name]
    names = notebook(*REFERENCE["softmax_regression"], cell)
    (failure,) = SUITES["softmax_regression"].examine(exercise, names).failures
    assert "l2=0." in failure.call
    assert "l2=0.0" not in failure.call


def test_an_epoch_written_otherwise_passes():
    names = notebook(*REFERENCE["logistic_regression"], epoch())
    assert SUITES["logistic_regression"].examine("sgd_epoch", names).complete


@pytest.mark.parametrize("order", ["rng.integers(len(X))", "rng.shuffle(X)", "rng.bit_generator"])
def test_a_known_order_gives_nothing_but_its_permutation(order):
    names = notebook(*REFERENCE["logistic_regression"], epoch(order=order))
    report = SUITES["logistic_regression"].examine("sgd_epoch", names)
    assert "only rng.permutation may be drawn from here" in repr(report)


def test_an_overflow_with_a_right_value_is_advice():
    names = notebook("def sigmoid(z): return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))")
    report = SUITES["logistic_regression"].examine("sigmoid", names)
    assert report.complete
    assert len(report.advice) == 1
    assert "overflow encountered in exp" in report.advice[0]


BROKEN_DERIVATION = """
from sympy import Derivative, exp, symbols
z = symbols("z", real=True)
sigma = 1 / (1 + exp(-z))

def derive_sigmoid_derivative():
    return [Derivative(sigma, z), {second}, exp(-z) / (1 + exp(-z)) ** 2, sigma * (1 - sigma)]
"""


@pytest.mark.parametrize(
    ("second", "statuses", "text"),
    [
        ("-Derivative(exp(-z), z) / (1 + exp(-z)) ** 2", ["passed"] * 3, ""),
        ("z", ["passed", "failed", "passed"], "Step 2 does not follow from step 1"),
        ("Derivative(sigma, z)", ["passed", "passed", "failed"], "step 2 repeats step 1"),
        ("symbols('q')", ["failed", "not checked", "not checked"], "'q' is not one of"),
        ("None", ["failed", "not checked", "not checked"], "Step 2: None"),
    ],
)
def test_a_derivation_is_told_where_it_breaks(second, statuses, text):
    names = notebook(BROKEN_DERIVATION.format(second=second))
    report = SUITES["logistic_regression"].examine("derive_sigmoid_derivative", names)
    assert [result.status for result in report.results] == statuses
    assert text in repr(report)
