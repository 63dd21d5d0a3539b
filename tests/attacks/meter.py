"""Looks from outside at what a grading process and its workers take while an attack is graded."""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from engine_kit import descendants

SECONDS = 0.05  # between two looks
MEGABYTE = 1 << 20
ZYGOTE = 300 * MEGABYTE  # what a worker has before it runs anything, and some more
GRADER = 600 * MEGABYTE  # a few copies of the largest reply; nothing that grows with their number


class Meter(threading.Thread):
    """Measures, while it is entered, the largest memory, and whether workers can be dumped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.worker = 0
        self.grader = 0
        self.dumpable: dict[int, bool] = {}  # of each worker, when it was seen last
        self._before = 0
        self._done = threading.Event()

    def __enter__(self) -> "Meter":
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")  # the peak begins anew
        self._before = _memory(self.pid, "VmHWM")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()
        with suppress(OSError):
            self.grader = _memory(self.pid, "VmHWM") - self._before

    def run(self) -> None:
        """Look again and again."""
        while not self._done.is_set():
            with suppress(OSError):
                for pid in descendants(self.pid):
                    with suppress(OSError, ValueError):
                        self.worker = max(self.worker, _memory(pid, "VmRSS"))
                for pid in _workers(self.pid):
                    # The files of what cannot be dumped belong to root: seen by anybody else.
                    owner = Path(f"/proc/{pid}/environ").stat().st_uid
                    # A worker that has just been forked is as its zygote is: the last look counts.
                    self.dumpable[pid] = 0 < os.geteuid() == owner
            time.sleep(SECONDS)

    def broken(self, memory: int, *, dumps: bool) -> list[str]:
        """What of it breaks a promise: `memory` is that of the limits, `dumps` asks for dumps too."""
        found = []
        if self.worker > memory + ZYGOTE:
            found.append(f"a worker took {self.worker // MEGABYTE} MB")
        if self.grader > GRADER:
            found.append(f"the grading process took {self.grader // MEGABYTE} MB more")
        if dumps and [*self.dumpable.values()][:1] == [True]:  # later workers lack the cell
            found.append("a crash of it is handed to the host's core handler")
        return found


def _memory(pid: int, name: str) -> int:
    """Bytes by the kernel's name of them; 0 for a process that is ending."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) << 10
    return 0


def _workers(pid: int) -> list[int]:
    """The children of zygotes, of which there are two: one for answers, one for the notebooks' own checks."""
    zygotes = (process for process in descendants(pid) if _is_zygote(process))
    return [worker for zygote in zygotes for worker in descendants(zygote)]


def _is_zygote(pid: int) -> bool:
    """Whether this is a zygote, or a fork of one; bubblewrap has its name among many words."""
    arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"autograder.worker.zygote" in arguments and b"--unshare-user" not in arguments
