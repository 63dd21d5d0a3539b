"""The visible tests of the assignment `softmax_regression`. Student side, public.

Numbers were worked out by hand, with logits such as log 1, log 2, log 3.
"""

from typing import Any

import numpy as np
from scipy import special

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect, expect_classes, expect_dtype, expect_shape
from glm2mlp.checks.shared import (
    add_derivation,
    add_slope_of_nll,
    add_unchanged,
)
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["softmax_regression"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

LOGITS = np.log(np.array([[1.0, 2, 3], [5, 4, 1]]))
PROBABILITIES = np.array([[1 / 6, 2 / 6, 3 / 6], [0.5, 0.4, 0.1]])
Z = np.array([[0.3, -1.2, 2.0, 0.0], [-3.0, 1.1, 0.4, 5.0], [0.0, 0.0, 0.7, -0.7]])
HUGE = np.array([[1000.0, 1000, 0], [-1000, -2000, -1000]])

# Five examples with one feature and the ones, three classes, weights that are not zero.
X = np.array([[0.5, 1], [-1, 1], [2, 1], [0, 1], [-2.5, 1]])
t = np.array([2, 0, 1, 2, 0])
W = np.array([[0.4, -0.7, 0.2], [-0.1, 0.3, 0.6]])

# Four examples whose gradient at zero weights, where y is 1/3, can be done by hand.
EASY_X = np.array([[3.0, 1], [0, 1], [-3, 1], [6, 1]])
EASY_T = np.array([0, 1, 2, 0])
EASY_GRADIENT = np.array([[-7 / 4, 1 / 2, 5 / 4], [-1 / 6, 1 / 12, 1 / 12]])


@suite.of("softmax")
def softmax_known_values(student: Student) -> None:
    """Logits log 1, log 2, log 3 give 1/6, 2/6, 3/6; each row is a distribution of its own."""
    E = np.exp(LOGITS)
    expect(
        student.softmax(LOGITS),
        PROBABILITIES,
        "softmax(z)ₖ = e^zₖ / Σⱼ e^zⱼ.",
        slips=[
            (E / E.sum(axis=0), "You sum over the examples: sum over the last axis, the classes."),
            (E / E.sum(), "You sum over everything: each row has its own sum, `keepdims=True`."),
        ],
    )


@suite.of("softmax")
def softmax_agrees_with_scipy(student: Student) -> None:
    """Three examples with four logits each agree with SciPy's softmax."""
    expect(
        student.softmax(Z),
        special.softmax(Z, axis=-1),
        "Print the shape of the denominator: it has to be (3, 1).",
    )


@suite.of("softmax")
def softmax_of_one_example(student: Student) -> None:
    """One example alone, of shape (K,), works too."""
    expect(student.softmax(LOGITS[0]), PROBABILITIES[0], "Sum over axis −1, not axis 1.")


@suite.of("softmax")
def softmax_of_huge_logits(student: Student) -> None:
    """Logits of ±1000 give probabilities, not nan."""
    expect(
        student.softmax(HUGE),
        [[0.5, 0.5, 0], [0.5, 0, 0.5]],
        "softmax(z + c) = softmax(z) for any c: choose c so that no exponential overflows.",
    )


add_unchanged(suite, "softmax", Z)


@suite.of("log_softmax")
def log_softmax_known_values(student: Student) -> None:
    """Logits log 1, log 2, log 3 give log 1/6, log 2/6, log 3/6."""
    expect(
        student.log_softmax(LOGITS),
        np.log(PROBABILITIES),
        "log softmax(z)ₖ = zₖ − log Σⱼ e^zⱼ.",
    )


@suite.of("log_softmax")
def log_softmax_agrees_with_scipy(student: Student) -> None:
    """Three examples with four logits each agree with SciPy's log_softmax."""
    expect(
        student.log_softmax(Z),
        special.log_softmax(Z, axis=-1),
        "Print the shape of log Σⱼ e^zⱼ: it has to be (3, 1).",
    )


@suite.of("log_softmax")
def log_softmax_of_one_example(student: Student) -> None:
    """One example alone, of shape (K,), works too."""
    expect(
        student.log_softmax(LOGITS[0]),
        np.log(PROBABILITIES[0]),
        "Sum over axis −1, not axis 1.",
    )


@suite.of("log_softmax")
def log_softmax_of_a_hopeless_class(student: Student) -> None:
    """Logits 0 and 1000 give −1000 and 0: finite where softmax rounds to 0."""
    expect(
        student.log_softmax(np.array([[0.0, 1000]])),
        [[-1000, 0]],
        "Not np.log(softmax(Z)): subtract the largest logit, then log Σⱼ e^zⱼ.",
    )


@suite.of("one_hot")
def one_hot_known_rows(student: Student) -> None:
    """Each row is 1 at its class and 0 elsewhere; classes count from 0."""
    expect(
        student.one_hot(np.array([2, 0, 1, 0]), 3),
        [[0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 0, 0]],
        "Examples are rows, classes are columns.",
        slips=[
            (
                [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 1]],
                "Classes count from 0: class t is column t.",
            ),
            (np.ones((4, 3)), "You fill whole columns: each row has its own, `np.arange(len(t))`."),
        ],
    )


