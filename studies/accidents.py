"""What else can go wrong with a course while it is graded: the disk, the gradebook, files, a second grading.

After each accident the same command runs again, and the course has to be as if nothing had been. A full disk
and a gradebook that nobody may write need mounts of their own, which bubblewrap makes for any user.
"""

import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.gradebook import LOCK_SECONDS
from autograder.sandbox.jail import bubblewrap
from studies import ROOT
from studies.course_state import log_entries
from studies.little_class import ASSIGNMENT, Run, Undisturbed, class_of_six, ended, start

PAGE_BYTES = 4096  # of a disk in memory
UNCLEAR = ("Traceback", "None: ")
ROOMS = (
    0.0,
    0.02,
    0.1,
    0.25,
    0.5,
    0.75,
    0.95,
)  # of what a grading writes, where the disk is almost full


@dataclass(frozen=True)
class Happened:
    """What came of an accident: the exit code, what the command said, and what did not hold."""

    name: str
    code: int
    said: tuple[str, ...]
    wrong: tuple[str, ...]


def accidents(built: Undisturbed, bare: Undisturbed, folder: Path) -> Iterator[Happened]:
    """Let them happen, one after the other."""
    yield from _on_a_small_disk(built, bare, folder)
    yield _locked(built, folder, 8.0)
    yield _locked(built, folder, math.inf)
    yield _read_only(built, folder)
    yield _log_cut(built, folder)
    yield _broken_reports(built, folder)
    yield _two_at_once(built, folder, "two gradings at once")
    yield _two_at_once(bare, folder, "two gradings at once in a new course")


