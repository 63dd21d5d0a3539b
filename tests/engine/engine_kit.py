"""Notebooks made for the tests of the engine, and a grading process to hand them to."""

import json
import os
import select
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.cells import load_release, solved_cells
from autograder.feedback.content import Page, page
from autograder.grading.client import GradingProcess
from autograder.grading.task import Task
from autograder.reading.submission import Submission, read_submission
from autograder.report import Report
from autograder.sandbox.host import Sandbox, WorkerProcess
from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import ASSIGNMENTS

LOGISTIC, SOFTMAX = "logistic_regression", "softmax_regression"
FULL = ASSIGNMENTS[LOGISTIC].max_points  # nothing of it is graded by hand

# For honest code: nothing is lost on a machine that is busy with something else.
ROOMY = Limits(memory=1 << 29)
# For code that hangs: cheap to wait for. CPU time, so that a busy machine changes nothing.
TIGHT = replace(ROOMY, cell_cpu=0.5, call_cpu=0.3, submission_cpu=20.0)

# Finds the worker's own objects from the student's code, and answers in its place.
FORGE = """
import json, os, struct, sys, time

def worker():
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "channel"):
        frame = frame.f_back
    return frame.f_locals["self"], frame.f_locals["self"].first_id

def framed(trees, *buffers, sizes=None):
    padded = b"".join(b + bytes(-len(b) % 16) for b in buffers)
    sizes = [len(b) for b in buffers] if sizes is None else sizes
    header = json.dumps([trees, sizes]).replace('"ID"', str(worker()[1])).encode()
    return struct.pack("!IQ", len(header), len(padded)) + header + padded

def send_all(trees, *buffers, sizes=None):
    raw(framed(trees, *buffers, sizes=sizes))

def send(tree, *buffers, sizes=None):
    send_all([tree], *buffers, sizes=sizes)

def numbered(**reply):
    return [{"id": worker()[1] + n, **reply} for n in (0, 1)]

def raw(data):
    worker()[0].channel.sendall(data)
    os._exit(0)

PAIR = ["a", 0, "<i8", [2]]  # an array, for whose comparison there is no truth value

def deep(n):
    tree = 1
    for _ in range(n):
        tree = [tree]
    return tree
"""

Cell = dict[str, Any]


def cell(source: Any, grade_id: str | None = None, cell_type: str = "code") -> Cell:
    """A cell as nbgrader writes it, as far as the reader looks at it."""
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": cell_type, "metadata": metadata, "source": source}


@cache
def _sources(assignment: str, *, solved: bool) -> tuple[tuple[str, str, str | None], ...]:
    cells = (
        solved_cells(ASSIGNMENTS[assignment])
        if solved
        else load_release(ASSIGNMENTS[assignment]).cells
    )
    return tuple((c.source, c.cell_type, c.grade_id if c.tracked else None) for c in cells)


def released(assignment: str = LOGISTIC) -> list[Cell]:
    """The cells that students receive."""
    return [cell(source, i, kind) for source, kind, i in _sources(assignment, solved=False)]


def solved(assignment: str = LOGISTIC, /, **answers: str) -> list[Cell]:
    """The same with right answers, but for those that are given."""
    cells = [cell(source, i, kind) for source, kind, i in _sources(assignment, solved=True)]
    for name, answer in answers.items():
        cells[place(cells, name)]["source"] = answer
    return cells


def right(exercise: str, assignment: str = LOGISTIC) -> str:
    """The text of the right answer."""
    cells = solved(assignment)
    return str(cells[place(cells, exercise)]["source"])


def grade_id(of: Cell) -> str | None:
    """The grade_id of a cell."""
    nbgrader = of["metadata"].get("nbgrader", {})
    return nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None


def place(cells: list[Cell], name: str) -> int:
    """Where the cell with this grade_id stands."""
    return next(i for i, one in enumerate(cells) if grade_id(one) == name)


def before(cells: list[Cell], name: str, *sources: str) -> list[Cell]:
    """The cells with some of the student's own put before the cell called `name`."""
    i = place(cells, name)
    return [*cells[:i], *(cell(source) for source in sources), *cells[i:]]


def without(cells: list[Cell], *names: str) -> list[Cell]:
    """The cells without those called so."""
    return [one for one in cells if grade_id(one) not in names]


def notebook(cells: Iterable[Any]) -> dict[str, Any]:
    """A notebook of these cells."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def hand_in(folder: Path, content: Any, student: str = "s1", assignment: str = LOGISTIC) -> Path:
    """Write a notebook (cells, JSON data, text or bytes) to its place in `folder`/submitted."""
    path = folder / "submitted" / student / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        content = notebook(content)
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def task(
    notebook: Path, report: Path, assignment: str = LOGISTIC, limits: Limits = ROOMY, seed: int = 7
) -> Task:
    """What has to be graded; the student is named by the folder."""
    return Task(notebook.parent.parent.name, assignment, str(notebook), str(report), seed, limits)


def page_of(report: Report, *args: Any, **options: Any) -> Page:
    """What the feedback page of a report of our course says."""
    return page(report, ASSIGNMENTS[report.assignment], *args, **options)


class StrictProcess(GradingProcess):
    """A grading process that may not die and be replaced in silence."""

    def _hand_over(self, task: Task) -> str:
        line = super()._hand_over(task)
        if not line:
            self.forget()
            raise AssertionError("the grading process has ended: a fault of ours")
        return line

    def forget(self) -> None:
        """Let go of a process that is no more."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(BrokenPipeError):
                process.communicate()

    def alive(self) -> bool:
        """Whether there is a process that can take another task."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Of the process that grades now."""
        assert self._process is not None
        return self._process.pid


def descendants(pid: int) -> list[int]:
    """The processes below `pid`, the nearest first."""
    found, queue = [], [pid]
    while queue:
        process = queue.pop(0)
        with suppress(FileNotFoundError, ProcessLookupError):  # it may end meanwhile
            for thread in Path(f"/proc/{process}/task").iterdir():  # each has children of its own
                children = (thread / "children").read_text().split()
                queue += map(int, children)
                found += map(int, children)
    return found


def zygote_below(pid: int) -> int:
    """The zygote of the grading process (or of the bubblewrap) `pid`."""
    for process in descendants(pid):
        arguments = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        if b"autograder.worker.zygote" in arguments and b"--unshare-user" not in arguments:
            return process
    raise LookupError("there is no zygote")


def worker_of(sandbox: Sandbox) -> int:
    """The worker, seen from here."""
    assert sandbox._process is not None
    return descendants(zygote_below(sandbox._process.pid))[0]


def wait_for_the_end_of(pid: int) -> bool:
    """Whether the process ends (within a minute, so that nothing waits for ever)."""
    try:
        watch = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watch], [], [], 60)[0])
    finally:
        os.close(watch)


def runs(pid: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except (
        FileNotFoundError,
        ProcessLookupError,
    ):  # it may end between the opening and the reading
        return False


def read(path: Path) -> Submission:
    """What the reader finds in a notebook of SOFTMAX."""
    return read_submission(
        path, load_release(ASSIGNMENTS[SOFTMAX]), (load_release(ASSIGNMENTS[LOGISTIC]),)
    )


def modes(submission: Submission) -> dict[str, str]:
    """How each cell will run, by its name."""
    return {one.name: one.mode for one in submission.cells}


def status(pid: int) -> dict[str, str]:
    """What the kernel says of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


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
