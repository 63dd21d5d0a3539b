"""What a feedback page says, before it is HTML or Markdown. Trusted side.

Made of a report, the student's own rows of the gradebook, and what is public: the declaration of the
assignment, the notebook that students have, the lectures. Where the gradebook has points, they count, and not
the report's. Of the report's texts only those go on that students may read: never a test's message, and a
test's sentence as its disclosure says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from autograder.authoring import load_release
from autograder.authoring.lectures import Lecture, explained
from autograder.disclosure import hint, is_listed
from autograder.outcomes import EXPLANATIONS
from autograder.report import ExerciseResult, Plot, PublicCheck, Report, TestResult
from glm2mlp.course import Assignment, Course, Exercise

if TYPE_CHECKING:  # the module imports nbgrader, which takes seconds
    from autograder.grades import ByHand, Grade

PENDING = "Not graded yet: a fault of the grader, not of your answer. A person will look at it."
LOOKED_AT = (
    "A person will look at this notebook, too: the grader could not be sure that it saw all of it."
)
BY_HAND = "A person reads this answer; its points come with their remarks."
READ_BY_HAND = "A person has graded this answer."
NOT_TOLD = "What went wrong here is not told, or not yet."
MORE_THAN_CHECKS = (
    "All public checks of your notebook pass. Hidden tests look at more: other numbers and shapes."
)
# How a check begins to say where an error came from, or what its example is.
OF_THE_EXAMPLE = ("It was raised in ", "Here ")
EXAM_HEADING = "Questions in the style of the exam"  # it repeats what other headings explain


@dataclass(frozen=True)
class Reading:
    """An item of the lecture, and where it is explained; nothing where no lecture is at hand."""

    title: str
    lecture: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Part:
    """What is said of one exercise.

    `task` and `choices` (by letter) are Markdown with LaTeX, as in the notebook; `listed` are the tests that
    are told by name, each with its sentence if it did not pass; `failure` is the first public check that
    fails. `given` says what a person changed about the points, and `comment` is that person's text.
    """

    name: str
    kind: str
    points: float | None
    max_points: float
    state: str
    summary: str
    task: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    chosen: str = ""
    worked: tuple[str, ...] = ()
    listed: tuple[tuple[str, bool, str], ...] = ()
    failure: PublicCheck | None = None
    remark: str = ""
    hint: str = ""
    plot: Plot | None = None
    advice: tuple[str, ...] = ()
    reading: tuple[Reading, ...] = ()
    objective: str = ""
    rubric: tuple[tuple[str, float], ...] = ()
    given: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class Page:
    """What is said of one submission.

    `max_points` are those of the report, of which its points are: the exercises may be worth less by now.
    `problem` is set if there was nothing to grade, `review` if a person looks at what earned no points.
    `dates` are sentences: when it was handed in and graded, and what lateness costs.
    """

    student: str
    assignment: Assignment
    points: float | None
    max_points: float
    at_least: bool
    problem: str = ""
    review: str = ""
    repairs: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    dates: tuple[str, ...] = ()


def page(
    report: Report,
    assignment: Assignment,
    grade: "Grade | None" = None,
    graded: datetime | None = None,
    *,
    after_deadline: bool = False,
) -> Page:
    """Say what the student may read of a report, and of the same student's grade in the gradebook.

    `graded` is when the grader ran.
    """
    known = grade if grade and grade.exercises else None
    parts = tuple(
        _part(assignment, exercise, result, known, after_deadline=after_deadline)
        for exercise in assignment.exercises
        if (result := _result(exercise, report, known))
    )
    problem = ""
    if report.status == "unreadable":
        # The path is the instructor's.
        problem = re.sub(r"^.*?\.ipynb: ", "Your file: ", report.error or "", flags=re.DOTALL)
    elif not parts:
        problem = PENDING
    return Page(
        report.student,
        assignment,
        known.so_far if known else report.points,
        report.max_points,
        any(part.points is None for part in parts),
        problem,
        LOOKED_AT if parts and report.status == "review" and not report.ours_failed else "",
        report.repairs,
        parts,
        tuple(_dates(known, graded)),
    )


def number(value: float) -> str:
    """Points as one writes them."""
    return f"{round(value, 2):g}"


def _dates(grade: "Grade | None", graded: datetime | None) -> Iterator[str]:
    """When it was handed in and graded, as far as somebody knows, and what lateness costs."""
    if grade and grade.handed_in:
        late = grade.seconds_late
        when = "" if late is None else f", {_duration(late)} late" if late else ", in time"
        yield f"Handed in on {_utc(grade.handed_in)}{when}."
    if grade and grade.late_penalty:
        yield f"Late: {_points(grade.late_penalty)} less."
    if graded:
        yield f"Graded on {_utc(graded)}."


def _utc(time: datetime) -> str:
    """A time; one without a zone is UTC, as in the gradebook."""
    here = time.astimezone(UTC) if time.tzinfo else time
    return f"{here:%Y-%m-%d at %H:%M} UTC"


def _duration(seconds: float) -> str:
    """The two largest units of a time; what is below a minute is one minute."""
    minutes = max(1, round(seconds / 60))
    units = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    told = [f"{count} {unit}{'s' * (count > 1)}" for unit, count in units if count]
    return " ".join(told[:2])


def _points(value: float) -> str:
    return f"{number(value)} point{'s' * (round(value, 2) != 1)}"


def _result(exercise: Exercise, report: Report, grade: "Grade | None") -> ExerciseResult | None:
    """The report's result; of an exercise that it lacks a person may have given points all the same."""
    result = report.exercises.get(exercise.name)
    if result is None and grade and grade.exercises.get(exercise.name) is not None:
        return ExerciseResult(None, exercise.points, "manual")
    return result


