r"""Computes what a derivation prints, from the printed text and nothing else.

What the letters mean is read in the printed legend; a point gives the numbers of the letters that
are free.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import mpmath
import numpy as np
from latex_reader import Node, Reader

mp: Any = mpmath.mp.clone()
mp.dps = 40

# f and f′, in the order of the checker's: its own functions keep its own precision.
EXAMPLES: Any = (
    (mp.tanh, lambda v: mp.sech(v) ** 2),
    (lambda v: mp.log(1 + mp.exp(v)), lambda v: mp.exp(v) / (1 + mp.exp(v))),
    (lambda v: v if v > 0 else v * 0, lambda v: mp.mpf(v > 0)),
)


@dataclass
class Scope:
    """What letters mean: printed definitions, given numbers, and what is bound right now."""

    definitions: dict[Node, tuple[list[Node], Node]] = field(default_factory=dict)
    numbers: dict[Node, Any] = field(default_factory=dict)
    example: int = 0  # which of EXAMPLES a function without a formula is

    known: dict[Node, Any] = field(default_factory=dict)  # names that have been computed

    def bound(self, more: dict[Node, Any]) -> "Scope":
        # A name does not depend on the index of a sum.
        known = self.known if all(isinstance(v, int) for v in more.values()) else {}
        return Scope(self.definitions, self.numbers | more, self.example, known)


def read_legend(entries: tuple[str, ...]) -> Scope:
    """Read definitions; entries that only tell where a letter lives are left to the point."""
    scope = Scope()
    for entry in entries:
        if r"\text{ is row }" in entry:
            head, n, of = re.split(r"\\text\{ (?:is row|of) \}", entry)
            _, name, _ = Reader(head).whole()
            scope.definitions[("row", *name[1:])] = ([Reader(n).whole()], Reader(of).whole())
        elif " = " in entry and r"\in" not in entry:
            head, body = _split(entry)
            _define(scope, Reader(head).whole(), Reader(body).whole())
    return scope


def _split(text: str) -> tuple[str, str]:
    """Split at the first = that stands in no bracket."""
    depth = 0
    for n, sign in enumerate(text):
        depth += (sign in "{([") - (sign in "})]")
        if sign == "=" and not depth:
            return text[:n], text[n + 1 :]
    raise AssertionError(text)


def _define(scope: Scope, head: Node, body: Node) -> None:
    indices: list[Node] = []
    if head[0] == "entry":
        _, head, indices = head
    if head[0] == "entry":  # 1_t, an array with a letter at its foot
        scope.definitions[("foot", *head[1][1:])] = ([*head[2]], ("array", indices, body))
        return
    if indices:
        body = ("array", indices, body)
        if head[0] == "name":  # y_{n,k} says what Y is
            letter = head[1].upper() if len(indices) == 2 and len(head[1]) == 1 else head[1]
            head = ("name", r"\boldsymbol" + letter, head[2])
    if head[0] == "call":
        scope.definitions[("call", head[1][1], len(head[2]), _bold(head[2]))] = (head[2], body)
    else:
        scope.definitions[head] = ([], body)


def _bold(arguments: list[Node]) -> str:
    """p(t | x) and p(t | X) are two functions: told apart by what they are given first."""
    first = arguments[0]
    return "bold" if first[0] == "name" and first[1].startswith(r"\boldsymbol") else ""


def evaluate(node: Node, scope: Scope) -> Any:
    """Return the value, a number or an array (rows, columns)."""
    return getattr(_Values, "v_" + NAMES.get(node[0], node[0]))(node, scope)


NAMES = {
    "+": "add",
    "*": "times",
    r"\odot": "entrywise",
    "/": "over",
    "T": "turned",
    "^": "power",
    r"\sum": "sum",
    r"\prod": "sum",
}


class _Values:
    """One function for each kind of node."""

    v_pi = staticmethod(lambda node, scope: +mp.pi)
    v_number = staticmethod(lambda node, scope: mp.mpf(node[1]))
    v_neg = staticmethod(lambda node, scope: -evaluate(node[1], scope))
    v_exp = staticmethod(lambda node, scope: mp.exp(evaluate(node[1], scope)))
    v_log = staticmethod(lambda node, scope: mp.log(evaluate(node[1], scope)))
    v_sqrt = staticmethod(lambda node, scope: mp.sqrt(evaluate(node[1], scope)))
    v_turned = staticmethod(lambda node, scope: evaluate(node[1], scope).T)
    v_add = staticmethod(lambda node, scope: evaluate(node[1], scope) + evaluate(node[2], scope))
    v_over = staticmethod(lambda node, scope: evaluate(node[1], scope) / evaluate(node[2], scope))
    v_power = staticmethod(lambda node, scope: evaluate(node[1], scope) ** evaluate(node[2], scope))
    v_entrywise = staticmethod(
        lambda node, scope: evaluate(node[1], scope) * evaluate(node[2], scope)
    )

    @staticmethod
    def v_same(node: Node, scope: Scope) -> Any:
        return mp.mpf(evaluate(node[1], scope) == evaluate(node[2], scope))

    @staticmethod
    def v_list(node: Node, scope: Scope) -> Any:
        return np.array([[evaluate(part, scope)] for part in node[1:]], dtype=object)

    @staticmethod
    def v_times(node: Node, scope: Scope) -> Any:
        a, b = evaluate(node[1], scope), evaluate(node[2], scope)
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            product = a @ b
            return product[0, 0] if product.size == 1 else product
        return a * b

    @staticmethod
    def v_name(node: Node, scope: Scope) -> Any:
        if node in scope.numbers:
            return scope.numbers[node]
        if node not in scope.known:
            parameters, body = scope.definitions[node]
            assert not parameters
            scope.known[node] = evaluate(body, scope)
        return scope.known[node]

    @staticmethod
    def v_entry(node: Node, scope: Scope) -> Any:
        _, whole, indices = node
        if any(i[0] == "name" and i not in scope.numbers for i in indices):
            return evaluate(("array", indices, whole), scope)  # (…)_i of a letter not yet bound
        positions = [int(evaluate(i, scope)) for i in indices]
        if whole[0] == "name" and ("foot", *whole[1:]) in scope.definitions:
            (parameter,), body = scope.definitions["foot", *whole[1:]]
            return evaluate(body, scope.bound({parameter: positions[0]}))
        if whole[0] == "name" and ("row", *whole[1:]) in scope.definitions:
            _, of = scope.definitions["row", *whole[1:]]
            return evaluate(of, scope)[positions[0]][:, None]
        return _at(_array(whole, len(indices), scope), positions)

    @staticmethod
    def v_array(node: Node, scope: Scope) -> Any:
        _, indices, body = node
        anywhere = scope.bound(dict.fromkeys(indices, 0))
        ranges = [range(_length(i, body, anywhere)) for i in indices]
        rows, columns = (*ranges, [None])[:2]
        return np.array(
            [
                [
                    evaluate(body, scope.bound(dict(zip(indices, (i, j), strict=False))))
                    for j in columns
                ]
                for i in rows
            ],
            dtype=object,
        )

    @staticmethod
    def v_sum(node: Node, scope: Scope) -> Any:
        sign, index, length, body = node
        count = int(evaluate(length, scope)) if length else _length(index, body, scope)
        first, *others = (evaluate(body, scope.bound({index: n})) for n in range(count))
        for other in others:
            first = first + other if sign == r"\sum" else first * other
        return first

    @staticmethod
    def v_call(node: Node, scope: Scope) -> Any:
        _, (_, letter, slope), arguments = node
        values = [evaluate(argument, scope) for argument in arguments]
        key = ("call", letter, len(values), _bold(arguments))
        if key not in scope.definitions:
            key = ("call", letter, len(values), "")
        if key not in scope.definitions and letter not in ("f", "A"):
            key = ("call", letter, len(values), "bold")

        def one(*inputs: Any) -> Any:
            if letter in ("f", "A"):
                return EXAMPLES[scope.example % len(EXAMPLES)][bool(slope)](inputs[0])
            parameters, body = scope.definitions[key]
            own = dict(zip(parameters, inputs, strict=True))
            if slope:
                return mp.diff(lambda v: evaluate(body, scope.bound({parameters[0]: v})), inputs[0])
            return evaluate(body, scope.bound(own))

        bold = letter == "softmax" or key[-1] == "bold" or len(values) > 1
        if isinstance(values[0], np.ndarray) and not bold:
            return np.frompyfunc(one, 1, 1)(values[0])
        return one(*values)

    @staticmethod
    def v_slope(node: Node, scope: Scope) -> Any:
        _, by, body = node
        if by[0] != "entry":
            return mp.diff(lambda v: evaluate(body, scope.bound({by: v})), evaluate(by, scope))
        _, whole, indices = by
        name = _named_array(whole, len(indices), scope)
        positions = [int(evaluate(i, scope)) for i in indices]
        return _moved(body, name, positions, scope)

    @staticmethod
    def v_gradient(node: Node, scope: Scope) -> Any:
        _, by, body = node
        array = evaluate(by, scope)
        result = np.empty_like(array)
        for place in np.ndindex(array.shape):
            free = [p for p, length in zip(place, array.shape, strict=True) if length > 1]
            result[place] = _moved(body, by, free, scope)
        return result


def _moved(body: Node, name: Node, positions: list[int], scope: Scope) -> Any:
    array = evaluate(name, scope)

    def at(v: Any) -> Any:
        other = array.copy()
        left = list(positions)
        other[tuple(0 if length == 1 else left.pop(0) for length in array.shape)] = v
        return evaluate(body, scope.bound({name: other}))

    return mp.diff(at, _at(array, positions))


def _at(array: Any, positions: list[int]) -> Any:
    left = list(positions)
    return array[tuple(0 if length == 1 else left.pop(0) for length in array.shape)]


def _array(whole: Node, axes: int, scope: Scope) -> Any:
    return evaluate(_named_array(whole, axes, scope), scope)


def _named_array(whole: Node, axes: int, scope: Scope) -> Node:
    """Return the array of an entry: w_{a,k} is an entry of W or of w, whichever has two axes."""
    if whole[0] != "name":
        return whole
    _, letter, mark = whole
    bar = letter.startswith(r"\bar")
    plain = letter.removeprefix(r"\bar")
    for form in (plain, plain.upper() if len(plain) == 1 else plain):
        key = ("name", (r"\bar" if bar else "") + r"\boldsymbol" + form, mark)
        for name in (key, whole):
            known = name in scope.numbers or name in scope.definitions
            if known and _axes(name, scope) == axes:
                return name
    raise AssertionError(f"{whole} has no array")


def _axes(name: Node, scope: Scope) -> int:
    array = evaluate(name, scope)
    return sum(length > 1 for length in array.shape) if isinstance(array, np.ndarray) else 0


def _length(index: Node, body: Any, scope: Scope) -> int:
    """Return how far an index runs: as far as the axis of the entry that it first picks."""
    return _search(index, body, scope) or scope.numbers["range", index]


def _search(index: Node, node: Any, scope: Scope) -> int:
    if isinstance(node, list):
        return next((n for part in node if (n := _search(index, part, scope))), 0)
    if not isinstance(node, tuple):
        return 0
    if node[0] == "entry" and index in node[2]:
        whole = node[1]
        if whole[0] == "name" and ("row", *whole[1:]) in scope.definitions:
            return len(evaluate(scope.definitions["row", *whole[1:]][1], scope))
        if whole[0] != "name" or ("foot", *whole[1:]) not in scope.definitions:
            array = _array(whole, len(node[2]), scope)
            lengths = [length for length in array.shape if length > 1]
            return lengths[node[2].index(index)]
    return next((n for part in node if (n := _search(index, part, scope))), 0)
