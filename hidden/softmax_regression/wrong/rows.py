"""Slips of functions of logits, of one vector or of a row for each example. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
    Arguments,
    Transformation,
    each_part,
)

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)
PYTHON_MAX = (
    "Python's own `max` works for a vector. Of a matrix it compares whole rows, and cannot: which of NumPy's "
    "functions knows axes?"
)


def _matrices_only(how: str, touch: Callable[[Any], object]) -> Transformation:
    def after(value: Any, args: Arguments, _: Mapping[str, Any]) -> Any:
        touch(args[0])  # raises what a vector raises
        return value

    return Transformation(
        f"matrices-only-{how}",
        "The logits are taken for a matrix; a vector raises an error.",
        "Give your function a single example, a vector of logits: it has no second axis. Which of your lines "
        "asks for one, and how do you name the last axis of any array?",
        after,
    )


def _unpacked(Z: Any) -> None:
    _, _ = Z.shape


MATRICES_ONLY = (
    _matrices_only("by-axis", lambda Z: Z.max(axis=1)),
    _matrices_only("by-unpacking", _unpacked),
    _matrices_only("by-shape", lambda Z: Z.shape[1]),
    _matrices_only("by-index", lambda Z: Z[0, 0]),
    _matrices_only("by-two-indices", lambda Z: Z[0][0]),
    _matrices_only("by-loop", lambda Z: max(Z[0])),
    _matrices_only("by-length", lambda Z: len(Z[0])),
)


def _rows_one_by_one(of_a_number: float) -> Transformation:
    """A loop over the rows of a vector meets numbers, of which the function makes `of_a_number`."""
    return Transformation(
        "loop-over-rows",
        "A loop over the array meets one example after the other.",
        "Give your function a single example, a vector of logits: what does your loop meet then, and what "
        "does it make of it?",
        each_part(lambda v, args: v if np.ndim(args[0]) > 1 else np.full_like(v, of_a_number)),
    )


ALWAYS_A_MATRIX = Transformation(
    "always-a-matrix",
    "A vector of logits is made a matrix of one row.",
    "Give your function a single vector: the result has an axis more than the argument.",
    each_part(lambda value, _: np.atleast_2d(value)),
)
SQUEEZED = Transformation(
    "squeezed",
    "Axes of length 1 are dropped from the result.",
    "Give your function a matrix of a single row: the result has an axis less than the argument.",
    each_part(lambda value, _: np.squeeze(value)),
)


def slips(right: Function, *, of_a_number: float) -> tuple[Misconception, ...]:
    """The slips of a function whose reference is `right`, and which makes `of_a_number` of any number."""
    common = (
        _rows_one_by_one(of_a_number),
        ALWAYS_A_MATRIX,
        SQUEEZED,
        TRANSPOSED,
        SINGLE_PRECISION,
        LISTED,
        NOTHING_RETURNED,
    )
    return tuple(slip.of(right) for slip in (*MATRICES_ONLY, *common))


def row_max(Z: np.ndarray) -> np.ndarray:
    """The largest logit of each row, with an axis of length 1."""
    return Z.max(axis=-1, keepdims=True)


def shift_slips(right: Function, unshifted: Function) -> Iterator[Misconception]:
    """Slips of the shift and of where a result is kept; `unshifted` is `right` without its shift."""

    def shift_in_place(Z: np.ndarray) -> np.ndarray:
        Z -= row_max(Z)
        return unshifted(Z)

    def result_in_place(Z: np.ndarray) -> np.ndarray:
        Z[...] = right(Z)
        return Z

    yield Misconception(
        "python-max",
        "Python's `max` looks for the largest entry.",
        PYTHON_MAX,
        lambda Z: unshifted(Z - max(Z)),
    )
    for name, belief, wrong in (
        ("shift", "The maximum is subtracted from the caller's array.", shift_in_place),
        ("result", "The result is written into the caller's array.", result_in_place),
    ):
        yield Misconception(f"{name}-in-place", belief, IN_PLACE, wrong)


def keepdims_slips(write: Callable[[Function, Function], Function]) -> tuple[Misconception, ...]:
    """A lost axis in a function that `write` makes of its maximum and its sum over the classes."""

    def lost(reduce: Function) -> Function:
        return lambda Z: reduce(Z, axis=-1)

    def kept(reduce: Function) -> Function:
        return lambda Z: reduce(Z, axis=-1, keepdims=True)

    hint = (
        "Print the shape of your {} beside that of Z. Along which axis does NumPy line them up, and what "
        "keeps an axis that was summed over or searched?"
    )
    belief = "The {} of the rows lost an axis, so that they are spread over the columns."
    return tuple(
        Misconception(name, belief.format(what), hint.format(what), write(largest, total))
        for name, what, largest, total in (
            ("keepdims-forgotten", "sums", kept(np.max), lost(np.sum)),
            ("keepdims-forgotten-in-the-shift", "maxima", lost(np.max), kept(np.sum)),
            ("keepdims-forgotten-twice", "maxima and sums", lost(np.max), lost(np.sum)),
            ("keepdims-forgotten-not-shifted", "sums", np.zeros_like, lost(np.sum)),
        )
    )
