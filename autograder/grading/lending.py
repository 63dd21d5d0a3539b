"""Carry-forward: lends the reference's earlier functions to a later exercise, by call. Trusted side.

An exercise that fails because an earlier one is wrong or missing is tested again, with the reference's
function answering in the place of the earlier one. Lent is only what the exercise is built on, by its own
reference: the loss whose gradient is asked, or the function whose inverse is asked, would give the answer by
differences or bisection. The reference's code never crosses, and what it may be asked is bounded: a worker
is hostile also when it borrows.
"""

import inspect
import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from autograder.sandbox.host import Lender
from autograder.worker.wire import MAX_DIMENSIONS
from glm2mlp.checks.imports import used_names
from glm2mlp.course import Assignment, Exercise

# A hidden test's own arguments stay below. Results of the reference grow with the product of their sides:
# arrays that do not fit together are broadcast, so that the long sides of those with two axes are multiplied.
# An array that comes alone may have any shape.
MAX_NUMBERS = 1_000
MAX_AXES = 2
MAX_PRODUCT = 100_000

Reference = dict[str, Callable[..., Any]]


def to_lend(
    assignment: Assignment,
    exercise: Exercise,
    outcomes: Mapping[str, str],
    reference: Reference,
) -> tuple[str, ...]:
    """The earlier functions that `exercise` is built on and may borrow: those that did not earn their points.

    None if a loan could not help: the answer itself is missing, or it already has all its points. `outcomes`
    are those of all exercises without loans.
    """
    if exercise.kind != "function" or outcomes[exercise.name] in ("passed", "missing", "harness"):
        return ()
    names = [each.name for each in assignment.exercises]
    earlier = assignment.exercises[: names.index(exercise.name)]
    parts = built_on(exercise.name, {e.name for e in earlier if e.kind == "function"}, reference)
    return tuple(
        each.name
        for each in earlier
        if each.name in parts
        and outcomes[each.name] not in ("passed", "harness")
        and "rng" not in inspect.signature(reference[each.name]).parameters
    )


def built_on(exercise: str, earlier: Collection[str], reference: Reference) -> set[str]:
    """Those of the `earlier` functions that the reference of an exercise calls, and those that they call.

    It may do so in its code, or in the formula of its docstring, which says how students may write it.
    """
    found: set[str] = set()
    waiting = [exercise]
    while waiting:
        function = reference[waiting.pop()]
        formula = re.sub("`[^`]*`", "", inspect.getdoc(function) or "")
        called = used_names(function) | set(re.findall(r"\b([a-z_]+)²?\(", formula))
        new = called & set(earlier) - found
        found |= new
        waiting += new
    return found


def lender(reference: Reference, names: tuple[str, ...]) -> Lender:
    """Answers calls of `names` by the reference; raises ValueError for anything else."""

    def lend(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if name not in names:
            raise ValueError("is not lent")
        args = tuple(map(_as_passed_on, args))
        kwargs = {key: _as_passed_on(value) for key, value in kwargs.items()}
        values = (*args, *kwargs.values())
        axes = MAX_AXES if len(values) > 1 else MAX_DIMENSIONS
        if sum(_numbers(value, axes) for value in values) > MAX_NUMBERS:
            raise ValueError("the arguments are too large")
        if len(values) > 1 and math.prod(map(_long_side, values)) > MAX_PRODUCT:
            raise ValueError("the arguments are too large together")
        try:
            with np.errstate(all="ignore"):
                return reference[name](*args, **kwargs)
        except Exception as error:  # whatever their arguments do to the reference is their error
            raise ValueError(f"the arguments do not fit ({type(error).__name__})") from None

    return lend


def _as_passed_on(value: Any) -> Any:
    """A list of numbers as an array: an answer of a student's own may take both.

    Raises ValueError if it is no array, as with rows of different lengths.
    """
    if type(value) not in (tuple, list) or not all(map(_is_of_numbers, value)):
        return value
    try:
        return np.array(value)
    except Exception:
        raise ValueError("a list of the arguments is no array") from None


def _is_of_numbers(value: Any) -> bool:
    """Whether this is a number or a list of such. No array: together they could grow by their dtypes."""
    if type(value) in (tuple, list):
        return all(map(_is_of_numbers, value))
    return type(value) in (bool, int, float) or isinstance(value, np.generic)


def _long_side(value: Any) -> int:
    """The longest side of an array of several axes, the product of these for parameters; 1 for all else."""
    if type(value) in (tuple, list):
        return math.prod(map(_long_side, value))
    return max(value.shape) if type(value) is np.ndarray and value.ndim > 1 else 1


def _numbers(value: Any, axes: int) -> int:
    """How many numbers an argument holds; raises ValueError if it is nothing that an answer passes on.

    These are arrays of so many `axes` at most, moderate numbers, and parameters: tuples or lists of arrays.
    """
    if type(value) in (tuple, list) and all(type(part) is np.ndarray for part in value):
        return sum(_numbers(part, axes) for part in value)
    if type(value) is np.ndarray and value.dtype.kind in "biuf" and value.ndim <= axes:
        # An empty array has long sides, and products of two such are not empty.
        return int(max(value.size, *value.shape, 1))
    if type(value) in (bool, int) and abs(value) <= MAX_NUMBERS:
        return 1
    if isinstance(value, np.integer) and abs(int(value)) <= MAX_NUMBERS:
        return 1
    if type(value) is float or (isinstance(value, np.generic) and value.dtype.kind in "bf"):
        return 1
    raise ValueError("the arguments are neither arrays nor moderate numbers")
