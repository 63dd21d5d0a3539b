"""Derivations that are checked step by step. Student side, public; the grader uses it too.

Exercises: `check_derivation(steps, TASKS[name])` names the first step that does not follow
(`trees`, `values`, `forms`, `steps`: SymPy expressions of strangers, bounded in time and size).

Lectures: `Derivation(first, (line, reason), …)` cannot be built from lines that do not follow, and
shows them aligned (`notation`: what authors write with; `latex`, `legend`: how it is shown;
`numeric`, `points`, `symbolic`: how it is checked; `minimisers`: steps between argmin and argmin).
"""

from glm2mlp.derivation.lines import Derivation, Line
from glm2mlp.derivation.minimisers import LOG, NEGATIVE, Move, less, times
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
    "LOG",
    "NEGATIVE",
    "Derivation",
    "DerivationError",
    "Line",
    "Move",
    "Tree",
    "check_derivation",
    "check_end",
    "check_start",
    "check_steps",
    "check_trees",
    "from_tree",
    "less",
    "read",
    "times",
    "to_tree",
    "to_trees",
]
