"""A misconception of a table of formulas, and the points at which formulas are compared. Trusted side."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from autograder.misconceptions import Misconception
from glm2mlp.formulas import MODELS


@dataclass(frozen=True)
class InPart(Misconception):
    """Any slip in some parts of an entry, known by the parts that are right all the same.

    `wrong_parts` are "class 0", "class 1", … of a list, or "t = 0", "t = 1" of a formula with a target of
    two classes. It is looked for where no other misconception explains the entry.
    """

    wrong_parts: frozenset[str] = frozenset()


def points(rng: Generator, model: str, *, target: bool) -> list[Mapping[str, float]]:
    """Six values of the logits, of both signs, and of the `target` if the formula has one."""
    size = (6, len(MODELS[model]))
    z = rng.permuted(np.linspace(-3, 3, 6 * size[1]).reshape(size), axis=None)
    z += rng.uniform(-0.1, 0.1, size)
    drawn: list[Mapping[str, float]] = [
        dict(zip(MODELS[model], map(float, row), strict=True)) for row in z
    ]
    if not target or model == "softmax":
        return drawn
    t = rng.uniform(-3, 3, 6) if model == "linear" else rng.permutation(np.arange(6) % 2)
    return [{**point, "t": float(number)} for point, number in zip(drawn, t, strict=True)]


def compared_at(
    rng: Generator, model: str, name: str
) -> tuple[list[Mapping[str, float]], list[Mapping[str, float]]]:
    """The points at which a formula is compared; of a loss only the differences from other points."""
    first, others = (points(rng, model, target=name != "activation") for _ in range(2))
    if name != "loss":
        return first, []
    # The same target with another logit: what does not contain a logit cancels.
    return first, [{**o, **_target(point)} for point, o in zip(first, others, strict=True)]


def _target(point: Mapping[str, float]) -> dict[str, float]:
    return {name: number for name, number in point.items() if name == "t"}
