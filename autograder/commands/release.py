"""`autograder release`: what students download. Trusted side."""

import argparse
from pathlib import Path

from autograder.authoring.parts import unfinished
from autograder.authoring.source import SourceError
from autograder.cli import UsageError, assignments_named
from autograder.courses import course_at


def declare(parser: argparse.ArgumentParser) -> None:
    """Which assignments, and where to."""
    parser.description = (
        "Writes what students download, as a folder and as a zip: the notebooks of lectures and assignments, "
        "the student package, a README, and a file that starts it all on each system. No solution, no hidden "
        "test and no key is in it."
    )
    parser.epilog = "Exit codes: 0 written, 2 usage. Example: autograder release --to hand-out"
    parser.add_argument(
        "assignments",
        nargs="*",
        metavar="ASSIGNMENT",
        help="for example softmax_regression (default: all)",
    )
    parser.add_argument(
        "--to",
        type=Path,
        default=Path("build/bundle"),
        metavar="DIR",
        help="the folder in which both are written (default: %(default)s)",
    )
    parser.add_argument(
        "--with-solutions",
        action="store_true",
        help="for after the deadline: add the solved notebooks of these assignments",
    )


def run(options: argparse.Namespace) -> int:
    """Write the bundle; returns the exit code."""
    course = course_at(Path.cwd())
    assignments_named(course, options.assignments)
    if lacking := unfinished(course):
        raise UsageError("; ".join(("there are exercises that lack parts", *lacking)))
    # nbgrader takes seconds to import; a wrong name is told at once.
    from autograder.bundle.write import BundleError, write_bundle

    named = options.assignments or course.names
    assignments = [each for name, each in course.assignments.items() if name in named]
    try:
        folder = write_bundle(options.to, assignments, solved=options.with_solutions)
    except (BundleError, SourceError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    print(f"Students get {folder.with_suffix('.zip')}, which is the folder {folder}")
    if options.with_solutions:
        print("It holds the solutions: hand it out after the deadline")
    return 0
