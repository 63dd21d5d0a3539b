"""Misconceptions of `predict`. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import After, Misconception
from autograder.misconceptions.linear import wrong_linear_parts
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    Arguments,
    NotApplicableError,
    Transformation,
    each_part,
)
from solutions.logistic_regression import predict, sigmoid

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
_WHICH_LABELS = "The classes are called 0 and 1. Which names does your function give them?"
_COUNT = (
    "You return {}. The docstring asks for the class of each example, in their order: one number for each "
    "row of X."
)
_DTYPE = (
    "Others will use the classes as indices. Compare the dtype of your result with the docstring."
)


def _labels_as(dtype: type) -> After:
    def change(value: Any, _: Arguments) -> Any:
        if not np.isin(value, (0, 1)).all():
            raise NotApplicableError
        return np.asarray(value).astype(dtype)

    return each_part(change)


BOOLEANS = Transformation("booleans", "A comparison is returned.", _DTYPE, _labels_as(bool))
FLOATS = Transformation("floats", "The classes are floats.", _DTYPE, _labels_as(float))


def _of_logits(
    id_: str, belief: str, hint: str, decide: Callable[[np.ndarray], object]
) -> Misconception:
    return Misconception(id_, belief, hint, lambda w, X: decide(X @ w))


def _if_of_an_array(z: np.ndarray) -> int:
    if z >= 0:
        return 1
    return 0


def _first_example(z: np.ndarray) -> int | None:
    for logit in z:
        return int(logit >= 0)
    return None


MISCONCEPTIONS = (
    _of_logits(
        "logit-above-one-half",
        "The logit is compared with one half.",
        _SCALES,
        lambda z: (z >= 0.5) * 1,
    ),
    _of_logits(
        "all-ones",
        "The probability is compared with 0.",
        _ONLY_ONES,
        lambda z: (sigmoid(z) >= 0) * 1,
    ),
    *(m for m in wrong_linear_parts(lambda z, _: (z >= 0) * 1) if m.id != "column"),
    _of_logits(
        "above-one-half",
        "Exactly one half is class 0.",
        _TIE,
        lambda z: (z > 0) * 1,
    ),
    _of_logits(
        "cut",
        "The probability is cut to a whole number.",
        "Your function predicts class 1 only if it is perfectly sure. What becomes of 0.9 when it is made an "
        "integer?",
        lambda z: sigmoid(z).astype(int),
    ),
    _of_logits(
        "inverted",
        "Classes 0 and 1 are exchanged.",
        "An example with a large logit is surely of class 1. What does your comparison make of it?",
        lambda z: (z < 0) * 1,
    ),
    _of_logits(
        "inverted-with-the-boundary",
        "Classes 0 and 1 are exchanged.",
        "An example with a large logit is surely of class 1. What does your comparison make of it?",
        lambda z: (z <= 0) * 1,
    ),
    _of_logits(
        "labels-minus-one-and-one",
        "The classes are −1 and 1.",
        _WHICH_LABELS,
        lambda z: np.where(z >= 0, 1, -1),
    ),
    _of_logits(
        "labels-one-and-two",
        "The classes are 1 and 2.",
        _WHICH_LABELS,
        lambda z: np.where(z >= 0, 2, 1),
    ),
    _of_logits("sign", "The sign of the logit is taken for the class.", _WHICH_LABELS, np.sign),
    _of_logits(
        "sign-as-integer",
        "The sign of the logit is taken for the class.",
        _WHICH_LABELS,
        lambda z: np.sign(z).astype(int),
    ),
    _of_logits(
        "probabilities",
        "The probabilities are returned.",
        "You return probabilities. How does one decide between the two classes?",
        sigmoid,
    ),
    _of_logits(
        "logits",
        "The logits are returned.",
        "You return the logits. Which of them belong to class 1, and which to class 0?",
        lambda z: z,
    ),
    _of_logits(
        "column",
        "The result is a column.",
        _COUNT.format("a table"),
        lambda z: (z >= 0).astype(int)[:, None],
    ),
    _of_logits(
        "table-of-both-classes",
        "Each class has a column.",
        _COUNT.format("a table"),
        lambda z: np.stack([z < 0, z >= 0], axis=1) * 1,
    ),
    _of_logits(
        "count",
        "The examples of class 1 are counted.",
        _COUNT.format("a single number"),
        lambda z: np.sum(z >= 0),
    ),
    _of_logits(
        "argmax-of-the-batch",
        "The example with the largest logit is returned.",
        _COUNT.format("a single number"),
        np.argmax,
    ),
    _of_logits(
        "first-example",
        "The function returns inside the loop.",
        "Only the first example gets a class. How far is your `return` indented?",
        _first_example,
    ),
    _of_logits(
        "indices",
        "The indices of the examples of class 1 are returned.",
        _COUNT.format("the places of class 1"),
        lambda z: np.flatnonzero(z >= 0),
    ),
    _of_logits(
        "indices-in-a-tuple",
        "The indices of the examples of class 1 are returned.",
        _COUNT.format("the places of class 1"),
        lambda z: np.where(z >= 0),
    ),
    _of_logits(
        "squeezed",
        "All axes of length 1 are removed.",
        "Try a single example: an array of one entry has an axis, and should keep it.",
        lambda z: np.squeeze((z >= 0) * 1),
    ),
    _of_logits(
        "if-of-an-array",
        "The logits are compared in an `if`, as if there were one.",
        "An `if` asks one question, but you have N logits. What does a comparison of an array give without "
        "the `if`?",
        _if_of_an_array,
    ),
    Misconception(
        "argmax-over-features",
        "The largest entry of a row is looked for, as with several classes.",
        "The columns are features, not classes: there is only one logit for each example. With what is it to "
        "be compared?",
        lambda w, X: np.argmax(X * w, axis=1),
    ),
    Misconception(
        "weights-forgotten",
        "The features themselves are compared.",
        "Your result stays the same whatever the weights are. Where do they come in?",
        lambda _, X: (X.sum(axis=1) >= 0) * 1,
    ),
    _of_logits(
        "relative-to-the-median",
        "The boundary is the median of the batch.",
        "The class of an example should not depend on the other examples of the batch. With which fixed "
        "number can the logit be compared?",
        lambda z: (z >= np.median(z)) * 1,
    ),
    BOOLEANS.of(predict),
    FLOATS.of(predict),
    LISTED.of(predict),
    NOTHING_RETURNED.of(predict),
)
