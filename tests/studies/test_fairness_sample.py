"""A sample of the fairness study: mutants of each reference function are caught or known to be right."""

import itertools

import pytest
from thinning import slow, some

from glm2mlp.catalogue import ASSIGNMENTS
from studies.equivalent import EQUIVALENT, reason
from studies.fairness import EXERCISES, Studied, chosen, document
from studies.mutants import mutants
from studies.tried import Tried, try_answers

SAMPLE = 6  # mutants of an exercise; the study takes them all
each_exercise = pytest.mark.parametrize("exercise", some(EXERCISES), ids=lambda e: f"{e[0]}-{e[1]}")


@each_exercise
def test_sampled_mutants_are_caught_or_equivalent(exercise):
    assignment, name, _ = exercise
    found = list(mutants(assignment, name))
    sample = found[:: max(1, len(found) // SAMPLE)]

    tried = try_answers(assignment, name, {m.change: m.function for m in sample}, [0])

    assert [
        each.name
        for each in tried
        if not each.caught_by_tests and reason(assignment, name, each.name) is None
    ] == []


@slow
def test_every_equivalent_mutant_is_one():
    for (assignment, name), changes in itertools.chain(*(e.items() for e in EQUIVALENT.values())):
        made = {mutant.change for mutant in mutants(assignment, name)}
        assert set(changes) <= made, f"{assignment}/{name}"


def test_a_survivor_is_told_in_the_table():
    survivor = Tried("return 2", False, False, False, ())
    caught = Tried("return 3", True, True, True, (("sign",),))
    studied = Studied("softmax_regression", "softmax", "function", mutants=[survivor, caught])

    assert studied.survivors == ["return 2"]
    assert "| softmax_regression/softmax | 2 | 1 | 1 | 1 | 0 | 1 |" in document([studied], 60)


def test_one_assignment_or_one_exercise_can_be_studied():
    names = [(e.name, e.kind) for e in ASSIGNMENTS["mse_as_mle"].exercises]
    coded = [name for name, kind in names if kind not in ("choice", "written")]

    assert [name for _, name, _ in chosen("mse_as_mle")] == coded
    assert chosen("mse_as_mle/mse") == [("mse_as_mle", "mse", "function")]
    assert chosen("mse") == []
    assert chosen(None) == EXERCISES
