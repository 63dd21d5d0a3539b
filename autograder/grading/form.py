"""What the form of a failing answer tells a tutor who knows no misconception that it shows. Trusted side.

The hint of a test asks about the mathematics, and misleads whoever has that right: a formula of SymPy instead
of a number, a result of another type or shape, values that are only nearly right.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.grading import trusted
from autograder.grading.diagnosis import Observed
from autograder.misconceptions import Misconception
from autograder.outcomes import StudentFailure
from autograder.testing import ATOL, RTOL, Call, Expression
from glm2mlp.checks.compare import APPROXIMATE, NEARLY
from glm2mlp.course import Exercise

FORMULAS = (
    "A formula stands where a number is wanted, even if it looks like one. Where a cell above has imported "
    "`exp`, `log`, `sqrt` and `pi` from SymPy, these make formulas: which ones compute with numbers?"
)
OF_OBJECTS = (
    "Your array holds things that are no numbers to NumPy: print its dtype, and one of its entries. Has "
    "SymPy's `exp` or `log` made a formula of it, or are parts of different lengths put together?"
)
NUMBERS = (
    "NumPy's functions compute with numbers, and know nothing of symbols. Which `exp` and `log` make "
    "formulas?"
)
ANOTHER_TYPE = (
    "Look at the type of what your function returns: it is not the one that the docstring, or the text above "
    "the cell, asks for."
)
OTHER_SHAPES = (
    "You return as many parts as are asked for, but one of them has another shape than it should: print the "
    "shapes of all, and compare."
)
# What NumPy says if it meets a formula, and what the worker says of values that cannot cross.
MEETS_A_FORMULA = "TypeError: loop of ufunc does not support"
FORMULA, OBJECTS, SEVERAL = "an expression", "an array of dtype object", ("a list", "a tuple")


def hint_by_form(
    exercise: Exercise,
    calls: Sequence[Observed],
    right: Callable[..., Any],
    known: Sequence[Misconception],
) -> str | None:
    """The hint for what these calls of an answer returned, if its form says what is wrong.

    `right` is the reference; where `known` misconceptions are not told by values, others may be right too.
    """
    if exercise.symbolic:
        if any(map(_meets_a_formula, calls)):
            return NUMBERS
        return ANOTHER_TYPE if any(map(_is_no_list, calls)) else None
    if any(_meets_a_formula(call) or _is_formula(call) for call in calls):
        return FORMULAS
    if any(OBJECTS in _unsendable(call) for call in calls):
        return OF_OBJECTS
    if any(map(_is_of_another_type, calls)):
        return ANOTHER_TYPE
    is_open = any(misconception.shown for misconception in known)
    return None if is_open else _hint_by_values(calls, right)


def _meets_a_formula(call: Observed) -> bool:
    failure = call.ended
    return isinstance(failure, StudentFailure) and failure.detail.startswith(MEETS_A_FORMULA)


def _is_no_list(call: Observed) -> bool:
    returned = _unsendable(call)
    if returned:
        return not returned.startswith((FORMULA, *SEVERAL))
    return isinstance(call.ended, Call) and type(call.ended.value) in (str, bytes)


def _is_formula(call: Observed) -> bool:
    if isinstance(call.ended, Call):
        values = call.ended.value if type(call.ended.value) in (tuple, list) else [call.ended.value]
        return any(isinstance(value, Expression) for value in values)
    return FORMULA in _unsendable(call)


def _is_of_another_type(call: Observed) -> bool:
    if isinstance(call.ended, Call):
        return type(call.ended.value) in (str, bytes, dict)
    return bool(_unsendable(call))


def _unsendable(call: Observed) -> str:
    """What the worker calls a value that cannot cross: «a Network»; nothing if there was none."""
    if isinstance(call.ended, StudentFailure) and call.ended.outcome == "failed":
        return str(call.ended).partition(" returned ")[2]
    return ""


def _hint_by_values(calls: Sequence[Observed], right: Callable[..., Any]) -> str | None:
    """The hint for values of the right type, instead of that of the first test with a wrong one."""
    wrong = next((call for call in calls if not _is_close(call, right, RTOL)), None)
    if wrong is None or not isinstance(wrong.ended, Call):
        return None
    if _has_another_shape(wrong.ended.value, _expected(wrong, right)):
        return OTHER_SHAPES
    together = [call for call in calls if call.test == wrong.test]
    return APPROXIMATE if all(_is_close(call, right, NEARLY) for call in together) else None


def _expected(call: Observed, right: Callable[..., Any]) -> Any:
    return trusted.call(right, call.args, call.kwargs, after=False).value


def _is_close(call: Observed, right: Callable[..., Any], rtol: float) -> bool:
    return isinstance(call.ended, Call) and _are_close(
        call.ended.value, _expected(call, right), rtol
    )


def _has_another_shape(theirs: Any, ours: Any) -> bool:
    """Whether one of several parts does, all of them being numbers or arrays."""
    return (
        isinstance(ours, tuple)
        and type(theirs) in (tuple, list)
        and len(theirs) == len(ours)
        and all(isinstance(part, np.ndarray | np.generic | int | float) for part in theirs)
        and any(np.shape(part) != np.shape(own) for part, own in zip(theirs, ours, strict=True))
    )


def _are_close(theirs: Any, ours: Any, rtol: float) -> bool:
    if isinstance(ours, tuple):
        return (
            type(theirs) in (tuple, list)
            and len(theirs) == len(ours)
            and all(_are_close(*pair, rtol) for pair in zip(theirs, ours, strict=True))
        )
    if not isinstance(theirs, np.ndarray | np.generic | int | float):
        return False
    got, own = np.asarray(theirs), np.asarray(ours)
    return (
        got.dtype.kind in "biuf"
        and got.shape == own.shape
        and bool(np.allclose(got, own, rtol=rtol, atol=ATOL))
    )
