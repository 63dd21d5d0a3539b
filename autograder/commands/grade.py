"""`autograder grade`: from the submissions of a course to reports, gradebook and a table. Trusted side."""

import argparse
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.batch import grade_all
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
from autograder.directory import Directory, DirectoryError, other_points
from autograder.grading.task import Graded, Task
from autograder.report import Report
from autograder.sandbox import layers
from autograder.sandbox.terms import Limits, SandboxError
from autograder.worth import worth
from glm2mlp.course import Course

if TYPE_CHECKING:
    from autograder.gradebook import GradeWriter

# What `--json` prints of a report; what a replay needs besides stays in the report.
PRINTED = [
    "student",
    "assignment",
    "status",
    "error",
    "points",
    "max_points",
    "key",
    "sandbox",
    "repairs",
    "exercises",
    "kept",
]


@dataclass
class _Done:
    """What is told at the end. The results themselves would fill the memory in a large course."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    ours_failed: bool = False
    gradebook: str = ""


def declare(parser: argparse.ArgumentParser) -> None:
    """What is graded, and how."""
    parser.description = (
        "Grades DIR/submitted/<student>/<assignment>/<assignment>.ipynb in a sandbox; writes "
        "DIR/reports/ and the points into DIR/gradebook.db. What is unchanged since the last "
        "run is not graded again. Killed and started again, it goes on where it was."
    )
    parser.epilog = (
        "Exit codes: 0 all graded, 1 the grader itself failed on a submission, 2 usage. A notebook that a "
        "person should look at is marked review; that alone does not change the exit code."
    )
    parser.add_argument(
        "assignments", nargs="+", metavar="ASSIGNMENT", help="for example softmax_regression"
    )
    course_option(parser)
    student_option(parser)
    jobs_option(parser)
    parser.add_argument(
        "--json",
        action="store_true",
        help="print JSON Lines, one object a submission, instead of a table",
    )
    dask_option(parser)
    parser.add_argument("--force", action="store_true", help="grade again what is unchanged, too")
    unsafe_option(parser)


def run(options: argparse.Namespace) -> int:
    """Grade what the options name; returns the exit code."""
    directory = Directory(options.course)
    assignments_named(directory.course, options.assignments)
    grading = Grading(directory.course, options)
    try:
        directory.require()
        directory.require_students(options.student or ())
        refuse_other_version(directory, options.assignments)
        if told := directory.open_to_others():
            tell(told)
        with directory.in_use():
            tasks = _tasks(directory, options)
            if not tasks:
                raise UsageError(
                    f"{directory.submitted}: nobody has handed in {', '.join(options.assignments)}"
                )
            done = _grade(directory, tasks, options, grading)
    except (DirectoryError, SandboxError) as error:
        raise UsageError(str(error)) from None
    if not options.json:
        _print_table(done.rows)
        print(f"Reports: {directory.root / 'reports'}   Gradebook: {done.gradebook}")
    return REVIEW if done.ours_failed else 0


def refuse_other_version(
    directory: Directory, names: Sequence[str], *, new_points: bool = False
) -> None:
    """Raises UsageError if the gradebook has other exercises, or other points unless those may be new.

    No report is written over then: what changes could not be seen any more.
    """
    for name in names:
        known = worth(directory.root, name)
        here = worth_here(directory, name)
        if known and known.keys() != here.keys():
            raise UsageError(
                f"{directory.root}: «{name}» was built with other exercises "
                f"({', '.join(sorted(known.keys() ^ here.keys()))}); go back to that version, or grade in a "
                "new course directory; before anybody is graded, `autograder build` with --course is enough"
            )
        if known and known != here and not new_points and directory.report_paths(name):
            raise UsageError(other_points(name))


def worth_here(directory: Directory, name: str) -> dict[str, float]:
    """What each exercise of an assignment is worth in this version."""
    return {
        exercise.name: exercise.points for exercise in directory.course.assignments[name].exercises
    }


def layers_in_force(*, unsafe: bool) -> tuple[str, ...]:
    """The layers in force; without all of them nothing is graded unless told to."""
    probed = layers.probe()
    missing = layers.missing(probed)
    for layer in missing:
        print(
            f"autograder: no {layer.name} here ({layer.problem}): {layer.remedy}", file=sys.stderr
        )
    if missing and not unsafe:
        raise UsageError(
            "the sandbox is not complete on this host, so nothing was graded; "
            "mend it as `autograder doctor` says, or accept the risk with --unsafe"
        )
    for layer in missing:
        print(f"autograder: {layer.lost}", file=sys.stderr)
    return layers.present(probed)


def _tasks(directory: Directory, options: argparse.Namespace) -> list[Task]:
    try:
        roster = [student.id for student in directory.roster()]
    except DirectoryError as error:
        print(
            f"autograder: {error}; going on with the students in {directory.submitted}",
            file=sys.stderr,
        )
        roster = []
    return [
        directory.task(assignment, student, Limits(), force=options.force)
        for assignment in dict.fromkeys(options.assignments)
        for student in options.student or sorted({*directory.students(assignment), *roster})
    ]


def _grade(
    directory: Directory, tasks: list[Task], options: argparse.Namespace, grading: "Grading"
) -> _Done:
    """Grade; whatever ends the batch, what was graded until then is in the gradebook."""
    # nbgrader takes seconds to import; the grading processes do not wait for that. Half of it is a grammar
    # of international web addresses, which jsonschema does without, and no notebook's schema asks for.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    threading.Thread(target=import_module, args=("autograder.gradebook",)).start()
    done = _Done()
    records = Records(directory)
    try:
        with progress(len(tasks)) as advance:
            for result in grading.results(tasks):
                done.ours_failed |= result.report.ours_failed
                if options.json:
                    print_report(result.report)
                else:
                    done.rows.append(_row(result))
                records.add(result)
                advance()
    finally:
        records.write()
        done.gradebook = records.gradebook
    return done


def print_report(report: Report) -> None:
    """What `--json` prints of a report, on one line."""
    data = report.to_json()
    print_json({name: data[name] for name in PRINTED})


class Grading:
    """Where submissions are graded: by processes of this host, or by a cluster, as the options say.

    Raises UsageError if this host is to do it and lacks a layer of the sandbox.
    """

    def __init__(self, course: Course, options: argparse.Namespace) -> None:
        self._course = course
        self._options = options
        # The workers of a cluster look at their own hosts.
        self._layers = () if options.dask else layers_in_force(unsafe=options.unsafe)

    def results(self, tasks: Sequence[Task]) -> Iterator[Graded]:
        """The results, as they are ready. Raises UsageError if the cluster cannot be used."""
        options = self._options
        if not options.dask:
            yield from grade_all(tasks, course=self._course, jobs=options.jobs, layers=self._layers)
            return
        from autograder.cluster.batch import ClusterError, grade_on_cluster

        try:
            yield from grade_on_cluster(
                tasks,
                options.dask,
                course=self._course,
                jobs=options.jobs,
                unsafe=options.unsafe,
            )
        except ClusterError as error:
            raise UsageError(str(error)) from None


class Records:
    """Run log and gradebook of the course. What is wrong with them stops no grading: it is said later."""

    def __init__(self, directory: Directory, *, new_points: bool = False) -> None:
        self._directory = directory
        self._new_points = new_points
        self._when = datetime.now(UTC).isoformat(timespec="seconds")
        self._writer: GradeWriter | None = None
        self._unkept: list[str] = []
        self._log_problem = ""
        self._gradebook_problem = ""

    def add(self, result: Graded) -> None:
        """Record one grading; one whose report could not be written is as if it had not been."""
        if result.unkept:
            self._unkept.append(result.unkept)
            return
        try:
            self._directory.log(
                result.report,
                result.seconds,
                cached=result.cached,
                ran=result.ran,
                when=self._when,
                remarks=result.remarks,
            )
        except OSError as error:
            self._log_problem = f"{error.filename}: {error.strerror}"
        if not self._gradebook_problem:
            self._add_to_gradebook(result)

    def _add_to_gradebook(self, result: Graded) -> None:
        from autograder.gradebook import GradebookError, GradeWriter

        try:
            self._writer = self._writer or GradeWriter(
                self._directory.root, new_points=self._new_points
            )
            self._writer.add(result.report, result.mended)
        except GradebookError as error:
            self._gradebook_problem = str(error)

    def write(self) -> None:
        """Write the gradebook. Raises UsageError with a line for each thing that went wrong."""
        from autograder.gradebook import GradebookError

        remarks: tuple[str, ...] = ()
        try:
            if self._writer and not self._gradebook_problem:
                remarks = self._writer.write()
        except GradebookError as error:
            self._gradebook_problem = str(error)
        for remark in remarks:
            tell(remark)
        if problems := list(self._problems()):
            raise UsageError("\nautograder: ".join(problems))

    @property
    def gradebook(self) -> str:
        """Where it is."""
        return self._writer.place if self._writer else ""

    def _problems(self) -> Iterator[str]:
        again = "run the same command again"
        if self._unkept:
            yield (
                f"{self._unkept[0]}; reports that could not be written: {len(self._unkept)}; "
                f"mend that and {again}"
            )
        if self._log_problem:
            yield f"{self._log_problem}; lines are missing there, the reports are whole"
        if self._gradebook_problem:
            yield f"{self._gradebook_problem}; the reports are there, {again}"


@contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar with the time that is left, where somebody looks at it."""
    console = Console(stderr=True)
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


