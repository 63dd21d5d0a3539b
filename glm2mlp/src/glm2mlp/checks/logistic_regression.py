"""The visible tests of the assignment `logistic_regression`. Student side, public.

Numbers were worked out by hand, with σ(log 3) = ¾.
"""

import numpy as np
from scipy import special

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect, expect_classes
from glm2mlp.checks.shared import (
    GivenOrder,
    add_derivation,
    add_epoch_rules,
    add_single_batch,
    add_slope_of_nll,
    add_unchanged,
)
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["logistic_regression"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

L = np.log(3)
GRID = np.linspace(-3, 3, 8).reshape(2, 4)

# Five examples with two features and the ones, and weights that are not zero.
X = np.array([[0.5, -1, 1], [2, 0.3, 1], [-1.5, 0.8, 1], [0, -2, 1], [1, 1.2, 1]])
t = np.array([1, 0, 1, 1, 0])
w = np.array([0.4, -0.7, 0.2])

# Three examples whose gradient at zero weights, where y is ½, can be done by hand.
EASY_X = np.array([[2.0, 1], [4, 1], [-2, 1]])
EASY_T = np.array([1, 0, 1])
EASY_GRADIENT = np.array([2 / 3, -1 / 6])


@suite.of("sigmoid")
def sigmoid_known_values(student: Student) -> None:
    """σ(0) is ½, σ(log 3) is ¾, σ(−log 3) is ¼."""
    expect(
        student.sigmoid(np.array([0, L, -L])),
        [1 / 2, 3 / 4, 1 / 4],
        "σ(z) = 1 / (1 + e⁻ᶻ).",
        slips=[
            ([1 / 2, 1 / 4, 3 / 4], "σ must increase with z: look at the sign of the exponent.")
        ],
    )


@suite.of("sigmoid")
def sigmoid_of_any_shape(student: Student) -> None:
    """It works on an array of any shape, entry by entry."""
    expect(student.sigmoid(GRID), special.expit(GRID), "Use NumPy's functions throughout.")


@suite.of("sigmoid")
def sigmoid_of_huge_logits(student: Student) -> None:
    """Logits of ±1000 give 0 and 1."""
    expect(
        student.sigmoid(np.array([-1000.0, 1000.0])),
        [0, 1],
        "Which exponential grows beyond all bounds? Treat z ≥ 0 and z < 0 differently.",
    )


@suite.of("sigmoid_derivative")
def slope_at_zero(student: Student) -> None:
    """σ′(0) is ¼, the steepest slope."""
    expect(
        student.sigmoid_derivative(np.array([0.0])),
        [1 / 4],
        "σ′ = σ (1 − σ).",
        slips=[
            ([0], "The argument is z itself, not σ(z)."),
            ([1 / 2], "σ′ = σ (1 − σ) has two factors."),
        ],
    )


@suite.of("sigmoid_derivative")
def slope_at_log_three(student: Student) -> None:
    """σ′(log 3) and σ′(−log 3) are ¾ · ¼."""
    expect(
        student.sigmoid_derivative(np.array([L, -L])),
        [3 / 16, 3 / 16],
        "σ′ = σ (1 − σ), where the argument is z itself.",
    )


@suite.of("sigmoid_derivative")
def slope_agrees_with_differences(student: Student) -> None:
    """It is the slope of the curve, measured between nearby points, in any shape."""
    h = 1e-5
    slope = (special.expit(GRID + h) - special.expit(GRID - h)) / (2 * h)
    expect(student.sigmoid_derivative(GRID), slope, "σ′ = σ (1 − σ).", rtol=1e-7)


@suite.of("logit")
def logit_known_values(student: Student) -> None:
    """logit(½) is 0, logit(¾) is log 3, logit(¼) is −log 3."""
    expect(
        student.logit(np.array([1 / 2, 3 / 4, 1 / 4])),
        [0, L, -L],
        "logit(p) = log(p / (1 − p)), the natural logarithm.",
        slips=[([0, -L, L], "The odds are p to 1 − p, not 1 − p to p.")],
    )


@suite.of("logit")
def logit_undoes_the_sigmoid(student: Student) -> None:
    """The sigmoid of logit(p) is p again, in any shape."""
    p = np.array([[0.01, 0.2, 0.37], [0.5, 0.81, 0.999]])
    expect(special.expit(student.logit(p)), p, "Solve p = 1 / (1 + e⁻ᶻ) for z.")


add_unchanged(suite, "logit", np.array([0.2, 0.5, 0.9]))


@suite.of("nll")
def nll_of_no_knowledge(student: Student) -> None:
    """With zero weights every class has probability ½: the loss is log 2."""
    expect(
        student.nll(np.zeros(3), X, t),
        np.log(2),
        "The loss is the mean of −log p of the true class.",
        slips=[
            (-np.log(2), "The logarithm of a probability is negative: a minus is missing."),
            (5 * np.log(2), "Average over the examples instead of summing."),
        ],
    )


@suite.of("nll")
def nll_by_hand(student: Student) -> None:
    """True classes with probabilities ¾, ¼, ¼ cost (log 4/3 + 2 log 4) / 3."""
    expect(
        student.nll(np.array([L, 0]), np.array([[1.0, 1], [-1, 1], [1, 1]]), np.array([1, 1, 0])),
        (np.log(4 / 3) + 2 * np.log(4)) / 3,
        "The probability of class 1 is σ(xᵀw); of class 0 it is the rest.",
        slips=[
            ((np.log(4 / 3) + np.log(4)) / 3, "What does an example of class 0 cost?"),
            (
                (np.log(4) + 2 * np.log(4 / 3)) / 3,
                "The two classes are exchanged: of class 1 it costs −log σ(xᵀw).",
            ),
        ],
    )


@suite.of("nll")
def nll_of_a_hopeless_prediction(student: Student) -> None:
    """A logit of −1000 costs an example of class 1 exactly 1000."""
    expect(
        student.nll(np.array([1000.0, 0]), np.array([[-1.0, 1]]), np.array([1])),
        1000,
        "The probability rounds to 0 and its logarithm is lost: simplify −log σ(z) on paper first.",
    )


@suite.of("gradient")
def gradient_by_hand(student: Student) -> None:
    """With zero weights, y is ½ everywhere, and the mean of (y − t) x can be done by hand."""
    expect(
        student.gradient(np.zeros(2), EASY_X, EASY_T),
        EASY_GRADIENT,
        "The gradient is the mean over the examples of (y − t) x.",
        slips=[
            (3 * EASY_GRADIENT, "Divide by the number of examples."),
            (EASY_GRADIENT / 3, "You averaged twice."),
            (-EASY_GRADIENT, "It is y − t: the gradient points to where the loss grows."),
            (EASY_GRADIENT / 4, "σ′ cancels in the gradient of this loss."),
            ([2, 1 / 6], "Targets are 0 and 1 here, not −1 and 1."),
            ([0, -2 / 3], "The prediction y is a probability, σ(xᵀw), not xᵀw."),
        ],
    )


add_slope_of_nll(
    suite, w, X, t, "Go through (y − t) x once more: y are probabilities, t is 0 or 1."
)
add_unchanged(suite, "gradient", w, X, t)
add_single_batch(suite, EASY_X, EASY_T, EASY_GRADIENT)


@suite.of("sgd_epoch")
def three_batches_by_hand(student: Student) -> None:
    """Three batches, the last one short, in a known order."""
    # Weights after each batch: (L, 0), L/4 (1, 1), L/4 (7, 3), as the logits of the second batch are −L
    # and 0, that of the third is L. The three steps from zero weights are (L, 0), (−L/2, 0), (3L, L).
    rng = GivenOrder([3, 0, 4, 2, 1])
    new = student.sgd_epoch(
        np.zeros(2),
        np.array([[-1.0, 1], [3, 1], [0, 1], [1, 1], [-1, 1]]),
        np.array([0, 1, 0, 1, 1]),
        batch_size=2,
        learning_rate=float(2 * L),
        rng=rng,
    )
    expect(
        new,
        [1.75 * L, 0.75 * L],
        "Here rng.permutation(5) is [3, 0, 4, 2, 1]: the batches are examples 3 and 0, 4 and 2,"
        " then 1. Take the step after each of them, from the weights that the last one left.",
        slips=[
            ([L, 0], "Only the first batch was used: does `return` stand inside the loop?"),
            ([0.25 * L, 0.25 * L], "The last batch, of one example, is missing."),
            ([L, 0.5 * L], "The last batch has one example: average over its own size."),
            ([3.5 * L, L], "Each step starts from the weights that the step before has left."),
            ([4.25 * L, 1.25 * L], "Order X and t alike: index both by the same examples."),
        ],
    )


add_epoch_rules(suite, w, X, t)


@suite.of("predict")
def predict_clear_cases(student: Student) -> None:
    """The class is 1 where xᵀw is positive, 0 where it is negative, as int64."""
    expect_classes(
        student.predict(np.array([2.0, -1]), np.array([[3.0, 1], [-2, 1], [1, 1], [0, 1]])),
        [1, 0, 1, 0],
        "Class 1 is more probable where σ(xᵀw) > ½.",
    )


@suite.of("predict")
def predict_a_small_logit(student: Student) -> None:
    """A logit of 0.2 is class 1 already."""
    expect_classes(
        student.predict(np.array([0.2, 0]), np.array([[1.0, 1], [-1, 1]])),
        [1, 0],
        "A probability of ½ is a logit of 0, not of ½.",
    )


@suite.of("predict")
def predict_a_tie(student: Student) -> None:
    """A probability of exactly ½ counts as class 1."""
    expect_classes(
        student.predict(np.array([1.0, -1]), np.array([[1.0, 1], [0, 1], [2, 1]])),
        [1, 0, 1],
        "Use ≥.",
    )


add_derivation(suite, "derive_sigmoid_derivative")
add_derivation(suite, "derive_nll_gradient")
