import numpy as np
import pytest
import scipy.stats
from numeric_gradient import central_differences, relative_error

from solutions import linear_regression, logistic_regression, softmax_regression
from solutions.glm import (
    IDENTITY,
    SIGMOID,
    SOFTMAX,
    glm_gradient,
    sigmoid_as_softmax,
)

rng = np.random.default_rng(0)
N, D, K = 8, 3, 4
X = rng.normal(size=(N, D))
w = rng.normal(size=D)
CASES = [
    pytest.param(IDENTITY, linear_regression, w, rng.normal(size=N), id="identity"),
    pytest.param(SIGMOID, logistic_regression, w, np.arange(N) % 2, id="sigmoid"),
    pytest.param(
        SOFTMAX, softmax_regression, rng.normal(size=(D, K)), np.arange(N) % K, id="softmax"
    ),
]


@pytest.mark.parametrize(("glm", "model", "W", "t"), CASES)
def test_gradient_is_that_of_its_nll(glm, model, W, t):
    numeric = central_differences(lambda W: glm.nll(W, X, t), W)
    assert relative_error(glm.gradient(W, X, t), numeric) < 1e-7
    np.testing.assert_allclose(glm.gradient(W, X, t), model.gradient(W, X, t), rtol=1e-14)


def test_one_gradient_serves_all_three():
    assert len({glm.gradient.func for glm in (IDENTITY, SIGMOID, SOFTMAX)}) == 1


def test_names_and_distributions():
    assert [(glm.name, glm.distribution) for glm in (IDENTITY, SIGMOID, SOFTMAX)] == [
        ("linear regression", "Normal"),
        ("logistic regression", "Bernoulli"),
        ("softmax regression", "categorical"),
    ]


def test_nll_is_that_of_the_distribution():
    y = logistic_regression.sigmoid(X @ w)
    bernoulli = scipy.stats.bernoulli.logpmf(np.arange(N) % 2, y)
    np.testing.assert_allclose(SIGMOID.nll(w, X, np.arange(N) % 2), -bernoulli.mean(), rtol=1e-13)
    normal = scipy.stats.norm.logpdf(X[:, 0], loc=X @ w)
    np.testing.assert_allclose(IDENTITY.nll(w, X, X[:, 0]), -normal.mean(), rtol=1e-13)


def test_identity_with_several_outputs():
    W, T = rng.normal(size=(D, K)), rng.normal(size=(N, K))
    columns = [IDENTITY.gradient(W[:, k], X, T[:, k]) for k in range(K)]
    np.testing.assert_allclose(IDENTITY.gradient(W, X, T), np.column_stack(columns), rtol=1e-13)


def test_sigmoid_as_softmax_is_the_sigmoid():
    for z in (rng.normal(size=(2, 3)), np.array([1e300, -1e300, 40.0])):
        sigmoid = logistic_regression.sigmoid(z)
        np.testing.assert_allclose(sigmoid_as_softmax(z), sigmoid, rtol=1e-15)
        assert np.shape(sigmoid_as_softmax(z)) == np.shape(z)


def test_softmax_gradient_of_a_batch_that_lacks_classes():
    W, t = rng.normal(size=(D, K)), np.array([1])
    expected = softmax_regression.gradient(W, X[:1], t)
    np.testing.assert_allclose(glm_gradient("softmax", W, X[:1], t), expected, rtol=1e-14)
