"""A derivation to be read: aligned lines with reasons. Student side; for authors, who are trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import sympy

from glm2mlp.derivation.steps import check_steps
from glm2mlp.derivation.trees import DerivationError, parse_all, to_trees


@dataclass(frozen=True)
class Line:
    """One line, why it follows from the line before, and what showed that it does."""

    expression: Any
    reason: str
    proof: Literal["", "symbolic", "numeric"]


class Derivation:
    """Lines of equal value, from (expression, reason) pairs; raises if one does not follow.

    `where` says what a shorthand means: with `{s: 1/(1 + exp(-z))}` for `s = Function("sigma")(z)`
    a line may be written, and is shown, as `s*(1 - s)`.
    """

    def __init__(
        self, steps: Sequence[tuple[Any, str]], where: Mapping[Any, Any] | None = None
    ) -> None:
        if not steps:
            raise DerivationError("A derivation needs at least one line.")
        meanings = [
            sympy.sympify(expression).xreplace(dict(where or {})) for expression, _ in steps
        ]
        symbols = sorted(set().union(*(meaning.free_symbols for meaning in meanings)), key=str)
        nodes = parse_all(to_trees(meanings), [symbol.name for symbol in symbols])
        check_steps(nodes, symbols)
        proofs = ["", *(_proof(a, b) for a, b in pairwise(meanings))]
        self.lines = tuple(
            Line(expression, reason, proof)  # type: ignore[arg-type]
            for (expression, reason), proof in zip(steps, proofs, strict=True)
        )

    def latex(self) -> str:
        """Return the lines, aligned at their equals signs, with the reasons at the right."""
        rows = []
        for i, line in enumerate(self.lines):
            relation = "=" if i else ""
            reason = rf" && \text{{{line.reason}}}" if line.reason else ""
            rows.append(rf"{relation}{{}}& {sympy.latex(line.expression)}{reason}")
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _repr_markdown_(self) -> str:
        return f"$$\n{self.latex()}\n$$"


def _proof(a: Any, b: Any) -> Literal["symbolic", "numeric"]:
    """Symbolic where SymPy can decide; the numbers have been compared anyway."""
    return "symbolic" if sympy.simplify((a - b).doit()) == 0 else "numeric"
