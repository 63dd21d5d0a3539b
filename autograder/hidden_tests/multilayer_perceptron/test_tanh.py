"""Hidden tests of `tanh`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.hidden_tests.multilayer_perceptron.data import points
from autograder.testing import Functions, assert_close, assert_unchanged


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Tanh rises from −1 to 1 and is 0 at z = 0: work out a few values by hand and compare."""
    z = np.append(points(rng, 8) / 2, 0.0)
    assert_close(student.tanh(z), reference.tanh(z), "tanh")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """A number or an array of any shape goes in, and one of the same shape comes out."""
    for z in (points(rng, 4, 1, 3), rng.uniform(0.5, 1)):
        assert_close(student.tanh(z), reference.tanh(z), "tanh")


def test_integers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Try an array of whole numbers: tanh of a whole number does not fit into an array of integers."""
    z = rng.permutation(np.arange(-3, 5))
    assert_close(student.tanh(z), reference.tanh(z), "tanh")


def test_far_from_zero(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which exponential is too large? Far out tanh ends in −1 on one side, in 1 on the other."""
    far = np.array([20, 300, 1000, 1e300]) * rng.uniform(0.95, 1.0, 4)
    z = np.concatenate([far, -far, [0.7, -0.4]])  # on the way there it is no step
    assert_close(student.tanh(z), reference.tanh(z), "tanh")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = points(rng, 7)
    z[2] = -1000
    call = student.call("tanh", z)
    assert_close(call.value, reference.tanh(z), "tanh")
    assert_unchanged(call, "tanh", z)
