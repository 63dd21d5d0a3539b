"""Small data sets for the assignments' last pictures. Student side, public.

Linear models absorb the bias: the last column of every X is ones.
"""

from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]


class Digits(NamedTuple):
    """Handwritten digits. X (N, 65): 8 × 8 pixels from 0 to 1, then a one; t (N,): 0 to 9."""

    X_train: Array
    t_train: Array
    X_test: Array
    t_test: Array


def two_classes(seed: int = 42, N: int = 100) -> tuple[Array, Array]:
    """Draw two overlapping clouds: X (N, 3), the last column ones, and t (N,), 0 or 1."""
    return _clouds(seed, N, centres=[(-1.2, -0.6), (1.2, 0.8)])


def three_classes(seed: int = 42, N: int = 150) -> tuple[Array, Array]:
    """Draw three overlapping clouds: X (N, 3), the last column ones, and t (N,), 0, 1 or 2."""
    return _clouds(seed, N, centres=[(-2, -1), (2, -1), (0, 2)])


def digits(seed: int = 42, test_size: int = 797) -> Digits:
    """Load scikit-learn's 1797 digits, split at random; 1000 are for training unless said."""
    from sklearn.datasets import load_digits  # slow, and not everybody needs it
    from sklearn.model_selection import train_test_split

    pixels, t = load_digits(return_X_y=True)
    X = np.column_stack([pixels / 16, np.ones(len(pixels))])
    X_train, X_test, t_train, t_test = train_test_split(
        X, t, test_size=test_size, random_state=seed
    )
    return Digits(X_train, t_train, X_test, t_test)


def images(X: Array) -> Array:
    """Return the rows of a digits' X (N, 65) as pictures (N, 8, 8)."""
    return X[:, :64].reshape(-1, 8, 8)


def _clouds(seed: int, N: int, centres: list[tuple[float, float]]) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    t = np.arange(N) % len(centres)
    points = np.array(centres)[t] + rng.normal(size=(N, 2))
    return np.column_stack([points, np.ones(N)]), t
