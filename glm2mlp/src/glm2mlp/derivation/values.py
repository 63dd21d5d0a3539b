"""The value of a formula at a point, in bounded time. Student side; safe for hostile formulas.

A walk over nodes with 40 digits. Every intermediate value is bounded, so that a tower of powers is
«undefined» instead of endless; the number of operations is bounded too.
"""

import itertools
import random
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath

from glm2mlp.derivation.trees import DerivationError, Node

Point: TypeAlias = dict[str, Any]  # symbol → mpf

DIGITS = 40
MAX_BITS = 4000  # of a magnitude: |value| < 2^4000
MAX_EXPONENT = 1000  # of exp(·)
MAX_NESTED_DERIVATIVES = 2
COSTS = {"Pow": 8, "exp": 4, "log": 4, "tanh": 4, "sinh": 4, "cosh": 4}


MP: Any = mpmath.mp.clone()  # our own precision: nobody else's is touched
MP.dps = DIGITS


class UndefinedError(ArithmeticError):
    """The formula has no (moderate, real) value at this point."""


class Evaluator:
    """Evaluates nodes; `cost` is what is left to spend, in additions (about a microsecond each)."""

    def __init__(self, cost: int = 40_000) -> None:
        self.mp = MP
        self.cost = cost

    def value(self, node: Node, point: Point, derivatives: int = 0) -> Any:
        """Return the real value of `node`, an mpf; raise UndefinedError where it has none."""
        self.cost -= COSTS.get(node.kind, 1) << derivatives
        if self.cost < 0:
            raise DerivationError("the derivation is too long to be checked.")
        if node.kind == "Derivative":
            return self._derivative(node, point, derivatives + 1)
        if node.kind == "Symbol":
            return point[str(node.value)]
        if isinstance(node.value, Fraction):
            return self.mp.mpf(node.value.numerator) / node.value.denominator
        result = self._apply(
            node.kind, [self.value(child, point, derivatives) for child in node.children]
        )
        if result and not -MAX_BITS < self.mp.mag(result) < MAX_BITS:
            raise UndefinedError
        return result

    def _apply(self, kind: str, values: list[Any]) -> Any:
        mp = self.mp
        match kind:
            case "Add":
                return mp.fsum(values)
            case "Mul":
                return self._product(values)
            case "Pow":
                return self._power(*values)
            case "Pi" | "Exp1":
                return +(mp.pi if kind == "Pi" else mp.e)
            case "Abs":
                return abs(values[0])
            case "exp" | "sinh" | "cosh":
                self._moderate(values[0])
            case "log" if values[0] <= 0:
                raise UndefinedError
        return getattr(mp, kind)(values[0])

    def _product(self, values: list[Any]) -> Any:
        product = self.mp.one
        for value in values:
            product *= value
            if product and abs(self.mp.mag(product)) > MAX_BITS:
                raise UndefinedError
        return product

    def _power(self, base: Any, exponent: Any) -> Any:
        if self.mp.isint(exponent):
            if not base and exponent < 0:
                raise UndefinedError
            if abs(exponent) <= 64:
                return base ** int(exponent)
        if base == 0 and exponent > 0:
            return base
        if base <= 0:
            raise UndefinedError
        return self.mp.exp(self._moderate(exponent * self.mp.log(base)))

    def _moderate(self, exponent: Any) -> Any:
        if abs(exponent) > MAX_EXPONENT:
            raise UndefinedError
        return exponent

    def _derivative(self, node: Node, point: Point, derivatives: int) -> Any:
        if derivatives > MAX_NESTED_DERIVATIVES:
            raise DerivationError("derivatives are nested more than twice.")
        name = str(node.value)
        (function,) = node.children
        return self.mp.diff(
            lambda x: self.value(function, point | {name: x}, derivatives), point[name]
        )

    def close(self, a: Any, b: Any) -> bool:
        """Tell whether two values are equal but for rounding."""
        return bool(abs(a - b) <= self.mp.mpf(10) ** -20 * max(1, abs(a), abs(b)))

    def points(self, names: Sequence[str], positive: Collection[str], seed: int) -> Iterator[Point]:
        """Draw endless points of moderate size, with two decimals; those in `positive` stay so.

        Every combination of signs comes early: the n-th point has the signs of n's bits.
        """
        generator = random.Random(seed)  # noqa: S311 (points, not secrets)
        for number in itertools.count():
            point = {}
            for bit, name in enumerate(names):
                size = self.mp.mpf(generator.randint(20, 250)) / 100
                point[name] = size if name in positive or number >> bit & 1 else -size
            yield point
