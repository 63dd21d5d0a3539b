"""Hidden tests of `nll`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import LOSS_RTOL, batch, cycle, wrong_and_sure


def test_value(student: Functions, reference: Functions, rng: Generator) -> None:
    """An example costs −log of its own class's probability; the loss is the mean over examples."""
    W, X, t = batch(rng)
    assert_close(student.nll(W, X, t), reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example, and then lacks most classes: nothing else changes."""
    W, X, t = batch(rng)
    X, t = X[:1], np.zeros(1, dtype=np.int64)
    assert_close(student.nll(W, X, t), reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Which entry of each row do you pick? With N = K a wrong axis raises no error."""
    W, X, _ = batch(rng, N=4, K=4)
    t = cycle(rng, 4)  # rows and columns exchanged would be other entries
    assert_close(student.nll(W, X, t), reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)


def test_regularization(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does regularization add? Subtract the loss without it from the loss with it."""
    W, X, t = batch(rng)
    l2 = rng.uniform(0.2, 0.8)
    expected = reference.nll(W, X, t, l2=l2)
    assert_close(student.nll(W, X, t, l2=l2), expected, "nll", rtol=LOSS_RTOL)


def test_sure_and_wrong(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you take the log of a 0? A sure mistake costs much, but not infinitely much."""
    W, X, t = batch(rng)
    W[-1] += 1000  # the logits are large, no probability is small
    assert_close(student.nll(W, X, t), reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)
    W, X, t = wrong_and_sure(rng)
    assert_close(student.nll(W, X, t), reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: W, X and t must stay as they came."""
    W, X, t = batch(rng, N=8, D=4, K=3)
    call = student.call("nll", W, X, t)
    assert_close(call.value, reference.nll(W, X, t), "nll", rtol=LOSS_RTOL)
    assert_unchanged(call, "nll", W, X, t)
    assert_unchanged(student.call("nll", W, X, t, l2=0.5), "nll", W, X, t)
