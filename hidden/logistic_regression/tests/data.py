"""Inputs of the hidden tests of logistic regression. Trusted side: what it draws is secret.

What every seed must have is constructed, not hoped for: N and D differ unless a test wants them
equal, weights and features have both signs, an exact zero occurs, both classes lie on both sides of
the boundary, and the last column of X holds the ones of the bias.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import Rng

# A loss computed as −log(p + 1e-8) is right for ordinary logits; what it breaks has its own test.
LOSS_RTOL = 1e-5


class Batch(NamedTuple):
    """Weights w (D,), examples X (N, D) and labels t (N,)."""

    w: NDArray[np.float64]
    X: NDArray[np.float64]
    t: NDArray[np.int64]


def logits(rng: Generator, *shape: int) -> NDArray[np.float64]:
    """Numbers from about −4 to 4 in a random order, one of them exactly zero, others close to it."""
    size = int(np.prod(shape))
    z = np.linspace(-4, 4, size) + rng.uniform(-0.1, 0.1, size)
    z[size // 2 - 1 : size // 2 + 2] = [-rng.uniform(0.3, 0.8), 0, rng.uniform(0.3, 0.8)]
    return rng.permutation(z).reshape(shape)


def probabilities(rng: Generator, *shape: int) -> NDArray[np.float64]:
    """Numbers between 0 and 1 in a random order, one of them exactly one half."""
    size = int(np.prod(shape))
    p = np.linspace(0.03, 0.97, size) + rng.uniform(-0.02, 0.02, size)
    p[size // 2] = 0.5
    return rng.permutation(p).reshape(shape)


def weights(rng: Generator, D: int) -> NDArray[np.float64]:
    """Weights of both signs, none of them near zero."""
    return rng.permutation(np.resize([1.0, -1.0], D)) * rng.uniform(0.5, 1.5, D)


def examples(rng: Generator, w: NDArray[np.float64], z: NDArray[Any]) -> NDArray[np.float64]:
    """X (N, D) whose logits Xw are z; one entry is exactly zero, the last column is ones."""
    X = rng.normal(size=(len(z), len(w)))
    X[0, 1] = 0
    X[:, -1] = 1
    X[:, 0] += (z - X @ w) / w[0]
    return X


def batch(rng: Generator, N: int = 9, D: int = 4, largest: float = 3.0) -> Batch:
    """Logits of both signs, not symmetric; going up, every other example is of class 1."""
    w = weights(rng, D)
    z = np.linspace(-largest, 0.6 * largest, N) + rng.uniform(0, 0.1 * largest, N)
    X = examples(rng, w, z)
    order = rng.permutation(N)
    return Batch(w, X[order], (np.arange(N) % 2)[order])


def generator(rng: Generator) -> Rng:
    """Make a generator for `sgd_epoch`; with 20 examples it never keeps the order of the rows."""
    return Rng("Generator", int(rng.integers(2**31)))
