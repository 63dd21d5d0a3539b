"""Misconceptions of `forward`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special

from autograder.misconceptions import After, Function, Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
    NotApplicableError,
    Transformation,
)
from solutions.multilayer_perceptron import forward

from .network import Way, before, slips_of, way


def _forward(through: Way) -> Function:
    """The right output on a way through the network."""

    def wrong(P: Any, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden, Z = through(P, X)
        return hidden, special.softmax(Z, axis=-1)

    return wrong


def _with_output(output: Callable[[np.ndarray], np.ndarray]) -> Function:
    """Another output on the right way."""

    def wrong(P: Any, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden, Z = way()(P, X)
        return hidden, output(Z)

    return wrong


def _pair(change: Callable[[Any, Any], Any]) -> After:
    """What is returned of a pair of two."""

    def after(value: Any, *_: Any) -> Any:
        if not isinstance(value, tuple) or len(value) != 2:
            raise NotApplicableError
        return change(*value)

    return after


def _unshifted(Z: np.ndarray) -> np.ndarray:
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def _shifted_by_one(Z: np.ndarray) -> np.ndarray:
    return _unshifted(Z - Z.max())


EACH_ROW = (
    "Each row of Y is the distribution of one example. Add up your probabilities along each axis: which sums "
    "are 1?"
)

MISCONCEPTIONS = (
    *slips_of(_forward),
    Misconception(
        "pre-activation-returned",
        "The hidden layer is returned as it is before ReLU.",
        "Your probabilities are right, but look for negative numbers in what you return as the hidden layer. "
        "Is it taken before the activation, or after it?",
        lambda P, X: (before(P, X), forward(P, X)[1]),
    ),
    Misconception(
        "logits-returned",
        "The output is what comes before softmax.",
        "Your hidden layer is right. Look at the rows of your output: are they probabilities?",
        _with_output(lambda Z: Z),
    ),
    Misconception(
        "log-probabilities",
        "The output is the logarithm of the probabilities.",
        "Your hidden layer is right. Your output is never positive: which of the two given functions did you "
        "call?",
        _with_output(lambda Z: special.log_softmax(Z, axis=-1)),
    ),
    Misconception(
        "relu-output",
        "The output has ReLU in the place of softmax.",
        "Your hidden layer is right. Look at the rows of your output: are they probabilities?",
        _with_output(lambda Z: np.maximum(0, Z)),
    ),
    Misconception(
        "sigmoid-output",
        "Each output is a sigmoid.",
        "The classes exclude each other, but your probabilities of one example need not add up to one. Which "
        "activation compares the logits of an example?",
        _with_output(special.expit),
    ),
    Misconception(
        "classes-returned",
        "The output is the most probable class.",
        "You decide already. What comes out of the network is a probability for each class; the decision is "
        "an exercise of its own.",
        _with_output(lambda Z: Z.argmax(axis=1)),
    ),
    Misconception(
        "one-distribution",
        "Softmax goes over the whole array.",
        EACH_ROW,
        _with_output(special.softmax),
    ),
    Misconception(
        "axis-0",
        "Softmax goes over the examples.",
        EACH_ROW,
        _with_output(lambda Z: special.softmax(Z, axis=0)),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "Try a logit of 1000. You wrote a softmax once that stays right there, and here it is given: do you "
        "use it?",
        _with_output(_unshifted),
    ),
    Misconception(
        "one-shift",
        "One maximum is subtracted from all rows.",
        "Try two examples with logits about 0 and about 5000: what is left of the first after your shift? "
        "Each row has a largest logit of its own.",
        _with_output(_shifted_by_one),
    ),
    Misconception(
        "keepdims-forgotten",
        "The sums of the rows lost an axis, so that they are spread over the columns.",
        "Print the shape of your denominator beside that of the exponentials. Along which axis does NumPy "
        "line them up?",
        _with_output(lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1)),
    ),
    Transformation(
        "exchanged",
        "The output is returned first.",
        "You return the right two arrays, but which of them should be the first?",
        _pair(lambda hidden, Y: (Y, hidden)),
    ).of(forward),
    Transformation(
        "output-only",
        "Only the probabilities are returned.",
        "Your probabilities are not all that is asked for: training will need the hidden layer too.",
        _pair(lambda _, Y: Y),
    ).of(forward),
    Transformation(
        "hidden-only",
        "Only the hidden layer is returned.",
        "You return half of what is asked for: where does the output go?",
        _pair(lambda hidden, _: hidden),
    ).of(forward),
    Misconception(
        "pre-activation-beside",
        "The pre-activations are returned as well.",
        "You return three arrays, and the docstring asks for a pair. Which of the three is not wanted?",
        lambda P, X: (before(P, X), *forward(P, X)),
    ),
    Misconception(
        "logits-beside",
        "The logits are returned as well.",
        "You return three arrays, and the docstring asks for a pair. Which of the three is not wanted?",
        lambda P, X: (forward(P, X)[0], way()(P, X)[1], forward(P, X)[1]),
    ),
    TRANSPOSED.of(forward),
    SINGLE_PRECISION.of(forward),
    LISTED.of(forward),
    NOTHING_RETURNED.of(forward),
)
