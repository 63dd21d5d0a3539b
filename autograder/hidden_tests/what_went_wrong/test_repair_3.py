"""Hidden tests of `repair_3`. Trusted side.

Each trains case 3 in the sandbox, so that what repairs nothing passes nothing; see `data`.
"""

import numpy as np
import pytest
from numpy.random import Generator

from autograder.hidden_tests.what_went_wrong.data import (
    assert_both_classes,
    assert_repaired,
    batch,
    predictions,
    repaired,
)
from autograder.testing import Functions, assert_close, assert_unchanged

CASE = 3
# The training is the locked cell's, whatever else the notebook calls by its name.
pytestmark = pytest.mark.among_given


def test_both_classes_are_predicted(student: Functions, rng: Generator) -> None:
    """Return features and a factor with which the trained model predicts more than the majority."""
    drawn = batch(rng, CASE)
    assert_both_classes(predictions(student, rng, CASE, drawn), drawn.t_held)


@pytest.mark.weight(2)
def test_held_out_examples(student: Functions, rng: Generator) -> None:
    """Train with your repair: the model should be right on most examples it has not seen."""
    assert_repaired(student, rng, CASE, batch(rng, CASE))


def test_each_example_by_itself(student: Functions, rng: Generator) -> None:
    """The features of an example depend on it alone, not on the others that come with it."""
    drawn = batch(rng, CASE)
    assert_repaired(student, rng, CASE, drawn)
    some = rng.permutation(np.flatnonzero(drawn.t_held == 1))[:5]
    together, _ = repaired(student.repair_3(drawn.X_held), len(drawn.X_held), "repair_3")
    alone, _ = repaired(student.repair_3(drawn.X_held[some]), len(some), "repair_3")
    assert_close(alone, together[some], "repair_3: features")


def test_argument_unchanged(student: Functions, rng: Generator) -> None:
    """Your function changed the caller's array: X must stay as it came."""
    drawn = batch(rng, CASE)
    assert_repaired(student, rng, CASE, drawn)
    call = student.call("repair_3", drawn.X)
    repaired(call.value, len(drawn.X), "repair_3")
    assert_unchanged(call, "repair_3", drawn.X)
