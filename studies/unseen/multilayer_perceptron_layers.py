"""Wrong answers to the later exercises of multilayer_perceptron: forward, loss and gradients."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np

from studies.unseen.network import Parameters, forward, softmax


def _delta(p, X, t):
    H, Y = forward(p, X)
    return H, Y - np.eye(Y.shape[1])[t]


def forward_no_activation_in_hidden_layer(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = X @ W_h + b_h
    return H, softmax(H @ W_y + b_y)


def forward_hidden_layer_before_relu(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    Z = X @ W_h + b_h
    return Z, softmax(np.maximum(0.0, Z) @ W_y + b_y)


def forward_relu_at_output_too(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = np.maximum(0.0, X @ W_h + b_h)
    return H, softmax(np.maximum(0.0, H @ W_y + b_y))


def forward_softmax_overflows(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = np.maximum(0.0, X @ W_h + b_h)
    e = np.exp(H @ W_y + b_y)
    return H, e / e.sum(axis=1, keepdims=True)


def forward_softmax_over_examples(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = np.maximum(0.0, X @ W_h + b_h)
    return H, softmax((H @ W_y + b_y).T).T


def forward_output_bias_forgotten(parameters, X):
    W_h, b_h, W_y, _ = parameters
    H = np.maximum(0.0, X @ W_h + b_h)
    return H, softmax(H @ W_y)


def forward_logits_instead_of_probabilities(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = np.maximum(0.0, X @ W_h + b_h)
    return H, H @ W_y + b_y


def forward_bias_after_relu(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    H = np.maximum(0.0, X @ W_h) + b_h
    return H, softmax(H @ W_y + b_y)


def gradients_slope_of_relu_forgotten(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y.T, len(t)
    return Parameters(X.T @ d_h / N, d_h.mean(axis=0), H.T @ d_y / N, d_y.mean(axis=0))


def gradients_slope_one_at_zero(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y.T * (X @ parameters.W_h + parameters.b_h >= 0), len(t)
    return Parameters(X.T @ d_h / N, d_h.mean(axis=0), H.T @ d_y / N, d_y.mean(axis=0))


def gradients_biases_summed(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y.T * (H > 0), len(t)
    return Parameters(X.T @ d_h / N, d_h.sum(axis=0), H.T @ d_y / N, d_y.sum(axis=0))


def gradients_sum_instead_of_mean(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h = d_y @ parameters.W_y.T * (H > 0)
    return Parameters(X.T @ d_h, d_h.sum(axis=0), H.T @ d_y, d_y.sum(axis=0))


def gradients_hidden_layer_averaged_twice(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_y = d_y / len(t)
    d_h = d_y @ parameters.W_y.T * (H > 0) / len(t)
    return Parameters(X.T @ d_h, d_h.sum(axis=0), H.T @ d_y, d_y.sum(axis=0))


def gradients_transpose_forgotten(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y * (H > 0), len(t)
    return Parameters(X.T @ d_h / N, d_h.mean(axis=0), H.T @ d_y / N, d_y.mean(axis=0))


def gradients_mean_without_axis(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y.T * (H > 0), len(t)
    return Parameters(X.T @ d_h / N, np.mean(d_h), H.T @ d_y / N, np.mean(d_y))


def gradients_times_hidden_layer(parameters, X, t):
    H, d_y = _delta(parameters, X, t)
    d_h, N = d_y @ parameters.W_y.T * H, len(t)  # ReLU itself in the place of its slope
    return Parameters(X.T @ d_h / N, d_h.mean(axis=0), H.T @ d_y / N, d_y.mean(axis=0))


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "forward": {
        "no-activation-in-hidden-layer": forward_no_activation_in_hidden_layer,
        "hidden-layer-before-relu": forward_hidden_layer_before_relu,
        "relu-at-output-too": forward_relu_at_output_too,
        "softmax-overflows": forward_softmax_overflows,
        "softmax-over-examples": forward_softmax_over_examples,
        "output-bias-forgotten": forward_output_bias_forgotten,
        "logits-instead-of-probabilities": forward_logits_instead_of_probabilities,
        "bias-after-relu": forward_bias_after_relu,
    },
    "gradients": {
        "slope-of-relu-forgotten": gradients_slope_of_relu_forgotten,
        "slope-one-at-zero": gradients_slope_one_at_zero,
        "biases-summed": gradients_biases_summed,
        "sum-instead-of-mean": gradients_sum_instead_of_mean,
        "hidden-layer-averaged-twice": gradients_hidden_layer_averaged_twice,
        "transpose-forgotten": gradients_transpose_forgotten,
        "mean-without-axis": gradients_mean_without_axis,
        "times-hidden-layer": gradients_times_hidden_layer,
    },
}
