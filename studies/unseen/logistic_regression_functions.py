"""Wrong answers to the first exercises of logistic_regression: sigmoid, its slope, logit and loss."""

# ruff: noqa: D103

import math
from collections.abc import Callable
from typing import Any

import numpy as np


def _sigmoid(z):
    return (1 + np.tanh(np.asarray(z, dtype=float) / 2)) / 2


def sigmoid_exp_over_one_plus_exp(z):
    e = np.exp(z)
    return e / (1 + e)


def sigmoid_minus_forgotten(z):
    return 1 / (1 + np.exp(z))


def sigmoid_math_exp(z):
    return 1 / (1 + math.exp(-z))


def sigmoid_if_on_array(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def sigmoid_clips_in_place(z):
    z[z < -700] = -700
    return 1 / (1 + np.exp(-z))


def sigmoid_tanh_of_z_instead_of_half(z):
    return 0.5 * (1 + np.tanh(z))


def sigmoid_clip_at_ten(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


def sigmoid_derivative_takes_z_for_sigma(z):
    return z * (1 - z)


def sigmoid_derivative_one_plus_sigma(z):
    s = _sigmoid(z)
    return s * (1 + s)


def sigmoid_derivative_one_minus_z(z):
    return _sigmoid(z) * (1 - z)


def sigmoid_derivative_formula_of_tanh(z):
    return 1 - _sigmoid(z) ** 2


def sigmoid_derivative_quotient_overflows(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def sigmoid_derivative_sign(z):
    s = _sigmoid(z)
    return s * (s - 1)


def sigmoid_derivative_forward_difference(z):
    h = 1e-3
    return (_sigmoid(z + h) - _sigmoid(z)) / h


def sigmoid_derivative_matrix_product(z):
    s = _sigmoid(z)
    return s.dot(1 - s)


def logit_parenthesis_only_around_p(p):
    return np.log(p) / (1 - p)


def logit_quotient_of_logs(p):
    return np.log(p) / np.log(1 - p)


def logit_odds_of_class_zero(p):
    return np.log((1 - p) / p)


def logit_log10(p):
    return np.log10(p / (1 - p))


def logit_sum_of_logs(p):
    return np.log(p) + np.log(1 - p)


def logit_no_parentheses(p):
    return np.log(p / 1 - p)


def logit_odds_without_log(p):
    return p / (1 - p)


def logit_clip_at_a_thousandth(p):
    p = np.clip(p, 1e-3, 1 - 1e-3)
    return np.log(p / (1 - p))


def nll_log_of_rounded_sigmoid(w, X, t):
    p = _sigmoid(X @ w)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


def nll_epsilon_in_log(w, X, t):
    p = _sigmoid(X @ w)
    return -np.mean(t * np.log(p + 1e-12) + (1 - t) * np.log(1 - p + 1e-12))


def nll_sum_instead_of_mean(w, X, t):
    z = X @ w
    return np.sum(np.logaddexp(0, z) - t * z)


def nll_class_zero_forgotten(w, X, t):
    return np.mean(t * np.logaddexp(0, -(X @ w)))


def nll_classes_swapped(w, X, t):
    z = X @ w
    return np.mean(t * np.logaddexp(0, z) + (1 - t) * np.logaddexp(0, -z))


def nll_formula_for_targets_plus_minus_one(w, X, t):
    return np.mean(np.logaddexp(0, -t * (X @ w)))


def nll_targets_as_column(w, X, t):
    z = X @ w
    t = t.reshape(-1, 1)  # meets z of shape (N,): all pairs
    return np.mean(np.logaddexp(0, z) - t * z)


def nll_mean_within_each_class(w, X, t):
    z = X @ w
    return np.mean(np.logaddexp(0, -z[t == 1])) + np.mean(np.logaddexp(0, z[t == 0]))


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "sigmoid": {
        "exp-over-one-plus-exp": sigmoid_exp_over_one_plus_exp,
        "minus-forgotten": sigmoid_minus_forgotten,
        "math-exp": sigmoid_math_exp,
        "if-on-array": sigmoid_if_on_array,
        "clips-in-place": sigmoid_clips_in_place,
        "tanh-of-z-instead-of-half": sigmoid_tanh_of_z_instead_of_half,
        "clip-at-ten": sigmoid_clip_at_ten,
    },
    "sigmoid_derivative": {
        "takes-z-for-sigma": sigmoid_derivative_takes_z_for_sigma,
        "one-plus-sigma": sigmoid_derivative_one_plus_sigma,
        "one-minus-z": sigmoid_derivative_one_minus_z,
        "formula-of-tanh": sigmoid_derivative_formula_of_tanh,
        "quotient-overflows": sigmoid_derivative_quotient_overflows,
        "sign": sigmoid_derivative_sign,
        "forward-difference": sigmoid_derivative_forward_difference,
        "matrix-product": sigmoid_derivative_matrix_product,
    },
    "logit": {
        "parenthesis-only-around-p": logit_parenthesis_only_around_p,
        "quotient-of-logs": logit_quotient_of_logs,
        "odds-of-class-zero": logit_odds_of_class_zero,
        "log10": logit_log10,
        "sum-of-logs": logit_sum_of_logs,
        "no-parentheses": logit_no_parentheses,
        "odds-without-log": logit_odds_without_log,
        "clip-at-a-thousandth": logit_clip_at_a_thousandth,
    },
    "nll": {
        "log-of-rounded-sigmoid": nll_log_of_rounded_sigmoid,
        "epsilon-in-log": nll_epsilon_in_log,
        "sum-instead-of-mean": nll_sum_instead_of_mean,
        "class-zero-forgotten": nll_class_zero_forgotten,
        "classes-swapped": nll_classes_swapped,
        "formula-for-targets-plus-minus-one": nll_formula_for_targets_plus_minus_one,
        "targets-as-column": nll_targets_as_column,
        "mean-within-each-class": nll_mean_within_each_class,
    },
}
