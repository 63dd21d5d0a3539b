"""What repairs are made of, and what shows a wrong idea of them. Trusted side.

A repair is open: many features and factors are right, and a wrong idea has many values too. So an idea is
recognised by what all calls have in common. The first that fits counts. One may fit a right repair too, but
only failing ones are asked about.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autograder.misconceptions import Function, Made, Misconception

Array = NDArray[np.float64]
TINY = 1e-9  # of the largest value
MAX_NUMBERS = 2_000_000  # of one repair's features: as floats they take eight times what bytes do


class Repair(NamedTuple):
    """A call of a repair in the right form: examples X (N, D), features F (N, D′), the factor."""

    X: Array
    F: Array
    factor: float


Idea = Callable[[Sequence[Repair]], bool]


def idea(id: str, belief: str, hint: str, example: Function, shown: Idea) -> Misconception:  # noqa: A002
    """A wrong idea of a repair in the right form."""

    def of_calls(calls: Sequence[Made]) -> bool:
        read = [_repair(call) for call in calls]
        repairs = [repair for repair in read if repair is not None]
        return len(repairs) == len(calls) and shown(repairs)

    return Misconception(id, belief, hint, example, shown=of_calls)


def number(value: object) -> bool:
    """Whether this is a plain real number."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _repair(call: Made) -> Repair | None:
    if not isinstance(call.value, tuple | list) or len(call.value) != 2:
        return None
    F, factor = call.value
    (X,) = call.args
    if not isinstance(F, np.ndarray) or F.ndim != 2 or len(F) != len(X) or F.shape[1] == 0:
        return None
    if (
        F.size > MAX_NUMBERS
        or F.dtype.kind not in "biuf"
        or not number(factor)
        or not 0 < factor < np.inf
    ):
        return None
    return Repair(X, F.astype(float), float(factor))


def scale(repairs: Sequence[Repair]) -> float | None:
    """The number c if the features are c times the examples, for all of these; else None."""
    X, F, _ = repairs[0]
    largest = np.unravel_index(np.argmax(np.abs(X)), X.shape)
    if F.shape != X.shape or (c := float(F[largest] / X[largest])) <= 0:
        return None
    return c if all(_same(F, c * X) for X, F, _ in repairs) else None


def factors(repairs: Sequence[Repair]) -> float:
    """The factor, if all repairs have the same; else NaN, which fits no idea."""
    found = {repair.factor for repair in repairs}
    return found.pop() if len(found) == 1 else float("nan")


def size(repairs: Sequence[Repair]) -> float:
    """How large the largest feature is, beside the largest number of the examples."""
    features = max(np.abs(F).max() for _, F, _ in repairs)
    return float(features / max(np.abs(X).max() for X, *_ in repairs))


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-6, atol=TINY)


def _changed(repairs: Sequence[Repair]) -> bool:
    return not all(_same(F, X) for X, F, _ in repairs)


def _centred(F: Array) -> bool:
    """Whether the mean over all is 0, or over each column; but not over each row."""
    largest = np.nanmax(np.abs(F))
    by_columns = np.abs(np.nanmean(F, axis=0)).max() <= 1e-6 * largest
    by_rows = np.abs(np.nanmean(F, axis=1)).max() <= 1e-6 * largest
    return bool(by_columns or np.abs(np.nanmean(F)) <= 1e-6 * largest) and not by_rows


def _by_extremes(X: Array, F: Array) -> bool:
    """Whether each column was stretched to go from 0 to 1, or was divided by the largest number."""
    low, high = X.min(axis=0), X.max(axis=0)
    if F.shape != X.shape:
        return False
    return _same(F * (high - low), X - low) or _same(F * high, X) or _same(F * X.max(), X)


def _alone(some: Repair, among: Repair) -> bool:
    """Whether examples that came among others before have other features now."""
    for x, features in zip(some.X, some.F, strict=True):
        before = among.F[(x == among.X).all(axis=1)]
        if len(before) and before.shape[1:] == features.shape and not _same(before[0], features):
            return True
    return False


def by_the_batch(repairs: Sequence[Repair]) -> bool:
    """Whether the features are measured by the examples that come along.

    It shows in examples that come again among fewer. Where no call tells, features tell that are centred, or
    that end at 1.
    """
    if not _changed(repairs):
        return False
    few = min(repairs, key=lambda repair: len(repair.X))
    if any(len(few.X) < len(other.X) and _alone(few, other) for other in repairs):
        return True
    if all(_centred(F) for _, F, _ in repairs):
        return True
    # The same scale in each batch would be a number of its own.
    return all(_by_extremes(X, F) for X, F, _ in repairs) and scale(repairs) is None


def written_into(calls: Sequence[Made]) -> bool:
    """Whether some call has changed its argument."""
    return any(
        isinstance(call.left[0], np.ndarray) and not np.array_equal(call.left[0], call.args[0])
        for call in calls
        if call.left
    )
