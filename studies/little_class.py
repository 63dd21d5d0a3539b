"""A class of six that is graded again and again, undisturbed or not."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from autograder.authoring.build import build_course, release_notebook, source_notebook
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from studies.course_state import State, read_state

ASSIGNMENT = "logistic_regression"
SOLVED = source_notebook(ASSIGNMENTS[ASSIGNMENT])
PRINTED_BYTES = 1 << 20
AUTOGRADER = Path(sys.executable).parent / "autograder"
KEY = f"{2026:064x}\n"  # the same hidden inputs in every course


def _solved(above: str = "", below: str = "") -> str:
    """The solved notebook, with lines above and below the answer to `logit`."""
    notebook = json.loads(SOLVED)
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "logit")
    cell["source"] = f"{above}\n{''.join(cell['source'])}\n{below}\n"
    return json.dumps(notebook)


@cache
def class_of_six() -> dict[str, str]:
    """What each student handed in."""
    return {
        "good": SOLVED,
        "wrong": _solved(below="def logit(p):\n    return p"),
        "slow": _solved(above="import time\n\ntime.sleep(1)"),
        "crashing": _solved(below="import os\n\nos._exit(1)"),
        "untouched": release_notebook(ASSIGNMENTS[ASSIGNMENT]),
        "unreadable": SOLVED[: len(SOLVED) // 2],
    }


def new_course(course: Path, *, built: bool) -> None:
    """A course in which the class has handed in; without gradebook unless it is `built`."""
    course.mkdir(mode=0o700, parents=True)
    for student, notebook in class_of_six().items():
        path = course / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook, encoding="utf-8")
    key = course / "course.key"
    key.write_text(KEY)
    key.chmod(0o600)
    if built:
        build_course(course, COURSE)


def start(folder: Path, inside: Sequence[str] = (), jobs: int = 1) -> "subprocess.Popen[str]":
    """Begin to grade the course in `folder`; by its short name, so that errors name no folder of ours.

    `inside` is put before the command.
    """
    command = [AUTOGRADER, "grade", ASSIGNMENT, "--course", "course", "--json", "--jobs", str(jobs)]
    path = f"{AUTOGRADER.parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        [*inside, *command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Who waits for a moment to kill reads nothing meanwhile; the results of all have to fit.
    assert process.stdout is not None
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, PRINTED_BYTES)
    return process


@dataclass(frozen=True)
class Run:
    """How a run of the command ended."""

    code: int
    printed: str
    said: str

    @property
    def complaints(self) -> list[str]:
        """The lines that it said, without those about a lock that it waited for."""
        lines = self.said.strip().splitlines()
        return [line for line in lines if not line.startswith("autograder: waiting for ")]

    def failed(self, what: str) -> list[str]:
        """What did not hold of a run in which nothing should go wrong."""
        if self.code or self.complaints:
            return [f"{what}: exit code {self.code}: {self.said.strip() or 'says nothing'}"]
        return []


def ended(process: "subprocess.Popen[str]") -> Run:
    """The run, when it has ended."""
    printed, said = process.communicate()
    return Run(process.returncode, printed, said)


@dataclass(frozen=True)
class Undisturbed:
    """`folder/before` holds a course, `folder/after` the same when it was graded once."""

    folder: Path
    seconds: float = 0.0

    @classmethod
    def graded(cls, folder: Path, *, built: bool) -> "Undisturbed":
        """Make and grade the course."""
        new_course(folder / "before" / "course", built=built)
        shutil.copytree(folder / "before", folder / "after")
        begun = time.monotonic()
        run = ended(start(folder / "after"))
        seconds = time.monotonic() - begun
        if wrong := run.failed("the undisturbed run"):
            raise RuntimeError(*wrong)
        return cls(folder, seconds)

    @cached_property
    def state(self) -> State:
        """The state of the graded course."""
        return read_state(self.folder / "after" / "course")

    def copy(self, step: str, folder: Path) -> Path:
        """A copy in `folder` of the course `before` or `after`; returns the course."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / step, folder)
        return folder / "course"

    def differs(self, course: Path) -> list[str]:
        """What of a course is not as it was after the undisturbed run."""
        return [f"differs: {name}" for name in read_state(course).differs(self.state)]
