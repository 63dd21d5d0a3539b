"""Hidden tests of `forward`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_parts_close, assert_unchanged

from .data import batch, wrong_and_sure


def test_hidden_layer(student: Functions, reference: Functions, rng: Generator) -> None:
    """Work one hidden unit out by hand: its weighted inputs, its bias, then the activation."""
    P, X, _ = batch(rng)
    hidden, _ = reference.forward(P, X)
    assert_parts_close(student.forward(P, X), {"H": hidden}, "forward", of=("H", "Y"))


def test_probabilities(student: Functions, reference: Functions, rng: Generator) -> None:
    """The outputs see the hidden layer only: their logits may be negative, their softmax not."""
    P, X, _ = batch(rng, N=5, D=7, H=3, K=6)
    _, Y = reference.forward(P, X)
    assert_parts_close(student.forward(P, X), {"Y": Y}, "forward", of=("H", "Y"))


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """One example is still a row: both results keep it as theirs."""
    P, X, _ = batch(rng)
    hidden, Y = reference.forward(P, X[:1])
    assert_parts_close(student.forward(P, X[:1]), {"H": hidden, "Y": Y}, "forward")


def test_all_sizes_equal(student: Functions, reference: Functions, rng: Generator) -> None:
    """With all sizes equal a wrong axis raises no error: rows are examples, columns are units."""
    P, X, _ = batch(rng, N=4, D=4, H=4, K=4)
    hidden, Y = reference.forward(P, X)
    assert_parts_close(student.forward(P, X), {"H": hidden, "Y": Y}, "forward")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Are all the probabilities still numbers? With large inputs the logits are large."""
    P, X, _ = wrong_and_sure(rng)
    _, Y = reference.forward(P, X)
    assert_parts_close(student.forward(P, X), {"Y": Y}, "forward", of=("H", "Y"))


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: parameters and X must stay as they came."""
    P, X, _ = batch(rng, N=8, D=3)
    hidden, Y = reference.forward(P, X)
    call = student.call("forward", P, X)
    assert_parts_close(call.value, {"H": hidden, "Y": Y}, "forward")
    assert_unchanged(call, "forward", P, X)
