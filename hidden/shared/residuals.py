"""Slips in what a gradient makes of residuals, the differences of predictions and targets. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Parts(NamedTuple):
    """What a gradient is made of: residuals r (N,), examples X (N, D) and weights w (D,)."""

    r: np.ndarray
    X: np.ndarray
    w: np.ndarray


class Slip(NamedTuple):
    """A slip in what is made of the parts."""

    id: str
    belief: str
    hint: str
    gradient: Callable[[Parts], object]


_OTHER_MEAN = (
    "Add a column of zeros to X, and a weight for it: the other entries of the gradient should stay as they "
    "are. What do you divide by?"
)
_SHAPE = "Compare the shape of your result with that of w: each weight needs an entry of its own."
_LINED_UP = (
    "Print the shapes of the residuals and of X. NumPy lines axes up from the last one: does each residual "
    "meet the row of its own example?"
)
_FEATURES = (
    "Each weight has a feature of its own, and where that feature is 0 for all examples, the weight has no "
    "influence. Do your entries know their features?"
)
SLIPS = (
    Slip(
        "mean-over-features",
        "The sum is divided by D.",
        _OTHER_MEAN,
        lambda p: p.X.T @ p.r / len(p.w),
    ),
    Slip(
        "mean-over-all-entries",
        "The sum is divided by N·D.",
        _OTHER_MEAN,
        lambda p: p.X.T @ p.r / p.X.size,
    ),
    Slip(
        "features-forgotten",
        "The mean of the residuals is returned.",
        _FEATURES,
        lambda p: np.mean(p.r),
    ),
    Slip(
        "features-forgotten-in-each",
        "Each entry is the mean of the residuals.",
        _FEATURES,
        lambda p: np.full(len(p.w), np.mean(p.r)),
    ),
    Slip(
        "weights-for-features",
        "The residual is multiplied by w, not by x.",
        _FEATURES,
        lambda p: np.mean(p.r) * p.w,
    ),
    Slip(
        "means-multiplied",
        "The mean of the products is taken for the product of the means.",
        "Take two examples whose residuals differ in sign but not in size: does it matter to your result "
        "which of them has which features? What comes first, the product or the mean?",
        lambda p: p.X.mean(axis=0) * p.r.mean(),
    ),
    Slip(
        "not-summed",
        "The gradient of each example is returned.",
        f"{_SHAPE} Over which axis is the mean taken?",
        lambda p: p.r[:, None] * p.X,
    ),
    Slip(
        "not-summed-transposed",
        "The gradient of each example is returned, in columns.",
        f"{_SHAPE} Over which axis is the mean taken?",
        lambda p: p.X.T * p.r,
    ),
    Slip(
        "summed-over-features",
        "The mean goes over the features.",
        f"{_SHAPE} Over which axis is the mean taken?",
        lambda p: (p.r[:, None] * p.X).mean(axis=1),
    ),
    Slip(
        "summed-over-features-by-examples",
        "The sum goes over the features and is divided by N.",
        f"{_SHAPE} Over which axis is the mean taken?",
        lambda p: (p.r[:, None] * p.X).sum(axis=1) / len(p.X),
    ),
    Slip(
        "everything-averaged",
        "All entries become one number.",
        f"{_SHAPE} Over which axis is the mean taken?",
        lambda p: np.mean(p.r[:, None] * p.X),
    ),
    Slip(
        "not-transposed",
        "X is multiplied as it is.",
        f"{_SHAPE} Which axis of X has to vanish in the product, and on which side of it does it stand?",
        lambda p: p.X @ p.r / len(p.X),
    ),
    Slip(
        "rows-not-lined-up",
        "The residuals are multiplied with the columns.",
        _LINED_UP,
        lambda p: (p.r * p.X).mean(axis=0),
    ),
    Slip(
        "one-column",
        "The result is a column.",
        f"{_SHAPE} Where does the second axis come from?",
        lambda p: p.X.T @ p.r[:, None] / len(p.X),
    ),
    Slip(
        "one-row",
        "The result is a row.",
        f"{_SHAPE} Where does the first axis come from?",
        lambda p: p.r[None, :] @ p.X / len(p.X),
    ),
    Slip(
        "bias-missing",
        "The bias has no entry.",
        f"{_SHAPE} The bias is a weight like the others, with the ones as its feature.",
        lambda p: p.X[:, :-1].T @ p.r / len(p.X),
    ),
    Slip(
        "bias-not-trained",
        "The entry of the bias is 0.",
        "The last entry of your gradient is 0. The bias is a weight like the others, with the ones as its "
        "feature: does the loss not depend on it?",
        lambda p: np.append(p.X[:, :-1].T @ p.r / len(p.X), 0.0),
    ),
    Slip(
        "absolute-residuals",
        "The sign of the residual is lost.",
        "A prediction may be too high or too low. Should both pull the weights in the same direction?",
        lambda p: p.X.T @ np.abs(p.r) / len(p.X),
    ),
    Slip(
        "new-weights",
        "A step is taken and the new weights are returned.",
        "Where your gradient should be zero you return the weights. The step is left to `sgd_epoch`, or to "
        "whoever trains: what is asked for here?",
        lambda p: p.w - p.X.T @ p.r / len(p.X),
    ),
    Slip(
        "first-example",
        "The function returns inside the loop.",
        "Only the first example counts. How far is your `return` indented?",
        lambda p: p.r[0] * p.X[0],
    ),
    Slip(
        "last-example",
        "The loop overwrites the sum.",
        "Only the last example counts. Does your loop add each example to the others, or replace them?",
        lambda p: p.r[-1] * p.X[-1] / len(p.X),
    ),
)
