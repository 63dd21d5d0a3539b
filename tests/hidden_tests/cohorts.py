"""The students on whom the hidden tests are tried: right, nearly right, wrong, idle and hostile ones.

Each is tried on several seeds. Where the tests of an exercise train, and on the table with its hundreds of
mistakes, a sample is: each student meets one of the seeds, the reference fewer, and a third of the mistakes
and of what a call can leave behind is tried. `WHOLE=1 make test-all`, a step of CI, takes all.
"""

import importlib
import os
from functools import cache
from itertools import cycle

import correct_formulas
import mistakes_formulas
from in_process import InProcessStudent, OneByOne, Run, in_the_engine, run_one
from weird_values import SPOILED, WEIRD

from autograder.authoring import load_reference
from autograder.testing import Call
from glm2mlp import trainings
from glm2mlp.catalogue import ASSIGNMENTS

# What locked cells define and hidden tests call.
GIVEN = {"train_case": trainings.train_case}
REFERENCES = {
    name: InProcessStudent(load_reference(ASSIGNMENTS[name]) | GIVEN) for name in ASSIGNMENTS
}
SEEDS = range(3)
# Their tests train, up to twelve times for each student; a table has hundreds of mistakes.
SLOW = ("repair_1", "repair_2", "repair_3", "glm_table")


def sampled(exercise):
    """Whether the students of an exercise are not tried on all seeds."""
    return exercise in SLOW and "WHOLE" not in os.environ


def on_seeds(exercise, students, seeds=SEEDS):
    """Runs of each student on all of the seeds, or, of a sample, on one of them in turn."""
    if not sampled(exercise):
        return _runs(students, seeds)
    turns = cycle(seeds)
    return [Run(name, student, next(turns)) for name, student in students.items()]


def a_third(exercise, students):
    """The students, or of a sample a third of them."""
    step = 3 if sampled(exercise) else 1
    return {name: students[name] for name in list(students)[::step]}


def each_part(change):
    """`change` for a value or, if it is a tuple, for each of its parts; nothing and text stay."""

    def changed(value):
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return value if value is None or isinstance(value, str) else change(value)

    return changed


class Hostile(OneByOne):
    """A worker that answers every call with the same thing, whatever that is."""

    def __init__(self, value):
        self._value = value

    def call(self, function, args, kwargs, *, after):
        return Call(self._value, (self._value,) * len(args), {}, (self._value,))


class Spoiled(OneByOne):
    """A worker that spoils the right value, or, with `after`, what is asked for after the call."""

    def __init__(self, right, spoil, *, after=False):
        self._right, self._spoil, self._after = right, spoil, after

    def call(self, function, args, kwargs, *, after):
        call = self._right.call(function, args, kwargs, after=after)
        spoil = each_part(self._spoil)
        if not self._after:
            return Call(spoil(call.value), call.args, call.kwargs, call.draws)
        return Call(
            call.value,
            tuple(map(spoil, call.args)),
            call.kwargs,
            tuple(map(spoil, call.draws)),
        )


class Forgetful(Spoiled):
    """A worker that tells the right value, and nothing of what the call left behind."""

    def call(self, function, args, kwargs, *, after):
        return Call(self._right.call(function, args, kwargs, after=after).value)


@cache
def cohorts(assignment, exercise, kind):
    """All runs of an exercise by cohort, in one session of the engine."""
    make = {"function": _functions, "derivation": _derivations, "formulas": _formulas}[kind]
    runs = make(assignment, exercise)
    reference = {"reference": REFERENCES[assignment]}
    runs["reference"] = _runs(reference, range(10 if sampled(exercise) else 40))
    runs["missing"] = _runs({"missing": InProcessStudent({})}, [0])
    runs["weird"] = _runs({name: Hostile(value) for name, value in WEIRD.items()}, [0])

    def work(hidden):
        for run in (run for cohort in runs.values() for run in cohort):
            run_one(hidden, assignment, exercise, run)
            run.calls = ()  # those of all runs would take gigabytes

    in_the_engine(assignment, work)
    return runs


def _answers(file, table, exercise):
    """The answers to an exercise in a table of a file beside this one."""
    known = getattr(importlib.import_module(file), table)
    place = f"tests/hidden_tests/{file}.py: {table}"
    assert exercise in known, f"{place} has no answers to «{exercise}»; add them"
    return known[exercise]


def _functions(assignment, exercise):
    correct = importlib.import_module(f"correct_{assignment}")
    reference = REFERENCES[assignment]
    right = load_reference(ASSIGNMENTS[assignment])[exercise]
    nearly = {name: function for name, (function, _) in correct.NEARLY.get(exercise, {}).items()}
    spoiled = {name: Spoiled(reference, spoil) for name, spoil in SPOILED.items()}
    after = {"nothing left": Forgetful(reference, None)} | {
        name: Spoiled(reference, spoil, after=True) for name, spoil in SPOILED.items()
    }
    alone = {
        "correct": _answers(f"correct_{assignment}", "CORRECT", exercise),
        "nearly": nearly,
        "mistakes": a_third(exercise, _answers(f"mistakes_{assignment}", "MISTAKES", exercise)),
        "idle": _idle(right),
    }
    return {
        **{cohort: on_seeds(exercise, _alone(exercise, a)) for cohort, a in alone.items()},
        "spoiled": _runs(spoiled, [0]),
        "after": _runs(a_third(exercise, after), [0]),
    }


def _derivations(assignment, exercise):
    correct = _answers("correct_derivations", "CORRECT", exercise)
    mistakes = _answers("mistakes_derivations", "MISTAKES", exercise)
    mistakes = {name: value for name, (value, _) in mistakes.items()}
    return {
        "correct": _runs(_alone(exercise, _returning(correct)), [0]),
        "mistakes": _runs(_alone(exercise, _returning(mistakes)), [0]),
    }


def _formulas(assignment, exercise):
    mistakes = {name: value for name, (value, _) in mistakes_formulas.MISTAKES[exercise].items()}
    strange = {name: Hostile(value) for name, value in mistakes_formulas.STRANGE.items()}
    return {
        "correct": _runs(_alone(exercise, _returning(correct_formulas.CORRECT[exercise])), SEEDS),
        "mistakes": _runs(_alone(exercise, _returning(a_third(exercise, mistakes))), [0]),
        "strange": _runs(strange, [0]),
    }


def _idle(right):
    """Answers that do nothing, in the shape of the right one."""

    def filled(number):
        fill = each_part(lambda part: 0 * part + number)
        return lambda *args, **kwargs: fill(right(*args, **kwargs))

    return {
        "no return": lambda *args, **kwargs: None,
        "argument": lambda *args, **kwargs: args[0],
        "number": lambda *args, **kwargs: 0.0,
        "zeros": filled(0),
        "halves": filled(0.5),
        "ones": filled(1),
    }


def _returning(values):
    return {name: lambda value=value: value for name, value in values.items()}


def _alone(exercise, functions):
    """Students who have written this exercise only: its hidden tests call nothing else of theirs."""
    return {
        name: InProcessStudent({exercise: function, **GIVEN})
        for name, function in functions.items()
    }


def _runs(students, seeds):
    return [Run(name, student, seed) for name, student in students.items() for seed in seeds]
