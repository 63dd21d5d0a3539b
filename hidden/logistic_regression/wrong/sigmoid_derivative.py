"""Misconceptions of `sigmoid_derivative`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import DOUBLED, NEGATED
from solutions.logistic_regression import sigmoid, sigmoid_derivative

from ...shared.entrywise import IN_PLACE, slips


def _negated_in_place(z: np.ndarray) -> np.ndarray:
    z *= -1
    return sigmoid_derivative(z)


def _sigmoid_in_place(z: np.ndarray) -> np.ndarray:
    z[...] = sigmoid(z)
    return z * (1 - z)


def _product(how: str, product: Function) -> Misconception:
    return Misconception(
        f"matrix-product-{how}",
        "The two factors are multiplied as vectors, not entry by entry.",
        "Every entry of z has a slope of its own, so nothing is to be summed. Which kind of product keeps "
        "the shape of its factors?",
        lambda z: product(sigmoid(z), 1 - sigmoid(z)),
    )


def _overflow(side: str, sign: int) -> Misconception:
    return Misconception(
        f"overflow-{side}",
        "The exponential in the numerator overflows on one side.",
        "Try 1000 and −1000: on one side infinity over infinity is no number. You have a function at hand "
        "that copes with both sides: can the slope be written in terms of it alone?",
        lambda z: np.exp(sign * z) / (1 + np.exp(sign * z)) ** 2,
    )


_MIXED = (
    "Your formula has z itself beside the sigmoid of z. In which of its places does the formula of the "
    "slope want the point, and in which the probability at that point?"
)
_ONE_FACTOR = (
    "Far from zero, on both sides, the sigmoid is flat; on one side your slope is not 0. How many factors "
    "has the formula, and which one is small on that side?"
)
MISCONCEPTIONS = (
    Misconception(
        "argument-is-the-probability",
        "The argument is taken for σ(z).",
        "At z = 0 the sigmoid is steepest, but your slope is 0 there. What does the docstring say the "
        "argument is: the point, or already the probability at that point?",
        lambda z: z * (1 - z),
    ),
    Misconception(
        "point-in-the-second-factor",
        "One factor is made of z.",
        _MIXED,
        lambda z: sigmoid(z) * (1 - z),
    ),
    Misconception(
        "point-in-the-first-factor",
        "One factor is made of z.",
        _MIXED,
        lambda z: z * (1 - sigmoid(z)),
    ),
    Misconception("first-factor-only", "σ itself is returned.", _ONE_FACTOR, sigmoid),
    Misconception(
        "second-factor-only", "Only 1 − σ is returned.", _ONE_FACTOR, lambda z: 1 - sigmoid(z)
    ),
    Misconception(
        "square-forgotten",
        "The denominator of the quotient rule is not squared.",
        "On one side your slope does not go to 0, and far out it is no number at all. Differentiate the "
        "fraction once more: what happens to the denominator?",
        lambda z: np.exp(-z) / (1 + np.exp(-z)),
    ),
    Misconception(
        "square",
        "σ is multiplied by itself.",
        "For large z your slope goes to 1, while the curve gets flat. Differentiate 1/g on paper: what "
        "stands in the numerator besides the square in the denominator?",
        lambda z: sigmoid(z) ** 2,
    ),
    Misconception(
        "plus",
        "The second factor is a sum.",
        "For large z your slope goes to 2, while the curve gets flat. Which sign makes the second factor "
        "vanish there?",
        lambda z: sigmoid(z) * (1 + sigmoid(z)),
    ),
    Misconception(
        "brackets",
        "The second factor is not put in brackets.",
        "Your slope is 0 everywhere. Python multiplies before it subtracts: what does your line multiply, "
        "and what does it subtract?",
        lambda z: sigmoid(z) * 1 - sigmoid(z),
    ),
    Misconception(
        "applied-twice",
        "σ is taken once before, and once inside the formula.",
        "Follow z = 0 through your lines: how often does it pass through the sigmoid before the formula "
        "of the slope sees it?",
        lambda z: sigmoid_derivative(sigmoid(z)),
    ),
    Misconception(
        "tanh",
        "The rule of tanh is applied to tanh.",
        "At z = 0 your slope is 1, that of tanh. Draw the two curves one over the other: which is steeper, "
        "and why?",
        lambda z: 1 - np.tanh(z) ** 2,
    ),
    Misconception(
        "rule-of-tanh",
        "The rule of tanh is applied to the sigmoid.",
        "You wrote the rule that holds for tanh. Put numbers in at z = 0, or measure the slope between two "
        "close points: does it fit the sigmoid?",
        lambda z: 1 - sigmoid(z) ** 2,
    ),
    Misconception(
        "times-the-point",
        "The slope is multiplied by z once more.",
        "At z = 0 your slope is 0, and for negative z it is negative, though the sigmoid always rises. The "
        "chain rule multiplies by the slope of what is inside: what is inside here?",
        lambda z: sigmoid_derivative(z) * z,
    ),
    Misconception(
        "second-derivative",
        "The slope is differentiated once more.",
        "Your result is negative for positive z, where the sigmoid still rises, only ever slower. How "
        "often did you differentiate?",
        lambda z: sigmoid_derivative(z) * (1 - 2 * sigmoid(z)),
    ),
    Misconception(
        "derivative-by-the-probability",
        "1 − 2σ is taken for the slope.",
        "Your result is negative for positive z, where the sigmoid rises. Which expression did you "
        "differentiate: the sigmoid, or σ(1 − σ) by σ?",
        lambda z: 1 - 2 * sigmoid(z),
    ),
    _overflow("below", -1),
    _overflow("above", 1),
    _product("dot", np.dot),
    _product("at", np.matmul),
    Misconception(
        "negated-in-place", "The argument is negated where it stands.", IN_PLACE, _negated_in_place
    ),
    Misconception(
        "sigmoid-in-place", "σ(z) is stored in the argument.", IN_PLACE, _sigmoid_in_place
    ),
    NEGATED.of(
        sigmoid_derivative,
        hint="The sigmoid rises everywhere, but your slopes are negative. In the derivative of the fraction "
        "two minus signs meet: where did the second one go?",
    ),
    DOUBLED.of(sigmoid_derivative),
    *slips(sigmoid_derivative),
)
