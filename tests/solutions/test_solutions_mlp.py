import inspect
from functools import partial

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import scipy.special
from numeric_gradient import central_differences, relative_error

from glm2mlp.catalogue import ASSIGNMENTS
from solutions import multilayer_perceptron
from solutions.multilayer_perceptron import (
    Parameters,
    forward,
    gradients,
    init_parameters,
    nll,
    predict,
    relu,
    relu_derivative,
    tanh,
    tanh_derivative,
)

rng = np.random.default_rng(3)
N, D, H, K = 7, 4, 6, 3
X = rng.normal(size=(N, D))
t = np.array([0, 2, 1, 1, 0, 2, 2])
parameters = Parameters(
    rng.normal(size=(D, H)), rng.normal(size=H), rng.normal(size=(H, K)), rng.normal(size=K)
)


def test_relu_and_its_slope_at_the_kink():
    z = np.array([-1e300, -2.0, -0.0, 0.0, 5e-324, 3.0, 1e300])
    np.testing.assert_array_equal(relu(z), [0, 0, 0, 0, 5e-324, 3, 1e300])
    np.testing.assert_array_equal(relu_derivative(z), [0, 0, 0, 0, 1, 1, 1])


@pytest.mark.parametrize("z", [-700.0, -20.0, -0.3, 0.0, 1e-9, 2.0, 19.0, 30.0, 372.0])
def test_tanh_and_its_slope_to_the_last_digits(z):
    with mpmath.workdps(700):
        exact, slope = mpmath.tanh(z), mpmath.sech(z) ** 2
        np.testing.assert_allclose(tanh(z), float(exact), rtol=1e-15)
        np.testing.assert_allclose(tanh_derivative(z), float(slope), rtol=1e-14, atol=1e-323)


def test_limits_of_tanh():
    huge = np.array([-np.inf, -1e308, 1e308, np.inf])
    np.testing.assert_array_equal(tanh(huge), [-1, -1, 1, 1])
    np.testing.assert_array_equal(tanh_derivative(huge), [0, 0, 0, 0])


@pytest.mark.parametrize("make_rng", [np.random.RandomState, np.random.default_rng])
def test_init_draws_hidden_then_output_weights_and_nothing_else(make_rng):
    actual, expected = make_rng(5), make_rng(5)
    W_h, b_h, W_y, b_y = init_parameters(D, H, K, actual)
    np.testing.assert_array_equal(
        W_h, expected.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), size=(D, H))
    )
    np.testing.assert_array_equal(
        W_y, expected.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), size=(H, K))
    )
    assert actual.uniform() == expected.uniform()
    np.testing.assert_array_equal(b_h, np.zeros(H))
    np.testing.assert_array_equal(b_y, np.zeros(K))


def test_init_fills_its_range():
    W_h = init_parameters(100, 200, 3, np.random.default_rng(0)).W_h
    assert 0.0999 < np.abs(W_h).max() <= 0.1
    np.testing.assert_allclose(W_h.std(), 1 / np.sqrt(3 * 100), rtol=0.02)


def test_parameters_are_a_named_tuple_in_the_order_of_the_lecture():
    assert Parameters._fields == ("W_h", "b_h", "W_y", "b_y")
    assert isinstance(gradients(parameters, X, t), Parameters)
    assert isinstance(init_parameters(D, H, K, rng), Parameters)


def test_forward_unit_by_unit():
    W_h, b_h, W_y, b_y = parameters
    H_actual, Y = forward(parameters, X)
    for n in range(N):
        hidden = [max(0, sum(X[n, d] * W_h[d, h] for d in range(D)) + b_h[h]) for h in range(H)]
        logits = [sum(hidden[h] * W_y[h, k] for h in range(H)) + b_y[k] for k in range(K)]
        np.testing.assert_allclose(H_actual[n], hidden, rtol=1e-13)
        np.testing.assert_allclose(Y[n], scipy.special.softmax(logits), rtol=1e-12)


def test_nll_against_scikit_learn():
    from sklearn.metrics import log_loss

    np.testing.assert_allclose(
        nll(parameters, X, t), log_loss(t, forward(parameters, X)[1]), rtol=1e-13
    )


