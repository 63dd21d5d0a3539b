"""The hidden tests accept what is right, refuse what is wrong, and are never at fault themselves."""

import ast
import importlib
import re

import mistakes_derivations
import mistakes_formulas
import numpy as np
import pytest
from cohorts import cohorts, sampled
from thinning import slow, some

from glm2mlp.catalogue import ASSIGNMENTS, COURSE

EXERCISES = [
    (assignment.name, exercise.name, exercise.kind)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind not in ("written", "choice")
]
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids="-".join)
# A function and a derivation; a table with its hundreds of mistakes is left to `make test-all`.
each_exercise = pytest.mark.parametrize(
    "exercise", some(EXERCISES, kind=lambda exercise: exercise[2] == "derivation"), ids="-".join
)
each_function = pytest.mark.parametrize(
    "exercise", some(e for e in EXERCISES if e[2] == "function"), ids="-".join
)
each_derivation = pytest.mark.parametrize(
    "exercise", some(e for e in EXERCISES if e[2] == "derivation"), ids="-".join
)
each_table = pytest.mark.parametrize(
    "exercise", [e for e in EXERCISES if e[2] == "formulas"], ids="-".join
)
LEAST_STYLES = {"function": 8, "derivation": 5, "formulas": 10}


def refused(runs):
    """The runs in which some test did not pass, with what it said."""
    return {(run.name, run.seed): run.failed for run in runs if run.failed}


def ended_otherwise(runs, outcome):
    """The runs in which some test had another outcome."""
    return {(run.name, run.seed) for run in runs if set(run.outcomes.values()) != {outcome}}


@each_exercise
def test_the_reference_passes_on_many_seeds(exercise):
    runs = cohorts(*exercise)["reference"]

    assert len(runs) >= (10 if sampled(exercise[1]) else 40)
    assert refused(runs) == {}
    assert ended_otherwise(runs, "passed") == set()


@each_exercise
def test_right_answers_of_every_style_pass(exercise):
    runs = cohorts(*exercise)["correct"]

    assert len({run.name for run in runs}) >= LEAST_STYLES[exercise[2]]
    assert refused(runs) == {}


@each_function
def test_answers_that_break_one_promise_fail_only_its_tests(exercise):
    assignment, name, _ = exercise
    nearly = importlib.import_module(f"correct_{assignment}").NEARLY.get(name, {})

    for run in cohorts(*exercise)["nearly"]:
        assert set(run.failed) == nearly[run.name][1], (run.name, run.failed)


@each_function
def test_mistakes_are_caught_on_every_seed(exercise):
    runs = cohorts(*exercise)["mistakes"]

    assert len({run.name for run in runs}) >= (25 // 3 if sampled(exercise[1]) else 25)
    assert [(run.name, run.seed) for run in runs if not run.failed] == []
    assert [run.name for run in runs if "harness" in run.outcomes.values()] == []


@each_derivation
def test_wrong_derivations_pass_what_they_have_earned(exercise):
    earned = mistakes_derivations.MISTAKES[exercise[1]]

    runs = cohorts(*exercise)["mistakes"]

    assert {run.name: run.passed for run in runs} == {name: e for name, (_, e) in earned.items()}
    assert [run.name for run in runs if "harness" in run.outcomes.values()] == []


@slow
@each_table
def test_a_wrong_entry_costs_its_own_point_only(exercise):
    wrong = mistakes_formulas.MISTAKES[exercise[1]]

    runs = cohorts(*exercise)["mistakes"]

    assert len(runs) >= len(wrong) / (3 if sampled(exercise[1]) else 1)
    assert [run.name for run in runs if set(run.failed) != set(wrong[run.name][1])] == []
    assert [run.name for run in runs if set(run.outcomes.values()) - {"passed", "failed"}] == []


@slow
@each_table
def test_strange_entries_are_no_fault_of_ours(exercise):
    runs = cohorts(*exercise)["strange"]

    assert [run.name for run in runs if len(run.failed) < len(run.outcomes) - 1] == []
    assert [run.name for run in runs if set(run.outcomes.values()) - {"passed", "failed"}] == []


@each_function
def test_an_answer_that_does_nothing_passes_nothing(exercise):
    runs = cohorts(*exercise)["idle"]

    assert {(run.name, run.seed): run.passed for run in runs if run.passed} == {}


@each_exercise
def test_a_missing_answer_is_missing(exercise):
    assert ended_otherwise(cohorts(*exercise)["missing"], "missing") == set()


@each_exercise
def test_weird_values_fail_and_are_no_fault_of_ours(exercise):
    assert ended_otherwise(cohorts(*exercise)["weird"], "failed") == set()


@each_function
def test_spoiled_values_fail_and_are_no_fault_of_ours(exercise):
    assert ended_otherwise(cohorts(*exercise)["spoiled"], "failed") == set()


@each_function
def test_weird_leftovers_of_a_call_fail_and_are_no_fault_of_ours(exercise):
    runs = cohorts(*exercise)["after"]

    # The values are right: what is wrong is what the call left behind, where a test asks for it.
    asking = {name for name in runs[0].outcomes if "unchanged" in name or "draws" in name}
    assert {run.name: run.failed for run in runs if set(run.failed) != asking} == {}
    assert [run.name for run in runs if "harness" in run.outcomes.values()] == []


def hidden_test_functions(assignment, exercise):
    tree = ast.parse(
        COURSE.path("hidden", f"{assignment}", "tests", f"test_{exercise}.py").read_text(
            encoding="utf-8"
        )
    )
    return [node for node in tree.body if getattr(node, "name", "").startswith("test_")]


@pytest.mark.lint
@every_exercise
def test_every_hidden_test_has_its_own_name_and_hint(exercise):
    tests = hidden_test_functions(*exercise[:2])
    hints = [ast.get_docstring(test) or "" for test in tests]

    assert 3 <= len(tests) <= (12 if exercise[2] == "formulas" else 7)
    assert len({test.name for test in tests}) == len(set(hints)) == len(tests)
    for hint in hints:
        assert len(hint) >= 40
        assert "\n" not in hint
        assert not re.search(r"[2-9]|\d\d", hint), f"a number that may be an input: {hint}"


@pytest.mark.lint
def test_every_file_belongs_to_an_exercise():
    paths = COURSE.folders[0].glob("hidden/*/tests/test_*.py")

    files = {(path.parents[1].name, path.stem.removeprefix("test_")) for path in paths}
    assert files == {exercise[:2] for exercise in EXERCISES}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_inputs_differ_between_seeds_and_repeat_for_one(assignment):
    data = COURSE.load(f"hidden.{assignment}.tests.data")
    first, again, other = (_arrays(data.batch(np.random.default_rng(seed))) for seed in (1, 1, 2))

    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(first[:2], other[:2], strict=True))


def _arrays(batch):
    """The arrays of a batch, with those of parameters one by one."""
    parts = [part if isinstance(part, tuple) else (part,) for part in batch]
    return [array for part in parts for array in part]
