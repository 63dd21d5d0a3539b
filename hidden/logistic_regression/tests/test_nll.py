"""Hidden tests of `nll`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import LOSS_RTOL, batch


def test_value(student: Functions, reference: Functions, rng: Generator) -> None:
    """Work out −log p(t|x) for one example of each class, and take the mean over the examples."""
    w, X, t = batch(rng)
    assert_close(student.nll(w, X, t), reference.nll(w, X, t), "nll", rtol=LOSS_RTOL)


def test_batch_of_class_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which term of the loss is left when t = 0? An example of class 0 costs something too."""
    w, X, t = batch(rng)
    t = np.zeros_like(t)
    assert_close(student.nll(w, X, t), reference.nll(w, X, t), "nll", rtol=LOSS_RTOL)


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: X still has a row, the loss is still a plain number."""
    w, X, t = batch(rng)
    for k in (0, 1):  # what is right of one class only must not depend on the draw
        one, t_one = X[:1], np.full_like(t[:1], k)
        assert_close(
            student.nll(w, one, t_one), reference.nll(w, one, t_one), "nll", rtol=LOSS_RTOL
        )


def test_as_many_examples_as_features(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """Which axis of X holds the examples? With N = D a wrong one raises no error."""
    w, X, t = batch(rng, N=4, D=4)
    assert_close(student.nll(w, X, t), reference.nll(w, X, t), "nll", rtol=LOSS_RTOL)


def test_confident_predictions(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is there a way around the log of 0? A sure mistake costs much, but not infinitely much."""
    w, X, t = batch(rng, largest=rng.uniform(8000, 9000))
    w[:-1], X[:, :-1] = 4 * w[:-1], X[:, :-1] / 4  # the same logits, of smaller features
    assert_close(student.nll(w, X, t), reference.nll(w, X, t), "nll", rtol=LOSS_RTOL)


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: w, X and t must stay as they came."""
    w, X, t = batch(rng, N=8, D=3)
    call = student.call("nll", w, X, t)
    assert_close(call.value, reference.nll(w, X, t), "nll", rtol=LOSS_RTOL)
    assert_unchanged(call, "nll", w, X, t)
