"""Hidden tests of `glm_table`, one for each entry: each is right or wrong by itself. Trusted side."""

import pytest
from numpy.random import Generator

from autograder.testing import Functions, assert_text, entry

from .data import assert_entry

pytestmark = pytest.mark.disclosure("public")  # an entry that is wrong is named


def test_linear_activation(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does linear regression do to its logit? The mean that it predicts may be any number."""
    assert_entry(student, reference, rng, "linear", "activation")


def test_linear_distribution(student: Functions, reference: Functions) -> None:
    """Which noise is it around the prediction? The logarithm of its density is a square and a constant."""
    got = entry(student.glm_table(), "linear", "distribution")
    assert_text(got, reference.glm_table()["linear"]["distribution"], "linear: distribution")


def test_linear_loss(student: Functions, reference: Functions, rng: Generator) -> None:
    """Take −log of the density with variance 1 by hand: a factor stands before the square."""
    assert_entry(student, reference, rng, "linear", "loss")


def test_linear_gradient(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does the factor that falls from the square meet? Differentiate your loss with respect to z."""
    assert_entry(student, reference, rng, "linear", "gradient")


def test_logistic_activation(student: Functions, reference: Functions, rng: Generator) -> None:
    """The mean of a target that is 0 or 1 is a probability: it has to grow with z, from 0 to 1."""
    assert_entry(student, reference, rng, "logistic", "activation")


def test_logistic_distribution(student: Functions, reference: Functions) -> None:
    """Which distribution is over 0 and 1 alone? One probability is its only parameter."""
    got = entry(student.glm_table(), "logistic", "distribution")
    assert_text(got, reference.glm_table()["logistic"]["distribution"], "logistic: distribution")


def test_logistic_loss(student: Functions, reference: Functions, rng: Generator) -> None:
    """Put t = 0 and t = 1 into your loss: each has to leave −log of the probability of that class."""
    assert_entry(student, reference, rng, "logistic", "loss")


def test_logistic_gradient(student: Functions, reference: Functions, rng: Generator) -> None:
    """What is left in the chain rule? The slope of the activation meets a fraction and cancels it."""
    assert_entry(student, reference, rng, "logistic", "gradient")


def test_softmax_activation(student: Functions, reference: Functions, rng: Generator) -> None:
    """One probability for each class: they sum to one, and each grows with its own logit."""
    assert_entry(student, reference, rng, "softmax", "activation")


def test_softmax_distribution(student: Functions, reference: Functions) -> None:
    """Which distribution picks one of several classes? Each has a probability of its own."""
    got = entry(student.glm_table(), "softmax", "distribution")
    assert_text(got, reference.glm_table()["softmax"]["distribution"], "softmax: distribution")


def test_softmax_loss(student: Functions, reference: Functions, rng: Generator) -> None:
    """The right class is class 0: how probable was it? No other probability stands in −log p."""
    assert_entry(student, reference, rng, "softmax", "loss")


def test_softmax_gradient(student: Functions, reference: Functions, rng: Generator) -> None:
    """The logits of wrong classes stand in the denominator: the loss has a slope along each of them."""
    assert_entry(student, reference, rng, "softmax", "gradient")
