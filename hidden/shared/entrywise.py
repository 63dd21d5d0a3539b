"""Slips of functions that go entry by entry through an array of any shape. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
)

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it instead of making a new one?"
)
ONE_NUMBER = (
    "Python's `math` and `if` know single numbers only. What does NumPy have that does the same for every "
    "entry of an array at once?"
)


def math_slips(formula: Callable[[float], float]) -> tuple[Misconception, ...]:
    """Arrays in a `formula` that is written with `math`, for one number."""
    return (
        Misconception("math", "A function of `math` is used for an array.", ONE_NUMBER, formula),
        Misconception(
            "math-in-a-loop",
            "A function of `math` is called for each element in a loop.",
            "A loop over an array of several axes meets rows, not numbers. NumPy has the same function for a "
            "whole array of any shape.",
            lambda z: np.array([formula(v) for v in z]),
        ),
    )


def slips(right: Function) -> tuple[Misconception, ...]:
    """The slips of an exercise whose reference is `right`."""
    common = (
        FLATTENED,
        LISTED,
        SINGLE_PRECISION,
        NOTHING_RETURNED,
    )
    return tuple(slip.of(right) for slip in common)
