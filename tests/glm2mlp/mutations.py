"""Ways to break a line of a derivation: sign, factor, index, exponent, dropped part, wrong letter.

Not among the changes: a column for a row where its entry is taken, for that is the same number.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from glm2mlp.derivation import Derivation, DerivationError, Move
from glm2mlp.derivation.latex import latex
from glm2mlp.derivation.lines import Line
from glm2mlp.derivation.terms import Index, Term, make, term, walk

Change = tuple[str, Callable[[], Term]]  # kind, and how to make the new term


@dataclass(frozen=True)
class Mutant:
    """One wrong line, or one wrong move of an objective."""

    line: int  # counted from 1
    kind: str
    change: str  # what was replaced by what
    nth: int  # of the same change of this line
    lines: tuple[Line, ...]

    def build(self) -> Derivation:
        """Build the derivation with the wrong line."""
        first, *others = self.lines
        return Derivation(first.term, *((line.term, line.moves or line.reason) for line in others))

    def __str__(self) -> str:
        return f"{self.line}: {self.kind}: {self.change}" + f" ({self.nth})" * (self.nth > 1)


def mutants(derivation: Derivation) -> Iterator[Mutant | None]:
    """Yield every broken derivation; None where the wrong line cannot even be written."""
    words = _Words(derivation)
    for number, line in enumerate(derivation.lines, 1):
        seen, count = {line}, Counter[tuple[str, str]]()
        for kind, change, wrong in _lines(line, words):
            if wrong is None:
                yield None
            elif wrong not in seen:
                seen.add(wrong)
                count[kind, change] += 1
                nth = count[kind, change]
                before, after = derivation.lines[: number - 1], derivation.lines[number:]
                yield Mutant(number, kind, change, nth, (*before, wrong, *after))


def _lines(line: Line, words: "_Words") -> Iterator[tuple[str, str, Line | None]]:
    for kind, change, wrong in _everywhere(line.term, words):
        yield kind, change, replace(line, term=wrong) if wrong else None
    for n, move in enumerate(line.moves):
        before, after = line.moves[:n], line.moves[n + 1 :]
        yield "drop a move", move.kind, replace(line, moves=before + after)
        if move.amount is None:
            continue
        other = Move("times" if move.kind == "less" else "less", move.amount)
        yield "other move", move.kind, replace(line, moves=(*before, other, *after))
        for kind, change, wrong in _everywhere(move.amount, words):
            moves = (*before, Move(move.kind, wrong), *after)
            yield f"move: {kind}", change, replace(line, moves=moves) if wrong else None


class _Words:
    """The letters and functions of a derivation, with which one may be taken for another."""

    def __init__(self, derivation: Derivation) -> None:
        parts = {part for line in derivation.lines for part in walk(line.term)}
        self.names = sorted((p for p in parts if p.op in ("symbol", "named")), key=latex)
        self.indices = sorted((p for p in parts if p.op == "index"), key=latex)
        self.calls = sorted((p for p in parts if p.op in ("call", "prime")), key=latex)

    def instead_of(self, part: Term) -> list[Term]:
        """Return other letters of the same kind."""
        letters = self.indices if part.op == "index" else self.names
        return [n for n in letters if n != part and (n.shape, n.over) == (part.shape, part.over)]


def _everywhere(whole: Term, words: _Words) -> Iterator[tuple[str, str, Term | None]]:
    """Yield the changes of a term and of every part of it; None where nothing can be written."""
    for kind, make_it in _changes(whole, words):
        try:
            wrong = make_it()
            yield kind, f"{latex(whole)} → {latex(wrong)}", wrong
        except DerivationError:
            yield kind, "", None
    if whole.op == "named":
        return  # its name stands in the line, not what it means
    for n, part in enumerate(whole.parts):
        for kind, change, wrong in _everywhere(part, words):
            try:
                yield kind, change, _rebuilt(whole, n, wrong) if wrong else None
            except DerivationError:
                yield kind, change, None


def _rebuilt(whole: Term, n: int, part: Term) -> Term:
    return make(whole.op, (*whole.parts[:n], part, *whole.parts[n + 1 :]), whole.data)


def _changes(x: Term, words: _Words) -> Iterator[Change]:
    if x.over is not None or x.op in ("argmin", "argmax"):
        yield from _letters(x, words)
        return
    yield "sign", lambda: -x
    yield "factor 2", lambda: 2 * x
    yield from _letters(x, words)
    a, b = (*x.parts, None, None)[:2]
    match x.op:
        case "number":
            yield "number + 1", lambda: term(x.data + 1)
            yield "number − 1", lambda: term(x.data - 1)
        case "add" | "sub":
            yield "drop a term", lambda: a
            yield "drop a term", lambda: b
            yield "+ for −", lambda: make("sub" if x.op == "add" else "add", x.parts)
        case "mul" | "hadamard":
            yield "drop a factor", lambda: a
            yield "drop a factor", lambda: b
            yield "+ for ·", lambda: make("add", x.parts)
        case "matmul":
            yield "drop a factor", lambda: a
            yield "drop a factor", lambda: b
            yield "order of a product", lambda: b @ a
        case "div":
            yield "drop a denominator", lambda: a
            yield "drop a numerator", lambda: 1 / b
            yield "fraction upside down", lambda: b / a
        case "pow":
            yield "drop an exponent", lambda: a
            yield "exponent + 1", lambda: a ** (b + 1)
        case "exp" | "log" | "sqrt" | "neg":
            yield f"drop {x.op}", lambda: a
        case "transpose":
            yield "drop ᵀ", lambda: a
        case "sum" | "prod":
            yield "Σ for Π", lambda: make("prod" if x.op == "sum" else "sum", x.parts, x.data)
            yield "drop Σ", lambda: a
        case "array":
            yield "order of indices", lambda: make("array", x.parts, x.data[::-1])
        case "same":
            yield "drop [i = j]", lambda: term(1)
        case "partial" | "gradient":
            yield "drop a derivative", lambda: a
        case "call" | "prime":
            yield "drop a function", lambda: a
            yield "slope of a function", lambda: make(_OTHER[x.op], x.parts, x.data)
    if (x.shape and 1 not in x.shape) or x.op == "matmul":
        yield "add ᵀ", lambda: x.T


_OTHER = {"call": "prime", "prime": "call"}


def _letters(x: Term, words: _Words) -> Iterator[Change]:
    """Yield changes of a letter for another, of an index, and of what a derivative is taken by."""
    if x.op in ("symbol", "named", "index"):
        for other in words.instead_of(x):
            yield "index" if x.op == "index" else "letter", lambda other=other: other
    if x.op in ("sum", "prod"):
        for other in words.indices:
            if other.data != x.data and isinstance(x.data, Index):
                yield "index of Σ", lambda other=other: make(x.op, x.parts, other.data)
    if x.op in ("call", "prime"):
        for other in words.calls:
            if other.data != x.data:
                yield "function", lambda other=other: make(other.op, x.parts, other.data)
    if x.op in ("argmin", "argmax"):
        yield "min for max", lambda: make("argmax" if x.op == "argmin" else "argmin", x.parts)
