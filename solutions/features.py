"""Features: what is done to X before a model sees it."""

from itertools import combinations_with_replacement

import numpy as np


def add_bias(X: np.ndarray) -> np.ndarray:
    """Append a column of ones, whose weight is the bias (S36).

    X: examples (N, D).
    Result: (N, D + 1), float64, the ones last.
    """
    return np.column_stack([X, np.ones(len(X))])


def standardize(X_train: np.ndarray, X_test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shift and scale every column so that in `X_train` its mean is 0 and its variance 1.

    `X_test` is shifted and scaled by the same numbers: its own are not known when we train.
    A column that is constant in `X_train` is shifted only.

    X_train: (N, D).  X_test: (M, D).
    Result: the two of them, standardized.
    """
    mean = X_train.mean(axis=0)
    # Rounding can leave a constant column a tiny deviation, so ask for its range instead.
    scale = np.where(np.ptp(X_train, axis=0) > 0, X_train.std(axis=0), 1)
    return (X_train - mean) / scale, (X_test - mean) / scale


def polynomial(X: np.ndarray, degree: int) -> np.ndarray:
    """Compute all products of at least one and at most `degree` columns, repetitions allowed.

    By degree, then by column: x₁, x₂, x₁², x₁x₂, x₂².  There is no constant: see `add_bias`.

    X: examples (N, D).  degree: at least 1.
    Result: (N, number of products), float64.
    """
    X = np.asarray(X, dtype=float)
    columns = range(X.shape[1])
    products = [p for d in range(1, degree + 1) for p in combinations_with_replacement(columns, d)]
    return np.column_stack([np.prod(X[:, product], axis=1) for product in products])
