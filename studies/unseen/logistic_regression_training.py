"""Wrong answers to the later exercises of logistic_regression: gradient, epoch and decision."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np


def _sigmoid(z):
    return (1 + np.tanh(z / 2)) / 2


def _gradient(w, X, t):
    return X.T @ (_sigmoid(X @ w) - t) / len(t)


def gradient_target_minus_prediction(w, X, t):
    return X.T @ (t - _sigmoid(X @ w)) / len(t)


def gradient_sum_instead_of_mean(w, X, t):
    return X.T @ (_sigmoid(X @ w) - t)


def gradient_slope_of_sigmoid_left_in(w, X, t):
    y = _sigmoid(X @ w)
    return X.T @ ((y - t) * y * (1 - y)) / len(t)


def gradient_sigmoid_forgotten(w, X, t):
    return X.T @ (X @ w - t) / len(t)


def gradient_divides_by_features(w, X, t):
    return X.T @ (_sigmoid(X @ w) - t) / X.shape[1]


def gradient_product_of_means(w, X, t):
    return np.mean(_sigmoid(X @ w) - t) * X.mean(axis=0)


def gradient_mean_without_axis(w, X, t):
    return np.mean((_sigmoid(X @ w) - t)[:, np.newaxis] * X)


def gradient_bias_left_out(w, X, t):
    g = _gradient(w, X, t)
    g[-1] = 0
    return g


def sgd_epoch_order_drawn_but_not_used(w, X, t, *, batch_size, learning_rate, rng):
    rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        w = w - learning_rate * _gradient(w, X[start:stop], t[start:stop])
    return w


def sgd_epoch_weights_changed_in_place(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        w -= learning_rate * _gradient(w, X[batch], t[batch])
    return w


def sgd_epoch_ascends(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        w = w + learning_rate * _gradient(w, X[batch], t[batch])
    return w


def sgd_epoch_short_batch_dropped(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for i in range(len(X) // batch_size):
        batch = order[i * batch_size : (i + 1) * batch_size]
        w = w - learning_rate * _gradient(w, X[batch], t[batch])
    return w


def sgd_epoch_always_divides_by_batch_size(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        g = X[batch].T @ (_sigmoid(X[batch] @ w) - t[batch])
        w = w - learning_rate / batch_size * g
    return w


def sgd_epoch_all_gradients_at_first_weights(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    new = w.copy()
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        new = new - learning_rate * _gradient(w, X[batch], t[batch])
    return new


def sgd_epoch_targets_not_permuted(w, X, t, *, batch_size, learning_rate, rng):
    X = X[rng.permutation(len(X))]
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        w = w - learning_rate * _gradient(w, X[start:stop], t[start:stop])
    return w


def sgd_epoch_first_batch_only(w, X, t, *, batch_size, learning_rate, rng):
    batch = rng.permutation(len(X))[:batch_size]
    return w - learning_rate * _gradient(w, X[batch], t[batch])


def predict_half_is_class_zero(w, X):
    return (X @ w > 0).astype(np.int64)


def predict_booleans(w, X):
    return X @ w >= 0


def predict_floats(w, X):
    return np.where(X @ w >= 0, 1.0, 0.0)


def predict_logit_compared_with_half(w, X):
    return (X @ w >= 0.5).astype(np.int64)


def predict_argmax_over_examples(w, X):
    return np.argmax(X @ w)


def predict_probabilities(w, X):
    return _sigmoid(X @ w)


def predict_rounds_half_to_even(w, X):
    return np.round(_sigmoid(X @ w)).astype(np.int64)


def predict_sign_of_logit(w, X):
    return np.sign(X @ w).astype(np.int64)


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "gradient": {
        "target-minus-prediction": gradient_target_minus_prediction,
        "sum-instead-of-mean": gradient_sum_instead_of_mean,
        "slope-of-sigmoid-left-in": gradient_slope_of_sigmoid_left_in,
        "sigmoid-forgotten": gradient_sigmoid_forgotten,
        "divides-by-features": gradient_divides_by_features,
        "product-of-means": gradient_product_of_means,
        "mean-without-axis": gradient_mean_without_axis,
        "bias-left-out": gradient_bias_left_out,
    },
    "sgd_epoch": {
        "order-drawn-but-not-used": sgd_epoch_order_drawn_but_not_used,
        "weights-changed-in-place": sgd_epoch_weights_changed_in_place,
        "ascends": sgd_epoch_ascends,
        "short-batch-dropped": sgd_epoch_short_batch_dropped,
        "always-divides-by-batch-size": sgd_epoch_always_divides_by_batch_size,
        "all-gradients-at-first-weights": sgd_epoch_all_gradients_at_first_weights,
        "targets-not-permuted": sgd_epoch_targets_not_permuted,
        "first-batch-only": sgd_epoch_first_batch_only,
    },
    "predict": {
        "half-is-class-zero": predict_half_is_class_zero,
        "booleans": predict_booleans,
        "floats": predict_floats,
        "logit-compared-with-half": predict_logit_compared_with_half,
        "argmax-over-examples": predict_argmax_over_examples,
        "probabilities": predict_probabilities,
        "rounds-half-to-even": predict_rounds_half_to_even,
        "sign-of-logit": predict_sign_of_logit,
    },
}
