"""Steps between minimisers: what may be done to an objective without moving its minimum. Student side.

Such a step is an equality too: the move, done to the objective before, has to give the one after.
That the move keeps the minimiser follows from its kind, and its own condition is checked.
"""

from dataclasses import dataclass

from glm2mlp.derivation.latex import latex
from glm2mlp.derivation.notation import log
from glm2mlp.derivation.numeric import World, value
from glm2mlp.derivation.terms import Term, walk
from glm2mlp.derivation.trees import DerivationError

KINDS = ("less", "times", "log", "neg")


@dataclass(frozen=True)
class Move:
    """One change of the objective: a term taken away, a factor, a logarithm or a minus sign."""

    kind: str
    amount: Term | None = None

    def apply(self, objective: Term) -> Term:
        """Return the objective after the move."""
        if self.amount is None:
            return log(objective) if self.kind == "log" else -objective
        return objective - self.amount if self.kind == "less" else objective * self.amount

    def check(self, by: Term, kinds: tuple[str, ...]) -> None:
        """Raise if this is not one of the kinds, or if the amount depends on `by`."""
        if self.kind not in kinds:
            raise DerivationError(f"«{self.kind}» would change it.")
        if self.amount is not None and by in walk(self.amount, hidden=True):
            raise DerivationError(f"{latex(self.amount)} depends on {latex(by)}.")

    def holds(self, worlds: list[World]) -> bool:
        """Tell whether a factor is positive; a logarithm has no value where it is not allowed."""
        if self.kind != "times" or self.amount is None:
            return True
        return all(value(self.amount, world) > 0 for world in worlds)

    def reason(self, by: Term) -> str:
        """Return the reason to be shown, made from the move itself."""
        if self.amount is None:
            return {"log": r"$\log$ increases", "neg": "a minus swaps max and min"}[self.kind]
        if self.kind == "less":
            return f"${latex(self.amount)}$ does not depend on ${latex(by)}$"
        return f"a factor ${latex(self.amount)} > 0$ moves no minimum"


LOG = Move("log")  # of a positive objective
NEGATIVE = Move("neg")


def less(amount: Term) -> Move:
    """Take a term away that does not depend on what is being searched for."""
    return Move("less", amount)


def times(amount: Term) -> Move:
    """Multiply by a positive factor that does not depend on what is being searched for."""
    return Move("times", amount)
