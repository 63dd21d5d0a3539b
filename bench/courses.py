"""Makes the courses that are graded: ours, and those of teachers who have another grader."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from equivalents import NBGRADER_CONFIG, nbgrader_source, otter_notebook, otter_tests, write
from students import NAME, hand_in, student
from ways import (
    CORES,
    OTTER,
    Autograder,
    Floor,
    Nbgrader,
    Otter,
    Way,
    environment,
    told_if_failed,
)

from autograder.authoring.build import build_course
from autograder.report import read_report
from glm2mlp.catalogue import COURSE


def prepare(
    folder: Path, submissions: int, peers: int
) -> tuple[list[Way], tuple[Autograder, Floor], dict[str, int]]:
    """All ways with their classes, each tried once, and the number of hidden tests of each exercise.

    Also `autograder grade --jobs 1` and the floor with a class in which each has lines of their own.
    """
    ours, apart = folder / "ours", folder / "own-lines"
    build_course(ours, COURSE)
    build_course(apart, COURSE)
    released = json.loads((ours / "release" / NAME / f"{NAME}.ipynb").read_text())
    hand_in(ours, released, submissions)
    hand_in(apart, released, submissions, own_lines=True)
    ways: list[Way] = [
        Autograder(f"`autograder grade`, {CORES} cores", ours, submissions, CORES),
        Autograder("`autograder grade --jobs 1`", ours, submissions, 1),
        Floor(f"the floor, {CORES} cores", ours, submissions),
    ]
    tried(ways[0])
    report = read_report(ours / "reports" / NAME / f"{student(0)}.json")
    tests = {name: len(result.tests) for name, result in report.exercises.items() if result.tests}
    for kind, shows in (("the very same notebooks", True), ("no cell that only shows", False)):
        course = folder / f"nbgrader-{shows}"
        own = nbgrader_course(course, tests, shows=shows)
        hand_in(course, released if shows else own, peers)
        ways.append(Nbgrader(f"stock `nbgrader autograde`, {kind}", course, peers))
    for kind, shows in (("the very same notebooks", True), ("no cell that only shows", False)):
        course = folder / f"otter-{shows}"
        otter_course(course, tests)
        hand_in(course, released if shows else otter_notebook(), peers)
        ways.append(Otter(f"`otter run`, {CORES} at once, {kind}", course, peers))
    with_own_lines = (
        Autograder("`autograder grade --jobs 1`, own lines", apart, submissions, 1),
        Floor("the floor, own lines", apart, submissions),
    )
    for way in (*ways[1:], *with_own_lines):
        tried(way)
    return ways, with_own_lines, tests


def tried(way: Way) -> None:
    """Grade one submission, which compiles modules and brings files into the cache."""
    with tempfile.TemporaryFile() as output:
        told_if_failed(way.start([0], output), output)
    way.check([0])


def nbgrader_course(course: Path, tests: Mapping[str, int], *, shows: bool) -> dict[str, Any]:
    """A course of stock nbgrader, and the notebook that it releases."""
    text = nbformat.writes(nbgrader_source(tests, shows=shows))
    write(course / "source" / NAME / f"{NAME}.ipynb", text)
    write(course / "nbgrader_config.py", NBGRADER_CONFIG)
    call(course, [sys.executable, "-m", "nbgrader", "generate_assignment", NAME])
    released: dict[str, Any] = json.loads((course / "release" / NAME / f"{NAME}.ipynb").read_text())
    return released


def otter_course(course: Path, tests: Mapping[str, int]) -> None:
    """The tests as otter wants them, and the archive that it makes of them."""
    for name, text in otter_tests(tests):
        write(course / "tests" / name, text)
    if not OTTER.exists():
        raise SystemExit(f"{OTTER}: is not there; `make bench` makes it")
    call(course, [str(OTTER), "generate", "-t", "tests", "-o", "autograder.zip", "--no-config"])


def call(course: Path, argv: Sequence[str]) -> None:
    """Run a command; ends the program if it fails."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            argv, cwd=course, env=environment(argv[0]), stdout=output, stderr=output
        )
        told_if_failed(process, output)