@suite.of("one_hot")
def one_hot_with_an_absent_class(student: Student) -> None:
    """There are K columns, even if the last class does not occur."""
    expect(
        student.one_hot(np.array([1, 0]), 4),
        [[0, 1, 0, 0], [1, 0, 0, 0]],
        "K belongs to the model: do not compute it from t.",
    )


@suite.of("one_hot")
def one_hot_is_float(student: Student) -> None:
    """It is a float array."""
    expect_dtype(student.one_hot(np.array([1, 0]), 2), np.float64)


@suite.of("nll")
def nll_of_no_knowledge(student: Student) -> None:
    """With zero weights all K classes are equally probable: the loss is log K."""
    expect(
        student.nll(np.zeros((2, 4)), X, t),
        np.log(4),
        "The loss is the mean over the examples of −log p of the true class.",
        slips=[
            (-np.log(4), "The logarithm of a probability is negative: a minus is missing."),
            (5 * np.log(4), "Average over the examples instead of summing."),
            (np.log(4) / 4, "Average over the examples only, not over the classes as well."),
        ],
    )


@suite.of("nll")
def nll_by_hand(student: Student) -> None:
    """True classes with probabilities ½, ½, 1/6 cost (log 2 + log 2 + log 6) / 3."""
    weights = np.array([LOGITS[0] - LOGITS[1], LOGITS[1]])  # the feature 1 has the logits LOGITS[0]
    expect(
        student.nll(weights, np.array([[1.0, 1], [0, 1], [1, 1]]), np.array([2, 0, 0])),
        np.log(24) / 3,
        "Pair each row with its class: `log_p[np.arange(N), t]`.",
    )


def added(without: object, with_l2: object, shape: tuple[int, ...]) -> Any:
    """Return what regularization adds to a result of this shape; called last, `l2` is in the call shown."""
    hint = "The result has the same shape whether there is an `l2` or not."
    return expect_shape(with_l2, shape, hint) - expect_shape(without, shape, hint)


@suite.of("nll")
def nll_with_l2(student: Student) -> None:
    """`l2` adds l2/2 times the sum of all squared weights."""
    V = np.array([[1.0, -2, 0], [3, 0, 1]])
    without, with_l2 = student.nll(V, X, t), student.nll(V, X, t, l2=0.4)
    expect(
        added(without, with_l2, ()),
        3,
        "The squares sum to 15, so l2/2 · 15 = 3 is added.",
        slips=[
            (0, "Nothing is added: use `l2`."),
            (1, "All entries of W count here, the biases too."),
            (0.5, "It is the sum of the squares, not their mean."),
            (0.2 * np.sqrt(15), "It is the sum of the squares, without a root."),
            (6, "It is l2/2, so that the gradient is l2 · W."),
            (0.6, "The penalty is added once; it is not averaged over the examples."),
        ],
    )


