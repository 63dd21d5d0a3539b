"""Runs the hidden tests of one assignment, collected once, on one submission after another. Trusted side.

The tests are ordinary pytest functions with the fixtures `student`, `reference` and `rng`. pytest collects
them once in this process (its assertions, marks and imports are as everywhere); the run loop of that
session then takes submission after submission and calls every test on each.
"""

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from inspect import getdoc, signature
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args

import numpy as np
import pytest
from _pytest.outcomes import OutcomeException

from autograder.authoring import load_reference
from autograder.grading import trusted
from autograder.grading.diagnosis import Observed
from autograder.grading.side_by_side import ask, side_by_side
from autograder.grading.student import Asked, Side, StudentSession
from autograder.outcomes import Outcome, StudentFailure, printable
from autograder.report import Disclosure, TestResult
from autograder.testing import Call
from glm2mlp.course import Assignment, Course, Exercise

SETTINGS = Path(__file__).parent / "hidden_tests.ini"
MAX_MESSAGE = 600
# Of the replies to one exercise's calls so much is kept for the diagnosis. Right ones take kilobytes.
MAX_KEPT = 32 << 20
SMALL = 100  # bytes, about, of what is no array or text

Work = Callable[["HiddenTests"], None]


class NotCollectedError(Exception):
    """The hidden tests of an assignment cannot be used: nobody can be graded by them."""


