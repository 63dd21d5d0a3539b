"""Wrong answers to the later exercises of softmax_regression: gradient, epoch and decision."""

# ruff: noqa: D103, ARG001

from collections.abc import Callable
from typing import Any

import numpy as np


def _softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _residual(W, X, t):
    return _softmax(X @ W) - np.eye(W.shape[1])[t]


def _gradient(W, X, t, l2=0.0):
    return X.T @ _residual(W, X, t) / len(t) + l2 * W


def gradient_class_numbers_not_one_hot(W, X, t, l2=0.0):
    return X.T @ (_softmax(X @ W) - t[:, np.newaxis]) / len(t) + l2 * W


def gradient_sum_instead_of_mean(W, X, t, l2=0.0):
    return X.T @ _residual(W, X, t) + l2 * W


def gradient_l2_forgotten(W, X, t, l2=0.0):
    return X.T @ _residual(W, X, t) / len(t)


def gradient_softmax_overflows(W, X, t, l2=0.0):
    e = np.exp(X @ W)
    Y = e / e.sum(axis=1, keepdims=True)
    return X.T @ (Y - np.eye(W.shape[1])[t]) / len(t) + l2 * W


def gradient_twice_the_l2(W, X, t, l2=0.0):
    return X.T @ _residual(W, X, t) / len(t) + 2 * l2 * W


def gradient_transposed(W, X, t, l2=0.0):
    return _residual(W, X, t).T @ X / len(t) + l2 * W.T


def gradient_target_minus_prediction(W, X, t, l2=0.0):
    return -X.T @ _residual(W, X, t) / len(t) + l2 * W


def gradient_biases_not_in_l2(W, X, t, l2=0.0):
    penalty = l2 * W
    penalty[-1] = 0
    return X.T @ _residual(W, X, t) / len(t) + penalty


def sgd_epoch_l2_not_passed_on(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        W = W - learning_rate * _gradient(W, X[batch], t[batch])
    return W


def sgd_epoch_l2_shared_among_batches(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        W = W - learning_rate * _gradient(W, X[batch], t[batch], l2 * len(batch) / len(X))
    return W


def sgd_epoch_weights_changed_in_place(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        W -= learning_rate * _gradient(W, X[batch], t[batch], l2)
    return W


def sgd_epoch_short_batch_dropped(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    for start in range(0, len(X) - batch_size + 1, batch_size):
        batch = order[start : start + batch_size]
        W = W - learning_rate * _gradient(W, X[batch], t[batch], l2)
    return W


def sgd_epoch_two_permutations(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    X, t = X[rng.permutation(len(X))], t[rng.permutation(len(t))]
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        W = W - learning_rate * _gradient(W, X[start:stop], t[start:stop], l2)
    return W


def sgd_epoch_all_gradients_at_first_weights(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    new = W.copy()
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        new -= learning_rate * _gradient(W, X[batch], t[batch], l2)
    return new


def sgd_epoch_batches_with_replacement(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for _ in range(0, len(X), batch_size):
        batch = rng.choice(len(X), size=batch_size)
        W = W - learning_rate * _gradient(W, X[batch], t[batch], l2)
    return W


def sgd_epoch_weight_decay_on_top(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        W = W - learning_rate * (_gradient(W, X[batch], t[batch], l2) + l2 * W)
    return W


def predict_argmax_over_examples(W, X):
    return np.argmax(X @ W, axis=0)


def predict_argmax_without_axis(W, X):
    return np.argmax(X @ W)


def predict_probability_instead_of_class(W, X):
    return np.max(_softmax(X @ W), axis=1)


def predict_last_of_equals(W, X):
    return W.shape[1] - 1 - np.argmax((X @ W)[:, ::-1], axis=1)


def predict_classes_from_one(W, X):
    return np.argmax(X @ W, axis=1) + 1


def predict_softmax_overflows(W, X):
    e = np.exp(X @ W)
    return np.argmax(e / e.sum(axis=1, keepdims=True), axis=1)


def predict_floats(W, X):
    return np.argmax(X @ W, axis=1).astype(float)


def predict_one_hot_rows(W, X):
    return np.eye(W.shape[1], dtype=np.int64)[np.argmax(X @ W, axis=1)]


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "gradient": {
        "class-numbers-not-one-hot": gradient_class_numbers_not_one_hot,
        "sum-instead-of-mean": gradient_sum_instead_of_mean,
        "l2-forgotten": gradient_l2_forgotten,
        "softmax-overflows": gradient_softmax_overflows,
        "twice-the-l2": gradient_twice_the_l2,
        "transposed": gradient_transposed,
        "target-minus-prediction": gradient_target_minus_prediction,
        "biases-not-in-l2": gradient_biases_not_in_l2,
    },
    "sgd_epoch": {
        "l2-not-passed-on": sgd_epoch_l2_not_passed_on,
        "l2-shared-among-batches": sgd_epoch_l2_shared_among_batches,
        "weights-changed-in-place": sgd_epoch_weights_changed_in_place,
        "short-batch-dropped": sgd_epoch_short_batch_dropped,
        "two-permutations": sgd_epoch_two_permutations,
        "all-gradients-at-first-weights": sgd_epoch_all_gradients_at_first_weights,
        "batches-with-replacement": sgd_epoch_batches_with_replacement,
        "weight-decay-on-top": sgd_epoch_weight_decay_on_top,
    },
    "predict": {
        "argmax-over-examples": predict_argmax_over_examples,
        "argmax-without-axis": predict_argmax_without_axis,
        "probability-instead-of-class": predict_probability_instead_of_class,
        "last-of-equals": predict_last_of_equals,
        "classes-from-one": predict_classes_from_one,
        "softmax-overflows": predict_softmax_overflows,
        "floats": predict_floats,
        "one-hot-rows": predict_one_hot_rows,
    },
}
