"""Misconceptions of `predict`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Misconception
from solutions.logistic_regression import sigmoid

from ...shared.linear import wrong_linear_parts
from .predict_results import WRONG_RESULTS, of_logits

_SCALES = (
    "One half is a probability. Is what you compare with it a probability too? Which logit belongs to even "
    "chances?"
)
_ONLY_ONES = (
    "You predict class 1 for every example. A probability is never negative: with which number is it to be "
    "compared?"
)
_TIE = (
    "Think of an example that lies exactly on the boundary, where both classes have the same probability. "
    "What does the docstring say about it, and what does your comparison say, or your rounding?"
)
_ONE_LOGIT = (
    "With two classes there is only one logit for each example, and none for each class. With what is it to "
    "be compared?"
)
_WHICH_LABELS = "The classes are called 0 and 1. Which names does your function give them?"


def _if_of_an_array(z: np.ndarray) -> int:
    if z >= 0:
        return 1
    return 0


MISCONCEPTIONS = (
    of_logits(
        "logit-above-one-half",
        "The logit is compared with one half.",
        _SCALES,
        lambda z: (z >= 0.5) * 1,
    ),
    of_logits(
        "all-ones",
        "The probability is compared with 0.",
        _ONLY_ONES,
        lambda z: (sigmoid(z) >= 0) * 1,
    ),
    *(m for m in wrong_linear_parts(lambda z, _: (z >= 0) * 1) if m.id != "column"),
    of_logits(
        "above-one-half",
        "Exactly one half is class 0.",
        _TIE,
        lambda z: (z > 0) * 1,
    ),
    of_logits(
        "cut",
        "The probability is cut to a whole number.",
        "Your function predicts class 1 only if it is perfectly sure. What becomes of 0.9 when it is made an "
        "integer?",
        lambda z: sigmoid(z).astype(int),
    ),
    of_logits(
        "inverted",
        "Classes 0 and 1 are exchanged.",
        "An example with a large logit is surely of class 1. What does your comparison make of it?",
        lambda z: (z < 0) * 1,
    ),
    of_logits(
        "inverted-with-the-boundary",
        "Classes 0 and 1 are exchanged.",
        "An example with a large logit is surely of class 1. What does your comparison make of it?",
        lambda z: (z <= 0) * 1,
    ),
    of_logits(
        "labels-minus-one-and-one",
        "The classes are −1 and 1.",
        _WHICH_LABELS,
        lambda z: np.where(z >= 0, 1, -1),
    ),
    of_logits(
        "labels-one-and-two",
        "The classes are 1 and 2.",
        _WHICH_LABELS,
        lambda z: np.where(z >= 0, 2, 1),
    ),
    of_logits("sign", "The sign of the logit is taken for the class.", _WHICH_LABELS, np.sign),
    of_logits(
        "sign-as-integer",
        "The sign of the logit is taken for the class.",
        _WHICH_LABELS,
        lambda z: np.sign(z).astype(int),
    ),
    of_logits(
        "probabilities",
        "The probabilities are returned.",
        "You return probabilities. How does one decide between the two classes?",
        sigmoid,
    ),
    of_logits(
        "logits",
        "The logits are returned.",
        "You return the logits. Which of them belong to class 1, and which to class 0?",
        lambda z: z,
    ),
    of_logits(
        "if-of-an-array",
        "The logits are compared in an `if`, as if there were one.",
        "An `if` asks one question, but you have N logits. What does a comparison of an array give without "
        "the `if`?",
        _if_of_an_array,
    ),
    of_logits(
        "argmax-of-one-logit",
        "The largest of several logits is looked for.",
        _ONE_LOGIT,
        lambda z: np.argmax(z, axis=1),
    ),
    Misconception(
        "argmax-over-features",
        "The largest entry of a row is looked for, as with several classes.",
        _ONE_LOGIT,
        lambda w, X: np.argmax(X * w, axis=1),
    ),
    Misconception(
        "weights-forgotten",
        "The features themselves are compared.",
        "Your result stays the same whatever the weights are. Where do they come in?",
        lambda _, X: (X.sum(axis=1) >= 0) * 1,
    ),
    of_logits(
        "relative-to-the-median",
        "The boundary is the median of the batch.",
        "The class of an example should not depend on the other examples of the batch. With which fixed "
        "number can the logit be compared?",
        lambda z: (z >= np.median(z)) * 1,
    ),
    *WRONG_RESULTS,
)
