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


def test_rows_at_very_different_scales(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """A constant added to one row changes nothing in it: use this, and each row needs its own."""
    # Far apart within a row, too: only its largest logit is a safe constant to subtract.
    rows = [[9000, 500, -7000, -8200], [2000, 1000, 0, -3000], [-1000, -4000, -6000, -9000]]
    Z = rng.permuted(rows + rng.uniform(-1, 1, size=(3, 4)), axis=1)
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")
    Z = logits(rng, 4, 3) + rng.permutation([0.0, 900.0, -900.0, 9000.0])[:, np.newaxis]
    assert_close(student.softmax(Z), reference.softmax(Z), "softmax")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into Z."""
    Z = logits(rng, 3, 5)
    Z[1, 2] = -1000
    call = student.call("softmax", Z)
    assert_close(call.value, reference.softmax(Z), "softmax")
    assert_unchanged(call, "softmax", Z)
