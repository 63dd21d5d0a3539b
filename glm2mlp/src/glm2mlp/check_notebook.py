"""Runs a notebook and its public checks: `python -m glm2mlp.check_notebook NOTEBOOK …`. Student side.

For a terminal, and for a service that checks what is pushed. The notebook runs in a kernel of its own, as
in Jupyter; it is neither changed nor graded, and nothing holds its code back from this machine.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.suite import STUB
from glm2mlp.course import Assignment

CELL_SECONDS = 120
IMPORT = re.compile(r"^from glm2mlp\.checks\.(\w+) import", re.MULTILINE)
# What the kernel is asked at the end: plain Python, in which the notebook's functions are.
QUESTION = "import glm2mlp.check_notebook as _c; _c.answer({name!r}, globals())"
MARK = "application/vnd.glm2mlp.checks+json"
BY_HAND = "graded by hand"
EXPECTED = ("CheckFailed", "NotImplementedError")  # what unfinished answers raise


class NotCheckedError(Exception):
    """A notebook cannot be checked; the text names the remedy."""


@dataclass(frozen=True)
class Line:
    """One exercise: how many of its checks passed, of how many, and what the state is, in words."""

    exercise: str
    points: float
    passed: int
    checks: int
    state: str

    @property
    def well(self) -> bool:
        """Whether nothing is left to do that a check could see."""
        return self.state in ("passed", BY_HAND)


def main(arguments: list[str] | None = None) -> int:
    """Read the command line; returns 0 if all checks pass, 1 if some do not, 2 if one could not be run."""
    parser = argparse.ArgumentParser(
        prog="python -m glm2mlp.check_notebook",
        description="Runs notebooks of this course and their public checks, and prints how each exercise "
        "stands. The hidden tests, which give the points, look at more.",
        epilog="Exit codes: 0 all checks pass, 1 some do not, 2 a notebook could not be checked.",
    )
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    code = 0
    for path in parser.parse_args(arguments).notebooks:
        try:
            assignment, lines, broken = check_notebook(path)
        except NotCheckedError as error:
            sys.stderr.write(f"{path}: {error}\n")
            code = 2
            continue
        sys.stdout.write(table(path, assignment, lines, broken))
        if not all(line.well for line in lines):
            code = max(code, 1)
    return code


def check_notebook(path: Path) -> tuple[Assignment, list[Line], list[str]]:
    """Run a notebook; returns its assignment, its exercises, and what its cells raised.

    Raises NotCheckedError.
    """
    notebook = _read(path)
    assignment = _assignment(notebook, path)
    question = nbformat.v4.new_code_cell(QUESTION.format(name=assignment.name))
    notebook.cells.append(question)
    _run(notebook, path.parent)
    answers = next((output.data[MARK] for output in question.outputs if "data" in output), None)
    if answers is None:
        raise NotCheckedError("the checks gave no answer: does a cell overwrite names of Python?")
    return assignment, [Line(**each) for each in answers], list(_raised(notebook.cells[:-1]))


def answer(name: str, notebook: Mapping[str, Any]) -> None:
    """In the kernel: examine every exercise of the assignment, and display the result as data."""
    from IPython.display import display

    suite = import_module(f"glm2mlp.checks.{name}").suite
    lines = []
    for exercise in suite.assignment.exercises:
        report = suite.examine(exercise.name, notebook)
        if report.by_hand:
            state = BY_HAND
        elif report.problem:
            state = "not begun" if report.problem == STUB else "not defined"
        elif report.complete:
            state = "passed"
        else:
            first = next(iter(report.failures), None)
            state = f"failed: {first.sentence}" if first else "waits for an earlier exercise"
        checks = len(suite.tests.get(exercise.name, ()))
        lines.append(Line(exercise.name, exercise.points, len(report.passed), checks, state))
    display({MARK: [asdict(line) for line in lines]}, raw=True)


def table(path: Path, assignment: Assignment, lines: list[Line], broken: list[str]) -> str:
    """The result as text."""
    width = max(len(line.exercise) for line in lines)
    rows = [
        f"  {line.exercise:<{width}}  {line.points:>6g}  "
        f"{f'{line.passed}/{line.checks}' if line.checks else '–':>6}  {line.state}"
        for line in lines
    ]
    passed = sum(line.points for line in lines if line.state == "passed")
    return "\n".join(
        [
            f"{path}: {assignment.title}",
            f"  {'exercise':<{width}}  points  checks  state",
            *rows,
            *(f"  {cell}" for cell in broken),
            f"  Exercises worth {passed:g} of {assignment.max_points:g} points pass their public checks; the "
            "hidden tests look at more.\n",
        ]
    )


def _read(path: Path) -> NotebookNode:
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        raise NotCheckedError(f"cannot be read: {error.strerror}") from None
    except Exception as error:  # nbformat raises whatever its parsers do
        raise NotCheckedError(
            f"is no notebook ({type(error).__name__}); open it in JupyterLab, and save it"
        ) from None
    # Ids may be missing or double after a merge; the kernel does not need them.
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        cell.pop("id", None)
    return notebook


def _assignment(notebook: NotebookNode, path: Path) -> Assignment:
    """Whose checks the notebook imports, else what the file is called."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for name in (*IMPORT.findall(code), path.stem):
        if name in ASSIGNMENTS:
            return ASSIGNMENTS[name]
    raise NotCheckedError(
        "is no assignment of this course: the cell `from glm2mlp.checks.… import check` is missing"
    )


def _run(notebook: NotebookNode, folder: Path) -> None:
    """Run all cells, with the notebook's folder as working directory; what raises does not end the run."""
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        interrupt_on_timeout=True,
        kernel_name="python3",  # whatever kernel the notebook names
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    )
    try:
        client.execute()
    except DeadKernelError:
        raise NotCheckedError("a cell ended Python: by exit, or for want of memory") from None


def _raised(cells: list[NotebookNode]) -> Iterator[str]:
    """What cells raised, but for what answers raise that are not finished."""
    for cell in cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error" and output.ename not in EXPECTED:
                what = f"raised {output.ename}: {output.evalue}"
                if output.ename == "KeyboardInterrupt":
                    what = f"was stopped after {CELL_SECONDS} s"
                first = cell.source.strip().partition("\n")[0]
                yield f"The cell that begins with «{first}» {what}"


if __name__ == "__main__":
    sys.exit(main())
