"""Families of damage to notebooks, and the tools of which they are made.

Each says what must come of it: `SAME` points, or, where an answer is destroyed or cannot be told from
another, `REVIEW`: the same points or a review with the reason. More points than before are never right.
"""

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from autograder.authoring.cells import load_release
from autograder.release import Role
from glm2mlp.catalogue import ASSIGNMENTS
from sample.notebook import Notebook, released_cells

Cell = dict[str, Any]
# Changes the notebook in place; returns the file if it is not simply that notebook, saved.
Damage = Callable[[Notebook, random.Random], bytes | None]
SAME: Literal["same"] = "same"
REVIEW: Literal["review"] = "review"


@dataclass(frozen=True)
class Family:
    """One kind of damage. `told`: whether something is to be mended, of which the report has to tell."""

    group: str
    damage: Damage
    comes: Literal["same", "review"]
    told: bool

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return self.damage.__name__.replace("_", " ")

    @property
    def does(self) -> str:
        """What it does, in a sentence."""
        return (self.damage.__doc__ or "").split("\n")[0]


FAMILIES: list[Family] = []


def family(
    group: str, comes: Literal["same", "review"] = SAME, *, told: bool = True
) -> Callable[[Damage], Damage]:
    """Enter a function into the list of families."""

    def enter(damage: Damage) -> Damage:
        FAMILIES.append(Family(group, damage, comes, told))
        return damage

    return enter


# Looking at notebooks


def role(notebook: Notebook, cell: Cell) -> Role | None:
    """The role of a cell of ours, by its id as released."""
    roles = {
        each.grade_id: each.role for each in load_release(ASSIGNMENTS[notebook.assignment]).cells
    }
    return roles.get(cell.get("id", ""))


def of_role(notebook: Notebook, *roles: Role) -> list[Cell]:
    """The cells of these roles, in order."""
    return [cell for cell in notebook.cells if role(notebook, cell) in roles]


def some(notebook: Notebook, rng: random.Random, *roles: Role) -> list[Cell]:
    """One to three cells of these roles, in order."""
    cells = of_role(notebook, *roles)
    chosen = rng.sample(range(len(cells)), min(len(cells), rng.randint(1, 3)))
    return [cells[number] for number in sorted(chosen)]


def is_answered(notebook: Notebook, cell: Cell) -> bool:
    """Whether something was written into an answer cell."""
    stub = released_cells(notebook.assignment)[cell["id"]]
    return bool(cell["source"].strip() != stub.strip())


def answered(notebook: Notebook, rng: random.Random) -> Cell:
    """An answer cell in which something was written."""
    return rng.choice([c for c in of_role(notebook, "answer") if is_answered(notebook, c)])


def below(notebook: Notebook, cell: Cell, *new: Cell) -> None:
    """Insert cells below one."""
    place = notebook.cells.index(cell) + 1
    notebook.cells[place:place] = new


def code(source: str) -> Cell:
    """A fresh code cell, as somebody adds it."""
    number = sum(source.encode()) % 10_000
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"fresh-{number}-{len(source)}",
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def retype(cell: Cell, kind: str) -> None:
    """Make it a cell of another type, as the menu of Jupyter does."""
    cell["cell_type"] = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key, None)
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}


def merge(notebook: Notebook, cells: list[Cell], *, like: Cell) -> None:
    """Merge neighbours as Jupyter does: the texts below each other, the rest of the cell that is active."""
    place = notebook.cells.index(cells[0])
    whole = {**like, "source": "\n\n".join(cell["source"] for cell in cells)}
    notebook.cells = [cell for cell in notebook.cells if cell not in cells]
    notebook.cells.insert(place, whole)


def neighbours(notebook: Notebook, cell: Cell, before: int, after: int) -> list[Cell]:
    """The cell with so many cells above and below it."""
    place = notebook.cells.index(cell)
    return notebook.cells[max(0, place - before) : place + after + 1]


def split_at(notebook: Notebook, cell: Cell, rng: random.Random, cuts: int, *, bare: bool) -> None:
    """Split a cell at line ends; `bare`: only the first part keeps its metadata."""
    lines = cell["source"].split("\n")
    places = sorted(rng.sample(range(1, len(lines)), min(cuts, len(lines) - 1)))
    parts = [
        "\n".join(lines[a:b]) for a, b in zip([0, *places], [*places, len(lines)], strict=True)
    ]
    new = []
    for number, part in enumerate(parts[1:]):
        fresh = code(part.strip("\n")) | {"id": f"part-{number}-{cell['id']}"}
        new.append(fresh if bare else fresh | {"metadata": deepcopy(cell["metadata"])})
    cell["source"] = parts[0].strip("\n")
    below(notebook, cell, *new)


def split_inside(notebook: Notebook, rng: random.Random, cuts: int, *, bare: bool) -> None:
    """Split an answer of at least three lines."""
    long = [
        cell
        for cell in of_role(notebook, "answer")
        if is_answered(notebook, cell) and cell["source"].count("\n") > 1
    ]
    split_at(notebook, rng.choice(long), rng, cuts, bare=bare)


def grade_ids(notebook: Notebook, change: Callable[[Cell, dict[str, Any]], None]) -> None:
    """Do something to nbgrader's metadata of each cell that has some."""
    for cell in notebook.cells:
        if "nbgrader" in cell["metadata"]:
            change(cell, cell["metadata"]["nbgrader"])


def without_ids(notebook: Notebook, minor: int) -> None:
    """Make it a notebook of an older format, whose cells have no ids."""
    notebook.minor = minor
    for cell in notebook.cells:
        cell.pop("id", None)


def own_name(cell: Cell) -> str:
    """The name of the exercise of an answer cell."""
    return str(cell["id"])
