"""Public checks and hidden tests call an answer as its docstring and its assignment promise.

An answer may rely on it: look at the ones in X, ask of which class an argument is, assert it.
"""

import functools
import importlib
import inspect
from itertools import chain

import numpy as np
import pytest
from cohorts import GIVEN, SLOW
from in_process import InProcessStudent, Run, run_all

from autograder.authoring import load_reference
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS
from solutions.multilayer_perceptron import Parameters

FUNCTIONS = [
    (assignment.name, exercise.name)
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind == "function"
]
each_function = pytest.mark.parametrize(("assignment", "exercise"), FUNCTIONS)
NO_ONES = ("multilayer_perceptron", "what_went_wrong")  # the last column of X is no ones
AXES = {"X": "ND", "t": "N", "y": "N", "w": "D", "W_h": "DH", "b_h": "H", "W_y": "HK", "b_y": "K"}
RANGES = {"X of repair_1": (0, 1), "X of repair_3": (0, 16), "p of logit": (1e-300, 1 - 1e-16)}
ABOVE_0 = ("batch_size", "learning_rate", "variance", "patience", "D", "H", "K")


def broken(assignment, function, arguments, own_class):
    """What does not hold of the promises about these arguments, which are given by their names."""
    K = classes(assignment, arguments)
    for name, value in arguments.items():
        wanted = inspect.signature(function).parameters[name].annotation
        wanted = {Parameters: own_class}.get(wanted, wanted)
        if type(value) is not wanted if wanted in (int, float) else not isinstance(value, wanted):
            yield f"{name}: a {type(value)}"
        if name in ABOVE_0 and value <= 0:
            yield f"{name}: not above 0"
        dtype = np.int64 if K and name == "t" else np.float64
        low, high = RANGES.get(f"{name} of {function.__name__}", (-1e4, 1e4))
        for array in value if isinstance(value, tuple) else [value] * isinstance(value, np.ndarray):
            if array.dtype != dtype or not array.flags.carray:
                yield f"{name}: {array.dtype}, or not laid out as usual"
            if not (low <= array.min() and array.max() <= high):
                yield f"{name}: numbers that are too small or too large"
    if K and not set(arguments.get("t", ())) <= set(range(K)):
        yield "t: other classes"
    if "X" in arguments and assignment not in NO_ONES and np.any(arguments["X"][:, -1] != 1):
        yield "X: the last column is not ones"
    yield from misshapen(arguments)


def classes(assignment, arguments):
    """How many classes there are; 0 if the targets are numbers."""
    if assignment == "mse_as_mle" or arguments.get("model") == "linear":
        return 0
    if "parameters" in arguments:
        return len(arguments["parameters"].b_y)
    W = arguments.get("W")
    return arguments.get("K") or (2 if np.ndim(W) < 2 else W.shape[1])


def misshapen(arguments):
    """Yield which arguments do not fit the others in shape."""
    sizes = {}
    axes = AXES | {"W": "D" if np.ndim(arguments.get("W")) == 1 else "DK"}
    layers = (arguments.get(name, ()) for name in ("parameters", "gradients"))
    named = [zip(Parameters._fields, arrays, strict=False) for arrays in layers]
    for name, array in chain(arguments.items(), *named):
        if name in axes:
            known = [sizes.setdefault(*axis) for axis in zip(axes[name], array.shape, strict=False)]
            if array.shape != tuple(known) or len(axes[name]) != array.ndim or not array.size:
                yield f"{name}: of shape {array.shape}"


def watched(assignment, function, told):
    """The function, which adds to `told` what of its promises a call breaks."""
    promised = load_reference(ASSIGNMENTS[assignment])[function.__name__]
    own_class = function.__globals__.get("Parameters")

    @functools.wraps(function)
    def watching(*args, **kwargs):
        arguments = inspect.signature(promised).bind(*args, **kwargs).arguments
        told.update(broken(assignment, promised, arguments, own_class))
        return function(*args, **kwargs)

    return watching


@each_function
def test_public_checks_keep_what_is_promised(assignment, exercise):
    suite, told = importlib.import_module(f"glm2mlp.checks.{assignment}").suite, set()
    names = {"__name__": "__main__"}
    for cell in solved_cells(ASSIGNMENTS[assignment]):
        if cell.role in ("given", "answer"):
            exec(cell.source, names)
    mine = [name for where, name in FUNCTIONS if where == assignment]

    report = suite.examine(
        exercise, names | {name: watched(assignment, names[name], told) for name in mine}
    )

    assert told == set()
    assert report.complete


@each_function
def test_hidden_tests_keep_what_is_promised(assignment, exercise):
    told = set()
    answer = watched(assignment, load_reference(ASSIGNMENTS[assignment])[exercise], told)
    student = InProcessStudent(GIVEN | {exercise: answer})
    runs = [Run("watched", student, seed) for seed in range(1 if exercise in SLOW else 5)]

    run_all(assignment, exercise, runs)

    assert told == set()
    assert [run.failed for run in runs if run.failed] == []
