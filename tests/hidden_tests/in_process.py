"""Students whose functions run in this process, for trusted code only, tested by the real engine.

Values go through the real wire format, so that a test sees what it would see of a worker.
"""

import copy
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.grading.diagnosis import Observed
from autograder.grading.hidden import HiddenTests, Work, run_hidden_tests
from autograder.grading.student import Asked
from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.testing import Call, Rng
from autograder.worker import wire
from autograder.worker.worker import expression_tree, seed_streams
from glm2mlp.catalogue import ASSIGNMENTS

RNGS = (np.random.Generator, np.random.RandomState)


class OneByOne:
    """What stands in for a `StudentSession` and has a `call` of its own."""

    def begin_exercise(self, *, among_given: bool) -> None:
        """Nothing is kept between exercises."""

    def call_all(self, asked: Sequence[Asked]) -> None:
        """Each call is made by itself."""


class InProcessStudent(OneByOne):
    """Plain functions in the place of a `StudentSession`."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def call(
        self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool
    ) -> Call:
        if function not in self._functions:
            raise StudentFailure("missing", EXPLANATIONS["missing"])
        values = [_arrived(value) for value in (*args, *kwargs.values())]
        positional = tuple(values[: len(args)])
        keywords = dict(zip(kwargs, values[len(args) :], strict=True))
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed_streams(wire.SEED_OF_CALLS)
            try:
                value = self._functions[function](*positional, **keywords)
            except Exception as error:
                raise StudentFailure(
                    "error", EXPLANATIONS["error"], f"{type(error).__name__}: {error}"
                ) from error
        draws = tuple(rng.uniform() for rng in values if isinstance(rng, RNGS))
        after_call = tuple(
            None if isinstance(value, RNGS) else _plain(value) for value in positional
        )
        return Call(_plain(value), after_call, keywords, draws)


def _arrived(value: object) -> Any:
    if isinstance(value, str):
        return "".join(value)  # an equal text, and another object: so the wire makes it
    return value.make() if isinstance(value, Rng) else copy.deepcopy(value)


def _plain(value: object) -> Any:
    """`value` as it arrives in the grader."""
    try:
        frame = wire.dumps({"value": value}, to_tree=expression_tree)
    except wire.UnsendableError as error:
        raise StudentFailure("failed", f"returned {error}") from None
    (reply,) = wire.loads(*frame)
    return reply["value"]


@dataclass
class Run:
    """One student and one seed, and how the hidden tests of the exercise ended: outcomes, messages."""

    name: str
    student: Any
    seed: int
    outcomes: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    calls: tuple[Observed, ...] = ()

    @property
    def passed(self) -> set[str]:
        return {test for test, outcome in self.outcomes.items() if outcome == "passed"}

    @property
    def failed(self) -> dict[str, str]:
        """What the tests that did not pass said."""
        return {test: self.messages[test] for test in self.outcomes if test not in self.passed}


def run_all(assignment: str, exercise: str, runs: list[Run]) -> None:
    """Run the hidden tests of an exercise for each of `runs`, in one session of the engine."""

    def work(hidden: HiddenTests) -> None:
        for run in runs:
            run_one(hidden, assignment, exercise, run)

    in_the_engine(assignment, work)


def run_one(hidden: HiddenTests, assignment: str, exercise: str, run: Run) -> None:
    """Run the hidden tests of an exercise for one run."""
    results, run.calls = hidden.run(
        run.student, run.seed, ASSIGNMENTS[assignment].exercise(exercise)
    )
    run.outcomes = {result.name: result.outcome for result in results}
    run.messages = {result.name: result.message for result in results}


def in_the_engine(assignment: str, work: Work) -> None:
    """Do `work` with the collected hidden tests of an assignment, in this process."""
    environment = dict(os.environ)
    try:
        run_hidden_tests(ASSIGNMENTS[assignment], work)
    finally:  # the engine switches plugins off, which concerns its own process only
        os.environ.clear()
        os.environ.update(environment)
