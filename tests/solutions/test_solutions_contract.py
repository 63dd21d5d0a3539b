"""What stubs, graders and students rely on: names, docstrings, purity, self-contained functions."""

import inspect
import re
from functools import partial

import numpy as np
import pytest

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.trainings import descend
from solutions import (
    derivations,
    features,
    glm,
    linear_regression,
    logistic_regression,
    multilayer_perceptron,
    softmax_regression,
)

API = {
    linear_regression: "mse gaussian_nll gradient mle_variance sgd_epoch train",
    logistic_regression: ("sigmoid sigmoid_derivative logit nll gradient sgd_epoch predict train"),
    softmax_regression: "softmax log_softmax one_hot nll gradient sgd_epoch predict train",
    multilayer_perceptron: (
        "relu relu_derivative tanh tanh_derivative init_parameters forward nll gradients sgd_epoch "
        "predict train"
    ),
    features: "add_bias standardize polynomial",
    derivations: (
        "derive_sigmoid_derivative derive_nll_gradient derive_softmax_gradient "
        "derive_mse_from_gaussian glm_table"
    ),
    glm: "identity unit_normal_nll sigmoid_as_softmax glm_gradient",
}
ASSIGNED = {
    "logistic_regression": logistic_regression,
    "softmax_regression": softmax_regression,
    "mse_as_mle": linear_regression,
}
# What a module has besides the exercises of its assignment: the notebook gives it.
GIVEN = {
    "logistic_regression": {"train"},
    "softmax_regression": {"sgd_epoch", "train"},
    "mse_as_mle": {"gradient", "sgd_epoch", "train"},
}


def functions(module):
    """The module's own functions, in the order in which they are written."""
    own = [f for f in vars(module).values() if inspect.isfunction(f)]
    return [f for f in own if f.__module__ == module.__name__]


@pytest.mark.parametrize("module", API, ids=lambda module: module.__name__)
def test_functions_and_their_order(module):
    assert [f.__name__ for f in functions(module)] == API[module].split()


@pytest.mark.parametrize("module", API, ids=lambda module: module.__name__)
def test_docstrings_name_the_lectures_item(module):
    for function in functions(module):
        assert module is features or re.search(r"\(S\d+", function.__doc__), function.__name__


@pytest.mark.parametrize("assignment", ASSIGNED)
def test_exercises_in_the_order_of_the_notebook(assignment):
    exercises = [e.name for e in ASSIGNMENTS[assignment].exercises if e.kind == "function"]
    names = [f.__name__ for f in functions(ASSIGNED[assignment])]
    assert [name for name in names if name not in GIVEN[assignment]] == exercises
    assert set(names) - set(exercises) == GIVEN[assignment]


@pytest.mark.parametrize("assignment", ASSIGNED)
def test_functions_pasted_into_a_notebook_that_has_only_numpy(assignment):
    module = ASSIGNED[assignment]
    notebook = {"np": np}
    for function in functions(module):
        needed = set(inspect.getclosurevars(function).globals)
        assert needed <= set(notebook), f"{function.__name__} comes before what it calls"
        exec(inspect.getsource(function), notebook)
    X, t = np.random.default_rng(0).normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
    parameters = np.ones((3, 2)) if module is softmax_regression else np.ones(3)
    flags = {"epochs": 2, "batch_size": 2, "learning_rate": 0.1}
    np.testing.assert_array_equal(
        notebook["train"](parameters, X, t, rng=np.random.default_rng(1), **flags),
        module.train(parameters, X, t, rng=np.random.default_rng(1), **flags),
    )


def test_glm_gradient_pasted_into_a_notebook_trains_as_each_model_does():
    notebook = {"np": np, "softmax": softmax_regression.softmax}
    for function in (glm.sigmoid_as_softmax, glm.glm_gradient):
        assert set(inspect.getclosurevars(function).globals) <= set(notebook), function.__name__
        exec(inspect.getsource(function), notebook)
    X, t = np.random.default_rng(0).normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
    flags = {"epochs": 2, "batch_size": 2, "learning_rate": 0.1}
    for model, module, W in (
        ("linear", linear_regression, np.ones(3)),
        ("logistic", logistic_regression, np.ones(3)),
        ("softmax", softmax_regression, np.ones((3, 2))),
    ):
        slope = partial(notebook["glm_gradient"], model)
        np.testing.assert_allclose(
            descend(slope, W, X, t, rng=np.random.default_rng(1), **flags),
            module.train(W, X, t, rng=np.random.default_rng(1), **flags),
            rtol=1e-13,
        )


def read_only(array):
    array.flags.writeable = False
    return array


rng = np.random.default_rng(0)
Z = read_only(rng.normal(size=(5, 3)))
P = read_only(rng.uniform(0.1, 0.9, size=(5, 3)))
X = read_only(rng.normal(size=(5, 4)))
W = read_only(rng.normal(size=(4, 3)))
w = read_only(rng.normal(size=4))
y = read_only(rng.normal(size=5))
t = read_only(np.array([0, 1, 1, 0, 1]))
parameters = multilayer_perceptron.Parameters(
    *map(read_only, multilayer_perceptron.init_parameters(4, 6, 3, rng))
)
CALLS = [
    (linear_regression.mse, y, t),
    (linear_regression.gaussian_nll, y, t, 2.0),
    (linear_regression.gradient, w, X, y),
    (linear_regression.mle_variance, y, t),
    (logistic_regression.sigmoid, Z),
    (logistic_regression.sigmoid_derivative, Z),
    (logistic_regression.logit, P),
    (logistic_regression.nll, w, X, t),
    (logistic_regression.gradient, w, X, t),
    (logistic_regression.predict, w, X),
    (softmax_regression.softmax, Z),
    (softmax_regression.log_softmax, Z),
    (softmax_regression.one_hot, t, 3),
    (softmax_regression.nll, W, X, t, 0.1),
    (softmax_regression.gradient, W, X, t, 0.1),
    (softmax_regression.predict, W, X),
    (glm.sigmoid_as_softmax, Z),
    (glm.glm_gradient, "linear", w, X, y),
    (glm.glm_gradient, "logistic", w, X, t),
    (glm.glm_gradient, "softmax", W, X, t),
    (multilayer_perceptron.relu, Z),
    (multilayer_perceptron.relu_derivative, Z),
    (multilayer_perceptron.tanh, Z),
    (multilayer_perceptron.tanh_derivative, Z),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[0].__module__}.{call[0].__name__}")
def test_no_argument_is_changed_or_given_back(call):
    function, *arguments = call
    result = function(*arguments)
    for argument in arguments:
        assert not np.shares_memory(result, argument)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[0].__module__}.{call[0].__name__}")
def test_results_are_float64_or_int64(call):
    function, *arguments = call
    result = np.asarray(function(*arguments))
    assert result.dtype == (np.int64 if function.__name__ == "predict" else np.float64)


def test_multilayer_perceptron_returns_new_arrays():
    results = (
        *multilayer_perceptron.forward(parameters, X),
        *multilayer_perceptron.gradients(parameters, X, t),
        multilayer_perceptron.predict(parameters, X),
    )
    for result in results:
        assert not any(np.shares_memory(result, argument) for argument in (*parameters, X, t))
