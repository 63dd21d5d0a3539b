"""Terms as SymPy's formulas, with sums of symbolic length. Student side; for authors.

A number becomes a formula, an array a function (row, column) → formula of its entry.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sympy

from glm2mlp.derivation.terms import Function, Name, Size, Term, argument_sizes, entrywise

Local: TypeAlias = dict[Any, Any]  # bound indices, parameters of a function, their sizes
Entry: TypeAlias = Callable[..., Any]  # (row, column) → formula
Delta = sympy.KroneckerDelta


@dataclass(frozen=True)
class Formulas:
    """Turns terms into SymPy's formulas; names in `atoms` stand for themselves."""

    atoms: frozenset[Term] = field(default_factory=frozenset)

    def formula(self, term: Term, local: Local) -> Any:
        """Return a formula, or for an array a function (row, column) → formula."""
        return getattr(self, f"_{term.op}")(term, local)

    def _parts(self, term: Term, local: Local) -> list[Any]:
        return [self.formula(part, local) for part in term.parts]

    def _number(self, term: Term, _: Local) -> Any:
        return sympy.Integer(term.data)

    def _pi(self, *_: Any) -> Any:
        return sympy.pi

    def _size(self, term: Term, local: Local) -> Any:
        return _length(term.data, local)

    def _index(self, term: Term, local: Local) -> Any:
        free = sympy.Symbol(term.data.name, integer=True, nonnegative=True)
        return local.get(term.data, free)

    def _symbol(self, term: Term, local: Local) -> Any:
        return local[term] if term in local else _atom(term, term.data[0].name)

    def _named(self, term: Term, _: Local) -> Any:
        if term in self.atoms:
            return _atom(term, term.data)
        return self.formula(term.parts[0], {})

    def _elementwise(self, term: Term, local: Local) -> Any:
        operation = _OPERATIONS[term.op]
        parts = self._parts(term, local)
        if not term.shape:
            return operation(*parts)
        return lambda i, j: operation(
            *(_entry_of(f, p.shape, i, j) for f, p in zip(parts, term.parts, strict=True))
        )

    _add = _sub = _neg = _mul = _div = _hadamard = _elementwise
    _pow = _exp = _log = _sqrt = _elementwise

    def _same(self, term: Term, local: Local) -> Any:
        return Delta(*self._parts(term, local))

    def _matmul(self, term: Term, local: Local) -> Any:
        a, b = self._parts(term, local)
        inner = term.parts[1].shape[0]

        def entry(i: Any, j: Any) -> Any:
            return _sum(inner, local, lambda k: a(i, k) * b(k, j))

        return entry if term.shape else entry(0, 0)

    def _transpose(self, term: Term, local: Local) -> Any:
        (part,) = self._parts(term, local)
        return lambda i, j: part(j, i)

    def _entry(self, term: Term, local: Local) -> Any:
        whole, *indices = self._parts(term, local)
        return whole(*_place(term.parts[0], indices))

    def _row(self, term: Term, local: Local) -> Any:
        whole, n = self._parts(term, local)
        return lambda i, _: whole(n, i)

    def _array(self, term: Term, local: Local) -> Any:
        def entry(*place: Any) -> Any:
            return self.formula(term.parts[0], local | dict(zip(term.data, place, strict=False)))

        return entry

    def _list(self, term: Term, local: Local) -> Any:
        parts = self._parts(term, local)
        return lambda i, _: parts[int(i)]

    def _sum(self, term: Term, local: Local) -> Any:
        (body,) = term.parts

        def entry(*place: Any) -> Any:
            def summand(k: Any) -> Any:
                inner = self.formula(body, local | {term.data: k})
                return inner(*place) if place else inner

            return _sum(term.data.size, local, summand)

        return entry if term.shape else entry()

    def _prod(self, term: Term, local: Local) -> Any:
        k = sympy.Dummy(integer=True, nonnegative=True)
        factor = self.formula(term.parts[0], local | {term.data: k})
        return sympy.Product(factor, (k, 0, _length(term.data.size, local) - 1))

    def _call(self, term: Term, local: Local) -> Any:
        function: Function = term.data
        arguments = self._parts(term, local)
        if entrywise(term):
            return lambda i, j: self._applied(term, [arguments[0](i, j)], {})
        sizes: Local = {
            ("size", mine): local.get(("size", given), given)
            for mine, given in argument_sizes(function, term.parts).items()
        }
        return self._applied(term, arguments, sizes)

    _prime = _call

    def _applied(self, term: Term, arguments: list[Any], sizes: Local) -> Any:
        function: Function = term.data
        if function.means is None:
            kind = _Unknown if term.op == "call" else _UnknownSlope
            return kind(sympy.Symbol(function.name.letter), arguments[0])
        keys = [p.data if p.op == "index" else p for p in function.parameters]
        if term.op == "call":
            return self.formula(function.means, sizes | dict(zip(keys, arguments, strict=True)))
        v = sympy.Dummy(real=True)
        return self.formula(function.means, {keys[0]: v}).diff(v).subs(v, arguments[0])

    def _partial(self, term: Term, local: Local) -> Any:
        body, by = term.parts
        whole, *indices = (by, *()) if by.op != "entry" else by.parts
        positions = [self.formula(i, local) for i in indices]
        return self._slope(body, whole, positions, local)

    def _gradient(self, term: Term, local: Local) -> Any:
        body, by = term.parts

        def entry(*place: Any) -> Any:
            at = [p for p, length in zip(place, by.shape, strict=True) if length != 1]
            return self._slope(body, by, at, local)

        return entry

    def _slope(self, body: Term, whole: Term, positions: list[Any], local: Local) -> Any:
        inside = Formulas(self.atoms | {whole})
        variable = inside.formula(whole, {})
        if whole.shape:
            variable = variable(*_place(whole, positions))
        slope = inside.formula(body, local).diff(variable)
        if whole.op != "named" or whole in self.atoms:
            return slope
        meaning = self.formula(whole, {})
        if not whole.shape:
            return slope.xreplace({variable: meaning})
        return slope.replace(
            lambda e: isinstance(e, sympy.Indexed) and e.base == variable.base,
            lambda e: meaning(*_place(whole, e.indices)),
        )


