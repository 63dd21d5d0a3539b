"""Hidden tests of `sigmoid_derivative`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.logistic_regression.data import logits
from autograder.testing import Functions, assert_close, assert_unchanged


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Compare with the slope of σ between two points close to z. Is z the logit, or already σ(z)?"""
    z = logits(rng, 9)
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_matrix_of_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in and one of the same shape comes out: each entry has its own slope."""
    z = logits(rng, 3, 5)
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_integer_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Try an array of whole numbers: a slope below one does not fit into an array of integers."""
    z = rng.permutation(np.arange(-3, 6))
    assert_close(
        student.sigmoid_derivative(z), reference.sigmoid_derivative(z), "sigmoid_derivative"
    )


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = logits(rng, 7)
    call = student.call("sigmoid_derivative", z)
    assert_close(call.value, reference.sigmoid_derivative(z), "sigmoid_derivative")
    assert_unchanged(call, "sigmoid_derivative", z)
