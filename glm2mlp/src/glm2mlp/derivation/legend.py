r"""What the names in a derivation stand for, made from the terms. Student side; for authors."""

from collections.abc import Iterator, Sequence

from glm2mlp.derivation.latex import latex, name_latex
from glm2mlp.derivation.terms import Function, Index, Shape, Term, make, walk
from glm2mlp.derivation.trees import DerivationError

FROM_ZERO = ("K",)  # classes are 0, …, K − 1


def one_meaning(terms: Sequence[Term]) -> None:
    """Raise if two different things would be printed alike, in the lines or in their legend."""
    meanings: dict[str, object] = {}
    for term in terms:
        names = [part for part in walk(term) if part.op in ("symbol", "index", "size")]
        for part in [*names, *walk(term, hidden=True)]:
            match part.op:
                case "call" | "prime":
                    text, meaning = latex(_head(part.data)), part.data
                case "row":
                    text, meaning = name_latex(part.data, bold=True, subscript="n"), part.parts[0]
                case "named":
                    text, meaning = latex(part), part
                case _ if part in names:
                    text, meaning = latex(part), part
                case _:
                    continue  # a parameter's letter is its function's own
            if meanings.setdefault(text, meaning) != meaning:
                raise DerivationError(f"{text} would stand for two different things.")


def legend(terms: Sequence[Term]) -> tuple[str, ...]:
    """Return what every symbol, name and function stands for, each once, as LaTeX."""
    free = set().union(*(term.free for term in terms))
    entries = {_position(index): None for index in sorted(free, key=lambda index: index.name)}
    for term in terms:
        for entry in _entries(term):
            entries.setdefault(entry)
    return tuple(entries)


def _entries(term: Term) -> Iterator[str]:
    if term.op in ("call", "prime"):
        yield from _function(term.data)
    if term.op == "named":
        yield _equation(term, term.parts[0])
    if term.op == "symbol":
        yield _symbol(term)
    if term.op == "row":
        whole, n = map(latex, term.parts)
        yield rf"{latex(term)} \text{{ is row }} {n} \text{{ of }} {whole}"
    for part in term.parts:
        yield from _entries(part)


def _head(function: Function) -> Term:
    return make("call", function.parameters, function)


def _function(function: Function) -> Iterator[str]:
    if function.means is None:
        yield rf"{latex(_head(function))} \text{{ any differentiable function}}"
        return
    yield _equation(_head(function), function.means)
    own = {_symbol(p) for p in function.parameters if p.op == "symbol"}
    yield from (entry for entry in _entries(function.means) if entry not in own)


def _equation(left: Term, meaning: Term) -> str:
    """Return left = meaning; an array given by its entries is defined entry by entry."""
    if meaning.op == "array":
        at = tuple(make("index", data=index) for index in meaning.data)
        return f"{latex(make('entry', (left, *at)))} = {latex(meaning.parts[0])}"
    return f"{latex(left)} = {latex(meaning)}"


def _symbol(term: Term) -> str:
    meaning = term.data[0]
    if meaning.over is not None:
        return rf"{latex(term)} \in \{{0, \dots, {meaning.over} - 1\}}^{{{term.shape[0]}}}"
    if meaning.positive:
        return f"{latex(term)} > 0"
    return rf"{latex(term)} \in {_space(term.shape)}"


def _position(index: Index) -> str:
    first, last = ("0", f"{index.size} - 1") if index.size in FROM_ZERO else ("1", index.size)
    return rf"{index.name} \in \{{{first}, \dots, {last}\}}"


def _space(shape: Shape) -> str:
    if shape == ():
        return r"\mathbb{R}"
    lengths = r" \times ".join(str(length) for length in shape if length != 1)
    return rf"\mathbb{{R}}^{{{lengths}}}"
