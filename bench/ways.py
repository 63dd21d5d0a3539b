"""The ways to grade the class, each with a course of its own: its command, and the scores that it gave."""

import json
import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from nbgrader.api import Gradebook
from students import NAME, student, wrong_score

from autograder.report import read_report

BENCH = Path(__file__).parent
OTTER = BENCH.parent / "build" / "otter" / "bin" / "otter"
CORES = len(os.sched_getaffinity(0))


def clear(course: Path, *results: str) -> None:
    """Delete what a run has made in the course; the gradebook is the one that the course began with."""
    for name in results:
        shutil.rmtree(course / name, ignore_errors=True)
    gradebook, fresh = course / "gradebook.db", course / "fresh.db"
    if not fresh.exists() and gradebook.exists():
        shutil.copy(gradebook, fresh)
    if fresh.exists():
        shutil.copy(fresh, gradebook)


class Way(ABC):
    """A way to grade a class of so many submissions, which lies in the folder `course`."""

    results: ClassVar[tuple[str, ...]]  # what a run makes in the course

    def __init__(self, title: str, course: Path, submissions: int) -> None:
        self.title = title
        self.course = course
        self.submissions = submissions

    @abstractmethod
    def command(self, students: Sequence[str]) -> list[str]:
        """What an instructor types to grade these students."""

    @abstractmethod
    def scores(self) -> dict[str, dict[str, float]]:
        """The scores of the last run, by student and exercise."""

    @property
    def whole(self) -> range:
        """The numbers of all its students."""
        return range(self.submissions)

    def clear(self) -> None:
        """Make the course one in which nothing was graded: no way repeats what is done."""
        clear(self.course, *self.results)

    def start(self, numbers: Sequence[int], output: Any) -> "subprocess.Popen[bytes]":
        """Start grading these students, with nothing graded before."""
        self.clear()
        argv = self.command([student(number) for number in numbers])
        return subprocess.Popen(
            argv, cwd=self.course, env=environment(argv[0]), stdout=output, stderr=output
        )

    def check(self, numbers: Sequence[int]) -> None:
        """End the program unless each of these students, and nobody else, has the right scores."""
        scores = self.scores()
        if scores.keys() != {student(number) for number in numbers}:
            raise SystemExit(f"{self.title}: graded {len(scores)} of {len(numbers)} submissions")
        for number in numbers:
            if wrong := wrong_score(number, scores[student(number)]):
                raise SystemExit(f"{self.title}: {student(number)}: {wrong}")


def environment(program: str) -> dict[str, str]:
    """As with the program's own environment active."""
    folder = str(Path(program).parent)
    return {**os.environ, "PATH": os.pathsep.join((folder, os.environ["PATH"]))}


def told_if_failed(process: "subprocess.Popen[bytes]", output: Any) -> None:
    """Wait for a command; ends the program with what it printed if it fails."""
    if process.wait():
        output.seek(0)
        raise SystemExit(f"{process.args!r}:\n{output.read().decode(errors='replace')[-5000:]}")


class Autograder(Way):
    """`autograder grade`, by so many grading processes."""

    results = ("reports", "autograded")

    def __init__(self, title: str, course: Path, submissions: int, jobs: int) -> None:
        super().__init__(title, course, submissions)
        self.jobs = jobs

    def command(self, students: Sequence[str]) -> list[str]:
        """All options but `--student` are those of whoever grades the class."""
        return [sys.executable, "-m", "autograder.cli", *self.arguments(students)]

    def arguments(self, students: Sequence[str]) -> list[str]:
        """The arguments of `autograder`."""
        chosen = [] if len(students) == self.submissions else students
        words = [word for name in chosen for word in ("--student", name)]
        return ["grade", NAME, "--course", ".", "--jobs", str(self.jobs), *words]

    def scores(self) -> dict[str, dict[str, float]]:
        """From the reports."""
        reports = map(read_report, (self.course / "reports" / NAME).glob("*.json"))
        return {
            report.student: {
                name: result.points
                for name, result in report.exercises.items()
                if result.points is not None
            }
            for report in reports
            if report.status == "graded"
        }


class Nbgrader(Way):
    """Stock `nbgrader autograde`, which grades one submission after the other."""

    results = ("autograded",)

    def command(self, students: Sequence[str]) -> list[str]:
        """It takes one student, or all."""
        chosen = [] if len(students) == self.submissions else ["--student", *students]
        return [sys.executable, "-m", "nbgrader", "autograde", NAME, *chosen]

    def scores(self) -> dict[str, dict[str, float]]:
        """From the gradebook, of whom the run has graded."""
        graded = {path.parts[-3] for path in self.course.glob(f"autograded/*/{NAME}/{NAME}.ipynb")}
        with Gradebook(f"sqlite:///{self.course}/gradebook.db") as gradebook:
            return {
                submission.student_id: {
                    grade.name.removeprefix("test_"): grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                    if grade.auto_score is not None
                }
                for submission in gradebook.assignment_submissions(NAME)
                if submission.student_id in graded
            }


class Otter(Way):
    """`otter run`, which grades one submission; as many at once as there are cores."""

    results = ("results",)

    def command(self, students: Sequence[str]) -> list[str]:
        """A line of shell for the class: xargs starts it for each student."""
        (self.course / "class.txt").write_text("\n".join(students) + "\n")
        notebook = f"submitted/{{}}/{NAME}/{NAME}.ipynb"
        run = [str(OTTER), "run", "--no-logo", "-a", "autograder.zip", "-o", "results/{}", notebook]
        return ["/usr/bin/env", "xargs", "-a", "class.txt", "-P", str(CORES), "-I{}", *run]

    def clear(self) -> None:
        """It wants the folder of the results to be there."""
        super().clear()
        for number in self.whole:
            (self.course / "results" / student(number)).mkdir(parents=True)

    def scores(self) -> dict[str, dict[str, float]]:
        """From the files that it writes; it adds up the shares of the blocks, which may not be whole."""
        paths = (self.course / "results").glob("*/results.json")
        return {
            path.parent.name: {
                test["name"]: round(test["score"], 6)
                for test in json.loads(path.read_text())["tests"]
                if "max_score" in test
            }
            for path in paths
        }


class Floor(Way):
    """What nobody can do without: a warm fork, the answers, the tests' own arithmetic (floor.py)."""

    results = ("floor",)

    def command(self, students: Sequence[str]) -> list[str]:
        """By as many processes as there are cores."""
        program = [sys.executable, str(BENCH / "floor.py"), "--course", ".", "--jobs", str(CORES)]
        return [*program, *students]

    def scores(self) -> dict[str, dict[str, float]]:
        """From the files that it writes."""
        found: dict[str, dict[str, float]] = {}
        for path in (self.course / "floor").glob("*.json"):
            found |= json.loads(path.read_text())
        return found
