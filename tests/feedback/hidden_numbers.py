"""The numbers of hidden tests, their inputs and right values, and the search for them in a text."""

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise
from typing import Any

import numpy as np
from in_process import InProcessStudent, in_the_engine

from autograder.authoring import load_reference
from autograder.grading.hidden import HiddenTests
from autograder.testing import Call
from glm2mlp import trainings
from glm2mlp.catalogue import ASSIGNMENTS

LONG, SHORT = 8, 5  # digits of a number that is found alone, and of one that is found in company
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def hidden_numbers(
    assignment: str, seeds: Iterable[int], exercises: Collection[str] | None = None
) -> dict[int, list[list[float]]]:
    """What the hidden tests (of these exercises) give and expect, for each seed: rows of numbers."""
    functions = {**load_reference(assignment), "train_case": trainings.train_case}
    found: dict[int, list[list[float]]] = {}

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
                    found[seed] += filter(None, map(list, map(_flat, values)))

    in_the_engine(assignment, work)
    return found


def _flat(value: Any) -> Iterator[float]:
    if isinstance(value, tuple | list):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, float | np.ndarray | np.floating):
        numbers = np.asarray(value)
        if numbers.dtype.kind == "f":
            yield from numbers.ravel().tolist()


def found_in(text: str, rows: list[list[float]]) -> list[str]:
    """The numbers of `rows` that stand in a text, with many digits or two in their order."""
    different = dict.fromkeys(map(tuple, rows))  # what one call returns, another one is given
    hidden = [
        [_digits(f"{abs(number):.17e}".partition("e")[0]) for number in row] for row in different
    ]
    alone = {digits[:LONG] for row in hidden for digits in row if _tells(digits, LONG)}
    pairs = {
        (a[:SHORT], b[:SHORT])
        for row in hidden
        for a, b in pairwise(row)
        if _tells(a, SHORT) and _tells(b, SHORT)
    }
    there = [_digits(token) for token in NUMBER.findall(unescape(text))]
    single = [digits for digits in there if digits[:LONG] in alone]
    double = [f"{a}, {b}" for a, b in pairwise(there) if (a[:SHORT], b[:SHORT]) in pairs]
    return single + double


def _tells(digits: str, count: int) -> bool:
    """Whether a number is not a round one: 0.1 and 0.30000000000000004 stand anywhere."""
    return len(digits[:count].rstrip("0")) == count


def _digits(number: str) -> str:
    """The significant digits of a number as it is written."""
    return number.replace(".", "").lstrip("0")
