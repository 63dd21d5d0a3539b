"""Inputs of the hidden tests of `regularization`. Trusted side: secret.

What every seed must have is constructed, not hoped for: D, H and K differ, weights, biases and gradients have
both signs and none of them is near zero. A course of losses is given by the ranks of its epochs, of which the
losses are random heights.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from solutions.multilayer_perceptron import Parameters

Array = NDArray[np.float64]
PARTS = Parameters._fields


class Batch(NamedTuple):
    """Parameters and gradients of a network, with D, H and K the sizes of its layers."""

    parameters: Parameters
    gradients: Parameters


def signed(rng: Generator, *shape: int) -> Array:
    """Numbers of both signs (a single one may have either), from 0.3 to 1.4 in size."""
    size = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.0, -1.0], size))
    return (signs * rng.uniform(0.3, 1.4, size)).reshape(shape)


def network(rng: Generator, D: int = 4, H: int = 5, K: int = 3) -> Parameters:
    """Weights and biases of both signs."""
    return Parameters(signed(rng, D, H), signed(rng, H), signed(rng, H, K), signed(rng, K))


def batch(rng: Generator, D: int = 4, H: int = 5, K: int = 3) -> Batch:
    """A network and gradients for it."""
    return Batch(network(rng, D, H, K), network(rng, D, H, K))


def losses(rng: Generator, ranks: Sequence[int]) -> Array:
    """Losses in the order of these ranks: equal ranks have equal losses, lower ranks lower ones."""
    heights = rng.uniform(0.1, 0.2) + np.cumsum(rng.uniform(0.02, 0.1, max(ranks) + 1))
    course: Array = heights[np.array(ranks)]
    return course


def falling(n: int, to: int) -> list[int]:
    """The ranks of n epochs, each lower than the one before it, the last one `to`."""
    return list(range(to + n - 1, to - 1, -1))
