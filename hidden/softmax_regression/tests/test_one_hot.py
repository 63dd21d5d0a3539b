"""Hidden tests of `one_hot`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_equal, assert_floats, assert_unchanged

from .data import labels


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which is the first class? Each example has a row of K entries, with its one at the label."""
    t = labels(rng, 7, 4)
    assert_equal(student.one_hot(t, 4), reference.one_hot(t, 4), "one_hot")


def test_absent_classes(student: Functions, reference: Functions, rng: Generator) -> None:
    """A small batch may lack some classes: how many classes there are belongs to the model."""
    t = rng.integers(1, 5, size=1)
    assert_equal(student.one_hot(t, 6), reference.one_hot(t, 6), "one_hot")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """With N = K rows and columns are easily mixed up: the rows are the examples."""
    t = rng.permutation([0, 2, 2, 3])
    assert_equal(student.one_hot(t, 4), reference.one_hot(t, 4), "one_hot")


def test_entries_are_floats(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which dtype does your array have? Probabilities are compared with these rows."""
    t = labels(rng, 5, 3)
    encoded = student.one_hot(t, 3)
    assert_equal(encoded, reference.one_hot(t, 3), "one_hot")
    assert_floats(encoded, "one_hot")


def test_labels_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into t."""
    t = labels(rng, 8, 5)
    call = student.call("one_hot", t, 5)
    assert_equal(call.value, reference.one_hot(t, 5), "one_hot")
    assert_unchanged(call, "one_hot", t)
