"""Slips in the mean of the squared errors, which is the loss and the best variance too. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Iterator

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    SUMMED,
)

from ...shared.linear import IN_PLACE

POWER = (
    "In Python `^` is not a power: it compares the bits of whole numbers. How is a power written?"
)
_ROOT = (
    "Double all errors: your result doubles, and should become four times as large. Which of your operations "
    "undoes the square?"
)
_CANCEL = (
    "Take two predictions, one too high and the other too low by the same amount. Your result is 0, as if "
    "both were perfect. What keeps such errors from cancelling in the formula, and when is it done?"
)
_AROUND = (
    "Make all predictions too high by 5: your result is 0, as if they were perfect. Around which number do "
    "you measure the errors, and around which one should they be measured?"
)
_OF_WHAT = "Your result stays the same when the {} change, but an error has two sides. What is to be squared?"
_ONE_LESS = (
    "A single example has a mean as well, but not with your denominator. Where the formula divides by the "
    "number of examples, what do you divide by?"
)
_BRACKETS = "Python raises to a power before it subtracts. What should be squared, and what is in your line?"
_NOT_ALL = "If only {} has an error, your result is 0. Which examples does your loop visit?"


def _subtracted_in_place(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    y -= t
    return np.mean(y**2)


def _targets_in_place(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    t -= y
    return np.mean(t**2)


# (id, belief, hint, wrong)
_SLIPS: tuple[tuple[str, str, str, Function], ...] = (
    ("root", "The root is taken in the end.", _ROOT, lambda y, t: np.sqrt(np.mean((y - t) ** 2))),
    (
        "norm",
        "The length of the vector of errors is taken.",
        _ROOT,
        lambda y, t: np.linalg.norm(y - t),
    ),
    (
        "norm-over-examples",
        "The length is divided by N.",
        _ROOT,
        lambda y, t: np.linalg.norm(y - t) / len(t),
    ),
    (
        "absolute",
        "The distances are averaged, not their squares.",
        "Double all errors: your result doubles, and should become four times as large. What happens to the "
        "sign of an error in the formula, and what in your line?",
        lambda y, t: np.mean(np.abs(y - t)),
    ),
    ("not-squared", "The errors are averaged as they are.", _CANCEL, lambda y, t: np.mean(y - t)),
    (
        "doubled-for-squared",
        "Times 2 is written for the power of 2.",
        _CANCEL,
        lambda y, t: np.mean((y - t) * 2),
    ),
    ("square-of-the-mean", "The mean is squared.", _CANCEL, lambda y, t: np.mean(y - t) ** 2),
    ("around-their-mean", "`np.var` of the errors is taken.", _AROUND, lambda y, t: np.var(y - t)),
    (
        "sample-variance",
        "`np.var` with N − 1 is taken.",
        f"{_AROUND} And what do you divide by?",
        lambda y, t: np.var(y - t, ddof=1),
    ),
    (
        "one-less",
        "The sum is divided by N − 1.",
        _ONE_LESS,
        lambda y, t: np.sum((y - t) ** 2) / (len(t) - 1),
    ),
    (
        "spread-of-targets",
        "The variance of the targets is taken.",
        _OF_WHAT.format("predictions"),
        lambda _, t: np.var(t),
    ),
    (
        "squares-of-targets",
        "The targets are squared.",
        _OF_WHAT.format("predictions"),
        lambda _, t: np.mean(t**2),
    ),
    (
        "spread-of-predictions",
        "The variance of the predictions is taken.",
        _OF_WHAT.format("targets"),
        lambda y, _: np.var(y),
    ),
    (
        "squares-of-predictions",
        "The predictions are squared.",
        _OF_WHAT.format("targets"),
        lambda y, _: np.mean(y**2),
    ),
    (
        "difference-of-squares",
        "Both are squared before they are subtracted.",
        "Take the prediction −2 for the target 2: your error is 0. What is squared in the formula: each of "
        "them, or their difference?",
        lambda y, t: np.mean(y**2 - t**2),
    ),
    ("target-squared", "Only the target is squared.", _BRACKETS, lambda y, t: np.mean(y - t**2)),
    (
        "sum-for-difference",
        "The target is added.",
        "Perfect predictions should give 0. Which sign stands between prediction and target?",
        lambda y, t: np.mean((y + t) ** 2),
    ),
    ("xor", "`^` is taken for the power.", POWER, lambda y, t: np.mean((y - t) ^ 2)),
    (
        "not-averaged",
        "The squares are returned one by one.",
        "Your result is an array with one entry for each example; the docstring asks for one number.",
        lambda y, t: (y - t) ** 2,
    ),
    (
        "every-pair",
        "Predictions are a column and targets a row, so that all pairs are made.",
        "Print the shape of the errors: how many are there, and how many examples?",
        lambda y, t: np.mean((y[:, None] - t) ** 2),
    ),
    (
        "whole-division",
        "The division drops what is behind the point.",
        "Your results are whole numbers. Which of Python's two divisions do you use?",
        lambda y, t: np.sum((y - t) ** 2) // len(t),
    ),
    (
        "first-example",
        "The function returns inside the loop.",
        "Only the first example counts. How far is your `return` indented?",
        lambda y, t: (y[0] - t[0]) ** 2,
    ),
    (
        "last-example",
        "The loop overwrites the sum.",
        "Only the last example counts. Does your loop add each square to the others, or replace them?",
        lambda y, t: (y[-1] - t[-1]) ** 2 / len(t),
    ),
    (
        "last-left-out",
        "The loop ends one example too early.",
        _NOT_ALL.format("the last example"),
        lambda y, t: np.sum((y - t)[:-1] ** 2) / len(t),
    ),
    (
        "first-left-out",
        "The loop starts at 1.",
        _NOT_ALL.format("the first example"),
        lambda y, t: np.sum((y - t)[1:] ** 2) / len(t),
    ),
    (
        "predictions-in-place",
        "The targets are subtracted where y stands.",
        IN_PLACE,
        _subtracted_in_place,
    ),
    (
        "targets-in-place",
        "The predictions are subtracted where t stands.",
        IN_PLACE,
        _targets_in_place,
    ),
)


def wrong_squares(right: Function) -> Iterator[Misconception]:
    """All slips in `right`, a mean of squared errors."""
    yield from (Misconception(*slip) for slip in _SLIPS)
    yield NEGATED.of(
        right,
        hint="A square is never negative, and neither is a mean of squares. Where does your minus come from?",
    )
    for slip in (SUMMED, AVERAGED_TWICE, SINGLE_PRECISION, NOTHING_RETURNED):
        yield slip.of(right)
