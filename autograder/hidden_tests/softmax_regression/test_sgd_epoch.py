"""Hidden tests of `sgd_epoch`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.softmax_regression.data import batch, generator
from autograder.testing import Functions, Rng, assert_close, assert_draws, assert_unchanged


def test_one_batch_of_all_examples(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """With a batch as large as the data an epoch is one step against the gradient, of each example once."""
    W, X, t = batch(rng, N=23)
    settings = {"batch_size": 23, "learning_rate": rng.uniform(0.2, 0.4), "rng": generator(rng)}
    expected = reference.sgd_epoch(W, X, t, **settings)
    assert_close(student.sgd_epoch(W, X, t, **settings), expected, "sgd_epoch")


def test_batches_in_the_drawn_order(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Follow an epoch on paper: one order for X and t alike, consecutive batches, a step each."""
    W, X, t = batch(rng, N=24)
    settings = {"batch_size": 6, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(W, X, t, **settings)
    assert_close(student.sgd_epoch(W, X, t, **settings), expected, "sgd_epoch")


def test_short_last_batch(student: Functions, reference: Functions, rng: Generator) -> None:
    """When batch_size does not divide N the last batch is shorter: it counts, by its own size."""
    W, X, t = batch(rng, N=22)
    settings = {"batch_size": 5, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(W, X, t, **settings)
    assert_close(student.sgd_epoch(W, X, t, **settings), expected, "sgd_epoch")


def test_last_batch_of_one_example(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """A batch may hold a single example, and then lacks most classes: nothing else changes."""
    W, X, t = batch(rng, N=21, K=3)
    t = np.where(t == 2, 0, t)
    t[rng.integers(21)] = 2  # all batches but one lack the last class
    settings = {"batch_size": 4, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(W, X, t, **settings)
    assert_close(student.sgd_epoch(W, X, t, **settings), expected, "sgd_epoch")


def test_draws_from_the_given_generator(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """All chance comes from the generator that is passed, and an epoch asks it only once."""
    W, X, t = batch(rng, N=25, D=3)
    legacy = Rng("RandomState", int(rng.integers(2**31)))
    settings = {"batch_size": 7, "learning_rate": rng.uniform(0.5, 0.9), "rng": legacy}
    call = student.call("sgd_epoch", W, X, t, **settings)
    expected = reference.call("sgd_epoch", W, X, t, **settings)
    assert_close(call.value, expected.value, "sgd_epoch")
    assert_draws(call, expected, "sgd_epoch")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Return new weights and leave W, X and t alone: your function changed the caller's arrays."""
    W, X, t = batch(rng, N=24, D=5)
    settings = {"batch_size": 8, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    call = student.call("sgd_epoch", W, X, t, **settings)
    assert_close(call.value, reference.sgd_epoch(W, X, t, **settings), "sgd_epoch")
    assert_unchanged(call, "sgd_epoch", W, X, t)
    regularized = student.call("sgd_epoch", W, X, t, **settings, l2=0.1)
    assert_unchanged(regularized, "sgd_epoch", W, X, t)


def test_regularization(student: Functions, reference: Functions, rng: Generator) -> None:
    """Does regularization reach the gradient? It belongs to that of every batch."""
    W, X, t = batch(rng, N=24)
    settings = {"batch_size": 6, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    l2 = rng.uniform(0.1, 0.3)
    expected = reference.sgd_epoch(W, X, t, **settings, l2=l2)
    assert_close(student.sgd_epoch(W, X, t, **settings, l2=l2), expected, "sgd_epoch")
