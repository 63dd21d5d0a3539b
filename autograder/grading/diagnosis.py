"""Which misconception a failing answer shows: the one that does the same on the same inputs. Trusted side.

Nothing here looks at a student's code. The calls of the hidden tests, with what the answer returned, are
repeated with each misconception; the only one that agrees on all of them is named.
"""

import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.grading import trusted
from autograder.misconceptions import After, Function, Made, Misconception
from autograder.misconceptions.transformations import NotApplicableError
from autograder.outcomes import StudentFailure
from autograder.testing import Call

# Two ways to write one mistake differ by rounding; two mistakes that differ by less than this are one.
RTOL = 1e-6
ATOL = 1e-10  # of the largest value
SHORT_RTOL = 1e-4  # of less than double precision
MAX_ERROR = 200  # characters of an error's text that are compared


@dataclass(frozen=True, eq=False)
class Observed:
    """A call that a hidden test made of an answer, and how it ended."""

    test: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    after: bool
    ended: Call | StudentFailure


@dataclass(frozen=True)
class Diagnosis:
    """The name of what an answer does, and the hint that helps."""

    name: str
    hint: str


@dataclass(frozen=True)
class Raised:
    """An error of code that is ours, as a worker would tell it: errors of NumPy name the shapes."""

    text: str

    @classmethod
    def by(cls, error: Exception) -> "Raised":
        """What is told of an error."""
        return cls(f"{type(error).__name__}: {error}"[:MAX_ERROR])


def diagnose(
    calls: Sequence[Observed], right: Function, known: Sequence[Misconception]
) -> Diagnosis | None:
    """Name the misconception that these calls show; None if there is none, or if several fit.

    `right` is the reference; two mistakes at once are looked for where one acts on the result alone.
    """
    if any(isinstance(c.ended, StudentFailure) and c.ended.outcome != "error" for c in calls):
        return None
    return the_one(candidates(calls, right, known))


def the_one(fitting: Sequence[Diagnosis]) -> Diagnosis | None:
    """The diagnosis that fits, if it is one; mistakes that get the same hint need not be told apart."""
    return fitting[0] if len({each.hint for each in fitting}) == 1 else None


def candidates(
    calls: Sequence[Observed], right: Function, known: Sequence[Misconception]
) -> list[Diagnosis]:
    """All single misconceptions that agree with the calls; if there is none, all that do so in pairs."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        telling = [call for call in calls if not agrees(call, repeated(right, call))]
        if not telling:
            return []
        # Where the answer goes wrong, most candidates fall at once.
        ordered = telling + [call for call in calls if call not in telling]
        agreeing = [m for m in known if m.shown is None and _explains(m.wrong, ordered)]
        single = [Diagnosis(m.id, m.hint) for m in (*agreeing, *_first_shown(known, ordered))]
        return single or [
            Diagnosis(f"{first.id} + {second.id}", _both_hints(first, second))
            for first, second in _pairs(known, ordered)
            if _explains(_both(first, second), ordered)
        ]


def _first_shown(known: Sequence[Misconception], calls: Sequence[Observed]) -> list[Misconception]:
    """The first misconception that says that these calls show it, if there is one."""
    made = [
        Made(call.args, call.ended.value, call.ended.args)
        for call in calls
        if isinstance(call.ended, Call)
    ]
    if len(made) < len(calls):
        return []
    first = next((m for m in known if m.shown is not None and m.shown(made)), None)
    return [] if first is None else [first]


def _both_hints(first: Misconception, second: Misconception) -> str:
    """Two hints as one, which is the same whichever of them comes first."""
    one, *others = sorted({first.hint, second.hint})
    return f"Two things. {one} And: {others[0]}" if others else one


def _pairs(
    known: Sequence[Misconception], calls: Sequence[Observed]
) -> list[tuple[Misconception, Misconception]]:
    """The pairs that return in each call what the answer did.

    In a call each mistake is made once, not in each pair; what a pair does to its arguments is not looked at.
    """
    pairs = [
        (first, second)
        for number, first in enumerate(known)
        for second in known[number + 1 :]
        if first.after or second.after
    ]
    for call in (replace(call, after=False) for call in calls):
        made: dict[str, Call | Raised | None] = {}
        left = []
        for pair in pairs:
            inner, outer = _order(*pair)
            if inner.id not in made:
                made[inner.id] = _made(inner.wrong, call)
            if _on_top(outer.after, made[inner.id], call):
                left.append(pair)
        pairs = left
    return pairs


def _made(wrong: Function, call: Observed) -> Call | Raised | None:
    """What a mistake makes of a call; None if it cannot be made there."""
    with suppress(NotApplicableError):
        return repeated(wrong, call)
    return None


def _on_top(after: After | None, made: Call | Raised | None, call: Observed) -> bool:
    """Whether the answer returned what a mistake that acts on the result alone makes of another's."""
    assert after is not None
    if isinstance(made, Call):
        value, args = trusted.copied(made.value), tuple(map(trusted.copied, made.args))
        kwargs = {name: trusted.copied(each) for name, each in (made.kwargs or {}).items()}
        try:
            made = Call(after(value, args, kwargs))
        except NotApplicableError:
            return False
        except Exception as error:
            made = Raised.by(error)
    return made is not None and agrees(call, made)


