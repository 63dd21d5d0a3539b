"""Hidden tests of `gradient`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import batch, cycle, wrong_and_sure


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Nudge one weight a little and see how nll changes: the gradient must predict that change."""
    W, X, t = batch(rng)
    assert_close(student.gradient(W, X, t), reference.gradient(W, X, t), "gradient")


def test_absent_class(student: Functions, reference: Functions, rng: Generator) -> None:
    """Where do you take K from? A batch may lack a class, whose weights move all the same."""
    W, X, t = batch(rng)
    t = t % 3
    assert_close(student.gradient(W, X, t), reference.gradient(W, X, t), "gradient")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: work its gradient out by hand, entry by entry."""
    W, X, t = batch(rng)
    X, t = X[:1], t[:1]
    assert_close(student.gradient(W, X, t), reference.gradient(W, X, t), "gradient")


def test_all_sizes_equal(student: Functions, reference: Functions, rng: Generator) -> None:
    """With N = D = K a wrong axis raises no error: rows are features, columns are classes."""
    W, X, _ = batch(rng, N=4, D=4, K=4)
    t = cycle(rng, 4)  # rows and columns exchanged would be other entries
    assert_close(student.gradient(W, X, t), reference.gradient(W, X, t), "gradient")


def test_regularization(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does regularization add? Subtract the gradient without it from the one with it."""
    W, X, t = batch(rng)
    l2 = rng.uniform(0.2, 0.8)
    assert_close(student.gradient(W, X, t, l2=l2), reference.gradient(W, X, t, l2=l2), "gradient")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Are all the probabilities still numbers? With large features the logits are large."""
    W, X, t = wrong_and_sure(rng)
    expected = reference.gradient(W, X, t)
    assert_close(student.gradient(W, X, t), expected, "gradient", scale=np.abs(X).max())


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: W, X and t must stay as they came."""
    W, X, t = batch(rng, N=8, D=4, K=3)
    call = student.call("gradient", W, X, t)
    assert_close(call.value, reference.gradient(W, X, t), "gradient")
    assert_unchanged(call, "gradient", W, X, t)
    assert_unchanged(student.call("gradient", W, X, t, l2=0.5), "gradient", W, X, t)
