"""What a command and all that it started use: CPU and memory, by what each process is for."""

import ctypes
import os
import resource
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MEGA = 1 << 20
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 20.0  # seconds for what a command left behind


@dataclass(frozen=True)
class Process:
    """A process: its command line, what it is for, its seconds of CPU, and those of its ended children."""

    pid: int
    words: tuple[bytes, ...]
    role: str
    cpu: float
    cpu_of_ended: float
    resident: float

    def proportional(self) -> float:
        """Megabytes of memory, where what several processes share is divided among them.

        Of a process that shows it to its owner only, all that is resident.
        """
        try:
            lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except PermissionError:
            return self.resident
        except OSError:
            return 0.0  # it has ended meanwhile
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def tree(root: int) -> Iterator[Process]:
    """The process `root` and all below it."""
    queue = deque([(root, "")])
    while queue:
        pid, role_of_parent = queue.popleft()
        try:
            folder = Path(f"/proc/{pid}")
            # CPU stands at 14 to 17 in the manual, after the name: its own, then that of ended children.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
            own, own_system, ended, ended_system = (int(field) / TICKS for field in fields)
            resident = int((folder / "statm").read_text().split()[1]) * PAGE / MEGA
            words = tuple((folder / "cmdline").read_bytes().split(b"\0"))
            role = _role(words, role_of_parent)
            # Each thread has children of its own; a thread of the main process starts a grading process.
            for children in folder.glob("task/*/children"):
                queue += [(int(child), role) for child in children.read_text().split()]
        except OSError:
            continue
        yield Process(pid, words, role, own + own_system, ended + ended_system, resident)


def _role(words: tuple[bytes, ...], role_of_parent: str) -> str:
    """What a process is for, by its command line; a worker has that of the zygote which it is a fork of."""
    if b"autograder.grading.process" in words:
        return "grading process"
    if b"autograder.worker.zygote" not in words:
        return role_of_parent or "main process"
    if words[0].endswith(b"bwrap"):
        return "bubblewrap"
    return "worker" if role_of_parent in ("zygote", "worker") else "zygote"


def adopt_orphans() -> None:
    """From now on what a command leaves behind becomes a child of this process: its CPU is counted."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def wait_for_orphans() -> None:
    """Wait until all that commands left behind has ended. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)
        except ChildProcessError:
            return
    raise TimeoutError("a command has ended, but not all that it started")


def cpu_of_ended_children() -> float:
    """Seconds of CPU of all processes that this one, or a child of it, has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
