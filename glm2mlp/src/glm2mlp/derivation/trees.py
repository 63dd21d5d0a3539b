"""Formulas as bounded plain data. Student side, but the grader reads hostile trees with it.

Three forms of one formula: a SymPy expression (what people write), a tree of nested lists (what
crosses the wire), and a `Node` (a tree that has been checked; all comparing is done on nodes, so
that no SymPy method ever runs on a stranger's formula).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from numbers import Integral
from typing import Any, NamedTuple, TypeAlias

import sympy

MAX_NODES = 2000  # of one formula
MAX_ALL_NODES = 6000  # of a derivation
MAX_DEPTH = 60
MAX_INTEGER = 10**12

Tree: TypeAlias = list[Any]

# Name in a tree → SymPy class; the children are trees again.
SUMS_AND_PRODUCTS = {"Add": sympy.Add, "Mul": sympy.Mul}
FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "tanh": sympy.tanh,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "Abs": sympy.Abs,
}
CONSTANTS = {"Pi": sympy.pi, "Exp1": sympy.E}
ARITY = {"Pow": 2, "Derivative": 2} | dict.fromkeys(FUNCTIONS, 1) | dict.fromkeys(CONSTANTS, 0)
KINDS = {*ARITY, *SUMS_AND_PRODUCTS}
NAMES = {
    **{kind: name for name, kind in (SUMS_AND_PRODUCTS | FUNCTIONS).items()},
    **{type(constant): name for name, constant in CONSTANTS.items()},
    sympy.Pow: "Pow",
}
KNOWN = "numbers, the given symbols, + − · / and powers, sqrt, exp, log, tanh, Abs and Derivative"


class DerivationError(ValueError):
    """A formula that cannot be read, or a step that does not follow; `step` is counted from 1."""

    def __init__(self, message: str, step: int | None = None) -> None:
        super().__init__(message)
        self.step = step


class Node(NamedTuple):
    """A checked formula. `value`: a symbol's name, a number, or a Derivative's variable."""

    kind: str
    children: tuple["Node", ...] = ()
    value: str | Fraction | None = None


class _Budget:
    """Counts nodes, and stops at a bound."""

    def __init__(self, nodes: int = MAX_NODES) -> None:
        self.left = nodes

    def spend(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise DerivationError("the formula is too long to be checked.")
        if depth > MAX_DEPTH:
            raise DerivationError(f"the formula is nested more than {MAX_DEPTH} levels deep.")


def to_tree(expression: object) -> Tree:
    """Write a SymPy expression (or a number) as a tree: exp(z) is `["exp", ["Symbol", "z"]]`."""
    return _to_tree(expression, 1, _Budget())


def to_trees(steps: object) -> list[Tree]:
    """Write the steps of a derivation as trees; an error says which step it is about."""
    if not isinstance(steps, list | tuple):
        raise DerivationError(
            f"A derivation is a list of formulas, but this is {_described(steps)}."
            " End the function with `return [first, ..., last]`."
        )
    trees = []
    for number, step in enumerate(steps, 1):
        with numbered(number):
            trees.append(to_tree(step))
    return trees


def from_tree(tree: object, symbols: Iterable[Any]) -> Any:
    """Build the SymPy expression of a tree; only `symbols` may occur. Nothing is evaluated."""
    by_name = {symbol.name: symbol for symbol in symbols}
    return _build(parse(tree, by_name), by_name)


def parse(tree: object, names: Collection[str]) -> Node:
    """Check a tree that may come from anywhere, and return it as a node."""
    return _parse(tree, names, 1, _Budget())


def parse_all(trees: Iterable[object], names: Collection[str]) -> list[Node]:
    """Check the trees of a derivation's steps; an error says which step it is about."""
    nodes, left = [], MAX_ALL_NODES
    for number, tree in enumerate(trees, 1):
        budget = _Budget(min(MAX_NODES, left))
        before = budget.left
        with numbered(number):
            nodes.append(_parse(tree, names, 1, budget))
        left -= before - budget.left
    return nodes


@contextmanager
def numbered(step: int) -> Iterator[None]:
    """Say in an error which step it is about."""
    try:
        yield
    except DerivationError as error:
        raise DerivationError(f"Step {step}: {error}", step) from None


def _to_tree(expression: Any, depth: int, budget: _Budget) -> Tree:
    budget.spend(depth)

    def child(part: object) -> Tree:
        return _to_tree(part, depth + 1, budget)

    if isinstance(expression, sympy.Symbol):
        return ["Symbol", expression.name]
    if isinstance(expression, sympy.UnevaluatedExpr):
        return child(expression.args[0])
    if isinstance(expression, sympy.Derivative):
        return _derivative_tree(expression, child)
    name = NAMES.get(type(expression))
    if name is not None:
        return [name, *(child(part) for part in expression.args)]
    return _number_tree(expression)


