"""Misconceptions of `relu_derivative`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np
from scipy import special

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NOTHING_RETURNED,
)
from solutions.multilayer_perceptron import relu, relu_derivative, tanh_derivative

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)
OTHERS_SLOPE = (
    "ReLU is made of two straight pieces, so its slope has only two values, and yours has many. Whose slope "
    "is the formula that you used?"
)


def _in_place(z: np.ndarray) -> np.ndarray:
    z[z <= 0] = 0
    z[z > 0] = 1
    return z


def _relu_in_place(z: np.ndarray) -> np.ndarray:
    z[z < 0] = 0
    return relu_derivative(z)


MISCONCEPTIONS = (
    Misconception(
        "one-at-the-kink",
        "The slope at zero is 1.",
        "Everything is right but at zero itself. Which of the two slopes was agreed on there?",
        lambda z: np.greater_equal(z, 0).astype(float),
    ),
    Misconception(
        "half-at-the-kink",
        "The slope at zero is the mean of both sides.",
        "Everything is right but at zero itself. The mean of both sides is a choice, but not the one agreed "
        "on.",
        lambda z: np.heaviside(np.asarray(z, dtype=float), 0.5),
    ),
    Misconception(
        "divided-by-itself",
        "The slope is ReLU(z) / z.",
        "What does your quotient become at zero? A comparison needs no division.",
        lambda z: np.maximum(z, 0.0) / np.asarray(z, dtype=float),
    ),
    Misconception(
        "relu-itself",
        "On the right the slope is z.",
        "Your results for 2 and for 3 differ, but a straight line is equally steep everywhere. What you "
        "return is how high ReLU is, not how steep.",
        relu,
    ),
    Misconception(
        "always-one",
        "Zero counts as on, after ReLU has been applied.",
        "All your slopes are 1. If you compare what comes out of ReLU: can it ever be negative? And what is "
        "the slope left of zero?",
        lambda z: np.ones(np.shape(z)),
    ),
    Misconception(
        "off-units",
        "The slope is 1 where the unit is off.",
        "Draw ReLU once more: on which side is it flat? Yours is flat on the other.",
        lambda z: np.less_equal(z, 0).astype(float),
    ),
    Misconception(
        "left-side",
        "The slope is 1 left of zero.",
        "Draw ReLU once more: on which side does it rise? Then look at the direction of your comparison.",
        lambda z: np.less(z, 0).astype(float),
    ),
    Misconception(
        "sign-of-z",
        "The slope is the sign of z.",
        "Left of zero your slope is −1: that would be a function that falls there. What does ReLU do?",
        lambda z: np.sign(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "minus-one-if-off",
        "A unit that is off has the slope −1.",
        "You give −1 where a unit is off: that would be a function that falls there. What does ReLU do?",
        lambda z: np.where(np.asarray(z) > 0, 1.0, -1.0),
    ),
    Misconception(
        "not-zero",
        "Wherever z is not 0, the slope is 1.",
        "Which of your slopes differ for −2 and 2? ReLU is flat on one side.",
        lambda z: np.not_equal(z, 0).astype(float),
    ),
    Misconception(
        "leaky",
        "A unit that is off passes on a little.",
        "What you have written is the slope of the leaky ReLU. How steep is that of the text, left of zero?",
        lambda z: np.where(np.asarray(z) > 0, 1.0, 0.01),
    ),
    Misconception(
        "slope-of-the-sigmoid",
        "Every activation has the slope σ(1 − σ).",
        OTHERS_SLOPE,
        lambda z: special.expit(z) * special.expit(-np.asarray(z)),
    ),
    Misconception(
        "sigmoid-habit",
        "The slope is f(1 − f), with ReLU for f.",
        OTHERS_SLOPE,
        lambda z: relu(z) * (1 - relu(z)),
    ),
    Misconception(
        "slope-of-tanh",
        "The slope of tanh is taken.",
        OTHERS_SLOPE,
        tanh_derivative,
    ),
    Misconception(
        "threshold-one",
        "A unit is on from 1 upwards.",
        "Try ½: is that not right of zero? Look at the number that you compare with.",
        lambda z: np.greater(z, 1).astype(float),
    ),
    Misconception(
        "numbers-only",
        "z is a single number, which `if` can ask.",
        "Your function handles a number, and Python cannot say whether a whole array is larger than 0. Look "
        "for a way that asks each entry by itself.",
        lambda z: 1.0 if z > 0 else 0.0,
    ),
    Misconception(
        "vectors-only",
        "The entries of an array are what a loop over it gives.",
        "Your loop goes along the first axis only. What does it meet if the array has several axes?",
        lambda z: np.array([1.0 if number > 0 else 0.0 for number in z]),
    ),
    Misconception("in-place", "z may be written into.", IN_PLACE, _in_place),
    Misconception("relu-in-place", "ReLU is first written into z.", IN_PLACE, _relu_in_place),
    FLATTENED.of(relu_derivative),
    LISTED.of(relu_derivative),
    NOTHING_RETURNED.of(relu_derivative),
)
