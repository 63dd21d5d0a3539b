"""A grading process, whose batch may end before it."""

import io
import os
from contextlib import suppress

from autograder.grading import serving
from autograder.grading.incoming import Incoming
from autograder.grading.task import FINISH, Task, task_line
from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import ASSIGNMENTS

NAME = "logistic_regression"


def test_batch_that_was_stopped_is_no_fault_of_the_process(monkeypatch):
    graded = []
    monkeypatch.setattr(serving, "grade", lambda task, *_: graded.append(task))
    monkeypatch.setattr(serving, "result_line", lambda _: "a result\n")
    monkeypatch.setattr("gc.freeze", lambda: None)
    one = task_line(Task("ada", NAME, "a", "b", 1, Limits()))
    tasks = Incoming(io.StringIO(one + FINISH))
    read, write = os.pipe()
    results = os.fdopen(write, "w")
    os.close(read)

    serving._serve(ASSIGNMENTS[NAME], tasks, None, results, None)

    assert [task.student for task in graded] == ["ada"]
    with suppress(BrokenPipeError):
        results.close()
