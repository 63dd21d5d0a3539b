"""Misconceptions of `tanh`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import math

import numpy as np
from scipy import special

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    HALVED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    NUMBER_AS_VECTOR,
    SINGLE_PRECISION,
    WHOLE_NUMBERS,
)
from solutions.multilayer_perceptron import tanh, tanh_derivative

OVERFLOW = (
    "Try 1000 and −1000: an exponential becomes infinite there, and what is infinity by infinity? Which "
    "exponential stays at 1 or below, on either side of zero?"
)
STRETCHED = (
    "Your values lie between −1 and 1, but the curve is too flat. Compare the slope at zero with that of the "
    "picture: what belongs into the exponent?"
)
IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)


def _up(z: np.ndarray) -> np.ndarray:
    return np.exp(np.asarray(z, dtype=float))


def _down(z: np.ndarray) -> np.ndarray:
    return np.exp(-np.asarray(z, dtype=float))


def _doubled_in_place(z: np.ndarray) -> np.ndarray:
    z *= 2
    return 2 * special.expit(z) - 1


def _negated_in_place(z: np.ndarray) -> np.ndarray:
    z *= -1
    return -np.tanh(z)


MISCONCEPTIONS = (
    Misconception(
        "argument-not-doubled",
        "Tanh is 2 σ(z) − 1.",
        STRETCHED,
        lambda z: 2 * special.expit(z) - 1,
    ),
    Misconception(
        "exponent-not-doubled",
        "Tanh is (eᶻ − 1) / (eᶻ + 1).",
        STRETCHED,
        lambda z: (_up(z) - 1) / (_up(z) + 1),
    ),
    Misconception(
        "sigmoid-not-stretched",
        "Tanh is σ(2z) − 1.",
        "Your values lie between −1 and 0. How long is the range of the sigmoid, and how long that of tanh?",
        lambda z: special.expit(2 * np.asarray(z)) - 1,
    ),
    Misconception(
        "sigmoid-not-moved",
        "Tanh is 2 σ(2z).",
        "Your values lie between 0 and 2. What should come out at zero, and by how much are you off?",
        lambda z: 2 * special.expit(2 * np.asarray(z)),
    ),
    Misconception(
        "moved-the-wrong-way",
        "Tanh is 2 σ(2z) + 1.",
        "Your values lie between 1 and 3. What should come out at zero, and in which direction are you off?",
        lambda z: 2 * special.expit(2 * np.asarray(z)) + 1,
    ),
    Misconception(
        "moved-before-stretching",
        "Tanh is 2 (σ(2z) − 1).",
        "Your values lie between −2 and 0. Which comes first, stretching or moving? Look at your brackets.",
        lambda z: 2 * (special.expit(2 * np.asarray(z)) - 1),
    ),
    Misconception(
        "sigmoid",
        "The sigmoid is taken for tanh.",
        "Your values lie between 0 and 1. Tanh is symmetric around 0: what should come out at zero?",
        lambda z: special.expit(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "sigmoid-of-the-double",
        "Tanh is σ(2z).",
        "The curve is as steep as it should be in its argument, but its values lie between 0 and 1. How is "
        "it stretched and moved?",
        lambda z: special.expit(2 * np.asarray(z)),
    ),
    Misconception(
        "slope",
        "The slope of tanh is returned.",
        "What you return is how steep tanh is, which is the next exercise. Here its height is asked for.",
        tanh_derivative,
    ),
    Misconception(
        "quotient-overflows",
        "The quotient of sums of exponentials is taken as it stands.",
        OVERFLOW,
        lambda z: (_up(z) - _down(z)) / (_up(z) + _down(z)),
    ),
    Misconception(
        "overflows-on-the-right",
        "The quotient is expanded by eᶻ.",
        OVERFLOW,
        lambda z: (_up(2 * np.asarray(z)) - 1) / (_up(2 * np.asarray(z)) + 1),
    ),
    Misconception(
        "overflows-on-the-left",
        "The quotient is expanded by e⁻ᶻ.",
        OVERFLOW,
        lambda z: (1 - _down(2 * np.asarray(z))) / (1 + _down(2 * np.asarray(z))),
    ),
    Misconception(
        "infinity-replaced",
        "NaN is replaced by 0.",
        "Far from zero you return 0, where tanh is almost 1 or −1. To replace what is not a number hides the "
        "fault: which exponential is too large?",
        lambda z: np.nan_to_num((_up(z) - _down(z)) / (_up(z) + _down(z))),
    ),
    Misconception(
        "brackets",
        "Only the second exponential is divided.",
        "Work your formula out at zero: it gives ½. A division comes before a subtraction unless brackets "
        "say otherwise.",
        lambda z: _up(z) - _down(z) / (_up(z) + _down(z)),
    ),
    Misconception(
        "upside-down",
        "The sum is divided by the difference.",
        "What does your quotient do at zero? Look which of the two, sum or difference, stands below.",
        lambda z: (_up(z) + _down(z)) / (_up(z) - _down(z)),
    ),
    Misconception(
        "sinh",
        "The difference is not divided by the sum.",
        "Your values grow without end, but tanh stays between −1 and 1. Is something missing below the line?",
        lambda z: np.sinh(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "tan",
        "The tangent is taken for the hyperbolic one.",
        "Your function repeats itself, as sine and cosine do. Hyperbolic functions have names of their own.",
        lambda z: np.tan(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "inverse",
        "The inverse of tanh is taken.",
        "Beyond −1 and 1 your function is not defined. Tanh takes any number and gives one between −1 and 1: "
        "yours goes the other way.",
        lambda z: np.arctanh(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "numbers-only",
        "The module math calculates with arrays.",
        "The functions of Python's `math` take a single number. Which library has the same for whole arrays?",
        math.tanh,
    ),
    Misconception(
        "vectors-only",
        "The entries of an array are what a loop over it gives.",
        "Your loop goes along the first axis only. What does it meet if the array has several axes, and what "
        "if z is a plain number?",
        lambda z: np.array([math.tanh(number) for number in z]),
    ),
    Misconception("doubled-in-place", "z *= 2 makes a new array.", IN_PLACE, _doubled_in_place),
    Misconception("negated-in-place", "z *= −1 makes a new array.", IN_PLACE, _negated_in_place),
    Misconception(
        "out-in-place", "z is the place for the result.", IN_PLACE, lambda z: np.tanh(z, out=z)
    ),
    NEGATED.of(
        tanh, hint="Your curve falls where tanh rises. Which of the exponentials has the minus?"
    ),
    HALVED.of(
        tanh,
        hint="Your values end in −½ and ½. Tanh has no factor of ½: which sum stands below the line?",
    ),
    WHOLE_NUMBERS.of(tanh),
    NUMBER_AS_VECTOR.of(tanh),
    FLATTENED.of(tanh),
    SINGLE_PRECISION.of(tanh),
    LISTED.of(tanh),
    NOTHING_RETURNED.of(tanh),
)
