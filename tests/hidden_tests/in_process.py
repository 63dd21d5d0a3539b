"""Runs the hidden tests, through pytest, on functions of this process: trusted code only.

Values go through the real wire format, so that a test sees what it would see of a worker.
"""

import copy
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sympy import Basic

from autograder import hidden_tests
from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.testing import Call, Rng
from autograder.worker import wire
from glm2mlp.derivation import DerivationError, to_tree

ROOT = Path(hidden_tests.__file__).parent
RNGS = (np.random.Generator, np.random.RandomState)
Results = dict[str, str]


def plain(value: object) -> Any:
    """`value` as it arrives in the grader."""
    try:
        _, header, *buffers = wire.dumps(value, _expression_tree)
    except (wire.UnsendableError, DerivationError) as error:
        raise StudentFailure("failed", f"returned {error}") from None
    return wire.loads(header, bytearray(b"".join(buffers)))


def _expression_tree(value: object) -> Any:
    return to_tree(value) if isinstance(value, Basic) else None


class InProcessStudent:
    """Plain functions behind the interface of the fixtures `student` and `reference`."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self.call(name, *args, **kwargs).value

    def call(self, name: str, *args: Any, **kwargs: Any) -> Call:
        if name not in self._functions:
            raise StudentFailure("missing", EXPLANATIONS["missing"])
        values = [_arrived(value) for value in (*args, *kwargs.values())]
        positional = values[: len(args)]
        keywords = dict(zip(kwargs, values[len(args) :], strict=True))
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                value = self._functions[name](*positional, **keywords)
            except Exception as error:
                raise StudentFailure("error", EXPLANATIONS["error"], repr(error)) from error
        draws = tuple(generator.uniform() for generator in values if isinstance(generator, RNGS))
        return Call(plain(value), tuple(positional), keywords, draws)


def _arrived(value: object) -> Any:
    return value.make() if isinstance(value, Rng) else copy.deepcopy(value)


@dataclass
class Run:
    """One student and one seed; `results` holds the outcome of each hidden test of the exercise.

    With `direct` pytest only collects the tests, and they are called as plain functions: much faster.
    """

    name: str
    student: Any
    seed: int
    direct: bool = False
    results: Results = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> set[str]:
        return {name for name, outcome in self.results.items() if outcome == "passed"}

    @property
    def failed(self) -> dict[str, str]:
        """What the tests that did not pass said."""
        return {name: self.messages[name] for name in self.results if name not in self.passed}


class Plugin:
    """Supplies the fixtures, and runs the collected tests once for each of `runs`."""

    def __init__(self, runs: Iterable[Run], reference: Any) -> None:
        self.runs = runs
        self.standard = reference
        self.now = Run("", None, 0)

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "weight(number): how much the test counts")

    @pytest.fixture
    def student(self) -> Any:
        return self.now.student

    @pytest.fixture
    def reference(self) -> Any:
        return self.standard

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return random_inputs(self.now.seed, request.node.name)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for run in self.runs:
            self.now = run
            for i, item in enumerate(session.items):
                if run.direct:
                    self.call(item)
                else:
                    # The next item is named so that pytest keeps the module set up.
                    following = session.items[i - len(session.items) + 1]
                    session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return True

    def call(self, item: Any) -> None:
        fixtures = {
            "student": self.now.student,
            "reference": self.standard,
            "rng": random_inputs(self.now.seed, item.name),
        }
        try:
            item.obj(**{name: fixtures[name] for name in item.fixturenames if name in fixtures})
        except (Exception, pytest.fail.Exception) as error:
            self.record(item, error)
        else:
            self.record(item, None)

    def record(self, item: pytest.Item, error: BaseException | None) -> None:
        self.now.results[item.name] = outcome_of(error)
        self.now.messages[item.name] = str(error)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: Any) -> Iterator[Any]:
        if call.when == "call" or call.excinfo is not None:
            self.record(item, call.excinfo.value if call.excinfo else None)
        return (yield)


def random_inputs(seed: int, test: str) -> np.random.Generator:
    return np.random.default_rng([seed, *test.encode()])


def outcome_of(error: BaseException | None) -> str:
    """The outcome of a test that ended with `error`."""
    if error is None:
        return "passed"
    if isinstance(error, StudentFailure):
        return error.outcome
    return "failed" if isinstance(error, AssertionError | pytest.fail.Exception) else "harness"


def run_hidden_tests(assignment: str, exercise: str, runs: list[Run], reference: Any) -> list[Run]:
    """Run the hidden tests of an exercise for each run, in one pytest session."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the plugins of the outer run do not apply
    try:
        pytest.main(
            [
                *("-q", "--no-header", "--no-summary", "--tb=native", "--capture=no"),
                *("-p", "no:cacheprovider", "--import-mode=importlib"),
                *("-c", os.devnull, "--rootdir", str(ROOT)),
                str(ROOT / assignment / f"test_{exercise}.py"),
            ],
            plugins=[Plugin(runs, reference)],
        )
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
    return runs
