"""`autograder forget`: deletes what a course directory keeps about a student. Trusted side."""

import argparse
from pathlib import Path

from autograder.cli import UsageError, course_option
from autograder.directory import Directory, DirectoryError
from autograder.forgetting import forget, in_gradebook, kept, overviews, shared
from autograder.gradebook import GradebookError
from autograder.tables import TableError


def declare(parser: argparse.ArgumentParser) -> None:
    """Who is forgotten, and whether really."""
    parser.description = (
        "Lists what the course directory keeps about a student, and with --yes deletes it: submissions, what "
        "was set aside, autograded notebooks, reports, feedback, lines of the run logs and of roster.csv, "
        "and all rows of the gradebook. Backups, exported tables and nbgrader's exchange are not touched. "
        "While something is graded nobody is forgotten: a report of the student would be written again."
    )
    parser.epilog = "Exit codes: 0 done, 2 usage, also if nothing is kept about the student."
    parser.add_argument("student", metavar="STUDENT", help="the id")
    course_option(parser)
    parser.add_argument("--yes", action="store_true", help="delete; there is no way back")


def run(options: argparse.Namespace) -> int:
    """List, or delete; returns the exit code."""
    directory, student = Directory(options.course), options.student
    if Path(student).name != student or student in ("", ".", ".."):
        raise UsageError(f"«{student}» is no student's id")
    try:
        directory.require()
        own, among_others = kept(directory, student), shared(directory, student)
        rows = in_gradebook(directory)
        directory.require_students([student], rows | {student} if own or among_others else rows)
        found = [*map(str, (*overviews(directory, student), *own))]
        found += [f"{path} (only lines about {student})" for path in among_others]
        if student in rows:
            found.append(f"all rows about {student} in the gradebook")
        if options.yes:
            with directory.out_of_use():
                forget(directory, student)
    except (GradebookError, TableError, DirectoryError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}; then forget again") from None
    print("\n".join([f"{'Deleted' if options.yes else 'Would be deleted, with --yes'}:", *found]))
    return 0
