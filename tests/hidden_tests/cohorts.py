"""The students on whom the hidden tests are tried: right, nearly right, wrong, idle and hostile ones."""

import importlib
from functools import cache

import correct_derivations
import mistakes_derivations
from in_process import InProcessStudent, Run, run_hidden_tests
from weird_values import SPOILED, WEIRD

from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS
from solutions import derivations

REFERENCES = {
    name: InProcessStudent(
        {**vars(importlib.import_module(f"solutions.{name}")), **vars(derivations)}
    )
    for name in ASSIGNMENTS
}
SEEDS = range(3)


class Hostile:
    """A worker that answers every call with the same thing, whatever that is."""

    def __init__(self, value):
        self._call = Call(value, (value,) * 3, {}, (value,))

    def __getattr__(self, name):
        return lambda *args, **kwargs: self._call.value

    def call(self, name, *args, **kwargs):
        return self._call


class Spoiled:
    """A worker that spoils the right value, or, with `after`, what is asked for after the call."""

    def __init__(self, right, spoil, *, after=False):
        self._right, self._spoil, self._after = right, spoil, after

    def __getattr__(self, name):
        return lambda *args, **kwargs: self.call(name, *args, **kwargs).value

    def call(self, name, *args, **kwargs):
        call = self._right.call(name, *args, **kwargs)
        if not self._after:
            return Call(self._spoil(call.value), call.args, call.kwargs, call.draws)
        args, draws = (tuple(map(self._spoil, values)) for values in (call.args, call.draws))
        return Call(call.value, args, call.kwargs, draws)


class Forgetful:
    """A worker that tells the right value, and nothing of what the call left behind."""

    def __init__(self, right):
        self._right = right

    def __getattr__(self, name):
        return getattr(self._right, name)

    def call(self, name, *args, **kwargs):
        return Call(self._right.call(name, *args, **kwargs).value)


@cache
def outcomes(assignment, exercise, kind):
    """All runs of an exercise by cohort; one pytest session for all of them."""
    cohorts = {"function": _functions, "derivation": _derivations}[kind](assignment, exercise)
    reference = REFERENCES[assignment]
    cohorts["reference"] = [
        Run("reference", reference, seed, direct=seed > 3) for seed in range(40)
    ]
    cohorts["missing"] = _runs({"missing": InProcessStudent({})}, [0])
    cohorts["weird"] = _runs({name: Hostile(value) for name, value in WEIRD.items()}, [0])
    runs = [run for cohort in cohorts.values() for run in cohort]
    run_hidden_tests(assignment, exercise, runs, reference)
    return cohorts


def _functions(assignment, exercise):
    correct = importlib.import_module(f"correct_{assignment}")
    mistakes = importlib.import_module(f"mistakes_{assignment}")
    reference = REFERENCES[assignment]
    nearly = {name: function for name, (function, _) in correct.NEARLY.get(exercise, {}).items()}
    spoiled = {name: Spoiled(reference, spoil) for name, spoil in SPOILED.items()}
    after = {name: Spoiled(reference, spoil, after=True) for name, spoil in SPOILED.items()}
    return {
        "correct": _runs(_alone(exercise, correct.CORRECT[exercise]), SEEDS),
        "nearly": _runs(_alone(exercise, nearly), SEEDS),
        "mistakes": _runs(_alone(exercise, mistakes.MISTAKES[exercise]), SEEDS),
        "idle": _runs(_alone(exercise, _idle(getattr(reference, exercise))), SEEDS),
        "spoiled": _runs(spoiled, [0]),
        "after": _runs(after | {"nothing left": Forgetful(reference)}, [0]),
    }


def _derivations(assignment, exercise):
    correct = correct_derivations.CORRECT[exercise]
    mistakes = mistakes_derivations.MISTAKES[exercise]
    mistakes = {name: value for name, (value, _) in mistakes.items()}
    return {
        "correct": _runs(_alone(exercise, _returning(correct)), [0]),
        "mistakes": _runs(_alone(exercise, _returning(mistakes)), [0]),
    }


def _idle(right):
    """Answers that do nothing, in the shape of the right one."""
    return {
        "no return": lambda *args, **kwargs: None,
        "argument": lambda *args, **kwargs: args[0],
        "number": lambda *args, **kwargs: 0.0,
        "zeros": lambda *args, **kwargs: 0 * right(*args, **kwargs),
        "halves": lambda *args, **kwargs: 0 * right(*args, **kwargs) + 0.5,
        "ones": lambda *args, **kwargs: 0 * right(*args, **kwargs) + 1,
    }


def _returning(values):
    return {name: lambda value=value: value for name, value in values.items()}


def _alone(exercise, functions):
    """Students who have written this exercise only: its hidden tests call nothing else."""
    return {name: InProcessStudent({exercise: function}) for name, function in functions.items()}


def _runs(students, seeds):
    """On the first seed the tests run through pytest itself."""
    return [
        Run(name, student, seed, direct=seed != seeds[0])
        for name, student in students.items()
        for seed in seeds
    ]
