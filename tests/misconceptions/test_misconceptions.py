"""Every misconception is caught by the hidden tests, and recognised among all the others.

Where tests train, they take a sample of seeds unless `WHOLE` is set: see `cohorts`.
"""

import pytest
from cohorts import GIVEN, REFERENCES, on_seeds
from in_process import InProcessStudent, Run, in_the_engine, run_all, run_one
from thinning import slow, some

from autograder.authoring import load_reference
from autograder.grading.diagnosis import diagnose
from autograder.misconceptions import misconceptions_of
from glm2mlp.catalogue import ASSIGNMENTS

SEEDS = range(2)
EXERCISES = [
    (assignment.name, exercise.name)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind == "function"
]
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids="-".join)


def diagnosed(assignment, exercise, wrong):
    """The runs of wrong answers (name → function), and the name of what each was recognised as."""
    students = {
        name: InProcessStudent(
            load_reference(ASSIGNMENTS[assignment]) | GIVEN | {exercise: function}
        )
        for name, function in wrong.items()
    }
    runs, found = on_seeds(exercise, students, SEEDS), []
    right = load_reference(ASSIGNMENTS[assignment])[exercise]
    known = misconceptions_of(ASSIGNMENTS[assignment], exercise)

    def work(hidden):
        for run in runs:
            run_one(hidden, assignment, exercise, run)
            found.append(diagnose(run.calls, right, known))
            run.calls = ()  # those of all runs would take hundreds of megabytes

    in_the_engine(assignment, work)
    return runs, found


def known_to(assignment, exercise):
    return misconceptions_of(ASSIGNMENTS[assignment], exercise)


@pytest.mark.parametrize("exercise", some(EXERCISES), ids="-".join)
def test_every_misconception_is_caught_and_recognised(exercise):
    known = known_to(*exercise)

    runs, found = diagnosed(*exercise, {m.id: m.wrong for m in known})

    assert [(run.name, run.seed) for run in runs if not run.failed] == []
    assert [
        (run.name, run.seed, diagnosis and diagnosis.name)
        for run, diagnosis in zip(runs, found, strict=True)
        if diagnosis is None or diagnosis.name != run.name
    ] == []


@pytest.mark.lint
@each_exercise
def test_ids_are_unique_and_hints_do_not_give_the_answer(exercise):
    known = known_to(*exercise)

    assert len(known) >= 5
    assert len({m.id for m in known}) == len(known)
    for misconception in known:
        assert misconception.belief.endswith(".")
        assert len(misconception.hint) >= 40


@slow
def test_the_reference_is_never_diagnosed():
    for assignment, exercise in EXERCISES:
        run = Run("reference", REFERENCES[assignment], 0)
        run_all(assignment, exercise, [run])
        right = load_reference(ASSIGNMENTS[assignment])[exercise]
        assert (
            diagnose(run.calls, right, misconceptions_of(ASSIGNMENTS[assignment], exercise)) is None
        )
