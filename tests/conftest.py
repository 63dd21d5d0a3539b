"""What all tests share: their order, the course that many start from, one thread for matrices."""

import gc
import inspect
import os
import re
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Threads help no matrix of the sizes that are met here, and on a busy machine they wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A third of the time to collect the tests would go into searches for cycles among what stays anyway.
gc.disable()

# What repr writes differently in another process: an address, and the order of a set of texts.
CHANGING = re.compile(r" at 0x[0-9a-f]{6}|\{'[^':]*', ")
TESTS = Path(__file__).parent
# What a test uses tells its marks: names in its code, in that of its fixtures and of helpers.
USES = {
    "sandbox": {"GradingProcess", "StrictProcess", "Sandbox", "WorkerProcess", "grade_all", "play"},
    "course": {"built"},
    "kernel": {"Validator", "KeepingValidator", "NotebookClient", "execute_all", "KernelManager"},
    "network": {"socket", "LocalCluster", "Client", "ThreadingHTTPServer", "HTTPServer"},
    "training": {"train", "trainings", "train_case", "sgd_epoch", "fit"},
}
LONGEST_TEXT = 20_000  # characters of one text that a report of a test keeps

# On a busy machine no property fails for its time; the same examples in each run, so that a red run is red
# again. `make fresh` draws new ones.
HURRIED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "fresh",
    derandomize=False,  # where the variable CI is set, Hypothesis would choose the contrary
    deadline=None,
    suppress_health_check=HURRIED,
    database=None,
)
settings.register_profile("same", settings.get_profile("fresh"), derandomize=True)
settings.load_profile("same")
# The files that take longest, each of which one process runs as a whole: begun last, they would leave the
# other processes idle at the end.
FIRST = (
    "attacks/test_attacks.py",
    "hidden_tests/test_hidden_tests.py",
    "sample/test_sample_class.py",
    "authoring/test_notebooks.py",
    "nbgrader/test_sample_both_ways.py",
    "nbgrader/test_both_ways.py",
    "engine/test_outcomes.py",
    "engine/test_session.py",
    "cluster/test_cluster.py",
    "engine/test_repair_study.py",
    "regrade/test_regrade.py",
    "regrade/test_mid_term.py",
    "regrade/test_incremental.py",
    "lectures/test_lectures.py",
    "cli/test_cli.py",
    "cli/test_bad_input.py",
    "attacks/test_alone.py",
    "engine/test_carry_forward.py",
    "authoring/test_course.py",
    "authoring/test_new_exercise.py",
    "authoring/test_new_assignment.py",
    "authoring/test_seeds.py",
    "misconceptions/test_misconceptions.py",
    "glm2mlp/test_derivation_study.py",
    "glm2mlp/test_trainings.py",
)


def pytest_xdist_auto_num_workers() -> int:
    """A process more than cores: many tests wait for what they have started, or for a time limit."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, put long files first, and refuse names that change between processes.

    Each process that runs tests has to find the same ones: `make test` would fail now and then.
    """
    for item in items:
        if item.path.parent.name == "lint":
            item.add_marker("lint")
        for mark in uses(item):
            item.add_marker(mark)
    if changing := [item.nodeid for item in items if CHANGING.search(item.name)]:
        raise pytest.UsageError("give these tests other ids: " + ", ".join(changing))
    places = {TESTS / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Search for cycles again, but not among what was collected."""
    gc.freeze()
    gc.enable()


def uses(item: pytest.Item) -> set[str]:
    """The marks that tell what a test uses."""
    function = getattr(item, "function", None)
    fixtures = getattr(item, "_fixtureinfo", None)
    defs = fixtures.name2fixturedefs.values() if fixtures else ()
    of_fixtures = (each.func for several in defs for each in several)
    found = {*getattr(item, "fixturenames", ())}.union(*map(names_used, (function, *of_fixtures)))
    return {mark for mark, telling in USES.items() if found & telling}


@cache
def names_used(function: Callable[..., Any]) -> frozenset[str]:
    """The names in the code of a function, and of the helpers in `tests/` that it calls."""
    found: set[str] = set()
    seen = set()
    found_in = [function]
    while found_in:
        function = inspect.unwrap(found_in.pop())
        code = getattr(function, "__code__", None)
        if code is None or code in seen or not code.co_filename.startswith(str(TESTS)):
            continue
        seen.add(code)
        codes = [code]
        for each in codes:
            codes += [inner for inner in each.co_consts if isinstance(inner, CodeType)]
            found.update(each.co_names)
        known = function.__globals__
        found_in += [known[name] for each in codes for name in each.co_names if name in known]
    return frozenset(found)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, dict[str, Any], dict[str, Any]]:
    """Make what a process reports of a test fit for the way to the process that counts.

    A text that cannot be encoded, or a huge one, would end the run and not name the test.
    """
    report: dict[str, Any] = _sendable((yield))
    return report


def _sendable(data: Any) -> Any:
    if isinstance(data, str):
        if len(data) > LONGEST_TEXT:
            left_out = f"\n[… {len(data) - LONGEST_TEXT} characters …]\n"
            data = data[: LONGEST_TEXT // 2] + left_out + data[-LONGEST_TEXT // 2 :]
        return data.encode(errors="backslashreplace").decode()
    if isinstance(data, dict):
        return {_sendable(key): _sendable(value) for key, value in data.items()}
    return type(data)(map(_sendable, data)) if type(data) in (list, tuple) else data


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which nobody has handed in anything; not to be changed.

    All processes that run tests share it: the first one that asks builds it, others wait.
    """
    from autograder.gradebook import ensure_gradebook

    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process has a folder of its own in that of the run
    course = folder / "built-course"
    course.mkdir(mode=0o700, exist_ok=True)
    ensure_gradebook(course)
    return course
