"""Inputs of the hidden tests of the multilayer perceptron. Trusted side: what it draws is secret.

What every seed must have is constructed, not hoped for: N, D, H and K differ unless a test wants them
equal, weights and biases have both signs, every class has examples unless a test wants one absent. Hidden
units are on for some examples and off for others, but for the first, which is dead, and the second, which
is always on; no pre-activation is near the kink unless a test wants it there.
"""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import Rng
from solutions.multilayer_perceptron import Parameters

# A loss computed as −log(p + 1e-8) is right for ordinary logits; what it breaks has its own test.
LOSS_RTOL = 1e-5

Array = NDArray[np.float64]
PARTS = Parameters._fields


class Batch(NamedTuple):
    """Parameters of a network, examples X (N, D) and labels t (N,)."""

    parameters: Parameters
    X: Array
    t: NDArray[np.int64]


def points(rng: Generator, *shape: int) -> Array:
    """Numbers from about −4 to 4 in a random order, of both signs small and large, none of them 0."""
    size = int(np.prod(shape))
    z = np.concatenate([np.linspace(0.1, 4, size - size // 2), np.linspace(-4, -0.1, size // 2)])
    return rng.permutation(z * rng.uniform(0.9, 1.1, size)).reshape(shape)


def signed(rng: Generator, *shape: int) -> Array:
    """Numbers of both signs, from 0.3 to 1 in size."""
    size = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.0, -1.0], size))
    return (signs * rng.uniform(0.3, 1.0, size)).reshape(shape)


def labels(rng: Generator, N: int, K: int) -> NDArray[np.int64]:
    """N labels in a random order; with N ≥ K every class occurs."""
    return rng.permutation(np.arange(N) % K)


def cycle(rng: Generator, K: int) -> NDArray[np.int64]:
    """K labels, one of each class, as a permutation that is never its own inverse (K ≥ 3)."""
    order = rng.permutation(K)
    return np.roll(order, -1)[np.argsort(order)]


def batch(rng: Generator, N: int = 7, D: int = 5, H: int = 6, K: int = 4) -> Batch:
    """Moderate logits: every probability is large enough for a plain logarithm."""
    X = rng.normal(size=(N, D))
    W_h = signed(rng, D, H)
    b_h = _thresholds(rng, X @ W_h)
    W_y, b_y = signed(rng, H, K), signed(rng, K)
    hidden = np.maximum(0, X @ W_h + b_h)
    W_y *= 2 / np.abs(hidden @ W_y).max()
    return Batch(Parameters(W_h, b_h, W_y, b_y), X, labels(rng, N, K))


def _thresholds(rng: Generator, A: Array) -> Array:
    """Biases that switch each unit (column) on between two rows of A, where the gap is widest.

    The first unit is off for all rows, the second on for all.
    """
    ordered = np.sort(A, axis=0)
    gaps = np.diff(ordered, axis=0)
    widest = np.argmax(gaps, axis=0), np.arange(A.shape[1])
    b_h: Array = -(ordered[widest] + gaps[widest] * rng.uniform(0.3, 0.7, A.shape[1]))
    b_h[:2] = -A[:, 0].max() - rng.uniform(0.5, 1), -A[:, 1].min() + rng.uniform(0.5, 1)
    return b_h


def wrong_and_sure(rng: Generator, N: int = 6, D: int = 5, H: int = 7, K: int = 4) -> Batch:
    """Logits in the thousands, at other scales in each row; the class after the own one is predicted.

    The own class of the first row has a logit that is large as well.
    """
    t = labels(rng, N, K)
    Z = rng.uniform(-2000, 1000, size=(N, K))
    Z[0, t[0]] = rng.uniform(800, 1000)
    Z[np.arange(N), (t + 1) % K] = rng.permutation(np.linspace(2000, 5000, N))
    return Batch(*with_logits(rng, Z, D, H), t)


def with_logits(rng: Generator, Z: Array, D: int, H: int) -> tuple[Parameters, Array]:
    """A network and examples (N, D) whose logits are Z (N, K); D > K, H > K + 1.

    K hidden units are always on and are mixed by the output layer; the others are like those of `batch`.
    """
    N, K = Z.shape
    X_rest, W_rest = rng.normal(size=(N, D - K)), signed(rng, D - K, H - K)
    b_rest = _thresholds(rng, X_rest @ W_rest)
    mix = _rotation(rng, K)
    W_y = np.vstack([mix, signed(rng, H - K, K)])
    V = (Z - np.maximum(0, X_rest @ W_rest + b_rest) @ W_y[K:]) @ mix.T
    lift = rng.uniform(1, 2, K) - V.min(axis=0)
    b_h = np.concatenate([signed(rng, K), b_rest])
    turn = _rotation(rng, D)
    X = np.hstack([V + lift - b_h[:K], X_rest]) @ turn.T
    W_h = turn @ np.block([[np.eye(K), np.zeros((K, H - K))], [np.zeros((D - K, K)), W_rest]])
    return Parameters(W_h, b_h, W_y, -lift @ mix), X


def _rotation(rng: Generator, K: int) -> Array:
    Q: Array = np.linalg.qr(rng.normal(size=(K, K)))[0]
    return Q


def at_the_kink(rng: Generator, N: int = 6, D: int = 5, H: int = 7, K: int = 4) -> Batch:
    """Whole numbers, so that the pre-activation of each unit is exactly 0 for one example."""
    X = rng.permuted(np.tile([-3.0, -1, 1, 2, 3], (N, 1)), axis=1)[:, :D]
    W_h = rng.choice([-2.0, -1, 1, 2], size=(D, H))
    b_h = -(X @ W_h)[np.arange(H) % N, np.arange(H)]
    hidden = np.maximum(0, X @ W_h + b_h)
    W_y = signed(rng, H, K) / hidden.max()
    return Batch(Parameters(W_h, b_h, W_y, signed(rng, K)), X, labels(rng, N, K))


def generator(rng: Generator) -> Rng:
    """Make a generator for `sgd_epoch`; with 20 examples it never keeps the order of the rows."""
    return Rng("Generator", int(rng.integers(2**31)))
