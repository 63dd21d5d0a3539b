"""The numbers of hidden tests, their inputs and right values, and the search for them in a text."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import numpy as np
from in_process import InProcessStudent, in_the_engine
from numpy.typing import NDArray

from autograder.authoring import load_reference
from autograder.grading.hidden import HiddenTests
from autograder.testing import Call
from glm2mlp import trainings
from glm2mlp.catalogue import ASSIGNMENTS

Row = NDArray[Any]
LONG, SHORT = 8, 5  # digits of a number that is found alone, and of one that is found in company
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def hidden_numbers(
    assignment: str, seeds: Iterable[int], exercises: Collection[str] | None = None
) -> dict[int, list[Row]]:
    """What the hidden tests (of these exercises) give and expect, for each seed: rows of numbers."""
    functions = {**load_reference(ASSIGNMENTS[assignment]), "train_case": trainings.train_case}
    found: dict[int, list[Row]] = {}

    def work(tests: HiddenTests) -> None:
        for seed in seeds:
            found[seed] = []
            for exercise in ASSIGNMENTS[assignment].exercises:
                if exercise.kind in ("written", "choice"):
                    continue
                if exercises is not None and exercise.name not in exercises:
                    continue
                _, calls = tests.run(InProcessStudent(functions), seed, exercise)  # type: ignore[arg-type]
                for call in calls:
                    assert isinstance(call.ended, Call)
                    values = (*call.args, *call.kwargs.values(), call.ended.value)
                    parts = [list(_arrays(value)) for value in values]
                    found[seed] += [np.concatenate(some) for some in parts if some]

    in_the_engine(assignment, work)
    return found


def _arrays(value: Any) -> Iterator[Row]:
    if isinstance(value, tuple | list):
        for part in value:
            yield from _arrays(part)
    elif isinstance(value, float | np.ndarray | np.floating):
        numbers = np.asarray(value)
        if numbers.dtype.kind == "f" and numbers.size:
            yield numbers.ravel()


def found_in(text: str, rows: Iterable[Row]) -> list[str]:
    """The numbers of `rows` that stand in a text, with many digits or two in their order."""
    there = [_digits(token) for token in NUMBER.findall(unescape(text))]
    alone, pairs = set(), set()
    # What one call returns, another one is given.
    for row in {row.tobytes(): row for row in rows}.values():
        hidden = {
            place: _digits(f"{abs(row[place]):.17e}".partition("e")[0])
            for place in _places_near(row, there)
        }
        for place, digits in hidden.items():
            if _tells(digits, LONG):
                alone.add(digits[:LONG])
            following = hidden.get(place + 1, "")
            if _tells(digits, SHORT) and _tells(following, SHORT):
                pairs.add((digits[:SHORT], following[:SHORT]))
    single = [digits for digits in there if digits[:LONG] in alone]
    double = [f"{a}, {b}" for a, b in pairwise(there) if (a[:SHORT], b[:SHORT]) in pairs]
    return single + double


def _places_near(row: Row, there: list[str]) -> list[int]:
    """Where a row holds a number whose first digits could be one of these: of millions, a few."""
    known = np.array([0.0, *sorted(float(f"0.{digits[:LONG]}") for digits in there), np.inf])
    size = np.abs(row)
    with np.errstate(all="ignore"):
        size = size / 10.0 ** np.ceil(np.log10(size))
        size = np.where(size < 0.1, 10 * size, np.where(size >= 1, size / 10, size))
    after = np.searchsorted(known[:-1], size)
    distance = np.minimum(np.abs(known[after] - size), np.abs(known[after - 1] - size))
    return [int(place) for place in np.flatnonzero(distance < 2 * 10.0**-SHORT)]


def _tells(digits: str, count: int) -> bool:
    """Whether a number is not a round one: 0.1 and 0.30000000000000004 stand anywhere."""
    return len(digits[:count].rstrip("0")) == count


def _digits(number: str) -> str:
    """The significant digits of a number as it is written."""
    return number.replace(".", "").lstrip("0")
