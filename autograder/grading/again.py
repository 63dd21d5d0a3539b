"""Which results of an earlier report hold, so that only the other exercises run again. Trusted side.

A result holds if its key is unchanged: answers, tests, misconceptions, reference, grader, versions, seed.
Only its points are computed anew, from what an exercise is declared to be worth, and its tests' marks.
"""

from dataclasses import dataclass, field, replace

from autograder.grading.hidden import HiddenTests
from autograder.grading.lending import to_lend
from autograder.report import ExerciseOutcome, ExerciseResult, Report, points_of
from glm2mlp.course import Assignment, Exercise

# A lost worker costs time and chances, which exercises share; and what was our fault may be mended.
SHARED = frozenset({"timeout", "memory", "crashed", "harness"})


@dataclass(frozen=True)
class Held:
    """The results that hold, the outcomes without loans, what was lent, and the repairs that were told."""

    results: dict[str, ExerciseResult] = field(default_factory=dict)
    alone: dict[str, ExerciseOutcome] = field(default_factory=dict)
    lent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is a result of a hidden test or a question among them."""
        return bool(self.results)


def held(
    report: Report | None, keys: dict[str, str], assignment: Assignment, tests: HiddenTests
) -> Held:
    """What holds of `report`; nothing if its exercises had to share what they may use."""
    machine = [each for each in assignment.exercises if each.kind != "written"]
    if report is None or not report.exercises.keys() >= {each.name for each in machine}:
        return Held()
    outcomes = {each.outcome for each in report.exercises.values()}
    for result in report.exercises.values():
        outcomes |= {test.outcome for test in result.tests}
    if outcomes & SHARED:
        return Held()
    before = {name: each.outcome for name, each in report.exercises.items()} | report.alone
    lent = {each.name: to_lend(assignment, each, before, tests.functions) for each in machine}
    holding = {}
    for exercise in machine:
        result = report.exercises[exercise.name]
        if report.keys.get(exercise.name) != keys[exercise.name]:
            continue
        weighed = _weighed(result, exercise, tests)
        # Which of two results is the better one, with loans or without, may depend on the weights.
        if weighed.tests == result.tests or not lent[exercise.name]:
            holding[exercise.name] = weighed
    return Held(holding, before, lent, report.repairs)


def _weighed(result: ExerciseResult, exercise: Exercise, tests: HiddenTests) -> ExerciseResult:
    """The result with the points that it earns today."""
    weights = tests.weights.get(exercise.name, {})
    weighed = tuple(replace(test, weight=weights.get(test.name, 1.0)) for test in result.tests)
    points = points_of(exercise.points, weighed)
    return replace(result, points=points, max_points=exercise.points, tests=weighed)
