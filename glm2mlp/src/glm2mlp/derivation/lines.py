"""A derivation to be read: aligned lines with reasons, each checked. Student side; for authors.

Every line is compared with the line before at random points; a derivation whose lines do not
follow cannot be built. Whether SymPy decides a step for every size is found out when somebody
asks (`proofs`), for that takes longer than the building.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from glm2mlp.derivation.latex import latex, width
from glm2mlp.derivation.legend import legend, one_meaning
from glm2mlp.derivation.minimisers import KINDS, Move
from glm2mlp.derivation.numeric import World
from glm2mlp.derivation.points import Points, difference
from glm2mlp.derivation.symbolic import equal
from glm2mlp.derivation.terms import Term, shape_text
from glm2mlp.derivation.trees import DerivationError

MINIMISERS = ("argmin", "argmax")
# Widths in letters: a first line that is wide, or too wide beside the others, stands alone; a long
# sum is broken.
WIDE, LONG, PAGE = 22, 34, 68


@dataclass(frozen=True)
class Line:
    """One line, and why it follows from the line before: words, or moves of an objective."""

    term: Term
    reason: str = ""
    moves: tuple[Move, ...] = ()


class Derivation:
    """A first line and steps (line, reason); raises DerivationError if one does not follow.

    Lines are equal. Between minimisers the reason may be a `Move`, or several of them; between
    derivatives by the same letter what is differentiated has to be equal, but for `less`.
    """

    def __init__(self, first: Term, *steps: "tuple[Term, str | Move | tuple[Move, ...]]") -> None:
        if not steps:
            raise DerivationError("A derivation needs at least one step.")
        self.lines = (Line(first), *(_line(*step) for step in steps))
        amounts = [move.amount for line in self.lines for move in line.moves if move.amount]
        terms = [*(line.term for line in self.lines), *amounts]
        one_meaning(terms)
        self._claims = tuple(_claims(n, a, b) for n, (a, b) in enumerate(pairwise(self.lines), 2))
        self.points = Points.of(terms)
        self._check()

    def worlds(self) -> list[list[World]]:
        """Return the points where the lines are compared, each with some places of its indices."""
        first = self.lines[0].term
        return self.points.worlds(first.parts[0] if first.op in MINIMISERS else first)

    def _check(self) -> None:
        points = self.worlds()
        for number, (line, claims) in enumerate(zip(self.lines[1:], self._claims, strict=True), 2):
            for worlds in points:
                if not all(move.holds(worlds) for move in line.moves):
                    raise _error(number, line, "the factor is not positive.")
                for left, right in claims:
                    if found := difference(left, right, worlds):
                        raise _error(number, line, found)

    @cached_property
    def proofs(self) -> tuple[bool, ...]:
        """Whether SymPy decided each step, for every size."""
        return tuple(all(equal(*claim) for claim in claims) for claims in self._claims)

    @property
    def checked(self) -> str:
        """Say how the steps have been checked."""
        names = ", ".join(map(str, self.points.sizes))
        tried = [", ".join(map(str, choice.values())) for choice in self.points.choices()]
        at = f"at {len(tried)} random points"
        if len(self.points.sizes) == 1:
            at += f" with {names} = {', '.join(tried)}"
        elif names:
            at += f" with ({names}) = {', '.join(f'({sizes})' for sizes in tried)}"
        symbolic = "with SymPy" + (f" for every {names}" if names else "")
        undecided = [str(n) for n, proof in enumerate(self.proofs, 2) if not proof]
        if not undecided:
            return f"Every line checked {symbolic}, and {at}."
        return f"Every line checked {at}, and {symbolic} all but line {', '.join(undecided)}."

    @property
    def legend(self) -> tuple[str, ...]:
        """What every name in the lines stands for, as LaTeX."""
        return legend([line.term for line in self.lines])

    def latex(self) -> str:
        """Return the lines, aligned at their equals signs, with the reasons at the right."""
        first, *others = (line.term for line in self.lines)
        left = latex(first)
        widest = max(width(part) for term in others for part in _broken(term))
        widest += max(width(_reason(line)) for line in self.lines[1:])
        alone = width(left) > WIDE or width(left) + widest > PAGE
        rows = [f"&{left}"] if alone else []
        for n, (term, line) in enumerate(zip(others, self.lines[1:], strict=True)):
            reason = _reason(line)
            start = "" if alone or n else f"{left} "
            head, *tail = _broken(term)
            rows.append(f"{start}&= {head}" + (rf" && \text{{{reason}}}" if reason else ""))
            rows += [rf"&\quad {part}" for part in tail]
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _repr_latex_(self) -> str:
        return f"$$\n{self.latex()}\n$$"

    def _repr_markdown_(self) -> str:
        names = ", ".join(f"${name}$" for name in self.legend)
        return f"{self._repr_latex_()}\n\nHere {names}. *{self.checked}*"


def _broken(term: Term) -> list[str]:
    """Return a line in two parts if it is a long sum."""
    text = latex(term)
    if width(text) <= LONG or term.op not in ("add", "sub"):
        return [text]
    head = latex(term.parts[0])
    return [head, text[len(head) :].lstrip()]


def _line(term: Term, reason: "str | Move | tuple[Move, ...]") -> Line:
    if isinstance(reason, str):
        return Line(term, reason)
    return Line(term, moves=reason if isinstance(reason, tuple) else (reason,))


def _inside(term: Term) -> Term:
    return term.parts[0] if term.op in MINIMISERS else term


def _claims(number: int, before: Line, line: Line) -> list[tuple[Term, Term]]:
    """Return the pairs of terms that have to be equal for the step to follow."""
    a, b = before.term, line.term
    try:
        if (a.op in MINIMISERS) != (b.op in MINIMISERS):
            raise DerivationError("a minimiser is no value.")
        if a.op in MINIMISERS:
            return [_same_minimiser(a, b, line.moves)]
        if a.shape != b.shape:
            raise DerivationError(f"the two are {shape_text(a.shape)} and {shape_text(b.shape)}.")
        if (a.op, *a.parts[1:]) == (b.op, *b.parts[1:]) and a.op in ("partial", "gradient"):
            # A derivative would not show a wrong constant.
            return [(a, b), (_moved(a, line.moves, ("less",)), b.parts[0])]
        if line.moves:
            raise DerivationError("only an objective or what is differentiated can be moved.")
    except DerivationError as error:
        raise _error(number, line, str(error)) from None
    return [(a, b)]


def _same_minimiser(a: Term, b: Term, moves: tuple[Move, ...]) -> tuple[Term, Term]:
    if a.parts[1] != b.parts[1]:
        raise DerivationError("the two search for different things.")
    turns = sum(move.kind == "neg" for move in moves) % 2
    if (a.op != b.op) != turns:
        raise DerivationError("a largest value is taken for a smallest one.")
    return _moved(a, moves, KINDS), b.parts[0]


def _moved(line: Term, moves: tuple[Move, ...], kinds: tuple[str, ...]) -> Term:
    """Return what stands within argmin, ∇ or ∂, after the moves."""
    inside, by = line.parts
    for move in moves:
        move.check(by, kinds)
        inside = move.apply(inside)
    return inside


def _error(number: int, line: Line, why: str) -> DerivationError:
    return DerivationError(
        f"Step {number} («{_reason(line)}») does not follow from step {number - 1}: {why}", number
    )


def _reason(line: Line) -> str:
    if not line.moves:
        return line.reason
    return "; ".join(move.reason(line.term.parts[1]) for move in line.moves)
