"""Which hidden tests tell two misconceptions apart, on the full inputs of all tests."""

import itertools
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from cohorts import REFERENCES
from in_process import InProcessStudent, Run, run_all

from autograder.grading.diagnosis import Observed, agrees, repeated
from autograder.misconceptions import Misconception, misconceptions_of
from autograder.outcomes import StudentFailure


@dataclass(frozen=True)
class Pair:
    """Two misconceptions, and the tests on whose inputs they differ."""

    one: str
    other: str
    tests: tuple[str, ...]


def pairs(assignment: str, exercise: str, seed: int = 0) -> list[Pair]:
    """Every pair of misconceptions of an exercise."""
    right = Run("reference", REFERENCES[assignment], seed)
    run_all(assignment, exercise, [right])
    known = misconceptions_of(assignment, exercise)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        theirs = {m.id: [_made(exercise, m, call) for call in right.calls] for m in known}
        ours = {m.id: [repeated(m.wrong, call) for call in right.calls] for m in known}
    return [
        Pair(one.id, other.id, _apart(theirs[one.id], ours[other.id]))
        for one, other in itertools.combinations(known, 2)
    ]


def _made(exercise: str, misconception: Misconception, call: Observed) -> Observed:
    """The call as it is recorded of a student with this misconception."""
    student = InProcessStudent({exercise: misconception.wrong})
    try:
        ended = student.call(exercise, call.args, dict(call.kwargs), after=call.after)
    except StudentFailure as failure:
        return replace(call, ended=failure)
    return replace(call, ended=ended)


def _apart(theirs: Sequence[Observed], ours: Sequence[object]) -> tuple[str, ...]:
    tests = [call.test for call, own in zip(theirs, ours, strict=True) if not agrees(call, own)]
    return tuple(dict.fromkeys(tests))
