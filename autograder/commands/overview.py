"""`autograder overview`: the class at a glance, from the reports of graded submissions. Trusted side."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from autograder.authoring.source import SourceError
from autograder.cli import REVIEW, UsageError, assignments_named, course_option, print_json, tell
from autograder.directory import Directory, DirectoryError
from autograder.files import write_atomically
from autograder.gradebook import GradebookError
from autograder.grades import handed_in_grades
from autograder.overview.content import Overview, overview
from autograder.overview.gather import add_times, gather
from autograder.overview.html import to_html
from autograder.report import Report, read_report_of


def declare(parser: argparse.ArgumentParser) -> None:
    """Of which assignments, and where to."""
    parser.description = (
        "Writes DIR/overview.html, one page for instructors: the distribution of points, how hard each "
        "exercise was and how well it tells students apart, the most frequent misconceptions, what needs a "
        "look, points and comments given by hand, near-identical answers, and hidden tests that told "
        "nothing. Made of DIR/reports/ and the gradebook, in seconds; nothing is graded."
    )
    parser.epilog = "Exit codes: 0 written, 1 a report could not be read, 2 usage."
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all that were graded)"
    )
    course_option(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write the page there (default: DIR/overview.html)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the same as JSON Lines, one object an assignment, and write no page",
    )


def run(options: argparse.Namespace) -> int:
    """Write the page; returns the exit code."""
    directory = Directory(options.course)
    problems: list[str] = []
    names = _assignments(directory, options.assignments)
    try:
        overviews = [_overview(directory, name, problems) for name in names]
    except GradebookError as error:
        raise UsageError(str(error)) from None
    except SourceError as error:  # the assignment's own text, in the middle of a change
        raise UsageError(str(error)) from None
    for problem in problems:
        tell(problem)
    if options.json:
        for each in overviews:
            print_json(asdict(each))
        return REVIEW if problems else 0
    path = options.output or directory.root / "overview.html"
    try:
        write_atomically(path, to_html(overviews, directory.root.resolve().name))
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    print(f"The overview stands in {path}")
    return REVIEW if problems else 0


def _assignments(directory: Directory, asked: list[str]) -> list[str]:
    """Those asked for, or all that have reports."""
    names = [each.name for each in assignments_named(directory.course, asked)]
    found = [name for name in names if directory.report_paths(name)]
    if lacking := [name for name in dict.fromkeys(asked) if name not in found]:
        raise UsageError(
            f"{directory.root / 'reports'}: has no reports of {', '.join(lacking)}; grade first"
        )
    if not found:
        raise UsageError(f"{directory.root / 'reports'}: there are no reports; grade first")
    return found


def _overview(directory: Directory, name: str, problems: list[str]) -> Overview:
    try:
        names = directory.names()
    except DirectoryError as error:
        problems.append(f"{error}; going on with the names of the folders")
        names = {}
    paths = directory.report_paths(name)
    grades = {s: grade for (_, s), grade in handed_in_grades(directory.root, [name]).items()}
    found = gather(directory.course.assignments[name], _read(paths, problems), grades)
    absent = {s for s in found.unreadable if not directory.has_handed_in(name, s)}
    absent |= {s for s in names if s not in {path.stem for path in paths}}
    for student in absent:
        found.unreadable.pop(student, None)
    add_times(found, directory.gradings(name))
    # Without a roster nobody knows who else there is.
    return overview(found, names, len(absent) if names or absent else None)


def _read(paths: list[Path], problems: list[str]) -> Iterator[tuple[str, Report]]:
    for path in paths:
        try:
            yield path.stem, read_report_of(path)
        except OSError as error:
            problems.append(f"{path}: is left out: {error.strerror}")
        except (ValueError, TypeError, KeyError) as error:
            problems.append(f"{path}: is left out ({error}); grade it again")
