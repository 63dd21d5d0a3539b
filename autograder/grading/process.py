"""A grading process: takes submissions from standard input, one after the other. Trusted side.

`python -m autograder.grading.process` is started by the batch, one per core, each with a sandbox of its
own. Both ends speak JSON Lines: a task in, its result out.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from autograder.authoring import load_release
from autograder.grading import keys
from autograder.grading.grade import grade
from autograder.grading.hidden import HiddenTests, NotCollectedError, run_hidden_tests
from autograder.grading.task import READY, Task, failure_line, read_task, result_line
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.catalogue import ASSIGNMENTS


def main() -> None:
    """Serve until standard input ends."""
    results = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing else that prints may be taken for a result
    layers, core = json.loads(sys.argv[1])
    if core is not None:
        # The grader and its worker take turns; on one core neither waits for the other to wake up.
        os.sched_setaffinity(0, {core})
    results.write(READY)
    results.flush()
    tasks = _Tasks(sys.stdin)
    sandbox = Sandbox(layers=tuple(layers))
    try:
        while (assignment := tasks.next_assignment()) is not None:
            run_hidden_tests(
                assignment, lambda tests: _serve(assignment, tasks, tests, sandbox, results)
            )
    except (SandboxError, NotCollectedError) as error:
        results.write(failure_line(error))
        results.flush()
    finally:
        sandbox.stop()


class _Tasks:
    """The tasks as they come in; consecutive tasks of one assignment share one collection of tests."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next: Task | None = None

    def next_assignment(self) -> str | None:
        """The assignment of the next task; None at the end."""
        if self._next is None and (line := self._stream.readline()):
            self._next = read_task(line)
        return self._next.assignment if self._next else None

    def of(self, assignment: str) -> Iterator[Task]:
        """Tasks, as long as they belong to `assignment`."""
        while self.next_assignment() == assignment:
            task, self._next = self._next, None
            assert task is not None
            yield task


def _serve(
    assignment: str, tasks: _Tasks, tests: HiddenTests, sandbox: Sandbox, results: TextIO
) -> None:
    try:
        release = load_release(assignment)
        others = tuple(load_release(name) for name in ASSIGNMENTS if name != assignment)
        keys.grader(assignment)
    except Exception as error:
        # What all submissions rest on is broken, so no report may be written over for it.
        why = f"{type(error).__name__}: {error}"
        raise NotCollectedError(f"«{assignment}» cannot be graded ({why})") from None
    gc.collect()
    gc.freeze()  # what stays for all submissions need not be looked through at every one
    for task in tasks.of(assignment):
        line = result_line(grade(task, release, others, sandbox, tests))
        with suppress(BrokenPipeError):  # the batch was stopped: the report is there, nobody waits
            results.write(line)
            results.flush()


if __name__ == "__main__":
    main()
