import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from numeric_gradient import central_differences, relative_error

from solutions.logistic_regression import gradient, logit, nll, predict, sigmoid, sigmoid_derivative

rng = np.random.default_rng(0)
N, D = 9, 4
X = np.column_stack([3 * rng.normal(size=(N, D - 1)), np.ones(N)])
w = rng.normal(size=D)
t = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1])

POINTS = [-745.0, -700.5, -40.0, -2.0, -1e-9, 0.0, 1e-300, 0.7, 20.0, 36.9, 40.0, 700.5]
finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("z", POINTS)
def test_sigmoid_to_the_last_digits(z):
    with mpmath.workdps(700):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        np.testing.assert_allclose(sigmoid(z), float(exact), rtol=1e-15, atol=1e-323)


@pytest.mark.parametrize("z", POINTS)
def test_sigmoid_derivative_to_the_last_digits(z):
    with mpmath.workdps(700):
        e = mpmath.exp(-mpmath.mpf(z))
        exact = e / (1 + e) ** 2
        np.testing.assert_allclose(sigmoid_derivative(z), float(exact), rtol=1e-15, atol=1e-323)


@settings(max_examples=100)
@given(finite)
def test_sigmoid_agrees_with_scipy_everywhere(z):
    np.testing.assert_allclose(sigmoid(z), scipy.special.expit(z), rtol=1e-14, atol=1e-323)


@settings(max_examples=50)
@given(st.floats(-700, 700))
def test_sigmoid_is_symmetric_and_solves_its_own_differential_equation(z):
    y = sigmoid(z)
    np.testing.assert_allclose(y + sigmoid(-z), 1, rtol=1e-15)
    np.testing.assert_allclose(sigmoid_derivative(z), y * (1 - y), rtol=0, atol=3e-16)


def test_limits():
    huge = np.array([-np.inf, -1e308, 1e308, np.inf])
    np.testing.assert_array_equal(sigmoid(huge), [0, 0, 1, 1])
    np.testing.assert_array_equal(sigmoid_derivative(huge), [0, 0, 0, 0])


@pytest.mark.parametrize("function", [sigmoid, sigmoid_derivative, logit])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 1, 3)])
def test_shape_is_kept(function, shape):
    result = function(np.full(shape, 0.25))
    assert np.shape(result) == shape
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, function(0.25))


def test_logit_against_scipy():
    p = np.array([5e-324, 1e-300, 1e-17, 0.1, 0.25, 0.5, 0.9, 1 - 1e-9, 1 - 2**-53])
    np.testing.assert_allclose(logit(p), scipy.special.logit(p), rtol=1e-15, atol=1e-15)


@settings(max_examples=50)
@given(st.floats(1e-300, 1 - 1e-9))
def test_sigmoid_undoes_logit(p):
    np.testing.assert_allclose(sigmoid(logit(p)), p, rtol=1e-12)


def test_nll_against_scikit_learn():
    from sklearn.metrics import log_loss

    np.testing.assert_allclose(nll(w, X, t), log_loss(t, sigmoid(X @ w)), rtol=1e-13)


def test_nll_of_zero_weights_is_log_2():
    np.testing.assert_allclose(nll(np.zeros(D), X, t), np.log(2), rtol=1e-15)


@pytest.mark.parametrize(
    ("logit_", "class_", "loss"),
    [
        (-1000.0, 1, 1000.0),
        (1000.0, 0, 1000.0),
        (-1e300, 1, 1e300),
        (1e300, 1, 0.0),
        (-1e300, 0, 0.0),
        (40.0, 1, 4.248354255291589e-18),
        (-40.0, 0, 4.248354255291589e-18),
    ],
)
def test_nll_of_huge_logits_is_exact(logit_, class_, loss):
    actual = nll(np.array([logit_]), np.array([[1.0]]), np.array([class_]))
    np.testing.assert_allclose(actual, loss, rtol=1e-15)


def test_nll_and_gradient_are_means():
    twice = np.tile(X, (2, 1)), np.tile(t, 2)
    np.testing.assert_allclose(nll(w, *twice), nll(w, X, t), rtol=1e-14)
    np.testing.assert_allclose(gradient(w, *twice), gradient(w, X, t), rtol=1e-13)


@pytest.mark.parametrize("t", [t, np.ones_like(t), np.zeros_like(t)])
def test_gradient_against_central_differences(t):
    numeric = central_differences(lambda w: nll(w, X, t), w)
    assert relative_error(gradient(w, X, t), numeric) < 1e-7


def test_gradient_against_autograd():
    def loss(w):
        y = 1 / (1 + anp.exp(-anp.dot(X, w)))
        return -anp.mean(t * anp.log(y) + (1 - t) * anp.log(1 - y))

    assert relative_error(gradient(w, X, t), autograd.grad(loss)(w)) < 1e-12


def test_gradient_is_zero_where_scikit_learn_stops():
    from sklearn.linear_model import LogisticRegression

    # Scikit-learn minimizes C Σ loss + ½ w², which is C N times our loss + ½ w²/(C N).
    C = 0.7
    model = LogisticRegression(C=C, fit_intercept=False, solver="newton-cholesky", tol=1e-10)
    best = model.fit(X, t).coef_[0]
    np.testing.assert_allclose(gradient(best, X, t) + best / (C * N), 0, atol=1e-9)
    np.testing.assert_array_equal(predict(best, X), model.predict(X))


def test_gradient_of_huge_logits_is_finite():
    X = np.array([[1e300, 1.0], [-1e300, 1.0]])
    np.testing.assert_array_equal(gradient(np.array([1.0, 0.0]), X, np.array([0, 0])), [5e299, 0.5])


def test_predict_decides_at_one_half():
    X = np.array([[0.0], [-1e-300], [0.2], [-0.2], [1e300], [-1e300]])
    classes = predict(np.array([1.0]), X)
    assert classes.dtype == np.int64
    np.testing.assert_array_equal(classes, [1, 0, 1, 0, 1, 0])
