"""Slips in what the Gaussian loss averages over the examples. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable

import numpy as np

from autograder.misconceptions import Misconception
from solutions.linear_regression import mse

from .squares import POWER

Spread = Callable[[np.ndarray, np.ndarray], np.ndarray]
_ONCE_EACH = (
    "Put the same batch in twice: the loss should stay as it is. Each example has a constant and a square; "
    "what do you add up, and what do you average?"
)
_CANCEL = (
    "Make one prediction too high and another too low by the same amount: they should cost more than perfect "
    "ones. What keeps such errors from cancelling in the formula, and when is it done?"
)


def _constant(variance: float) -> float:
    return np.log(2 * np.pi * variance) / 2


def _with_spread(id_: str, belief: str, hint: str, spread: Spread) -> Misconception:
    """The loss with `spread` of y and t in the place of the mean of the squares."""
    return Misconception(id_, belief, hint, lambda y, t, v: _constant(v) + spread(y, t) / (2 * v))


WRONG_MEANS = (
    _with_spread("xor", "`^` is taken for the power.", POWER, lambda y, t: np.mean((y - t) ^ 2)),
    _with_spread(
        "square-of-the-mean",
        "The mean error is squared.",
        _CANCEL,
        lambda y, t: np.mean(y - t) ** 2,
    ),
    _with_spread(
        "not-squared", "The errors are not squared.", _CANCEL, lambda y, t: np.mean(y - t)
    ),
    _with_spread(
        "around-their-mean",
        "The errors are measured around their own mean.",
        "Make all predictions too high by 5: your loss stays as it is. Around which number are the errors to "
        "be measured?",
        lambda y, t: np.var(y - t),
    ),
    _with_spread(
        "absolute",
        "Distances stand for squares.",
        "Double all errors: what is added to the constant becomes twice as large, and should become four "
        "times as large. Look at the exponent of the density.",
        lambda y, t: np.mean(np.abs(y - t)),
    ),
    _with_spread(
        "root",
        "The root of the mean square is taken.",
        "Double all errors: what is added to the constant becomes twice as large, and should become four "
        "times as large. Which operation undoes the square?",
        lambda y, t: np.sqrt(np.mean((y - t) ** 2)),
    ),
    _with_spread(
        "squares-summed",
        "The squares are added up, the constant is not.",
        _ONCE_EACH,
        lambda y, t: np.sum((y - t) ** 2),
    ),
    _with_spread(
        "target-squared",
        "Only the target is squared.",
        "Python raises to a power before it subtracts. What should be squared, and what is in your line?",
        lambda y, t: np.mean(y - t**2),
    ),
    _with_spread(
        "sum-for-difference",
        "The target is added.",
        "A perfect prediction should have the least loss. Which sign stands between prediction and target?",
        lambda y, t: np.mean((y + t) ** 2),
    ),
    _with_spread(
        "around-zero",
        "The mean of the distribution is taken for 0.",
        "Your loss stays the same whatever the predictions are. Which number is the mean of the "
        "distribution?",
        lambda _, t: np.mean(t**2),
    ),
    Misconception(
        "constant-summed",
        "The constant is added up, the squares are not.",
        _ONCE_EACH,
        lambda y, t, v: len(t) * _constant(v) + mse(y, t) / (2 * v),
    ),
    Misconception(
        "constant-averaged",
        "The constant is divided by N too.",
        _ONCE_EACH,
        lambda y, t, v: _constant(v) / len(t) + mse(y, t) / (2 * v),
    ),
)
