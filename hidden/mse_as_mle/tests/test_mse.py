"""Hidden tests of `mse`. Trusted side."""

import pytest
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import predictions


@pytest.mark.weight(2)
def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Square each error first, then take the mean of the squares: work out a few by hand."""
    y, t = predictions(rng)
    assert_close(student.mse(y, t), reference.mse(y, t), "mse")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """What do you divide by? A batch may hold a single example, and its mean is its own square."""
    y, t = predictions(rng, N=1)
    assert_close(student.mse(y, t), reference.mse(y, t), "mse")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: y and t must stay as they came."""
    y, t = predictions(rng, N=8)
    call = student.call("mse", y, t)
    assert_close(call.value, reference.mse(y, t), "mse")
    assert_unchanged(call, "mse", y, t)
