"""Slips in the loss of one example, each in the logarithm and in the density itself. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from autograder.misconceptions import Misconception


class Slip(NamedTuple):
    """−log p as constant + scale · (y − t)²; both are functions of the variance."""

    id: str
    belief: str
    hint: str
    constant: Callable[[float], float]
    scale: Callable[[float], float]


def _constant(v: float) -> float:
    return np.log(2 * np.pi * v) / 2


def _scale(v: float) -> float:
    return 1 / (2 * v)


_WHICH = (
    "The docstring says whether the third argument is σ² or σ. Which of the two does each part of the "
    "density want, and which one does your line put there?"
)
_UNDER_THE_ROOT = (
    "Take a perfect prediction: your loss is off, so that the fault lies in the factor before the "
    "exponential. Write out what stands under its root, and what the logarithm makes of a root."
)
_CONSTANT = (
    "Take a perfect prediction: your loss is off. Where only the place of the minimum counts a constant may "
    "be dropped; here the value of the loss is asked for."
)
_EXPONENT = (
    "Subtract the loss of a perfect prediction from that of one that is off by 1: what is left is the "
    "exponent. Compare it with the one in the density, factor by factor."
)
_SLIPS = (
    Slip(
        "sigma-for-variance",
        "The argument is taken for σ and squared.",
        _WHICH,
        lambda v: _constant(v**2),
        lambda v: _scale(v**2),
    ),
    Slip(
        "root-of-variance",
        "σ is put where σ² belongs.",
        _WHICH,
        lambda v: _constant(np.sqrt(v)),
        lambda v: _scale(np.sqrt(v)),
    ),
    Slip(
        "root-in-the-exponent",
        "σ divides the square.",
        f"{_EXPONENT} Does it hold σ² or σ?",
        _constant,
        lambda v: _scale(np.sqrt(v)),
    ),
    Slip(
        "root-in-the-constant",
        "σ stands under the root.",
        f"{_UNDER_THE_ROOT} Is it σ² or σ?",
        lambda v: _constant(np.sqrt(v)),
        _scale,
    ),
    Slip(
        "square-in-the-exponent",
        "The variance is squared in the exponent.",
        f"{_EXPONENT} Does it hold σ², or the square of it?",
        _constant,
        lambda v: _scale(v**2),
    ),
    Slip(
        "variance-outside-the-root",
        "σ² stands before the root.",
        _UNDER_THE_ROOT,
        lambda v: np.log(v * np.sqrt(2 * np.pi)),
        _scale,
    ),
    Slip("constant-dropped", "The constant plays no role.", _CONSTANT, lambda _: 0.0, _scale),
    Slip(
        "variance-missing-in-the-constant",
        "The constant is ½ log 2π.",
        _UNDER_THE_ROOT,
        lambda _: _constant(1.0),
        _scale,
    ),
    Slip(
        "two-pi-missing",
        "The constant is ½ log σ².",
        _UNDER_THE_ROOT,
        lambda v: np.log(v) / 2,
        _scale,
    ),
    Slip(
        "two-missing",
        "The constant is ½ log πσ².",
        _UNDER_THE_ROOT,
        lambda v: np.log(np.pi * v) / 2,
        _scale,
    ),
    Slip(
        "constant-not-halved",
        "The root is forgotten.",
        _UNDER_THE_ROOT,
        lambda v: 2 * _constant(v),
        _scale,
    ),
    Slip(
        "constant-with-the-other-sign",
        "The logarithm of one over the root keeps its sign.",
        "With a larger variance your loss of a perfect prediction falls, though its density gets lower. What "
        "does −log make of a fraction?",
        lambda v: -_constant(v),
        _scale,
    ),
    Slip(
        "exponent-not-divided",
        "The square is not divided at all.",
        _EXPONENT,
        _constant,
        lambda _: 1.0,
    ),
    Slip(
        "exponent-not-halved", "The square is divided by σ².", _EXPONENT, _constant, lambda v: 1 / v
    ),
    Slip(
        "variance-missing-in-the-exponent",
        "The square is halved only.",
        _EXPONENT,
        _constant,
        lambda _: 0.5,
    ),
    Slip(
        "brackets",
        "The denominator is not put in brackets.",
        "With a larger variance an error should cost less; in your result it costs more. From left to right, "
        "what does your line divide by, and what does it multiply by?",
        _constant,
        lambda v: v / 2,
    ),
    Slip(
        "exponent-with-the-other-sign",
        "The minus of the exponent is lost.",
        "The farther a prediction is off, the smaller is your loss. How many minus signs stand before the "
        "square, that of the loss included?",
        _constant,
        lambda v: -_scale(v),
    ),
    Slip(
        "squared-error",
        "The loss is the mean squared error.",
        _CONSTANT + " And by what is the square divided?",
        lambda _: 0.0,
        lambda _: 1.0,
    ),
    Slip(
        "half-squared-error",
        "The variance plays no role.",
        _CONSTANT + " And by what is the square divided?",
        lambda _: 0.0,
        lambda _: 0.5,
    ),
    Slip(
        "unit-variance",
        "The variance is taken for 1.",
        "Your result stays the same whatever the variance is. Where does it occur in the density?",
        lambda _: _constant(1.0),
        lambda _: 0.5,
    ),
)


def _wrong_logarithm(slip: Slip) -> Misconception:
    return Misconception(
        slip.id,
        slip.belief,
        slip.hint,
        lambda y, t, v: np.mean(slip.constant(v) + slip.scale(v) * (y - t) ** 2),
    )


def _wrong_density(slip: Slip) -> Misconception:
    return Misconception(
        f"{slip.id}-density",
        f"{slip.belief[:-1]}, and the logarithm is taken of a rounded density.",
        f"{slip.hint} Then try a target that is a hundred standard deviations away.",
        lambda y, t, v: (
            -np.mean(np.log(np.exp(-slip.constant(v)) * np.exp(-slip.scale(v) * (y - t) ** 2)))
        ),
    )


def wrong_densities() -> Iterator[Misconception]:
    """Each slip in both forms."""
    for slip in _SLIPS:
        yield _wrong_logarithm(slip)
        if slip.constant(2.0) != 0:  # who drops the constant has taken the logarithm already
            yield _wrong_density(slip)
