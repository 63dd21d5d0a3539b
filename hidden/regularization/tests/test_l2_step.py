"""Hidden tests of `l2_step`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_parts_close, assert_unchanged
from solutions.multilayer_perceptron import Parameters

from .data import PARTS, batch, network


def test_weights(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does the price add to the gradient of a weight? Differentiate it, then make the step."""
    (P, G), rates = (
        batch(rng),
        {"learning_rate": rng.uniform(0.2, 0.6), "l2": rng.uniform(0.2, 0.6)},
    )
    expected = reference.l2_step(P, G, **rates)._asdict()
    weights = {part: expected[part] for part in ("W_h", "W_y")}
    assert_parts_close(student.l2_step(P, G, **rates), weights, "l2_step", of=PARTS)


def test_biases(student: Functions, reference: Functions, rng: Generator) -> None:
    """Do biases pay? Their step is that of plain gradient descent."""
    (P, G), rates = (
        batch(rng),
        {"learning_rate": rng.uniform(0.2, 0.6), "l2": rng.uniform(0.2, 0.6)},
    )
    expected = reference.l2_step(P, G, **rates)._asdict()
    biases = {part: expected[part] for part in ("b_h", "b_y")}
    assert_parts_close(student.l2_step(P, G, **rates), biases, "l2_step", of=PARTS)


def test_without_price(student: Functions, reference: Functions, rng: Generator) -> None:
    """With strength zero your step should be that of plain gradient descent, for weights and biases."""
    (P, G), rates = batch(rng), {"learning_rate": rng.uniform(0.2, 0.6), "l2": 0.0}
    expected = reference.l2_step(P, G, **rates)._asdict()
    assert_parts_close(student.l2_step(P, G, **rates), expected, "l2_step")


def test_without_gradient(student: Functions, reference: Functions, rng: Generator) -> None:
    """Where the gradient is zero, weights shrink by a factor; look at it, and at what biases do."""
    P, rates = network(rng), {"learning_rate": rng.uniform(0.2, 0.6), "l2": rng.uniform(0.2, 0.6)}
    G = Parameters(*(np.zeros_like(part) for part in P))
    expected = reference.l2_step(P, G, **rates)._asdict()
    assert_parts_close(student.l2_step(P, G, **rates), expected, "l2_step")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed the caller's arrays: parameters and gradients must stay as they came."""
    (P, G), rates = batch(rng, D=3, H=3, K=3), {"learning_rate": 0.25, "l2": rng.uniform(0.2, 0.6)}
    call = student.call("l2_step", P, G, **rates)
    assert_parts_close(call.value, reference.l2_step(P, G, **rates)._asdict(), "l2_step")
    assert_unchanged(call, "l2_step", P, G)