@suite.of("nll")
def nll_of_a_hopeless_prediction(student: Student) -> None:
    """Logits 0 and 1000 cost an example of class 0 exactly 1000."""
    expect(
        student.nll(np.array([[0.0, 1000]]), np.array([[1.0]]), np.array([0])),
        1000,
        "The probability rounds to 0 and its logarithm is lost: use `log_softmax`.",
    )


@suite.of("gradient")
def gradient_by_hand(student: Student) -> None:
    """With zero weights, y is 1/3 everywhere, and the mean of x (y − 1_t)ᵀ can be done by hand."""
    expect(
        student.gradient(np.zeros((2, 3)), EASY_X, EASY_T),
        EASY_GRADIENT,
        "The gradient is the mean over the examples of x (y − 1_t)ᵀ, of shape (D, K).",
        slips=[
            (4 * EASY_GRADIENT, "Divide by the number of examples."),
            (EASY_GRADIENT / 4, "You averaged twice."),
            (EASY_GRADIENT / 3, "Average over the examples only, not over the classes as well."),
            (-EASY_GRADIENT, "It is y − 1_t: the gradient points to where the loss grows."),
            (
                [[-3 / 2, 0, 1 / 2], [-1 / 3, -1 / 6, -1 / 6]],
                "Other classes move too: every class has its column, not only the true one.",
            ),
        ],
    )


add_slope_of_nll(
    suite,
    W,
    X,
    t,
    "Go through x (y − 1_t)ᵀ once more: every class has its column, not only the true one.",
)


@suite.of("gradient")
def gradient_with_an_absent_class(student: Student) -> None:
    """A batch that lacks classes gives a gradient for all of them."""
    expect(
        student.gradient(np.zeros((2, 4)), X[:1], np.array([1])),
        np.array([[1 / 2, -3 / 2, 1 / 2, 1 / 2], [1, -3, 1, 1]]) / 4,
        "The number of classes K is that of the columns of W: do not compute it from t.",
    )


@suite.of("gradient")
def gradient_with_l2(student: Student) -> None:
    """`l2` adds l2 · W."""
    without, with_l2 = student.gradient(W, X, t), student.gradient(W, X, t, l2=0.5)
    expect(
        added(without, with_l2, W.shape),
        0.5 * W,
        "The gradient of l2/2 · ΣW² is l2 · W, for all entries of W.",
        slips=[
            (0 * W, "Nothing is added: use `l2`."),
            (0.1 * W, "l2 · W is added after the mean: it is not divided by N."),
            (W, "l2/2 · W² has the slope l2 · W: the 2 cancels the ½."),
            (0.25 * W, "l2/2 · W² has the slope l2 · W: the 2 cancels the ½."),
        ],
    )


add_unchanged(suite, "gradient", W, X, t, l2=0.5)


@suite.of("predict")
def predict_clear_cases(student: Student) -> None:
    """Each example gets the class of its largest logit, as int64."""
    logits = np.array([[0.1, 0.2, 1], [4, -5, 1], [5, 6, 1], [-3, -2, 1]])
    expect_classes(
        student.predict(np.eye(3), logits),
        [2, 0, 1, 2],
        "Of each row, the place of the largest logit: `np.argmax(…, axis=1)`.",
    )


@suite.of("predict")
def predict_uses_the_weights(student: Student) -> None:
    """The logits are X @ W."""
    expect_classes(
        student.predict(
            np.array([[1.0, -1, 0], [0, 0, 0.5]]), np.array([[2.0, 1], [-2, 1], [0, 1]])
        ),
        [0, 1, 2],
        "Compute X @ W first.",
    )


@suite.of("predict")
def predict_a_tie(student: Student) -> None:
    """Of equal logits the lowest class wins."""
    expect_classes(
        student.predict(np.eye(3), np.array([[0.0, 1, 1], [1, 1, 1]])),
        [1, 0],
        "np.argmax takes the first of equals.",
    )


add_derivation(suite, "derive_softmax_gradient")
