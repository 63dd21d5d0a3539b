"""Kills a running `autograder grade`, or a part of it, with SIGKILL."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

GRADING = b"autograder.grading.process"
ZYGOTE = b"autograder.worker.zygote"
STATE, STARTED = 0, 19  # of what /proc/<pid>/stat says behind the name


@dataclass(frozen=True)
class Seen:
    """A process that was seen once; another one may have its number later."""

    pid: int
    started: str
    command: str

    @classmethod
    def among(cls, pids: Iterable[int]) -> "list[Seen]":
        """Those that are there now."""
        stats = ((pid, _stat(pid)) for pid in pids)
        return [cls(pid, stat[STARTED], _command(pid)) for pid, stat in stats if stat]

    def ends(self, patience: float) -> bool:
        """Whether it has ended, or does within these seconds; who waits for the dead is init's matter."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            stat = _stat(self.pid)
            if not stat or stat[STARTED] != self.started or stat[STATE] == "Z":
                return True
            time.sleep(0.05)
        return False

    def __str__(self) -> str:
        state = (_stat(self.pid) or ["?"])[STATE]
        return f"process {self.pid} is left ({state}): {_command(self.pid)}; it was: {self.command}"


def descendants(pid: int) -> list[int]:
    """The processes below `pid` that are there now, the nearest first."""
    found, queue = [], [pid]
    while queue:
        process = queue.pop(0)
        try:
            tasks = list(Path(f"/proc/{process}/task").iterdir())
            children = [int(c) for task in tasks for c in (task / "children").read_text().split()]
        except OSError:  # it has ended meanwhile
            continue
        queue += children
        found += children
    return found


def _stat(pid: int) -> list[str]:
    """What /proc says of a process behind its name; nothing if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(") ")[2].split()
    except OSError:
        return []


def _command(pid: int) -> str:
    """The start and the end of its command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")[:-1]
    except OSError:
        return "gone"
    return " ".join(words if len(words) < 8 else [*words[:2], "...", *words[-5:]])


def _running(pid: int, module: bytes) -> bool:
    """Whether a process runs this module."""
    try:
        return module in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def kill_everything(pid: int, _: random.Random) -> bool:
    """All at once, as if the machine had stopped: nobody sees another one die."""
    tree = [pid]
    while True:  # what is stopped makes no more children
        for process in tree:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)
        if (more := [pid, *descendants(pid)]) == tree:
            break
        tree = more
    killed = [_kill(process) for process in tree]
    return killed[0]


def kill_main(pid: int, _: random.Random) -> bool:
    """The command itself; what it started has to end by itself."""
    return _kill(pid)


def kill_grading_process(pid: int, rng: random.Random) -> bool:
    """One of the processes that grade; the command has to start another one."""
    return _kill_one([p for p in descendants(pid) if _running(p, GRADING)], rng)


def kill_sandbox(pid: int, rng: random.Random) -> bool:
    """A zygote, or one of the two bubblewraps around it; never a worker, whose death is its student's."""
    graders = [p for p in descendants(pid) if _running(p, GRADING)]
    return _kill_one(
        [p for grader in graders for p in descendants(grader)[:3] if _running(p, ZYGOTE)], rng
    )


KILLS: dict[str, Callable[[int, random.Random], bool]] = {
    "everything": kill_everything,
    "main": kill_main,
    "grading process": kill_grading_process,
    "sandbox": kill_sandbox,
}


def _kill_one(processes: list[int], rng: random.Random) -> bool:
    return bool(processes) and _kill(rng.choice(processes))


def _kill(pid: int) -> bool:
    """Whether there was such a process to kill."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False
