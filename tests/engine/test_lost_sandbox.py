"""A sandbox that dies once, wherever it is, costs no point and no batch: the submission is graded again."""

import os

import pytest
from engine_kit import FULL, LOGISTIC, hand_in, solved, task

from autograder.authoring import load_release
from autograder.grading.grade import grade
from autograder.grading.hidden import run_hidden_tests
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.catalogue import ASSIGNMENTS


class DiesWhileItStarts(Sandbox):
    """Killed before it is warm, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def start(self) -> None:
        self.left -= 1
        if self.left >= 0:
            raise SandboxError("the sandbox does not start: the sandbox has ended")
        super().start()


class DiesUnderAWorker(Sandbox):
    """Killed once, when the first worker has been forked, as if another call had noticed it."""

    died = False

    def spawn(self, limits):
        worker = super().spawn(limits)
        if not self.died:
            self.died = True
            self.stop()
        return worker


def graded(sandbox, folder):
    """The report of a right submission in this sandbox."""
    one = task(hand_in(folder, solved()), folder / "report.json")
    release = load_release(LOGISTIC)
    others = tuple(load_release(name) for name in ASSIGNMENTS if name != LOGISTIC)
    found = []
    environment = dict(os.environ)
    try:
        run_hidden_tests(
            LOGISTIC,
            lambda tests: found.append(grade(one, release, others, sandbox, tests).report),
        )
    finally:
        sandbox.stop()
        os.environ.clear()  # the engine switches plugins off, which concerns its own process only
        os.environ.update(environment)
    return found[0]


@pytest.mark.parametrize("make", [lambda: DiesWhileItStarts(1), DiesUnderAWorker])
def test_sandbox_that_dies_once_costs_nothing(make, tmp_path):
    report = graded(make(), tmp_path)

    assert (report.status, report.points) == ("graded", FULL)


def test_sandbox_that_never_starts_is_told(tmp_path):
    with pytest.raises(SandboxError, match="does not start"):
        graded(DiesWhileItStarts(1_000), tmp_path)
