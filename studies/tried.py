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
from in_process import InProcessStudent, Run, in_the_engine, run_one

from autograder.authoring import load_reference
from autograder.grading.diagnosis_by_kind import candidates_of
from autograder.grading.hidden import HiddenTests
from autograder.misconceptions import misconceptions_of
from glm2mlp.catalogue import ASSIGNMENTS

Function = Callable[..., Any]
SECONDS = 2.0  # of CPU for a call; a mutant may loop for ever
ENDLESS = "does not end"


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
    caught = set(_caught_by_checks(assignment, exercise, answers))
    tried = []

    def work(hidden: HiddenTests) -> None:
        for name, function in answers.items():
            failed, named = [], []
            student = InProcessStudent({**GIVEN, exercise: _bounded(function)})
            for seed in seeds:
                # The calls of all seeds would not fit into memory.
                run = Run(name, student, seed)
                run_one(hidden, assignment, exercise, run)
                failed.append(bool(run.failed))
                if run.failed:
                    named.append(_named(assignment, exercise, run))
            tried.append(Tried(name, name in caught, all(failed), any(failed), tuple(named)))

    in_the_engine(assignment, work)
    return tried


def _named(assignment: str, exercise: str, run: Run) -> tuple[str, ...]:
    declared = ASSIGNMENTS[assignment].exercise(exercise)
    right = load_reference(ASSIGNMENTS[assignment])[exercise]
    fitting = candidates_of(
        declared, run.calls, right, misconceptions_of(ASSIGNMENTS[assignment], exercise)
    )
    # One of several that share a hint stands for them.
    return tuple({found.hint: found.name for found in reversed(fitting)}.values())


def _caught_by_checks(
    assignment: str, exercise: str, answers: Mapping[str, Function]
) -> Iterator[str]:
    """The names of the answers that the visible checks refuse."""
    suite = import_module(f"glm2mlp.checks.{assignment}").suite
    right = load_reference(ASSIGNMENTS[assignment]) | GIVEN
    for name, function in answers.items():
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            # Only its own tests: whether an earlier exercise passes is another question.
            if not suite.passes(exercise, right | {exercise: _bounded(function)}):
                yield name


def _bounded(function: Function) -> Function:
    """The function, whose calls end; after one that did not, no other one is waited for."""
    endless = False

    def bounded(*args: Any, **kwargs: Any) -> Any:
        nonlocal endless
        if endless:
            raise TimeoutError(ENDLESS)
        try:
            with _time_limit():
                return function(*args, **kwargs)
        except TimeoutError:
            endless = True
            raise

    return bounded


@contextmanager
def _time_limit() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(ENDLESS)

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