class _Unknown(sympy.Function):  # type: ignore[misc]
    """f(v) of a function without a formula; its first argument is its name."""

    nargs = 2
    is_real = True

    def fdiff(self, argindex: int = 2) -> Any:  # noqa: ARG002 (SymPy asks for the slope)
        return _UnknownSlope(*self.args)


class _UnknownSlope(sympy.Function):  # type: ignore[misc]
    nargs = 2
    is_real = True


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "neg": lambda a: -a,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "hadamard": lambda a, b: a * b,
    "pow": lambda a, b: a**b,
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
}


def _letter(name: Name) -> str:
    return f"{name.letter}{name.mark}{'bar' if name.bar else ''}"


def _atom(term: Term, name: Name) -> Any:
    """Return a symbol, or the entries of an indexed one."""
    positive = term.op == "symbol" and term.data[0].positive
    letter = _letter(name) + ("" if term.op == "symbol" else "'")
    if not term.shape:
        return sympy.Symbol(letter, **({"positive": True} if positive else {"real": True}))
    kind = {"real": True} if term.over is None else {"integer": True, "nonnegative": True}
    base = sympy.IndexedBase(letter, **kind)
    axes = [axis for axis, length in enumerate(term.shape) if length != 1]
    return lambda *place: base[tuple(place[axis] for axis in axes)]


def _place(whole: Term, positions: Any) -> list[Any]:
    left = list(positions)
    return [0 if length == 1 else left.pop(0) for length in whole.shape]


def _entry_of(formula: Any, shape: tuple[Size, ...], i: Any, j: Any) -> Any:
    """Return an entry of what may be a number, or a row that is added to each row."""
    if not shape:
        return formula
    return formula(0 if shape[0] == 1 else i, 0 if shape[1] == 1 else j)


def _length(length: Size, local: Local) -> Any:
    length = local.get(("size", length), length)
    return length if isinstance(length, int) else sympy.Symbol(length, integer=True, positive=True)


def _sum(length: Size, local: Local, summand: Callable[[Any], Any]) -> Any:
    count = _length(length, local)
    if isinstance(count, int):
        return sum(summand(k) for k in range(count))
    k = sympy.Dummy(integer=True, nonnegative=True)
    return sympy.Sum(summand(k), (k, 0, count - 1))
