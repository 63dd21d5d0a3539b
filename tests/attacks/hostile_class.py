"""A class of attackers, graded by an instructor's commands: `autograder grade`, `nbgrader autograde`.

`python tests/attacks/hostile_class.py ASSIGNMENT FOLDER EVERY` makes one in FOLDER of every N-th attack,
grades it both ways, opens all its pages in Chromium, and prints a line of JSON for each attack and way: the
way, what is tried, what it broke. It fails if anything was broken.
"""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout, suppress
from pathlib import Path

from attack import Attack
from corpus import ATTACKS
from engine_kit import hand_in
from formulas import WAS_HERE
from nbgrader.api import Gradebook, MissingEntry
from scene import broken_by, neighbour, remove

from autograder.cli import main
from autograder.directory import Directory
from autograder.report import ROUNDING, read_report

WAYS = ("autograder grade", "nbgrader autograde", "pages in Chromium")
PAGES = "tests/browser/attacks/run"
FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
FIRST, LAST = "a-nora", "z-nils"  # innocent, graded before and after all attackers
MADE = ("reports", "autograded", "feedback", "gradebook.db", ".nbgrader.log", ".in-use")

# What is broken, by what an attack tries; by "" what cannot be put down to one of them.
Broken = dict[str, list[str]]


class HostileClass:
    """A course with one assignment's attacks, each handed in by a student of its own."""

    def __init__(self, course: Path, assignment: str, attacks: Iterable[Attack]) -> None:
        course.parent.mkdir(parents=True, exist_ok=True)
        self.course = Directory(course)
        self.assignment = assignment
        self.attackers = {
            f"m{number:03d}": attack
            for number, attack in enumerate(attacks)
            if attack.suits(assignment)
        }
        roster = course.parent / "roster.csv"
        with roster.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["id"], [FIRST], *([s] for s in self.attackers), [LAST]])
        assert main(["new-course", str(course), "--roster", str(roster)]) == 0
        for student in (FIRST, LAST):
            hand_in(course, neighbour(assignment), student, assignment)
        self._run("autograder", "grade", assignment, "--course", ".")
        self._undisturbed = self._innocent()
        for student, attack in self.attackers.items():
            attack.hand_in(course, student, self._notebook(FIRST), assignment)
        self._files_before = self._files()

    def grade(self) -> Broken:
        """Grade all by `autograder grade`; return the promises that were broken."""
        return self._graded_by("autograder", "grade", self.assignment, "--force", "--course", ".")

    def autograde(self) -> Broken:
        """Grade all anew by `nbgrader autograde`; return the promises that were broken.

        Submissions that are no plain file are left out: nbgrader itself follows links and reads devices, and
        `autograder collect` brings no such thing.
        """
        for student, attack in list(self.attackers.items()):
            if attack.place:
                remove(self._notebook(student))
                del self.attackers[student]
        for report in self.course.report_paths(self.assignment):
            report.unlink()
        (self.course.root / "gradebook.db").unlink()
        self._run("autograder", "build", "--course", ".")
        self._files_before = self._files()
        return self._graded_by("nbgrader", "autograde", self.assignment, "--force")

    def show(self) -> Broken:
        """Open every page that is made of the graded class in Chromium; return the promises that were broken.

        In JupyterLab, which shows a notebook as it is, only notebooks with formulas are opened.
        """
        root = self.course.root.resolve()
        asked_for = root / "submitted" / WAS_HERE
        asked_for.mkdir()
        for name in ("nbgrader_config.py", ".jupytext.py"):
            (asked_for / name).write_text(f"open({str(root / 'mallory-ran')!r}, 'w').close()\n")
        self._run("nbgrader", "generate_feedback", self.assignment, "--force")
        (root / "feedback").rename(root / "nbgrader-feedback")
        self._run("autograder", "feedback", self.assignment, "--course", ".")
        self._run("autograder", "overview", self.assignment, "--course", ".")
        with_formulas = [s for s, attack in self.attackers.items() if attack.family == "formulas"]
        done = subprocess.run(
            [str(ROOT / PAGES), str(root), self.assignment, *with_formulas],
            env={**os.environ, "PATH": PATH},
            stdout=subprocess.PIPE,
            check=True,
        )
        opened: Broken = dict(map(json.loads, done.stdout.splitlines()))
        innocent = [told for student in (FIRST, LAST) for told in opened.pop(student)]
        broken = {"": opened.pop("", []) + innocent}
        return broken | {self.attackers[student].tries: told for student, told in opened.items()}

    def _graded_by(self, *command: str) -> Broken:
        left, said = self._run(*command)
        broken: Broken = {"": [f"{left} processes are left"] if left else []}
        if self._innocent() != self._undisturbed:
            broken[""].append("a neighbour's report has changed")
        if changed := sorted(self._files_before ^ self._files()):
            broken[""].append(f"files of the course have changed: {changed[:4]}")
        scores = self._scores()
        for student, attack in self.attackers.items():
            path, score = self.course.report_path(self.assignment, student), scores.get(student, 0)
            if path.exists():
                report = read_report(path)
                told = broken_by(attack, report)
                if abs(score - (report.points or 0)) > ROUNDING:
                    told.append(f"the gradebook has {score} points, the report {report.points}")
            else:  # nbgrader could not even read it; it must say so, by the name of the student
                told = [] if f"for student '{student}'" in said else ["nobody is told about it"]
                told += [f"it earns {score}"] if score else []
            broken[attack.tries] = told
        return broken

    def _run(self, *command: str) -> tuple[int, str]:
        """Run a command of the instructor's; return how many processes it leaves, and what it says."""
        paths = os.pathsep.join((str(FOLDER), str(FOLDER.parent / "engine")))
        done = subprocess.run(
            [sys.executable, str(FOLDER / "command.py"), *command],
            cwd=self.course.root,
            env={**os.environ, "PATH": PATH, "PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said, left, _ = done.stdout.decode(errors="replace").rsplit("\n", 2)
        return int(left), said

    def _innocent(self) -> list[bytes]:
        return [
            self.course.report_path(self.assignment, student).read_bytes()
            for student in (FIRST, LAST)
        ]

    def _notebook(self, student: str) -> Path:
        name = self.assignment
        return self.course.submitted / student / name / f"{name}.ipynb"

    def _scores(self) -> dict[str, float]:
        """The points in the gradebook, by student."""
        with Gradebook(f"sqlite:///{self.course.root / 'gradebook.db'}") as gradebook:
            with suppress(MissingEntry):
                submissions = gradebook.assignment_submissions(self.assignment)
                return {each.student.id: each.score for each in submissions}
            return {}

    def _files(self) -> set[tuple[str, str]]:
        return {*self._hashed()}

    def _hashed(self) -> Iterator[tuple[str, str]]:
        for path in sorted(self.course.root.rglob("*")):
            name = path.relative_to(self.course.root)
            if name.parts[0] not in MADE and path.is_file() and not path.is_symlink():
                yield str(name), hashlib.sha256(path.read_bytes()).hexdigest()


def play(assignment: str, folder: Path, every: int) -> bool:
    """Make a class in `folder`, play it in all ways and print what was broken; whether nothing was."""
    with redirect_stdout(sys.stderr):
        hostile = HostileClass(folder / "course", assignment, ATTACKS[::every])
    kept = True
    for way, graded in zip(WAYS, (hostile.grade, hostile.autograde, hostile.show), strict=True):
        for tries, broken in graded().items():
            kept &= not broken
            print(json.dumps([way, tries, broken]), flush=True)  # noqa: T201
    return kept


if __name__ == "__main__":
    sys.exit(not play(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
