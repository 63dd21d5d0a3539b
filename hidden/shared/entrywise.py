"""Slips of functions that go entry by entry through a number or an array of any shape. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NOTHING_RETURNED,
    NUMBER_AS_VECTOR,
    SINGLE_PRECISION,
    Arguments,
    Transformation,
)

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it instead of making a new one?"
)
ONE_NUMBER = (
    "Python's `math` and `if` know single numbers only. What does NumPy have that does the same for every "
    "entry of an array at once?"
)


def _arrays_only(how: str, touch: Callable[[Any], object]) -> Transformation:
    def after(value: Any, args: Arguments, _: Mapping[str, Any]) -> Any:
        touch(args[0])  # raises what a plain number raises
        return value

    return Transformation(
        f"arrays-only-{how}",
        "The argument is taken for an array; a plain number raises an error.",
        "Call your function with a plain number instead of an array: the docstring allows both. Which "
        "line asks something of the argument that only an array can do?",
        after,
    )


def _assigned(z: Any) -> None:
    z[:0] = 0


ARRAYS_ONLY = (
    _arrays_only("by-loop", iter),
    _arrays_only("by-index", lambda z: z[...]),
    _arrays_only("by-assignment", _assigned),
    _arrays_only("by-length", len),
    _arrays_only("by-shape", lambda z: z.shape),
    _arrays_only("by-dtype", lambda z: z.dtype),
    _arrays_only("by-astype", lambda z: z.astype(float)),
    _arrays_only("by-copy", lambda z: z.copy()),
)


def math_slips(formula: Callable[[float], float]) -> tuple[Misconception, ...]:
    """Arrays in a `formula` that is written with `math`, for one number."""
    return (
        Misconception("math", "A function of `math` is used for an array.", ONE_NUMBER, formula),
        Misconception(
            "math-in-a-loop",
            "A function of `math` is called for each element in a loop.",
            "A loop over a plain number is an error, and over an array of several axes it meets rows, not "
            "numbers. NumPy has the same function for a whole array of any shape.",
            lambda z: np.array([formula(v) for v in z]),
        ),
    )


def slips(right: Function) -> tuple[Misconception, ...]:
    """The slips of an exercise whose reference is `right`, of numbers or of arrays."""
    common = (
        NUMBER_AS_VECTOR,
        FLATTENED,
        LISTED,
        SINGLE_PRECISION,
        NOTHING_RETURNED,
    )
    return tuple(slip.of(right) for slip in (*ARRAYS_ONLY, *common))
