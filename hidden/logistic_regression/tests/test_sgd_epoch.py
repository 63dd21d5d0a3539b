"""Hidden tests of `sgd_epoch`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, Rng, assert_close, assert_draws, assert_unchanged

from .data import batch, generator


def test_one_batch_of_all_examples(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """With a batch as large as the data an epoch is one step against the gradient, of each example once."""
    w, X, t = batch(rng, N=23)
    settings = {"batch_size": 23, "learning_rate": rng.uniform(0.2, 0.4), "rng": generator(rng)}
    expected = reference.sgd_epoch(w, X, t, **settings)
    assert_close(student.sgd_epoch(w, X, t, **settings), expected, "sgd_epoch")


def test_batches_in_the_drawn_order(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Follow an epoch on paper: one order for X and t alike, consecutive batches, a step each."""
    w, X, t = batch(rng, N=24)
    settings = {"batch_size": 6, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(w, X, t, **settings)
    assert_close(student.sgd_epoch(w, X, t, **settings), expected, "sgd_epoch")


def test_short_last_batch(student: Functions, reference: Functions, rng: Generator) -> None:
    """When batch_size does not divide N the last batch is shorter: it counts, by its own size."""
    w, X, t = batch(rng, N=22)
    settings = {"batch_size": 5, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(w, X, t, **settings)
    assert_close(student.sgd_epoch(w, X, t, **settings), expected, "sgd_epoch")


def test_last_batch_of_one_example(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Does a batch of one example keep both axes? The last batch may be that short."""
    w, X, t = batch(rng, N=21)
    settings = {"batch_size": 4, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    expected = reference.sgd_epoch(w, X, t, **settings)
    assert_close(student.sgd_epoch(w, X, t, **settings), expected, "sgd_epoch")


def test_draws_from_the_given_generator(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """All chance comes from the generator that is passed, and an epoch asks it only once."""
    w, X, t = batch(rng, N=25, D=3)
    legacy = Rng("RandomState", int(rng.integers(2**31)))
    settings = {"batch_size": 7, "learning_rate": rng.uniform(0.5, 0.9), "rng": legacy}
    call = student.call("sgd_epoch", w, X, t, **settings)
    expected = reference.call("sgd_epoch", w, X, t, **settings)
    assert_close(call.value, expected.value, "sgd_epoch")
    assert_draws(call, expected, "sgd_epoch")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Return new weights and leave w, X and t alone: your function changed the caller's arrays."""
    w, X, t = batch(rng, N=24, D=5)
    settings = {"batch_size": 8, "learning_rate": rng.uniform(0.5, 0.9), "rng": generator(rng)}
    call = student.call("sgd_epoch", w, X, t, **settings)
    assert_close(call.value, reference.sgd_epoch(w, X, t, **settings), "sgd_epoch")
    assert_unchanged(call, "sgd_epoch", w, X, t)
