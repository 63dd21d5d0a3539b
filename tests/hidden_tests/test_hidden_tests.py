"""The hidden tests accept what is right, refuse what is wrong, and are never at fault themselves."""

import ast
import importlib
import re

import correct_derivations
import mistakes_derivations
import numpy as np
import pytest
from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS
from in_process import ROOT, InProcessStudent, Run, run_hidden_tests
from solutions import derivations
from weird_values import SPOILED, WEIRD

EXERCISES = [
    (assignment.name, exercise.name, exercise.kind)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind != "written"
]
FUNCTIONS = [(a, e) for a, e, kind in EXERCISES if kind == "function"]
DERIVATIONS = [(a, e) for a, e, kind in EXERCISES if kind == "derivation"]
ALL = [(a, e) for a, e, _ in EXERCISES]
SEEDS = range(3)

REFERENCES = {
    name: InProcessStudent({**vars(importlib.import_module(f"solutions.{name}")), **vars(derivations)})
    for name in ASSIGNMENTS
}


def cases(kind, assignment, exercise):
    """The named functions of this exercise in `correct_*.py` or `mistakes_*.py`."""
    module = importlib.import_module(f"{kind}_{assignment}")
    return getattr(module, kind.upper())[exercise]


def run(assignment, exercise, students, seeds=SEEDS):
    """Run the hidden tests for all students and seeds: on the first seed through pytest itself."""
    runs = [
        Run(name, student, seed, direct=seed != seeds[0])
        for name, student in students.items()
        for seed in seeds
    ]
    return run_hidden_tests(assignment, exercise, runs, REFERENCES[assignment])


def alone(exercise, functions):
    """Students who have written this exercise only: hidden tests call nothing else."""
    return {name: InProcessStudent({exercise: function}) for name, function in functions.items()}


@pytest.mark.parametrize(("assignment", "exercise"), ALL)
def test_the_reference_passes_on_many_seeds(assignment, exercise):
    runs = run(assignment, exercise, {"reference": REFERENCES[assignment]}, range(100, 140))

    assert {run.seed: run.failed for run in runs if run.failed} == {}
    assert all(len(run.passed) >= 3 for run in runs)


@pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
def test_right_answers_of_every_style_pass(assignment, exercise):
    functions = cases("correct", assignment, exercise)
    assert len(functions) >= 8

    runs = run(assignment, exercise, alone(exercise, functions))

    assert {(run.name, run.seed): run.failed for run in runs if run.failed} == {}


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_answers_that_break_one_promise_fail_only_its_tests(assignment):
    nearly = importlib.import_module(f"correct_{assignment}").NEARLY
    for exercise, functions in nearly.items():
        students = alone(exercise, {name: function for name, (function, _) in functions.items()})
        for result in run(assignment, exercise, students):
            assert set(result.failed) == functions[result.name][1], (exercise, result.failed)


@pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
def test_mistakes_are_caught_on_every_seed(assignment, exercise):
    functions = cases("mistakes", assignment, exercise)

    runs = run(assignment, exercise, alone(exercise, functions))

    assert [(run.name, run.seed) for run in runs if not run.failed] == []
    assert [run.name for run in runs if "harness" in run.results.values()] == []


@pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
def test_an_answer_that_does_nothing_passes_nothing(assignment, exercise):
    right = getattr(REFERENCES[assignment], exercise)
    idle = {
        "no return": lambda *args, **kwargs: None,
        "argument": lambda *args, **kwargs: args[0],
        "number": lambda *args, **kwargs: 0.0,
        "zeros": lambda *args, **kwargs: 0 * right(*args, **kwargs),
        "halves": lambda *args, **kwargs: 0 * right(*args, **kwargs) + 0.5,
        "ones": lambda *args, **kwargs: 0 * right(*args, **kwargs) + 1,
    }

    runs = run(assignment, exercise, alone(exercise, idle))

    assert {(run.name, run.seed): run.passed for run in runs if run.passed} == {}


@pytest.mark.parametrize(("assignment", "exercise"), ALL)
def test_a_missing_answer_is_missing(assignment, exercise):
    (result,) = run(assignment, exercise, {"missing": InProcessStudent({})}, [0])

    assert set(result.results.values()) == {"missing"}


@pytest.mark.parametrize(("assignment", "exercise"), DERIVATIONS)
def test_derivations_of_every_style_pass(assignment, exercise):
    lists = correct_derivations.CORRECT[exercise]

    runs = run(assignment, exercise, derived(exercise, lists), [0])

    assert {run.name: run.failed for run in runs if run.failed} == {}


