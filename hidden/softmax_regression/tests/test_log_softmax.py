"""Hidden tests of `log_softmax`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import logits


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do the exponentials of each row sum to one? They are the probabilities."""
    Z = logits(rng, 4, 3)
    assert_close(student.log_softmax(Z), reference.log_softmax(Z), "log_softmax")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Print the shape of what you subtract: with N = K a wrong one raises no error."""
    Z = logits(rng, 4, 4)
    assert_close(student.log_softmax(Z), reference.log_softmax(Z), "log_softmax")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which axis always holds the classes? One example may come as a vector, or as one row."""
    z = logits(rng, 5)
    assert_close(student.log_softmax(z), reference.log_softmax(z), "log_softmax")
    assert_close(
        student.log_softmax(z[np.newaxis]), reference.log_softmax(z[np.newaxis]), "log_softmax"
    )


def test_hopeless_classes(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you take the log of a 0? The log of a tiny probability is an ordinary number."""
    rows = np.array([[2000, 1000, 0], [-2000, -1001, -1000], [1, 0, -1000]])
    Z = rng.permuted(rows + rng.uniform(-1, 1, size=(3, 3)), axis=1)
    assert_close(student.log_softmax(Z), reference.log_softmax(Z), "log_softmax")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into Z."""
    Z = logits(rng, 3, 5)
    call = student.call("log_softmax", Z)
    assert_close(call.value, reference.log_softmax(Z), "log_softmax")
    assert_unchanged(call, "log_softmax", Z)
