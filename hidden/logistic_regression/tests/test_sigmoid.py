"""Hidden tests of `sigmoid`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import logits


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """σ rises from 0 to 1 and is ½ at z = 0: work out a few values by hand and compare."""
    z = logits(rng, 9)
    assert_close(student.sigmoid(z), reference.sigmoid(z), "sigmoid")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in, and one of the same shape comes out."""
    z = logits(rng, 4, 1, 3)
    assert_close(student.sigmoid(z), reference.sigmoid(z), "sigmoid")


def test_far_from_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which exponential is too large? Far out σ ends in 0 on one side, in 1 on the other."""
    far = np.array([30, 100, 600, 1000, 10_000]) * rng.uniform(0.95, 1.0, 5)
    z = np.concatenate([far, -far])
    assert_close(student.sigmoid(z), reference.sigmoid(z), "sigmoid")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = logits(rng, 7)
    z[2] = -1000
    call = student.call("sigmoid", z)
    assert_close(call.value, reference.sigmoid(z), "sigmoid")
    assert_unchanged(call, "sigmoid", z)