def test_nll_of_huge_logits_is_exact():
    huge = parameters._replace(W_y=np.zeros((H, K)), b_y=np.array([1e300, 0.0, -1e300]))
    np.testing.assert_allclose(nll(huge, X[:1], np.array([2])), 2e300, rtol=1e-15)
    assert nll(huge, X[:1], np.array([0])) == 0


def test_units_are_on_and_off_and_far_from_the_kink():
    z = X @ parameters.W_h + parameters.b_h
    assert np.abs(z).min() > 1e-3
    assert 0 < np.count_nonzero(z > 0) < z.size


@pytest.mark.parametrize("name", Parameters._fields)
@pytest.mark.parametrize("t", [t, np.ones_like(t)], ids=["all classes", "one class"])
def test_gradients_against_central_differences(name, t):
    numeric = central_differences(
        lambda value: nll(parameters._replace(**{name: value}), X, t), getattr(parameters, name)
    )
    assert relative_error(getattr(gradients(parameters, X, t), name), numeric) < 1e-7


def test_gradients_against_autograd():
    def loss(parameters):
        W_h, b_h, W_y, b_y = parameters
        hidden = anp.maximum(0, anp.dot(X, W_h) + b_h)
        E = anp.exp(anp.dot(hidden, W_y) + b_y)
        return -anp.mean(anp.log(E[anp.arange(N), t] / anp.sum(E, axis=1)))

    expected = autograd.grad(loss)(tuple(parameters))
    for actual, gradient in zip(gradients(parameters, X, t), expected, strict=True):
        assert relative_error(actual, gradient) < 1e-12


def test_a_unit_at_the_kink_does_not_learn():
    at_kink = Parameters(np.zeros((D, H)), np.zeros(H), parameters.W_y, parameters.b_y)
    np.testing.assert_array_equal(gradients(at_kink, X, t).W_h, np.zeros((D, H)))
    np.testing.assert_array_equal(gradients(at_kink, X, t).b_h, np.zeros(H))


def test_predict_takes_the_lowest_of_equals():
    equal = parameters._replace(W_y=np.zeros((H, K)), b_y=np.array([0.0, 1.0, 1.0]))
    assert predict(equal, X).dtype == np.int64
    np.testing.assert_array_equal(predict(equal, X), np.ones(N))
    np.testing.assert_array_equal(predict(parameters, X), forward(parameters, X)[1].argmax(axis=1))


def test_parameters_may_be_a_plain_tuple_or_a_list():
    for plain in (tuple(parameters), list(parameters)):
        for actual, expected in (
            (forward(plain, X), forward(parameters, X)),
            (gradients(plain, X, t), gradients(parameters, X, t)),
            ([nll(plain, X, t)], [nll(parameters, X, t)]),
            ([predict(plain, X)], [predict(parameters, X)]),
        ):
            for part, right in zip(actual, expected, strict=True):
                np.testing.assert_array_equal(part, right)


def test_functions_pasted_into_the_notebook():
    notebook = {
        "np": np,
        "Parameters": Parameters,
        "softmax": partial(scipy.special.softmax, axis=-1),
        "log_softmax": partial(scipy.special.log_softmax, axis=-1),
    }
    exercises = [
        e.name for e in ASSIGNMENTS["multilayer_perceptron"].exercises if e.kind == "function"
    ]
    for name in (*exercises, "nll", "sgd_epoch", "predict", "train"):
        exec(inspect.getsource(getattr(multilayer_perceptron, name)), notebook)
    assert notebook["nll"](parameters, X, t) == pytest.approx(nll(parameters, X, t), rel=1e-12)
    np.testing.assert_array_equal(notebook["predict"](parameters, X), predict(parameters, X))
    flags = {"epochs": 3, "batch_size": 2, "learning_rate": 0.1}
    actual, expected = (
        train(parameters, X, t, rng=np.random.default_rng(1), **flags)
        for train in (notebook["train"], multilayer_perceptron.train)
    )
    for part, right in zip(actual, expected, strict=True):
        np.testing.assert_allclose(part, right, rtol=1e-12)
