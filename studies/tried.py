"""Tries answers in this process, for trusted code only: visible checks, hidden tests, diagnosis."""

import signal
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from cohorts import GIVEN
from in_process import InProcessStudent, Run, run_all

from autograder.authoring import load_reference
from autograder.grading.diagnosis_by_kind import candidates_of
from autograder.misconceptions import misconceptions_of
from glm2mlp.catalogue import ASSIGNMENTS

Function = Callable[..., Any]
SECONDS = 20  # for one answer; a mutant may loop for ever


@dataclass(frozen=True)
class Tried:
    """What became of one answer.

    `named` holds, for each seed, the misconceptions that fit what the answer did.
    """

    name: str
    caught_by_checks: bool
    caught_by_tests: bool
    failed_sometimes: bool
    named: tuple[tuple[str, ...], ...]

    @property
    def recognised(self) -> str | None:
        """The one misconception that it was taken for on every seed."""
        one = {names[0] if len(names) == 1 else None for names in self.named}
        return one.pop() if len(one) == 1 else None

    @property
    def recognised_as_itself(self) -> bool:
        """Whether a misconception was taken for itself; a number tells apart what it may lead to."""
        return self.recognised == self.name.partition(" #")[0]


def try_answers(
    assignment: str, exercise: str, answers: Mapping[str, Function], seeds: Sequence[int]
) -> list[Tried]:
    """Try each of `answers` (name → function) on the hidden inputs of each seed."""
    runs = {
        name: [
            Run(name, InProcessStudent({**GIVEN, exercise: _bounded(function)}), seed)
            for seed in seeds
        ]
        for name, function in answers.items()
    }
    run_all(assignment, exercise, [run for each in runs.values() for run in each])
    caught = set(_caught_by_checks(assignment, exercise, answers))
    return [
        Tried(
            name,
            name in caught,
            all(run.failed for run in each),
            any(run.failed for run in each),
            tuple(_named(assignment, exercise, run) for run in each if run.failed),
        )
        for name, each in runs.items()
    ]


def _named(assignment: str, exercise: str, run: Run) -> tuple[str, ...]:
    declared = ASSIGNMENTS[assignment].exercise(exercise)
    right = load_reference(assignment)[exercise]
    fitting = candidates_of(declared, run.calls, right, misconceptions_of(assignment, exercise))
    # One of several that share a hint stands for them.
    return tuple({found.hint: found.name for found in reversed(fitting)}.values())


def _caught_by_checks(
    assignment: str, exercise: str, answers: Mapping[str, Function]
) -> Iterator[str]:
    """The names of the answers that the visible checks refuse."""
    suite = import_module(f"glm2mlp.checks.{assignment}").suite
    right = load_reference(assignment) | GIVEN
    for name, function in answers.items():
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            # Only its own tests: whether an earlier exercise passes is another question.
            if not suite.passes(exercise, right | {exercise: _bounded(function)}):
                yield name


def _bounded(function: Function) -> Function:
    def bounded(*args: Any, **kwargs: Any) -> Any:
        with _time_limit():
            return function(*args, **kwargs)

    return bounded


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("does not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
