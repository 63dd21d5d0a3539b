"""Grades again what a report holds, and finds the call at which an exercise fails. Trusted side.

A report is all that is needed: the answers and the seed of the hidden inputs stand in it. No course, no key.
"""

import inspect
import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, get_args

from autograder.authoring import load_release
from autograder.grading import keys
from autograder.grading.budget import Budget
from autograder.grading.diagnosis import Observed
from autograder.grading.grade import grade_answers
from autograder.grading.hidden import HiddenTests, run_hidden_tests
from autograder.grading.lending import lender, to_lend
from autograder.grading.student import StudentSession
from autograder.grading.task import Task
from autograder.outcomes import printable
from autograder.reading.notebook import MAX_CELLS
from autograder.reading.submission import MAX_CELL, Mode, RunnableCell, Submission
from autograder.report import ExerciseResult, Report, TestResult
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import Limits
from glm2mlp.course import Assignment, Course


class ReplayError(Exception):
    """The report cannot be replayed; the text says why."""


@dataclass(frozen=True)
class FailingCall:
    """A test that does not pass, and the last call that it made of the answer; None if it made none."""

    test: TestResult
    call: Observed | None


def replay(report: Report, course: Course, sandbox: Sandbox) -> Report:
    """The report of the same answers, graded here and now.

    Raises ReplayError, SandboxError, NotCollectedError.
    """
    submission, assignment = submission_of(report), assignment_of(report, course)
    task = Task(report.student, report.assignment, "", "", report.seed or 0)
    found: list[Report] = []

    def work(tests: HiddenTests) -> None:
        release = load_release(assignment)
        found.append(grade_answers(task, release, submission, sandbox, tests))

    run_hidden_tests(assignment, work)
    return found[0]


def assignment_of(report: Report, course: Course) -> Assignment:
    """The assignment of a report. Raises ReplayError if the course has none of that name."""
    if report.assignment not in course.assignments:
        name = printable(report.assignment.replace("\n", " "))
        raise ReplayError(f"there is no assignment «{name}»")
    return course.assignments[report.assignment]


def submission_of(report: Report) -> Submission:
    """The answers that a report holds. Raises ReplayError if it holds none, or what is none."""
    if report.seed is not None and report.seed < 0:
        raise ReplayError("its seed is damaged")
    if not report.answers or report.seed is None:
        raise ReplayError(
            f"it holds no answers; nothing was graded ({report.error or report.status})"
        )
    cells = []
    for cell in report.answers:
        text = cell.get("name", "\ud800") + cell["source"]
        too_long = len(json.dumps(cell["source"])) > MAX_CELL
        if too_long or not _is_unicode(text) or cell["mode"] not in get_args(Mode):
            raise ReplayError("its answers are damaged")
        cells.append(RunnableCell(cell["name"], cell["mode"], cell["source"]))  # type: ignore[arg-type]
    if len(cells) > MAX_CELLS:
        raise ReplayError("its answers are damaged")
    return Submission(tuple(cells), {}, ())


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def differing_versions(report: Report, course: Course) -> dict[str, tuple[str, str]]:
    """What is of another version here: that of the report, and ours."""
    ours = {**keys.versions(), "grader": keys.grader(assignment_of(report, course))}
    pairs = {name: (report.versions.get(name, "?"), version) for name, version in ours.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def differing_parts(before: ExerciseResult, after: ExerciseResult | None) -> list[str]:
    """Where two results of an exercise differ, in words; nothing if they are equal."""
    if after is None:
        return ["it is not there any more"]
    return list(_differing_parts(asdict(before), asdict(after)))


def _differing_parts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in ("outcome", "points", "max_points", "misconception", "hint", "carried_forward"):
        if before[name] != after[name]:
            yield f"{name}: {before[name]} → {after[name]}"
    tests = {test["name"]: test for test in after["tests"]}
    for test in before["tests"]:
        again = tests.pop(test["name"], None)
        if again is None:
            yield f"{test['name']} is gone"
        elif again != test:
            yield f"{test['name']}: {_told(test)} → {_told(again)}"
    for name in tests:
        yield f"{name} is new"
    for name in ("advice", "evidence"):
        if before[name] != after[name]:
            yield f"another {name}"


def _told(test: dict[str, Any]) -> str:
    return f"{test['outcome']} ({test['message']})" if test["message"] else test["outcome"]


def at_failing_call(
    report: Report, exercise: str, course: Course, sandbox: Sandbox
) -> tuple[StudentSession, FailingCall | None, dict[str, Any]]:
    """A session in which the answers have run, the call at which the exercise fails, and names for it.

    There is no failing call if all tests pass; then the last call counts. The names are the parameters of the
    reference, `args` and `kwargs`. Raises ReplayError, SandboxError.
    """
    submission = submission_of(report)
    assignment, seed = assignment_of(report, course), report.seed or 0
    known = {each.name: each.kind for each in assignment.exercises}
    if not known.keys() <= report.exercises.keys() or known.get(exercise) in (None, "written"):
        raise ReplayError(f"«{exercise}» has no calls in «{report.assignment}» as it is now")
    # A person at a prompt may take any time.
    budget = Budget(replace(Limits(), submission_wall=math.inf))
    session = StudentSession(sandbox, submission.cells, assignment.importable, budget, seed)
    found: list[tuple[FailingCall | None, dict[str, Any]]] = []

    def work(tests: HiddenTests) -> None:
        described = assignment.exercise(exercise)
        if report.exercises[exercise].carried_forward:
            alone = {name: each.outcome for name, each in report.exercises.items()} | report.alone
            lent = to_lend(assignment, described, alone, tests.functions)
            session.lend(lent, lender(tests.functions, lent))
        results, calls = tests.run(session, seed, described)
        failing = _failing(results, calls)
        last = failing.call if failing else next(reversed(calls), None)
        found.append((failing, _names(tests.functions[exercise], last)))

    run_hidden_tests(assignment, work)
    return (session, *found[0])


def _failing(results: tuple[TestResult, ...], calls: tuple[Observed, ...]) -> FailingCall | None:
    first = next((result for result in results if result.outcome != "passed"), None)
    if first is None:
        return None
    made = [call for call in calls if call.test == first.name]
    return FailingCall(first, made[-1] if made else None)


def _names(reference: Any, call: Observed | None) -> dict[str, Any]:
    if call is None:
        return {}
    bound = inspect.signature(reference).bind(*call.args, **call.kwargs).arguments
    return {**bound, "args": tuple(call.args), "kwargs": dict(call.kwargs)}
