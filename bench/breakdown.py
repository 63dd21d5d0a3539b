"""Where the CPU time of one more submission goes: by processes, and in each of them by what it does."""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import timed
from ways import BENCH, Autograder

ORDER = ("main process", "grading process", "zygote", "worker", "bubblewrap")


@dataclass(frozen=True)
class Part:
    """Milliseconds of CPU that one more submission costs in processes of a kind, all and by phase."""

    kind: str
    cpu: float
    phases: dict[str, float]


class Profiled(Autograder):
    """`autograder grade` with a note of what each process does (profiled.py)."""

    def __init__(self, way: Autograder, folder: Path, what: str) -> None:
        super().__init__(way.title, way.course, way.submissions, way.jobs)
        self.program = [sys.executable, str(BENCH / "profiled.py"), str(folder), what]

    def command(self, students: Sequence[str]) -> list[str]:
        """The same arguments."""
        return [*self.program, *self.arguments(students)]


def breakdown(way: Autograder, further_cpu: Mapping[str, float]) -> list[Part]:
    """The parts, of seconds of CPU by kind of process, from runs in which processes note what they do.

    `way` has one grading process, since what a second one does at its start would be taken for grading.
    """
    many, one = noted(way, way.whole, "stacks"), noted(way, [0], "stacks")
    phases = {kind: many[kind] - one[kind] for kind in many}
    phases["worker"] = noted(way, way.whole, "requests")["grading process"]
    cpu = {kind: 1000 * seconds for kind, seconds in further_cpu.items()}
    return [Part(kind, cpu[kind], shared(cpu[kind], phases.get(kind, {}))) for kind in ORDER]


def noted(way: Autograder, numbers: Sequence[int], what: str) -> "dict[str, Counter[str]]":
    """What the processes of a run have noted, by their kind."""
    found: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        timed(Profiled(way, Path(folder), what), numbers)
        for path in Path(folder).iterdir():
            told = json.loads(path.read_text(encoding="utf-8"))
            found.setdefault(told["kind"], Counter()).update(told["noted"])
    return found


def shared(cpu: float, noted: Mapping[str, float]) -> dict[str, float]:
    """The milliseconds of a kind of process shared out by what was noted of it, the most first."""
    total = sum(noted.values())
    most_first = sorted(noted, key=lambda name: -noted[name])
    return {name: cpu * noted[name] / total for name in most_first}
