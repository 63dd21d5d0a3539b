"""Which misconceptions the table of linear models shows, by its wrong entries. Trusted side.

Each entry counts by itself, so one answer may show several misconceptions. A formula is known by its values
at fixed points, with the bounded evaluation that the hidden tests use, however it is written.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np

from autograder.grading import trusted
from autograder.grading.diagnosis import Diagnosis, Observed
from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.tables import InPart, compared_at
from autograder.testing import Call, Expression, Unsendable
from glm2mlp.derivation import Tree, to_tree
from glm2mlp.formulas import DISTRIBUTIONS, ENTRIES, MODELS, FormulaError, values

MAX_HINTS = 3
MAX_FORMULAS = 3  # of one entry

Place: TypeAlias = tuple[str, str]  # model, entry
PLACES: tuple[Place, ...] = tuple((model, name) for model in MODELS for name in ENTRIES)
LISTS = (("softmax", "activation"), ("softmax", "gradient"))
NAMES = tuple(name.lower() for name in DISTRIBUTIONS)
# What an error says of a formula that has no values, and what we call it.
REFUSED = {
    "a Derivative is left in it": "Derivative",
    "is a relation": "relation",
    "is an undefined function": "undefined function",
    "is not one of those asked for": "another symbol",
    "is not known here": "unknown part",
    "is not exact": "rounded number",
}


@dataclass(frozen=True)
class Entry:
    """What stands at a place of a table: its kind, and the values of its formulas, NaN where it has none."""

    kind: str
    values: tuple[float, ...] = ()

    def is_like(self, other: "Entry") -> bool:
        """Whether both are the same but for rounding."""
        return (
            self.kind == other.kind
            and len(self.values) == len(other.values)
            and np.allclose(self.values, other.values, rtol=1e-9, atol=1e-12, equal_nan=True)
        )


MISSING = Entry("missing")


def candidates(
    calls: Sequence[Observed], right: Function, known: Sequence[Misconception]
) -> list[Diagnosis]:
    """What explains the wrong entries of an answer, all in one diagnosis; nothing if nothing does."""
    if not calls or not isinstance(calls[0].ended, Call):
        return []
    table = calls[0].ended.value
    wrong = wrong_entries(table, right)
    if not wrong:
        return _of_shape(table, known)
    explained = {m: _agreeing(wrong, m, right) for m in known if not isinstance(m, InPart)}
    found: dict[Misconception, tuple[Place, ...]] = {}
    while most := max(map(len, explained.values()), default=0):
        best = [m for m, places in explained.items() if len(places) == most]
        places = explained[best[0]]
        # Of several that look the same here none is named, unless one hint serves them all.
        if len({m.hint for m in best if explained[m] == places}) == 1:
            found[best[0]] = places
        explained = {m: _without(left, places) for m, left in explained.items()}
    for m in known:
        left = _without(tuple(wrong), tuple(place for each in found.values() for place in each))
        if isinstance(m, InPart) and (
            places := tuple(p for p in left if _wrong_parts(p, wrong[p], right) == m.wrong_parts)
        ):
            found[m] = places
    named = sorted(found, key=lambda m: PLACES.index(found[m][0]))[:MAX_HINTS]
    return [_one({m: found[m] for m in named})] if named else []


def _one(found: Mapping[Misconception, Sequence[Place]]) -> Diagnosis:
    """Several misconceptions as one diagnosis, each with its places."""
    hints = [
        f"In {'; '.join(f'{model}, {name}' for model, name in places)}: {m.hint}"
        for m, places in found.items()
    ]
    number = ("", "Two things. ", "Three things. ")[len(hints) - 1]
    return Diagnosis(" + ".join(m.id for m in found), number + " ".join(hints))


def _agreeing(
    wrong: Mapping[Place, Entry], misconception: Misconception, right: Function
) -> tuple[Place, ...]:
    """The places where an answer has the wrong entries of a misconception.

    One that spoils several entries of a row has to do so in all of them; rows stand by themselves.
    """
    places = set[Place]()
    for ours in wrong_entries_of(misconception, right):
        for model in MODELS:
            row = {place: entry for place, entry in ours.items() if place[0] == model}
            if all(place in wrong and entry.is_like(wrong[place]) for place, entry in row.items()):
                places |= row.keys()
    return tuple(place for place in PLACES if place in places)


def _wrong_parts(place: Place, entry: Entry, right: Function) -> frozenset[str]:
    """The parts of an entry whose values are wrong; none if it has no parts, or is no formula."""
    ours = _entries_of(right)[place]
    if entry.kind != ours.kind:
        return frozenset()
    points, _ = compared_at(np.random.default_rng(0), *place)
    if place in LISTS:
        parts = [f"class {k}" for k in range(len(MODELS[place[0]])) for _ in points]
    elif place[0] == "logistic" and "t" in points[0]:
        parts = [f"t = {point['t']:g}" for point in points]
    else:
        return frozenset()
    pairs = zip(parts, entry.values, ours.values, strict=True)
    return frozenset(part for part, a, b in pairs if not Entry("", (a,)).is_like(Entry("", (b,))))


def _without(places: Sequence[Place], taken: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if place not in taken)


def wrong_entries(table: Any, right: Function) -> dict[Place, Entry]:
    """The entries of a table, as it came over the wire, that are there and differ from the reference's."""
    entries = _entries_of(right)
    found = {place: _entry(_at(table, place), place) for place in PLACES}
    return {
        place: entry
        for place, entry in found.items()
        if entry != MISSING and not entry.is_like(entries[place])
    }


