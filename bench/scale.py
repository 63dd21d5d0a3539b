"""Measures what a large class costs: a submission and memory on the way, cores, and what a cluster adds.

`make scale` runs it and writes docs/scale-measured.md and its picture. Nothing here fails because it is slow.
"""
# ruff: noqa: T201

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from handing_out import ANSWER
from performance import cpu
from processes import tree
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from students import NAME, hand_in
from ways import Autograder, clear

from autograder.authoring.build import build_course
from glm2mlp.catalogue import COURSE

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT, PICTURE = DOCS / "scale-measured.md", DOCS / "scale.svg"
HANDING_OUT = Path(__file__).with_name("handing_out.py")
FIRST = 10  # submissions after which start-up is over
OURS = ("main", "workers")  # what hands out and records; the others grade
ROLES = (*OURS, "graders", "sandboxes")


@dataclass(frozen=True)
class Sample:
    """What a batch has used when `done` submissions were graded: seconds, and megabytes, by role.

    `main` is the process of the command, `workers` are Dask's, `graders` the grading processes and
    `sandboxes` what runs in theirs.
    """

    done: int
    wall: float
    cpu: dict[str, float]
    memory: dict[str, float]

    def spent(self, *roles: str) -> float:
        """CPU seconds of these roles, or of all."""
        return sum(seconds for role, seconds in self.cpu.items() if not roles or role in roles)


@dataclass(frozen=True)
class Cost:
    """Milliseconds of a further submission: of CPU without and with what grades, and of wall clock."""

    ours: float
    everything: float
    wall: float


