"""The visible tests of the assignment `mse_as_mle`. Student side, public.

Numbers were worked out by hand, with errors such as 1, −2 and 3.
"""

import numpy as np

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import Unexpected, expect, expect_shape, expect_unchanged, shown
from glm2mlp.checks.shared import add_derivation
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["mse_as_mle"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

# Errors 1, −2, 3, 0: the mean of their squares is 14/4, their own mean 1/2.
Y = np.array([1.5, -1, 2, 0.25])
T = np.array([0.5, 1, -1, 0.25])
MEAN_SQUARE = 3.5
LOG_2PI = np.log(2 * np.pi)

# Four examples with one feature and the ones, and weights for which the predictions are simple.
X = np.array([[1.0, 1], [2, 1], [-1, 1], [0, 1]])
w = np.array([2.0, -1])  # predictions 1, 3, −3, −1
t = np.array([0.0, 1, -1, 1])  # errors 1, 2, −2, −2
GRADIENT = np.array([7 / 4, -1 / 4])


@suite.of("mse")
def mse_by_hand(student: Student) -> None:
    """Errors 1, −2, 3, 0 have the mean square 14/4."""
    expect(
        student.mse(Y, T),
        MEAN_SQUARE,
        "Square each error, then take the mean of the squares.",
        slips=[
            (14, "Average over the examples instead of summing."),
            (MEAN_SQUARE / 2, "There is no ½ in this mean squared error."),
            (7, "It is neither half the sum of the squares nor twice their mean."),
            (np.sqrt(MEAN_SQUARE), "No root: that would be the root mean squared error."),
            (1.5, "Square the errors; do not take their absolute values."),
            (0.25, "Square first, then average: (mean error)² lets errors cancel."),
            (3.25, "That is the variance around the mean error: do not subtract it."),
        ],
    )


@suite.of("mse")
def mse_of_one_example(student: Student) -> None:
    """A single example with the error 3 costs 9."""
    expect(student.mse(np.array([1.0]), np.array([-2.0])), 9, "Divide by N, which is 1 here.")


@suite.of("mse")
def mse_leaves_its_arguments(student: Student) -> None:
    """Its arguments stay as they were."""
    student.mse(Y, T)
    expect_unchanged(student.arguments, [Y, T])


@suite.of("gaussian_nll")
def nll_with_variance_one(student: Student) -> None:
    """With σ² = 1 the loss is ½ log(2π) + MSE/2."""
    expect(
        student.gaussian_nll(Y, T, 1.0),
        LOG_2PI / 2 + MEAN_SQUARE / 2,
        "−log p = ½ log(2πσ²) + (t − y)²/(2σ²), then the mean over the examples.",
        slips=[
            (MEAN_SQUARE / 2, "The constant ½ log(2πσ²) belongs to the loss."),
            (LOG_2PI / 2 + MEAN_SQUARE, "The square is divided by 2σ²: with σ² = 1 that is 2."),
            (2 * LOG_2PI + 7, "Average over the examples instead of summing."),
            (LOG_2PI / 2 + 7, "Average the squares, too."),
            (
                2 * LOG_2PI + MEAN_SQUARE / 2,
                "The constant stands once an example: average it, too.",
            ),
            (-LOG_2PI / 2 - MEAN_SQUARE / 2, "That is the log-likelihood: a minus is missing."),
            (LOG_2PI + MEAN_SQUARE / 2, "The root of 2πσ² gives ½ log(2πσ²)."),
        ],
    )


@suite.of("gaussian_nll")
def nll_takes_the_variance(student: Student) -> None:
    """With σ² = 4 the loss is ½ log(8π) + MSE/8: the argument is the variance."""
    expect(
        student.gaussian_nll(Y, T, 4.0),
        np.log(8 * np.pi) / 2 + MEAN_SQUARE / 8,
        "The argument is σ², so it is neither squared nor rooted in 2πσ² and 2σ².",
        slips=[
            (np.log(32 * np.pi) / 2 + MEAN_SQUARE / 32, "You square it: `variance` is σ² already."),
            (np.log(4 * np.pi) / 2 + MEAN_SQUARE / 4, "You take its root: use σ², not σ."),
            (LOG_2PI / 2 + MEAN_SQUARE / 8, "σ² stands in the constant as well."),
            (np.log(8 * np.pi) / 2 + MEAN_SQUARE * 2, "Mind the brackets: / (2 * variance)."),
            (np.log(8 * np.pi) / 2 + MEAN_SQUARE / 2, "The square is divided by 2σ²."),
        ],
    )


@suite.of("gaussian_nll")
def nll_of_a_good_prediction(student: Student) -> None:
    """A perfect prediction with σ² = 0.01 has a density near 4, so its loss is negative."""
    expect(
        student.gaussian_nll(Y, Y, 0.01),
        np.log(0.02 * np.pi) / 2,
        "A density may be above 1: a negative loss is no mistake.",
    )


@suite.of("gaussian_nll")
def nll_far_from_the_prediction(student: Student) -> None:
    """A target 100 away from its prediction costs 5000 and ½ log(2π), not infinity."""
    expect(
        student.gaussian_nll(np.array([100.0]), np.array([0.0]), 1.0),
        5000 + LOG_2PI / 2,
        "The density rounds to 0, and log 0 is −inf: take the logarithm by hand first.",
    )


@suite.of("mle_variance")
def variance_makes_the_loss_least(student: Student) -> None:
    """Your own `gaussian_nll` is larger for a variance 1 % larger, and for one 1 % smaller."""
    student.require("gaussian_nll")
    hint = "Where is the slope of MSE/(2v) + ½ log(2πv) by v zero?"
    variance = float(expect_shape(student.mle_variance(Y, T), (), hint))
    if not variance > 0:
        raise Unexpected("a positive number", shown(variance), hint)
    here = student.gaussian_nll(Y, T, variance)
    for factor in (0.99, 1.01):
        there = student.gaussian_nll(Y, T, factor * variance)
        if not there > here:
            raise Unexpected(
                f"no smaller loss than at your variance {shown(variance)}, which is {shown(here)}",
                f"{shown(there)} at {factor} times your variance",
                hint,
            )


@suite.of("mle_variance")
def variance_of_equal_errors(student: Student) -> None:
    """If every prediction is 2 too high, the variance is 4: errors are measured from 0."""
    expect(
        student.mle_variance(T + 2, T),
        4,
        "The mean of t's distribution is y. Do not subtract the mean of the errors.",
        slips=[
            (0, "The mean of t's distribution is y: do not subtract the mean of the errors."),
            (2, "That is the standard deviation σ; what is asked for is the variance σ²."),
            (16 / 3, "Divide by N: that is what makes the likelihood largest."),
        ],
    )


@suite.of("mle_variance")
def variance_of_one_example(student: Student) -> None:
    """One example is enough: with the error 3 the variance is 9."""
    expect(student.mle_variance(np.array([1.0]), np.array([-2.0])), 9, "Divide by N, not N − 1.")


add_derivation(suite, "derive_mse_from_gaussian")
