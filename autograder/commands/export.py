"""`autograder export`: the points for Canvas, Moodle, Gradescope or a spreadsheet. Trusted side."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.cli import (
    REVIEW,
    UsageError,
    assignments_named,
    course_option,
    student_option,
    tell,
)
from autograder.directory import Directory, DirectoryError
from autograder.exporting import sheets
from autograder.exporting.gradescope import VISIBILITIES, results, to_json, write_autograder
from autograder.files import write_atomically
from autograder.gradebook import GradebookError
from autograder.grades import Grade, read_grades
from autograder.report import read_report
from autograder.tables import TableError, read_table
from glm2mlp.course import Course

OUTPUTS = {
    "csv": "grades.csv",
    "parquet": "grades.parquet",
    "canvas": "canvas.csv",
    "moodle": "moodle.csv",
    "gradescope": "gradescope",
    "gradescope-autograder": "gradescope-autograder.zip",
}


def declare(parser: argparse.ArgumentParser) -> None:
    """What is exported, in which form."""
    parser.description = (
        "Writes the points of the gradebook, with those given by hand and less what was late. What is "
        "pending or was not handed in is never a zero: its cell is empty, or as it was in the template."
    )
    parser.epilog = "Exit codes: 0 all written, 1 a student or report was left out, 2 usage."
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all, in the course's order)"
    )
    parser.add_argument(
        "--to",
        required=True,
        choices=OUTPUTS,
        help="`gradescope`: a results.json for each submission; `gradescope-autograder`: the zip to upload",
    )
    course_option(parser)
    student_option(parser)
    parser.add_argument(
        "--template",
        type=Path,
        metavar="CSV",
        help="what Canvas exported of its gradebook, or Moodle's grading worksheet: it is filled in",
    )
    parser.add_argument(
        "--visibility",
        choices=VISIBILITIES,
        default="visible",
        help="when students see results in Gradescope (default: %(default)s)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="PATH", help="(default: DIR/exports/, named for the form)"
    )


def run(options: argparse.Namespace) -> int:
    """Export what the options name; returns the exit code."""
    directory = Directory(options.course)
    names = [each.name for each in assignments_named(directory.course, options.assignments)]
    output = options.output or directory.root / "exports" / OUTPUTS[options.to]
    if options.template and output.exists() and output.samefile(options.template):
        raise UsageError(f"{output}: is the template; name another file by --output")
    missed: list[str] = []
    try:
        if options.to == "gradescope-autograder":
            write_autograder(output, _only(names, options), options.visibility)
        else:
            directory.require()
            grades = read_grades(directory.root, names, options.student or ())
            directory.require_students(
                options.student or (), {grade.student.id for grade in grades}
            )
            _write(directory, grades, output, options, missed)
            _remark(grades)
    except (TableError, GradebookError, DirectoryError) as error:
        raise UsageError(str(error)) from None
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed; `pip install {error.name}`") from None
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    for line in missed:
        tell(line)
    print(f"Written: {output}")
    return REVIEW if missed else 0


def _only(names: Sequence[str], options: argparse.Namespace) -> str:
    if len(names) != 1:
        raise UsageError(f"--to {options.to} is for one assignment; name it")
    return names[0]


def _write(
    directory: Directory,
    grades: Sequence[Grade],
    output: Path,
    options: argparse.Namespace,
    missed: list[str],
) -> None:
    if not grades:
        raise UsageError(f"{directory.root}: has no such students; grade first")
    if options.to == "gradescope":
        _write_results(directory, grades, output, options.visibility, missed)
    elif options.to == "parquet":
        write_atomically(output, sheets.parquet(grades))
    else:
        write_atomically(output, _sheet(directory.course, grades, options, missed))


def _sheet(
    course: Course, grades: Sequence[Grade], options: argparse.Namespace, missed: list[str]
) -> str:
    if options.to == "csv":
        return sheets.plain(grades)
    if options.template is None:
        return (sheets.canvas if options.to == "canvas" else sheets.moodle)(course, grades)
    table = read_table(options.template)
    if options.to == "canvas":
        return sheets.into_canvas(course, grades, table, missed)
    _only(list(dict.fromkeys(grade.assignment for grade in grades)), options)
    return sheets.into_moodle(course, grades, table, missed)


def _write_results(
    directory: Directory, grades: Sequence[Grade], output: Path, visibility: str, missed: list[str]
) -> None:
    """A results.json for each submission; a report that cannot be read is told."""
    for grade in grades:
        path = directory.report_path(grade.assignment, grade.student.id)
        if not path.exists():
            continue
        try:
            report = read_report(path)
            if report.status == "unreadable" and not directory.has_handed_in(
                grade.assignment, grade.student.id
            ):
                continue  # who handed in nothing has no zero
            found = results(
                report, directory.course.assignments[grade.assignment], grade, visibility
            )
        except (OSError, ValueError, TypeError, KeyError) as error:
            missed.append(f"{path}: is no report ({error}); grade it again")
            continue
        write_atomically(
            output / grade.assignment / grade.student.id / "results.json", to_json(found)
        )


def _remark(grades: Sequence[Grade]) -> None:
    """What waits for a person, in one line each."""
    for grade in grades:
        who = f"autograder: {grade.student.id}, {grade.assignment}"
        if grade.status == "pending":
            waiting, remedy = ", ".join(grade.waiting), "grade it in formgrader"
            if len(grade.waiting) == len(grade.exercises):  # formgrader has nothing to show of it
                waiting, remedy = "all of it", "its report says why; grade a file that can be read"
            print(f"{who}: pending, not exported ({waiting}); {remedy}", file=sys.stderr)
            continue
        if (grade.before_penalty or 0) > grade.max_points + 0.005:
            print(
                f"{who}: has {grade.before_penalty:g} of {grade.max_points:g} points: by extra credit, or "
                "since released points stand, which fall by "
                f"`autograder regrade {grade.assignment} --apply --lower`",
                file=sys.stderr,
            )
        if grade.again:
            print(
                f"{who}: graded again since a person gave points for {', '.join(grade.again)}; look there",
                file=sys.stderr,
            )
