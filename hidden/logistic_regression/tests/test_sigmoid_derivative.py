"""Hidden tests of `sigmoid_derivative`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import logits


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is z the logit, or already σ(z)? Compare with the slope of σ between two close points."""
    z = logits(rng, 9)
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in, and one of the same shape comes out."""
    z = logits(rng, 3, 1, 5)
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_far_from_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is your slope a number everywhere? Far from zero, on both sides, σ is flat."""
    far = np.array([20, 300, 1000]) * rng.uniform(0.95, 1.0, 3)
    z = np.concatenate([far, -far])
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = logits(rng, 7)
    z[2] = 1000
    call = student.call("sigmoid_derivative", z)
    assert_close(call.value, reference.sigmoid_derivative(z), "sigmoid_derivative")
    assert_unchanged(call, "sigmoid_derivative", z)
