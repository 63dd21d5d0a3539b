"""Hidden tests of `gradient`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import batch


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Nudge one weight a little and see how nll changes: the gradient must predict that change."""
    w, X, t = batch(rng)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_batch_of_class_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does an example of class 0 contribute? It moves the weights too."""
    w, X, t = batch(rng)
    t = np.zeros_like(t)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: the gradient still has one entry for each weight."""
    w, X, t = batch(rng)
    for k in (0, 1):  # what is right of one class only must not depend on the draw
        one, t_one = X[:1], np.full_like(t[:1], k)
        assert_close(student.gradient(w, one, t_one), reference.gradient(w, one, t_one), "gradient")


def test_as_many_examples_as_features(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Which axis of X do you sum over? With N = D a wrong one raises no error."""
    w, X, t = batch(rng, N=4, D=4)
    assert_close(student.gradient(w, X, t), reference.gradient(w, X, t), "gradient")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: w, X and t must stay as they came."""
    w, X, t = batch(rng, N=8, D=3)
    call = student.call("gradient", w, X, t)
    assert_close(call.value, reference.gradient(w, X, t), "gradient")
    assert_unchanged(call, "gradient", w, X, t)
