"""Misconceptions of `tanh_derivative`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import math

import numpy as np
from scipy import special

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    DOUBLED,
    FLATTENED,
    HALVED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    NUMBER_AS_VECTOR,
    SINGLE_PRECISION,
    WHOLE_NUMBERS,
)
from solutions.multilayer_perceptron import relu_derivative, tanh, tanh_derivative

OVERFLOW = (
    "Try 1000 and −1000: is your slope a number there? Exponentials become infinite, and then infinity is "
    "divided by infinity. Your own tanh need not do that."
)
HEIGHT_GIVEN = (
    "Far from zero tanh is flat, but your slope grows without end. Which of the two does your function "
    "get, the point or the value of tanh there?"
)
IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)


def _quotient(z: np.ndarray) -> np.ndarray:
    up, down = np.exp(np.asarray(z, dtype=float)), np.exp(-np.asarray(z, dtype=float))
    return (up - down) / (up + down)


def _one_sided(z: np.ndarray) -> np.ndarray:
    e = np.exp(2 * np.asarray(z, dtype=float))
    return 4 * e / (e + 1) ** 2


def _out_in_place(z: np.ndarray) -> np.ndarray:
    return 1 - np.tanh(z, out=z) ** 2


def _doubled_in_place(z: np.ndarray) -> np.ndarray:
    z *= 2
    return 4 * special.expit(z) * special.expit(-z)


MISCONCEPTIONS = (
    Misconception(
        "takes-tanh", "The argument is tanh(z) already.", HEIGHT_GIVEN, lambda z: 1 - z**2
    ),
    Misconception(
        "takes-tanh-as-floats",
        "The argument is tanh(z) already, made floats.",
        HEIGHT_GIVEN,
        lambda z: 1 - np.asarray(z, dtype=float) ** 2,
    ),
    Misconception(
        "tanh-twice",
        "Tanh is applied to its own value.",
        "Far from zero your slope does not go to 0. How often is tanh applied on the way?",
        lambda z: tanh_derivative(tanh(z)),
    ),
    Misconception(
        "square-forgotten",
        "The slope is 1 − tanh(z).",
        "Tanh is symmetric, so it is equally steep at −1 and at 1. Is your slope?",
        lambda z: 1 - tanh(z),
    ),
    Misconception(
        "difference-squared",
        "The slope is (1 − tanh(z))².",
        "Tanh is symmetric, so it is equally steep at −1 and at 1. Yours is not: what is it that is squared?",
        lambda z: (1 - tanh(z)) ** 2,
    ),
    Misconception(
        "argument-squared",
        "tanh²(z) is the tanh of z².",
        "What does the small 2 in tanh² belong to, the argument or the value? Compare at z = ½.",
        lambda z: 1 - tanh(np.asarray(z, dtype=float) ** 2),
    ),
    Misconception(
        "plus",
        "The slope is 1 + tanh²(z).",
        "Your slope is largest far from zero, where tanh is flat. Look at your sign.",
        lambda z: 1 + tanh(z) ** 2,
    ),
    Misconception(
        "square-only",
        "The slope is tanh²(z).",
        "At zero tanh is steepest, and your slope is 0 there. What is your square to be subtracted from?",
        lambda z: tanh(z) ** 2,
    ),
    Misconception(
        "tanh-itself",
        "Tanh is returned in the place of its slope.",
        "Tanh rises everywhere, so its slope is never negative, but yours is. You return how high tanh is, "
        "not how steep.",
        tanh,
    ),
    Misconception(
        "sigmoid-habit",
        "Every activation has the slope f(1 − f).",
        "f(1 − f) belongs to the sigmoid, which lies between 0 and 1. Your slope is negative left of zero: "
        "look up the formula for tanh.",
        lambda z: tanh(z) * (1 - tanh(z)),
    ),
    Misconception(
        "slope-of-the-sigmoid",
        "The slope of the sigmoid is taken.",
        "At zero your slope is ¼: that is the sigmoid's. Tanh is a stretched sigmoid and steeper.",
        lambda z: special.expit(z) * special.expit(-np.asarray(z)),
    ),
    Misconception(
        "sigmoid-not-compressed",
        "The slope is 4 σ′(z).",
        "At zero it is right, but your curve is too wide. At which point has the sigmoid to be asked?",
        lambda z: 4 * special.expit(z) * special.expit(-np.asarray(z)),
    ),
    Misconception(
        "sigmoid-not-stretched",
        "The slope is σ′(2z).",
        "Your curve has the right width, but at zero it is ¼ as high as it should be. Which two factors does "
        "stretching the sigmoid bring?",
        lambda z: special.expit(2 * np.asarray(z)) * special.expit(-2 * np.asarray(z)),
    ),
    Misconception(
        "slope-of-relu",
        "The slope of ReLU is taken.",
        "Your slope has two values only: that is ReLU's. How does the slope of a smooth curve look?",
        relu_derivative,
    ),
    Misconception(
        "second-derivative",
        "1 − tanh² is differentiated once more.",
        "1 − tanh²(z) is the slope already; you have derived it a second time.",
        lambda z: -2 * tanh(z) * tanh_derivative(z),
    ),
    Misconception(
        "power-rule-only",
        "The square gives a factor 2 and its exponent.",
        "The formula of the text is the slope already, nothing in it has to be derived. At zero, how steep "
        "is tanh, and what do you return?",
        lambda z: 1 - 2 * tanh(z),
    ),
    Misconception(
        "inverse-of-cosh",
        "The slope is 1 / cosh(z).",
        "At zero it is right, but it falls too slowly. Work it out from the quotient: how often does the "
        "denominator come in?",
        lambda z: 1 / np.cosh(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "quotient-overflows",
        "Tanh is a quotient as it stands.",
        OVERFLOW,
        lambda z: 1 - _quotient(z) ** 2,
    ),
    Misconception(
        "overflows-on-the-right", "The slope is 4 e²ᶻ / (e²ᶻ + 1)².", OVERFLOW, _one_sided
    ),
    Misconception(
        "numbers-only",
        "The module math calculates with arrays.",
        "The functions of Python's `math` take a single number. Which library has the same for whole arrays?",
        lambda z: 1 - math.tanh(z) ** 2,
    ),
    Misconception(
        "vectors-only",
        "The entries of an array are what a loop over it gives.",
        "Your loop goes along the first axis only. What does it meet if the array has several axes, and what "
        "if z is a plain number?",
        lambda z: np.array([1 - math.tanh(number) ** 2 for number in z]),
    ),
    Misconception(
        "inner-product",
        "The square of an array is its product with itself.",
        "`@` adds up the products of all entries. The square is meant entry by entry.",
        lambda z: 1 - tanh(z) @ tanh(z),
    ),
    Misconception("out-in-place", "z is the place for tanh(z).", IN_PLACE, _out_in_place),
    Misconception("doubled-in-place", "z *= 2 makes a new array.", IN_PLACE, _doubled_in_place),
    NEGATED.of(
        tanh_derivative,
        hint="Tanh rises everywhere, but your slope is negative. What is subtracted from what?",
    ),
    HALVED.of(
        tanh_derivative,
        hint="At zero your slope is ½. If you started from the sigmoid: which factors come from stretching "
        "it upwards, and which from its argument?",
    ),
    DOUBLED.of(
        tanh_derivative,
        hint="At zero your slope is 2. How steep is tanh there? Compare with the slope between two close "
        "points.",
    ),
    WHOLE_NUMBERS.of(tanh_derivative),
    NUMBER_AS_VECTOR.of(tanh_derivative),
    FLATTENED.of(tanh_derivative),
    SINGLE_PRECISION.of(tanh_derivative),
    LISTED.of(tanh_derivative),
    NOTHING_RETURNED.of(tanh_derivative),
)
