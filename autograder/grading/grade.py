"""Grades one submission: from the file to the report. Trusted side."""

import math
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading import keys
from autograder.grading.advice import advice
from autograder.grading.again import Held, held
from autograder.grading.budget import Budget
from autograder.grading.choice import mark_choice
from autograder.grading.diagnosis import Observed
from autograder.grading.diagnosis_by_kind import DIAGNOSED, diagnose_exercise
from autograder.grading.evidence import evidence
from autograder.grading.form import hint_by_form
from autograder.grading.hidden import HiddenTests
from autograder.grading.lending import lender, to_lend
from autograder.grading.record import record, report_before
from autograder.grading.student import StudentSession
from autograder.grading.task import Graded, Task, unreadable
from autograder.mending import mended
from autograder.misconceptions import misconceptions_of
from autograder.outcomes import EXPLANATIONS, Outcome, printable
from autograder.reading.notebook import UnreadableError
from autograder.reading.patterns import imported_libraries
from autograder.reading.submission import Submission, read_notebook
from autograder.release import Release
from autograder.report import (
    Evidence,
    ExerciseOutcome,
    ExerciseResult,
    Report,
    TestResult,
    points_of,
)
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.course import Assignment, Exercise

MAX_REMARK = 300
ENDED = ("timeout", "memory", "crashed")
MAX_NAMED, MAX_NAME = 5, 40  # libraries that are named, and characters of each
MAX_REPAIRS = 100  # that are told: a notebook may have thousands of cells


def grade(
    task: Task,
    release: Release,
    others: tuple[Release, ...],
    sandbox: Sandbox,
    tests: HiddenTests,
) -> Graded:
    """Grade one submission and write its report; a report with the same key is left as it is.

    Raises SandboxError if there is no sandbox to be had.
    """
    started = time.perf_counter()
    before = report_before(task)
    try:
        reading = read_notebook(Path(task.notebook), release, others, task.content)
    except UnreadableError as error:
        report = unreadable(task, release.assignment.max_points, str(error))
        report, unkept = record(report, before, task)
        return Graded(report, time.perf_counter() - started, unkept=unkept)
    submission, shown = reading.submission, mended(reading, release)
    task = replace(task, seed=keys.seed_of(task.seed, submission))
    parts = keys.exercise_keys(submission, release, task.seed, task.limits, sandbox.layers)
    key = keys.report_key(parts, release.assignment, tests.weights)
    if not task.force and before and _still_holds(before, key, task):
        return Graded(before, time.perf_counter() - started, cached=True, mended=shown)
    grading = _Grading(task, release, submission, sandbox, tests, parts, key)
    graded = grading.grade(None if task.force else before)
    report = replace(graded.report, handed_in=reading.digest)
    report, unkept = record(report, before, task)
    seconds = time.perf_counter() - started
    return replace(graded, report=report, seconds=seconds, unkept=unkept, mended=shown)


def grade_answers(
    task: Task, release: Release, submission: Submission, sandbox: Sandbox, tests: HiddenTests
) -> Report:
    """The report of answers that were read already; nothing is written, and nothing looked up."""
    return _Grading(task, release, submission, sandbox, tests, {}, "").grade(None).report


def _still_holds(before: Report, key: str, task: Task) -> bool:
    """Whether the report that is there is the one that grading would give."""
    return before.key == key and not before.ours_failed and not (before.kept and task.lower)


class _NotSeparableError(Exception):
    """Exercises of this submission may depend on each other, so it has to be graded as a whole."""