def print_table(table: Table) -> None:
    """Print a table, to the width of the terminal where there is one; all text in it is text."""
    console = Console(emoji=False, width=None if sys.stdout.isatty() else 200)
    console.print(table, highlight=False, markup=False)


def _print_table(rows: list[tuple[str, ...]]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("student")
    table.add_column("assignment")
    table.add_column("points", justify="right")
    table.add_column("outcome")
    table.add_column("ms", justify="right")
    for assignment, student, *others in sorted(rows):
        table.add_row(for_terminal(student), assignment, *others)
    print_table(table)


def _row(result: Graded) -> tuple[str, ...]:
    """What the table shows of a result, in the order by which it is sorted."""
    report = result.report
    time = "unchanged" if result.cached else f"{1000 * result.seconds:.0f}"
    return (report.assignment, report.student, _points(report), _outcome(report), time)


def _points(report: Report) -> str:
    if report.points is None:
        return f"– / {report.max_points:g}"
    pending = any(result.points is None for result in report.exercises.values())
    return f"{'≥ ' if pending else ''}{report.points:.4g} / {report.max_points:g}"


def _outcome(report: Report) -> str:
    """One line on what there is to know: the error, or the exercises that are not full."""
    if report.kept:
        return f"kept: {report.kept}"
    if report.error:
        return f"{report.status}: {report.error}"
    told: dict[str, list[str]] = {}
    for name, result in report.exercises.items():
        if result.outcome != "passed":
            told.setdefault(result.outcome, []).append(name)
    return (
        "; ".join(f"{outcome}: {', '.join(names)}" for outcome, names in told.items())
        or "all passed"
    )
