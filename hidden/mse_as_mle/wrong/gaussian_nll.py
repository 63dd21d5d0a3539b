"""Misconceptions of `gaussian_nll`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    DOUBLED,
    HALVED,
    NEGATED,
    NOTHING_RETURNED,
    SUMMED,
)
from solutions.linear_regression import gaussian_nll, mse

from ...shared.linear import IN_PLACE
from .densities import wrong_densities
from .means import WRONG_MEANS

_ROUNDED = (
    "Far from its mean the density is rounded to 0, and the logarithm of 0 is infinite. Take the logarithm "
    "by hand first: what does it make of a product, and what of an exponential?"
)
_GUARD = (
    "With your guard every target that is far off costs the same, however far it is. Take the logarithm by "
    "hand first: then there is nothing to guard."
)
_BASE = "The exponential of the density has base e. Which logarithm takes it back?"
_DENSITY_ABOVE_1 = (
    "A density may be larger than 1, so that a good prediction with a small variance has a negative loss. "
    "What does your function do with it?"
)


def _density(y: np.ndarray, t: np.ndarray, variance: float) -> np.ndarray:
    return np.exp(-((y - t) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def _constant(variance: float) -> float:
    return np.log(2 * np.pi * variance) / 2


def _each(y: np.ndarray, t: np.ndarray, variance: float) -> np.ndarray:
    return _constant(variance) + (y - t) ** 2 / (2 * variance)


def _guarded(epsilon: float) -> Misconception:
    return Misconception(
        f"{epsilon:g}-added",
        "A small number is added to the density before the logarithm.",
        _GUARD,
        lambda y, t, v: -np.mean(np.log(_density(y, t, v) + epsilon)),
    )


def _clipped(epsilon: float) -> Misconception:
    return Misconception(
        f"clipped-at-{epsilon:g}",
        "Densities are kept off 0.",
        _GUARD,
        lambda y, t, v: -np.mean(np.log(np.maximum(_density(y, t, v), epsilon))),
    )


def _in_place(y: np.ndarray, t: np.ndarray, variance: float) -> np.ndarray:
    y -= t
    return _constant(variance) + np.mean(y**2) / (2 * variance)


MISCONCEPTIONS = (
    *wrong_densities(),
    *WRONG_MEANS,
    Misconception(
        "log-of-the-density",
        "The density is computed, and then its logarithm.",
        _ROUNDED,
        lambda y, t, v: -np.mean(np.log(_density(y, t, v))),
    ),
    Misconception(
        "log-of-the-product",
        "The densities are multiplied, and then the logarithm is taken.",
        "A product of many densities is rounded to 0 or to infinity. What does the logarithm make of a "
        "product? Take it before you multiply.",
        lambda y, t, v: -np.log(np.prod(_density(y, t, v))) / len(t),
    ),
    *(_guarded(epsilon) for epsilon in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)),
    *(_clipped(epsilon) for epsilon in (1e-300, 1e-100)),
    Misconception(
        "own-variance",
        "The variance is estimated from the errors.",
        "Your loss stays the same whatever variance is passed. Which one does the docstring ask you to use?",
        lambda y, t, _: gaussian_nll(y, t, mse(y, t)),
    ),
    Misconception(
        "base-2",
        "The logarithm has base 2.",
        _BASE,
        lambda y, t, v: np.log2(2 * np.pi * v) / 2 + mse(y, t) / (2 * v),
    ),
    Misconception(
        "base-10",
        "The logarithm has base 10.",
        _BASE,
        lambda y, t, v: np.log10(2 * np.pi * v) / 2 + mse(y, t) / (2 * v),
    ),
    Misconception(
        "in-bits",
        "All is divided by log 2.",
        _BASE,
        lambda y, t, v: gaussian_nll(y, t, v) / np.log(2),
    ),
    Misconception(
        "density-not-logarithm",
        "The mean density is returned, with a minus.",
        "Your loss is hardly different for targets that are far off and very far off. What does the formula "
        "take of the density, after the minus?",
        lambda y, t, v: -np.mean(_density(y, t, v)),
    ),
    Misconception(
        "log-of-the-mean",
        "The mean is taken before the logarithm.",
        "One good prediction hides all bad ones in your loss. What comes first, the mean or the logarithm?",
        lambda y, t, v: -np.log(np.mean(_density(y, t, v))),
    ),
    Misconception(
        "never-negative",
        "A loss is cut off at 0.",
        _DENSITY_ABOVE_1,
        lambda y, t, v: max(gaussian_nll(y, t, v), 0.0),
    ),
    Misconception(
        "absolute-value",
        "A loss cannot be negative.",
        _DENSITY_ABOVE_1,
        lambda y, t, v: abs(gaussian_nll(y, t, v)),
    ),
    Misconception(
        "densities-at-most-1",
        "Densities are clipped like probabilities.",
        _DENSITY_ABOVE_1,
        lambda y, t, v: -np.mean(np.log(np.clip(_density(y, t, v), 0, 1))),
    ),
    Misconception(
        "not-averaged",
        "The losses are returned one by one.",
        "Your result is an array with one loss for each example; the docstring asks for one number.",
        _each,
    ),
    Misconception(
        "first-example",
        "The function returns inside the loop.",
        "Only the first example counts. How far is your `return` indented?",
        lambda y, t, v: _each(y, t, v)[0],
    ),
    Misconception(
        "last-example",
        "The loop overwrites the sum.",
        "Only the last example counts. Does your loop add each loss to the others, or replace them?",
        lambda y, t, v: _each(y, t, v)[-1] / len(t),
    ),
    Misconception(
        "pi-typed",
        "π is 3.14.",
        "Your loss is right in the first digits only. Which of its numbers did you type by hand?",
        lambda y, t, v: np.log(2 * 3.14 * v) / 2 + mse(y, t) / (2 * v),
    ),
    Misconception(
        "whole-division",
        "The division drops what is behind the point.",
        "Which of Python's two divisions do you use? Try a square that is smaller than what it is divided "
        "by.",
        lambda y, t, v: _constant(v) + np.mean((y - t) ** 2 // (2 * v)),
    ),
    Misconception("in-place", "The targets are subtracted where y stands.", IN_PLACE, _in_place),
    NEGATED.of(
        gaussian_nll,
        hint="The farther a prediction is off, the smaller is your result: that is the log-likelihood. What "
        "makes a loss of it?",
    ),
    SUMMED.of(gaussian_nll),
    AVERAGED_TWICE.of(gaussian_nll),
    HALVED.of(gaussian_nll),
    DOUBLED.of(gaussian_nll),
    NOTHING_RETURNED.of(gaussian_nll),
)
