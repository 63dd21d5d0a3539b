"""Locked cells that were edited, answers that were moved, and code around answers."""

import random
import re

from sample.notebook import Notebook, released_cells
from studies.damage.kit import (
    REVIEW,
    Cell,
    answered,
    below,
    code,
    family,
    is_answered,
    of_role,
    own_name,
    retype,
    some,
)

# Locked cells


@family("locked cells", told=False)
def checks_edited(notebook: Notebook, rng: random.Random) -> None:
    """Checks were edited: out of the way, or more of them."""
    for cell in of_role(notebook, "test"):
        cell["source"] = rng.choice(
            ["# " + cell["source"], "", "assert True", cell["source"] + "\nprint('passed')"]
        )


@family("locked cells")
def locked_code_edited(notebook: Notebook, rng: random.Random) -> None:
    """Locked code that answers need was changed."""
    for cell in some(notebook, rng, "given"):
        cell["source"] = rng.choice(
            ["import torch", "", "raise SystemExit", cell["source"].replace("np", "numpy")]
        )


@family("locked cells")
def helper_in_a_check(notebook: Notebook, rng: random.Random) -> None:
    """A helper function of the student's stands in the cell of a check."""
    cell = rng.choice(of_role(notebook, "test"))
    cell["source"] = f"def my_helper(x):\n    return x\n\n\n{cell['source']}"


@family("locked cells")
def answer_in_its_check(notebook: Notebook, rng: random.Random) -> None:
    """An answer was typed into the cell of its check; the stub is untouched."""
    cell = answered(notebook, rng)
    check = notebook.find(f"test_{cell['id']}")
    check["source"] = f"{cell['source']}\n\n\n{check['source']}"
    notebook.reset(cell["id"])


@family("locked cells")
def answer_in_locked_code(notebook: Notebook, rng: random.Random) -> None:
    """An answer was typed below locked code; its own cell is gone."""
    cell, given = answered(notebook, rng), rng.choice(of_role(notebook, "given"))
    given["source"] = f"{given['source']}\n\n\n{cell['source']}"
    notebook.cells.remove(cell)


# Answers that were moved


@family("moved")
def answers_in_new_cells(notebook: Notebook, rng: random.Random) -> None:
    """One to three answers stand in cells of their own; the stubs are above."""
    for cell in some(notebook, rng, "answer"):
        below(notebook, cell, code(cell["source"]))
        notebook.reset(cell["id"])


@family("moved")
def stubs_below_answers(notebook: Notebook, rng: random.Random) -> None:
    """The same, with the stubs below."""
    for cell in some(notebook, rng, "answer"):
        notebook.cells.insert(notebook.cells.index(cell), code(cell["source"]))
        notebook.reset(cell["id"])


@family("moved")
def answer_cells_emptied(notebook: Notebook, rng: random.Random) -> None:
    """One to three answer cells are empty; the answers stand at the end."""
    for cell in some(notebook, rng, "answer"):
        notebook.cells.append(code(cell["source"]))
        cell["source"] = rng.choice(["", "# see below", "\n\n"])


@family("moved")
def answers_fenced(notebook: Notebook, rng: random.Random) -> None:
    """An answer stands between fences in a Markdown cell; its own cell is empty or gone."""
    cell = answered(notebook, rng)
    text = code(f"My answer:\n\n```python\n{cell['source']}\n```\n")
    retype(text, "markdown")
    below(notebook, cell, text)
    if rng.random() < 0.5:
        cell["source"] = ""
    else:
        notebook.cells.remove(cell)


@family("moved")
def all_answers_in_a_new_cell(notebook: Notebook, rng: random.Random) -> None:
    """All answers stand in one new cell, above or below all stubs."""
    cells = of_role(notebook, "answer")
    new = code("\n\n\n".join(c["source"] for c in cells if is_answered(notebook, c)))
    for cell in cells:
        notebook.reset(cell["id"])
    notebook.cells.insert(rng.choice([2, len(notebook.cells)]), new)


@family("moved")
def answer_in_the_next_cell(notebook: Notebook, rng: random.Random) -> None:
    """An answer stands in the cell of another one; its own has the stub."""
    first, second = sorted(rng.sample(of_role(notebook, "answer"), 2), key=notebook.cells.index)
    first["source"] = f"{first['source']}\n\n\n{second['source']}"
    notebook.reset(second["id"])


# Code around answers


@family("code", told=False)
def lines_above_an_answer(notebook: Notebook, rng: random.Random) -> None:
    """Lines that work, magics too, stand above an answer in its cell."""
    cell = answered(notebook, rng)
    lines = [
        "%matplotlib inline",
        "import math",
        "print('my answer')",
        "!pip install numpy",
        "x = 3",
    ]
    cell["source"] = "\n".join((*rng.sample(lines, 3), "", cell["source"]))


@family("code")
def failing_line_above_an_answer(notebook: Notebook, rng: random.Random) -> None:
    """A line that raises here stands above an answer in its cell."""
    cell = answered(notebook, rng)
    lines = ["import seaborn as sns", "print(undefined)", "df = open('data.csv')", "1 / 0"]
    cell["source"] = f"{rng.choice(lines)}\n\n{cell['source']}"


@family("code")
def draft_above(notebook: Notebook, rng: random.Random) -> None:
    """A first draft, which is wrong, stands in a cell above the answer."""
    cell = answered(notebook, rng)
    notebook.cells.insert(notebook.cells.index(cell), code(_draft(own_name(cell))))


@family("code", REVIEW)
def draft_below(notebook: Notebook, rng: random.Random) -> None:
    """A wrong draft stands in a cell below the answer, and counts in Jupyter."""
    cell = answered(notebook, rng)
    notebook.cells.append(code(_draft(own_name(cell))))


def _draft(name: str) -> str:
    return f"def {name}(*args, **kwargs):\n    return 0.5"


@family("code")
def function_renamed(notebook: Notebook, rng: random.Random) -> None:
    """The function of an answer has another name, where it is defined."""
    cell = _by_def(notebook, rng)
    name = own_name(cell)
    new = rng.choice([f"my_{name}", name.title(), f"{name}_final", f"{name}2"])
    cell["source"] = re.sub(rf"^def {name}\(", f"def {new}(", cell["source"], flags=re.MULTILINE)


@family("code", told=False)
def function_renamed_and_assigned(notebook: Notebook, rng: random.Random) -> None:
    """The function has another name, and gets the right one below."""
    cell = _by_def(notebook, rng)
    name = own_name(cell)
    pattern = re.compile(rf"^def {name}\(", re.MULTILINE)
    cell["source"] = f"{pattern.sub(f'def my_{name}(', cell['source'])}\n\n\n{name} = my_{name}"


def _by_def(notebook: Notebook, rng: random.Random) -> Cell:
    """An answer that keeps the parameters of the stub."""
    stubs = released_cells(notebook.assignment)
    heads = {name: stub.split(":\n")[0] for name, stub in stubs.items()}
    return rng.choice(
        [
            cell
            for cell in of_role(notebook, "answer")
            if is_answered(notebook, cell) and heads[own_name(cell)] in cell["source"]
        ]
    )