def _on_a_small_disk(built: Undisturbed, bare: Undisturbed, folder: Path) -> Iterator[Happened]:
    """What happens on a disk in memory, which is there for one process and what it starts."""
    folder.mkdir(exist_ok=True)
    size = 8 * PAGE_BYTES * _pages(bare.folder / "after")
    mounts = ["--dev-bind", "/", "/", "--size", str(size), "--tmpfs", str(folder)]
    arguments = ["-m", "studies.accidents", str(built.folder), str(bare.folder), str(folder)]
    inside = subprocess.run(
        [bubblewrap(), *mounts, "--", sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for line in inside.stdout.splitlines():
        told = json.loads(line)
        yield Happened(told["name"], told["code"], tuple(told["said"]), tuple(told["wrong"]))


def _disk_full(whole: Undisturbed, disk: Path, room: float, name: str = "") -> Happened:
    """A disk that has room for this share of what a grading writes."""
    course = whole.copy("before", disk / "work")
    need = _pages(whole.folder / "after") - _pages(whole.folder / "before")
    ballast = disk / "ballast"
    free = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, (free.f_bavail - int(room * need)) * free.f_bsize)
    run = ended(start(course.parent))
    ballast.unlink()
    wrong = _unclear(run, "No space left on device", "disk is full", "disk I/O error")
    name = name or f"disk full, with room for {room:.0%} of what is to be written"
    return _happened(name, run, wrong + _all_printed(run), whole, course)


def _pages(folder: Path) -> int:
    """Pages that the files and folders below take."""
    return sum(
        -(-path.stat().st_size // PAGE_BYTES) if path.is_file() else 1 for path in folder.rglob("*")
    )


def _locked(whole: Undisturbed, folder: Path, seconds: float) -> Happened:
    """Another program writes the gradebook for so long; if it is infinite, until the grading has ended."""
    course = whole.copy("before", folder)
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    longer = math.isinf(seconds)
    timer = threading.Timer(threading.TIMEOUT_MAX if longer else seconds, other.rollback)
    timer.start()
    run = ended(start(folder))
    wrong = _unclear(run, "database is locked") if longer else run.failed("the run that waits")
    wrong += _all_printed(run)
    timer.cancel()
    timer.join()
    other.close()
    name = f"gradebook locked {'longer' if longer else 'shorter'} than {LOCK_SECONDS:.0f} s"
    return _happened(name, run, wrong, whole, course)


def _read_only(whole: Undisturbed, folder: Path) -> Happened:
    """Nobody may write the gradebook, not even root."""
    course = whole.copy("before", folder)
    gradebook = str(course / "gradebook.db")
    mounts = ["--dev-bind", "/", "/", "--ro-bind", gradebook, gradebook]
    run = ended(start(folder, [bubblewrap(), *mounts, "--"]))
    wrong = _unclear(run, "readonly database") + _all_printed(run)
    return _happened("gradebook read-only", run, wrong, whole, course)


def _log_cut(whole: Undisturbed, folder: Path) -> Happened:
    """The run log ends in the middle of a line."""
    course = whole.copy("after", folder)
    path = course / "reports" / ASSIGNMENT / "run-log.jsonl"
    os.truncate(path, path.stat().st_size - 10)
    run = ended(start(folder))
    wrong = run.failed("the run that met it") + _all_printed(run)
    entries, broken = log_entries(course)
    if (len(entries), broken) != (2 * len(class_of_six()) - 1, 1):
        wrong.append(f"the run log has {len(entries)} lines and {broken} broken ones")
    return _happened("run log cut in the middle of a line", run, wrong, whole, course)


def _broken_reports(whole: Undisturbed, folder: Path) -> Happened:
    """One report is cut, one is empty, one is that of another student."""
    course = whole.copy("after", folder)
    reports = course / "reports" / ASSIGNMENT
    os.truncate(reports / "good.json", 1000)
    os.truncate(reports / "wrong.json", 0)
    shutil.copyfile(reports / "untouched.json", reports / "slow.json")
    run = ended(start(folder))
    wrong = run.failed("the run that met it") + _all_printed(run)
    again = [e["student"] for e in log_entries(course)[0] if not e["cached"]]
    expected = sorted([*class_of_six(), "good", "slow", "unreadable", "wrong"])
    if sorted(again) != expected:
        wrong.append(f"graded: {sorted(again)}")
    name = "reports truncated, empty, of another student"
    return _happened(name, run, wrong, whole, course)


def _two_at_once(whole: Undisturbed, folder: Path, name: str) -> Happened:
    """Two people grade the same course."""
    course = whole.copy("before", folder)
    first, second = start(folder), start(folder)
    runs = [ended(first), ended(second)]
    wrong = [problem for run in runs for problem in run.failed(name) + _all_printed(run)]
    return _happened(name, runs[0], wrong, whole, course)


def _unclear(run: Run, *causes: str) -> list[str]:
    """What is wrong with what a run said that had to say one of these causes."""
    lines = run.complaints
    wrong = [f"no clear line: {line}" for line in lines if any(each in line for each in UNCLEAR)]
    if run.code != 2 or not lines:
        wrong.append(f"exit code {run.code}, {len(lines)} lines")
    return wrong + [
        f"does not tell the cause: {line}"
        for line in lines
        if not any(cause in line for cause in causes)
    ]


def _all_printed(run: Run) -> list[str]:
    """Whose result was not printed."""
    graded = {json.loads(line)["student"] for line in run.printed.splitlines()}
    return [f"was not graded: {name}" for name in sorted(class_of_six().keys() - graded)]


def _happened(name: str, run: Run, wrong: list[str], whole: Undisturbed, course: Path) -> Happened:
    """Run the command again, and compare with the undisturbed run."""
    wrong += ended(start(course.parent)).failed("the next run")
    wrong += whole.differs(course)
    return Happened(name, run.code, tuple(run.said.strip().splitlines()), tuple(wrong))


def main() -> None:
    """The accidents of a full disk, one line of JSON each; for a process that has the disk."""
    built, bare, disk = map(Path, sys.argv[1:])
    for room in ROOMS:
        print(json.dumps(asdict(_disk_full(Undisturbed(built), disk, room))))  # noqa: T201
    name = "disk full while a new gradebook is built"
    print(json.dumps(asdict(_disk_full(Undisturbed(bare), disk, 0.3, name))))  # noqa: T201


if __name__ == "__main__":
    main()
