"""Runs the hidden tests of one assignment, collected once, on one submission after another. Trusted side.

The tests are ordinary pytest functions. pytest collects them once in this process, and a session's run
loop then takes submission after submission, runs every test on each, and hands back how they ended.
"""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.authoring import load_reference
from autograder.grading.keys import test_rng
from autograder.grading.student import Side, StudentSession
from autograder.outcomes import Outcome, StudentFailure
from autograder.report import TestResult
from autograder.testing import Call, Rng
from glm2mlp.catalogue import Exercise

FOLDER = Path(__file__).parents[1] / "hidden_tests"
MAX_MESSAGE = 600

Work = Callable[["HiddenTests"], None]


class HiddenTests:
    """A pytest plugin: collects once, then lets `work` run the tests on as many sessions as it likes."""

    def __init__(self, assignment: str, work: Work) -> None:
        self._work = work
        self.functions = load_reference(assignment)
        self._reference = Side(_reference(self.functions))
        self._items: dict[str, list[pytest.Item]] = {}
        self._following: dict[pytest.Item, pytest.Item] = {}
        self._session: StudentSession | None = None
        self._seed = 0
        self._raised: BaseException | None = None
        self.worked = False
        self.failure: BaseException | None = None

    def run(self, session: StudentSession, seed: int, exercise: Exercise) -> tuple[TestResult, ...]:
        """Run the tests of one exercise on a student's session."""
        self._session, self._seed = session, seed
        session.begin_exercise(among_given=exercise.kind == "derivation")
        return tuple(self._run(item) for item in self._items.get(exercise.name, ()))

    def hint(self, exercise: str, test: str) -> str:
        """The sentence of a test that a student may read: its docstring."""
        for item in self._items[exercise]:
            if item.name == test:
                return " ".join((item.obj.__doc__ or "").split())  # type: ignore[attr-defined]
        raise KeyError(test)

    def _run(self, item: pytest.Item) -> TestResult:
        self._raised = None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._following[item])
        marker = item.get_closest_marker("weight")
        outcome, message = _ended(self._raised)
        return TestResult(item.name, outcome, message, float(marker.args[0]) if marker else 1.0)

    # Hooks and fixtures: the names are pytest's.

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the marks known."""
        config.addinivalue_line("markers", "weight(n): how much this test counts; 1 unless said")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the tests by the exercise that their file is named for."""
        for item in session.items:
            self._items.setdefault(item.path.stem.removeprefix("test_"), []).append(item)
        # pytest keeps what two consecutive tests share (their modules) set up; ours go round and round.
        self._following = dict(
            zip(session.items, (*session.items[1:], session.items[0]), strict=True)
        )

    def pytest_runtestloop(self) -> bool:
        """Instead of pytest's own loop, which runs each test once."""
        self.worked = True
        try:
            self._work(self)
        except BaseException as error:
            self.failure = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> pytest.TestReport:
        """Keep what a test raised; pytest's own report would spend its time on a pretty traceback."""
        if call.excinfo is not None and self._raised is None:
            self._raised = call.excinfo.value
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="failed" if call.excinfo else "passed",
            longrepr=None,
            when=call.when,  # type: ignore[arg-type]  # never "collect"
        )

    @pytest.fixture
    def student(self) -> Side:
        """The student's functions."""
        assert self._session is not None
        return Side(self._session.call)

    @pytest.fixture
    def reference(self) -> Side:
        """The reference's functions."""
        return self._reference

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """The generator of this student's inputs for this test."""
        return test_rng(self._seed, f"{request.node.path.stem}::{request.node.name}")


def run_hidden_tests(assignment: str, work: Work) -> None:
    """Collect the hidden tests of `assignment` and call `work` with them.

    Raises what `work` raises, and RuntimeError if the tests cannot be collected.
    """
    plugin = HiddenTests(assignment, work)
    unneeded = (
        "cacheprovider capture doctest faulthandler junitxml logging setuponly setupplan skipping "
        "terminal threadexception unittest unraisableexception warnings"
    )
    arguments = [
        str(FOLDER / assignment),
        *("--import-mode=importlib", "--strict-markers", "--disable-plugin-autoload"),
        *("-c", str(FOLDER / "pytest.ini")),
        *(part for name in unneeded.split() for part in ("-p", f"no:{name}")),
    ]
    code = pytest.main(arguments, plugins=[plugin])
    if plugin.failure is not None:
        raise plugin.failure
    if not plugin.worked:
        raise RuntimeError(f"the hidden tests of «{assignment}» cannot be collected ({code!r})")


def _reference(functions: dict[str, Callable[..., Any]]) -> Callable[..., Call]:
    """Calls of the reference, which never sees the test's own arguments but copies."""

    def call(function: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool) -> Call:
        values = [copy.deepcopy(value) for value in (*args, *kwargs.values())]
        values = [value.make() if isinstance(value, Rng) else value for value in values]
        arguments = tuple(values[: len(args)])
        keywords = dict(zip(kwargs, values[len(args) :], strict=True))
        result = functions[function](*arguments, **keywords)
        generators = [
            value
            for value in values
            if isinstance(value, np.random.Generator | np.random.RandomState)
        ]
        draws = tuple(generator.uniform() for generator in generators) if after else ()
        return Call(result, arguments, keywords, draws)

    return call


def _ended(raised: BaseException | None) -> tuple[Outcome, str]:
    """The outcome of a test by what it raised, with a message for instructors."""
    if raised is None:
        return "passed", ""
    if isinstance(raised, StudentFailure):
        detail = f" [{raised.detail}]" if raised.detail else ""
        return raised.outcome, _told(f"{raised}{detail}")
    if isinstance(raised, AssertionError | pytest.fail.Exception):
        return "failed", _told(str(raised))
    return "harness", _told(f"{type(raised).__name__}: {raised}")


def _told(text: str) -> str:
    """Short, and without what differs from run to run."""
    return re.sub(r"0x[0-9a-f]+", "0x…", text)[:MAX_MESSAGE]
