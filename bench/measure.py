"""Runs one way to grade: timed and left alone, or looked at all the time and not timed."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from processes import adopt_orphans, cpu_of_ended_children, tree, wait_for_orphans
from ways import Way, told_if_failed

EVERY = 0.05  # seconds between two looks


@dataclass(frozen=True)
class Took:
    """Seconds of wall clock of a command, and of CPU of its processes but those that end with a sandbox."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Seen:
    """What a run used, by what processes are for: the peak of its memory (MB), and seconds of CPU."""

    memory: dict[str, float]
    cpu: dict[str, float]

    @property
    def peak(self) -> float:
        """The most memory that all its processes together had."""
        return sum(self.memory.values())


def timed(way: Way, numbers: Sequence[int]) -> Took:
    """Grade these students; ends the program if one of them has not the right scores."""
    adopt_orphans()
    before = cpu_of_ended_children()
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        told_if_failed(way.start(numbers, output), output)
        wall = time.perf_counter() - started
    wait_for_orphans()
    way.check(numbers)
    return Took(wall, cpu_of_ended_children() - before)


def looked_at(way: Way, numbers: Sequence[int]) -> Seen:
    """The same, and look at all processes twenty times a second.

    A worker lives for less than that, so its CPU is taken from its zygote, which has waited for it.
    """
    adopt_orphans()
    peak: Counter[str] = Counter()
    used: dict[tuple[int, str], float] = {}
    with tempfile.TemporaryFile() as output:
        process = way.start(numbers, output)
        while process.poll() is None:
            memory: Counter[str] = Counter()
            for each in tree(os.getpid()):
                if each.pid == os.getpid() or not each.resident:
                    continue  # one that has ended no longer tells what it was for
                memory[each.role] += each.proportional()
                if each.role != "worker":
                    used[each.pid, each.role] = each.cpu
                if each.role == "zygote":
                    used[each.pid, "worker"] = each.cpu_of_ended
            if memory.total() > peak.total():
                peak = memory
            time.sleep(EVERY)
        told_if_failed(process, output)
    wait_for_orphans()
    way.check(numbers)
    cpu: Counter[str] = Counter()
    for (_, role), spent in used.items():
        cpu[role] += spent
    return Seen(dict(peak), dict(cpu))