class HiddenTests:
    """A pytest plugin: collects once, then lets `work` run the tests on as many sessions as it likes."""

    def __init__(self, assignment: Assignment, work: Work) -> None:
        self.functions = load_reference(assignment)
        self._assignment = assignment
        self.worked = False
        self.failure: BaseException | None = None
        self.broken: list[str] = []
        self._work = work
        self._reference = Side(_reference(self.functions))
        self._tests: dict[str, list[_Test]] = {}

    def run(
        self, session: StudentSession, seed: int, exercise: Exercise
    ) -> tuple[tuple[TestResult, ...], tuple[Observed, ...]]:
        """Run the tests of one exercise on a student's session; returns also the calls that they made."""
        tests = self._tests.get(exercise.name, ())
        marked = any(test.among_given for test in tests)
        session.begin_exercise(among_given=exercise.symbolic or marked)
        kept = _Kept()
        recorders = [_Recorder(test.passed.name, exercise.name, kept) for test in tests]
        runs = [partial(self._run, *pair, seed) for pair in zip(tests, recorders, strict=True)]
        results = side_by_side(runs, session.call_all, partial(_call, session))
        return tuple(results), tuple(call for recorder in recorders for call in recorder.calls)

    @property
    def weights(self) -> dict[str, dict[str, float]]:
        """How much each test counts, by exercise and name."""
        return {
            exercise: {test.passed.name: test.passed.weight for test in tests}
            for exercise, tests in self._tests.items()
        }

    def hint(self, exercise: str, test: str) -> str:
        """The sentence of a test that a student may read: its docstring."""
        for each in self._tests[exercise]:
            if each.passed.name == test:
                return each.passed.sentence
        raise KeyError(test)

    def _run(self, test: "_Test", recorder: "_Recorder", seed: int) -> TestResult:
        # Called directly: pytest's protocol around a test (set-up, call, tear-down, each with its hooks)
        # takes half a millisecond, which is more than the test, and there is nothing to set up.
        fixtures: dict[str, Callable[[], object]] = {
            "student": lambda: Side(recorder.call),
            "reference": lambda: self._reference,
            "rng": lambda: rng_of(seed, test.stream),
        }
        raised: BaseException | None = None
        try:
            test.function(**{name: fixtures[name]() for name in test.fixtures})
        except (Exception, OutcomeException) as error:
            # Its traceback would hold what the student returned, until the collector of cycles comes.
            raised = error.with_traceback(None)
        if raised is None:
            return test.passed
        outcome, message = ended(raised)
        return replace(test.passed, outcome=outcome, message=message)

    # Hooks: the names are pytest's.

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make the marks known."""
        config.addinivalue_line("markers", "weight(n): how much this test counts; 1 unless said")
        config.addinivalue_line(
            "markers", "among_given: the names of locked cells are what these cells made of them"
        )
        config.addinivalue_line(
            "markers",
            f"disclosure(when): when students may read of this test: {', '.join(get_args(Disclosure))}",
        )

    def pytest_pycollect_makemodule(
        self, module_path: Path, parent: pytest.Collector
    ) -> pytest.Module:
        """Load a file of tests as a module of its course, so that it finds those beside it."""
        module: _CourseModule = _CourseModule.from_parent(parent, path=module_path)
        module.course = self._assignment.course
        module.name_in_course = f"hidden.{self._assignment.name}.tests.{module_path.stem}"
        return module

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note the files of tests that cannot be loaded."""
        if report.failed:
            reason = report.longreprtext.strip().splitlines() or [""]
            self.broken.append(f"{report.nodeid}: {reason[-1].removeprefix('E').strip()}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the tests by the exercise that their file is named for."""
        for item in session.items:
            assert isinstance(item, pytest.Function)
            exercise = item.path.stem.removeprefix("test_")
            self._tests.setdefault(exercise, []).append(_Test.of(item))

    def pytest_runtestloop(self) -> bool:
        """Instead of pytest's own loop, which runs each test once."""
        if self.broken:
            return True
        self.worked = True
        try:
            self._work(self)
        except BaseException as error:
            self.failure = error
        return True


def run_hidden_tests(assignment: Assignment, work: Work) -> None:
    """Collect the hidden tests of `assignment` and call `work` with them.

    Raises what `work` raises, and NotCollectedError if the tests cannot be collected, all of them.
    """
    plugin = HiddenTests(assignment, work)
    folder = assignment.course.path("hidden", assignment.name, "tests")
    unneeded = (
        "cacheprovider capture doctest faulthandler junitxml logging skipping terminal "
        "threadexception unittest unraisableexception warnings"
    )
    arguments = [
        str(folder),
        *("--strict-markers", "--disable-plugin-autoload"),
        *("-c", str(SETTINGS), "--rootdir", str(folder)),
        *(part for name in unneeded.split() for part in ("-p", f"no:{name}")),
    ]
    code = pytest.main(arguments, plugins=[plugin])
    if plugin.failure is not None:
        raise plugin.failure
    if not plugin.worked:
        why = "; ".join(plugin.broken) or repr(code)
        raise NotCollectedError(
            f"the hidden tests of «{assignment.name}» cannot be collected ({why})"
        )


class _CourseModule(pytest.Module):
    """A file of hidden tests, imported by its course."""

    course: Course
    name_in_course: str

    def _getobj(self) -> ModuleType:
        try:
            return self.course.load(self.name_in_course)
        except Exception as error:
            raise self.CollectError(f"{type(error).__name__}: {error}") from error


def rng_of(seed: int, test: str) -> np.random.Generator:
    """The generator that a hidden test draws its inputs from."""
    return np.random.default_rng([seed, zlib.crc32(test.encode())])


class _Test(NamedTuple):
    """A hidden test with all that is the same for every submission."""

    function: Callable[..., None]
    fixtures: tuple[str, ...]
    stream: str  # of its random numbers
    among_given: bool
    passed: TestResult  # what it gives if it passes

    @classmethod
    def of(cls, item: pytest.Function) -> "_Test":
        """The test that pytest has collected."""
        function = item.obj
        passed = TestResult(
            item.name,
            "passed",
            weight=_weight(item),
            sentence=" ".join((getdoc(function) or "").split()),  # in one line
            disclosure=_disclosure(item),
        )
        return cls(
            function,
            tuple(signature(function).parameters),
            f"{item.path.stem}::{item.name}",
            item.get_closest_marker("among_given") is not None,
            passed,
        )


def _weight(item: pytest.Function) -> float:
    marker = item.get_closest_marker("weight")
    return float(marker.args[0]) if marker else 1.0


def _disclosure(item: pytest.Function) -> Disclosure:
    """When students may read of a test, by its mark. Raises UsageError if the mark says anything else."""
    marker = item.get_closest_marker("disclosure")
    if marker is None:
        return "hint only"
    known: dict[Any, Disclosure] = {name: name for name in get_args(Disclosure)}
    if len(marker.args) != 1 or marker.kwargs or marker.args[0] not in known:
        raise pytest.UsageError(
            f"{item.nodeid}: disclosure is one of {', '.join(known)}, not {marker.args}"
        )
    return known[marker.args[0]]


def _reference(functions: dict[str, Callable[..., Any]]) -> Callable[..., Call]:
    def call(function: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool) -> Call:
        return trusted.call(functions[function], args, kwargs, after=after)

    return call


def _call(session: StudentSession, asked: Asked) -> Call:
    return session.call(asked.function, asked.args, asked.kwargs, after=asked.after)


class _Recorder:
    """Passes the calls of a test on to the student, and keeps those of its exercise."""

    def __init__(self, test: str, exercise: str, kept: "_Kept") -> None:
        self.calls: list[Observed] = []
        self._test = test
        self._exercise = exercise
        self._kept = kept

    def call(
        self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, after: bool
    ) -> Call:
        ended: Call | StudentFailure
        try:
            ended = ask(Asked(function, args, kwargs, after))
        except StudentFailure as failure:
            ended = failure
        if function == self._exercise:
            self.calls.append(Observed(self._test, args, kwargs, after, self._kept.what(ended)))
        if isinstance(ended, StudentFailure):
            raise ended
        return ended


class _Kept:
    """What the diagnosis of an exercise will see: replies that would fill the memory are let go."""

    def __init__(self) -> None:
        self._left = MAX_KEPT
        self._seen = set[Call]()  # what several tests ask alike, a derivation, is one reply

    def what(self, ended: Call | StudentFailure) -> Call | StudentFailure:
        """How a call ended; a failure in its place if there is no room for its reply."""
        if isinstance(ended, Call) and ended not in self._seen:
            self._seen.add(ended)
            self._left -= _size([ended.value, ended.args, ended.kwargs, ended.draws, ended.warned])
        return ended if self._left >= 0 else StudentFailure("failed", "too much to be kept")


def _size(value: Any) -> int:
    """About how many bytes a value takes."""
    if isinstance(value, np.ndarray):
        return value.nbytes + SMALL
    if isinstance(value, (tuple, list)):  # of a named tuple too
        return sum(map(_size, value), SMALL)
    if type(value) in (str, bytes):
        return len(value) + SMALL
    if type(value) is dict:
        return sum(map(_size, value.values()), SMALL)
    return SMALL


def ended(raised: BaseException) -> tuple[Outcome, str]:
    """The outcome of a test by what it raised, with a message for instructors."""
    if isinstance(raised, StudentFailure):
        detail = f" [{raised.detail}]" if raised.detail else ""
        return raised.outcome, _told(f"{raised}{detail}")
    if isinstance(raised, AssertionError | pytest.fail.Exception):
        return "failed", _told(str(raised))
    return "harness", _told(f"{type(raised).__name__}: {raised}")


def _told(text: str) -> str:
    """Short, and without what differs from run to run."""
    return printable(re.sub(r"0x[0-9a-f]+", "0x…", text[: 2 * MAX_MESSAGE])[:MAX_MESSAGE])
