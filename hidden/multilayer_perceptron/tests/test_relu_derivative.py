"""Hidden tests of `relu_derivative`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_equal, assert_unchanged

from .data import points


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """How steep is ReLU left of zero, and how steep right of it? Draw it."""
    z = points(rng, 9)
    assert_equal(student.relu_derivative(z), reference.relu_derivative(z), "relu_derivative")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in, and one of the same shape comes out."""
    z = points(rng, 3, 1, 5)
    assert_equal(student.relu_derivative(z), reference.relu_derivative(z), "relu_derivative")


def test_at_the_kink(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which slope was agreed on at zero itself? Very close to zero it is that of its side."""
    z = rng.permutation([0.0, -0.0, 1e-9, -1e-9, 1e-300, -1e-300])
    assert_equal(student.relu_derivative(z), reference.relu_derivative(z), "relu_derivative")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into z."""
    z = points(rng, 7)
    call = student.call("relu_derivative", z)
    assert_equal(call.value, reference.relu_derivative(z), "relu_derivative")
    assert_unchanged(call, "relu_derivative", z)
