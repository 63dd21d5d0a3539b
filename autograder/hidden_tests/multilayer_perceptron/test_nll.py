"""Hidden tests of `nll`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.multilayer_perceptron.data import (
    LOSS_RTOL,
    batch,
    cycle,
    wrong_and_sure,
)
from autograder.testing import Functions, assert_close, assert_unchanged


def test_value(student: Functions, reference: Functions, rng: Generator) -> None:
    """An example costs −log of its own class's probability; the loss is the mean over examples."""
    P, X, t = batch(rng)
    assert_close(student.nll(P, X, t), reference.nll(P, X, t), "nll", rtol=LOSS_RTOL)


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example, and then lacks most classes: nothing else changes."""
    P, X, _ = batch(rng)
    X, t = X[:1], np.zeros(1, dtype=np.int64)
    assert_close(student.nll(P, X, t), reference.nll(P, X, t), "nll", rtol=LOSS_RTOL)


def test_all_sizes_equal(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which entry of each row do you pick? With all sizes equal a wrong axis raises no error."""
    P, X, _ = batch(rng, N=4, D=4, H=4, K=4)
    t = cycle(rng, 4)  # rows and columns exchanged would be other entries
    assert_close(student.nll(P, X, t), reference.nll(P, X, t), "nll", rtol=LOSS_RTOL)


def test_sure_and_wrong(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you take the log of a 0? A sure mistake costs much, but not infinitely much."""
    P, X, t = wrong_and_sure(rng)
    assert_close(student.nll(P, X, t), reference.nll(P, X, t), "nll", rtol=LOSS_RTOL)


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: parameters, X and t must stay as they came."""
    P, X, t = batch(rng, N=8, D=4, H=5, K=3)
    call = student.call("nll", P, X, t)
    assert_close(call.value, reference.nll(P, X, t), "nll", rtol=LOSS_RTOL)
    assert_unchanged(call, "nll", P, X, t)