def _order(first: Misconception, second: Misconception) -> tuple[Misconception, Misconception]:
    """Which of two mistakes is on top of the other: one that acts on the result alone, if there is one."""
    return (first, second) if second.after else (second, first)


def _both(first: Misconception, second: Misconception) -> Function:
    """One mistake on top of the other."""
    inner, outer = _order(first, second)
    after = outer.after
    assert after is not None
    return lambda *args, **kwargs: after(inner.wrong(*args, **kwargs), args, kwargs)


def _explains(wrong: Function, calls: Sequence[Observed]) -> bool:
    try:
        return all(agrees(call, repeated(wrong, call)) for call in calls)
    except NotApplicableError:
        return False


def repeated(function: Function, call: Observed) -> Call | Raised:
    """Make the call again, of a function that is ours."""
    try:
        return trusted.call(function, call.args, call.kwargs, after=call.after)
    except NotApplicableError:
        raise
    except Exception as error:
        return Raised.by(error)


def agrees(call: Observed, ours: Call | Raised) -> bool:
    """Whether the answer did in this call what a function of ours does."""
    if isinstance(call.ended, StudentFailure) or isinstance(ours, Raised):
        return (
            isinstance(call.ended, StudentFailure)
            and isinstance(ours, Raised)
            and call.ended.detail.startswith(ours.text)
        )
    if not _same(call.ended.value, ours.value):
        return False
    if not call.after:
        return True
    left = zip(call.ended.args, ours.args, strict=False)
    return _same(tuple(call.ended.draws), ours.draws) and all(
        _same(theirs, own) for theirs, own in left if isinstance(own, np.ndarray | tuple)
    )


def _same(theirs: Any, ours: object) -> bool:
    """Whether a student's value is ours, up to rounding: of the same kind, of the same shape.

    Theirs came over the wire: exact built-in types and NumPy arrays.
    """
    if isinstance(ours, list) and type(theirs) is list:
        own = _as_numbers(ours)
        # Together they take as many bytes each as the widest of them: no more of them than ours.
        if own is not None and _how_many(theirs) == own.size:
            got = _as_numbers(theirs)
            if got is not None:
                return _same_numbers(got, own)
    if isinstance(ours, tuple | list):
        # Several parts may be returned as a tuple or as a list.
        kinds = (tuple, list) if isinstance(ours, tuple) else (list,)
        return (
            type(theirs) in kinds
            and len(theirs) == len(ours)
            and all(_same(*pair) for pair in zip(theirs, ours, strict=True))
        )
    if isinstance(ours, np.ndarray | np.generic | int | float):
        return _is_number(theirs, ours) and _same_numbers(np.asarray(theirs), np.asarray(ours))
    return type(theirs) is type(ours) and bool(theirs == ours)


def _as_numbers(values: list[Any]) -> np.ndarray[Any, Any] | None:
    """A list, or a list of lists, of numbers as an array: its entries round on one scale; else None."""
    if not all(_is_numeric(value) for value in values):
        return None  # one long text would make all entries as wide
    try:
        numbers = np.array(values)
    except ValueError:  # of different lengths
        return None
    return numbers if numbers.dtype.kind in "biuf" else None


def _how_many(value: Any) -> int:
    """How many numbers a list holds, in arrays and lists of it too."""
    return sum(map(_how_many, value)) if type(value) is list else int(np.size(value))


def _is_numeric(value: Any) -> bool:
    if type(value) is list:
        return all(_is_numeric(each) for each in value)
    return isinstance(value, np.ndarray | np.generic | int | float)


def _is_number(theirs: object, ours: object) -> bool:
    """Whether both are arrays, or both are numbers, be they Python's or NumPy's."""
    if np.ndim(ours) > 0:  # type: ignore[arg-type]
        return type(theirs) is np.ndarray
    return isinstance(theirs, np.ndarray | np.generic | int | float) and np.ndim(theirs) == 0


def _same_numbers(theirs: np.ndarray[Any, Any], ours: np.ndarray[Any, Any]) -> bool:
    kind = _kind(ours)
    if theirs.shape != ours.shape or _kind(theirs) != kind:
        return False
    if kind in "bi":
        return bool((theirs == ours).all())
    rtol = SHORT_RTOL if kind == "short" else RTOL
    sizes = np.abs(ours)
    scale = sizes.max(initial=0.0)
    if np.isfinite(scale):  # the usual case, in half the time
        return bool((np.abs(theirs - ours) <= rtol * sizes + ATOL * scale).all())
    scale = np.abs(ours[np.isfinite(ours)]).max(initial=0.0)
    close = np.isfinite(ours) & (np.abs(theirs - ours) <= rtol * np.abs(ours) + ATOL * scale)
    return bool((close | (theirs == ours) | (np.isnan(theirs) & np.isnan(ours))).all())


def _kind(numbers: np.ndarray[Any, Any]) -> str:
    """Integers of any size are one kind; floats of less than double precision are one of their own.

    Of a single number only the value counts: a sum of integers is one, the same by another way a float.
    """
    kind = numbers.dtype.kind
    if kind == "f" and numbers.itemsize < 8:
        return "short"
    if kind in "iu" and numbers.ndim == 0:
        return "f"
    return "i" if kind == "u" else kind
