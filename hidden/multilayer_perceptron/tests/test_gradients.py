"""Hidden tests of `gradients`. Trusted side."""

import numpy as np
from numpy.random import Generator

from autograder.testing import Functions, assert_parts_close, assert_unchanged

from .data import (
    PARTS,
    at_the_kink,
    batch,
    cycle,
    wrong_and_sure,
)


def test_output_layer(student: Functions, reference: Functions, rng: Generator) -> None:
    """For the output, the hidden layer is what X is for softmax regression; biases see a one."""
    P, X, t = batch(rng)
    expected = reference.gradients(P, X, t)._asdict()
    output = {part: expected[part] for part in ("W_y", "b_y")}
    assert_parts_close(student.gradients(P, X, t), output, "gradients", of=PARTS)


def test_hidden_layer(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which units were off? Nudge one hidden weight a little and see how nll changes."""
    P, X, t = batch(rng)
    expected = reference.gradients(P, X, t)._asdict()
    hidden = {part: expected[part] for part in ("W_h", "b_h")}
    assert_parts_close(student.gradients(P, X, t), hidden, "gradients", of=PARTS)


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """A batch may hold a single example, and then lacks most classes, whose weights move all the same."""
    P, X, _ = batch(rng)
    X, t = X[:1], np.zeros(1, dtype=np.int64)
    expected = reference.gradients(P, X, t)._asdict()
    assert_parts_close(student.gradients(P, X, t), expected, "gradients")


def test_all_sizes_equal(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which sum goes over the examples? With all sizes equal a wrong axis raises no error."""
    P, X, _ = batch(rng, N=4, D=4, H=4, K=4)
    t = cycle(rng, 4)  # rows and columns exchanged would be other entries
    expected = reference.gradients(P, X, t)._asdict()
    assert_parts_close(student.gradients(P, X, t), expected, "gradients")


def test_at_the_kink(student: Functions, reference: Functions, rng: Generator) -> None:
    """What does a unit pass back whose pre-activation is exactly zero? Read the convention again."""
    P, X, t = at_the_kink(rng)
    expected = reference.gradients(P, X, t)._asdict()
    assert_parts_close(student.gradients(P, X, t), expected, "gradients")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Are all the probabilities still numbers? With large inputs the logits are large."""
    P, X, t = wrong_and_sure(rng)
    expected = reference.gradients(P, X, t)._asdict()
    scale = np.abs(X).max() * np.abs(P.W_y).max()
    assert_parts_close(student.gradients(P, X, t), expected, "gradients", scale=scale)


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: parameters, X and t must stay as they came."""
    P, X, t = batch(rng, N=8, D=4, H=5, K=3)
    call = student.call("gradients", P, X, t)
    assert_parts_close(call.value, reference.gradients(P, X, t)._asdict(), "gradients")
    assert_unchanged(call, "gradients", P, X, t)
