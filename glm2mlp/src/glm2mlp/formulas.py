"""Answers that are formulas, and the values that they have. Student side; safe for strangers' trees.

The table of generalized linear models is declared here once: instant check and hidden tests mean
these models, entries and names.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from glm2mlp.derivation.trees import DerivationError, Node, parse
from glm2mlp.derivation.values import Evaluator, UndefinedError

MODELS = {"linear": ("z",), "logistic": ("z",), "softmax": ("z_0", "z_1", "z_2")}  # their logits
ENTRIES = ("activation", "distribution", "loss", "gradient")
DISTRIBUTIONS = ("Bernoulli", "categorical", "Laplace", "Normal", "Poisson", "uniform")

MAX_VALUE = 1e100

Array = np.ndarray[Any, Any]
Point = Mapping[str, float]


class FormulaError(ValueError):
    """Something that is no formula of the symbols asked for, or has no value where it should."""


def values(tree: object, points: Sequence[Point]) -> Array:
    """Return the values of a formula at points (M,), each a number for each symbol.

    tree: from anywhere.  Raises FormulaError.
    """
    evaluator = Evaluator()
    try:
        node = parse(tree, list(points[0]))
        if _has_derivative(node):
            raise FormulaError("a Derivative is left in it: work it out.")
        return np.array([_value(evaluator, node, point) for point in points])
    except DerivationError as error:
        raise FormulaError(str(error)) from None


def _value(evaluator: Evaluator, node: Node, point: Point) -> float:
    where = ", ".join(f"{name} = {number:g}" for name, number in point.items())
    exact = {name: evaluator.mp.mpf(number) for name, number in point.items()}
    try:
        value = evaluator.value(node, exact)
    except UndefinedError:
        raise FormulaError(f"it has no value at {where}.") from None
    if abs(value) > MAX_VALUE:
        raise FormulaError(f"its value at {where} is very large.")
    return float(value)


def _has_derivative(node: Node) -> bool:
    return node.kind == "Derivative" or any(map(_has_derivative, node.children))
