"""Hidden tests of `softmax`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import logits


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Does each row sum to one? Each is a distribution of its own: work one out by hand."""
    Z = logits(rng, 4, 3)
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Print the shape of your denominator: with N = K a wrong one raises no error."""
    Z = logits(rng, 4, 4)
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which axis always holds the classes? One example may come as a vector, or as one row."""
    z = logits(rng, 5)
    assert_close(student.softmax(z), reference.softmax(z), "softmax")
    assert_close(student.softmax(z[np.newaxis]), reference.softmax(z[np.newaxis]), "softmax")


def test_integer_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Try an array of whole numbers: a probability does not fit into an array of integers."""
    Z = rng.permutation(np.arange(-5, 5)).reshape(2, 5)
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_rows_at_very_different_scales(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """A constant added to one row changes nothing in it: use this, and each row needs its own."""
    Z = logits(rng, 4, 3) + rng.permutation([0.0, 900.0, -900.0, 30000.0])[:, np.newaxis]
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_enormous_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is any exponential larger than one? However far apart the logits lie, softmax is finite."""
    Z = rng.uniform(-1e300, 0.5e300, size=(3, 4))
    Z[np.arange(3), rng.integers(4, size=3)] = [1e300, 0.8e300, 0.9e300]
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into Z."""
    Z = logits(rng, 3, 5)
    Z[1, 2] = -1000
    call = student.call("softmax", Z)
    assert_close(call.value, reference.softmax(Z), "softmax")
    assert_unchanged(call, "softmax", Z)
