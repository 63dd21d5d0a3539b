"""The diagnosis of a failing answer, whatever kind of exercise it belongs to. Trusted side."""

from collections.abc import Sequence

from autograder.grading import diagnosis, diagnosis_derivations, diagnosis_tables
from autograder.grading.diagnosis import Diagnosis, Observed
from autograder.misconceptions import Function, Misconception
from glm2mlp.course import Exercise

DIAGNOSED = ("function", "derivation", "formulas")


def diagnose_exercise(
    exercise: Exercise, calls: Sequence[Observed], right: Function, known: Sequence[Misconception]
) -> Diagnosis | None:
    """Name the misconception that these calls show; None if there is none, or if several fit.

    `right` is the reference. What a table shows in different entries counts as one.
    """
    if exercise.kind == "function":
        return diagnosis.diagnose(calls, right, known)
    return diagnosis.the_one(candidates_of(exercise, calls, right, known))


def candidates_of(
    exercise: Exercise, calls: Sequence[Observed], right: Function, known: Sequence[Misconception]
) -> list[Diagnosis]:
    """All misconceptions that agree with what an answer did in these calls."""
    if exercise.kind == "derivation":
        return diagnosis_derivations.candidates(exercise.name, calls, known)
    if exercise.kind == "formulas":
        return diagnosis_tables.candidates(calls, right, known)
    return diagnosis.candidates(calls, right, known)
