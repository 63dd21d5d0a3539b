"""What a feedback page says, before it is HTML or Markdown. Trusted side.

Made of a report and of what is public: the catalogue, the notebook that students have, the lectures. Of the
report's texts only those go on that students may read: never a test's message, and a test's sentence as its
disclosure says.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from autograder.authoring import load_release
from autograder.authoring.lectures import Lecture, explained, lectures_directory
from autograder.disclosure import hint, is_listed
from autograder.outcomes import EXPLANATIONS
from autograder.report import ExerciseResult, Plot, PublicCheck, Report, TestResult
from glm2mlp.catalogue import ASSIGNMENTS, OBJECTIVES, Assignment, Exercise
from glm2mlp.lecture_items import ITEMS

PENDING = "Not graded yet: a fault of the grader, not of your answer. A person will look at it."
LOOKED_AT = (
    "A person will look at this notebook, too: the grader could not be sure that it saw all of it."
)
BY_HAND = "A person reads this answer; its points come with their remarks."
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

    item: str
    title: str
    lecture: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Part:
    """What is said of one exercise.

    `task` and `choices` (by letter) are Markdown with LaTeX, as in the notebook; `listed` are the tests that
    are told by name, each with its sentence if it did not pass; `failure` is the first public check that
    fails.
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


@dataclass(frozen=True)
class Page:
    """What is said of one submission.

    `max_points` are those of the report, of which its points are: the exercises may be worth less by now.
    `problem` is set if there was nothing to grade, `review` if a person looks at what earned no points.
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


def page(report: Report, *, after_deadline: bool = False) -> Page:
    """Say what the student may read of a report. Raises KeyError if it names no assignment of ours."""
    assignment = ASSIGNMENTS[report.assignment]
    parts = tuple(
        _part(assignment, exercise, report.exercises[exercise.name], after_deadline=after_deadline)
        for exercise in assignment.exercises
        if exercise.name in report.exercises
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
        report.points,
        report.max_points,
        any(part.points is None for part in parts),
        problem,
        LOOKED_AT if parts and report.status == "review" and not report.ours_failed else "",
        report.repairs,
        parts,
    )


def _part(
    assignment: Assignment, exercise: Exercise, result: ExerciseResult, *, after_deadline: bool
) -> Part:
    question = load_release(assignment.name).questions.get(exercise.name)
    full = result.points is not None and result.points >= result.max_points
    checks = result.evidence.checks if result.evidence else ()
    failures = [check for check in checks if check.status == "failed"]
    part = Part(
        exercise.name,
        exercise.kind,
        result.points,
        result.max_points,
        state=_state(result),
        summary=_summary(exercise, result),
        task=question.prompt if question else _task(assignment.name, exercise.name),
        choices={letter: choice.text for letter, choice in question.choices.items()}
        if question
        else {},
        chosen=_chosen(result) if question else "",
        advice=result.advice,
        reading=()
        if full
        else tuple(_reading(assignment.name, exercise, item) for item in exercise.items),
        objective="" if full else f"{exercise.objective}: {OBJECTIVES[exercise.objective]}",
        rubric=exercise.rubric,
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


def _state(result: ExerciseResult) -> str:
    """One of full, part, none, pending: for colours that words repeat."""
    if result.points is None:
        return "pending"
    if result.points >= result.max_points:
        return "full"
    return "part" if result.points > 0 else "none"


def _summary(exercise: Exercise, result: ExerciseResult) -> str:
    """How it went, in one sentence."""
    if exercise.kind == "written":
        return BY_HAND
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
def _task(assignment: str, exercise: str) -> str:
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
def _reading(assignment: str, exercise: Exercise, item: str) -> Reading:
    """Where an item is explained: as the exercise says, else in the lecture of the assignment's own name."""
    places = [place for place in _explained().get(item, ()) if place[1] != EXAM_HEADING]
    places.sort(key=lambda place: not place[0].path.stem.endswith(assignment))
    places.sort(key=lambda place: place[1] != exercise.read_again)
    if not places:
        return Reading(item, ITEMS[item])
    lecture, heading = places[0]
    return Reading(item, ITEMS[item], lecture.title, "" if heading == lecture.title else heading)


@cache
def _explained() -> dict[str, list[tuple[Lecture, str]]]:
    """Only a checkout has the lectures."""
    return explained() if lectures_directory().is_dir() else {}
