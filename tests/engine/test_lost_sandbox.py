"""A sandbox that dies once, wherever it is, costs no point and no batch: the submission is graded again."""

import os
import time
from types import SimpleNamespace

import pytest
from engine_kit import FULL, LOGISTIC, hand_in, runs, solved, task
from thinning import some

from autograder.authoring import load_release
from autograder.grading import budget
from autograder.grading.grade import grade
from autograder.grading.hidden import run_hidden_tests
from autograder.sandbox import jail
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

    def spawn(self, limits, libraries=()):
        worker = super().spawn(limits, libraries)
        if not self.died:
            self.died = True
            self.stop()
        return worker


class DiesLate(Sandbox):
    """Does not start at first, and when that is known the submission's time is over."""

    hours = 0.0
    spawned = 0

    def now(self):
        return time.monotonic() + 3600 * self.hours

    def start(self):
        if not self.hours:
            self.hours = 1
            raise SandboxError("the sandbox has ended")
        super().start()

    def spawn(self, limits, libraries=()):
        self.spawned += 1
        return super().spawn(limits, libraries)


def graded(sandbox, folder):
    """The report of a right submission in this sandbox."""
    one = task(hand_in(folder, solved()), folder / "report.json")
    release = load_release(ASSIGNMENTS[LOGISTIC])
    others = tuple(load_release(ASSIGNMENTS[name]) for name in ASSIGNMENTS if name != LOGISTIC)
    found = []
    environment = dict(os.environ)
    try:
        run_hidden_tests(
            ASSIGNMENTS[LOGISTIC],
            lambda tests: found.append(grade(one, release, others, sandbox, tests).report),
        )
    finally:
        sandbox.stop()
        os.environ.clear()  # the engine switches plugins off, which concerns its own process only
        os.environ.update(environment)
    return found[0]


@pytest.mark.parametrize("make", some([DiesUnderAWorker, lambda: DiesWhileItStarts(1)]))
def test_sandbox_that_dies_once_costs_nothing(make, tmp_path):
    report = graded(make(), tmp_path)

    assert (report.status, report.points) == ("graded", FULL)


def test_second_attempt_gets_what_the_first_has_left_of_the_time(tmp_path, monkeypatch):
    sandbox = DiesLate()
    monkeypatch.setattr(budget, "time", SimpleNamespace(monotonic=sandbox.now))

    report = graded(sandbox, tmp_path)

    assert sandbox.spawned == 0
    assert {each.outcome for each in report.exercises.values()} == {"timeout"}


def test_sandbox_that_never_starts_is_told(tmp_path):
    with pytest.raises(SandboxError, match="does not start"):
        graded(DiesWhileItStarts(1_000), tmp_path)


def test_child_of_a_bubblewrap_that_was_killed_while_it_started_ends_with_it(tmp_path, monkeypatch):
    """It holds the other end of the socket and waits for its parent, which wakes it no more."""
    noted = tmp_path / "child"
    starts = f'sleep 1000 & echo "$!" > "{noted}"; kill -KILL "$$"'
    monkeypatch.setattr(jail, "command", lambda _, **__: ["/bin/sh", "-c", starts])

    with pytest.raises(SandboxError, match="has ended"):
        Sandbox().start()

    deadline = time.monotonic() + 30
    while runs(int(noted.read_text())):
        assert time.monotonic() < deadline
        time.sleep(0.01)
