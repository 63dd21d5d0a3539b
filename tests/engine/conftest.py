"""One grading process and one sandbox for all tests of the engine; both survive what is done to them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from engine_kit import LOGISTIC, ROOMY, SOFTMAX, Inside, StrictProcess, hand_in, read, task

from autograder.reading.submission import Submission
from autograder.report import Report
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import LAYERS, Limits
from autograder.worker.worker import LIBRARIES
from glm2mlp.catalogue import COURSE

Grade = Callable[..., Report]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(course_files=COURSE.public_files)
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def spawn(sandbox: Sandbox) -> Callable[..., Inside]:
    """Makes workers; each ends the one before."""

    def spawn(limits: Limits = ROOMY, imports: tuple[str, ...] = ("numpy",)) -> Inside:
        libraries = [name for name in imports if name in LIBRARIES]
        inside = Inside(sandbox.spawn(limits, libraries))
        inside.ask(do="begin", imports=list(imports), seed=1)
        return inside

    return spawn


@pytest.fixture
def inside(spawn: Callable[..., Inside]) -> Inside:
    return spawn()


@pytest.fixture(scope="session")
def _strict_process() -> Iterator[StrictProcess]:
    process = StrictProcess(COURSE, LAYERS)
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
