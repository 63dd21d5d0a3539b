"""Grades one submission: from the file to the report. Trusted side."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.grading import keys
from autograder.grading.advice import advice
from autograder.grading.choice import mark_choice
from autograder.grading.diagnosis import Observed
from autograder.grading.diagnosis_by_kind import DIAGNOSED, diagnose_exercise
from autograder.grading.evidence import evidence
from autograder.grading.hidden import HiddenTests
from autograder.grading.lending import lender, to_lend
from autograder.grading.student import StudentSession
from autograder.grading.task import Graded, Task
from autograder.misconceptions import misconceptions_of
from autograder.outcomes import EXPLANATIONS, Outcome
from autograder.reading.notebook import UnreadableError
from autograder.reading.patterns import imported_libraries
from autograder.reading.submission import Submission, read_submission
from autograder.release import Release
from autograder.report import (
    ExerciseResult,
    Report,
    TestResult,
    keep_report,
    points_of,
    read_report,
)
from autograder.sandbox.host import Sandbox
from glm2mlp.catalogue import Exercise

MAX_REMARK = 300


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
    path = Path(task.report)
    try:
        submission = read_submission(Path(task.notebook), release, others)
    except UnreadableError as error:
        report = Report(
            task.student,
            task.assignment,
            status="unreadable",
            points=None,
            max_points=release.assignment.max_points,
            error=str(error),
        )
        unkept = keep_report(report, path)
        return Graded(report, time.perf_counter() - started, unkept=unkept)
    key = keys.report_key(submission, release, task.seed, task.limits, sandbox.layers)
    if not task.force and (known := _known_report(path, key)):
        return Graded(known, time.perf_counter() - started, cached=True)
    sandbox.ensure_started()  # a host without a working sandbox is not the submission's fault
    report, remarks = _report(task, release, submission, sandbox, tests, key)
    if report.ours_failed:  # a fault of ours may be a passing one
        sandbox.stop()
        sandbox.ensure_started()
        report, remarks = _report(task, release, submission, sandbox, tests, key)
    unkept = keep_report(report, path)
    return Graded(report, time.perf_counter() - started, remarks=remarks, unkept=unkept)


def _known_report(path: Path, key: str) -> Report | None:
    """The report that is there, if it has this key and no fault of ours is in it."""
    try:
        report = read_report(path)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return report if report.key == key and not report.ours_failed else None


def _report(
    task: Task,
    release: Release,
    submission: Submission,
    sandbox: Sandbox,
    tests: HiddenTests,
    key: str,
) -> tuple[Report, tuple[str, ...]]:
    """The report, and remarks for the run log."""
    assignment = release.assignment
    session = StudentSession(
        sandbox, submission.cells, assignment.importable, task.limits, task.seed
    )

    def test(exercise: Exercise) -> _Tested:
        return _exercise(exercise, release, submission, session, tests, task.seed)

    remarks: list[str] = []
    try:
        tested = {exercise.name: test(exercise) for exercise in assignment.exercises}
        # A loan depends on what an earlier exercise earned by itself.
        alone = {name: each.result for name, each in tested.items()}
        for exercise in assignment.exercises:
            if names := to_lend(assignment, exercise, alone, tests.functions):
                session.lend(names, lender(tests.functions, names))
                tested[exercise.name] = _better(tested[exercise.name], test(exercise))
        results = {name: each.result for name, each in tested.items()}
        shown = evidence(session, assignment, alone, results, tests.functions, remarks)
    finally:
        session.close()
    diagnosed = {
        exercise.name: _diagnosed(assignment.name, exercise, tested[exercise.name], tests, remarks)
        for exercise in assignment.exercises
    }
    exercises = {
        name: replace(result, evidence=shown.get(name)) for name, result in diagnosed.items()
    }
    points = sum(result.points for result in exercises.values() if result.points is not None)
    review = _review(task, exercises, submission)
    report = Report(
        task.student,
        assignment.name,
        status="review" if review else "graded",
        points=points,
        max_points=assignment.max_points,
        error=review,
        key=key,
        sandbox=sandbox.layers,
        repairs=(*submission.repairs, *_resumed(session)),
        exercises=exercises,
        answers=tuple({k: str(v) for k, v in vars(cell).items()} for cell in submission.cells),
        seed=task.seed,
        versions=keys.versions(),
    )
    return report, tuple(remarks)


def _review(task: Task, exercises: dict[str, ExerciseResult], submission: Submission) -> str | None:
    """Why a person should look at the submission, if somebody should."""
    if any(result.outcome == "harness" for result in exercises.values()):
        return "a fault of the grader: see the outcome «harness»"
    reasons = dict.fromkeys(
        reason
        for name, reason in submission.doubts.items()
        if (result := exercises[name]).points is None or result.points < result.max_points
    )
    if not reasons:
        return None
    return f"{task.notebook}: {'; '.join(reasons)}; points are lacking, so look at the notebook"


def _resumed(session: StudentSession) -> Iterator[str]:
    """What is told of cells that raised before they had defined everything."""
    for name in session.resumed:
        yield f"«{name}»: a line of the cell raised an error; the functions below it were defined"


@dataclass(frozen=True)
class _Tested:
    """The result of an exercise, and the calls of its hidden tests that it rests on."""

    result: ExerciseResult
    calls: tuple[Observed, ...] = ()


def _better(alone: _Tested, helped: _Tested) -> _Tested:
    """The result with borrowed functions, which shows the answer's own mistakes, if it costs nothing."""
    before, after = alone.result.points, helped.result.points
    if before is None or after is None or after < before:
        return alone
    return replace(helped, result=replace(helped.result, carried_forward=after > before))


def _diagnosed(
    assignment: str,
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
    except Exception as error:
        remarks.append(
            f"{exercise.name}: no diagnosis: {type(error).__name__}: {error}"[:MAX_REMARK]
        )
        return result
    if diagnosis is None:
        return result
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
    if outcome in ("error", "missing") and (refused := sorted(used - set(imports))):
        return (
            f"Your answer imports {', '.join(refused)}; the answers of this assignment may import only "
            f"{', '.join(imports)}."
        )
    return EXPLANATIONS[outcome]
