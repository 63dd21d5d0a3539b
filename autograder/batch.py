"""Grades many submissions on this machine: one grading process per core. Trusted side.

A grading process that dies is replaced, and its submission tried once more; then it is put aside for
review, and the batch goes on.
"""

import json
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glm2mlp.catalogue import ASSIGNMENTS

from autograder.grading.grade import Task
from autograder.grading.process import read_result, task_line
from autograder.report import Report
from autograder.sandbox.host import SandboxError

MAX_TRIES = 2


@dataclass(frozen=True)
class Result:
    """A graded submission: its report, the seconds it took, and whether it was already there."""

    report: Report
    seconds: float
    cached: bool


class BatchError(Exception):
    """Nothing can be graded on this host; the text says why."""


def grade_all(tasks: Sequence[Task], *, jobs: int, layers: tuple[str, ...]) -> Iterator[Result]:
    """Grade `tasks` by `jobs` processes; results come as they are ready. Raises BatchError."""
    # Tasks of one assignment follow each other, so that a process collects its tests once.
    waiting = deque(sorted(tasks, key=lambda task: task.assignment))
    done: queue.Queue[Result | BaseException] = queue.Queue()
    graders = [_Grader(waiting, done, layers) for _ in range(min(jobs, len(tasks)))]
    for grader in graders:
        grader.start()
    try:
        for _ in tasks:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        waiting.clear()
        for grader in graders:
            grader.stop()


class _Grader(threading.Thread):
    """Feeds one grading process from the common queue."""

    def __init__(
        self,
        waiting: deque[Task],
        done: "queue.Queue[Result | BaseException]",
        layers: tuple[str, ...],
    ) -> None:
        super().__init__(daemon=True)
        self._waiting = waiting
        self._done = done
        self._layers = layers
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Grade until nothing is waiting."""
        try:
            while True:
                try:
                    task = self._waiting.popleft()
                except IndexError:
                    break
                self._done.put(self._grade(task))
        except BaseException as error:
            self._done.put(error)
        finally:
            self.stop()

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

    def _grade(self, task: Task) -> Result:
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
                return _result(line)
            self._process = None
            process.kill()
            process.wait()
        return Result(_put_aside(task), 0.0, cached=False)

    def _start(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "autograder.grading.process", json.dumps(self._layers)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._process = process
        return process


def _result(line: str) -> Result:
    try:
        return Result(*read_result(line))
    except SandboxError as error:
        raise BatchError(f"{error}; `autograder doctor` may say why") from None


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
