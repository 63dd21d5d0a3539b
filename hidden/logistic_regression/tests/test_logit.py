"""Hidden tests of `logit`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import probabilities


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which probability has logit 0? The logit undoes σ: put σ(z) in, and z must come out."""
    p = probabilities(rng, 9)
    assert_close(student.logit(p), reference.logit(p), "logit")


def test_any_shape(student: Functions, reference: Functions, rng: Generator) -> None:
    """An array of any shape goes in, and one of the same shape comes out."""
    p = probabilities(rng, 3, 1, 5)
    assert_close(student.logit(p), reference.logit(p), "logit")


def test_rare_and_nearly_certain(student: Functions, reference: Functions, rng: Generator) -> None:
    """Probabilities close to 0 and to 1 have logits too: nothing has to be added or cut off."""
    rare = np.array([1e-4, 5e-7, 1e-7]) * rng.uniform(0.7, 0.9, size=3)
    p = np.concatenate([rare, 1 - rare[:2]])
    assert_close(student.logit(p), reference.logit(p), "logit")


def test_argument_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: make a new one instead of writing into p."""
    p = probabilities(rng, 7)
    call = student.call("logit", p)
    assert_close(call.value, reference.logit(p), "logit")
    assert_unchanged(call, "logit", p)
