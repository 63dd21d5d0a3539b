"""Mistakes with some of the four parts: W_h, b_h, W_y, b_y. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import After
from autograder.misconceptions.transformations import Transformation

from .parts import of_parts


def each_of(*names: str, change: Callable[[np.ndarray, int], Any]) -> After:
    """`change` of the parts with these names; its second argument is the number of examples."""
    return of_parts(
        lambda value, args: value._replace(
            **{name: change(getattr(value, name), np.size(args[-1])) for name in names}
        )
    )


BIASES_AS_COLUMNS = Transformation(
    "biases-as-columns",
    "The biases of a layer are a matrix of one column.",
    "Compare the shapes of your biases with those of `Parameters`: how many axes have they?",
    each_of("b_h", "b_y", change=lambda b, _: b[:, np.newaxis]),
)
BIASES_AS_ROWS = Transformation(
    "biases-as-rows",
    "The biases of a layer are a matrix of one row.",
    "Compare the shapes of your biases with those of `Parameters`: how many axes have they?",
    each_of("b_h", "b_y", change=lambda b, _: np.atleast_2d(b)),
)