def _derivative_tree(expression: Any, child: Callable[[object], Tree]) -> Tree:
    # Order one each: the second derivative is the derivative of the first.
    tree = child(expression.expr)
    for variable, order in expression.variable_count:
        if not isinstance(variable, sympy.Symbol) or order not in (1, 2):
            raise DerivationError(f"{_quoted(expression)} is not a first or second derivative.")
        for _ in range(int(order)):
            tree = ["Derivative", tree, ["Symbol", variable.name]]
    return tree


def _number_tree(expression: Any) -> Tree:
    number = expression
    if isinstance(number, bool):
        raise DerivationError(f"{number} is a truth value, not a formula.")
    if isinstance(number, float | sympy.Float):
        return _decimal_tree(number)
    if isinstance(number, Integral):  # SymPy's and NumPy's integers too
        return ["Integer", _bounded(int(number))]
    if isinstance(number, sympy.Rational):
        return ["Rational", _bounded(int(number.p)), _bounded(int(number.q))]
    raise DerivationError(_unknown(expression))


def _decimal_tree(number: Any) -> Tree:
    """0.5 was meant as ½: a decimal is read as its shortest spelling."""
    try:
        fraction = Fraction(repr(float(number)))
        return _number_tree(sympy.Rational(fraction.numerator, fraction.denominator))
    except (ValueError, DerivationError):
        raise DerivationError(
            f"the number {_quoted(number)} is not exact; write a fraction as Rational(1, 3)."
        ) from None


def _bounded(number: int) -> int:
    if abs(number) > MAX_INTEGER:
        raise DerivationError("a number is too large.")
    return number


def _unknown(expression: Any) -> str:
    """Say what is wrong with something that has no place in a tree."""
    if not isinstance(expression, sympy.Basic) or isinstance(expression, sympy.MatrixBase):
        return f"{_described(expression)} is not a formula of SymPy."
    if isinstance(expression, sympy.core.relational.Relational):
        return f"{_quoted(expression)} is a relation; write only the side that is new."
    if isinstance(expression, sympy.core.function.AppliedUndef):
        return f"{_quoted(expression)} is an undefined function; write out its formula."
    if expression in (sympy.nan, sympy.zoo, sympy.oo, -sympy.oo):
        return f"{_quoted(expression)} is not a number; is something divided by zero?"
    return f"{_quoted(expression)} is not known here; a step may use {KNOWN}."


def _described(thing: object) -> str:
    return "None (is `return` missing?)" if thing is None else f"a {type(thing).__name__}"


def _quoted(thing: object) -> str:
    text = str(thing)
    return text if len(text) <= 60 else text[:57] + "..."


def _parse(tree: Any, names: Collection[str], depth: int, budget: _Budget) -> Node:
    budget.spend(depth)
    if type(tree) not in (list, tuple) or not tree or type(tree[0]) is not str:
        raise DerivationError("this is not a formula.")
    kind, parts = tree[0], tree[1:]
    if kind in ("Symbol", "Integer", "Rational"):
        return _leaf(kind, parts, names)
    if kind not in KINDS:
        raise DerivationError(f"{_quoted(kind)} is not known here; a step may use {KNOWN}.")
    if len(parts) != ARITY.get(kind, len(parts) or 1):
        raise DerivationError(f"{kind} is not written as it should be.")
    children = tuple(_parse(part, names, depth + 1, budget) for part in parts)
    if kind != "Derivative":
        return Node(kind, children)
    function, variable = children
    if variable.kind != "Symbol":
        raise DerivationError("a Derivative is taken by a symbol.")
    return Node(kind, (function,), variable.value)


def _leaf(kind: str, parts: Sequence[Any], names: Collection[str]) -> Node:
    if kind == "Symbol" and len(parts) == 1 and type(parts[0]) is str:
        if parts[0] not in names:
            known = ", ".join(sorted(names))
            raise DerivationError(
                f"the symbol {_quoted(repr(parts[0]))} is not one of those asked for ({known})."
            )
        return Node("Symbol", value=parts[0])
    if len(parts) == (1 if kind == "Integer" else 2) and all(type(part) is int for part in parts):
        numerator, denominator = (*map(_bounded, parts), 1)[:2]
        if denominator > 0:
            return Node("Number", value=Fraction(numerator, denominator))
    raise DerivationError(f"{kind} is not written as it should be.")


def _build(node: Node, symbols: dict[str, Any]) -> Any:
    if node.kind == "Symbol":
        return symbols[str(node.value)]
    if isinstance(node.value, Fraction):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if node.kind in CONSTANTS:
        return CONSTANTS[node.kind]
    children = [_build(child, symbols) for child in node.children]
    if node.kind == "Derivative":
        return sympy.Derivative(children[0], symbols[str(node.value)], evaluate=False)
    if node.kind == "Pow":
        return sympy.Pow(*children, evaluate=False)
    return (SUMS_AND_PRODUCTS | FUNCTIONS)[node.kind](*children, evaluate=False)
