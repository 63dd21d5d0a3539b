"""Wrong answers to the exercises of softmax_regression."""

from collections.abc import Callable
from typing import Any

from . import softmax_regression_functions, softmax_regression_training

ANSWERS: dict[str, dict[str, Callable[..., Any]]] = (
    softmax_regression_functions.ANSWERS | softmax_regression_training.ANSWERS
)
