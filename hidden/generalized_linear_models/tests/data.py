"""Inputs of the hidden tests of generalized linear models. Trusted side: what it draws is secret.

What every seed must have is constructed, not hoped for: N, D and K differ unless a test wants them
equal, weights have both signs, every class has examples unless a test wants one absent, and the last
column of X holds the ones of the bias.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import Functions, assert_formula, entry
from glm2mlp.formulas import MODELS

Array = NDArray[Any]


class Batch(NamedTuple):
    """Weights W (D,) or (D, K), examples X (N, D) and targets t (N,)."""

    W: Array
    X: Array
    t: Array


def points(rng: Generator, model: str, *, target: bool) -> list[Mapping[str, float]]:
    """Six values of the logits, of both signs, and of the `target` if the formula has one."""
    size = (6, len(MODELS[model]))
    z = rng.permuted(np.linspace(-3, 3, 6 * size[1]).reshape(size), axis=None)
    z += rng.uniform(-0.1, 0.1, size)
    drawn: list[Mapping[str, float]] = [
        dict(zip(MODELS[model], map(float, row), strict=True)) for row in z
    ]
    if not target or model == "softmax":
        return drawn
    t = rng.uniform(-3, 3, 6) if model == "linear" else rng.permutation(np.arange(6) % 2)
    return [{**point, "t": float(number)} for point, number in zip(drawn, t, strict=True)]


def compared_at(
    rng: Generator, model: str, name: str
) -> tuple[list[Mapping[str, float]], list[Mapping[str, float]]]:
    """The points at which a formula is compared; of a loss only the differences from other points."""
    first, others = (points(rng, model, target=name != "activation") for _ in range(2))
    if name != "loss":
        return first, []
    # The same target with another logit: what does not contain a logit cancels.
    return first, [{**o, **_target(point)} for point, o in zip(first, others, strict=True)]


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


def _target(point: Mapping[str, float]) -> dict[str, float]:
    return {name: number for name, number in point.items() if name == "t"}


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
