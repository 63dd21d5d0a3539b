"""Misconceptions of `mse`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import DOUBLED, HALVED
from solutions.linear_regression import mse

from .squares import wrong_squares

_SLOPE = (
    "You return the slope of the squares by each prediction. It will be needed for the gradient; what is "
    "asked for here is the loss itself."
)
MISCONCEPTIONS = (
    *wrong_squares(mse),
    HALVED.of(
        mse,
        hint="Some books put a ½ before the sum, to be rid of a 2 in the gradient. Does the formula of this "
        "course have one?",
    ),
    DOUBLED.of(mse),
    Misconception(
        "slope",
        "The mean squared error is differentiated.",
        _SLOPE,
        lambda y, t: 2 * (y - t) / len(t),
    ),
    Misconception(
        "slope-of-each-square", "The squares are differentiated.", _SLOPE, lambda y, t: 2 * (y - t)
    ),
    Misconception(
        "relative",
        "Each error is divided by its target.",
        "Move targets and predictions up by the same amount: the errors stay, but your result changes. What "
        "do you divide each error by?",
        lambda y, t: np.mean(((y - t) / t) ** 2),
    ),
    Misconception(
        "share-of-the-variance",
        "The result is divided by the variance of the targets.",
        "You compare with the variance of the targets. That is another measure of a fit; how far off are the "
        "predictions themselves?",
        lambda y, t: np.mean((y - t) ** 2) / np.var(t),
    ),
)
