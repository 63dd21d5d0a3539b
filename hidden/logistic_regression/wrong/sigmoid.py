"""Misconceptions of `sigmoid`. Trusted side."""

# mypy: no-warn-return-any

import math

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.logistic_regression import sigmoid

from ...shared.entrywise import (
    IN_PLACE,
    ONE_NUMBER,
    math_slips,
    slips,
)
from .sigmoid_guards import guards


def _negated_in_place(z: np.ndarray) -> np.ndarray:
    z *= -1
    return 1 / (1 + np.exp(z))


def _clipped_by_out(z: np.ndarray) -> np.ndarray:
    np.clip(z, -500, 500, out=z)
    return sigmoid(z)


def _branches_of_one_number(z: np.ndarray) -> np.ndarray:
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def _with_math(z: float) -> float:
    return 1 / (1 + math.exp(-z))


_TOGETHER = (
    "Your entries add up to 1, so each depends on all the others. The sigmoid looks at one entry only: "
    "what does it compare that entry with?"
)


def _decision(how: str, wrong: Function) -> Misconception:
    return Misconception(
        f"decision-{how}",
        "The class is returned in the place of its probability.",
        "You return only 0 and 1. The probabilities in between are what the loss and the gradient will "
        "need; the decision comes in the last exercise.",
        wrong,
    )


MISCONCEPTIONS = (
    Misconception(
        "sign-of-the-exponent",
        "The exponent has the wrong sign.",
        "Your curve falls where it should rise. What should a large positive z give, and what does it "
        "give step by step in your formula?",
        lambda z: 1 / (1 + np.exp(z)),
    ),
    Misconception(
        "overflow-above",
        "Numerator and denominator hold an exponential that grows with z.",
        "Try z = 1000: infinity over infinity is no number. Which of the two forms of σ has a harmless "
        "exponential on that side?",
        lambda z: np.exp(z) / (1 + np.exp(z)),
    ),
    Misconception(
        "numerator-and-denominator",
        "The falling exponential stands in the numerator too.",
        "Add your result and σ for the same z by hand: which of the two classes has the probability that "
        "you compute? Then look at your numerator.",
        lambda z: np.exp(-z) / (1 + np.exp(-z)),
    ),
    Misconception(
        "if-of-an-array",
        "The two cases are told apart by an `if`, as for one number.",
        ONE_NUMBER,
        _branches_of_one_number,
    ),
    Misconception(
        "math-exp-vectorized",
        "`math.exp` is spread over the entries by `np.vectorize`.",
        "Try z = −1000: `math.exp` raises an error where NumPy goes on. On that side, can you do without "
        "the exponential of a huge number?",
        np.vectorize(_with_math, otypes=[float]),
    ),
    Misconception(
        "brackets",
        "The denominator is not put in brackets.",
        "Python divides before it adds. What does your line compute first, and what did you want to "
        "divide by?",
        lambda z: 1 / 1 + np.exp(-z),
    ),
    Misconception(
        "absolute-value",
        "The form with |z| is used for both signs.",
        "Compare your results for 2 and for −2. The absolute value keeps the exponential small, but it "
        "also forgets the sign: where do you bring it back?",
        lambda z: 1 / (1 + np.exp(-np.abs(z))),
    ),
    Misconception(
        "same-form-on-both-sides",
        "Below 0 the fraction is expanded, but the exponential still falls.",
        "Follow z = −2 through the form that you use there: is the result below one half? Which exponential, "
        "the one of z or the one of −z, is small on that side?",
        lambda z: np.where(np.asarray(z) >= 0, sigmoid(z), np.exp(-z) / (1 + np.exp(-z))),
    ),
    Misconception(
        "if-in-a-loop",
        "The two cases are told apart by an `if`, for each element of a loop.",
        ONE_NUMBER,
        lambda z: np.array([_branches_of_one_number(v) for v in z]),
    ),
    Misconception(
        "one-side-only",
        "Only one of the two cases is filled in.",
        "Your results for negative z are all the same. Is there a line that computes them?",
        lambda z: np.where(np.asarray(z) >= 0, sigmoid(z), 0.0),
    ),
    Misconception(
        "zero-forgotten",
        "Neither z > 0 nor z < 0 covers z = 0.",
        "Look at z = 0 on its own. Which of your two cases does it belong to, and what stands in the result "
        "if it belongs to none?",
        lambda z: np.where(np.asarray(z) == 0, 0.0, sigmoid(z)),
    ),
    Misconception(
        "tanh",
        "The hyperbolic tangent is taken for the sigmoid.",
        "Your results go from −1 to 1, and a probability cannot be negative. Both curves look like an S: "
        "which one do you need?",
        np.tanh,
    ),
    Misconception(
        "tanh-too-steep",
        "tanh is moved to the interval from 0 to 1, but not stretched.",
        "The range is right, but your curve is too steep: compare the slope at 0. How do the arguments of "
        "tanh and σ relate?",
        lambda z: (1 + np.tanh(z)) / 2,
    ),
    Misconception(
        "slope",
        "The derivative is returned.",
        "Your result is highest at z = 0 and falls on both sides. Which exercise asks for that function?",
        lambda z: sigmoid(z) * (1 - sigmoid(z)),
    ),
    _decision("rounded", lambda z: np.round(sigmoid(z))),
    _decision("at-one-half", lambda z: (sigmoid(z) >= 0.5) * 1.0),
    _decision("as-integers", lambda z: (sigmoid(z) >= 0.5) * 1),
    Misconception(
        "softmax",
        "All entries are normalised together.",
        _TOGETHER,
        lambda z: np.exp(z) / np.sum(np.exp(z)),
    ),
    Misconception(
        "divided-by-the-sum",
        "The sigmoids are divided by their sum.",
        _TOGETHER,
        lambda z: sigmoid(z) / np.sum(sigmoid(z)),
    ),
    Misconception(
        "negated-in-place",
        "The argument is negated where it stands.",
        IN_PLACE,
        _negated_in_place,
    ),
    Misconception(
        "clipped-in-place",
        "The argument is cut off where it stands.",
        IN_PLACE,
        _clipped_by_out,
    ),
    *guards(),
    *math_slips(_with_math),
    *slips(sigmoid),
)
