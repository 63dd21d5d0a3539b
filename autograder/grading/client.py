"""The other end of a grading process: hands it submissions, and replaces it when it dies. Trusted side."""

import json
import subprocess
import sys

from glm2mlp.catalogue import ASSIGNMENTS

from autograder.grading.grade import Task
from autograder.grading.process import read_result, task_line
from autograder.report import Report

MAX_TRIES = 2


class ProcessStartError(Exception):
    """No grading process can be started; the text says why."""


class GradingProcess:
    """One grading process, started when it is first needed. Not for several threads at once."""

    def __init__(self, layers: tuple[str, ...]) -> None:
        self._layers = layers
        self._process: subprocess.Popen[str] | None = None

    def grade(self, task: Task) -> tuple[Report, float, bool]:
        """The report of `task`, the seconds it took, and whether it was already there.

        A submission on which two processes died is put aside for review. Raises ProcessStartError.
        """
        for _ in range(MAX_TRIES):
            process = self._process or self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(task_line(task))
                process.stdin.flush()
                line = process.stdout.readline()
            except OSError:
                line = ""
            if line:
                return read_result(line)
            self._process = None
            process.kill()
            process.wait()
        return _put_aside(task), 0.0, False

    def stop(self) -> None:
        """End the process; it ends its sandbox."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self) -> "subprocess.Popen[str]":
        # -P: nothing in the working directory, which may be a student's, is imported.
        command = [
            sys.executable,
            "-P",
            "-m",
            "autograder.grading.process",
            json.dumps(self._layers),
        ]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert process.stdout is not None
        if not process.stdout.readline():
            process.wait()
            raise ProcessStartError(
                "the grading process does not start; `autograder doctor` may say why"
            )
        self._process = process
        return process


def _put_aside(task: Task) -> Report:
    """What is known of a submission on which the grader itself failed twice."""
    return Report(
        task.student,
        task.assignment,
        status="review",
        points=None,
        max_points=ASSIGNMENTS[task.assignment].max_points,
        error=f"{task.notebook}: the grading process ended twice on this submission",
    )
