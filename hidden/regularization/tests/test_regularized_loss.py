"""Hidden tests of `regularized_loss`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import network


def test_weights(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does one weight cost? Add up what all of them cost, whatever their signs, then the loss itself."""
    P, loss, l2 = network(rng), rng.uniform(0.5, 2), rng.uniform(0.1, 0.4)
    P = P._replace(b_h=np.zeros_like(P.b_h), b_y=np.zeros_like(P.b_y))
    expected = reference.regularized_loss(P, loss, l2)
    assert_close(student.regularized_loss(P, loss, l2), expected, "regularized_loss")


def test_biases_are_free(student: Functions, reference: Functions, rng: Generator) -> None:
    """Who pays? Make a bias larger, and look whether your result changes."""
    P, loss, l2 = network(rng), rng.uniform(0.5, 2), rng.uniform(0.1, 0.4)
    expected = reference.regularized_loss(P, loss, l2)
    assert_close(student.regularized_loss(P, loss, l2), expected, "regularized_loss")


def test_single_hidden_unit(student: Functions, reference: Functions, rng: Generator) -> None:
    """Does each layer pay in the same way? Here there is one hidden unit, and one output."""
    P, loss, l2 = network(rng, D=6, H=1, K=1), rng.uniform(0.5, 2), rng.uniform(0.1, 0.4)
    expected = reference.regularized_loss(P, loss, l2)
    assert_close(student.regularized_loss(P, loss, l2), expected, "regularized_loss")


def test_strength(student: Functions, reference: Functions, rng: Generator) -> None:
    """Without strength there is no price; twice the strength is twice the price."""
    P, loss = network(rng), rng.uniform(0.5, 2)
    for l2 in (0.0, rng.uniform(2, 3)):
        expected = reference.regularized_loss(P, loss, l2)
        assert_close(student.regularized_loss(P, loss, l2), expected, "regularized_loss")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: the parameters must stay as they came."""
    P, loss, l2 = network(rng, D=5, H=3, K=4), rng.uniform(0.5, 2), 0.5
    call = student.call("regularized_loss", P, loss, l2)
    assert_close(call.value, reference.regularized_loss(P, loss, l2), "regularized_loss")
    assert_unchanged(call, "regularized_loss", P)