@dataclass(frozen=True)
class _Grading:
    """All that the grading of one submission rests on."""

    task: Task
    release: Release
    submission: Submission
    sandbox: Sandbox
    tests: HiddenTests
    keys: dict[str, str]
    key: str

    def grade(self, before: Report | None) -> Graded:
        """Grade the submission; what holds of the report before is not graded again."""
        holds = held(before, self.keys, self.release.assignment, self.tests)
        budget = Budget(self.task.limits)
        if holds.anything:
            # Without the sandbox, too, all is graded: whether a fault of ours is a passing one shows there.
            with suppress(_NotSeparableError, SandboxError):
                return self._attempt(holds, budget)
        with suppress(SandboxError):  # a fault of ours may be a passing one
            graded = self._attempt(Held(), budget)
            if not graded.report.ours_failed or budget.wall_left <= 0:
                return graded
        self.sandbox.stop()
        self.sandbox.ensure_started()
        return self._attempt(Held(), budget)

    def _attempt(self, holds: Held, budget: Budget) -> Graded:
        """Grade what does not hold. Raises _NotSeparableError if something holds that might not."""
        assignment = self.release.assignment
        budget.begin_attempt()
        session = StudentSession(
            self.sandbox, self.submission.cells, assignment.importable, budget, self.task.seed
        )
        remarks: list[str] = []
        functions = self.tests.functions

        def show(*, borrowing: bool) -> dict[str, Evidence]:
            some = {n: t.result for n, t in tested.items() if bool(lent[n]) == borrowing}
            return evidence(session, assignment, alone, some, functions, remarks)

        try:
            tested, alone, lent = self._test(session, holds)
            shown = show(borrowing=False)
            session.close()  # a worker that borrows has seen neither the checks nor what others were asked
            tested |= self._test_again(session, tested, lent, budget)
            shown |= show(borrowing=True)
        finally:
            session.close()
        if holds.anything and (session.has_lost_workers or "harness" in alone.values()):
            raise _NotSeparableError
        exercises = {}
        for exercise in assignment.exercises:
            name = exercise.name
            if name in tested:
                result = _diagnosed(assignment, exercise, tested[name], self.tests, remarks)
                exercises[name] = replace(result, evidence=shown.get(name))
            else:
                exercises[name] = holds.results[name]
        review = _review(self.task, exercises, self.submission, starved=session.starved)
        report = Report(
            self.task.student,
            assignment.name,
            status="review" if review else "graded",
            points=math.fsum(each.points for each in exercises.values() if each.points is not None),
            max_points=assignment.max_points,
            error=review,
            key=self.key,
            sandbox=self.sandbox.layers,
            repairs=holds.repairs
            if holds.anything
            else _told([*self.submission.repairs, *_resumed(session)]),
            exercises=exercises,
            answers=tuple({k: str(v) for k, v in vars(c).items()} for c in self.submission.cells),
            seed=self.task.seed,
            versions={**keys.versions(), "grader": keys.grader(assignment)},
            keys=self.keys,
            alone={name: told for name, told in alone.items() if told != exercises[name].outcome},
        )
        by_machine = [each.name for each in assignment.exercises if each.kind != "written"]
        ran = {name: tested[name].seconds for name in by_machine if name in tested}
        return Graded(report, 0.0, ran=ran, remarks=tuple(remarks))

    def _test(
        self, session: StudentSession, holds: Held
    ) -> tuple[dict[str, "_Tested"], dict[str, ExerciseOutcome], dict[str, tuple[str, ...]]]:
        """Test the exercises that do not hold, without loans.

        Returns their results, the outcomes of all exercises without loans, and what each may borrow.
        """
        assignment = self.release.assignment
        new = [each for each in assignment.exercises if each.name not in holds.results]
        if any(each.kind != "written" for each in new):
            self.sandbox.ensure_started()  # a host without one is not the submission's fault
            if holds.anything and session.remembers():
                raise _NotSeparableError
        tested = {exercise.name: self._timed(session, exercise) for exercise in new}
        alone = dict(holds.alone) | {name: each.result.outcome for name, each in tested.items()}
        # A loan depends on what an earlier exercise earned by itself.
        lent = {
            each.name: to_lend(assignment, each, alone, self.tests.functions)
            for each in assignment.exercises
        }
        for exercise in assignment.exercises:
            name = exercise.name
            if name not in tested and lent[name] != holds.lent[name]:
                tested[name] = self._timed(session, exercise)
        return tested, alone, lent

    def _test_again(
        self,
        session: StudentSession,
        tested: dict[str, "_Tested"],
        lent: dict[str, tuple[str, ...]],
        budget: Budget,
    ) -> dict[str, "_Tested"]:
        """What counts of the exercises that may borrow: they are tested again, with the loans.

        What the submission's time did not suffice for stays as it was without loans.
        """
        found = {}
        for exercise in self.release.assignment.exercises:
            name = exercise.name
            if name in tested and lent[name] and not budget.used_up:
                session.lend(lent[name], lender(self.tests.functions, lent[name]))
                again = self._timed(session, exercise)
                if not budget.used_up:
                    found[name] = _better(tested[name], again)
        return found

    def _timed(self, session: StudentSession, exercise: Exercise) -> "_Tested":
        """Test an exercise, and note how long that took."""
        started = time.perf_counter()
        found = _exercise(
            exercise, self.release, self.submission, session, self.tests, self.task.seed
        )
        return replace(found, seconds=time.perf_counter() - started)


def _review(
    task: Task, exercises: dict[str, ExerciseResult], submission: Submission, *, starved: bool
) -> str | None:
    """Why a person should look at the submission, if somebody should.

    `starved`: its cells ended so many workers that there was none for the calls of the tests.
    """
    if any(result.outcome == "harness" for result in exercises.values()):
        return "a fault of the grader: see the outcome «harness»"
    reasons = dict.fromkeys(
        reason
        for name, reason in submission.doubts.items()
        if (result := exercises[name]).points is None or result.points < result.max_points
    )
    if starved and any(result.outcome in ENDED for result in exercises.values()):
        reasons["its cells ended the process too often before all was tested"] = None
    if not reasons:
        return None
    told = f"{task.notebook}: {'; '.join(reasons)}; points are lacking, so look at the notebook"
    return printable(told.replace("\n", " "))  # a name of a file may hold line breaks


