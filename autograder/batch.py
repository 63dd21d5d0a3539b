"""Grades many submissions on this machine: one grading process per core. Trusted side."""

import os
import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence

from autograder.grading.client import GradingProcess
from autograder.grading.task import Graded, Task
from glm2mlp.course import Course


def grade_all(
    tasks: Sequence[Task], *, course: Course, jobs: int, layers: tuple[str, ...]
) -> Iterator[Graded]:
    """Grade `tasks` by `jobs` processes; results come as they are ready.

    Raises SandboxError if there is no sandbox to be had on this host.
    """
    if jobs < 1:
        raise ValueError("jobs: a batch needs at least one process")
    # Tasks of one assignment follow each other, so that a process collects its tests once.
    waiting = deque(sorted(tasks, key=lambda task: task.assignment))
    done: queue.Queue[Graded | BaseException] = queue.Queue()
    cores = sorted(os.sched_getaffinity(0))
    graders = [
        _Grader(waiting, done, GradingProcess(course, layers, cores[number % len(cores)]))
        for number in range(min(jobs, len(tasks)))
    ]
    for grader in graders:
        grader.start()
    try:
        for _ in tasks:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    except BaseException:
        # Who stops a batch does not wait: each process finishes its submission, and finds no other one.
        waiting.clear()
        for grader in graders:
            grader.process.let_finish()
        raise
    for grader in graders:
        grader.join()


class _Grader(threading.Thread):
    """Feeds one grading process from the common queue."""

    def __init__(
        self,
        waiting: deque[Task],
        done: "queue.Queue[Graded | BaseException]",
        process: GradingProcess,
    ) -> None:
        super().__init__(daemon=True)
        self._waiting = waiting
        self._done = done
        self.process = process

    def run(self) -> None:
        """Grade until nothing is waiting."""
        try:
            while True:
                try:
                    task = self._waiting.popleft()
                except IndexError:
                    break
                self._done.put(self.process.grade(task))
        except BaseException as error:
            self._done.put(error)
        finally:
            self.process.stop()
