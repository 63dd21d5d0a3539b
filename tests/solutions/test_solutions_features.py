import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions.features import add_bias, polynomial, standardize

rng = np.random.default_rng(0)


@pytest.mark.parametrize("dtype", [float, int, np.uint8])
def test_add_bias_appends_ones_as_last_column(dtype):
    X = np.array([[5, 6, 7], [2, 3, 4]], dtype=dtype)
    result = add_bias(X)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, [[5, 6, 7, 1], [2, 3, 4, 1]])


def test_standardize_is_scikit_learns_scaler():
    from sklearn.preprocessing import StandardScaler

    train = rng.normal(5, [1e-3, 1, 1e6], size=(20, 3))
    test = rng.normal(5, [1e-3, 1, 1e6], size=(7, 3))
    scaler = StandardScaler().fit(train)
    actual_train, actual_test = standardize(train, test)
    np.testing.assert_allclose(actual_train, scaler.transform(train), atol=1e-10)
    np.testing.assert_allclose(actual_test, scaler.transform(test), atol=1e-10)


@pytest.mark.parametrize("constant", [0.0, 0.3, -1e9])  # of ten 0.3 the deviation is 5e-17
def test_standardize_only_shifts_a_constant_column(constant):
    train = np.full((10, 1), constant)
    actual_train, actual_test = standardize(train, train[:2] + 3)
    np.testing.assert_allclose(actual_train, 0, atol=1e-15)
    np.testing.assert_allclose(actual_test, 3, rtol=1e-6)


def test_standardize_takes_integers():
    train, test = standardize(np.array([[0], [2]]), np.array([[4]]))
    np.testing.assert_array_equal(train, [[-1], [1]])
    np.testing.assert_array_equal(test, [[3]])


@settings(max_examples=20)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))
def test_polynomial_is_scikit_learns(degree, D, N):
    from sklearn.preprocessing import PolynomialFeatures

    X = rng.normal(size=(N, D))
    expected = PolynomialFeatures(degree, include_bias=False).fit_transform(X)
    np.testing.assert_allclose(polynomial(X, degree), expected, rtol=1e-13)


def test_polynomial_of_integers_does_not_overflow():
    np.testing.assert_array_equal(polynomial(np.array([[10]], np.int8), 3), [[10, 100, 1000]])


def test_no_argument_is_changed():
    X = rng.normal(size=(4, 3))
    X.flags.writeable = False
    for result in (add_bias(X), *standardize(X, X), polynomial(X, 1)):
        assert not np.shares_memory(result, X)
