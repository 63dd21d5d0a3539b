"""Measures how fast a class is graded: `autograder grade` beside stock `nbgrader autograde`, in turns.

`make bench` runs it and writes docs/performance.md. Nothing here fails because something is slow.
"""
# ruff: noqa: T201

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.build import build_course, source_notebook
from autograder.authoring.cells import load_release, solved_cells
from autograder.report import read_report

NAME = "softmax_regression"
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"

# What a teacher writes into a stock nbgrader test cell: inputs, and a formula to compare with.
SETTING = """\
rng = np.random.default_rng({seed})
Z = rng.normal(size=(6, 4))
X, t, W = rng.normal(size=(12, 3)), rng.integers(0, 4, 12), rng.normal(size=(3, 4))
T = np.eye(4)[t]
P = np.exp(X @ W)
P /= P.sum(axis=1, keepdims=True)
"""
ASSERTS = {
    "softmax": "assert np.allclose(softmax(Z), np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))",
    "log_softmax": "assert np.allclose(log_softmax(Z), Z - np.log(np.exp(Z).sum(axis=1))[:, None])",
    "one_hot": "assert np.array_equal(one_hot(t, 4), T)",
    "nll": "assert np.allclose(nll(W, X, t), -np.mean(np.log(P[np.arange(12), t])))",
    "derive_softmax_gradient": "assert len(derive_softmax_gradient()) >= 4",
    "gradient": "assert np.allclose(gradient(W, X, t), X.T @ (P - T) / 12)",
    "sgd_epoch": (
        "assert sgd_epoch(W, X, t, batch_size=4, learning_rate=0.1, rng=rng).shape == W.shape"
    ),
    "predict": "assert np.array_equal(predict(W, X), P.argmax(axis=1))",
}

# Mistakes that students make, by the exercise they are made in.
MISTAKES = {
    "softmax": "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum()\n",
    "gradient": (
        "def gradient(W, X, t, l2=0.0):\n"
        "    return X.T @ (softmax(X @ W) - one_hot(t, W.shape[1]))\n"
    ),
    "predict": "def predict(W, X):\n    return (X @ W).argmin(axis=1)\n",
}


@dataclass
class Way:
    """A way to grade the class: its command line, and what each run took; `alone`: of one submission."""

    title: str
    course: Path
    command: list[str]
    graded: Callable[[Path], int]
    results: str
    seconds: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    load: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, print, and with `--write` write the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=40, metavar="N")
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N", help="runs of each way, in turns"
    )
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.name}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ways, tests = prepare(Path(folder), options.submissions)
        for number in range(options.runs):
            for way in ways:
                way.load.append(os.getloadavg()[0])
                way.seconds.append(run(way, options.submissions))
                way.alone.append(run(way, 1, "--student", "student_00"))
                took = f"{way.seconds[-1]:.1f} s, one submission {way.alone[-1]:.1f} s"
                print(f"run {number + 1}: {way.title}: {took}", flush=True)
    text = document(ways, tests, options.submissions)
    print("\n" + text)
    if options.write:
        DOCUMENT.write_text(text, encoding="utf-8")


def prepare(folder: Path, submissions: int) -> tuple[list[Way], dict[str, int]]:
    """The courses with the class in them, and the number of hidden tests of each exercise."""
    ours = folder / "ours"
    build_course(ours)
    hand_in(ours, json.loads((ours / "release" / NAME / f"{NAME}.ipynb").read_text()), submissions)
    grade = ["autograder.cli", "grade", NAME, "--course", str(ours)]
    call(ours, [*grade, "--student", "student_00"])  # compiles, warms the file cache
    report = read_report(ours / "reports" / NAME / "student_00.json")
    tests = {name: len(result.tests) for name, result in report.exercises.items() if result.tests}

    stock = folder / "stock"
    stock_course(stock, tests)
    hand_in(
        stock, json.loads((stock / "release" / NAME / f"{NAME}.ipynb").read_text()), submissions
    )
    autograde = ["nbgrader", "autograde", NAME]
    call(stock, [*autograde, "--student", "student_00"])
    cores = len(os.sched_getaffinity(0))
    return [
        Way(f"`autograder grade`, {cores} cores", ours, grade, reports, "reports"),
        Way("`autograder grade --jobs 1`", ours, [*grade, "--jobs", "1"], reports, "reports"),
        Way("stock `nbgrader autograde`", stock, autograde, autograded, "autograded"),
    ], tests


def stock_course(course: Path, tests: dict[str, int]) -> None:
    """The same assignment as a teacher makes it who has nbgrader only: hidden tests in the notebook.

    Cells that only show something are left out, which spares nbgrader their running time.
    """
    release = load_release(NAME)
    roles = {cell.grade_id: cell.role for cell in release.cells}
    letters = {name: f"assert {name}() == {q.right!r}" for name, q in release.questions.items()}
    notebook = nbformat.reads(source_notebook(NAME), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if roles[cell.id] != "show"]
    for cell in notebook.cells:
        exercise = cell.id.removeprefix("test_")
        if roles[cell.id] == "test":
            blocks = [SETTING.format(seed=n) for n in range(tests[exercise])]
            parts = [block + ASSERTS[exercise] for block in blocks] if exercise in ASSERTS else []
            hidden = "\n".join(parts or [letters[exercise]])
            cell.source = f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    place = course / "source" / NAME / f"{NAME}.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(notebook, place)
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "s"\n'
    )
    call(course, ["nbgrader", "generate_assignment", NAME])


