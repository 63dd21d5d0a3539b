"""What tells two misconceptions apart: hidden tests, on their full inputs, or the values of formulas."""

import itertools
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from cohorts import REFERENCES
from in_process import InProcessStudent, Run, run_all

from autograder.authoring import load_reference
from autograder.grading.diagnosis import Observed, agrees, repeated
from autograder.grading.diagnosis_derivations import faults_of
from autograder.grading.diagnosis_tables import PLACES, Entry, Place, shapes_of, wrong_entries_of
from autograder.misconceptions import Misconception, misconceptions_of
from autograder.outcomes import StudentFailure
from glm2mlp.catalogue import ASSIGNMENTS

# The tests, or else what it is, by which two misconceptions are told apart.
Apart: TypeAlias = Callable[[Misconception, Misconception], tuple[str, ...]]


@dataclass(frozen=True)
class Pair:
    """Two misconceptions, and the tests on whose inputs they differ, or else by what they do."""

    one: str
    other: str
    tests: tuple[str, ...]


def pairs(assignment: str, exercise: str, seed: int = 0) -> list[Pair]:
    """Every pair of misconceptions of an exercise."""
    known = misconceptions_of(ASSIGNMENTS[assignment], exercise)
    apart = APART[ASSIGNMENTS[assignment].exercise(exercise).kind](assignment, exercise, seed)
    return [
        Pair(one.id, other.id, apart(one, other)) for one, other in itertools.combinations(known, 2)
    ]


def _functions(assignment: str, exercise: str, seed: int) -> Apart:
    right = Run("reference", REFERENCES[assignment], seed)
    run_all(assignment, exercise, [right])
    known = misconceptions_of(ASSIGNMENTS[assignment], exercise)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        theirs = {m.id: [_made(exercise, m, call) for call in right.calls] for m in known}
        ours = {m.id: [repeated(m.wrong, call) for call in right.calls] for m in known}

    def apart(one: Misconception, other: Misconception) -> tuple[str, ...]:
        compared = zip(theirs[one.id], ours[other.id], strict=True)
        with np.errstate(all="ignore"):
            return tuple(dict.fromkeys(c.test for c, own in compared if not agrees(c, own)))

    return apart


def _derivations(_assignment: str, exercise: str, _seed: int) -> Apart:
    """Derivations have no inputs: two differ by the kind of what is wrong first, or by its value."""

    def apart(one: Misconception, other: Misconception) -> tuple[str, ...]:
        both = list(itertools.product(faults_of(one, exercise), faults_of(other, exercise)))
        if any(a.is_like(b) for a, b in both):
            return ()
        same_kind = any((a.kind, a.detail) == (b.kind, b.detail) for a, b in both)
        return ("the value of a line" if same_kind else "the kind of fault",)

    return apart


def _tables(assignment: str, exercise: str, _seed: int) -> Apart:
    """Each entry of a table has a test; of several answers the two that are nearest count."""
    right = load_reference(ASSIGNMENTS[assignment])[exercise]

    def differing(a: Mapping[Place, Entry], b: Mapping[Place, Entry]) -> tuple[str, ...]:
        places = [p for p in PLACES if (p in a) != (p in b) or (p in a and not a[p].is_like(b[p]))]
        return tuple(f"test_{model}_{entry}" for model, entry in places)

    def apart(one: Misconception, other: Misconception) -> tuple[str, ...]:
        if not set(shapes_of(one)) & set(shapes_of(other)):
            return ("the form of the table",)
        answers = itertools.product(wrong_entries_of(one, right), wrong_entries_of(other, right))
        return min((differing(a, b) for a, b in answers), key=len)

    return apart


APART = {"function": _functions, "derivation": _derivations, "formulas": _tables}


def _made(exercise: str, misconception: Misconception, call: Observed) -> Observed:
    """The call as it is recorded of a student with this misconception."""
    student = InProcessStudent({exercise: misconception.wrong})
    try:
        ended = student.call(exercise, call.args, dict(call.kwargs), after=call.after)
    except StudentFailure as failure:
        return replace(call, ended=failure)
    return replace(call, ended=ended)
