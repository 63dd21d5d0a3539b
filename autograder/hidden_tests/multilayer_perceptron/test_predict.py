"""Hidden tests of `predict`. Trusted side."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.hidden_tests.multilayer_perceptron.data import cycle, labels, with_logits
from autograder.testing import Functions, assert_equal, assert_integers, assert_unchanged
from solutions.multilayer_perceptron import Parameters


def clear_logits(rng: Generator, best: NDArray[np.int64], K: int) -> NDArray[np.float64]:
    """Class `best` of each row wins by 1 or more; the next has the logit farthest from 0.

    In the first row another class comes close, so that digits matter. In one row whose class is not 0 all
    logits are negative.
    """
    N = len(best)
    Z = rng.uniform(-2, 1, size=(N, K))
    Z[np.arange(N), best] = rng.uniform(2, 2.5, size=N)
    Z[np.arange(N), (best + 1) % K] = -4
    Z[0, (best[0] + 2) % K] = Z[0, best[0]] - 0.02
    Z[np.argmax(best)] -= 3
    return Z


def test_labels(student: Functions, reference: Functions, rng: Generator) -> None:
    """Along which axis do the classes lie? Each example gets the most probable one."""
    P, X = with_logits(rng, clear_logits(rng, labels(rng, 23, 4), 4), D=6, H=11)
    assert_equal(student.predict(P, X), reference.predict(P, X), "predict")


def test_as_many_examples_as_classes(
    student: Functions, reference: Functions, rng: Generator
) -> None:
    """There is one label for each example: with N = K a wrong axis raises no error."""
    best = cycle(rng, 4)  # the wrong axis would give its inverse
    P, X = with_logits(rng, clear_logits(rng, best, 4), D=6, H=7)
    assert_equal(student.predict(P, X), reference.predict(P, X), "predict")


def test_ties(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which class wins when several are equally probable? Read the definition once more."""
    # Whole numbers: the logits are exact in whatever order they are summed.
    Z = np.array([[3, 3, 1, 0], [0, 2, 1, 2], [1, 0, 3, 3], [2, 2, 2, 2], [0, 1, 0, 4]])
    W_h = np.hstack([np.eye(4), -np.eye(4)])
    W_y = np.vstack([np.eye(4), rng.integers(-9, 9, size=(4, 4))])  # the last units are all off
    P = Parameters(W_h, np.zeros(8), W_y, np.full(4, float(rng.integers(-9, 9))))
    X = Z + rng.integers(0, 9, size=(5, 1)).astype(float)
    # The largest feature is not that of the class.
    P, X = P._replace(W_h=np.roll(W_h, 1, axis=0)), np.roll(X, 1, axis=1)
    assert_equal(student.predict(P, X), reference.predict(P, X), "predict")


def test_large_logits(student: Functions, reference: Functions, rng: Generator) -> None:
    """Does your comparison survive large logits? It takes place within one example only."""
    Z = rng.uniform(8, 11, size=(6, 3))
    Z[0, 0] = 15  # class 0 would win here without the biases
    Z[5] = [6, 11, 30]  # in column 1 no row is larger, in column 0 none smaller
    P, X = with_logits(rng, 1000 * rng.permutation(Z), D=5, H=6)
    P = P._replace(b_y=P.b_y + np.array([0, 10_000, 0]))
    assert_equal(student.predict(P, X), reference.predict(P, X), "predict")


def test_single_example(student: Functions, reference: Functions, rng: Generator) -> None:
    """One example gets one label: still an array, as long as X has rows."""
    P, X = with_logits(rng, clear_logits(rng, np.array([2, 0, 3, 1]), 4), D=6, H=7)
    for one in (X[:1], X[1:2]):
        assert_equal(student.predict(P, one), reference.predict(P, one), "predict")


def test_labels_are_integers(student: Functions, reference: Functions, rng: Generator) -> None:
    """Which dtype does your array have? Labels are whole numbers, which others use as indices."""
    P, X = with_logits(rng, clear_logits(rng, labels(rng, 5, 3), 3), D=4, H=6)
    predicted = student.predict(P, X)
    assert_equal(predicted, reference.predict(P, X), "predict")
    assert_integers(predicted, "predict")


def test_arguments_unchanged(student: Functions, reference: Functions, rng: Generator) -> None:
    """Your function changed one of the caller's arrays: parameters and X must stay as they came."""
    P, X = with_logits(rng, clear_logits(rng, labels(rng, 8, 5), 5), D=6, H=9)
    call = student.call("predict", P, X)
    assert_equal(call.value, reference.predict(P, X), "predict")
    assert_unchanged(call, "predict", P, X)
