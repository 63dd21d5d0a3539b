"""Random points for terms, and where two terms differ on them. Student side; for authors.

A point gives sizes, numbers for all symbols and every combination of the free indices. Symbols
draw by their names, so that the same line has the same value in every derivation.
"""

import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from glm2mlp.derivation.latex import latex
from glm2mlp.derivation.numeric import World, mp, value
from glm2mlp.derivation.terms import Index, Size, Term
from glm2mlp.derivation.trees import DerivationError
from glm2mlp.derivation.values import UndefinedError

SIZES = (2, 3, 4)  # of N, D, K, …, in turn
ALONE = 6  # points for a derivation without sizes; otherwise one for each choice of sizes
PLACES = 6  # combinations of free indices that are looked at in one point
ORDER = "NDHK"  # in which sizes are told: examples, features, hidden units, classes
MAX_DRAWS = 20


@dataclass(frozen=True)
class Points:
    """The points on which a derivation is compared."""

    sizes: tuple[Size, ...]
    symbols: tuple[Term, ...]
    indices: tuple[Index, ...]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Points":
        """Return the points for terms, with all that they and their definitions contain."""
        symbols, lengths = _contents(terms)
        indices = set().union(*(term.free for term in terms))
        return cls(
            tuple(sorted(lengths, key=_rank)),
            tuple(sorted(symbols, key=latex)),
            tuple(sorted(indices, key=lambda index: index.name)),
        )

    def choices(self) -> list[dict[Size, int]]:
        """Return the sizes of each point: every axis gets every length, side by side they differ."""
        if not self.sizes:
            return [{}] * ALONE
        return [
            {letter: SIZES[(n + turn) % len(SIZES)] for n, letter in enumerate(self.sizes)}
            for turn in range(len(SIZES))
        ]

    def worlds(self, first: Term) -> list[list[World]]:
        """Return points where the first line has a value, each as worlds of its free indices."""
        return [self._defined(first, sizes, turn) for turn, sizes in enumerate(self.choices())]

    def _defined(self, first: Term, sizes: dict[Size, int], turn: int) -> list[World]:
        for draw in range(MAX_DRAWS):
            worlds = self._worlds(sizes, turn, draw)
            try:
                for world in worlds:
                    value(first, world)
            except UndefinedError:
                continue
            return worlds
        raise DerivationError("the first line has no value at most points.")

    def _worlds(self, sizes: dict[Size, int], turn: int, draw: int) -> list[World]:
        values = {symbol: _drawn(symbol, sizes, f"{turn}/{draw}") for symbol in self.symbols}
        places = [
            dict(zip(self.indices, place, strict=True))
            for place in itertools.product(*(range(_length(i.size, sizes)) for i in self.indices))
        ]
        random.Random(turn).shuffle(places)  # noqa: S311 (points, not secrets)
        return [World(sizes, values | place, turn + draw) for place in places[:PLACES]]


def _contents(terms: Iterable[Term]) -> tuple[set[Term], set[Size]]:
    """Return the symbols and sizes of terms and of what they mean, without parameters."""
    symbols: set[Term] = set()
    lengths: set[Size] = set()
    for term in terms:
        more, longer = _contents(term.parts)
        if term.op == "symbol":
            more.add(term)
        if term.op in ("call", "prime") and term.data.means is not None:
            hidden, inner = _contents([term.data.means])
            own, their = _contents(term.data.parameters)
            more |= hidden - own
            longer |= inner - their
        bound = term.data if term.op == "array" else (term.data,)
        over = [index.size for index in bound if isinstance(index, Index)]
        named = [term.data] if term.op == "size" else []
        lengths |= {n for n in (*term.shape, *over, *named) if isinstance(n, str)} | longer
        symbols |= more
    return symbols, lengths


def _rank(length: Size) -> tuple[bool, int, str]:
    """Return by what sizes are sorted: known letters first, in their order."""
    letter = str(length)
    return letter not in ORDER, ORDER.find(letter), letter


def _length(length: Size, sizes: dict[Size, int]) -> int:
    return length if isinstance(length, int) else sizes[length]


def _drawn(symbol: Term, sizes: dict[Size, int], turn: str) -> Any:
    generator = random.Random(f"{turn}/{latex(symbol)}")  # noqa: S311 (points, not secrets)
    meaning = symbol.data[0]

    def number() -> Any:
        if meaning.over is not None:
            return generator.randrange(_length(meaning.over, sizes))
        sign = 1 if meaning.positive else generator.choice((-1, 1))
        return sign * mp.mpf(generator.randint(20, 150)) / 100

    if not symbol.shape:
        return number()
    rows, columns = (_length(length, sizes) for length in symbol.shape)
    return np.array([[number() for _ in range(columns)] for _ in range(rows)], dtype=object)


def difference(a: Term, b: Term, worlds: list[World]) -> str | None:
    """Tell where two terms differ on a point, or None if they do not."""
    for world in worlds:
        try:
            left, right = value(a, world), value(b, world)
        except UndefinedError:
            return f"at {_at(world)} one of the two has no value."
        pairs = [((), left, right)]
        if a.shape:
            pairs = [(place, left[place], right[place]) for place in np.ndindex(left.shape)]
        for place, x, y in pairs:
            if abs(x - y) > mp.mpf(10) ** -25 * (1 + abs(x) + abs(y)):
                where = f"{_at(world)}{', entry ' + str(place) if place else ''}"
                return f"at {where} the two are {_short(x)} and {_short(y)}."
    return None


def _at(world: World) -> str:
    shown = [f"{letter} = {length}" for letter, length in world.sizes.items()]
    for key, number in world.values.items():
        if isinstance(key, Index):
            shown.append(f"{key.name} = {number}")
        elif not key.shape:
            shown.append(f"{latex(key)} = {_short(number)}")
    return ", ".join(shown) or "the first point"


def _short(number: Any) -> str:
    return f"{float(number):.4g}"
