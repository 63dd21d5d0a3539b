"""Slips in the linear part Xw, whatever a function makes of it. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Misconception

IN_PLACE = (
    "Look at the arguments after the call: your function changed one of the caller's arrays. Which of your "
    "lines writes into it?"
)


class Slip(NamedTuple):
    """A slip in the linear part of weights w (D,) and examples X (N, D), whose last column is ones."""

    id: str
    belief: str
    hint: str
    linear: Callable[[np.ndarray, np.ndarray], np.ndarray]


_WHICH_AXIS = (
    "Write down the shapes of w and of X. Each example is a row of X, and each row needs one number: which "
    "axis has to vanish in the product?"
)
_BIAS = "The last column of X is all ones. What does it contribute to the product, and what is left to do?"


def _in_place(w: np.ndarray, X: np.ndarray) -> np.ndarray:
    X *= w
    return X.sum(axis=1)


_SLIPS = (
    Slip("columns-are-examples", "w and X are exchanged.", _WHICH_AXIS, lambda w, X: w @ X),
    Slip("columns-are-examples-dot", "w and X are exchanged.", _WHICH_AXIS, np.dot),
    Slip("transposed", "X is transposed.", _WHICH_AXIS, lambda w, X: X.T @ w),
    Slip(
        "not-summed-over-features",
        "Features and weights are multiplied, but not added up.",
        "Print the shape of Xw as you compute it: each example should have one number. Which product adds "
        "over the features?",
        lambda w, X: X * w,
    ),
    Slip(
        "column",
        "Xw is made a column, so that N numbers meet N others in N² pairs.",
        "Print the shapes on both sides of the next operation: how many numbers come out of a column and a "
        "row, and how many examples are there?",
        lambda w, X: X @ w[:, None],
    ),
    Slip(
        "bias-apart",
        "The last weight is the bias, and X has no column for it.",
        _BIAS,
        lambda w, X: X @ w[:-1] + w[-1],
    ),
    Slip("bias-twice", "The bias is added to the product.", _BIAS, lambda w, X: X @ w + w[-1]),
    Slip(
        "bias-left-out", "The column of ones is left out.", _BIAS, lambda w, X: X[:, :-1] @ w[:-1]
    ),
    Slip("features-in-place", "X is multiplied where it stands.", IN_PLACE, _in_place),
)


def wrong_linear_parts(rest: Callable[..., Any]) -> Iterator[Misconception]:
    """Each slip in a function of (w, X, …) that does `rest` with (Xw, X, …)."""
    for slip in _SLIPS:

        def wrong(w: np.ndarray, X: np.ndarray, *others: Any, slip: Slip = slip) -> Any:
            return rest(slip.linear(w, X), X, *others)

        yield Misconception(slip.id, slip.belief, slip.hint, wrong)
