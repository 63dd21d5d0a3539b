"""Inputs of the hidden tests of generalized linear models. Trusted side: what it draws is secret.

What every seed must have is constructed, not hoped for: N, D and K differ unless a test wants them
equal, weights have both signs, every class has examples unless a test wants one absent, and the last
column of X holds the ones of the bias.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.misconceptions.tables import compared_at
from autograder.testing import Functions, assert_formula, entry

Array = NDArray[Any]


class Batch(NamedTuple):
    """Weights W (D,) or (D, K), examples X (N, D) and targets t (N,)."""

    W: Array
    X: Array
    t: Array


def assert_entry(
    student: Functions, reference: Functions, rng: Generator, model: str, name: str
) -> None:
    """Check one formula of the table at random points; a loss up to terms without a logit."""
    first, others = compared_at(rng, model, name)
    assert_formula(
        entry(student.glm_table(), model, name),
        entry(reference.glm_table(), model, name),
        first,
        f"{model}: {name}",
        minus=others,
    )


def weights(rng: Generator, *shape: int) -> Array:
    """Weights of both signs, none of them near zero."""
    size = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.0, -1.0], size))
    return (signs * rng.uniform(0.4, 1.2, size)).reshape(shape)


def batch(rng: Generator, model: str = "softmax", N: int = 9, D: int = 5, K: int = 4) -> Batch:
    """Moderate logits of both signs; one feature is exactly zero."""
    W = weights(rng, D, K) if model == "softmax" else weights(rng, D)
    X = rng.normal(size=(N, D))
    X[0, 1] = 0
    X[:, -1] = 1
    return Batch(W, X, targets(rng, model, X @ W))


def targets(rng: Generator, model: str, Z: Array) -> Array:
    """Targets as the model has them, in a random order; with enough examples every class occurs."""
    N = len(Z)
    if model == "linear":
        return np.asarray(Z + rng.permutation(np.linspace(-2.2, 1.4, N)))
    return rng.permutation(np.arange(N) % (2 if model == "logistic" else Z.shape[1]))


def cycle(rng: Generator, K: int) -> Array:
    """K labels, one of each class, as a permutation that is never its own inverse (K ≥ 3)."""
    order = rng.permutation(K)
    return np.roll(order, -1)[np.argsort(order)]
