"""The lecture's notation as typed terms, from which both text and values are made. Student side.

A term keeps what its author wrote: nothing is evaluated or reordered. Its LaTeX is generated
(`latex`), its value is computed (`numeric`, `symbolic`), so that text and meaning cannot drift
apart. Every term has a shape: () is a number, (D, 1) a column, (1, D) a row, (D, K) a matrix;
sizes are symbolic. What does not fit together cannot be written.

For trusted authors; answers of students are read by `trees`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from glm2mlp.derivation.trees import DerivationError

Size: TypeAlias = str | int
Shape: TypeAlias = tuple[Size, ...]


@dataclass(frozen=True)
class Name:
    r"""A letter with its ornaments: \bar{w}^{(h)} is Name("w", mark="(h)", bar=True)."""

    letter: str
    mark: str = ""
    bar: bool = False


@dataclass(frozen=True)
class Symbol:
    """What a symbol stands for: any numbers, positive ones, or labels of `over` classes."""

    name: Name
    positive: bool = False
    over: Size | None = None


@dataclass(frozen=True)
class Index:
    """A letter that runs over the `size` positions of an axis."""

    name: str
    size: Size


@dataclass(frozen=True)
class Function:
    """A function; without `means` it is any differentiable one.

    The last `given` parameters are printed after the others but never written: a call takes the
    letters as they are. `between` holds what is printed before each parameter.
    """

    name: Name
    parameters: tuple["Term", ...]
    given: int
    between: tuple[str, ...]
    means: "Term | None"
    subscript: bool = False

    def __call__(self, *arguments: "Term | int") -> "Term":
        """Return f(arguments)."""
        given = self.parameters[len(self.parameters) - self.given :]
        return make("call", (*map(term, arguments), *given), self)

    def prime(self, argument: "Term") -> "Term":
        """Return f′(argument)."""
        return make("prime", (argument,), self)


@dataclass(frozen=True)
class Term:
    """A formula: an operation on parts. `over` is the size that an index or a label runs over.

    `free` are the indices that no sum or array within the term binds.
    """

    op: str
    parts: tuple["Term", ...]
    data: Any
    shape: Shape
    over: Size | None = None
    free: frozenset[Index] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Terms are keys at every look-up of a symbol's value.
        content = (self.op, self.parts, self.data, self.shape)
        object.__setattr__(self, "_hash", hash(content))
        object.__setattr__(self, "free", _free(self))

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined, no-any-return]

    def __add__(self, other: "Term | int") -> "Term":
        return make("add", (self, term(other)))

    def __radd__(self, other: int) -> "Term":
        return make("add", (term(other), self))

    def __sub__(self, other: "Term | int") -> "Term":
        return make("sub", (self, term(other)))

    def __rsub__(self, other: int) -> "Term":
        return make("sub", (term(other), self))

    def __mul__(self, other: "Term | int") -> "Term":
        return make("mul", (self, term(other)))

    def __rmul__(self, other: int) -> "Term":
        return make("mul", (term(other), self))

    def __truediv__(self, other: "Term | int") -> "Term":
        return make("div", (self, term(other)))

    def __rtruediv__(self, other: int) -> "Term":
        return make("div", (term(other), self))

    def __pow__(self, other: "Term | int") -> "Term":
        return make("pow", (self, term(other)))

    def __matmul__(self, other: "Term") -> "Term":
        return make("matmul", (self, other))

    def __neg__(self) -> "Term":
        return make("neg", (self,))

    def __getitem__(self, indices: "Term | int | tuple[Term | int, ...]") -> "Term":
        indices = indices if isinstance(indices, tuple) else (indices,)
        return make("entry", (self, *map(term, indices)))

    __iter__ = None

    @property
    def T(self) -> "Term":
        """The transpose."""
        return make("transpose", (self,))


def term(value: "Term | int") -> Term:
    """Return an integer as a term, and a term as it is."""
    if isinstance(value, Term):
        return value
    if isinstance(value, int):
        number = make("number", data=abs(value))
        return number if value >= 0 else -number
    raise DerivationError(f"{value!r} is not exact; write a half as `number(1) / 2`.")


def make(op: str, parts: tuple[Term, ...] = (), data: Any = None) -> Term:
    """Build any term; raise if its parts do not fit together."""
    shape = _SHAPES[op](parts, data) if op in _SHAPES else _elementwise(op, parts)
    return Term(op, parts, data, shape, _over(op, parts, data))


def _over(op: str, parts: tuple[Term, ...], data: Any) -> Size | None:
    if op == "index":
        return data.size  # type: ignore[no-any-return]
    if op == "symbol":
        return data[0].over  # type: ignore[no-any-return]
    return parts[0].over if op == "entry" else None


def size_of(value: Term) -> Size:
    """Return how long an axis is."""
    if value.op != "size":
        raise DerivationError("an axis is as long as a size, such as N.")
    return value.data  # type: ignore[no-any-return]


def _fail(op: str, parts: tuple[Term, ...]) -> DerivationError:
    shapes = " and ".join("label" if p.over is not None else shape_text(p.shape) for p in parts)
    return DerivationError(f"{op} does not fit {shapes}.")


def shape_text(shape: Shape) -> str:
    """Return a shape in words."""
    return "a number" if shape == () else " × ".join(map(str, shape))


def _number(op: str, parts: tuple[Term, ...]) -> Shape:
    if any(part.shape != () or part.over is not None for part in parts):
        raise _fail(op, parts)
    return ()


def _elementwise(op: str, parts: tuple[Term, ...]) -> Shape:
    """Shape of a + b and the like: equal shapes, a number and an array, a matrix and a row."""
    if any(part.over is not None for part in parts):
        raise _fail(op, parts)
    shape = parts[0].shape
    for part in parts[1:]:
        a, b = shape, part.shape
        if b == () or (len(a) == 2 and b == (1, a[1])):
            continue
        if a not in ((), b) and not (len(b) == 2 and a == (1, b[1])):
            raise _fail(op, parts)
        shape = b
    return shape


def _scaled(op: str, parts: tuple[Term, ...]) -> Shape:
    a, b = parts
    if (a.shape != () and b.shape != ()) or (op == "div" and b.shape != ()):
        raise _fail(op, parts)
    return _elementwise(op, parts)


def _matmul(parts: tuple[Term, ...], _: Any) -> Shape:
    a, b = (part.shape for part in parts)
    if a == () or b == () or a[1] != b[0] or any(part.over is not None for part in parts):
        raise _fail("matmul", parts)
    return () if (a[0], b[1]) == (1, 1) else (a[0], b[1])


def _entry(parts: tuple[Term, ...], _: Any) -> Shape:
    whole, *indices = parts
    axes = [length for length in whole.shape if length != 1]
    if len(axes) != len(indices):
        raise _fail("entry", parts)
    for length, i in zip(axes, indices, strict=True):
        literal = i.op == "number" and isinstance(length, int) and 0 <= i.data < length
        if not literal and i.over != length:
            raise _fail("entry", parts)
    return ()


def _row(parts: tuple[Term, ...], _: Any) -> Shape:
    whole, n = parts
    if len(whole.shape) != 2 or n.over != whole.shape[0]:
        raise _fail("row", parts)
    return (whole.shape[1], 1)


def _array(parts: tuple[Term, ...], data: tuple[Index, ...]) -> Shape:
    _number("array", parts)
    _bound(parts[0], *data)
    return (data[0].size, data[1].size if len(data) == 2 else 1)


def _sum(parts: tuple[Term, ...], data: Index) -> Shape:
    if parts[0].over is not None:
        raise _fail("sum", parts)
    _bound(parts[0], data)
    return parts[0].shape


def _bound(body: Term, *indices: Index) -> None:
    """A name or a function means the same wherever it stands, so it cannot use a bound index."""
    for part in walk(body):
        hidden = part.parts if part.op == "named" else ()
        if part.op == "call" and part.data.means is not None:
            own = {p.data for p in part.data.parameters if p.op == "index"}
            hidden = (part.data.means,)
        else:
            own = set()
        for inner in hidden:
            for i in indices:
                if i in inner.free - own:
                    raise DerivationError(f"a definition cannot use the index {i.name} of a sum.")


def _same(parts: tuple[Term, ...], _: Any) -> Shape:
    i, j = parts
    if i.over is None or i.over != j.over or i.shape != () or j.shape != ():
        raise _fail("[i = j]", parts)
    return ()


def _call(parts: tuple[Term, ...], data: Function) -> Shape:
    if len(parts) != len(data.parameters):
        raise DerivationError(f"{data.name.letter} takes {len(data.parameters)} arguments.")
    if len(parts) == 1 and data.parameters[0].op == "symbol" and data.parameters[0].shape == ():
        return _elementwise("call", parts)
    sizes = argument_sizes(data, parts)
    shape = () if data.means is None else data.means.shape
    return tuple(sizes.get(length, length) for length in shape)


def _prime(parts: tuple[Term, ...], data: Function) -> Shape:
    if len(data.parameters) != 1 or data.parameters[0].shape != () or parts[0].over is not None:
        raise _fail(f"{data.name.letter}′", parts)
    return _call(parts, data)


def entrywise(call: Term) -> bool:
    """Tell whether a function of a number is called with an array, and so with each entry."""
    return len(call.parts) == 1 and not call.data.parameters[0].shape and call.parts[0].shape != ()


def argument_sizes(function: Function, arguments: tuple[Term, ...]) -> dict[Size, Size]:
    """Match the sizes of a function's parameters with those of its arguments."""
    sizes: dict[Size, Size] = {}
    for parameter, argument in zip(function.parameters, arguments, strict=True):
        pairs = [*zip(parameter.shape, argument.shape, strict=False)]
        if parameter.over is not None and argument.over is not None:
            pairs.append((parameter.over, argument.over))
        fits = len(parameter.shape) == len(argument.shape) and (
            (parameter.over is None) == (argument.over is None)
        )
        for mine, given in pairs:
            fits = fits and sizes.setdefault(mine, given) == given and (mine == 1) <= (given == 1)
        if not fits:
            raise _fail(function.name.letter, arguments)
    if function.means is not None:
        changed = {mine for mine, given in sizes.items() if mine != given}
        for part in walk(function.means, hidden=True):
            if part.op == "symbol" and part not in function.parameters and changed & {*part.shape}:
                raise _fail(function.name.letter, arguments)
    return sizes


