"""Reads the reports of an assignment one by one, and keeps of each what a class is made of. Trusted side.

Points are those of the gradebook, which a person may have changed, where it knows the submission.

Five thousand reports are a hundred megabytes; what is kept of them are points, counts, and the answers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.grades import ByHand, Grade
from autograder.report import ExerciseResult, Report
from glm2mlp.course import Assignment, Exercise

TOGETHER = " + "  # between the misconceptions of an answer that shows several


@dataclass
class Tally:
    """How one hidden test went with the answers that were there."""

    sentence: str
    passed: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Answer:
    """What a student wrote for an exercise: the cells as they ran."""

    student: str
    source: str


@dataclass
class OfExercise:
    """What the class did in one exercise; `earned` is aligned with the students that were graded.

    It is out of what the exercise is worth now. Reports may be older, or hold points that were released.
    """

    earned: list[float | None] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    tests: dict[str, Tally] = field(default_factory=dict)
    misconceptions: dict[str, list[Answer]] = field(default_factory=dict)
    unexplained: int = 0
    answers: list[Answer] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass
class Gathered:
    """What the reports of one assignment say; `review` has a reason for each student.

    `penalties` are aligned with `students`; `by_hand` is what a person entered, by student and exercise.
    """

    assignment: Assignment
    students: list[str] = field(default_factory=list)
    review: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    exercises: dict[str, OfExercise] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    penalties: list[float] = field(default_factory=list)
    by_hand: dict[tuple[str, str], ByHand] = field(default_factory=dict)


def gather(
    assignment: Assignment, reports: Iterable[tuple[str, Report]], grades: Mapping[str, Grade]
) -> Gathered:
    """Fold reports, each with the name of its student's folder, and grades into what the class did."""
    found = Gathered(assignment)
    found.exercises = {exercise.name: OfExercise() for exercise in assignment.exercises}
    for student, report in reports:
        grade = grades.get(student)
        if grade:
            found.by_hand.update({(student, name): by for name, by in grade.by_hand.items()})
        if report.status == "unreadable":
            found.unreadable[student] = report.error or ""
            continue
        if report.status == "review":
            found.review[student] = report.error or ""
        found.students.append(student)
        found.penalties.append(grade.late_penalty if grade else 0.0)
        answers = _answers(report)
        for name, exercise in found.exercises.items():
            result = report.exercises.get(name)
            exercise.earned.append(_earned(assignment.exercise(name), result, grade))
            if result:
                _add(exercise, result, Answer(student, answers.get(name, "")))
    return found


def _earned(exercise: Exercise, result: ExerciseResult | None, grade: Grade | None) -> float | None:
    """The points of an exercise: those of the gradebook, or what the result is worth by now."""
    worth = exercise.points
    if grade and grade.exercises:
        points = grade.exercises.get(exercise.name)
        if points is None or exercise.name in grade.by_hand or exercise.kind == "written":
            return points
    if result is None or result.points is None:
        return None
    if result.max_points == worth:
        return result.points
    return worth * (result.points / result.max_points) if result.max_points else None


def _answers(report: Report) -> dict[str, str]:
    """The source of each answer, by exercise; what was split over cells is put together."""
    found: dict[str, list[str]] = {}
    for cell in report.answers:
        if cell.get("mode") == "answer":
            found.setdefault(cell.get("name", ""), []).append(cell.get("source", ""))
    return {name: "\n\n".join(sources) for name, sources in found.items()}


def _add(exercise: OfExercise, result: ExerciseResult, answer: Answer) -> None:
    exercise.outcomes[result.outcome] += 1
    if result.outcome in ("missing", "manual"):
        return
    if answer.source:
        exercise.answers.append(answer)
    for test in result.tests:
        tally = exercise.tests.setdefault(test.name, Tally(test.sentence))
        tally.passed += test.outcome == "passed"
        tally.failed += test.outcome not in ("passed", "harness")
    for name in result.misconception.split(TOGETHER) if result.misconception else ():
        exercise.misconceptions.setdefault(name, []).append(answer)
    if not result.misconception and result.outcome not in ("passed", "harness"):
        exercise.unexplained += 1


def add_times(found: Gathered, gradings: Iterable[Mapping[str, object]]) -> None:
    """Add how long gradings took, by the last line of each student, and the last one with each exercise.

    Of a submission of which only a part was graded again, the parts are taken and not the whole.
    """
    whole: dict[str, float] = {}
    parts: dict[str, dict[str, float]] = {name: {} for name in found.exercises}
    for line in gradings:
        student, ran = str(line.get("student")), line.get("ran")
        spent = ran if isinstance(ran, dict) else {}
        for name in spent.keys() & parts.keys():
            parts[name][student] = _seconds(spent[name])
        if all(name in spent for name in parts if found.exercises[name].tests):
            whole[student] = _seconds(line.get("seconds"))
    found.seconds = list(whole.values())
    for name, exercise in found.exercises.items():
        exercise.seconds = list(parts[name].values())


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