def _resumed(session: StudentSession) -> Iterator[str]:
    """What is told of cells that raised before they had defined everything."""
    for name in session.resumed:
        yield f"«{name}»: a line of the cell raised an error; the functions below it were defined"


def _told(repairs: list[str]) -> tuple[str, ...]:
    """The repairs as they are shown; of very many the first ones."""
    more = len(repairs) - MAX_REPAIRS
    told = [*repairs[:MAX_REPAIRS], *([f"and {more} repairs more"] if more > 0 else [])]
    return tuple(map(printable, told))


@dataclass(frozen=True)
class _Tested:
    """The result of an exercise, the calls of its hidden tests that it rests on, and how long they took."""

    result: ExerciseResult
    calls: tuple[Observed, ...] = ()
    seconds: float = 0.0


def _better(alone: _Tested, helped: _Tested) -> _Tested:
    """The result with borrowed functions, which shows the answer's own mistakes, if it costs nothing."""
    seconds = alone.seconds + helped.seconds
    before, after = (points_of(1.0, each.result.tests) for each in (alone, helped))
    if before is None or after is None or after < before:
        return replace(alone, seconds=seconds)
    told = replace(helped.result, carried_forward=after > before)
    return replace(helped, result=told, seconds=seconds)


def _diagnosed(
    assignment: Assignment,
    exercise: Exercise,
    tested: _Tested,
    tests: HiddenTests,
    remarks: list[str],
) -> ExerciseResult:
    """The result with the name and the hint of the misconception that it shows, if it shows one.

    A fault of ours in finding it costs the hint, no point and no grading: it is added to `remarks`.
    """
    result = tested.result
    if exercise.kind not in DIAGNOSED or result.outcome not in ("failed", "error"):
        return result
    right = tests.functions[exercise.name]
    try:
        known = misconceptions_of(assignment, exercise.name)
        diagnosis = diagnose_exercise(exercise, tested.calls, right, known)
        told = None if diagnosis else hint_by_form(exercise, tested.calls, right, known)
    except Exception as error:
        remarks.append(
            f"{exercise.name}: no diagnosis: {type(error).__name__}: {error}"[:MAX_REMARK]
        )
        return result
    if diagnosis is None:
        return replace(result, hint=told or result.hint)
    return replace(result, misconception=diagnosis.name, hint=diagnosis.hint)


def _exercise(
    exercise: Exercise,
    release: Release,
    submission: Submission,
    session: StudentSession,
    tests: HiddenTests,
    seed: int,
) -> _Tested:
    if exercise.kind == "written":
        return _Tested(ExerciseResult(None, exercise.points, "manual"))
    told, misconception = "", None
    calls: tuple[Observed, ...] = ()
    if exercise.kind == "choice":
        question = release.questions[exercise.name]
        result, told, misconception = mark_choice(exercise.name, question, session)
        results: tuple[TestResult, ...] = (result,)
    else:
        results, calls = tests.run(session, seed, exercise)
    outcome: Outcome = next((r.outcome for r in results if r.outcome != "passed"), "passed")
    if any(result.outcome == "harness" for result in results) or not results:
        outcome = "harness"
    hint = None
    if outcome not in ("passed", "harness"):
        first = next(result for result in results if result.outcome != "passed")
        if first.outcome == "failed":
            hint = told or tests.hint(exercise.name, first.name)
        else:
            hint = _reason(exercise, first.outcome, release.assignment.importable, submission)
    points = points_of(exercise.points, results)
    told_beside = advice(exercise.name, calls) if outcome == "passed" else ()
    return _Tested(
        ExerciseResult(points, exercise.points, outcome, results, hint, misconception, told_beside),
        calls,
    )


def _reason(
    exercise: Exercise, outcome: Outcome, imports: tuple[str, ...], submission: Submission
) -> str:
    """What the student may read about an answer that gave no value."""
    used = {
        name for source in submission.answers(exercise.name) for name in imported_libraries(source)
    }
    if outcome in ("error", "missing") and (
        refused := sorted(used - {*imports, *sys.stdlib_module_names})
    ):
        named = ", ".join(name[:MAX_NAME] for name in refused[:MAX_NAMED])
        return (
            f"Your answer imports {named}; the answers of this assignment may import only "
            f"{', '.join(imports)}."
        )
    return EXPLANATIONS[outcome]
