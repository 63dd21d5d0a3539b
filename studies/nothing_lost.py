"""Kills the grader at random moments and lets it finish; `make kill` writes docs/nothing-lost.md."""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from studies import ROOT
from studies.accidents import Happened, accidents
from studies.course_state import log_entries
from studies.killing import KILLS, Seen, descendants
from studies.little_class import ASSIGNMENT, Undisturbed, class_of_six, ended, start
from studies.page import nothing_lost_page

PAGE = ROOT / "docs" / "nothing-lost.md"
SEED = 2026
WRITING = 0.15  # seconds in which a gradebook is written, on a busy machine
PATIENCE = 60.0  # seconds for what outlives the command to end
DRAWS = 20  # of a moment: one may lie behind the end of the batch


@dataclass(frozen=True)
class Kind:
    """What is killed and when; `share` of all moments.

    `bare`: the course holds submissions only, so that the gradebook is being built. `writing`: at the
    moment when the gradebook is written.
    """

    name: str
    kills: str
    share: float
    bare: bool = False
    writing: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether the batch has to come to its end all the same."""
        return self.kills not in ("everything", "main")


KINDS = (
    Kind("everything", "everything", 0.25),
    Kind("everything, while the gradebook is written", "everything", 0.125, writing=True),
    Kind("everything, in a new course", "everything", 0.125, bare=True),
    Kind("the command only", "main", 0.2),
    Kind("a grading process", "grading process", 0.15),
    Kind("a zygote or a bubblewrap around it", "sandbox", 0.15),
)


@dataclass(frozen=True)
class Struck:
    """What came of one moment: how far the batch was, and what did not hold."""

    kind: Kind
    fraction: float
    reports: int
    code: int
    wrong: tuple[str, ...]


def strike(kind: Kind, at: float, whole: Undisturbed, rng: random.Random, folder: Path) -> Struck:
    """Grade, kill at this part of the usual time, grade again, and compare."""
    for _ in range(DRAWS):
        course = whole.copy("before", folder)
        process = start(folder, jobs=2 if kind.goes_on else 1)
        below = _kill_at(process, kind, at * whole.seconds, rng, course)
        if below is not None:
            break
        ended(process)
        at *= 0.8
    else:
        raise RuntimeError(f"{kind.name}: the batch was always over before it could be killed")
    there = {path.stem: path.read_bytes() for path in course.glob("reports/*/*.json")}
    first = ended(process)
    wrong = first.failed("the batch") if kind.goes_on else []
    wrong += [f"half a report: {name}" for name in _unlike(there, whole)]
    wrong += ended(start(folder)).failed("the next run")
    wrong += whole.differs(course)
    wrong += _graded_again(course, set(there))
    wrong += [str(process) for process in below if not process.ends(PATIENCE)]
    shutil.rmtree(folder)
    return Struck(kind, at, len(there), first.code, tuple(wrong))


def _kill_at(
    process: "subprocess.Popen[str]", kind: Kind, seconds: float, rng: random.Random, course: Path
) -> list[Seen] | None:
    """Wait and kill; the processes that there were below, or None if the batch was over."""
    if kind.writing:
        while process.poll() is None and not _all_graded(course):
            time.sleep(0.002)
        seconds = rng.uniform(0, WRITING)
    time.sleep(seconds)
    while process.poll() is None:
        below = Seen.among(descendants(process.pid))
        if KILLS[kind.kills](process.pid, rng):
            return below
        time.sleep(0.01)  # a process of this kind has not started yet
    return None


def _all_graded(course: Path) -> bool:
    """Whether the run log has everybody, so that the gradebook is written next."""
    log = course / "reports" / ASSIGNMENT / "run-log.jsonl"
    return log.exists() and log.read_bytes().count(b"\n") == len(class_of_six())


def _unlike(there: dict[str, bytes], whole: Undisturbed) -> list[str]:
    """The reports that stood there and are not those of the undisturbed run."""
    right = {Path(name).stem: content for name, (_, content) in whole.state.files.items()}
    return [name for name, content in there.items() if right.get(name) != content]


def _graded_again(course: Path, there: set[str]) -> list[str]:
    """Whose report was there when the grader was killed, and who was graded all the same.

    To read a notebook that cannot be read is no grading.
    """
    entries, broken = log_entries(course)
    last = {entry["student"]: entry for entry in entries}
    missing = [f"not in the run log: {name}" for name in sorted(there - last.keys())]
    needless = [
        f"graded again: {name}"
        for name in sorted(there & last.keys())
        if not last[name]["cached"] and last[name]["status"] != "unreadable"
    ]
    return missing + needless + [f"{broken} broken lines in the run log"] * bool(broken)


def plan(moments: int) -> list[tuple[Kind, float]]:
    """Which kind at which part of the batch: spread evenly over it, at random within each part."""
    rng = random.Random(SEED)  # noqa: S311
    found = []
    for kind in KINDS:
        count = round(kind.share * moments)
        found += [(kind, (i + rng.random()) / count) for i in range(count)]
    return found


def study(moments: int, jobs: int, folder: Path) -> tuple[list[Struck], list[Happened]]:
    """Kill at so many moments, and let each accident happen once."""
    built = Undisturbed.graded(folder / "built", built=True)
    bare = Undisturbed.graded(folder / "bare", built=False)

    def one(number: int, kind: Kind, at: float) -> Struck:
        rng = random.Random(f"{SEED}/{number}")  # noqa: S311
        return strike(kind, at, bare if kind.bare else built, rng, folder / str(number))

    planned = plan(moments)
    with ThreadPoolExecutor(jobs) as pool:
        done = pool.map(lambda item: one(item[0], *item[1]), enumerate(planned))
        struck = list(track(done, "killing", len(planned), transient=True))
    return struck, list(accidents(built, bare, folder / "accident"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line; the exit code says whether everything held."""
    parser = argparse.ArgumentParser(prog="python -m studies.nothing_lost", description=__doc__)
    parser.add_argument("--moments", type=int, default=200, help="(default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="batches at a time (default: 2)")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        struck, happened = study(options.moments, options.jobs, Path(folder))
    page = nothing_lost_page(struck, happened, time.monotonic() - begun)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    print(page)  # noqa: T201
    return int(any(one.wrong for one in (*struck, *happened)))


if __name__ == "__main__":
    sys.exit(main())
