"""Hidden tests of `sgd_epoch`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.multilayer_perceptron.data import batch, generator
from autograder.testing import Functions, Rng, assert_draws, assert_parts_close, assert_unchanged


def test_one_batch_of_all_examples(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """With a batch as large as the data an epoch is one step against the gradient, of each example once."""
    P, X, t = batch(rng, N=23)
    settings = {"batch_size": 23, "learning_rate": rng.uniform(0.2, 0.4), "rng": generator(rng)}
    expected = reference.sgd_epoch(P, X, t, **settings)._asdict()
    assert_parts_close(student.sgd_epoch(P, X, t, **settings), expected, "sgd_epoch")


def test_batches_in_the_drawn_order(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Follow an epoch on paper: one order for X and t alike, consecutive batches, a step each."""
    P, X, t = batch(rng, N=24)
    settings = {"batch_size": 6, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(P, X, t, **settings)._asdict()
    assert_parts_close(student.sgd_epoch(P, X, t, **settings), expected, "sgd_epoch")


def test_short_last_batch(student: Functions, reference: Functions, rng: Generator) -> None:
    """When batch_size does not divide N the last batch is shorter: it counts, by its own size."""
    P, X, t = batch(rng, N=22)
    settings = {"batch_size": 5, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(P, X, t, **settings)._asdict()
    assert_parts_close(student.sgd_epoch(P, X, t, **settings), expected, "sgd_epoch")


def test_last_batch_of_one_example(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """A batch may hold a single example, and then lacks most classes: nothing else changes."""
    P, X, t = batch(rng, N=21, K=3)
    t = np.where(t == 2, 0, t)
    t[rng.integers(21)] = 2  # all batches but one lack the last class
    settings = {"batch_size": 4, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(P, X, t, **settings)._asdict()
    assert_parts_close(student.sgd_epoch(P, X, t, **settings), expected, "sgd_epoch")


def test_draws_from_the_given_generator(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """All chance comes from the generator that is passed, and an epoch asks it only once."""
    P, X, t = batch(rng, N=25, D=3)
    legacy = Rng("RandomState", int(rng.integers(2**31)))
    settings = {"batch_size": 7, "learning_rate": rng.uniform(0.5, 0.9), "rng": legacy}
    call = student.call("sgd_epoch", P, X, t, **settings)
    expected = reference.call("sgd_epoch", P, X, t, **settings)
    assert_parts_close(call.value, expected.value._asdict(), "sgd_epoch")
    assert_draws(call, expected, "sgd_epoch")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Return new parameters and leave the old ones, X and t alone: the caller's arrays were changed."""
    P, X, t = batch(rng, N=24, D=5)
    settings = {"batch_size": 8, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    call = student.call("sgd_epoch", P, X, t, **settings)
    assert_parts_close(call.value, reference.sgd_epoch(P, X, t, **settings)._asdict(), "sgd_epoch")
    assert_unchanged(call, "sgd_epoch", P, X, t)
