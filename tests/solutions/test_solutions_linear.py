import numpy as np
import pytest
import scipy.stats
from numeric_gradient import central_differences, relative_error

from solutions.linear_regression import gaussian_nll, gradient, mle_variance, mse

rng = np.random.default_rng(0)
N, D = 7, 3
X = rng.normal(size=(N, D))
w = rng.normal(size=D)
t = rng.normal(size=N)


def test_mse_by_hand():
    assert mse(np.array([1.0, 2.0, 5.0]), np.array([1.0, 4.0, 4.0])) == 5 / 3
    assert mse(np.array([1, 2]), np.array([2, 4])) == 2.5


@pytest.mark.parametrize("variance", [1e-6, 0.3, 1.0, 1e6])
def test_gaussian_nll_is_scipys_mean(variance):
    y = X @ w
    expected = -scipy.stats.norm.logpdf(t, loc=y, scale=np.sqrt(variance)).mean()
    np.testing.assert_allclose(gaussian_nll(y, t, variance), expected, rtol=1e-13)


def test_gradient_against_central_differences():
    numeric = central_differences(lambda w: gaussian_nll(X @ w, t, 1), w)
    assert relative_error(gradient(w, X, t), numeric) < 1e-7


def test_gradient_of_mse_is_twice_as_large():
    numeric = central_differences(lambda w: mse(X @ w, t), w)
    assert relative_error(2 * gradient(w, X, t), numeric) < 1e-7


def test_gradient_is_zero_at_the_least_squares_solution():
    best = np.linalg.lstsq(X, t)[0]
    np.testing.assert_allclose(gradient(best, X, t), 0, atol=1e-14)


def test_no_variance_is_better_than_the_mle():
    y = X @ w
    best = mle_variance(y, t)
    np.testing.assert_allclose(np.sqrt(best), scipy.stats.norm.fit(t - y, floc=0)[1], rtol=1e-14)
    for factor in (0.9, 0.999, 1.001, 1.1):
        assert gaussian_nll(y, t, best) < gaussian_nll(y, t, factor * best)


def test_every_variance_has_the_same_best_weights():
    best = np.linalg.lstsq(X, t)[0]
    for variance in (0.1, 1, 10):
        numeric = central_differences(lambda w, v=variance: gaussian_nll(X @ w, t, v), best)
        np.testing.assert_allclose(numeric, 0, atol=1e-8)
