import autograd
import autograd.numpy as anp
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numeric_gradient import central_differences, relative_error

from solutions import logistic_regression
from solutions.softmax_regression import (
    gradient,
    log_softmax,
    nll,
    one_hot,
    predict,
    sgd_epoch,
    softmax,
)

rng = np.random.default_rng(0)
N, D, K = 11, 5, 3
X = np.column_stack([2 * rng.normal(size=(N, D - 1)), np.ones(N)])
W = rng.normal(size=(D, K))
t = np.array([0, 2, 1, 1, 0, 2, 2, 1, 0, 0, 2])

logits = arrays(float, (4, 3), elements=st.floats(-50, 50))


@settings(max_examples=50)
@given(logits)
def test_softmax_and_log_softmax_against_scipy(Z):
    np.testing.assert_allclose(softmax(Z), scipy.special.softmax(Z, axis=1), rtol=1e-12)
    np.testing.assert_allclose(
        log_softmax(Z), scipy.special.log_softmax(Z, axis=1), rtol=1e-12, atol=1e-15
    )


@settings(max_examples=50)
@given(logits, st.floats(-1e3, 1e3))
def test_softmax_does_not_feel_a_shift(Z, c):
    np.testing.assert_allclose(softmax(Z + c), softmax(Z), rtol=1e-11)


@settings(max_examples=50)
@given(st.floats(-700, 700))
def test_sigmoid_is_softmax_of_z_and_0(z):
    y = softmax(np.array([z, 0.0]))
    np.testing.assert_allclose(y[0], logistic_regression.sigmoid(z), rtol=1e-12)


def test_one_dimension_is_one_row():
    np.testing.assert_array_equal(softmax(W[0]), softmax(W)[0])
    np.testing.assert_array_equal(log_softmax(W[0]), log_softmax(W)[0])


