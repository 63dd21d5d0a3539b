"""One grading process and one sandbox for all tests of the engine; both survive what is done to them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from engine_kit import LOGISTIC, ROOMY, SOFTMAX, StrictProcess, hand_in, read, task

from autograder.reading.submission import Submission
from autograder.report import Report
from autograder.sandbox.host import Sandbox, WorkerProcess
from autograder.sandbox.terms import LAYERS, Limits

Grade = Callable[..., Report]


class Inside:
    """A fresh worker, for code that is tried out in it."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.process = worker

    def ask(self, **request: Any) -> dict[str, Any]:
        return self.process.request(request, cpu=30, wall=60)

    def run(self, source: str, mode: str = "other") -> dict[str, Any]:
        """Run a cell; an empty reply means that it ended well."""
        reply = self.ask(do="cell", mode=mode, name="cell", source=source)
        return {key: part for key, part in reply.items() if key != "id"}

    def call(self, function: str, *args: Any, after: bool = False, **kwargs: Any) -> dict[str, Any]:
        return self.ask(do="call", function=function, args=args, kwargs=kwargs, after=after)

    def value(self, expression: str, setup: str = "") -> Any:
        """The value of an expression in the worker, or the name of the error that it raises."""
        reply = self.run(f"{setup}\n_value = lambda: ({expression})")
        if not reply:
            reply = self.call("_value")
        return reply["type"] if "problem" in reply else reply["value"]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def spawn(sandbox: Sandbox) -> Callable[..., Inside]:
    """Makes workers; each ends the one before."""

    def spawn(limits: Limits = ROOMY, imports: tuple[str, ...] = ("numpy",)) -> Inside:
        inside = Inside(sandbox.spawn(limits))
        inside.ask(do="begin", imports=list(imports), seed=1)
        return inside

    return spawn


@pytest.fixture
def inside(spawn: Callable[..., Inside]) -> Inside:
    return spawn()


@pytest.fixture(scope="session")
def _strict_process() -> Iterator[StrictProcess]:
    process = StrictProcess(LAYERS)
    yield process
    process.stop()


@pytest.fixture
def grading_process(_strict_process: StrictProcess) -> Iterator[StrictProcess]:
    """A grading process; the next test has another one if this one has ended it."""
    yield _strict_process
    if not _strict_process.alive():
        _strict_process.forget()


@pytest.fixture
def grade(grading_process: StrictProcess, tmp_path: Path) -> Grade:
    """Grades a notebook (whatever `hand_in` takes) and returns the report."""
    numbers = count()

    def grade(content: Any, limits: Limits = ROOMY, assignment: str = LOGISTIC) -> Report:
        folder = tmp_path / f"grading-{next(numbers)}"
        path = hand_in(folder, content, assignment=assignment)
        one = task(path, folder / "report.json", assignment, limits)
        return grading_process.grade(one).report

    return grade


@pytest.fixture
def read_cells(tmp_path: Path) -> Callable[[list[Any]], Submission]:
    """Reads a notebook of these cells, written to its place."""
    return lambda cells: read(hand_in(tmp_path, cells, assignment=SOFTMAX))
