"""Misconceptions of `softmax`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
)
from solutions.softmax_regression import softmax


def _exp(Z: np.ndarray) -> np.ndarray:
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def _unshifted(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


def _axis_0(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def _shift_in_place(Z: np.ndarray) -> np.ndarray:
    Z -= Z.max(axis=-1, keepdims=True)
    return _unshifted(Z)


MISCONCEPTIONS = (
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "Try one row with a logit of 1000. A constant added to all logits of a row changes nothing: which "
        "constant keeps every exponential at 1 or below?",
        _unshifted,
    ),
    Misconception(
        "axis-0",
        "Columns are made distributions, not rows.",
        "Each example is a row. Add up your result along each axis: which of the sums should be 1?",
        _axis_0,
    ),
    Misconception(
        "one-denominator",
        "One sum over the whole array divides every row.",
        "Each row is a distribution of its own. What does one row of your result add up to, when there are "
        "two of them?",
        lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
    ),
    Misconception(
        "keepdims-forgotten",
        "The sums of the rows lost an axis, so that they are spread over the columns.",
        "Print the shape of your denominator beside that of the exponentials. Along which axis does NumPy "
        "line them up?",
        lambda Z: _exp(Z) / _exp(Z).sum(axis=-1),
    ),
    Misconception(
        "shift-in-place",
        "The maximum is subtracted from the caller's array.",
        "Look at the argument after the call: your function changed the caller's array. Which of your lines "
        "writes into it?",
        _shift_in_place,
    ),
    TRANSPOSED.of(softmax),
    SINGLE_PRECISION.of(softmax),
    LISTED.of(softmax),
    NOTHING_RETURNED.of(softmax),
)