def main() -> None:
    """Measure, print, and with `--write` write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=5000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of the whole class")
    parser.add_argument("--cores", type=int, default=300, metavar="N", help="for one core and two")
    parser.add_argument("--dask", type=int, default=1000, metavar="N", help="for the cluster")
    parser.add_argument("--turns", type=int, default=2, metavar="N", help="for one core and two")
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        course = class_of(Path(folder, "course"), options.submissions)
        runs = [whole_class(course, options.submissions, n + 1) for n in range(options.runs)]
        speeds: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(options.turns):
            for cores, found in speeds.items():
                title = f"cores: {cores}, turn {turn + 1}"
                found.append(speed(title, grade(course, options.cores, "--force"), cores))
        cluster = with_and_without_cluster(course, options.dask)
    text = document(runs, speeds, cluster, [load, os.getloadavg()[0]], options)
    print("\n" + text)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")
        PICTURE.write_text(picture(in_the_middle(runs)), encoding="utf-8")


def class_of(course: Path, submissions: int) -> Path:
    """A course with a class in it, as `make bench` has it."""
    build_course(course, COURSE)
    released = json.loads((course / "release" / NAME / f"{NAME}.ipynb").read_text())
    hand_in(course, released, submissions)
    return course


def whole_class(course: Path, submissions: int, run: int) -> list[Sample]:
    """Grade all of it, with nothing graded before."""
    clear(course, *Autograder.results)
    samples = list(batch(f"the class, run {run}", grade(course), submissions, parts=20))
    return samples[:-1]  # with the last result processes end, and what they used is not told yet


def grade(course: Path, submissions: int = 0, *more: str) -> list[str]:
    """The command that grades the first so many submissions, or all."""
    students = [w for n in range(submissions) for w in ("--student", f"student_{n:02}")]
    return [
        "-m",
        "autograder.cli",
        "grade",
        NAME,
        "--course",
        str(course),
        "--json",
        *more,
        *students,
    ]


def with_and_without_cluster(course: Path, submissions: int) -> dict[str, tuple[Cost, Cost]]:
    """What a submission costs here, and on a cluster of this host, by what is done with it."""
    only = [str(HANDING_OUT), str(course), NAME, str(submissions)]
    again = grade(course, submissions)
    ways = {
        "answered at once, nothing recorded": (only, [*only, "local"]),
        "unchanged": (again, [*again, "--dask", "local"]),
        "graded": ([*again, "--force"], [*again, "--force", "--dask", "local"]),
    }
    answers = {
        ANSWER: str(course / "reports" / NAME / "student_00.json"),
        "DASK_DISTRIBUTED__WORKER__PRELOAD": str(HANDING_OUT),
    }
    found = {}
    for title, (here, there) in ways.items():
        environment = answers if here is only else {}
        found[title] = (
            further(list(batch(f"{title}, here", here, submissions, **environment))),
            further(list(batch(f"{title}, on a cluster", there, submissions, **environment))),
        )
    return found


def batch(
    title: str, command: list[str], submissions: int, *, parts: int = 10, **environment: str
) -> Iterator[Sample]:
    """Run a command that writes a line for each submission; a sample after the first ten, and each part."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        env={**os.environ, "PATH": path, **environment},
    )
    started = time.perf_counter()
    assert process.stdout is not None
    columns = (TextColumn("{task.description:50}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        shown = bar.add_task(title, total=submissions)
        for done, _ in enumerate(process.stdout, start=1):
            if done == FIRST or done % max(submissions // parts, 1) == 0:
                yield sample(process.pid, done, time.perf_counter() - started)
            bar.advance(shown)
    if process.wait():
        raise SystemExit(f"{title}: exit code {process.returncode}")


def sample(root: int, done: int, wall: float) -> Sample:
    """Look at the process `root` and all below it."""
    seconds, memory = dict.fromkeys(ROLES, 0.0), dict.fromkeys(ROLES, 0.0)
    for process in tree(root):
        kind = role(process.words)
        seconds[kind] += process.cpu
        seconds["graders" if kind in OURS else kind] += process.cpu_of_ended
        if process.role != "worker":
            memory[kind] += process.resident
    return Sample(done, wall, seconds, memory)


def role(words: Sequence[bytes]) -> str:
    """What a process is, by its command line."""
    if b"autograder.grading.process" in words or b"--answer" in words:
        return "graders"
    if b"--multiprocessing-fork" in words:
        return "workers"
    return "sandboxes" if b"autograder.worker.zygote" in words else "main"


def speed(title: str, command: list[str], cores: int) -> float:
    """Submissions a second, start and end left out, by so many cores for all processes."""
    with only_on(cores):
        samples = list(batch(title, command, command.count("--student")))
    first, last = middle(samples)
    return (last.done - first.done) / (last.wall - first.wall)


@contextmanager
def only_on(cores: int) -> Iterator[None]:
    """Let this process, and what it starts, have no more than these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def middle(samples: Sequence[Sample]) -> tuple[Sample, Sample]:
    """The samples after a tenth of a batch and after nine: all processes are at work between them."""
    end = samples[-1].done
    first, *_, last = (s for s in samples if end // 10 <= s.done <= 9 * end // 10)
    return first, last


def further(samples: Sequence[Sample]) -> Cost:
    """What a submission costs in the middle of a batch."""
    first, last = middle(samples)
    number = last.done - first.done
    return Cost(
        1000 * (last.spent(*OURS) - first.spent(*OURS)) / number,
        1000 * (last.spent() - first.spent()) / number,
        1000 * (last.wall - first.wall) / number,
    )


def costs(samples: Sequence[Sample]) -> list[float]:
    """Milliseconds of CPU a submission, between each two samples."""
    return [1000 * (b.spent() - a.spent()) / (b.done - a.done) for a, b in pairwise(samples)]


def cost(a: Sample, b: Sample, *roles: str) -> float:
    """Milliseconds of CPU a submission between two samples."""
    return 1000 * (b.spent(*roles) - a.spent(*roles)) / (b.done - a.done)


def growth(samples: Sequence[Sample]) -> tuple[float, float, float]:
    """What a submission costs early in a class and late, and by how many percent more that is."""
    early, late = cost(samples[0], samples[2]), cost(samples[-3], samples[-1])
    return early, late, 100 * (late / early - 1)


def in_the_middle(runs: Sequence[list[Sample]]) -> list[Sample]:
    """The run whose growth is the one in the middle: a machine that slows down is no growth."""
    return sorted(runs, key=lambda run: growth(run)[2])[len(runs) // 2]


def grown(a: Sample, b: Sample, role: str) -> str:
    """Kilobytes that each submission between two samples has added."""
    return f"{1024 * (b.memory[role] - a.memory[role]) / (b.done - a.done):.1f}"


def document(
    runs: Sequence[list[Sample]],
    speeds: dict[int, list[float]],
    cluster: dict[str, tuple[Cost, Cost]],
    load: list[float],
    options: argparse.Namespace,
) -> str:
    """The result as Markdown."""
    roles = ("main", "graders", "sandboxes")
    samples = in_the_middle(runs)
    rows = [
        f"| {a.done} – {b.done} | {cost(a, b):.1f} | {cost(a, b, 'main'):.1f} "
        + "".join(f"| {b.memory[role]:.0f} " for role in roles)
        + "|"
        for a, b in pairwise(samples)
    ]
    half, end, quarter = len(samples) // 2, samples[-1], samples[len(samples) // 4]
    early, late, more = growth(samples)
    halves = cost(samples[0], samples[half]), cost(samples[half], end)
    one, two = (max(found) for found in speeds.values())
    turns = "; ".join(
        f"{cores}: {', '.join(f'{each:.1f}' for each in found)}" for cores, found in speeds.items()
    )
    added = [
        f"| {title} | {here.ours:.2f} | {there.ours:.2f} | **{there.ours - here.ours:+.2f}** "
        f"| {here.everything:.1f} | {there.everything:.1f} | {here.wall:.2f} | {there.wall:.2f} "
        f"| {there.wall - here.wall:+.2f} |"
        for title, (here, there) in cluster.items()
    ]
    return f"""\
# Scale, measured

Written by `make scale` on {datetime.now(UTC):%Y-%m-%d}; all numbers are measured, none are typed. What \
follows from them stands in [scale.md](scale.md).

## A large class

![CPU milliseconds a submission and memory of the processes, over the submissions graded]({PICTURE.name})

`autograder grade {NAME}` on {options.submissions} submissions, {len(os.sched_getaffinity(0))} \
grading processes, nothing graded before. CPU is that of all processes, sandboxes and gradebook included; \
memory is resident, the sum for each kind of process. Of the workers, which live for a moment and share \
nearly all with their zygotes, the CPU counts and the memory does not.

| submissions | CPU ms each | of it main ms | main MB | grading MB | sandbox MB |
|--:|--:|--:|--:|--:|--:|
{chr(10).join(rows)}

- From submission {samples[0].done} to {samples[2].done} each costs {early:.1f} ms of CPU, from \
{samples[-3].done} to {end.done} {late:.1f} ms: {more:+.1f} %. The halves of the class: \
{halves[0]:.1f} ms and {halves[1]:.1f} ms, {100 * (halves[1] / halves[0] - 1):+.1f} %.
- The whole class was graded {len(runs)} times, since this machine is not always as fast; this is the run in \
the middle. In all of them, in their order: {", ".join(f"{growth(run)[2]:+.1f} %" for run in runs)}.
- From submission {quarter.done} to {end.done} each adds {grown(quarter, end, "main")} kB to the \
main process, {grown(quarter, end, "graders")} kB to the grading processes and \
{grown(quarter, end, "sandboxes")} kB to the sandboxes.

## Cores

{options.cores} of them again, the whole command on one core and on two, in turns; submissions a second, the \
first and the last tenth left out: {turns}. The best of each: two cores grade {two / one:.2f} times as many.

## What a cluster adds

{options.dask} submissions, here and with `--dask local`: a scheduler, and a worker for each core, \
that speak over TCP. Milliseconds of a submission between the first and the last tenth. *Outside grading* is \
the CPU of command, scheduler and workers, *all* has the grading processes and sandboxes, too. *Answered at \
once* has a grading process that sends a ready report, and no gradebook: handing out and collecting is left. \
On a cluster the command writes the reports, here the grading processes do.

| submissions | outside grading: here | cluster | added | all: here | cluster | wall: here | cluster | added |
|:--|--:|--:|--:|--:|--:|--:|--:|--:|
{chr(10).join(added)}

## Machine

{cpu()}, {len(os.sched_getaffinity(0))} cores for us, {platform.system()} {platform.release()}, \
Python {platform.python_version()}, distributed {version("distributed")}. Load average before and after: \
{", ".join(f"{each:.1f}" for each in load)}.
"""


def picture(samples: list[Sample]) -> str:
    """Cost and memory over the submissions, as SVG that suits light and dark pages."""
    width, height, left, top = 640, 180, 60, 24
    last = samples[-1].done
    panels = [
        (
            "CPU ms a submission",
            {"all processes": list(zip(samples[1:], costs(samples), strict=True))},
        ),
        (
            "memory (MB)",
            {
                "main": [(s, s.memory["main"]) for s in samples],
                "grading": [(s, s.memory["graders"]) for s in samples],
                "sandboxes": [(s, s.memory["sandboxes"]) for s in samples],
            },
        ),
    ]
    strokes = ("#3987e5", "#d95926", "#199e70")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {2 * (height + 50)}" '
        'font-family="sans-serif" font-size="12" fill="#777" role="img">',
        "<title>Cost and memory over the submissions graded</title>",
    ]
    for number, (title, lines) in enumerate(panels):
        base = number * (height + 50) + top + height - 24
        most = 1.15 * max(value for line in lines.values() for _, value in line)

        def place(done: int, value: float, base: int = base, most: float = most) -> str:
            x = left + (width - left - 90) * done / last
            return f"{x:.1f},{base - (height - 24) * value / most:.1f}"

        parts.append(f'<text x="{left}" y="{base - height + 14}">{title}</text>')
        for value in (0.0, most / 1.15):
            y = place(0, value).partition(",")[2]
            parts.append(f'<path d="M{left} {y}H{width - 90}" stroke="#777" stroke-width="0.5"/>')
            parts.append(f'<text x="{left - 6}" y="{y}" text-anchor="end">{value:.0f}</text>')
        for done in (0, last // 2, last):
            x = place(done, 0).partition(",")[0]
            parts.append(f'<text x="{x}" y="{base + 16}" text-anchor="middle">{done}</text>')
        parts.append(f'<text x="{width - 72}" y="{base + 16}">submissions</text>')
        names = []
        for stroke, (name, line) in zip(strokes, lines.items(), strict=False):
            points = " ".join(place(s.done, value) for s, value in line)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="2"/>'
            )
            y = float(place(*(line[-1][0].done, line[-1][1])).partition(",")[2])
            names.append((y, stroke, name))
        below = 0.0
        for at, stroke, name in sorted(names):
            y = max(at, below)
            below = y + 14  # names stand one below the other
            parts.append(f'<text x="{width - 84}" y="{y:.1f}" fill="{stroke}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
