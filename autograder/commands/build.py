"""`autograder build`: makes the course directory, or the notebooks beside the text sources. Trusted side."""

import argparse

from autograder.authoring.parts import unfinished
from autograder.authoring.source import SourceError
from autograder.cli import REVIEW, UsageError, course_option
from autograder.directory import Directory
from glm2mlp.course import Course


def declare(parser: argparse.ArgumentParser) -> None:
    """What can be built."""
    parser.description = (
        "Makes the nbgrader course: configuration, source/, release/ and gradebook.db."
    )
    course_option(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--notebooks",
        action="store_true",
        help="in the repository: write the notebooks beside their text sources, and the page on coverage",
    )
    which.add_argument(
        "--check", action="store_true", help="only say which of those files are out of date"
    )


def run(options: argparse.Namespace) -> int:
    """Build what the options name; returns the exit code. An exercise that lacks a part is refused."""
    course = Directory(options.course).course
    for line in (lacking := unfinished(course)):
        print(line)
    if lacking:
        print(
            f"Nothing was built: {len(lacking)} parts are missing or not filled in, see the author guide"
        )
        return REVIEW
    try:
        return _build(course, options)
    except SourceError as error:
        raise UsageError(str(error)) from None


def _build(course: Course, options: argparse.Namespace) -> int:
    # nbgrader takes seconds to import; what is missing is said at once.
    from autograder.authoring.build import stale_notebooks, write_notebooks
    from autograder.gradebook import GradebookError, rebuild

    if options.check:
        stale = stale_notebooks(course)
        for path in stale:
            print(f"{path}: is out of date; run `autograder build --notebooks`")
        return REVIEW if stale else 0
    if options.notebooks:
        write_notebooks(course)
        return 0
    try:
        rebuild(options.course)
    except GradebookError as error:
        raise UsageError(str(error)) from None
    print(f"The course stands in {options.course}")
    return 0
