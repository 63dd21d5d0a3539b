"""`autograder feedback`: from reports to the pages that students read. Trusted side."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from autograder.cli import (
    REVIEW,
    UsageError,
    assignments_named,
    course_option,
    print_json,
    student_option,
    tell,
)
from autograder.directory import Directory, DirectoryError
from autograder.feedback.write import write_feedback
from autograder.gradebook import GradebookError
from autograder.grades import handed_in_grades
from autograder.report import read_report_of


def declare(parser: argparse.ArgumentParser) -> None:
    """Whose pages are written, and when."""
    parser.description = (
        "Writes DIR/feedback/<student>/<assignment>/<assignment>.html, and the same as Markdown, from "
        "DIR/reports/ and the gradebook: points, extra credit and comments that a person entered in "
        "formgrader are on the page. A page that is up to date is left alone, so run this again after "
        "grading by hand. `nbgrader release_feedback` finds the pages there. What each hidden test lets "
        "students read of it stands at the test."
    )
    parser.epilog = "Exit codes: 0 all written, 1 a report could not be read, 2 usage."
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all that were graded)"
    )
    course_option(parser)
    student_option(parser)
    parser.add_argument(
        "--after-deadline",
        action="store_true",
        help="tell also what tests keep back until the deadline is over",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print JSON Lines, one object a page, instead of a count",
    )


def run(options: argparse.Namespace) -> int:
    """Write the pages that the options name; returns the exit code."""
    directory = Directory(options.course)
    try:
        directory.require_students(options.student or ())
        found = list(_reports(directory, options))
        if not found:
            raise UsageError(
                f"{directory.root / 'reports'}: there are no such reports; grade first"
            )
        with directory.in_use():
            problems = _write(directory, found, options)
    except (DirectoryError, GradebookError) as error:
        raise UsageError(str(error)) from None
    if not options.json:
        written = len(found) - problems
        print(f"{written} page{'s' * (written != 1)} in {directory.root / 'feedback'}")
    return REVIEW if problems else 0


def _write(directory: Directory, found: list[Path], options: argparse.Namespace) -> int:
    """Write the pages of these reports; returns of how many there is none. Raises GradebookError."""
    problems = 0
    assignments = dict.fromkeys(path.parent.name for path in found)
    grades = handed_in_grades(directory.root, assignments, options.student or ())
    graded = {name: directory.graded(name) for name in assignments}
    for path in found:
        try:
            report = read_report_of(path)
            pages = write_feedback(
                directory,
                path.stem,
                report,
                grades.get((report.assignment, path.stem)),
                graded[report.assignment].get(path.stem),
                after_deadline=options.after_deadline,
            )
        except (OSError, ValueError, TypeError, KeyError) as error:
            problems += 1
            if isinstance(error, OSError):
                tell(f"{path}: no feedback; {error.filename}: {error.strerror}")
            else:
                tell(f"{path}: no feedback ({error}); grade it again")
            continue
        if options.json:
            html, markdown = map(str, pages)
            names = {"student": path.stem, "assignment": report.assignment}
            print_json({**names, "html": html, "markdown": markdown})
    return problems


def _reports(directory: Directory, options: argparse.Namespace) -> Iterator[Path]:
    """The reports that are asked for, by assignment and student."""
    for assignment in assignments_named(directory.course, options.assignments):
        paths = directory.report_paths(assignment.name)
        if options.student:
            paths = [directory.report_path(assignment.name, student) for student in options.student]
            paths = [path for path in paths if path.exists()]
        yield from paths
