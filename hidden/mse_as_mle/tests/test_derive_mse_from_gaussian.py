"""Hidden tests of `derive_mse_from_gaussian`, each stricter than the last. Trusted side."""

import pytest

from autograder.testing import Functions, assert_derivation

pytestmark = pytest.mark.disclosure("public")  # the parts of a derivation are no secret


def test_first_step(student: Functions) -> None:
    """Start with the asked form, and apply one rule of the logarithm to it."""
    assert_derivation(student.derive_mse_from_gaussian(), "derive_mse_from_gaussian", part="start")


def test_every_step_follows(student: Functions) -> None:
    """Take small steps and keep every factor and constant: nothing may be dropped on the way."""
    assert_derivation(student.derive_mse_from_gaussian(), "derive_mse_from_gaussian", part="steps")


def test_complete(student: Functions) -> None:
    """Collect the squares into their mean, and the two logarithms into one: that is the last form."""
    assert_derivation(student.derive_mse_from_gaussian(), "derive_mse_from_gaussian")
