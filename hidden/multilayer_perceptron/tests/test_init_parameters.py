"""Hidden tests of `init_parameters`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import (
    Functions,
    Rng,
    assert_distinct,
    assert_draws,
    assert_equal,
    assert_parts_close,
    assert_uniform,
    parts,
)

from .data import PARTS, generator

D, H, K = 9, 70, 8


def test_hidden_weights_fill_their_range(student: Functions, rng: Generator) -> None:
    """How far may the weights of the hidden layer be from zero? It depends on its inputs."""
    drawn = parts(student.init_parameters(D, H, K, generator(rng)), PARTS, "init_parameters")
    assert_uniform(drawn["W_h"], (D, H), 1 / np.sqrt(D), "init_parameters: W_h")


def test_output_weights_fill_their_range(student: Functions, rng: Generator) -> None:
    """How far may the weights of the output be from zero? Its inputs are the hidden units."""
    drawn = parts(student.init_parameters(D, H, K, generator(rng)), PARTS, "init_parameters")
    assert_uniform(drawn["W_y"], (H, K), 1 / np.sqrt(H), "init_parameters: W_y")


def test_biases_are_zero_and_weights_are_not(student: Functions, rng: Generator) -> None:
    """Where does a bias start, and how many biases has a layer? Only the weights are random."""
    drawn = parts(student.init_parameters(D, H, K, generator(rng)), PARTS, "init_parameters")
    assert_equal(drawn["b_h"], np.zeros(H), "init_parameters: b_h")
    assert_equal(drawn["b_y"], np.zeros(K), "init_parameters: b_y")
    assert_distinct(drawn["W_h"], (D, H), "init_parameters: W_h")


def test_drawn_in_order(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which weights are drawn first? All of one layer at once, and from the passed generator."""
    chance = generator(rng)
    expected = reference.init_parameters(4, 6, 3, chance)._asdict()
    assert_parts_close(student.init_parameters(4, 6, 3, chance), expected, "init_parameters")


def test_draws_nothing_else(student: Functions, reference: Functions, rng: Generator) -> None:
    """All chance comes from the generator that is passed, and each weight takes one number of it."""
    chance = Rng("RandomState", int(rng.integers(2**31)))
    call = student.call("init_parameters", 5, 5, 5, chance)
    expected = reference.call("init_parameters", 5, 5, 5, chance)
    assert_parts_close(call.value, expected.value._asdict(), "init_parameters")
    assert_draws(call, expected, "init_parameters")
