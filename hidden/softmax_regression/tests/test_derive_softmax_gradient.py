"""Hidden tests of `derive_softmax_gradient`, each stricter than the last. Trusted side."""

import pytest

from autograder.testing import Functions, assert_derivation

pytestmark = pytest.mark.disclosure("public")  # the parts of a derivation are no secret


def test_first_step(student: Functions) -> None:
    """Start with the asked form, not yet differentiated, and apply one rule to it."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient", part="start")


def test_every_step_follows(student: Functions) -> None:
    """Take small steps, and put numbers in: each must have the value of the one before."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient", part="steps")


def test_complete(student: Functions) -> None:
    """Go on to the asked last form, in enough steps that each look different."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient")
