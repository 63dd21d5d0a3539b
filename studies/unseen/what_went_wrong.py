"""Wrong answers to the exercises of what_went_wrong."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np


def repair_1_smaller_rate(X):
    return X, 0.1


def repair_1_scaled_as_in_case_three(X):
    return X / 16, 1


def repair_1_factor_not_returned(X):
    return X


def repair_1_standardized_over_the_batch(X):
    return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8), 30


def repair_1_pixels_scaled_in_place(X):
    X *= 16
    return X, 10


def repair_1_rate_a_million_times_as_high(X):
    return X, 1e6


def repair_1_factor_first(X):
    return 30, X


def repair_1_squared_pixels(X):
    return X**2, 1


def repair_2_rate_ten_times_as_high(X):
    return X, 10


def repair_2_cube_only(X):
    return X**3, 1


def repair_2_exponential(X):
    return np.exp(X), 1


def repair_2_column_of_ones(X):
    return np.hstack([X, np.ones_like(X)]), 1


def repair_2_square_in_place_of_factor(X):
    return X, X**2


def repair_2_square_below_instead_of_beside(X):
    return np.vstack([X, X**2]), 1


def repair_2_square_around_mean_of_batch(X):
    return np.hstack([X, (X - X.mean(axis=0)) ** 2]), 1


def repair_2_linear_copies(X):
    return np.hstack([X, 2 * X, 3 * X]), 1


def repair_3_rate_ten_times_as_high(X):
    return X, 10


def repair_3_squared_pixels(X):
    return X**2, 1


def repair_3_divides_by_maximum_of_batch(X):
    return X / X.max(), 1


def repair_3_scaled_in_place(X):
    X /= 16
    return X, 1


def repair_3_rate_a_millionth(X):
    return X, 1e-6


def repair_3_factor_not_returned(X):
    return X / 16


def repair_3_standardized_over_the_batch(X):
    return (X - X.mean(axis=0)) / X.std(axis=0), 1  # pixels of the margin have deviation 0


def repair_3_multiplies_instead_of_divides(X):
    return X * 16, 1


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "repair_1": {
        "smaller-rate": repair_1_smaller_rate,
        "scaled-as-in-case-three": repair_1_scaled_as_in_case_three,
        "factor-not-returned": repair_1_factor_not_returned,
        "standardized-over-the-batch": repair_1_standardized_over_the_batch,
        "pixels-scaled-in-place": repair_1_pixels_scaled_in_place,
        "rate-a-million-times-as-high": repair_1_rate_a_million_times_as_high,
        "factor-first": repair_1_factor_first,
        "squared-pixels": repair_1_squared_pixels,
    },
    "repair_2": {
        "rate-ten-times-as-high": repair_2_rate_ten_times_as_high,
        "cube-only": repair_2_cube_only,
        "exponential": repair_2_exponential,
        "column-of-ones": repair_2_column_of_ones,
        "square-in-place-of-factor": repair_2_square_in_place_of_factor,
        "square-below-instead-of-beside": repair_2_square_below_instead_of_beside,
        "square-around-mean-of-batch": repair_2_square_around_mean_of_batch,
        "linear-copies": repair_2_linear_copies,
    },
    "repair_3": {
        "rate-ten-times-as-high": repair_3_rate_ten_times_as_high,
        "squared-pixels": repair_3_squared_pixels,
        "divides-by-maximum-of-batch": repair_3_divides_by_maximum_of_batch,
        "scaled-in-place": repair_3_scaled_in_place,
        "rate-a-millionth": repair_3_rate_a_millionth,
        "factor-not-returned": repair_3_factor_not_returned,
        "standardized-over-the-batch": repair_3_standardized_over_the_batch,
        "multiplies-instead-of-divides": repair_3_multiplies_instead_of_divides,
    },
}
