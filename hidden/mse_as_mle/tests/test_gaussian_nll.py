"""Hidden tests of `gaussian_nll`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_close, assert_unchanged

from .data import LOSS_RTOL, predictions


def test_large_variance(student: Functions, reference: Functions, rng: Generator) -> None:
    """Is each square divided by twice σ², not σ? An example costs that, and half the log of a constant."""
    (y, t), variance = predictions(rng), rng.uniform(2.5, 4)
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(student.gaussian_nll(y, t, variance), expected, "gaussian_nll", rtol=LOSS_RTOL)


def test_small_variance(student: Functions, reference: Functions, rng: Generator) -> None:
    """A narrow distribution has a density above one: the loss of a good prediction is negative."""
    (y, t), variance = predictions(rng), rng.uniform(1e-4, 2e-4)
    t = y + (t - y) / 200
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(student.gaussian_nll(y, t, variance), expected, "gaussian_nll", rtol=LOSS_RTOL)


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example: then the loss is its own, and the constant stands once."""
    (y, t), variance = predictions(rng, N=1), rng.uniform(0.3, 0.6)
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(student.gaussian_nll(y, t, variance), expected, "gaussian_nll", rtol=LOSS_RTOL)


def test_far_targets(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you take the log of a density? Far from its mean that rounds to zero; take it by hand first."""
    (y, t), variance = predictions(rng), rng.uniform(0.5, 0.8)
    t = y + 100 * (t - y)
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(student.gaussian_nll(y, t, variance), expected, "gaussian_nll", rtol=LOSS_RTOL)


def test_many_examples(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do you multiply densities? A product of many rounds to zero; the sum of their logs does not."""
    (y, t), variance = predictions(rng, N=int(rng.integers(400, 480))), rng.uniform(20, 30)
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(student.gaussian_nll(y, t, variance), expected, "gaussian_nll", rtol=LOSS_RTOL)


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: y and t must stay as they came."""
    (y, t), variance = predictions(rng, N=8), rng.uniform(0.3, 0.6)
    call = student.call("gaussian_nll", y, t, variance)
    expected = reference.gaussian_nll(y, t, variance)
    assert_close(call.value, expected, "gaussian_nll", rtol=LOSS_RTOL)
    assert_unchanged(call, "gaussian_nll", y, t)