@cache
def wrong_entries_of(
    misconception: Misconception, right: Function
) -> tuple[dict[Place, Entry], ...]:
    """The wrong entries of each answer that a misconception leads to."""
    rows = right()
    tables = (_changed(answer(), rows) for answer in (misconception.wrong, *misconception.also))
    return tuple(wrong_entries(trusted.sent(table), right) for table in tables)


def _changed(table: Any, right: Mapping[str, Any]) -> Any:
    """A table of ours without its right entries: most are right, and values take time."""
    if type(table) is not dict or not all(type(row) is dict for row in table.values()):
        return table
    return {
        model: {name: value for name, value in row.items() if value != right[model].get(name)}
        for model, row in table.items()
        if model in right
    }


@cache
def _entries_of(right: Function) -> dict[Place, Entry]:
    table = trusted.sent(right())
    return {place: _entry(_at(table, place), place) for place in PLACES}


def _of_shape(table: Any, known: Sequence[Misconception]) -> list[Diagnosis]:
    """The misconceptions of a table in which there is no entry at all."""
    if any(_at(table, place) is not None for place in PLACES):
        return []
    shape = _shape(table)
    return [Diagnosis(m.id, m.hint) for m in known if shape in shapes_of(m)]


@cache
def shapes_of(misconception: Misconception) -> tuple[str, ...]:
    """The shape of each answer that a misconception leads to: empty where there are entries."""
    answers = (misconception.wrong, *misconception.also)
    return tuple(_shape(trusted.sent(answer())) for answer in answers)


def _shape(table: Any) -> str:
    """What is in the place of a table; empty if there are entries."""
    if type(table) is not dict:
        return type(table).__name__
    if not set(MODELS) & set(table):
        return "entries first" if set(ENTRIES) & set(table) else "other models"
    rows = [row for model, row in table.items() if model in MODELS]
    if not any(type(row) is dict for row in rows):
        return f"rows: {type(rows[0]).__name__}"
    names = {name for row in rows if type(row) is dict for name in row}
    if not set(ENTRIES) & names:
        return "other entries"
    return "" if any(_at(table, place) is not None for place in PLACES) else "nothing filled in"


def _at(table: Any, place: Place) -> Any:
    model, name = place
    row = table.get(model) if type(table) is dict else None
    return row.get(name) if type(row) is dict else None


def _entry(value: Any, place: Place) -> Entry:
    """What stands at a place; the value came over the wire and has exact types."""
    if value is None:
        return MISSING
    if place[1] == "distribution":
        return Entry(_distribution(value))
    if type(value) not in (list, tuple):
        return _formulas([value], "formula", place)
    if place not in LISTS:
        return Entry("list for a formula")
    if len(value) > MAX_FORMULAS:
        return Entry("list of more")
    return _formulas(value, f"list of {len(value)}", place)


def _distribution(value: Any) -> str:
    name = value.strip().lower() if type(value) is str else ""
    return name if name in NAMES else "another name"


def _formulas(formulas: Sequence[Any], kind: str, place: Place) -> Entry:
    numbers: tuple[float, ...] = ()
    for formula in formulas:
        if type(formula) is str:
            return Entry("text")
        if type(formula) is Unsendable:
            return Entry(_refused(formula.text))
        if type(formula) not in (Expression, int, float):
            return Entry("no formula")
        try:
            tree = formula.tree if type(formula) is Expression else to_tree(formula)
            numbers += _values(json.dumps(tree), place)
        except ValueError as error:  # of the reader, or of the evaluation
            return Entry(_refused(str(error)))
    return Entry(kind, numbers)


@lru_cache(maxsize=1024)
def _values(tree: str, place: Place) -> tuple[float, ...]:
    """The values of a formula. Remembered: many students write the same. Raises ValueError."""
    formula = json.loads(tree)
    points, others = compared_at(np.random.default_rng(0), *place)
    found = np.array([_value(formula, point) for point in points])
    if others:
        found = found - np.array([_value(formula, point) for point in others])
    return tuple(map(float, found))


def _value(formula: Tree, point: Mapping[str, float]) -> float:
    try:
        return float(values(formula, [point])[0])
    except FormulaError as error:
        if "it has no value" not in str(error):
            raise
        return math.nan


def _refused(text: str) -> str:
    return next((name for part, name in REFUSED.items() if part in text), "no formula")
