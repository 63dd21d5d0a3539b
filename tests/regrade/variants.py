"""A small class, and graders that differ in one place from ours: what a course meets in mid-term."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import glm2mlp
import solutions
from autograder.authoring.build import source_notebook
from autograder.directory import Directory
from autograder.grading.client import GradingProcess
from autograder.grading.task import Graded, Task
from autograder.sandbox.terms import LAYERS, Limits
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.course import read_course

REPOSITORY = Path(solutions.__path__[0]).parent
NAME = "logistic_regression"
EXERCISES = (
    *("sigmoid", "sigmoid_derivative", "logit", "choose_logit_meaning"),
    *("derive_sigmoid_derivative", "nll", "derive_nll_gradient", "gradient", "sgd_epoch"),
    *("predict", "choose_boundary"),
)

# By student: answers that differ from the reference's.
ANSWERS = {
    "ada": {},
    "ben": {"nll": "def nll(w, X, t):\n    return 0.5"},
    # What is wrong in sigmoid is lent to those that call it.
    "cleo": {
        "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(z))",
        "predict": "def predict(w, X):\n    return (sigmoid(X @ w) > 0.5).astype(int)",
        "nll": (
            "def nll(w, X, t):\n    p = sigmoid(X @ w)\n"
            "    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))"
        ),
    },
    # What `logit` returns depends on how often anything was called.
    "dora": {
        "sigmoid": (
            "calls = []\n\n\ndef sigmoid(z):\n    calls.append(1)\n    return 1 / (1 + np.exp(-z))"
        ),
        "logit": "def logit(p):\n    return np.log(p / (1 - p)) + len(calls)",
    },
    "emil": {"logit": "def logit(p):\n    return np.ones(10**12)"},
}
STUDENTS = ("ada", "ben")  # of the class that `graded` is


def hand_in(course: Path, student: str, answers: dict[str, str]) -> Path:
    """Lay a notebook with these answers where a submission lies."""
    notebook = json.loads(source_notebook(ASSIGNMENTS[NAME]))
    for cell in notebook["cells"]:
        if (answer := answers.get(cell["id"])) is not None:
            cell["source"] = answer
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook))
    return path


class Grader:
    """A copy of all our code, to be changed, and its command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # With what is compiled: the files keep their times, and those that are changed get new ones.
        folder.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / "course.toml", folder)
        for name in ("autograder", "solutions", "assignments", "hidden", "lectures"):
            shutil.copytree(REPOSITORY / name, folder / name)
        shutil.copytree(Path(glm2mlp.__path__[0]), folder / "glm2mlp")

    def worth(self, exercise: str, points: float) -> None:
        """Let an exercise be worth something else."""
        path = self.folder / "assignments" / NAME / "assignment.toml"
        head = rf"(\[exercises\.{exercise}\]\n(?:kind = .*\n)?points = )[\d.]+"
        text, count = re.subn(head, rf"\g<1>{points:g}", path.read_text())
        assert count == 1, exercise
        path.write_text(text)

    def change(self, file: str, old: str, new: str) -> None:
        """Put one text for another in a file."""
        path = self.folder / file
        text = path.read_text()
        assert old in text, f"{file}: no «{old}»"
        path.write_text(text.replace(old, new, 1))

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """`autograder …` of this copy."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [sys.executable, "-P", "-m", "autograder.cli", *map(str, arguments)],
            cwd=self.folder,  # where its course is
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(self.folder)},
            check=False,
        )

    def grade(self, course: Path, forced: Path | None = None) -> dict[str, Graded]:
        """Grade the class as a batch does, without gradebook and table; returns what came by student.

        `forced` is a copy of the course in which everything is graded.
        """
        process = GradingProcess(read_course(self.folder), LAYERS)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(self.folder))
            try:
                for task in _tasks(forced, force=True) if forced else ():
                    process.grade(task)
                return {task.student: process.grade(task) for task in _tasks(course)}
            finally:
                process.stop()


def _tasks(course: Path, *, force: bool = False) -> Iterator[Task]:
    for student in Directory(course).students(NAME):
        yield Directory(course).task(NAME, student, Limits(), force=force)


def reports(course: Path) -> dict[str, bytes]:
    """The reports by student, as they are."""
    return {path.stem: path.read_bytes() for path in (course / "reports" / NAME).glob("*.json")}