def test_square_logits_are_normalized_by_rows():
    Z = rng.normal(size=(4, 4))
    np.testing.assert_allclose(softmax(Z).sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(softmax(Z), np.exp(log_softmax(Z)), rtol=1e-14)


def test_rows_at_very_different_scales():
    Z = np.array(
        [
            [1e300, 1e300, -1e300],
            [-1e300, -1e300, -1e300],
            [1000.0, 0.0, -1000.0],
            [-1e-300, 0.0, 1e-300],
        ]
    )
    third = 1 / 3
    np.testing.assert_allclose(
        softmax(Z), [[0.5, 0.5, 0], [third, third, third], [1, 0, 0], [third, third, third]]
    )
    log_2, log_3 = np.log([2, 3])
    np.testing.assert_allclose(
        log_softmax(Z),
        [
            [-log_2, -log_2, -2e300],
            [-log_3, -log_3, -log_3],
            [0, -1000, -2000],
            [-log_3, -log_3, -log_3],
        ],
        rtol=1e-15,
    )


def test_log_softmax_keeps_the_tiny_loss_of_a_sure_prediction():
    tiny = 4.248354255291589e-18  # log(1 + e⁻⁴⁰)
    for Z in ([40.0, 0.0], [140.0, 100.0], [0.0, -40.0, -1000.0]):
        np.testing.assert_allclose(log_softmax(np.array(Z))[0], -tiny, rtol=1e-14)


def test_one_hot_when_classes_are_absent():
    T = one_hot(np.array([1, 3, 1]), 5)
    assert T.dtype == np.float64
    np.testing.assert_array_equal(T, [[0, 1, 0, 0, 0], [0, 0, 0, 1, 0], [0, 1, 0, 0, 0]])


def test_one_hot_refuses_a_class_that_the_model_lacks():
    with pytest.raises(IndexError):
        one_hot(np.array([3]), 3)


def test_nll_against_scikit_learn():
    from sklearn.metrics import log_loss

    np.testing.assert_allclose(nll(W, X, t), log_loss(t, softmax(X @ W)), rtol=1e-13)


def test_nll_of_zero_weights_is_log_K():
    np.testing.assert_allclose(nll(np.zeros((D, K)), X, t), np.log(K), rtol=1e-15)


@pytest.mark.parametrize("scale", [1.0, 1000.0, 1e300])
def test_nll_of_huge_logits_is_exact(scale):
    W = np.array([[scale, 0.0, -scale]])
    assert nll(W, np.array([[1.0]]), np.array([2])) == pytest.approx(
        2 * scale + np.log1p(np.exp(-scale) + np.exp(-2 * scale)), rel=1e-15
    )
    assert nll(1e3 * W[:, :2] / scale, np.array([[1.0]]), np.array([0])) == 0


def test_l2_is_added_over_all_entries():
    np.testing.assert_allclose(
        nll(W, X, t, l2=0.3), nll(W, X, t) + 0.15 * sum(v**2 for v in W.ravel()), rtol=1e-14
    )
    np.testing.assert_allclose(gradient(W, X, t, l2=0.3), gradient(W, X, t) + 0.3 * W, rtol=1e-14)


def test_nll_and_gradient_are_means():
    twice = np.tile(X, (2, 1)), np.tile(t, 2)
    np.testing.assert_allclose(nll(W, *twice, l2=0.1), nll(W, X, t, l2=0.1), rtol=1e-14)
    np.testing.assert_allclose(
        gradient(W, *twice, l2=0.1), gradient(W, X, t, l2=0.1), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize("l2", [0.0, 0.4])
@pytest.mark.parametrize("t", [t, np.zeros_like(t), 2 * (t // 2)], ids=["all", "one", "no 1"])
def test_gradient_against_central_differences(t, l2):
    numeric = central_differences(lambda W: nll(W, X, t, l2), W)
    assert relative_error(gradient(W, X, t, l2), numeric) < 1e-7


def test_gradient_against_autograd():
    def loss(W):
        E = anp.exp(anp.dot(X, W))
        return -anp.mean(anp.log(E[anp.arange(N), t] / anp.sum(E, axis=1)))

    assert relative_error(gradient(W, X, t), autograd.grad(loss)(W)) < 1e-12


def test_gradient_is_zero_where_scikit_learn_stops():
    from sklearn.linear_model import LogisticRegression

    # Scikit-learn minimizes C Σ loss + ½ ΣW²; ours is the same for l2 = 1/(C N).
    C = 0.7
    model = LogisticRegression(C=C, fit_intercept=False, tol=1e-10, max_iter=1000)
    best = model.fit(X, t).coef_.T
    np.testing.assert_allclose(gradient(best, X, t, l2=1 / (C * N)), 0, atol=1e-6)
    np.testing.assert_array_equal(predict(best, X), model.predict(X))


def test_training_does_not_move_the_sum_over_classes():
    order = np.random.default_rng(1)
    trained = sgd_epoch(W, X, t, batch_size=2, learning_rate=0.5, rng=order)
    assert relative_error(trained, W) > 0.1
    np.testing.assert_allclose(trained.sum(axis=1), W.sum(axis=1), atol=1e-14)


def test_two_classes_are_logistic_regression():
    w, t2 = W[:, 0], t // 2
    both = np.column_stack([np.zeros(D), w])
    np.testing.assert_allclose(nll(both, X, t2), logistic_regression.nll(w, X, t2), rtol=1e-14)
    np.testing.assert_allclose(
        gradient(both, X, t2)[:, 1], logistic_regression.gradient(w, X, t2), rtol=1e-13
    )


def test_predict_takes_the_lowest_of_equals():
    W = np.array([[0.0, 1.0, 1.0, 0.0]])
    classes = predict(W, np.array([[1.0], [0.0], [-1.0], [1e300]]))
    assert classes.dtype == np.int64
    np.testing.assert_array_equal(classes, [1, 0, 0, 1])
