"""Errors that answers raise often are told with what to do about them."""

import math

import numpy as np
import pytest
import sympy
from notebook_answers import notebook
from scipy import special

from glm2mlp.checks import logistic_regression, multilayer_perceptron
from glm2mlp.checks.compare import FORMULA, Unexpected, expect_shape
from glm2mlp.checks.errors import meaning
from glm2mlp.checks.parameters import Parameters

NETWORK = Parameters(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
NAMES = {"np": np, "math": math, "special": special, "NETWORK": NETWORK, "z": sympy.Symbol("z")}
MISTAKES = {
    "np.exp": ("np.exp(z) / 2", "write `exp`"),
    "number of a formula": ("np.asarray(z, dtype=float)", "no number"),
    "function of a number": ("math.exp(np.ones(3))", "use NumPy's"),
    "if": ("1 if np.ones(3) > 0 else 0", "np.where"),
    "max": ("max(0, np.ones(3))", "np.maximum"),
    "broadcast": ("np.ones((2, 3)) - np.ones(2)", "shapes do not fit"),
    "product": ("np.ones((2, 3)) @ np.ones(2)", "shapes do not fit"),
    "dot": ("np.dot(np.ones((2, 3)), np.ones(2))", "shapes do not fit"),
    "parts": ("special.softmax([np.ones(2), 0])", "differ in shape"),
    "axis 1": ("np.ones(3).sum(axis=1)", "axis=-1"),
    "named tuple": ("setattr(NETWORK, 'W_h', 0)", "cannot be changed"),
    "times a tuple": ("0.5 * NETWORK", "go through its parts"),
    "minus a tuple": ("NETWORK - NETWORK", "go through its parts"),
    "letter": ("B", "in quotes"),
    "another name": ("y", ""),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_an_error_is_told_with_what_to_do(name):
    code, text = MISTAKES[name]
    with pytest.raises((TypeError, ValueError, AttributeError, NameError)) as caught:
        eval(code, dict(NAMES))
    step = meaning(caught.value)
    assert text in step
    assert bool(step) == bool(text)


def test_it_stands_below_the_line_that_raised():
    names = notebook("def predict(w, X):\n    return 1 if X @ w >= 0 else 0")
    hint = logistic_regression.suite.examine("predict", names).failures[0].hint
    place, step = hint.splitlines()
    assert place == "It was raised in `predict`, line 2: return 1 if X @ w >= 0 else 0"
    assert "np.where" in step


def test_nothing_drawn_from_the_rng_is_told():
    names = notebook(
        "def init_parameters(D, H, K, rng):\n"
        "    W = np.random.RandomState(3).uniform\n"
        "    return W(size=(D, H)), np.zeros(H), W(size=(H, K)), np.zeros(K)"
    )
    failure = multilayer_perceptron.suite.examine("init_parameters", names).failures[-1]
    assert failure.got == "nothing was drawn from it"


def test_a_function_of_sympy_in_the_place_of_numpys_is_told_with_what_to_do():
    names = notebook("from sympy import exp, log\ndef nll(w, X, t): return log(1 + exp(0.5))")
    failures = logistic_regression.suite.examine("nll", names).failures
    assert [failure.got for failure in failures][:1] == ["sympy"]
    assert failures[0].hint == FORMULA


@pytest.mark.parametrize(
    "value", [sympy.log(2), np.array([sympy.exp(1), 0.5])], ids=["number", "array"]
)
@pytest.mark.parametrize("shape", [(), (2,)])
def test_a_formula_in_the_place_of_numbers_is_told_with_what_to_do(value, shape):
    with pytest.raises(Unexpected) as caught:
        expect_shape(value, shape, "")
    assert caught.value.hint == FORMULA
