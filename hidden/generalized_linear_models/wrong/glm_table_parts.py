"""Slips in a part of an entry of `glm_table` that no other misconception knows. Trusted side."""

from typing import Any

from solutions.derivations import glm_table, t, z

from .glm_table_entries import bernoulli, in_part, y

CLASSES = ("class 0", "class 1", "class 2")


def _with_slips(classes: list[int]) -> tuple[dict[str, Any], ...]:
    """Lists in which the formulas of some classes are wrong."""
    right = glm_table()["softmax"]
    return tuple(
        {f"softmax {name}": [f**2 if k in classes else f for k, f in enumerate(right[name])]}
        for name in ("activation", "gradient")
    )


PARTS = (
    *(
        in_part(
            (CLASSES[k],),
            "One of the three formulas has a slip.",
            f"Two of your three formulas are right. Look at the one of class {k}, and compare it with "
            "the others.",
            *_with_slips([k]),
        )
        for k in range(3)
    ),
    *(
        in_part(
            tuple(part for j, part in enumerate(CLASSES) if j != k),
            "Two of the three formulas have a slip.",
            f"Of your three formulas only the one of class {k} is right. What has to change from class "
            "to class, and what has to stay?",
            *_with_slips([j for j in range(3) if j != k]),
        )
        for k in range(3)
    ),
    *(
        in_part(
            (f"t = {wrong}",),
            f"There is a slip in the term of class {wrong}.",
            f"Put t = {1 - wrong} in: it is right. Put t = {wrong} in: it is not. In which of the two terms "
            "is the slip, then?",
            {"logistic loss": bernoulli + slip * z},
            {"logistic gradient": y - t + slip},
        )
        for wrong, slip in ((1, t / 3), (0, (1 - t) / 3))
    ),
)
