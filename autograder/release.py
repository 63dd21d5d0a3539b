"""What students were given: the cells of an assignment's notebook, in order. Trusted side."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from autograder.reading.patterns import defined_names, plain
from glm2mlp.course import Assignment

Role = Literal["prose", "seed", "given", "answer", "test", "show", "written"]


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook that students receive.

    `role`: `prose`; `seed` (the student's number, which pictures are drawn from; no answer needs it);
    `given` (locked code that answers need, run in grading from this text); `answer` (the student's
    code; `source` is the stub); `test` (locked, calls `check`); `show` (locked code that only
    displays, not run in grading); `written` (an answer in words, graded by hand).
    """

    grade_id: str
    role: Role
    cell_type: Literal["code", "markdown"]
    source: str

    @property
    def tracked(self) -> bool:
        """Whether nbgrader knows the cell, by its metadata: prose and the seed are the student's.

        The `grade_id` of these is the cell's id all the same.
        """
        return self.role not in ("prose", "seed")

    @cached_property
    def plain(self) -> str:
        """The text without what front ends change on their own."""
        return plain(self.source)

    @cached_property
    def names(self) -> frozenset[str]:
        """What it defines at its top level."""
        return defined_names(self.source)


@dataclass(frozen=True)
class Choice:
    """One choice of a question, and why it is right or wrong."""

    text: str
    explanation: str


@dataclass(frozen=True)
class Question:
    """A multiple-choice question: its prompt, its choices by letter, and the right letter.

    Students receive the prompt and the texts; the rest is for grading.
    """

    prompt: str
    choices: dict[str, Choice]
    right: str


@dataclass(frozen=True, eq=False)
class Release:
    """An assignment with the cells that students receive, and with its questions, which they do not."""

    assignment: Assignment
    cells: tuple[Cell, ...]
    questions: dict[str, Question] = field(default_factory=dict)

    @cached_property
    def tracked(self) -> frozenset[str]:
        """The names of the cells that nbgrader knows."""
        return frozenset(cell.grade_id for cell in self.cells if cell.tracked)

    def with_role(self, *roles: Role) -> tuple[Cell, ...]:
        """The cells of these roles, in the notebook's order."""
        return tuple(cell for cell in self.cells if cell.role in roles)
