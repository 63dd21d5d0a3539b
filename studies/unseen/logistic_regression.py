"""Wrong answers to the exercises of logistic_regression."""

from collections.abc import Callable
from typing import Any

from . import logistic_regression_functions, logistic_regression_training

ANSWERS: dict[str, dict[str, Callable[..., Any]]] = (
    logistic_regression_functions.ANSWERS | logistic_regression_training.ANSWERS
)
