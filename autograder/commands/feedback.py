"""`autograder feedback`: from reports to the pages that students read. Trusted side."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from autograder.cli import REVIEW, UsageError, course_option, print_json, student_option, tell
from autograder.course import Course, CourseError
from autograder.feedback.write import write_feedback
from autograder.gradebook import GradebookError
from autograder.grades import handed_in_grades
from autograder.report import read_report_of
from glm2mlp.catalogue import ASSIGNMENTS


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
    course = Course(options.course)
    try:
        course.require_students(options.student or ())
        found = list(_reports(course, options))
        if not found:
            raise UsageError(f"{course.root / 'reports'}: there are no such reports; grade first")
        with course.in_use():
            problems = _write(course, found, options)
    except (CourseError, GradebookError) as error:
        raise UsageError(str(error)) from None
    if not options.json:
        written = len(found) - problems
        print(f"{written} page{'s' * (written != 1)} in {course.root / 'feedback'}")
    return REVIEW if problems else 0


def _write(course: Course, found: list[Path], options: argparse.Namespace) -> int:
    """Write the pages of these reports; returns of how many there is none. Raises GradebookError."""
    problems = 0
    assignments = dict.fromkeys(path.parent.name for path in found)
    grades = handed_in_grades(course.root, assignments, options.student or ())
    graded = {name: course.graded(name) for name in assignments}
    for path in found:
        try:
            report = read_report_of(path)
            pages = write_feedback(
                course,
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


def _reports(course: Course, options: argparse.Namespace) -> Iterator[Path]:
    """The reports that are asked for, by assignment and student."""
    for assignment in dict.fromkeys(options.assignments or ASSIGNMENTS):
        if assignment not in ASSIGNMENTS:
            known = ", ".join(ASSIGNMENTS)
            raise UsageError(f"there is no assignment «{assignment}»; there are: {known}")
        paths = course.report_paths(assignment)
        if options.student:
            paths = [course.report_path(assignment, student) for student in options.student]
            paths = [path for path in paths if path.exists()]
        yield from paths
