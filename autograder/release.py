"""What students were given: the cells of an assignment's notebook, in order. Trusted side."""

from dataclasses import dataclass
from typing import Literal

from glm2mlp.catalogue import Assignment

Role = Literal["prose", "given", "answer", "test", "show", "written"]


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook that students receive.

    `role`: `prose`; `given` (locked code that answers need, run in grading from this text); `answer`
    (the student's code; `source` is the stub); `test` (locked, calls `check`); `show` (locked code
    that only displays, not run in grading); `written` (an answer in words, graded by hand).
    Prose has no nbgrader metadata; its `grade_id` is the cell's id all the same.
    """

    grade_id: str
    role: Role
    cell_type: Literal["code", "markdown"]
    source: str


@dataclass(frozen=True)
class Release:
    """An assignment with the cells that students receive."""

    assignment: Assignment
    cells: tuple[Cell, ...]

    def with_role(self, *roles: Role) -> tuple[Cell, ...]:
        """The cells of these roles, in the notebook's order."""
        return tuple(cell for cell in self.cells if cell.role in roles)
