"""Hidden tests of `sigmoid_as_softmax`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged


def test_vector(student: Functions, reference: Functions, rng: Generator) -> None:
    """At which index of the pair does z stand? The larger z, the more probable is the class of z."""
    z = rng.permutation(np.linspace(-4, 3, 6)) + rng.uniform(-0.1, 0.1, 6)
    assert_close(
        student.sigmoid_as_softmax(z), reference.sigmoid_as_softmax(z), "sigmoid_as_softmax"
    )


def test_pair_of_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do your pairs lie along a new, last axis? Two logits make two pairs, each with a zero."""
    z = rng.permutation([-1.0, 1.0]) * rng.uniform(1, 3, 2)
    assert_close(
        student.sigmoid_as_softmax(z), reference.sigmoid_as_softmax(z), "sigmoid_as_softmax"
    )


def test_matrix(student: Functions, reference: Functions, rng: Generator) -> None:
    """The logits may come in an array with more axes: the result has the same shape."""
    z = rng.uniform(-3, 3, (2, 4)) + np.array([[0.1], [-0.1]])
    assert_close(
        student.sigmoid_as_softmax(z), reference.sigmoid_as_softmax(z), "sigmoid_as_softmax"
    )


def test_far_from_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """Are they still numbers? The given softmax stands any logit, however large."""
    z = (
        rng.permutation([-1.0, 1.0, 1.0, -1.0])
        * [10_000.0, 3000.0, 900.0, 30.0]
        * rng.uniform(0.5, 1)
    )
    assert_close(
        student.sigmoid_as_softmax(z), reference.sigmoid_as_softmax(z), "sigmoid_as_softmax"
    )


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: z must stay as it came."""
    z = rng.uniform(-3, 3, 5)
    call = student.call("sigmoid_as_softmax", z)
    assert_close(call.value, reference.sigmoid_as_softmax(z), "sigmoid_as_softmax")
    assert_unchanged(call, "sigmoid_as_softmax", z)
