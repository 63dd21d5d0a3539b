"""Inputs of the hidden tests of softmax regression. Trusted side: what it draws is secret.

What every seed must have is constructed, not hoped for: N, D and K differ unless a test wants them
equal, weights have both signs, an exact zero occurs, every class has examples unless a test wants
one absent, and the last column of X holds the ones of the bias.
"""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import Rng

# A loss computed as −log(p + 1e-8) is right for ordinary logits; what it breaks has its own test.
LOSS_RTOL = 1e-5


class Batch(NamedTuple):
    """Weights W (D, K), examples X (N, D) and labels t (N,)."""

    W: NDArray[np.float64]
    X: NDArray[np.float64]
    t: NDArray[np.int64]


def logits(rng: Generator, *shape: int) -> NDArray[np.float64]:
    """Numbers from about −4 to 4 in a random order, one of them exactly zero."""
    size = int(np.prod(shape))
    z = np.linspace(-4, 4, size) + rng.uniform(-0.1, 0.1, size)
    z[size // 2] = 0
    return rng.permutation(z).reshape(shape)


def weights(rng: Generator, D: int, K: int) -> NDArray[np.float64]:
    """Weights of both signs, none of them near zero."""
    signs = rng.permutation(np.resize([1.0, -1.0], D * K))
    return (signs * rng.uniform(0.3, 1.0, D * K)).reshape(D, K)


def labels(rng: Generator, N: int, K: int) -> NDArray[np.int64]:
    """N labels in a random order; with N ≥ K every class occurs."""
    return rng.permutation(np.arange(N) % K)


def cycle(rng: Generator, K: int) -> NDArray[np.int64]:
    """K labels, one of each class, as a permutation that is never its own inverse (K ≥ 3)."""
    order = rng.permutation(K)
    return np.roll(order, -1)[np.argsort(order)]


def batch(rng: Generator, N: int = 7, D: int = 5, K: int = 4) -> Batch:
    """Moderate logits: every probability is large enough for a plain logarithm."""
    W = weights(rng, D, K)
    X = rng.normal(size=(N, D))
    X[0, 0] = 0
    X[:, -1] = 1
    X[:, :-1] *= 1.5 / np.abs(X[:, :-1] @ W[:-1]).max()
    return Batch(W, X, labels(rng, N, K))


def wrong_and_sure(rng: Generator, N: int = 6, D: int = 5, K: int = 4) -> Batch:
    """Logits in the thousands, far apart; each example is predicted as the class after its own."""
    t = labels(rng, N, K)
    Z = rng.uniform(-2000, 1000, size=(N, K))
    Z[np.arange(N), (t + 1) % K] = rng.uniform(2000, 3000, size=N)
    return Batch(*with_logits(rng, Z, D), t)


def with_logits(
    rng: Generator, Z: NDArray[np.float64], D: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """W and X whose logits XW are Z (N, K), for D > K; the last column of X is ones."""
    N, K = Z.shape
    Q, _ = np.linalg.qr(rng.normal(size=(D - 1, K)))
    W = np.vstack([Q, weights(rng, 1, K)])
    return W, np.hstack([(Z - W[-1]) @ Q.T, np.ones((N, 1))])


def generator(rng: Generator) -> Rng:
    """Make a generator for `sgd_epoch`; with 20 examples it never keeps the order of the rows."""
    return Rng("Generator", int(rng.integers(2**31)))
