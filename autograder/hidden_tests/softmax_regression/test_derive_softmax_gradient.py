"""Hidden tests of `derive_softmax_gradient`. Trusted side. Each test asks for more than the one before."""

from autograder.testing import Functions, assert_derivation


def test_first_step(student: Functions) -> None:
    """Start with the asked form, not yet differentiated; then apply one rule of differentiation to it."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient", part="start")


def test_every_step_follows(student: Functions) -> None:
    """Some step does not follow from the one before it: put a number in for each symbol and compare."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient", part="steps")


def test_complete(student: Functions) -> None:
    """Go on until the last line has the asked form, in enough steps that each look different."""
    assert_derivation(student.derive_softmax_gradient(), "derive_softmax_gradient")
