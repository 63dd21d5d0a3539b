"""The tasks that a grading process is handed, and the end of whoever hands them over. Trusted side."""

import os
import queue
import threading
from collections.abc import Iterator
from typing import TextIO

from autograder.grading.task import FINISH, Task, read_task


class Incoming:
    """The tasks as they come in; consecutive tasks of one assignment share one collection of tests.

    A thread reads them, so that the end of the input is noticed while a submission is graded, and while this
    process starts: then it ends at once. After the line FINISH it goes on to the end of the submission.
    """

    def __init__(self, stream: TextIO) -> None:
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._at_work = True
        self._next: Task | None = None
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: TextIO) -> None:
        finishes = False
        for line in stream:
            if line == FINISH:
                finishes = True
            else:
                self._at_work = True
                self._lines.put(line)
        if self._at_work and not finishes:
            os._exit(1)  # the sandbox ends with this process
        self._lines.put("")

    def rest(self) -> None:
        """Note that what was begun is done: until the next task there is nothing to break off."""
        self._at_work = False

    def next_assignment(self) -> str | None:
        """The assignment of the next task; None at the end."""
        if self._next is None:
            line = self._lines.get()
            if not line:
                self._lines.put("")  # for whoever asks again
                return None
            self._next = read_task(line)
        return self._next.assignment

    def of(self, assignment: str) -> Iterator[Task]:
        """Tasks, as long as they belong to `assignment`."""
        while self.next_assignment() == assignment:
            task, self._next = self._next, None
            assert task is not None
            yield task
