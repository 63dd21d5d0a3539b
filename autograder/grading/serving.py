"""What a grading process does with the tasks that come in: one sandbox for all of them. Trusted side."""

import gc
from contextlib import suppress
from typing import TextIO

from autograder.authoring import load_release
from autograder.grading import keys
from autograder.grading.grade import grade
from autograder.grading.hidden import HiddenTests, NotCollectedError, run_hidden_tests
from autograder.grading.incoming import Incoming
from autograder.grading.task import READY, failure_line, result_line
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.catalogue import ASSIGNMENTS


def serve(tasks: Incoming, results: TextIO, layers: tuple[str, ...]) -> None:
    """Grade the tasks until there are no more."""
    tasks.rest()
    results.write(READY)
    results.flush()
    sandbox = Sandbox(layers=layers)
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


def _serve(
    assignment: str, tasks: Incoming, tests: HiddenTests, sandbox: Sandbox, results: TextIO
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
        tasks.rest()
        with suppress(BrokenPipeError):  # the batch was stopped: the report is there, nobody waits
            results.write(line)
            results.flush()
