"""`autograder regrade`: who gains or loses by a change of tests or points, and why. Trusted side."""

import argparse
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.table import Table

from autograder.cli import (
    REVIEW,
    UsageError,
    assignments_named,
    course_option,
    dask_option,
    for_terminal,
    jobs_option,
    print_json,
    student_option,
    tell,
    unsafe_option,
)
from autograder.commands.grade import (
    Grading,
    Records,
    print_table,
    progress,
    refuse_other_version,
    worth_here,
)
from autograder.directory import Directory, DirectoryError
from autograder.grading.record import differences, handed_in_anew, readable
from autograder.grading.task import Graded, Task
from autograder.report import ROUNDING, Report
from autograder.sandbox.terms import Limits, SandboxError
from autograder.worth import worth


def declare(parser: argparse.ArgumentParser) -> None:
    """What is graded again, and whether it counts."""
    parser.description = (
        "After a change to hidden tests, misconceptions, reference or points: grades again what depends on "
        "it, and shows whose points change and why. Nothing is written unless you say --apply; then "
        "reports and gradebook are brought up to date, and old reports stay in "
        "DIR/reports/<assignment>/history/. A grade is released once its feedback page is written; released "
        "points are never lowered unless you say --lower. Exercises on which nothing has changed do not run; "
        "where only points or weights have, no student code runs."
    )
    parser.epilog = (
        "Exit codes: 0 all graded, 1 the grader itself failed on a submission, 2 usage. Example: autograder "
        "regrade softmax_regression --dry-run"
    )
    parser.add_argument(
        "assignments", nargs="+", metavar="ASSIGNMENT", help="for example softmax_regression"
    )
    course_option(parser)
    student_option(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--dry-run", action="store_true", help="write nothing (this is the default)")
    which.add_argument("--apply", action="store_true", help="write reports and gradebook")
    parser.add_argument(
        "--lower",
        action="store_true",
        help="let released points fall, too; without it the higher ones stay, and the report says why",
    )
    jobs_option(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print JSON Lines, one object for each submission that changes, instead of a table",
    )
    dask_option(parser)
    unsafe_option(parser)


def run(options: argparse.Namespace) -> int:
    """Grade again what the options name; returns the exit code."""
    directory = Directory(options.course)
    assignments_named(directory.course, options.assignments)
    refuse_other_version(directory, options.assignments, new_points=True)
    try:
        directory.require_students(options.student or ())
        with directory.in_use() if options.apply else nullcontext():
            tasks = list(_tasks(directory, options))
            if not tasks:
                raise UsageError(
                    f"{directory.root / 'reports'}: there are no reports of "
                    f"{', '.join(options.assignments)}; grade first"
                )
            changes, failed = _regrade(
                directory, tasks, options, Grading(directory.course, options)
            )
    except (DirectoryError, SandboxError) as error:
        raise UsageError(str(error)) from None
    if not options.json:
        _print_table(changes)
        print(_conclusion(changes, len(tasks), applied=options.apply))
    if not (options.apply or changes):
        _tell_what_reports_do_not_show(directory, options.assignments)
    return REVIEW if failed else 0


def _tell_what_reports_do_not_show(directory: Directory, names: list[str]) -> None:
    """An --apply that ended before the gradebook was written leaves nothing to be seen in the reports."""
    for name in names:
        if worth(directory.root, name) not in ({}, worth_here(directory, name)):
            tell(
                f"the reports of «{name}» are up to date, and the gradebook has the points of another "
                "version; --apply brings it up to date"
            )


def _tasks(directory: Directory, options: argparse.Namespace) -> Iterator[Task]:
    """The submissions that have a report; who has none is `grade`'s business."""
    for assignment in dict.fromkeys(options.assignments):
        graded = [path.stem for path in directory.report_paths(assignment)]
        for student in options.student or graded:
            if student not in graded:
                path = directory.report_path(assignment, student)
                raise UsageError(f"{path}: there is no such report; grade «{student}» first")
            task = directory.task(assignment, student, Limits())
            yield replace(task, lower=options.lower, dry_run=not options.apply)


def _regrade(
    directory: Directory, tasks: list[Task], options: argparse.Namespace, grading: Grading
) -> tuple[list[dict[str, Any]], bool]:
    """Grade again; returns the changes, and whether something of ours failed."""
    before = {(task.assignment, task.student): _slim(task) for task in tasks}
    released = {(task.assignment, task.student) for task in tasks if task.released}
    # Another worth of an exercise is taken over for all of the class at once.
    records = Records(directory, new_points=not options.student) if options.apply else None
    changes, failed = [], False
    try:
        with progress(len(tasks)) as advance:
            for result in grading.results(tasks):
                key = (result.report.assignment, result.report.student)
                failed |= result.report.ours_failed
                if records:
                    records.add(result)
                elif result.unkept:
                    tell(result.unkept)
                    failed = True
                if not result.unkept and (
                    change := _change(before[key], result, released=key in released)
                ):
                    changes.append(change)
                    if options.json:
                        print_json(change)
                advance()
    finally:
        if records:
            records.write()
    return changes, failed


def _slim(task: Task) -> Report | None:
    """The report that is there, without what no comparison needs: a class has to fit into memory."""
    report = readable(Path(task.report))
    if report is None:
        if task.lower or not task.released:  # else it is not, and that is told
            tell(f"{task.report}: cannot be read; it is graded anew")
        return None
    exercises = {n: replace(each, evidence=None) for n, each in report.exercises.items()}
    return replace(report, exercises=exercises)


def _change(before: Report | None, result: Graded, *, released: bool) -> dict[str, Any] | None:
    """What changes for one student, as JSON data; None if nothing does."""
    after = result.report
    if before is None:
        before = replace(after, points=None, exercises={}, kept=None)
    reasons = differences(before, after)
    if after.kept == before.kept and after.points == before.points and not reasons:
        return None
    return {
        "student": after.student,
        "assignment": after.assignment,
        "before": before.points,
        "after": after.points,
        "max_points": after.max_points,
        "released": released,
        "kept": after.kept,
        "handed_in_anew": handed_in_anew(before, after),
        "error": after.error,
        "graded": list(result.ran),
        "why": reasons,
        "exercises": {
            name: {"before": then and then.points, "after": now.points}
            for name, now in after.exercises.items()
            if (then := before.exercises.get(name)) is None or then.points != now.points
        },
    }


def _print_table(changes: list[dict[str, Any]]) -> None:
    if not changes:
        return
    table = Table(box=None, pad_edge=False)
    for name in ("student", "assignment", "before", "after", "change"):
        table.add_column(name, justify="left" if name in ("student", "assignment") else "right")
    table.add_column("why")
    for change in sorted(changes, key=lambda each: (each["assignment"], each["student"])):
        why = change["kept"] or "; ".join(change["why"]) or change["error"] or ""
        new = "handed in anew; " * change["handed_in_anew"]
        table.add_row(
            for_terminal(change["student"]),
            change["assignment"],
            _points(change["before"]),
            _points(change["after"]),
            _gain(change),
            f"{new}{why}",
        )
    print_table(table)


def _points(points: float | None) -> str:
    return "–" if points is None else f"{points:.4g}"


def _gain(change: dict[str, Any]) -> str:
    before, after = change["before"], change["after"]
    return "" if before is None or after is None else f"{_more(before, after):+.4g}"


def _more(before: float | None, after: float | None) -> float:
    """How many points more it is; what rounding makes of them is nothing."""
    more = (after or 0) - (before or 0)
    return 0 if abs(more) < ROUNDING else more


def _conclusion(changes: list[dict[str, Any]], graded: int, *, applied: bool) -> str:
    """How many gain and lose, and whether it counts."""
    gains = [_more(each["before"], each["after"]) for each in changes]
    more, less = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    kept = sum(bool(each["kept"]) for each in changes)
    same = graded - len(changes)
    counts = f"{more} gain, {less} lose, {kept} keep what was released, {same} are as before"
    if applied:
        seen = any(each["released"] and each["before"] != each["after"] for each in changes)
        pages = " Students' pages are the old ones until `autograder feedback` writes them anew."
        return f"Applied: {counts}.{pages * seen}"
    return f"Nothing was written: {counts}. --apply makes it so."
