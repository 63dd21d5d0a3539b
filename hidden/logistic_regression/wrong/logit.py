"""Misconceptions of `logit`. Trusted side."""

# mypy: no-warn-return-any

import math

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import NEGATED
from solutions.logistic_regression import logit, sigmoid

from ...shared.entrywise import IN_PLACE, math_slips, slips


def _odds_in_place(p: np.ndarray) -> np.ndarray:
    p /= 1 - p
    return np.log(p)


_EVEN_ODDS = (
    "Even odds, a probability of one half, have logit 0. What does your function return there? "
)
_BRACKETS = (
    "Which operations does Python do first in your line? Put brackets around what belongs together, and "
    "try one probability by hand."
)
_GUARD = (
    "Try a very small probability: your logit is not the one that σ takes back to it. The docstring "
    "promises that p is never 0 or 1: what does your guard protect from?"
)
_BASE = (
    "The sigmoid is made of powers of e. Put your result into it: p comes back only if the logarithm has "
    "the same base. Which of NumPy's logarithms is the natural one?"
)


def _added(epsilon: float) -> Misconception:
    return Misconception(
        f"{epsilon:g}-added",
        "A small number is added so that no logarithm is infinite.",
        _GUARD,
        lambda p: np.log((p + epsilon) / (1 - p + epsilon)),
    )


def _added_below(epsilon: float) -> Misconception:
    return Misconception(
        f"{epsilon:g}-added-below",
        "A small number is added to the denominator so that it is never 0.",
        _GUARD,
        lambda p: np.log(p / (1 - p + epsilon)),
    )


def _clipped(epsilon: float) -> Misconception:
    return Misconception(
        f"clipped-by-{epsilon:g}",
        "Probabilities are kept off 0 and 1.",
        _GUARD,
        lambda p: logit(np.clip(p, epsilon, 1 - epsilon)),
    )


MISCONCEPTIONS = (
    Misconception(
        "denominator-forgotten",
        "The logarithm of p alone is taken.",
        _EVEN_ODDS
        + "The odds compare the two classes: where does the other one occur in your line?",
        np.log,
    ),
    Misconception(
        "numerator-forgotten",
        "The odds are one over the probability of the other class.",
        _EVEN_ODDS
        + "And can your result ever be negative? Say in words which two probabilities the odds "
        "compare, and look for both of them in your line.",
        lambda p: np.log(1 / (1 - p)),
    ),
    Misconception(
        "other-class",
        "The logarithm of the probability of class 0 is taken.",
        _EVEN_ODDS + "You look at class 0 only: with which class is it to be compared?",
        lambda p: np.log(1 - p),
    ),
    Misconception(
        "odds",
        "The logarithm is forgotten.",
        _EVEN_ODDS
        + "And can your result ever be negative? You have the odds; what is the logit of them?",
        lambda p: p / (1 - p),
    ),
    Misconception(
        "brackets-of-the-denominator",
        "The denominator is not put in brackets.",
        _BRACKETS,
        lambda p: np.log(p / 1 - p),
    ),
    Misconception(
        "brackets-of-the-logarithm",
        "The logarithm is taken before the division.",
        _BRACKETS,
        lambda p: np.log(p) / (1 - p),
    ),
    Misconception(
        "brackets-of-the-difference",
        "The difference of two logarithms lost the second one.",
        _BRACKETS,
        lambda p: np.log(p) - (1 - p),
    ),
    Misconception(
        "quotient-of-logarithms",
        "The logarithm of a fraction is taken for a fraction of logarithms.",
        _EVEN_ODDS + "How does the logarithm of a fraction come apart: into another fraction?",
        lambda p: np.log(p) / np.log(1 - p),
    ),
    Misconception(
        "sum-of-logarithms",
        "The logarithms are added.",
        _EVEN_ODDS + "Your line is the logarithm of a product. Which sign belongs to a fraction?",
        lambda p: np.log(p) + np.log(1 - p),
    ),
    Misconception(
        "difference-turned-round",
        "p − 1 stands for 1 − p.",
        "The logarithm of a negative number is none. Which of the two probabilities is negative in your "
        "line?",
        lambda p: np.log(p / (p - 1)),
    ),
    Misconception(
        "plus-in-the-denominator",
        "The denominator is a sum.",
        _EVEN_ODDS + "If class 1 has probability p, which one has the other class?",
        lambda p: np.log(p / (1 + p)),
    ),
    Misconception("base-2", "The logarithm has base 2.", _BASE, lambda p: np.log2(p / (1 - p))),
    Misconception("base-10", "The logarithm has base 10.", _BASE, lambda p: np.log10(p / (1 - p))),
    Misconception(
        "sigmoid",
        "The sigmoid is applied to the probability.",
        "You go in the wrong direction: the sigmoid makes a probability of a logit, and here the "
        "probability is given. Can your result be any real number?",
        sigmoid,
    ),
    Misconception(
        "reciprocal-of-the-sigmoid",
        "The inverse function is taken for one over the function.",
        "The inverse of a function takes its result back to its argument; one over the function is "
        "something else. Put the sigmoid of a few numbers in: do they come out?",
        lambda p: 1 / sigmoid(p),
    ),
    Misconception(
        "slope",
        "The derivative is returned.",
        _EVEN_ODDS + "And can your result ever be negative? You have the slope of the logit.",
        lambda p: 1 / (p * (1 - p)),
    ),
    Misconception(
        "entropy",
        "The entropy of the two classes is computed.",
        "Your result is the same for p and for 1 − p. The logit compares the two classes and does not "
        "weight them: should exchanging the classes leave it as it is?",
        lambda p: -p * np.log(p) - (1 - p) * np.log(1 - p),
    ),
    Misconception(
        "share-of-the-array",
        "The array is taken for one distribution and divided by its sum.",
        "Each entry is the probability of class 1 of its own example, and has nothing to do with the other "
        "entries. With what is it to be compared?",
        lambda p: np.log(p / np.sum(p)),
    ),
    *(_added(epsilon) for epsilon in (1e-10, 1e-9, 1e-8, 1e-7)),
    *(_added_below(epsilon) for epsilon in (1e-10, 1e-9, 1e-8, 1e-7)),
    *(_clipped(epsilon) for epsilon in (1e-7, 1e-6, 1e-5, 1e-3)),
    Misconception("odds-in-place", "The odds are stored in p.", IN_PLACE, _odds_in_place),
    NEGATED.of(
        logit,
        hint="A likely class 1 should have a positive logit. Which class stands above the line in your odds?",
    ),
    *math_slips(lambda p: math.log(p / (1 - p))),
    *slips(logit),
)
