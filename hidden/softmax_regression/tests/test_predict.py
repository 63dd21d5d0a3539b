"""Hidden tests of `predict`. Trusted side."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import Functions, assert_equal, assert_integers, assert_unchanged

from .data import cycle, labels, with_logits


def clear_logits(rng: Generator, best: NDArray[np.int64], K: int) -> NDArray[np.float64]:
    """Class `best` of each row wins by 1 or more; the next has the logit farthest from 0."""
    N = len(best)
    Z = rng.uniform(-2, 1, size=(N, K))
    Z[np.arange(N), best] = rng.uniform(2, 2.5, size=N)
    Z[np.arange(N), (best + 1) % K] = -4
    return Z


def test_labels(student: Functions, reference: Functions, rng: Generator) -> None:
    """Along which axis do the classes lie? Each example gets the most probable one."""
    W, X = with_logits(rng, clear_logits(rng, labels(rng, 7, 4), 4), D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")
    # No logit is positive.
    W, X = with_logits(rng, clear_logits(rng, labels(rng, 7, 4), 4) - 6, D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """There is one label for each example: with N = K a wrong axis raises no error."""
    best = cycle(rng, 4)  # the wrong axis would give its inverse
    W, X = with_logits(rng, clear_logits(rng, best, 4), D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_ties(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which class wins when several are equally probable? Read the definition once more."""
    # Whole numbers: the logits are exact in whatever order they are summed.
    Z = np.array([[3, 3, 1, 0], [0, 2, 1, 2], [1, 0, 3, 3], [2, 2, 2, 2], [0, 1, 0, 4]])
    W = np.vstack([np.eye(4), rng.integers(1, 9) * np.ones((1, 4))])
    X = np.hstack([Z + rng.integers(-9, 9, size=(5, 1)), np.ones((5, 1))])
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Does your comparison survive large logits? It takes place within one example only."""
    Z = rng.uniform(8, 11, size=(6, 3))
    Z[0, 0] = 15  # class 0 would win here without the biases
    Z[5] = [6, 11, 30]  # in column 1 no row is larger, in column 0 none smaller
    W, X = with_logits(rng, 250 * rng.permutation(Z), D=5)
    W[-1, 1] += 2500
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """One example gets one label: still an array, as long as X has rows."""
    W, X = with_logits(rng, clear_logits(rng, np.array([2]), 4), D=6)
    assert_equal(student.predict(W, X), reference.predict(W, X), "predict")


def test_labels_are_integers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which dtype does your array have? Labels are whole numbers, which others use as indices."""
    W, X = with_logits(rng, clear_logits(rng, labels(rng, 5, 3), 3), D=4)
    predicted = student.predict(W, X)
    assert_equal(predicted, reference.predict(W, X), "predict")
    assert_integers(predicted, "predict")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: W and X must stay as they came."""
    W, X = with_logits(rng, clear_logits(rng, labels(rng, 8, 5), 5), D=6)
    call = student.call("predict", W, X)
    assert_equal(call.value, reference.predict(W, X), "predict")
    assert_unchanged(call, "predict", W, X)
