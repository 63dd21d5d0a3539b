"""`autograder self-check`: grades one notebook without a course, a roster or a gradebook. Trusted side."""

import argparse
import re
import shlex
import sys
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from autograder.authoring.stubs import without_marks
from autograder.cli import REVIEW, UsageError, for_terminal, unsafe_option
from autograder.commands.grade import layers_in_force, print_report
from autograder.courses import course_at
from autograder.feedback.content import page
from autograder.feedback.html import to_html
from autograder.feedback.markdown import fenced, to_markdown
from autograder.files import write_atomically
from autograder.grading.grade import grade_answers
from autograder.grading.hidden import HiddenTests, NotCollectedError, run_hidden_tests
from autograder.grading.task import Task
from autograder.reading.notebook import UnreadableError, parse, read_file
from autograder.reading.submission import Submission, read_notebook, read_submission
from autograder.report import Report, UnreadableReportError, report_of
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import Limits, SandboxError
from glm2mlp.course import Assignment, Course

LISTED = 12  # files that are named
RAISED = re.compile(
    r"\[(\w+.*)\]$", re.DOTALL
)  # the end of the message of a test that met an error


def declare(parser: argparse.ArgumentParser) -> None:
    """Which notebook, and what of it."""
    parser.description = (
        "Grades one notebook of an assignment against all hidden tests, and says of each exercise how it "
        "went, what goes wrong, a hint, and where to read again. Nothing is kept: there is no course, no "
        "roster and no gradebook. Your code runs in the sandbox."
    )
    parser.epilog = (
        "Exit codes: 0 graded (whatever the points), 1 a fault of the grader, 2 usage. Example: autograder "
        "self-check assignments/softmax_regression.ipynb --solution nll"
    )
    parser.add_argument(
        "notebook", type=Path, metavar="NOTEBOOK", help="the file, as Jupyter saves it"
    )
    parser.add_argument(
        "--solution",
        metavar="EXERCISE",
        help="do not grade: show the reference solution of this exercise of the notebook",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="what the inputs of hidden tests are drawn from: the same number, the same result (default: "
        "%(default)s)",
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="also write it as a page, with pictures"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead, as `autograder grade`"
    )
    unsafe_option(parser)


def run(options: argparse.Namespace) -> int:
    """Grade the notebook or show a solution; returns the exit code."""
    try:
        assignment, submission = _read(options.notebook, course_at(Path.cwd()))
    except UnreadableError as error:
        raise UsageError(str(error)) from None
    if options.solution:
        print(_solution(assignment, options.solution))
        return 0
    report = _graded(assignment, submission, options)
    said = page(report, assignment, after_deadline=True)
    if options.json:
        print_report(report)
    else:
        console = Console() if sys.stdout.isatty() else Console(width=100)
        console.print(Markdown(to_markdown(said) + _alone(report, options.notebook)))
    if options.html:
        try:
            write_atomically(options.html, to_html(said), mode=0o666)
        except OSError as error:
            raise UsageError(f"{options.html}: {error.strerror}") from None
    return REVIEW if report.ours_failed else 0


def _read(path: Path, course: Course) -> tuple[Assignment, Submission]:
    """The assignment that a notebook belongs to, and its answers. Raises UnreadableError.

    Its cells say which it is; the name of the file decides where they leave it open.
    """
    if not path.is_file():
        raise UnreadableError(_no_notebook(path))
    content = read_file(path)
    with suppress(UnreadableReportError):
        report_of(content)
        raise UnreadableError(
            f"{path}: is a report, and no notebook; `autograder replay` grades a report again, and "
            "self-check takes the .ipynb file"
        )
    parse(content, path)
    found = {name: _exercises_in(content, path, each) for name, each in course.assignments.items()}
    name = max(found, key=lambda name: (found[name], name == path.stem))
    if not found[name]:
        raise UnreadableError(
            f"{path}: holds no exercise of an assignment; the assignments are {', '.join(found)}"
        )
    # Alone, the file may be called anything.
    assignment = course.assignments[name]
    release = load_release(assignment)
    return assignment, read_submission(path.with_name(f"{name}.ipynb"), release, (), content)


def _exercises_in(content: bytes, path: Path, assignment: Assignment) -> int:
    """How many exercises of an assignment a notebook has a cell for, answered or not."""
    try:
        pieces = read_notebook(path, load_release(assignment), content=content).pieces
    except UnreadableError:
        return 0
    present = {piece.claim for piece in pieces}.union(*(piece.cell.names for piece in pieces))
    return sum(each.name in present for each in assignment.exercises)


def _no_notebook(path: Path) -> str:
    """What is wrong with a path that leads to no file, and what else is there."""
    folder = path if path.is_dir() else path.parent
    there = ", ".join(sorted(each.name for each in folder.glob("*.ipynb"))[:LISTED])
    what = "is a folder" if path.is_dir() else "there is no such notebook"
    return f"{path}: {what}; " + (f"in {folder}: {there}" if there else "give the file's path")


def _graded(assignment: Assignment, submission: Submission, options: argparse.Namespace) -> Report:
    task = Task("you", assignment.name, str(options.notebook), "", options.seed, Limits())
    sandbox = Sandbox(
        layers=layers_in_force(unsafe=options.unsafe),
        course_files=assignment.course.public_files,
    )
    reports: list[Report] = []

    def work(tests: HiddenTests) -> None:
        release = load_release(assignment)
        reports.append(grade_answers(task, release, submission, sandbox, tests))

    try:
        run_hidden_tests(assignment, work)
    except NotCollectedError as error:
        raise UsageError(str(error)) from None
    except SandboxError as error:
        raise UsageError(f"{error}; `autograder doctor` may say why") from None
    finally:
        sandbox.stop()
    return reports[0]


def _alone(report: Report, notebook: Path) -> str:
    """What is said to those who study alone, as Markdown: what their code raised, and how to go on."""
    lines = ["", "## How to go on", ""]
    errors = {
        name: RAISED.search(test.message)
        for name, exercise in report.exercises.items()
        for test in reversed(exercise.tests)  # the first one counts
        if test.outcome == "error"
    }
    for name, raised in errors.items():
        if raised:
            lines += [f"`{name}` raised:", "", fenced(for_terminal(raised[1])), ""]
    if any(exercise.outcome == "manual" for exercise in report.exercises.values()):
        lines += [
            "What you wrote in words nobody grades here: compare it with the model answer.",
            "",
        ]
    short = [n for n, e in report.exercises.items() if e.points is None or e.points < e.max_points]
    if not short:
        return "\n".join([*lines, "Everything is right."])
    command = ["autograder", "self-check", str(notebook), "--solution", short[0]]
    return "\n".join([*lines, "This shows a solution:", "", fenced(shlex.join(command))])


def _solution(assignment: Assignment, exercise: str) -> str:
    """What the reference answers, from the solved notebook."""
    names = [each.name for each in assignment.exercises]
    if exercise not in names:
        raise UsageError(
            f"{assignment.name} has no exercise «{exercise}»; it has: {', '.join(names)}"
        )
    source = next(cell.source for cell in solved_cells(assignment) if cell.grade_id == exercise)
    return without_marks(source).strip()
