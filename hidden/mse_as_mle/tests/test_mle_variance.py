"""Hidden tests of `mle_variance`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import predictions


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """Where is the slope of gaussian_nll by σ² zero? Put your value and its neighbours in, and compare."""
    y, t = predictions(rng)
    assert_close(student.mle_variance(y, t), reference.mle_variance(y, t), "mle_variance")


def test_same_error_everywhere(student: Functions, reference: Functions, rng: Generator) -> None:
    """Around which number do you measure the spread? The mean of t's distribution is y, nothing else."""
    y, _ = predictions(rng)
    t = y + rng.uniform(1.5, 2)
    assert_close(student.mle_variance(y, t), reference.mle_variance(y, t), "mle_variance")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """Maximum likelihood divides by N, not by N − 1: one example is enough for a variance here."""
    y, t = predictions(rng, N=1)
    assert_close(student.mle_variance(y, t), reference.mle_variance(y, t), "mle_variance")


def test_far_targets(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you search among some candidates? A formula is right however large or small the errors are."""
    y, t = predictions(rng)
    for scale in (1e-3, 1e3):
        far = y + scale * np.sign(t - y) * (2 + np.abs(t - y))
        expected = reference.mle_variance(y, far)
        assert_close(student.mle_variance(y, far), expected, "mle_variance")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: y and t must stay as they came."""
    y, t = predictions(rng, N=8)
    call = student.call("mle_variance", y, t)
    assert_close(call.value, reference.mle_variance(y, t), "mle_variance")
    assert_unchanged(call, "mle_variance", y, t)
