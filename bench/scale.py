"""Measures whether a large class costs more a submission than a small one: CPU seconds and memory on the way.

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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from throughput import NAME, cpu, hand_in

from autograder.authoring.build import build_course

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT, PICTURE = DOCS / "scale-measured.md", DOCS / "scale.svg"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MEGA = 1 << 20


@dataclass(frozen=True)
class Sample:
    """What a batch has used when `done` submissions were graded: seconds, and megabytes by role.

    `cpu` is that of all processes, `main_cpu` that of the one which hands out, records and writes.
    """

    done: int
    wall: float
    cpu: float
    main_cpu: float
    main: float
    graders: float
    zygotes: float


@dataclass(frozen=True)
class Dask:
    """CPU milliseconds of a further submission that has nothing to be graded, here and on a cluster."""

    here: float
    cluster: float
    submissions: int


def main() -> None:
    """Measure, print, and with `--write` write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=5000, metavar="N")
    parser.add_argument("--cores", type=int, default=300, metavar="N", help="for one core and two")
    parser.add_argument("--dask", type=int, default=1000, metavar="N", help="for the cluster")
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        course = class_of(Path(folder, "course"), options.submissions)
        samples = list(batch(course, every=max(options.submissions // 20, 1)))
        some = [f"student_{number:02}" for number in range(max(options.cores, options.dask))]
        speeds = {jobs: speed(course, some[: options.cores], jobs) for jobs in (1, 2)}
        cluster = Dask(
            unchanged(course, some[: options.dask]),
            unchanged(course, some[: options.dask], "--dask", "local"),
            options.dask,
        )
    text = document(samples, speeds, cluster, [load, os.getloadavg()[0]], options)
    print("\n" + text)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")
        PICTURE.write_text(picture(samples), encoding="utf-8")


def class_of(course: Path, submissions: int) -> Path:
    """A course with a class in it, as `make bench` has it."""
    build_course(course)
    released = json.loads((course / "release" / NAME / f"{NAME}.ipynb").read_text())
    hand_in(course, released, submissions)
    return course


def batch(course: Path, *more: str, every: int = 1) -> Iterator[Sample]:
    """Grade the class; a sample at the first result, and then after each `every` results."""
    command = ["autograder.cli", "grade", NAME, "--course", str(course), "--json", *more]
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdout=subprocess.PIPE,
        env={**os.environ, "PATH": path},
    )
    started = time.perf_counter()
    assert process.stdout is not None
    for done, _ in enumerate(process.stdout, start=1):
        if done == 1 or done % every == 0:
            yield sample(process.pid, done, time.perf_counter() - started)
    if process.wait():
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")


def sample(root: int, done: int, wall: float) -> Sample:
    """Look at the process `root` and all below it."""
    seconds = own = 0.0
    memory = {"main": 0.0, "graders": 0.0, "zygotes": 0.0}
    queue = [root]
    while queue:
        pid = queue.pop()
        try:
            folder = Path(f"/proc/{pid}")
            # Also what its children used that are no more: 14 to 17 in the manual, after the name.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
            resident = int((folder / "statm").read_text().split()[1]) * PAGE / MEGA
            words = (folder / "cmdline").read_bytes().split(b"\0")
            # Each thread has children of its own; a thread of the main process starts a grading process.
            for children in folder.glob("task/*/children"):
                queue += map(int, children.read_text().split())
        except OSError:
            continue
        seconds += sum(map(int, fields)) / TICKS
        own += sum(map(int, fields[:2])) / TICKS if pid == root else 0.0
        memory[role(words)] += resident
    return Sample(done, wall, seconds, own, memory["main"], memory["graders"], memory["zygotes"])


def role(words: list[bytes]) -> str:
    """What a process is, by its command line."""
    if b"autograder.grading.process" in words:
        return "graders"
    return "zygotes" if b"autograder.worker.zygote" in words else "main"


def speed(course: Path, students: list[str], jobs: int) -> float:
    """Submissions a second by so many processes, start-up left out."""
    chosen = [word for student in students for word in ("--student", student)]
    warm = len(students) // 10
    first, last = list(batch(course, "--force", "--jobs", str(jobs), *chosen, every=warm))[1::8]
    return (last.done - first.done) / (last.wall - first.wall)


def unchanged(course: Path, students: list[str], *more: str) -> float:
    """Milliseconds of CPU for a further submission of which the report is there."""
    chosen = [word for student in students for word in ("--student", student)]
    samples = list(batch(course, *more, *chosen, every=len(students) // 10))
    first, last = samples[1], samples[-1]
    return 1000 * (last.cpu - first.cpu) / (last.done - first.done)


def costs(samples: list[Sample]) -> list[float]:
    """Milliseconds of CPU a submission, between each two samples."""
    return [1000 * (b.cpu - a.cpu) / (b.done - a.done) for a, b in pairwise(samples)]


def grown(a: Sample, b: Sample, role: str) -> str:
    """Kilobytes that each submission between two samples has added."""
    return f"{1024 * (getattr(b, role) - getattr(a, role)) / (b.done - a.done):.1f}"


def document(
    samples: list[Sample],
    speeds: dict[int, float],
    cluster: Dask,
    load: list[float],
    options: argparse.Namespace,
) -> str:
    """The result as Markdown."""
    each = costs(samples)
    rows = [
        f"| {a.done} – {b.done} | {cost:.1f} | {b.main:.0f} | {b.graders:.0f} | {b.zygotes:.0f} |"
        for (a, b), cost in zip(pairwise(samples), each, strict=True)
    ]
    half = len(each) // 2
    early, late = sum(each[:half]) / half, sum(each[-half:]) / half
    end, quarter = samples[-1], samples[len(samples) // 4]
    own = 1000 * (end.main_cpu - samples[0].main_cpu) / (end.done - samples[0].done)
    return f"""\
# Scale, measured

Written by `make scale` on {datetime.now(UTC):%Y-%m-%d}; all numbers are measured, none are typed. What \
follows from them stands in [scale.md](scale.md).

![CPU milliseconds a submission and memory of the processes, over the submissions graded]({PICTURE.name})

One run of `autograder grade {NAME}` on {options.submissions} submissions, {len(os.sched_getaffinity(0))} \
grading processes, nothing graded before. CPU is that of all processes, sandboxes and gradebook included; \
memory is resident, the sum for each kind of process.

| submissions | CPU ms each | main MB | grading MB | sandbox MB |
|--:|--:|--:|--:|--:|
{chr(10).join(rows)}

- The second half of the class costs {late:.1f} ms of CPU a submission, the first {early:.1f} ms: \
{100 * (late / early - 1):+.1f} %. Of it, the main process takes {own:.1f} ms.
- From submission {quarter.done} to {end.done} a submission adds {grown(quarter, end, "main")} kB to the \
main process, {grown(quarter, end, "graders")} kB to the grading processes and \
{grown(quarter, end, "zygotes")} kB to the sandboxes.
- {options.cores} submissions: {speeds[1]:.1f} a second by one process, {speeds[2]:.1f} by two, \
{speeds[2] / speeds[1]:.2f} times as many.
- A submission that is unchanged costs {cluster.here:.1f} ms of CPU here, and {cluster.cluster:.1f} ms with \
`--dask local`, scheduler and workers included: Dask adds {cluster.cluster - cluster.here:.1f} ms \
({cluster.submissions} submissions, start-up left out).

Machine: {cpu()}, {len(os.sched_getaffinity(0))} cores for us, {platform.system()} {platform.release()}, \
Python {platform.python_version()}. Load average before and after: \
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
                "main": [(s, s.main) for s in samples],
                "grading": [(s, s.graders) for s in samples],
                "sandboxes": [(s, s.zygotes) for s in samples],
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
        for stroke, (name, line) in zip(strokes, lines.items(), strict=False):
            points = " ".join(place(s.done, value) for s, value in line)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{stroke}" stroke-width="2"/>'
            )
            y = place(*(line[-1][0].done, line[-1][1])).partition(",")[2]
            parts.append(f'<text x="{width - 84}" y="{y}" fill="{stroke}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
