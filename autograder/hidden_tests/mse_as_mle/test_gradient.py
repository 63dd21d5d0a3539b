"""Hidden tests of `gradient`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.mse_as_mle.data import batch
from autograder.testing import Functions, assert_close, assert_unchanged


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Nudge one weight a little: the gradient tells how gaussian_nll with σ² = 1 changes, and which way."""
    w, X, t = batch(rng)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: the gradient still has one entry for each weight."""
    w, X, t = batch(rng, N=1)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_as_many_examples_as_features(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Which axis of X do you sum over? With N = D a wrong one raises no error."""
    w, X, t = batch(rng, N=4, D=4)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_whole_numbers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Try arrays of whole numbers, the weights too: the gradient need not fit into integers."""
    w, X = rng.permutation([-2, 1, 3]), rng.integers(1, 9, size=(7, 3))
    X[:, -1] = 1
    t = X @ w - rng.permutation(np.resize([1, 2, 4, -3], 7))
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: w, X and t must stay as they came."""
    w, X, t = batch(rng, N=8, D=3)
    call = student.call("gradient", w, X, t)
    assert_close(call.value, reference.gradient(w, X, t), "gradient")
    assert_unchanged(call, "gradient", w, X, t)
