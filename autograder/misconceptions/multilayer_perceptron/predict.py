"""Misconceptions of `predict`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.multilayer_perceptron.network import Way, slips_of, way
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    Transformation,
    each_part,
)
from solutions.multilayer_perceptron import forward, predict


def _predict(through: Way) -> Function:
    """The right decision on a way through the network."""
    return lambda P, X: np.argmax(through(P, X)[1], axis=1)


def _of_logits(choose: Callable[[np.ndarray], object]) -> Function:
    """Another decision by the right logits."""
    return lambda P, X: choose(way()(P, X)[1])


def _of_probabilities(choose: Callable[[np.ndarray], object]) -> Function:
    """Another decision by the right probabilities."""
    return lambda P, X: choose(forward(P, X)[1])


def _last(Z: np.ndarray) -> np.ndarray:
    return Z.shape[1] - 1 - np.argmax(Z[:, ::-1], axis=1)


def _p(Z: np.ndarray) -> np.ndarray:
    return special.softmax(Z, axis=1)


# Labels say too little: a network without its output biases, or with another activation, often predicts
# one class for all, whichever of these was changed.
NOT_TOLD_APART = (
    "no-biases",
    "step",
    "tanh",
    "sigmoid",
    "softmax-in-both",
    "output-from-the-pre-activation",
)

# Probabilities and logits agree about the classes of one example, but not about examples or about what is
# stored as 0.
BY_EITHER = (
    (
        "axis-0",
        "The largest entry of each column is looked for.",
        "Count your labels: is there one for each example, or one for each class? Along which axis do the "
        "classes of one example lie?",
        lambda Z: np.argmax(Z, axis=0),
    ),
    (
        "one-for-all",
        "The largest entry of the whole array is looked for.",
        "One number comes out, however many examples you give. Each example has a decision of its own.",
        np.argmax,
    ),
    (
        "least-probable",
        "The smallest probability is looked for.",
        "Your labels name the class that the network thinks of least. What does the name of your NumPy "
        "function say?",
        lambda Z: np.argmin(Z, axis=1),
    ),
)

MISCONCEPTIONS = (
    *slips_of(_predict, but=NOT_TOLD_APART),
    *(
        Misconception(name + suffix, belief, hint, of(choose))
        for name, belief, hint, choose in BY_EITHER
        for suffix, of in (("", _of_probabilities), ("-by-logits", _of_logits))
    ),
    Misconception(
        "of-the-hidden-layer",
        "The most active hidden unit is the class.",
        "Your labels count hidden units. Which of the two things that `forward` returns has a column for "
        "each class?",
        lambda P, X: np.argmax(forward(P, X)[0], axis=1),
    ),
    Misconception(
        "of-the-pair",
        "argmax is taken of all that forward returns.",
        "`forward` returns two things. Take them apart before you look for the largest entry.",
        lambda P, X: np.argmax(forward(P, X), axis=1),
    ),
    Misconception(
        "last-of-equals",
        "Of equally probable classes the last one wins.",
        "Everything is right but for ties. Which of several largest does your way of choosing find?",
        _of_logits(_last),
    ),
    Misconception(
        "all-of-equals",
        "All classes are returned that are as probable as the best.",
        "Count your labels when two classes of an example are equally probable: there is one too many.",
        _of_logits(lambda Z: np.where(Z.max(axis=1, keepdims=True) == Z)[1]),
    ),
    Misconception(
        "largest-in-size",
        "The logit farthest from 0 wins.",
        "A logit far below 0 speaks against a class. What does your decision make of it?",
        _of_logits(lambda Z: np.argmax(np.abs(Z), axis=1)),
    ),
    Misconception(
        "from-1",
        "Classes are counted from 1.",
        "All your labels are one too high: with which number do classes begin?",
        lambda P, X: predict(P, X) + 1,
    ),
    Misconception(
        "more-than-half",
        "Probabilities are rounded, or the one above ½ is looked for.",
        "With many classes the best one may have less than ½. What does your function decide then?",
        _of_logits(lambda Z: np.argmax(_p(Z) > 0.5, axis=1)),
    ),
    Misconception(
        "positive-logit",
        "The first class with a positive logit wins.",
        "You stop at the first logit above 0, as one would with two classes. Which of the later ones may be "
        "larger?",
        _of_logits(lambda Z: np.argmax(Z > 0, axis=1)),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "Try logits in the thousands: are your probabilities numbers? Your forward, and the given softmax, "
        "stay right there.",
        _of_logits(lambda Z: np.argmax(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True), axis=1)),
    ),
    Misconception(
        "softmax-over-examples",
        "Softmax goes over the examples.",
        "You compare probabilities that sum to one over the examples. Which sums should be one, and does the "
        "decision need them at all?",
        _of_logits(lambda Z: np.argmax(special.softmax(Z, axis=0), axis=1)),
    ),
    Misconception(
        "one-distribution",
        "Softmax goes over the whole array.",
        "Your probabilities sum to one over all examples together, so that some examples have nothing but "
        "zeros left. What should sum to one?",
        _of_logits(lambda Z: np.argmax(special.softmax(Z), axis=1)),
    ),
    Misconception(
        "probabilities",
        "The probabilities are returned.",
        "You return how probable each class is. What does the decision look like: what is the number of a "
        "class?",
        lambda P, X: forward(P, X)[1],
    ),
    Misconception(
        "largest-probability",
        "The largest probability is returned.",
        "You return how large the largest probability is. The question is where it stands.",
        lambda P, X: forward(P, X)[1].max(axis=1),
    ),
    Misconception(
        "one-hot",
        "The label is a row with a single 1.",
        "Your labels are rows of zeros and a one. In `t` a label is a number: return the same kind of thing.",
        _of_logits(lambda Z: np.eye(Z.shape[1])[np.argmax(Z, axis=1)]),
    ),
    Misconception(
        "column",
        "Labels are a column.",
        "Compare the shape of your labels with that of `t`: there is one axis too many.",
        _of_logits(lambda Z: np.argmax(Z, axis=1, keepdims=True)),
    ),
    Misconception(
        "number-for-one-example",
        "A single example gets a plain number.",
        "Give your function one example, a matrix of one row: the labels should still be an array, as long "
        "as X has rows.",
        _of_logits(lambda Z: np.squeeze(np.argmax(Z, axis=1))),
    ),
    Transformation(
        "floats",
        "Labels are floats.",
        "Your labels are right, but look at their dtype: would they do as indices?",
        each_part(lambda value, _: np.asarray(value, dtype=float)),
    ).of(predict),
    LISTED.of(predict),
    NOTHING_RETURNED.of(predict),
)
