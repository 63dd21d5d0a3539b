"""`autograder new-exercise`: begins an exercise in every place that it needs. Trusted side."""

import argparse
from collections.abc import Callable
from pathlib import Path

from autograder.authoring.scaffold import KINDS, ScaffoldError, scaffold
from autograder.cli import UsageError
from autograder.courses import course_at
from glm2mlp.course import Course


def declare(parser: argparse.ArgumentParser) -> None:
    """Which exercise of which assignment."""
    parser.description = (
        "Writes the parts of a new exercise, each in its place, with TODOs: its declaration, the text, "
        "the reference function, a visible check, hidden tests, misconceptions, answers to try them on. "
        "Until all are filled in, `autograder build` refuses and names what is missing. See the author guide."
    )
    parser.epilog = "Exit codes: 0 written, 2 usage."
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="for example softmax_regression")
    parser.add_argument(
        "name", metavar="NAME", help="also the name of the function, for example softmax"
    )
    parser.add_argument(
        "--kind",
        choices=KINDS,
        default=KINDS[0],
        help="(default: %(default)s; derivations and tables of formulas: see the author guide)",
    )


def run(options: argparse.Namespace) -> int:
    """Write what the options name; returns the exit code."""
    tell_begun(lambda course: scaffold(course, options.assignment, options.name, options.kind))
    print("Fill in the TODOs; `autograder build --check` names what is missing.")
    return 0


def tell_begun(begin: Callable[[Course], list[Path]]) -> None:
    """Do `begin` in the checkout, and print the files that it wrote."""
    course = course_at(Path.cwd())
    root = course.folders[0]
    if not (root / "solutions").is_dir():
        raise UsageError(f"{root}: is not where the course is written; authors work there")
    try:
        written = begin(course)
    except ScaffoldError as error:
        raise UsageError(str(error)) from None
    for path in written:
        print(f"begun in {path}")
