"""What a grading process does with the tasks that come in: one sandbox for all of them. Trusted side."""

import gc
from contextlib import suppress
from functools import partial
from typing import TextIO

from autograder.authoring import load_release
from autograder.grading import keys
from autograder.grading.grade import grade
from autograder.grading.hidden import HiddenTests, NotCollectedError, run_hidden_tests
from autograder.grading.incoming import Incoming
from autograder.grading.task import READY, failure_line, result_line
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.course import Assignment, Course


def serve(tasks: Incoming, results: TextIO, course: Course, layers: tuple[str, ...]) -> None:
    """Grade the tasks until there are no more."""
    tasks.rest()
    results.write(READY)
    results.flush()
    sandbox = Sandbox(layers=layers, course_files=course.public_files)
    try:
        while (name := tasks.next_assignment()) is not None:
            assignment = course.assignments[name]
            work = partial(_serve, assignment, tasks, sandbox, results)
            run_hidden_tests(assignment, work)
    except (SandboxError, NotCollectedError) as error:
        results.write(failure_line(error))
        results.flush()
    finally:
        sandbox.stop()


def _serve(
    assignment: Assignment, tasks: Incoming, sandbox: Sandbox, results: TextIO, tests: HiddenTests
) -> None:
    try:
        release = load_release(assignment)
        every = assignment.course.assignments.values()
        others = tuple(load_release(each) for each in every if each is not assignment)
        keys.grader(assignment)
    except Exception as error:
        # What all submissions rest on is broken, so no report may be written over for it.
        why = f"{type(error).__name__}: {error}"
        raise NotCollectedError(f"«{assignment.name}» cannot be graded ({why})") from None
    gc.collect()
    gc.freeze()  # what stays for all submissions need not be looked through at every one
    for task in tasks.of(assignment.name):
        line = result_line(grade(task, release, others, sandbox, tests))
        tasks.rest()
        with suppress(BrokenPipeError):  # the batch was stopped: the report is there, nobody waits
            results.write(line)
            results.flush()
