"""The value of a term at a point, with 40 digits: arrays of mpf. Student side.

Derivatives are differences at a higher precision, never rules: an oracle of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import mpmath
import numpy as np

from glm2mlp.derivation.terms import Function, Index, Size, Term, argument_sizes, entrywise
from glm2mlp.derivation.values import DIGITS, UndefinedError

Local: TypeAlias = dict[Any, Any]  # bound indices, parameters of a function, their sizes

mp: Any = mpmath.mp.clone()  # a precision of our own
mp.dps = DIGITS

# What a function without a formula may be: pairs f, f′, one after the other.
EXAMPLES: tuple[tuple[Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (mp.tanh, lambda v: 1 - mp.tanh(v) ** 2),
    (lambda v: mp.log(1 + mp.exp(v)), lambda v: 1 / (1 + mp.exp(-v))),
    (lambda v: max(v, mp.zero), lambda v: mp.one if v > 0 else mp.zero),
)


@dataclass(frozen=True)
class World:
    """One point: the sizes, the values of symbols and free indices, and which example f is."""

    sizes: dict[Size, int]
    values: dict[Any, Any]
    example: int = 0
    known: dict[Term, Any] = field(default_factory=dict)  # what has been computed already

    def size(self, length: Size, local: Local) -> int:
        """Return how long an axis is here."""
        length = local.get(("size", length), length)
        return length if isinstance(length, int) else self.sizes[length]

    def at(self, target: Term, value: Any) -> "World":
        """Return the world where a symbol or a name has another value."""
        return World(self.sizes, self.values | {target: value}, self.example)


def value(term: Term, world: World, local: Local | None = None) -> Any:
    """Return the value: an mpf, an int (of an index), or an array (rows, columns) of mpf."""
    local = {} if local is None else local
    if term.op in ("symbol", "index", "named"):
        return _looked_up(term, world, local)
    if term.op in _WITH_SCOPE:
        if not term.free.isdisjoint(local):
            return _WITH_SCOPE[term.op](term, world, local)
        known = local.get("known", world.known)
        if term not in known:
            known[term] = _WITH_SCOPE[term.op](term, world, local)
        return known[term]
    parts = [value(part, world, local) for part in term.parts]
    try:
        return _PLAIN[term.op](*parts)
    except ZeroDivisionError:
        raise UndefinedError from None


def _looked_up(term: Term, world: World, local: Local) -> Any:
    key = term.data if term.op == "index" else term
    if key in local:
        return local[key]
    if key in world.values:
        return world.values[key]
    if key not in world.known:
        world.known[key] = value(term.parts[0], world)
    return world.known[key]


def _array(term: Term, world: World, local: Local) -> Any:
    rows = range(world.size(term.data[0].size, local))
    if len(term.data) == 1:
        entries = [[_inside(term, world, local, i)] for i in rows]
    else:
        columns = range(world.size(term.data[1].size, local))
        entries = [[_inside(term, world, local, i, j) for j in columns] for i in rows]
    return np.array(entries, dtype=object)


def _inside(term: Term, world: World, local: Local, *positions: int) -> Any:
    indices = (term.data,) if isinstance(term.data, Index) else term.data
    return value(term.parts[0], world, local | dict(zip(indices, positions, strict=True)))


def _sum(term: Term, world: World, local: Local) -> Any:
    positions = range(world.size(term.data.size, local))
    first, *others = (_inside(term, world, local, i) for i in positions)
    for other in others:
        first = first + other if term.op == "sum" else first * other
    return first


def _call(term: Term, world: World, local: Local) -> Any:
    function: Function = term.data
    arguments = [value(part, world, local) for part in term.parts]
    if entrywise(term):
        return np.frompyfunc(lambda v: _applied(term, [v], world, {}), 1, 1)(arguments[0])
    sizes: Local = {
        ("size", mine): local.get(("size", given), given)
        for mine, given in argument_sizes(function, term.parts).items()
    }
    return _applied(term, arguments, world, sizes)


def _applied(term: Term, arguments: list[Any], world: World, sizes: Local) -> Any:
    function: Function = term.data
    if function.means is None:
        return EXAMPLES[world.example % len(EXAMPLES)][term.op == "prime"](arguments[0])
    meaning, parameters = function.means, function.parameters
    keys = [p.data if p.op == "index" else p for p in parameters]
    if term.op == "call":
        own = dict(zip(keys, arguments, strict=True))
        return value(meaning, world, {"known": {}, **sizes, **own})
    return mp.diff(lambda v: value(meaning, world, {"known": {}, keys[0]: v}), arguments[0])


def _partial(term: Term, world: World, local: Local) -> Any:
    body, by = term.parts
    if by.op != "entry":
        here = value(by, world, local)
        return mp.diff(lambda v: value(body, world.at(by, v), local | {"known": {}}), here)
    whole, *indices = by.parts
    positions = [value(i, world, local) for i in indices]
    return _slope(body, world, local, whole, _place(whole, positions))


def _gradient(term: Term, world: World, local: Local) -> Any:
    body, by = term.parts
    result = np.empty_like(value(by, world, local))
    for place in np.ndindex(result.shape):
        result[place] = _slope(body, world, local, by, place)
    return result


def _slope(body: Term, world: World, local: Local, whole: Term, place: tuple[int, ...]) -> Any:
    array = value(whole, world, local)

    def moved(v: Any) -> Any:
        other = array.copy()
        other[place] = v
        return value(body, world.at(whole, other), local | {"known": {}})

    return mp.diff(moved, array[place])


def _place(whole: Term, positions: list[int]) -> tuple[int, ...]:
    """Where in an array an entry stands; a row or a column is written with one index."""
    left = list(positions)
    return tuple(0 if length == 1 else int(left.pop(0)) for length in whole.shape)


def _entry(term: Term, world: World, local: Local) -> Any:
    whole, *indices = term.parts
    return value(whole, world, local)[_place(whole, [value(i, world, local) for i in indices])]


def _matmul(term: Term, world: World, local: Local) -> Any:
    a, b = (value(part, world, local) for part in term.parts)
    return a @ b if term.shape else (a @ b)[0, 0]


def _log(v: Any) -> Any:
    if v <= 0:
        raise UndefinedError
    return mp.log(v)


def _pow(a: Any, b: Any) -> Any:
    if mp.isint(b):
        return a ** int(b)
    if a <= 0:
        raise UndefinedError
    return mp.power(a, b)


def _sqrt(v: Any) -> Any:
    if v < 0:
        raise UndefinedError
    return mp.sqrt(v)


_WITH_SCOPE: dict[str, Callable[[Term, World, Local], Any]] = {
    "number": lambda term, *_: mp.mpf(term.data),
    "size": lambda term, world, local: mp.mpf(world.size(term.data, local)),
    "array": _array,
    "sum": _sum,
    "prod": _sum,
    "call": _call,
    "prime": _call,
    "partial": _partial,
    "gradient": _gradient,
    "entry": _entry,
    "matmul": _matmul,
}
_PLAIN: dict[str, Callable[..., Any]] = {
    "pi": lambda: +mp.pi,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "neg": lambda a: -a,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "hadamard": lambda a, b: a * b,
    "transpose": lambda a: a.T,
    "pow": _pow,
    "exp": mp.exp,
    "log": _log,
    "sqrt": _sqrt,
    "list": lambda *entries: np.array([[entry] for entry in entries], dtype=object),
    "row": lambda whole, n: whole[n][:, None],
    "same": lambda i, j: mp.mpf(i == j),
}
