"""Wrong answers to the first exercises of multilayer_perceptron: activations and first parameters."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np

from studies.unseen.network import Parameters


def relu_leaky(z):
    return np.where(z > 0, z, 0.01 * z)


def relu_in_place(z):
    z[z < 0] = 0
    return z


def relu_builtin_max(z):
    return max(0.0, z)


def relu_absolute_value(z):
    return np.abs(z).astype(float)


def relu_minimum(z):
    return np.minimum(0.0, z)


def relu_zero_taken_for_axis(z):
    return np.max(z, 0)


def relu_capped_at_six(z):
    return np.clip(z, 0.0, 6.0)


def relu_derivative_one_at_zero(z):
    return np.where(z >= 0, 1.0, 0.0)


def relu_derivative_sign(z):
    return np.sign(z).astype(float)


def relu_derivative_relu_itself(z):
    return np.maximum(0.0, z)


def relu_derivative_half_at_zero(z):
    return np.heaviside(z, 0.5)


def relu_derivative_in_place(z):
    z[z > 0] = 1
    z[z <= 0] = 0
    return z


def relu_derivative_if_on_array(z):
    return 1.0 if z > 0 else 0.0


def init_parameters_glorot(D, H, K, rng):
    a, b = np.sqrt(6 / (D + H)), np.sqrt(6 / (H + K))
    W_h, W_y = rng.uniform(-a, a, (D, H)), rng.uniform(-b, b, (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_inputs_of_network_for_both(D, H, K, rng):
    a = 1 / np.sqrt(D)
    W_h, W_y = rng.uniform(-a, a, (D, H)), rng.uniform(-a, a, (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_outputs_of_layer(D, H, K, rng):
    a, b = 1 / np.sqrt(H), 1 / np.sqrt(K)
    W_h, W_y = rng.uniform(-a, a, (D, H)), rng.uniform(-b, b, (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_no_root(D, H, K, rng):
    W_h, W_y = rng.uniform(-1 / D, 1 / D, (D, H)), rng.uniform(-1 / H, 1 / H, (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_positive_only(D, H, K, rng):
    W_h, W_y = rng.uniform(0, 1 / np.sqrt(D), (D, H)), rng.uniform(0, 1 / np.sqrt(H), (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_normal(D, H, K, rng):
    W_h, W_y = rng.normal(0, 1 / np.sqrt(D), (D, H)), rng.normal(0, 1 / np.sqrt(H), (H, K))
    return Parameters(W_h, np.zeros(H), W_y, np.zeros(K))


def init_parameters_biases_drawn(D, H, K, rng):
    a, b = 1 / np.sqrt(D), 1 / np.sqrt(H)
    W_h, b_h = rng.uniform(-a, a, (D, H)), rng.uniform(-a, a, H)
    W_y, b_y = rng.uniform(-b, b, (H, K)), rng.uniform(-b, b, K)
    return Parameters(W_h, b_h, W_y, b_y)


def init_parameters_biases_as_rows(D, H, K, rng):
    a, b = 1 / np.sqrt(D), 1 / np.sqrt(H)
    W_h, W_y = rng.uniform(-a, a, (D, H)), rng.uniform(-b, b, (H, K))
    return Parameters(W_h, np.zeros((1, H)), W_y, np.zeros((1, K)))


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "relu": {
        "leaky": relu_leaky,
        "in-place": relu_in_place,
        "builtin-max": relu_builtin_max,
        "absolute-value": relu_absolute_value,
        "minimum": relu_minimum,
        "zero-taken-for-axis": relu_zero_taken_for_axis,
        "capped-at-six": relu_capped_at_six,
    },
    "relu_derivative": {
        "one-at-zero": relu_derivative_one_at_zero,
        "sign": relu_derivative_sign,
        "relu-itself": relu_derivative_relu_itself,
        "half-at-zero": relu_derivative_half_at_zero,
        "in-place": relu_derivative_in_place,
        "if-on-array": relu_derivative_if_on_array,
    },
    "init_parameters": {
        "glorot": init_parameters_glorot,
        "inputs-of-network-for-both": init_parameters_inputs_of_network_for_both,
        "outputs-of-layer": init_parameters_outputs_of_layer,
        "no-root": init_parameters_no_root,
        "positive-only": init_parameters_positive_only,
        "normal": init_parameters_normal,
        "biases-drawn": init_parameters_biases_drawn,
        "biases-as-rows": init_parameters_biases_as_rows,
    },
}