def hand_in(course: Path, released: dict[str, Any], submissions: int) -> None:
    """A class of which half has solved everything, a quarter made mistakes, a quarter did a part."""
    for number in range(submissions):
        notebook = json.loads(json.dumps(released))
        answers = dict(answers_of(number))
        for cell in notebook["cells"]:
            if cell["id"] in answers:
                cell["source"] = answers[cell["id"]]
        path = course / "submitted" / f"student_{number:02}" / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))


def answers_of(number: int) -> Iterator[tuple[str, str]]:
    """The answers of one student, by name."""
    solved = [(cell.grade_id, cell.source) for cell in solved_cells(NAME) if cell.role == "answer"]
    yield from solved[: len(solved) // 2] if number % 4 == 3 else solved
    if number % 4 == 1:
        mistakes = list(MISTAKES.items())
        yield mistakes[number // 4 % len(mistakes)]


def run(way: Way, submissions: int, *more: str) -> float:
    """One run, in seconds of wall clock; ends the program if not all was graded."""
    shutil.rmtree(way.course / way.results, ignore_errors=True)  # neither way repeats what is done
    started = time.perf_counter()
    call(way.course, [*way.command, *more])
    seconds = time.perf_counter() - started
    if way.graded(way.course) != submissions:
        raise SystemExit(f"{way.title}: graded {way.graded(way.course)} of {submissions}")
    return seconds


def call(course: Path, command: list[str]) -> None:
    """Run a module as with the environment active."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=course,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")


def reports(course: Path) -> int:
    """How many submissions have a report with points."""
    paths = (course / "reports" / NAME).glob("*.json")
    return sum(read_report(path).status == "graded" for path in paths)


def autograded(course: Path) -> int:
    """How many submissions nbgrader has graded."""
    return len(list((course / "autograded").glob(f"*/{NAME}/{NAME}.ipynb")))


def document(ways: list[Way], tests: dict[str, int], submissions: int) -> str:
    """The result as Markdown."""
    whole = [statistics.median(way.seconds) for way in ways]
    alone = [statistics.median(way.alone) for way in ways]
    further = [(w - a) / (submissions - 1) for w, a in zip(whole, alone, strict=True)]
    rows = [
        f"| {way.title} | {', '.join(f'{s:.1f}' for s in way.seconds)} "
        f"| {', '.join(f'{s:.1f}' for s in way.alone)} | {w / submissions:.2f} | {f:.2f} "
        f"| {60 * submissions / w:.0f} |"
        for way, w, f in zip(ways, whole, further, strict=True)
    ]
    loads = [f"{load:.1f}" for way in ways for load in way.load]
    libraries = ("nbgrader", "nbclient", "ipykernel", "numpy", "pytest")
    return f"""\
# Performance

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; all numbers are measured, none are typed.

A class of {submissions} submissions of `{NAME}`, the ways in turn on the same machine (runs of each: \
{len(ways[0].seconds)}). Seconds are wall clock of the whole command, start-up included; what \
follows from them is of the medians. A *further* submission is what one more costs: (class − one \
alone) / {submissions - 1}.

| way | class (s) | one alone (s) | s a submission | s a further one | submissions a minute |
|:--|--:|--:|--:|--:|--:|
{chr(10).join(rows)}

For this class, stock nbgrader takes {whole[2] / whole[0]:.1f} times as long as `autograder grade` \
({whole[2] / whole[1]:.1f} times as long as one grading process); for each further submission \
{further[2] / further[0]:.0f} times as long ({further[2] / further[1]:.0f} times).

## Machine

{cpu()}, {len(os.sched_getaffinity(0))} cores for us, {platform.system()} {platform.release()}, \
Python {platform.python_version()}, {", ".join(f"{name} {version(name)}" for name in libraries)}. \
Load average before the runs: {", ".join(loads)} (the runs before leave their part in it).

## Method

- Half of the class has solved everything, a quarter made one mistake, a quarter left the second half.
- `autograder grade` finds no reports and grades every submission in its sandbox, with \
{sum(tests.values())} hidden tests each; it writes reports, gradebook and what formgrader shows.
- Stock `nbgrader autograde` has its own settings and no part of ours. Its assignment has the same answer \
cells and {len(tests)} test cells with {sum(tests.values())} blocks of hidden asserts, and no cell \
that only shows something. It grades one submission after the other, without a sandbox.
- Each way graded one submission before, so that files are cached and modules compiled. `make bench` \
repeats all of it.
"""


def cpu() -> str:
    """The processor's name."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


if __name__ == "__main__":
    main()
