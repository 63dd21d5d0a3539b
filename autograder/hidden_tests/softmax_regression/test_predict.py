"""Hidden tests of `predict`. Trusted side."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.hidden_tests.softmax_regression.data import labels, with_logits
from autograder.testing import Functions, assert_equal, assert_integers, assert_unchanged


def clear_logits(rng: Generator, N: int, K: int) -> NDArray[np.float64]:
    """Every class wins some row by at least 1; the next class has the logit farthest from 0."""
    best = labels(rng, N, K)
    Z = rng.uniform(-2, 1, size=(N, K))
    Z[np.arange(N), best] = rng.uniform(2, 2.5, size=N)
    Z[np.arange(N), (best + 1) % K] = -4
    return Z


def test_labels(student: Functions, reference: Functions, rng: Generator) -> None:
    """Each example gets the class with the largest probability: along which axis do the classes lie?"""
    W, X = with_logits(rng, clear_logits(rng, 7, 4), D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """With N = K a wrong axis raises no error: there is one label for each example."""
    Z = clear_logits(rng, 4, 4)
    Z[0] = Z[1]  # two examples of one class: no column-wise answer can agree
    W, X = with_logits(rng, Z, D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_ties(student: Functions, reference: Functions, rng: Generator) -> None:
    """Read the definition once more: which class is predicted when several are equally probable?"""
    # Whole numbers: the logits are exact in whatever order they are summed.
    Z = np.array([[3, 3, 1, 0], [0, 2, 1, 2], [1, 0, 3, 3], [2, 2, 2, 2], [0, 1, 0, 4]])
    W = np.vstack([np.eye(4), rng.integers(1, 9) * np.ones((1, 4))])
    X = np.hstack([Z + rng.integers(-9, 9, size=(5, 1)), np.ones((5, 1))])
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """With large features the logits are large: does your comparison survive it?"""
    W, X = with_logits(rng, 1000 * clear_logits(rng, 6, 3), D=5)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_labels_are_integers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Labels are whole numbers that others use as indices: which dtype does your array have?"""
    W, X = with_logits(rng, clear_logits(rng, 5, 3), D=4)
    predicted = student.predict(W, X)
    assert_equal(predicted, reference.predict(W, X), "predict")
    assert_integers(predicted, "predict")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: W and X must stay as they came."""
    W, X = with_logits(rng, clear_logits(rng, 8, 5), D=6)
    call = student.call("predict", W, X)
    assert_equal(call.value, reference.predict(W, X), "predict")
    assert_unchanged(call, "predict", W, X)
