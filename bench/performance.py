"""Writes docs/performance.md and its picture from what was measured."""

import math
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from breakdown import Part
from measure import Seen, Took
from students import NAME
from ways import CORES, OTTER

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT, PICTURE = DOCS / "performance.md", DOCS / "performance.svg"
LIBRARIES = ("nbgrader", "nbclient", "ipykernel", "numpy", "pytest")


@dataclass
class Measured:
    """What the runs of a way took: those of its class, those of one submission alone, those looked at.

    `pairs` are runs that were looked at, too: of the class, and of one submission alone.
    """

    title: str
    submissions: int
    whole: list[Took] = field(default_factory=list)
    alone: list[Took] = field(default_factory=list)
    load: list[float] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    pairs: list[tuple[Seen, Seen]] = field(default_factory=list)

    @property
    def further(self) -> float:
        """Seconds of wall clock that one more submission takes."""
        return (self._wall(self.whole) - self._wall(self.alone)) / (self.submissions - 1)

    @property
    def further_cpu(self) -> float:
        """Seconds of CPU of the same."""
        whole, alone = (statistics.median(each.cpu for each in x) for x in (self.whole, self.alone))
        return (whole - alone) / (self.submissions - 1)

    @property
    def peak(self) -> float:
        """The most memory (MB) that all its processes together had."""
        return max(each.peak for each in self.seen)

    @property
    def further_cpu_by_role(self) -> dict[str, float]:
        """The same by what processes are for, of the pair in the middle by the sum."""
        found = [
            {
                role: (spent - alone.cpu.get(role, 0.0)) / (self.submissions - 1)
                for role, spent in whole.cpu.items()
            }
            for whole, alone in self.pairs
        ]
        found.sort(key=lambda each: sum(each.values()))
        return found[len(found) // 2]

    def of(self, submissions: int) -> float:
        """Seconds for a class of so many: measured, or else one alone and so many further ones."""
        if submissions == self.submissions:
            return self._wall(self.whole)
        return self._wall(self.alone) + (submissions - 1) * self.further

    @staticmethod
    def _wall(runs: Sequence[Took]) -> float:
        return statistics.median(each.wall for each in runs)


def document(
    results: Sequence[Measured],
    own_lines: tuple[Measured, Measured],
    parts: Sequence[Part],
    tests: Mapping[str, int],
) -> str:
    """The result as Markdown."""
    own, own_floor = (
        1000 * sum(own_lines[0].further_cpu_by_role.values()),
        1000 * own_lines[1].further_cpu,
    )
    ours, single, floor, *peers = results
    size = ours.submissions
    fewer = any(peer.submissions != size for peer in peers)
    spent = sum(part.cpu for part in parts)  # what ends with its sandbox is in no process's account
    return f"""\
# Performance

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; all numbers are measured, or follow from \
measured ones as is said; none are typed.

![Seconds that one further submission takes, for each way to grade]({PICTURE.name})

The ways to grade a class of `{NAME}`, in turn on the same machine (runs of each: {len(ours.whole)}). \
Seconds are wall clock of the whole command, start-up included; what follows from them is of the medians. \
A *further* submission is what one more costs: (class − one alone) / (submissions − 1).

| way | submissions | class (s) | one alone (s) | s a further one | memory (MB) |
|:--|--:|--:|--:|--:|--:|
{rows(results)}

A class of \
{size}{" (with ≈: one alone and further ones, since the cost of these ways is linear)" if fewer else ""}:

| way | class of {size} (s) | submissions a minute | times as long as ours | a further one, times ours |
|:--|--:|--:|--:|--:|
{ratios(results)}

One grading process against one at a time: stock nbgrader takes \
{" and ".join(f"{peer.further / single.further:.0f}" for peer in peers[:2])} times as long for a further \
submission as `autograder grade --jobs 1`.

## The floor

What no grader in Python can do without: a warm process forks for each submission, and the fork reads the \
notebook, runs the answers, and runs the same {sum(tests.values())} hidden tests on them; what fails after \
a wrong exercise is tested again with the right one in its place, so that the points are ours. No sandbox, \
no boundary: whoever hands in code there runs it as the teacher (`bench/floor.py` is no way to grade). A \
further submission takes {1000 * floor.further:.1f} ms there by {CORES} processes, \
{1000 * ours.further:.1f} ms by `autograder grade`: {ours.further / floor.further:.1f} times the floor. \
In CPU of all processes it is {1000 * floor.further_cpu:.1f} ms and, with one grading process, \
{spent:.1f} ms: {spent / (1000 * floor.further_cpu):.1f} times.

In this class all derive as the reference does. The floor was warmed up with the reference, so the fork \
finds what SymPy makes of these lines in its cache; a worker must not have seen them, and works it out. \
Where the same derivation has a factor in it that is each student's own, which nobody has seen, a further \
submission takes {own_floor:.1f} ms of CPU there and {own:.1f} ms here: {own / own_floor:.1f} times.

## Where the time goes

Milliseconds of CPU of one further submission, with one grading process. The lines of a kind of process \
are its sum, shared out by what a run of its own has shown: of the main and the grading process by looks \
at the stack every few milliseconds of CPU, of the worker by its CPU clock before and after each request.

| process | what it does | CPU ms | % |
|:--|:--|--:|--:|
{breakdown_rows(parts)}

## Machine

{cpu()}, {CORES} cores for us, {platform.system()} {platform.release()}, Python \
{platform.python_version()}, {", ".join(f"{name} {version(name)}" for name in LIBRARIES)}, otter-grader \
{otter_version()}. Load average before the runs: \
{", ".join(f"{load:.1f}" for each in results for load in each.load)} (the runs before leave their part in \
it).

## Method

- Half of a class has solved everything, a quarter made one mistake, a quarter left the second half. Each \
run of each way is checked: full points for each right answer, fewer for the mistake, none for what is \
missing.
- Nothing of an earlier run is left: reports, notebooks and results are deleted, and the gradebook is the \
one that the course began with. Each way graded one submission before, so that files are cached and \
modules compiled.
- `autograder grade` runs in its sandbox, with {sum(tests.values())} hidden tests for each submission; it \
writes reports, gradebook and what formgrader shows.
- Stock `nbgrader autograde` has its own settings and no part of ours. Its test cells have \
{sum(tests.values())} blocks of hidden asserts. It grades one submission after the other, without a \
sandbox.
- `otter run` has an environment of its own, with the same versions of what both need. Its {len(tests)} \
test files have the same blocks. It grades one submission, without a container; `xargs` starts it {CORES} \
at once.
- *The very same notebooks* are those that our students hand in, byte for byte, with the cells that train \
and draw: a stock grader runs the whole notebook, and so these. Ours runs the answers and what they need. \
*No cell that only shows* spares the others that time: what is left there are answers, tests, and for \
otter its own checks.
- {others(results)}
- CPU of the floor is what the kernel has counted of its processes; of ours it is the sum of the table, \
from looks at each process 20 times a second, since what ends with its sandbox is in no account: of the \
class as of one alone, of {len(single.pairs)} such pairs of runs, each in its turn beside the floor, the one \
in the middle. Memory is the peak of the sum over all processes, shared pages divided among those who share \
them (PSS), in runs of their own.
"""


def rows(results: Sequence[Measured]) -> str:
    """The lines of the first table."""
    return "\n".join(
        f"| {each.title} | {each.submissions} | {seconds(each.whole)} | {seconds(each.alone)} "
        f"| {each.further:.3f} | {each.peak:.0f} |"
        for each in results
    )


def seconds(runs: Sequence[Took]) -> str:
    """The wall clocks of some runs."""
    return ", ".join(f"{each.wall:.1f}" for each in runs)


def ratios(results: Sequence[Measured]) -> str:
    """The lines of the second table."""
    ours = results[0]
    size = ours.submissions
    return "\n".join(
        f"| {each.title} | {'' if each.submissions == size else '≈ '}{each.of(size):.1f} "
        f"| {60 * size / each.of(size):.0f} | {each.of(size) / ours.of(size):.1f} "
        f"| {each.further / ours.further:.1f} |"
        for each in results
    )


def breakdown_rows(parts: Sequence[Part]) -> str:
    """The lines of the table of processes and phases."""
    whole = sum(part.cpu for part in parts)
    lines = []
    for part in parts:
        lines.append(
            f"| **{part.kind}** | | **{part.cpu:.1f}** | **{100 * part.cpu / whole:.0f}** |"
        )
        lines += [
            f"| | {name} | {cpu:.2f} | {100 * cpu / whole:.0f} |"
            for name, cpu in part.phases.items()
        ]
    return "\n".join([*lines, f"| **all** | | **{whole:.1f}** | **100** |"])


def others(results: Sequence[Measured]) -> str:
    """How the classes of different sizes are compared."""
    size, smaller = results[0].submissions, results[-1].submissions
    if smaller == size:
        return f"All ways graded the same {size} submissions."
    return (
        f"nbgrader and otter graded {smaller} submissions of the same mixture, since they take so much "
        f"longer; `python bench/throughput.py --peer-submissions {size}` lets them grade all."
    )


def otter_version() -> str:
    """The version of otter in its own environment."""
    folders = OTTER.parents[1].glob("lib/python*/site-packages/otter_grader-*.dist-info")
    return next(folders).name.removesuffix(".dist-info").partition("-")[2]


def cpu() -> str:
    """The processor's name."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def picture(results: Sequence[Measured]) -> str:
    """Seconds of one further submission as bars, each step of the scale ten times the one before."""
    left, width, step, top = 330, 270, 26, 30
    found = [(each.title.replace("`", ""), each.further) for each in results]
    low = math.floor(math.log10(min(value for _, value in found) / 2))  # each bar can be seen
    high = math.ceil(math.log10(max(value for _, value in found)))
    unit = width / (high - low)
    bottom = top + step * len(found)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 70} {bottom + 24}" '
        'font-family="sans-serif" font-size="12" fill="#777" role="img">',
        "<title>Seconds that one further submission takes, on a logarithmic scale</title>",
        f'<text x="{left}" y="14">seconds that one further submission takes</text>',
    ]
    for power in range(low, high + 1):
        x = left + unit * (power - low)
        parts.append(f'<path d="M{x:.1f} {top}V{bottom}" stroke="#777" stroke-width="0.5"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{10.0**power:g}</text>'
        )
    for place, (title, value) in enumerate(found):
        y, length = top + step * place, unit * (math.log10(value) - low)
        colour = "#3987e5" if title.startswith("autograder") else "#999"
        parts.append(f'<text x="{left - 8}" y="{y + 17}" text-anchor="end">{title}</text>')
        parts.append(
            f'<rect x="{left}" y="{y + 4}" width="{length:.1f}" height="{step - 8}" fill="{colour}"/>'
        )
        parts.append(f'<text x="{left + width + 10}" y="{y + 17}">{value:.3g}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
