"""Wrong answers to the exercises of mse_as_mle."""

# ruff: noqa: D103, ARG001

from collections.abc import Callable
from typing import Any

import numpy as np


def mse_half_in_front(y, t):
    return np.mean((y - t) ** 2) / 2


def mse_sum_instead_of_mean(y, t):
    return np.sum((y - t) ** 2)


def mse_root(y, t):
    return np.sqrt(np.mean((y - t) ** 2))


def mse_absolute_error(y, t):
    return np.mean(np.abs(y - t))


def mse_targets_as_column(y, t):
    return np.mean((y - t.reshape(-1, 1)) ** 2)


def mse_square_of_mean(y, t):
    return np.mean(y - t) ** 2


def mse_divides_by_n_minus_one(y, t):
    return np.sum((y - t) ** 2) / (len(y) - 1)


def mse_difference_in_place(y, t):
    y -= t
    return np.mean(y**2)


def gaussian_nll_variance_taken_for_sigma(y, t, variance):
    return np.mean((y - t) ** 2) / (2 * variance**2) + 0.5 * np.log(2 * np.pi * variance**2)


def gaussian_nll_log_of_density(y, t, variance):
    p = np.exp(-((t - y) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    return -np.mean(np.log(p))


def gaussian_nll_constant_dropped(y, t, variance):
    return np.mean((y - t) ** 2) / (2 * variance)


def gaussian_nll_no_half_before_log(y, t, variance):
    return np.mean((y - t) ** 2) / (2 * variance) + np.log(2 * np.pi * variance)


def gaussian_nll_sign_of_log_term(y, t, variance):
    return np.mean((y - t) ** 2) / (2 * variance) - 0.5 * np.log(2 * np.pi * variance)


def gaussian_nll_sum_instead_of_mean(y, t, variance):
    return np.sum((y - t) ** 2 / (2 * variance) + 0.5 * np.log(2 * np.pi * variance))


def gaussian_nll_two_left_out_below_square(y, t, variance):
    return np.mean((y - t) ** 2) / variance + 0.5 * np.log(2 * np.pi * variance)


def gaussian_nll_parentheses_forgotten(y, t, variance):
    return np.mean((y - t) ** 2) / 2 * variance + np.log(2 * np.pi * variance) / 2


def mle_variance_around_mean_error(y, t):
    return np.var(y - t)


def mle_variance_divides_by_n_minus_one(y, t):
    return np.sum((y - t) ** 2) / (len(t) - 1)


def mle_variance_standard_deviation(y, t):
    return np.sqrt(np.mean((y - t) ** 2))


def mle_variance_variance_of_targets(y, t):
    return np.var(t)


def mle_variance_half_of_mse(y, t):
    return np.mean((y - t) ** 2) / 2


def mle_variance_sample_variance_of_errors(y, t):
    return np.var(y - t, ddof=1)  # two mistakes: around the mean, and N − 1


def mle_variance_sum_of_squares(y, t):
    return np.sum((y - t) ** 2)


def mle_variance_square_of_mean_absolute_error(y, t):
    return np.mean(np.abs(y - t)) ** 2


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "mse": {
        "half-in-front": mse_half_in_front,
        "sum-instead-of-mean": mse_sum_instead_of_mean,
        "root": mse_root,
        "absolute-error": mse_absolute_error,
        "targets-as-column": mse_targets_as_column,
        "square-of-mean": mse_square_of_mean,
        "divides-by-n-minus-one": mse_divides_by_n_minus_one,
        "difference-in-place": mse_difference_in_place,
    },
    "gaussian_nll": {
        "variance-taken-for-sigma": gaussian_nll_variance_taken_for_sigma,
        "log-of-density": gaussian_nll_log_of_density,
        "constant-dropped": gaussian_nll_constant_dropped,
        "no-half-before-log": gaussian_nll_no_half_before_log,
        "sign-of-log-term": gaussian_nll_sign_of_log_term,
        "sum-instead-of-mean": gaussian_nll_sum_instead_of_mean,
        "two-left-out-below-square": gaussian_nll_two_left_out_below_square,
        "parentheses-forgotten": gaussian_nll_parentheses_forgotten,
    },
    "mle_variance": {
        "around-mean-error": mle_variance_around_mean_error,
        "divides-by-n-minus-one": mle_variance_divides_by_n_minus_one,
        "standard-deviation": mle_variance_standard_deviation,
        "variance-of-targets": mle_variance_variance_of_targets,
        "half-of-mse": mle_variance_half_of_mse,
        "sample-variance-of-errors": mle_variance_sample_variance_of_errors,
        "sum-of-squares": mle_variance_sum_of_squares,
        "square-of-mean-absolute-error": mle_variance_square_of_mean_absolute_error,
    },
}
