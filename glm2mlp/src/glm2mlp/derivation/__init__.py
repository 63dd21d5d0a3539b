"""Derivations that are checked step by step. Student side, public; the grader uses it too.

Exercises: `check_derivation(steps, TASKS[name])` names the first step that does not follow.
Lectures: `Derivation(steps)` cannot be built from steps that do not follow, and shows them aligned.
"""

from glm2mlp.derivation.lines import Derivation, Line
from glm2mlp.derivation.steps import (
    check_derivation,
    check_end,
    check_start,
    check_steps,
    check_trees,
    read,
)
from glm2mlp.derivation.trees import DerivationError, Tree, from_tree, to_tree, to_trees

__all__ = [
    "Derivation",
    "DerivationError",
    "Line",
    "Tree",
    "check_derivation",
    "check_end",
    "check_start",
    "check_steps",
    "check_trees",
    "from_tree",
    "read",
    "to_tree",
    "to_trees",
]
