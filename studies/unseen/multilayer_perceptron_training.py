"""Wrong answers to the last exercises of multilayer_perceptron: epoch and decision."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np

from studies.unseen.network import Parameters, forward


def _delta(p, X, t):
    H, Y = forward(p, X)
    return H, Y - np.eye(Y.shape[1])[t]


def _gradients(p, X, t):
    H, d_y = _delta(p, X, t)
    d_h = d_y @ p.W_y.T * (H > 0)
    N = len(t)
    return Parameters(X.T @ d_h / N, d_h.mean(axis=0), H.T @ d_y / N, d_y.mean(axis=0))


def _step(p, g, learning_rate):
    return Parameters(*(a - learning_rate * b for a, b in zip(p, g, strict=True)))


def sgd_epoch_output_moves_first(parameters, X, t, *, batch_size, learning_rate, rng):
    p = parameters
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        g = _gradients(p, X[batch], t[batch])
        p = p._replace(W_y=p.W_y - learning_rate * g.W_y, b_y=p.b_y - learning_rate * g.b_y)
        g = _gradients(p, X[batch], t[batch])
        p = p._replace(W_h=p.W_h - learning_rate * g.W_h, b_h=p.b_h - learning_rate * g.b_h)
    return p


def sgd_epoch_arrays_changed_in_place(parameters, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        g = _gradients(parameters, X[batch], t[batch])
        for a, b in zip(parameters, g, strict=True):
            a -= learning_rate * b  # noqa: PLW2901
    return parameters


def sgd_epoch_biases_stay(parameters, X, t, *, batch_size, learning_rate, rng):
    W_h, b_h, W_y, b_y = parameters
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        g = _gradients(Parameters(W_h, b_h, W_y, b_y), X[batch], t[batch])
        W_h, W_y = W_h - learning_rate * g.W_h, W_y - learning_rate * g.W_y
    return Parameters(W_h, b_h, W_y, b_y)


def sgd_epoch_each_batch_from_first_parameters(parameters, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        new = _step(parameters, _gradients(parameters, X[batch], t[batch]), learning_rate)
    return new


def sgd_epoch_short_batch_dropped(parameters, X, t, *, batch_size, learning_rate, rng):
    p, order = parameters, rng.permutation(len(X))
    for i in range(len(X) // batch_size):
        batch = order[i * batch_size : (i + 1) * batch_size]
        p = _step(p, _gradients(p, X[batch], t[batch]), learning_rate)
    return p


def sgd_epoch_targets_not_permuted(parameters, X, t, *, batch_size, learning_rate, rng):
    p, X = parameters, X[rng.permutation(len(X))]
    for start in range(0, len(X), batch_size):
        stop = start + batch_size
        p = _step(p, _gradients(p, X[start:stop], t[start:stop]), learning_rate)
    return p


def sgd_epoch_ascends(parameters, X, t, *, batch_size, learning_rate, rng):
    p, order = parameters, rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        p = _step(p, _gradients(p, X[batch], t[batch]), -learning_rate)
    return p


def sgd_epoch_new_order_for_each_batch(parameters, X, t, *, batch_size, learning_rate, rng):
    p = parameters
    for _ in range(0, len(X), batch_size):
        batch = rng.permutation(len(X))[:batch_size]
        p = _step(p, _gradients(p, X[batch], t[batch]), learning_rate)
    return p


def predict_argmax_over_examples(parameters, X):
    return np.argmax(forward(parameters, X)[1], axis=0)


def predict_argmax_of_hidden_layer(parameters, X):
    return np.argmax(forward(parameters, X)[0], axis=1)


def predict_argmax_of_pair(parameters, X):
    return np.argmax(forward(parameters, X), axis=1)


def predict_argmax_without_axis(parameters, X):
    return np.argmax(forward(parameters, X)[1])


def predict_probability_instead_of_class(parameters, X):
    return np.max(forward(parameters, X)[1], axis=1)


def predict_last_of_equals(parameters, X):
    Y = forward(parameters, X)[1]
    return Y.shape[1] - 1 - np.argmax(Y[:, ::-1], axis=1)


def predict_output_bias_forgotten(parameters, X):
    return np.argmax(forward(parameters, X)[0] @ parameters.W_y, axis=1)


def predict_compares_with_half(parameters, X):
    return np.argmax(forward(parameters, X)[1] > 0.5, axis=1)  # no class above ½: always 0


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "sgd_epoch": {
        "output-moves-first": sgd_epoch_output_moves_first,
        "arrays-changed-in-place": sgd_epoch_arrays_changed_in_place,
        "biases-stay": sgd_epoch_biases_stay,
        "each-batch-from-first-parameters": sgd_epoch_each_batch_from_first_parameters,
        "short-batch-dropped": sgd_epoch_short_batch_dropped,
        "targets-not-permuted": sgd_epoch_targets_not_permuted,
        "ascends": sgd_epoch_ascends,
        "new-order-for-each-batch": sgd_epoch_new_order_for_each_batch,
    },
    "predict": {
        "argmax-over-examples": predict_argmax_over_examples,
        "argmax-of-hidden-layer": predict_argmax_of_hidden_layer,
        "argmax-of-pair": predict_argmax_of_pair,
        "argmax-without-axis": predict_argmax_without_axis,
        "probability-instead-of-class": predict_probability_instead_of_class,
        "last-of-equals": predict_last_of_equals,
        "output-bias-forgotten": predict_output_bias_forgotten,
        "compares-with-half": predict_compares_with_half,
    },
}
