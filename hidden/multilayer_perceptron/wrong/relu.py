"""Misconceptions of `relu`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
)
from solutions.multilayer_perceptron import relu, relu_derivative

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)


def _masked_in_place(z: np.ndarray) -> np.ndarray:
    z[z < 0] = 0
    return z


MISCONCEPTIONS = (
    Misconception(
        "absolute-value",
        "A negative number loses its sign.",
        "What does your function make of −2? A unit with a negative pre-activation is off.",
        lambda z: np.abs(np.asarray(z, dtype=float)),
    ),
    Misconception(
        "smaller-one",
        "Of 0 and z the smaller one is taken.",
        "Try a positive number: your function loses it, and keeps the negative ones.",
        lambda z: np.minimum(0.0, z),
    ),
    Misconception(
        "other-side",
        "The negative side is the one that is let through.",
        "Draw your function: on which side of zero does it rise? ReLU leaves positive numbers as they are.",
        lambda z: np.maximum(0.0, -np.asarray(z)),
    ),
    Misconception(
        "step",
        "A unit that is on is 1.",
        "Compare your results for 2 and for 3: a unit that is on passes on how much it got, not only that it "
        "is on.",
        relu_derivative,
    ),
    Misconception(
        "unchanged",
        "Negative numbers stay as they are.",
        "Your function returns what it got, negative numbers too: is the result of your comparison used?",
        lambda z: np.array(z, dtype=float),
    ),
    Misconception(
        "leaky",
        "Negative numbers are made small, not 0.",
        "What you have written is the leaky ReLU, which lets a little of a negative number through. Read in "
        "the text how much of it is left here.",
        lambda z: np.where(np.asarray(z) > 0, z, 0.01 * np.asarray(z)),
    ),
    Misconception(
        "softplus",
        "ReLU is taken for its smooth relative log(1 + eᶻ).",
        "Yours is smooth, and nowhere exactly 0: it is called softplus. Draw both around zero and compare.",
        lambda z: np.logaddexp(0.0, z),
    ),
    Misconception(
        "cut-off-at-1",
        "An activation lies between 0 and 1.",
        "Your function has an upper end, as a probability has. Where does the text give ReLU one?",
        lambda z: np.clip(np.asarray(z, dtype=float), 0, 1),
    ),
    Misconception(
        "largest-of-all",
        "One maximum is taken over the whole array.",
        "One number comes out of a whole array: NumPy has one maximum that looks for the largest entry, and "
        "another that compares entry by entry. Which did you call?",
        lambda z: max(0.0, float(np.max(z))),
    ),
    Misconception(
        "array-as-axis",
        "np.max compares its two arguments.",
        "Look up what the second argument of `np.max` means: it is not another number to compare with. There "
        "is a function with a similar name that compares.",
        lambda z: np.max(0.0, z),
    ),
    Misconception(
        "numbers-only",
        "z is a single number, which `if` and `max` can ask.",
        "Your function handles a number, and Python cannot say whether a whole array is larger than 0. Look "
        "for a way that asks each entry by itself.",
        lambda z: max(0.0, z),
    ),
    Misconception(
        "vectors-only",
        "The entries of an array are what a loop over it gives.",
        "Your loop goes along the first axis only. What does it meet if the array has several axes?",
        lambda z: np.array([max(0.0, number) for number in z]),
    ),
    Misconception(
        "positive-ones-only",
        "Negative entries are taken out of the array.",
        "Count the entries before and after: the negative ones should become 0, not go away.",
        lambda z: np.asarray(z, dtype=float)[np.asarray(z) > 0],
    ),
    Misconception("masked-in-place", "z may be written into.", IN_PLACE, _masked_in_place),
    FLATTENED.of(relu),
    SINGLE_PRECISION.of(relu),
    LISTED.of(relu),
    NOTHING_RETURNED.of(relu),
)
