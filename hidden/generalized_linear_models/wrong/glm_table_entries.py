"""Makes misconceptions of the table of linear models. Trusted side."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sympy import exp, log

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.tables import InPart
from solutions.derivations import glm_table, t, z, z_0, z_1, z_2

Entries: TypeAlias = Mapping[str, Any]  # "linear loss" → what stands there

logits = (z_0, z_1, z_2)
y = 1 / (1 + exp(-z))
total = exp(z_0) + exp(z_1) + exp(z_2)
p = [exp(z_k) / total for z_k in logits]
bernoulli = -t * log(y) - (1 - t) * log(1 - y)


def in_part(parts: tuple[str, ...], belief: str, hint: str, *answers: Entries) -> InPart:
    """Any slip in these parts of an entry; the answers are examples."""
    example = mistake("", belief, hint, *answers)
    name = f"in-{'-and-'.join(part.replace(' = ', '-').replace(' ', '-') for part in parts)}"
    return InPart(
        name, belief, hint, example.wrong, also=example.also, wrong_parts=frozenset(parts)
    )


def mistake(name: str, belief: str, hint: str, *answers: Entries) -> Misconception:
    """One mistake and the entries that it leads to; the others are right.

    An answer may be wrong in some of these entries only. A mistake may lead to one of several answers.
    """
    first, *others = (_table(entries) for entries in answers)
    return Misconception(name, belief, hint, first, also=tuple(others))


def _table(entries: Entries) -> Function:
    def table() -> dict[str, dict[str, Any]]:
        right = glm_table()
        for place, value in entries.items():
            model, entry = place.split()
            right[model][entry] = value
        return right

    return table


def each(place: str, *values: Any) -> tuple[Entries, ...]:
    """Several answers that differ from the right one in one place."""
    return tuple({place: value} for value in values)
