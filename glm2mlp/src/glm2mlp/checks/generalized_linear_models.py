"""The visible tests of the assignment `generalized_linear_models`. Student side, public.

The table is checked for entries that fit each other; whether they are the lecture's, grading tells.
Numbers of the other exercises were worked out by hand, with logits such as log 3 and probabilities
such as ¾.
"""

from typing import Any

import numpy as np
from scipy import special

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect, expect_unchanged
from glm2mlp.checks.glm_table import add_table
from glm2mlp.checks.shared import central_differences
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["generalized_linear_models"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

LOGITS = np.log(np.array([3.0, 1, 1 / 3]))
PROBABILITIES = np.array([0.75, 0.5, 0.25])

# Four examples with one feature and the ones; weights and targets of each model.
X = np.array([[1.0, 1], [2, 1], [-1, 1], [0, 1]])
w = np.array([2.0, -1])  # logits 1, 3, −3, −1
real = np.array([0.0, 1, -1, 1])  # y − t is 1, 2, −2, −2
binary = np.array([0, 1, 0, 0])
classes = np.array([2, 0, 1, 0])

LINEAR = np.array([7 / 4, -1 / 4])
LOGISTIC = np.array([-1 / 4, 1 / 4])  # at zero weights, where y − t is ½, −½, ½, ½
# At zero weights, where y is 1/3: x (y − 1_t)ᵀ summed is (−4, 5, −1)/3 and (−2, 1, 1)/3.
SOFTMAX = np.array([[-4, 5, -1], [-2, 1, 1]]) / 12

OTHER_CLASS = "That is p(C₀). In [z, 0] the logit z of C₁ stands at index 0."

add_table(suite)


@suite.of("sigmoid_as_softmax")
def sigmoid_known_values(student: Student) -> None:
    """Logits log 3, 0, −log 3 give ¾, ½, ¼."""
    expect(
        student.sigmoid_as_softmax(LOGITS),
        PROBABILITIES,
        "For each logit z take softmax of the two logits [z, 0], along the last axis.",
        slips=[
            (1 - PROBABILITIES, OTHER_CLASS),
            (special.softmax(LOGITS), "Each logit makes a pair of its own with 0."),
        ],
    )


@suite.of("sigmoid_as_softmax")
def sigmoid_of_a_matrix(student: Student) -> None:
    """An array with two axes gives an array of the same shape."""
    logits = np.stack([LOGITS, -LOGITS])
    expect(
        student.sigmoid_as_softmax(logits),
        special.expit(logits),
        "`np.stack([z, ...], axis=-1)` puts the pairs on a new last axis; then take one index of it.",
    )


@suite.of("sigmoid_as_softmax")
def sigmoid_far_from_zero(student: Student) -> None:
    """Logits of ±1000 give 1 and 0."""
    expect(
        student.sigmoid_as_softmax(np.array([1000.0, -1000])),
        [1, 0],
        "Use the given `softmax`, which stands any logits.",
        slips=[([0, 1], OTHER_CLASS)],
    )


@suite.of("sigmoid_as_softmax")
def sigmoid_leaves_its_argument(student: Student) -> None:
    """Its argument stays as it was."""
    student.sigmoid_as_softmax(LOGITS)
    expect_unchanged(student.arguments, [LOGITS])


def _slips(right: np.ndarray[Any, Any]) -> list[tuple[Any, str]]:
    return [
        (4 * right, "Divide by the number of examples."),
        (right / 4, "You averaged twice."),
        (-right, "It is y − t: the gradient points to where the loss grows."),
    ]


@suite.of("glm_gradient")
def linear_by_hand(student: Student) -> None:
    """In "linear" differences 1, 2, −2, −2 times their features have the mean (7/4, −1/4)."""
    expect(
        student.glm_gradient("linear", w, X, real),
        LINEAR,
        "The mean over the examples of (y − t) x, with y = xᵀw.",
        slips=[
            *_slips(LINEAR),
            (2 * LINEAR, "With variance 1 the loss is half the square: its 2 has cancelled."),
        ],
    )


@suite.of("glm_gradient")
def logistic_by_hand(student: Student) -> None:
    """In "logistic" y is ½ with zero weights, and the mean of (y − t) x is (−1/4, 1/4)."""
    expect(
        student.glm_gradient("logistic", np.zeros(2), X, binary),
        LOGISTIC,
        "The mean over the examples of (y − t) x, with y = σ(xᵀw).",
        slips=[
            *_slips(LOGISTIC),
            (
                LOGISTIC / 4,
                "Did you average twice, or multiply with the slope of σ, here ¼? It has cancelled.",
            ),
        ],
    )


@suite.of("glm_gradient")
def softmax_by_hand(student: Student) -> None:
    """In "softmax" y is 1/3 with zero weights, and the mean of x (y − 1_t)ᵀ can be done by hand."""
    expect(
        student.glm_gradient("softmax", np.zeros((2, 3)), X, classes),
        SOFTMAX,
        "The mean over the examples of x (y − 1_t)ᵀ, of shape (D, K).",
        slips=[
            *_slips(SOFTMAX),
            (SOFTMAX / 3, "Average over the examples only, not over the classes as well."),
        ],
    )


def _linear_loss(W: np.ndarray[Any, Any]) -> float:
    return float(np.mean((X @ W - real) ** 2) / 2)


def _logistic_loss(W: np.ndarray[Any, Any]) -> float:
    return float(np.mean(np.logaddexp(0, (1 - 2 * binary) * (X @ W))))


def _softmax_loss(W: np.ndarray[Any, Any]) -> float:
    return float(-np.mean(special.log_softmax(X @ W, axis=1)[np.arange(4), classes]))


AWAY = np.array([0.3, -0.7])
SLOPES = {
    "linear": (_linear_loss, AWAY, real),
    "logistic": (_logistic_loss, AWAY, binary),
    "softmax": (_softmax_loss, np.array([[0.4, -0.7, 0.2], [-0.1, 0.3, 0.6]]), classes),
}


@suite.of("glm_gradient")
def gradient_is_the_slope_of_the_loss(student: Student) -> None:
    """In all three models it is the slope of the mean loss, measured between nearby weights."""
    for model, (loss, W, t) in SLOPES.items():
        expect(
            student.glm_gradient(model, W, X, t),
            central_differences(loss, W),
            f"Which activation has the {model} model? It is applied to X @ W.",
            rtol=1e-7,
        )


@suite.of("glm_gradient")
def gradient_with_an_absent_class(student: Student) -> None:
    """In "softmax" a batch that lacks classes gives a gradient for all of them."""
    expect(
        student.glm_gradient("softmax", np.zeros((2, 4)), X[:1], np.array([1])),
        np.array([[1, -3, 1, 1], [1, -3, 1, 1]]) / 4,
        "Subtract the row 1_t of each example's class; it has as many entries as W has columns.",
    )


@suite.of("glm_gradient")
def gradient_leaves_its_arguments(student: Student) -> None:
    """Its arguments stay as they were."""
    for model, (_, W, t) in SLOPES.items():
        student.glm_gradient(model, W, X, t)
        expect_unchanged(student.arguments[1:], [W, X, t])
