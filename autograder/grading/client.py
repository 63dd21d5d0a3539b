"""The other end of a grading process: hands it submissions, and replaces it when it dies. Trusted side."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress

from autograder.grading.record import record, report_before
from autograder.grading.task import (
    FINISH,
    READY,
    Graded,
    Task,
    read_result,
    result_line,
    task_line,
    unreadable,
)
from autograder.report import Report
from autograder.sandbox.terms import Limits, SandboxError
from glm2mlp.course import Course

MAX_TRIES = 2
# Beside the submission's own: a sandbox may start twice, and replies are read and diagnosed.
OUR_SECONDS = 480.0
TWICE = "the grading process ended twice on this submission"


class GradingProcess:
    """One grading process, started when it is first needed. Not for several threads at once.

    `core` is the one that it and its sandbox run on; any, if it is None.
    """

    program: tuple[str, ...] = ("-m", "autograder.grading.process")

    def __init__(self, course: Course, layers: tuple[str, ...], core: int | None = None) -> None:
        self._course = course
        self._options = json.dumps([list(map(str, course.folders)), layers, core])
        self._process: subprocess.Popen[str] | None = None

    def grade(self, task: Task) -> Graded:
        """The report of `task`, the seconds it took, and whether it was already there.

        A submission on which two processes died is put aside for review. Raises SandboxError if there
        is no sandbox to be had on this host, or the process does not even start.
        """
        return read_result(self.grade_to_line(task))

    def grade_to_line(self, task: Task) -> str:
        """The same as the line of JSON that `read_result` reads."""
        if task.assignment not in self._course.assignments:
            return result_line(_kept(_unknown(self._course, task), task))
        for _ in range(MAX_TRIES):
            line = self._hand_over(task)
            if line:
                return line
            self.stop()
        return result_line(put_aside(self._course, task, TWICE))

    def stop(self) -> None:
        """End the process; it ends its sandbox."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=5)  # at the end of its input it ends
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

    def let_finish(self) -> None:
        """Let it finish its submission, though this process is about to end. For any thread."""
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError, ValueError):  # it has ended, or is being stopped
                process.stdin.write(FINISH)
                process.stdin.flush()

    def _hand_over(self, task: Task) -> str:
        """The line that the process answers with; nothing if it died, or hangs and was killed."""
        process = self._process = self._process or self._start()
        if process is None:
            return ""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(task_line(task))
            process.stdin.flush()
            if not select.select([process.stdout], [], [], _patience(task.limits))[0]:
                process.kill()
            return process.stdout.readline()
        except OSError:
            return ""

    def _start(self) -> "subprocess.Popen[str] | None":
        """A process that is ready; None if somebody killed it on the way (a machine short of memory)."""
        # -P: nothing in the working directory, which may be a student's, is imported.
        process = subprocess.Popen(
            [sys.executable, "-P", *self.program, self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            # What the instructor told a pytest of their own is not for the hidden tests.
            env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
            start_new_session=True,  # Ctrl-C is for the batch: what is being graded is finished
        )
        assert process.stdout is not None
        if process.stdout.readline() == READY:
            return process
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        was_killed = process.poll() == -signal.SIGKILL
        process.kill()
        process.communicate()
        if was_killed:
            return None
        raise SandboxError("the grading process does not start; what it printed says why")


def _patience(limits: Limits) -> float:
    """How many seconds of wall clock a submission can take; longer, and the grader itself hangs."""
    return limits.submission_wall + OUR_SECONDS


def _kept(report: Report, task: Task) -> Graded:
    """The report, on the disk too: an old one must not stand there for it."""
    report, unkept = record(report, report_before(task), task)
    return Graded(report, 0.0, unkept=unkept)


def _unknown(course: Course, task: Task) -> Report:
    """What is said of a task that names no assignment of ours."""
    known = ", ".join(course.assignments)
    error = f"{task.notebook}: there is no assignment «{task.assignment}»; there are: {known}"
    return unreadable(task, 0, error)


def put_aside(course: Course, task: Task, why: str) -> Graded:
    """What is known of a submission on which the grader itself failed."""
    report = Report(
        task.student,
        task.assignment,
        status="review",
        points=None,
        max_points=course.assignments[task.assignment].max_points,
        error=f"{task.notebook}: {why}",
    )
    return _kept(report, task)
