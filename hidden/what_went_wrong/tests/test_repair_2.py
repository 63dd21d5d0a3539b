"""Hidden tests of `repair_2`. Trusted side.

Each trains case 2 in the sandbox, so that what repairs nothing passes nothing; see `data`.
"""

import pytest
from numpy.random import Generator

from autograder.testing import Functions

from . import data

# The training is the locked cell's, whatever else the notebook calls by its name.
pytestmark = pytest.mark.among_given


def test_both_classes_are_predicted(student: Functions, rng: Generator) -> None:
    """Return features and a factor with which the trained model predicts more than the majority."""
    data.assert_both_classes(student, rng, 2)


@pytest.mark.weight(2)
def test_held_out_examples(student: Functions, rng: Generator) -> None:
    """Train with your repair: the model should be right on most examples it has not seen."""
    data.assert_repaired(student, rng, 2)


def test_each_example_by_itself(student: Functions, rng: Generator) -> None:
    """A repair works in every training; an example's features depend on it alone, not on the others."""
    data.assert_examples_by_themselves(student, rng, 2)


def test_argument_unchanged(student: Functions, rng: Generator) -> None:
    """A repair works in every training, and leaves the caller's array X as it came."""
    data.assert_argument_unchanged(student, rng, 2)
