"""Hidden tests of `relu`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import points


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """What becomes of a negative number? A positive one stays as it is."""
    z = points(rng, 9)
    assert_close(student.relu(z), reference.relu(z), "relu")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in, and one of the same shape comes out."""
    z = points(rng, 4, 1, 3)
    assert_close(student.relu(z), reference.relu(z), "relu")


def test_zero_and_far_from_it(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is your function right at zero, and however far from it? It has no upper end."""
    far = np.array([30, 300, 1000, 10_000]) * rng.uniform(0.95, 1.0, 4)
    z = rng.permutation(np.concatenate([far, -far, [0.0]]))
    assert_close(student.relu(z), reference.relu(z), "relu")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = points(rng, 7)
    call = student.call("relu", z)
    assert_close(call.value, reference.relu(z), "relu")
    assert_unchanged(call, "relu", z)