def _derivative(op: str, parts: tuple[Term, ...]) -> Shape:
    body, by = parts
    target = by.parts[0] if by.op == "entry" else by
    if body.shape != () or target.op not in ("symbol", "named") or by.over is not None:
        raise _fail(op, parts)
    if (by.shape == ()) != (op == "partial") and op != "argmin":
        raise _fail(op, parts)
    if target not in walk(body, hidden=True):
        raise DerivationError("the derivative is taken by something that does not occur.")
    return by.shape


_SHAPES: dict[str, Any] = {
    "number": lambda *_: (),
    "size": lambda *_: (),
    "index": lambda *_: (),
    "symbol": lambda _, data: data[1],
    "pow": lambda parts, _: _number("pow", parts),
    "exp": lambda parts, _: _number("exp", parts),
    "log": lambda parts, _: _number("log", parts),
    "sqrt": lambda parts, _: _number("sqrt", parts),
    "mul": lambda parts, _: _scaled("mul", parts),
    "div": lambda parts, _: _scaled("div", parts),
    "matmul": _matmul,
    "transpose": lambda parts, _: parts[0].shape[::-1],
    "entry": _entry,
    "row": _row,
    "array": _array,
    "list": lambda parts, _: (len(parts) + len(_number("list", parts)), 1),
    "sum": _sum,
    "prod": _sum,
    "same": _same,
    "call": _call,
    "prime": _prime,
    "named": lambda parts, _: parts[0].shape,
    "partial": lambda parts, _: _derivative("partial", parts),
    "gradient": lambda parts, _: _derivative("gradient", parts),
    "argmin": lambda parts, _: _derivative("argmin", parts),
    "argmax": lambda parts, _: _derivative("argmin", parts),
}


# Walking.


def walk(whole: Term, *, hidden: bool = False) -> Iterator[Term]:
    """Yield every term within a term; with `hidden` also those within what functions mean."""
    yield whole
    for part in whole.parts:
        yield from walk(part, hidden=hidden)
    if hidden and whole.op in ("call", "prime") and whole.data.means is not None:
        yield from walk(whole.data.means, hidden=True)


def _free(whole: Term) -> frozenset[Index]:
    if whole.op == "index":
        return frozenset({whole.data})
    found: frozenset[Index] = frozenset().union(*(part.free for part in whole.parts))
    if whole.op in ("call", "prime") and whole.data.means is not None:
        found |= whole.data.means.free - {p.data for p in whole.data.parameters if p.op == "index"}
    if whole.op in ("sum", "prod"):
        return found - {whole.data}
    return found - set(whole.data) if whole.op == "array" else found
