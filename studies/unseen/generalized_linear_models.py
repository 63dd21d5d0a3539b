"""Wrong answers to the exercises of generalized_linear_models."""

# ruff: noqa: D103, ARG001

from collections.abc import Callable
from typing import Any

import numpy as np


def _softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _sigmoid(z):
    return _softmax(np.stack([z, np.zeros_like(z)], axis=-1))[..., 0]


def sigmoid_as_softmax_zero_first(z):
    return _softmax(np.stack([np.zeros_like(z), z], axis=-1))[..., 0]


def sigmoid_as_softmax_place_one_for_class_one(z):
    return _softmax(np.stack([z, np.zeros_like(z)], axis=-1))[..., 1]


def sigmoid_as_softmax_pairs_along_first_axis(z):
    return _softmax(np.stack([z, np.zeros_like(z)]))[0]


def sigmoid_as_softmax_only_one_dimension(z):
    return _softmax(np.column_stack([z, np.zeros_like(z)]))[:, 0]


def sigmoid_as_softmax_minus_z_instead_of_zero(z):
    return _softmax(np.stack([z, -z], axis=-1))[..., 0]


def sigmoid_as_softmax_both_probabilities(z):
    return _softmax(np.stack([z, np.zeros_like(z)], axis=-1))


def sigmoid_as_softmax_one_instead_of_zero(z):
    return _softmax(np.stack([z, np.ones_like(z)], axis=-1))[..., 0]


def sigmoid_as_softmax_scalar_zero_beside_array(z):
    return _softmax(np.array([z, 0]))[0]


def glm_gradient_target_minus_prediction(model, W, X, t):
    Z = X @ W
    if model == "softmax":
        Y, T = _softmax(Z), np.eye(W.shape[1])[t]
    else:
        Y, T = (_sigmoid(Z) if model == "logistic" else Z), t
    return X.T @ (T - Y) / len(t)


def glm_gradient_sum_instead_of_mean(model, W, X, t):
    Z = X @ W
    if model == "softmax":
        return X.T @ (_softmax(Z) - np.eye(W.shape[1])[t])
    return X.T @ ((_sigmoid(Z) if model == "logistic" else Z) - t)


def glm_gradient_class_numbers_not_one_hot(model, W, X, t):
    Z = X @ W
    if model == "softmax":
        return X.T @ (_softmax(Z) - t[:, np.newaxis]) / len(t)
    return X.T @ ((_sigmoid(Z) if model == "logistic" else Z) - t) / len(t)


def glm_gradient_classes_counted_in_batch(model, W, X, t):
    Z = X @ W
    if model == "softmax":
        return X.T @ (_softmax(Z) - np.eye(np.max(t) + 1)[t]) / len(t)
    return X.T @ ((_sigmoid(Z) if model == "logistic" else Z) - t) / len(t)


def glm_gradient_twice_for_linear(model, W, X, t):
    Z = X @ W
    if model == "linear":
        return 2 * X.T @ (Z - t) / len(t)
    if model == "logistic":
        return X.T @ (_sigmoid(Z) - t) / len(t)
    return X.T @ (_softmax(Z) - np.eye(W.shape[1])[t]) / len(t)


def glm_gradient_softmax_over_examples_for_logistic(model, W, X, t):
    Z = X @ W
    Y = Z if model == "linear" else _softmax(Z)  # for "logistic" Z has shape (N,)
    T = np.eye(W.shape[1])[t] if model == "softmax" else t
    return X.T @ (Y - T) / len(t)


def glm_gradient_slope_of_sigmoid_for_logistic(model, W, X, t):
    Z = X @ W
    if model == "linear":
        return X.T @ (Z - t) / len(t)
    if model == "logistic":
        Y = _sigmoid(Z)
        return X.T @ ((Y - t) * Y * (1 - Y)) / len(t)
    return X.T @ (_softmax(Z) - np.eye(W.shape[1])[t]) / len(t)


def glm_gradient_model_guessed_from_shape(model, W, X, t):
    if W.ndim == 1:
        return X.T @ (_sigmoid(X @ W) - t) / len(t)
    return X.T @ (_softmax(X @ W) - np.eye(W.shape[1])[t]) / len(t)


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "sigmoid_as_softmax": {
        "zero-first": sigmoid_as_softmax_zero_first,
        "place-one-for-class-one": sigmoid_as_softmax_place_one_for_class_one,
        "pairs-along-first-axis": sigmoid_as_softmax_pairs_along_first_axis,
        "only-one-dimension": sigmoid_as_softmax_only_one_dimension,
        "minus-z-instead-of-zero": sigmoid_as_softmax_minus_z_instead_of_zero,
        "both-probabilities": sigmoid_as_softmax_both_probabilities,
        "one-instead-of-zero": sigmoid_as_softmax_one_instead_of_zero,
        "scalar-zero-beside-array": sigmoid_as_softmax_scalar_zero_beside_array,
    },
    "glm_gradient": {
        "target-minus-prediction": glm_gradient_target_minus_prediction,
        "sum-instead-of-mean": glm_gradient_sum_instead_of_mean,
        "class-numbers-not-one-hot": glm_gradient_class_numbers_not_one_hot,
        "classes-counted-in-batch": glm_gradient_classes_counted_in_batch,
        "twice-for-linear": glm_gradient_twice_for_linear,
        "softmax-over-examples-for-logistic": glm_gradient_softmax_over_examples_for_logistic,
        "slope-of-sigmoid-for-logistic": glm_gradient_slope_of_sigmoid_for_logistic,
        "model-guessed-from-shape": glm_gradient_model_guessed_from_shape,
    },
}