def _part(
    assignment: Assignment,
    exercise: Exercise,
    result: ExerciseResult,
    grade: "Grade | None",
    *,
    after_deadline: bool,
) -> Part:
    points = grade.exercises.get(exercise.name) if grade else result.points
    given = grade.by_hand.get(exercise.name) if grade else None
    question = load_release(assignment).questions.get(exercise.name)
    full = points is not None and points >= result.max_points
    checks = result.evidence.checks if result.evidence else ()
    failures = [check for check in checks if check.status == "failed"]
    part = Part(
        exercise.name,
        exercise.kind,
        points,
        result.max_points,
        state=_state(points, result.max_points),
        summary=_summary(exercise, result, points, given),
        task=question.prompt if question else _task(assignment, exercise.name),
        choices={letter: choice.text for letter, choice in question.choices.items()}
        if question
        else {},
        chosen=_chosen(result) if question else "",
        advice=result.advice,
        reading=()
        if full
        else tuple(_reading(assignment, exercise, item) for item in exercise.items),
        objective="" if full else assignment.course.objectives[exercise.objective],
        rubric=exercise.rubric,
        given=tuple(_given(result, given)) if given else (),
        comment=given.comment if given else "",
    )
    if full or result.outcome in ("harness", "manual"):
        return part
    said = hint(result, after_deadline=after_deadline) or ""
    told = result.outcome == "missing" or bool(said)
    return replace(
        part,
        worked=tuple(check.sentence for check in checks if check.status == "passed"),
        listed=tuple(
            (_title(test.name), test.outcome == "passed", _sentence(exercise, test, said))
            for test in result.tests
            if is_listed(test, after_deadline=after_deadline)
        ),
        failure=_failure(failures, result) if failures else None,
        remark=MORE_THAN_CHECKS if checks and not failures else "",
        hint="" if said == part.summary else said if told else NOT_TOLD,
        plot=result.evidence.plot if result.evidence else None,
    )


def _failure(failures: list[PublicCheck], result: ExerciseResult) -> PublicCheck:
    """The first check that fails; a tutor's hint, where there is one, takes the place of its own."""
    first = failures[0]
    if result.misconception and not first.hint.startswith(OF_THE_EXAMPLE):
        return replace(first, hint="")
    return first


def _given(result: ExerciseResult, given: "ByHand") -> Iterator[str]:
    """What a person changed about the points, a sentence each."""
    if given.score is not None and result.points is not None:
        yield (
            f"A person gave {_points(given.score)}; the tests alone give {number(result.points)}."
        )
    if given.extra_credit:
        yield f"The points include extra credit: {given.extra_credit:+.4g}."


def _state(points: float | None, most: float) -> str:
    """One of full, part, none, pending: for colours that words repeat."""
    if points is None:
        return "pending"
    if points >= most:
        return "full"
    return "part" if points > 0 else "none"


def _summary(
    exercise: Exercise, result: ExerciseResult, points: float | None, given: "ByHand | None"
) -> str:
    """How it went, in one sentence."""
    if result.points is None and given and given.score is not None:
        return READ_BY_HAND
    if exercise.kind == "written":  # the gradebook has 0 for the text that was given out
        return BY_HAND if points is None else EXPLANATIONS["missing"]
    if result.points is None:
        return PENDING
    if exercise.kind == "choice":
        return "Right." if result.outcome == "passed" else ""
    passed = sum(test.outcome == "passed" for test in result.tests)
    borrowed = (
        " Right functions stood in for your earlier ones, whose mistakes cost nothing here."
        if result.carried_forward
        else ""
    )
    if result.outcome == "missing":
        return EXPLANATIONS["missing"]
    if passed == len(result.tests):
        return "All hidden tests pass." + borrowed
    return f"{passed} of {len(result.tests)} hidden tests pass." + borrowed


def _chosen(result: ExerciseResult) -> str:
    """The letter that the answer gave; the grader has made sure that it is one."""
    message = result.tests[0].message if result.tests else ""
    return message.removeprefix("chose ") if message.startswith("chose ") else ""


def _title(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ")


def _sentence(exercise: Exercise, test: TestResult, hint: str) -> str:
    """What is said beside a test that is told by name; the parts of a derivation share one hint."""
    quiet = test.outcome == "passed" or exercise.kind == "derivation" or test.sentence == hint
    return "" if quiet else test.sentence


@cache
def _task(assignment: Assignment, exercise: str) -> str:
    """The prose that stands before an answer in the notebook, from its heading on."""
    prose: list[str] = []
    for cell in load_release(assignment).cells:
        if cell.grade_id == exercise:
            break
        if cell.role == "prose":
            prose.append(cell.source)
        elif cell.role != "given":
            prose.clear()
    headings = [i for i, text in enumerate(prose) if text.startswith("#")]
    return "\n\n".join(prose[headings[-1] :] if headings else prose)


@cache
def _reading(assignment: Assignment, exercise: Exercise, item: str) -> Reading:
    """Where an item is explained: as the exercise says, else in the lecture of the assignment's own name."""
    places = [
        place for place in _explained(assignment.course).get(item, ()) if place[1] != EXAM_HEADING
    ]
    places.sort(key=lambda place: not place[0].path.stem.endswith(assignment.name))
    places.sort(key=lambda place: place[1] != exercise.read_again)
    if not places:
        return Reading(assignment.course.items[item])
    lecture, heading = places[0]
    return Reading(
        assignment.course.items[item], lecture.title, "" if heading == lecture.title else heading
    )


@cache
def _explained(course: Course) -> dict[str, list[tuple[Lecture, str]]]:
    return explained(course)
