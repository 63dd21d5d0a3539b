"""Right decisions returned in a wrong form. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import After, Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    Arguments,
    NotApplicableError,
    Transformation,
    each_part,
)
from solutions.logistic_regression import predict

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


def of_logits(
    id_: str, belief: str, hint: str, decide: Callable[[np.ndarray], object]
) -> Misconception:
    """The misconception of a `predict` that decides by `decide` of the logits."""
    return Misconception(id_, belief, hint, lambda w, X: decide(X @ w))


def _first_example(z: np.ndarray) -> int | None:
    for logit in z:
        return int(logit >= 0)
    return None


WRONG_RESULTS = (
    of_logits(
        "column",
        "The result is a column.",
        _COUNT.format("a table"),
        lambda z: (z >= 0).astype(int)[:, None],
    ),
    of_logits(
        "table-of-both-classes",
        "Each class has a column.",
        _COUNT.format("a table"),
        lambda z: np.stack([z < 0, z >= 0], axis=1) * 1,
    ),
    of_logits(
        "count",
        "The examples of class 1 are counted.",
        _COUNT.format("a single number"),
        lambda z: np.sum(z >= 0),
    ),
    of_logits(
        "argmax-of-the-batch",
        "The example with the largest logit is returned.",
        _COUNT.format("a single number"),
        np.argmax,
    ),
    of_logits(
        "first-example",
        "The function returns inside the loop.",
        "Only the first example gets a class. How far is your `return` indented?",
        _first_example,
    ),
    of_logits(
        "indices",
        "The indices of the examples of class 1 are returned.",
        _COUNT.format("the places of class 1"),
        lambda z: np.flatnonzero(z >= 0),
    ),
    of_logits(
        "indices-in-a-tuple",
        "The indices of the examples of class 1 are returned.",
        _COUNT.format("the places of class 1"),
        lambda z: np.where(z >= 0),
    ),
    of_logits(
        "squeezed",
        "All axes of length 1 are removed.",
        "Try a single example: an array of one entry has an axis, and should keep it.",
        lambda z: np.squeeze((z >= 0) * 1),
    ),
    BOOLEANS.of(predict),
    FLOATS.of(predict),
    LISTED.of(predict),
    NOTHING_RETURNED.of(predict),
)