@pytest.mark.parametrize(("assignment", "exercise"), DERIVATIONS)
def test_wrong_derivations_pass_what_they_have_earned(assignment, exercise):
    wrong = mistakes_derivations.MISTAKES[exercise]
    lists = {name: value for name, (value, _) in wrong.items()}

    runs = run(assignment, exercise, derived(exercise, lists), [0])

    earned = {name: set(passed) for name, (_, passed) in wrong.items()}
    assert {run.name: run.passed for run in runs} == earned
    assert [run.name for run in runs if "harness" in run.results.values()] == []


def derived(exercise, lists):
    return alone(exercise, {name: lambda value=value: value for name, value in lists.items()})


class Hostile:
    """A worker that answers every call with the same thing, whatever that is."""

    def __init__(self, value):
        self._call = Call(value, (value,) * 3, {}, (value,))

    def __getattr__(self, name):
        return lambda *args, **kwargs: self._call.value

    def call(self, name, *args, **kwargs):
        return self._call


class Spoiled:
    """A worker that spoils the right value, or, with `after`, only what is asked for after a call."""

    def __init__(self, right, spoil, *, after=False):
        self._right, self._spoil, self._after = right, spoil, after

    def __getattr__(self, name):
        return lambda *args, **kwargs: self.call(name, *args, **kwargs).value

    def call(self, name, *args, **kwargs):
        call = self._right.call(name, *args, **kwargs)
        if not self._after:
            return Call(self._spoil(call.value), call.args, call.kwargs, call.draws)
        if self._spoil is None:
            return Call(call.value)
        args, draws = (tuple(map(self._spoil, values)) for values in (call.args, call.draws))
        return Call(call.value, args, call.kwargs, draws)


@pytest.mark.parametrize(("assignment", "exercise"), ALL)
def test_weird_values_fail_and_are_no_fault_of_ours(assignment, exercise):
    students = {name: Hostile(value) for name, value in WEIRD.items()}

    runs = run(assignment, exercise, students, [0])

    assert {run.name for run in runs if set(run.results.values()) != {"failed"}} == set()


@pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
def test_spoiled_values_fail_and_are_no_fault_of_ours(assignment, exercise):
    students = {name: Spoiled(REFERENCES[assignment], spoil) for name, spoil in SPOILED.items()}

    runs = run(assignment, exercise, students, [0])

    assert {run.name for run in runs if set(run.results.values()) != {"failed"}} == set()


@pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
def test_weird_states_after_a_call_fail_and_are_no_fault_of_ours(assignment, exercise):
    students = {
        name: Spoiled(REFERENCES[assignment], spoil, after=True) for name, spoil in SPOILED.items()
    }
    students["nothing left"] = Spoiled(REFERENCES[assignment], None, after=True)

    runs = run(assignment, exercise, students, [0])

    # The values are right: what is wrong is what the call left behind, where a test asks for it.
    asking = {name for name in runs[0].results if "unchanged" in name or "draws" in name}
    assert {run.name: run.failed for run in runs if set(run.failed) != asking} == {}
    assert [run.name for run in runs if "harness" in run.results.values()] == []


def hidden_test_functions(assignment, exercise):
    tree = ast.parse((ROOT / assignment / f"test_{exercise}.py").read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and "test" in node.name]


@pytest.mark.parametrize(("assignment", "exercise"), ALL)
def test_every_hidden_test_has_its_own_name_and_hint(assignment, exercise):
    tests = hidden_test_functions(assignment, exercise)
    hints = [ast.get_docstring(test) or "" for test in tests]

    assert 3 <= len(tests) <= 7
    assert len({test.name for test in tests}) == len(set(hints)) == len(tests)
    for hint in hints:
        assert len(hint) >= 40
        assert "\n" not in hint
        assert not re.search(r"[2-9]|\d\d", hint), f"a number that may be an input: {hint}"
        assert "expected" not in hint


def test_every_file_belongs_to_an_exercise():
    files = {(path.parent.name, path.stem.removeprefix("test_")) for path in ROOT.glob("*/test_*.py")}

    assert files == set(ALL)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_inputs_differ_between_seeds_and_repeat_for_one(assignment):
    data = importlib.import_module(f"autograder.hidden_tests.{assignment}.data")
    first, again, other = (data.batch(np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(first[:2], other[:2], strict=True))
