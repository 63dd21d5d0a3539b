"""Inputs of the hidden tests of the mean squared error as maximum likelihood. Trusted side: secret.

What every seed must have is constructed, not hoped for: errors of both signs whose mean is far from
zero (so that a variance around their own mean is another number), none of them near 1, N and D that
differ unless a test wants them equal, and a last column of X that holds the ones of the bias.
"""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

# A loss computed as −log(p + 1e-8) is right for ordinary densities; what it breaks has its own test.
LOSS_RTOL = 1e-5


class Batch(NamedTuple):
    """Weights w (D,), examples X (N, D) and targets t (N,)."""

    w: NDArray[np.float64]
    X: NDArray[np.float64]
    t: NDArray[np.float64]


class Predictions(NamedTuple):
    """Predictions y (N,) and targets t (N,)."""

    y: NDArray[np.float64]
    t: NDArray[np.float64]


def errors(rng: Generator, N: int) -> NDArray[np.float64]:
    """N errors of both signs (a single one is positive), on the whole positive."""
    size = np.linspace(2.2, -0.7, N) + rng.uniform(-0.1, 0.1, N)
    return rng.permutation(size)


def predictions(rng: Generator, N: int = 7) -> Predictions:
    """Predictions of both signs, with targets around them."""
    y = rng.permutation(np.linspace(-3, 2, N)) + rng.uniform(-0.1, 0.1, N)
    return Predictions(y, y - errors(rng, N))


def weights(rng: Generator, D: int) -> NDArray[np.float64]:
    """Weights of both signs, none of them near zero."""
    return rng.permutation(np.resize([1.0, -1.0], D)) * rng.uniform(0.5, 1.5, D)


def batch(rng: Generator, N: int = 9, D: int = 4) -> Batch:
    """Predictions Xw with errors of both signs; one entry of X is exactly zero."""
    w = weights(rng, D)
    X = rng.normal(size=(N, D))
    X[0, 1] = 0
    X[:, -1] = 1
    return Batch(w, X, X @ w - errors(rng, N))
