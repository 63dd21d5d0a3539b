"""Hidden tests of `relu`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import (
    Functions,
    assert_close,
    assert_equal,
    assert_floats,
    assert_unchanged,
)

from .data import points


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """What becomes of a negative number? A positive one stays as it is."""
    z = points(rng, 9)
    assert_close(student.relu(z), reference.relu(z), "relu")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """A number or an array of any shape goes in, and one of the same shape comes out."""
    for z in (points(rng, 4, 1, 3), rng.uniform(1, 2), -rng.uniform(1, 2)):
        assert_close(student.relu(z), reference.relu(z), "relu")


def test_zero_and_far_from_it(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is your function right at zero, and however far from it? It has no upper end."""
    far = np.array([30, 1000, 1e9, 1e300]) * rng.uniform(0.95, 1.0, 4)
    z = rng.permutation(np.concatenate([far, -far, [0.0]]))
    assert_close(student.relu(z), reference.relu(z), "relu")


def test_results_are_floats(student: Functions, reference: Functions, rng: Generator) -> None:
    """Try an array of whole numbers: what comes out goes on as floats."""
    z = rng.permutation(np.arange(-4, 4))
    activated = student.relu(z)
    assert_equal(activated, reference.relu(z), "relu")
    assert_floats(activated, "relu")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = points(rng, 7)
    call = student.call("relu", z)
    assert_close(call.value, reference.relu(z), "relu")
    assert_unchanged(call, "relu", z)
