"""Hidden tests of `predict`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_equal, assert_integers, assert_unchanged

from .data import examples, weights

CLEAR = np.array([-3.0, -0.7, 0.8, 1.0, 2.0, 4.0, 5.0])  # neither mean nor median divides them


def test_clear_cases(student: Functions, reference: Functions, rng: Generator) -> None:
    """Each example gets the more probable class, 0 or 1."""
    w = weights(rng, 4)
    X = examples(rng, w, rng.permutation(CLEAR))
    assert_equal(student.predict(w, X), reference.predict(w, X), "predict")


def test_close_to_the_boundary(student: Functions, reference: Functions, rng: Generator) -> None:
    """At which logit is p = ½? Close to the boundary the smallest push decides."""
    w = weights(rng, 3)
    X = examples(rng, w, rng.permutation([-0.4, 0.4, -0.2, 0.2, 0.1]))
    assert_equal(student.predict(w, X), reference.predict(w, X), "predict")


def test_exactly_on_the_boundary(student: Functions, reference: Functions, rng: Generator) -> None:
    """What is predicted when p is exactly ½? Read the definition once more."""
    a, b = rng.integers(1, 9, size=2).astype(float)
    w = np.array([a, -b, a - b])
    # Whole numbers: the logits 0, 0, −a and 0 are exact in whatever order they are summed.
    X = np.array([[-1, -1, 1], [-1 + b, -1 + a, 1], [-2, -1, 1], [-1 - b, -1 - a, 1]])
    assert_equal(student.predict(w, X), reference.predict(w, X), "predict")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """One example gets one label: still an array, as long as X has rows."""
    w = weights(rng, 4)
    for z in (-2.0, 2.0):
        X = examples(rng, w, np.array([z]))
        assert_equal(student.predict(w, X), reference.predict(w, X), "predict")


def test_labels_are_integers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which dtype does your array have? Labels are whole numbers, which others use as indices."""
    w = weights(rng, 4)
    X = examples(rng, w, rng.permutation(CLEAR))
    labels = student.predict(w, X)
    assert_equal(labels, reference.predict(w, X), "predict")
    assert_integers(labels, "predict")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: w and X must stay as they came."""
    w = weights(rng, 5)
    X = examples(rng, w, rng.permutation(CLEAR))
    call = student.call("predict", w, X)
    assert_equal(call.value, reference.predict(w, X), "predict")
    assert_unchanged(call, "predict", w, X)
