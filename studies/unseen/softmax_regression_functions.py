"""Wrong answers to the first exercises of softmax_regression: softmax, its logarithm, one-hot and loss."""

# ruff: noqa: D103, ARG001

from collections.abc import Callable
from typing import Any

import numpy as np


def _softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _log_softmax(Z):
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def softmax_no_shift(Z):
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def softmax_one_maximum_for_all_rows(Z):
    e = np.exp(Z - np.max(Z))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_sum_over_whole_array(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / np.sum(e)


def softmax_columns_sum_to_one(Z):
    e = np.exp(Z - np.max(Z, axis=0))
    return e / e.sum(axis=0)


def softmax_keepdims_forgotten(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


def softmax_shift_in_place(Z):
    Z -= np.max(Z, axis=-1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def softmax_axis_one_only(Z):
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_subtracts_mean(Z):
    e = np.exp(Z - np.mean(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax_log_of_softmax(Z):
    return np.log(_softmax(Z))


def log_softmax_log_of_softmax_plus_epsilon(Z):
    return np.log(_softmax(Z) + 1e-12)


def log_softmax_no_shift(Z):
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def log_softmax_shift_in_one_term_only(Z):
    m = np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z - m).sum(axis=-1, keepdims=True))


def log_softmax_shift_added_on_wrong_side(Z):
    m = np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z - m).sum(axis=-1, keepdims=True)) + m


def log_softmax_sum_over_whole_array(Z):
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z)))


def log_softmax_sum_of_logs(Z):
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    return Z - Z.sum(axis=-1, keepdims=True)  # Σ log e^z in the place of log Σ e^z


def log_softmax_keepdims_forgotten(Z):
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1))


def one_hot_integers(t, K):
    return np.eye(K, dtype=int)[t]


def one_hot_booleans(t, K):
    return t[:, np.newaxis] == np.arange(K)


def one_hot_classes_counted_in_batch(t, K):
    return np.eye(np.max(t) + 1)[t]


def one_hot_classes_renumbered(t, K):
    _, places = np.unique(t, return_inverse=True)
    return np.eye(K)[places]


def one_hot_transposed(t, K):
    T = np.zeros((K, len(t)))
    T[t, np.arange(len(t))] = 1
    return T


def one_hot_colon_instead_of_arange(t, K):
    T = np.zeros((len(t), K))
    T[:, t] = 1
    return T


def one_hot_counts_from_one(t, K):
    T = np.zeros((len(t), K))
    T[np.arange(len(t)), t - 1] = 1
    return T


def one_hot_sets_whole_rows(t, K):
    T = np.zeros((len(t), K))
    T[t] = 1
    return T


def nll_log_of_softmax(W, X, t, l2=0.0):
    p = _softmax(X @ W)
    return -np.mean(np.log(p[np.arange(len(t)), t])) + l2 / 2 * np.sum(W**2)


def nll_sum_instead_of_mean(W, X, t, l2=0.0):
    L = _log_softmax(X @ W)
    return -np.sum(L[np.arange(len(t)), t]) + l2 / 2 * np.sum(W**2)


def nll_no_half_in_l2(W, X, t, l2=0.0):
    L = _log_softmax(X @ W)
    return -np.mean(L[np.arange(len(t)), t]) + l2 * np.sum(W**2)


def nll_biases_not_in_l2(W, X, t, l2=0.0):
    L = _log_softmax(X @ W)
    return -np.mean(L[np.arange(len(t)), t]) + l2 / 2 * np.sum(W[:-1] ** 2)


def nll_l2_averaged_over_examples(W, X, t, l2=0.0):
    L = _log_softmax(X @ W)
    return (-np.sum(L[np.arange(len(t)), t]) + l2 / 2 * np.sum(W**2)) / len(t)


def nll_norm_not_squared(W, X, t, l2=0.0):
    L = _log_softmax(X @ W)
    return -np.mean(L[np.arange(len(t)), t]) + l2 / 2 * np.linalg.norm(W)


def nll_colon_instead_of_arange(W, X, t, l2=0.0):
    return -np.mean(_log_softmax(X @ W)[:, t]) + l2 / 2 * np.sum(W**2)


def nll_mean_over_classes_too(W, X, t, l2=0.0):
    T = np.eye(W.shape[1])[t]
    return -np.mean(T * _log_softmax(X @ W)) + l2 / 2 * np.sum(W**2)


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "softmax": {
        "no-shift": softmax_no_shift,
        "one-maximum-for-all-rows": softmax_one_maximum_for_all_rows,
        "sum-over-whole-array": softmax_sum_over_whole_array,
        "columns-sum-to-one": softmax_columns_sum_to_one,
        "keepdims-forgotten": softmax_keepdims_forgotten,
        "shift-in-place": softmax_shift_in_place,
        "axis-one-only": softmax_axis_one_only,
        "subtracts-mean": softmax_subtracts_mean,
    },
    "log_softmax": {
        "log-of-softmax": log_softmax_log_of_softmax,
        "log-of-softmax-plus-epsilon": log_softmax_log_of_softmax_plus_epsilon,
        "no-shift": log_softmax_no_shift,
        "shift-in-one-term-only": log_softmax_shift_in_one_term_only,
        "shift-added-on-wrong-side": log_softmax_shift_added_on_wrong_side,
        "sum-over-whole-array": log_softmax_sum_over_whole_array,
        "sum-of-logs": log_softmax_sum_of_logs,
        "keepdims-forgotten": log_softmax_keepdims_forgotten,
    },
    "one_hot": {
        "integers": one_hot_integers,
        "booleans": one_hot_booleans,
        "classes-counted-in-batch": one_hot_classes_counted_in_batch,
        "classes-renumbered": one_hot_classes_renumbered,
        "transposed": one_hot_transposed,
        "colon-instead-of-arange": one_hot_colon_instead_of_arange,
        "counts-from-one": one_hot_counts_from_one,
        "sets-whole-rows": one_hot_sets_whole_rows,
    },
    "nll": {
        "log-of-softmax": nll_log_of_softmax,
        "sum-instead-of-mean": nll_sum_instead_of_mean,
        "no-half-in-l2": nll_no_half_in_l2,
        "biases-not-in-l2": nll_biases_not_in_l2,
        "l2-averaged-over-examples": nll_l2_averaged_over_examples,
        "norm-not-squared": nll_norm_not_squared,
        "colon-instead-of-arange": nll_colon_instead_of_arange,
        "mean-over-classes-too": nll_mean_over_classes_too,
    },
}
