"""The visible tests of «What went wrong?»: repairs pass, what is none is told with help."""

import pytest
from notebook_answers import notebook

from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.what_went_wrong import suite

RIGHT = [
    cell.source for cell in solved_cells(ASSIGNMENTS["what_went_wrong"]) if cell.role == "answer"
]
SOLVED = notebook("import numpy as np", *RIGHT)
REPAIRS = ["repair_1", "repair_2", "repair_3"]

OTHERS = {
    "repair_1": ["return X, 10", "return [16 * X, np.float64(1)]", "return np.rint(16 * X), 1"],
    "repair_2": ["return X**2, 1", "return np.abs(X), 2", "return (abs(X) < 0.6).astype(int), 1"],
    "repair_3": ["return X / 16, 1", "return X, 0.01", "return X > 8, np.array(1.0)"],
}


def examined(exercise, body):
    """The report on an answer with this body."""
    return suite.examine(
        exercise, notebook("import numpy as np", f"def {exercise}(X):\n    {body}")
    )


@pytest.mark.parametrize("exercise", [e.name for e in suite.assignment.exercises])
def test_right_answers_pass_without_advice(exercise):
    report = suite.examine(exercise, SOLVED)
    assert report.complete, report
    assert report.advice == ()


@pytest.mark.parametrize(
    ("exercise", "body"), [(exercise, body) for exercise in REPAIRS for body in OTHERS[exercise]]
)
def test_other_repairs_pass(exercise, body):
    report = examined(exercise, body)
    assert report.complete, report


@pytest.mark.parametrize("exercise", REPAIRS)
def test_every_repair_has_at_least_three_visible_tests(exercise):
    sentences = [sentence for sentence, _ in suite.tests[exercise]]
    assert len(set(sentences)) == len(sentences) >= 3
    assert all(sentence.endswith(".") for sentence in sentences)


# Mistake → body, the first row that fails, what it says.
MISTAKES = {
    "unchanged": ("return X, 1", "is right on 90%", "the rarer class is never predicted"),
    "features only": ("return X", "It returns features", "two things"),
    "the wrong way round": ("return 30, X", "It returns features", "Return a NumPy array"),
    "three things": ("return X, 1, 30", "It returns features", "two things"),
    "a vector": ("return X[:, 0], 1", "It returns features", "shape (6,)"),
    "one row": ("return X[:1], 1", "It returns features", "shape (1,"),
    "no features": ("return X[:, :0], 1", "It returns features", "at least one feature"),
    "factor 0": ("return X, 0", "It returns features", "a factor above 0"),
    "factor below 0": ("return X, -2.0", "It returns features", "a factor above 0"),
    "factor as text": ("return X, '2'", "It returns features", "expected  a number"),
    "infinite factor": ("return X, np.inf", "It returns features", "a factor above 0"),
    "mean of the batch": (
        "return np.hstack([X - X.mean(axis=0), X**2]), 1",
        "depend on that example alone",
        "axis=1",
    ),
    "maximum of the batch": (
        "return X / X.max(), 1",
        "depend on that example alone",
        "axis=1",
    ),
    "in place": ("X *= 2; return X, 1", "stays as it was", "In-place"),
    "error": ("return X.scaled(), 1", "It returns features", "AttributeError"),
}


@pytest.mark.parametrize("exercise", REPAIRS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told(exercise, mistake):
    body, sentence, told = MISTAKES[mistake]
    report = examined(exercise, body)
    assert sentence in report.failures[0].sentence
    failure = " ".join(repr(report).split("✗ failed")[1].split())
    assert " ".join(told.split()) in failure


def test_a_repair_that_helps_a_little_is_told_how_much():
    report = examined("repair_1", "return X, 3")
    (failure,) = report.failures
    assert failure.expected == "an accuracy of at least 90%"
    assert failure.got.endswith("%")
    assert "experiment(1, repair_1, seed)" in failure.hint


def test_features_whose_number_depends_on_the_examples_are_told():
    failure = examined("repair_1", "return X @ X.T, 1").failures[-1]
    assert failure.expected == "the same number of features always"


def test_the_stub_is_not_begun():
    report = examined("repair_2", "raise NotImplementedError()")
    assert "not written yet" in report.problem
