"""A misconception of a table of formulas. Trusted side."""

from dataclasses import dataclass

from autograder.misconceptions import Misconception


@dataclass(frozen=True)
class InPart(Misconception):
    """Any slip in some parts of an entry, known by the parts that are right all the same.

    `wrong_parts` are "class 0", "class 1", … of a list, or "t = 0", "t = 1" of a formula with a target of
    two classes. It is looked for where no other misconception explains the entry.
    """

    wrong_parts: frozenset[str] = frozenset()
