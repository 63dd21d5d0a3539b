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
