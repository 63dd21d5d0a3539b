"""Cells that were deleted, duplicated, merged, split, retyped or reordered."""

import random
import re
from copy import deepcopy

import jupytext
import nbformat

from sample.notebook import Notebook, released_cells
from studies.damage.kit import (
    REVIEW,
    answered,
    below,
    code,
    family,
    merge,
    neighbours,
    of_role,
    own_name,
    retype,
    some,
    split_inside,
)

# Deleted


@family("deleted")
def locked_code_deleted(notebook: Notebook, rng: random.Random) -> None:
    """One to three locked cells that answers need are gone."""
    for cell in some(notebook, rng, "given"):
        notebook.cells.remove(cell)


@family("deleted", told=False)
def checks_deleted(notebook: Notebook, rng: random.Random) -> None:
    """The cells with checks are gone, all of them or some."""
    for cell in rng.choice([some(notebook, rng, "test"), of_role(notebook, "test", "show")]):
        notebook.cells.remove(cell)


@family("deleted", told=False)
def prose_deleted(notebook: Notebook, rng: random.Random) -> None:
    """All of the text is gone, and some pictures."""
    for cell in [*of_role(notebook, "prose"), *some(notebook, rng, "show")]:
        notebook.cells.remove(cell)


@family("deleted")
def only_answers_left(notebook: Notebook, _: random.Random) -> None:
    """Everything but the answers is gone."""
    notebook.cells = of_role(notebook, "answer", "written")


@family("deleted", REVIEW)
def answer_deleted(notebook: Notebook, rng: random.Random) -> None:
    """An answer is gone, and no copy of it is anywhere."""
    notebook.cells.remove(answered(notebook, rng))


@family("deleted", REVIEW)
def written_answer_deleted(notebook: Notebook, rng: random.Random) -> None:
    """A written answer is gone, or, where there is none, the last answer."""
    notebook.cells.remove(
        rng.choice(of_role(notebook, "written") or of_role(notebook, "answer")[-1:])
    )


# Duplicated


@family("duplicated")
def answer_copied(notebook: Notebook, rng: random.Random) -> None:
    """An answer stands there twice, with the same metadata."""
    cell = answered(notebook, rng)
    below(notebook, cell, {**deepcopy(cell), "id": "pasted"})


@family("duplicated")
def stub_pasted_below(notebook: Notebook, rng: random.Random) -> None:
    """A fresh copy of the stub, from a second download, stands below an answer."""
    cell = answered(notebook, rng)
    stub = released_cells(notebook.assignment)[cell["id"]]
    below(notebook, cell, {**deepcopy(cell), "id": "pasted", "source": stub})


@family("duplicated")
def cells_copied(notebook: Notebook, rng: random.Random) -> None:
    """Six cells of any kind stand there twice, with equal ids too."""
    for cell in rng.sample(of_role(notebook, "given", "answer", "test", "written"), 6):
        below(notebook, cell, deepcopy(cell))


@family("duplicated")
def notebook_twice(notebook: Notebook, _: random.Random) -> None:
    """All cells are pasted once more below the last one."""
    notebook.cells += deepcopy(notebook.cells)


@family("duplicated")
def released_notebook_below(notebook: Notebook, rng: random.Random) -> None:
    """The released notebook was pasted below, with all its stubs."""
    notebook.cells += Notebook(notebook.assignment, rng).cells


# Merged


@family("merged", told=False)
def answer_with_its_check(notebook: Notebook, rng: random.Random) -> None:
    """An answer is merged with its check below."""
    cell = answered(notebook, rng)
    merge(notebook, neighbours(notebook, cell, 0, 1), like=cell)


@family("merged")
def prose_into_answer(notebook: Notebook, rng: random.Random) -> None:
    """An answer is merged with the cell above it, and stays code."""
    cell = answered(notebook, rng)
    merge(notebook, neighbours(notebook, cell, 1, 0), like=cell)


@family("merged")
def answer_into_prose(notebook: Notebook, rng: random.Random) -> None:
    """An answer is merged with the cell above it, and has become Markdown like that."""
    cell = answered(notebook, rng)
    both = neighbours(notebook, cell, 1, 0)
    merge(notebook, both, like=both[0])


@family("merged")
def section_in_a_cell(notebook: Notebook, rng: random.Random) -> None:
    """Six cells around an answer have become one code cell."""
    cell = answered(notebook, rng)
    merge(notebook, neighbours(notebook, cell, 2, 3), like=cell)


@family("merged")
def all_code_in_a_cell(notebook: Notebook, _: random.Random) -> None:
    """The code of the whole notebook stands in one cell; nothing else is left but the text."""
    cells = [cell for cell in notebook.cells if cell["cell_type"] == "code"]
    rest = [cell for cell in notebook.cells if cell["cell_type"] != "code"]
    notebook.cells = [*rest, code("\n\n".join(cell["source"] for cell in cells))]


@family("merged")
def everything_in_a_code_cell(notebook: Notebook, _: random.Random) -> None:
    """The whole notebook, text and code, was merged into one code cell."""
    written = of_role(notebook, "written")
    rest = [cell for cell in notebook.cells if cell not in written]
    notebook.cells = [code("\n\n".join(cell["source"] for cell in rest)), *written]


@family("merged")
def everything_in_a_Markdown_cell(notebook: Notebook, _: random.Random) -> None:
    """The same, into one Markdown cell."""
    everything_in_a_code_cell(notebook, _)
    retype(notebook.cells[0], "markdown")


@family("merged")
def script_pasted_on_top(notebook: Notebook, rng: random.Random) -> None:
    """The notebook, exported as a script, was pasted on top of a fresh one."""
    parsed = nbformat.reads(notebook.text(), as_version=4)
    script = jupytext.writes(parsed, "py:percent")
    written = of_role(notebook, "written")
    notebook.cells = [code(script), *Notebook(notebook.assignment, rng).cells]
    for cell in written:
        notebook.find(own_name(cell))["source"] = cell["source"]


# Split


@family("split")
def split_in_Jupyter(notebook: Notebook, rng: random.Random) -> None:
    """An answer is split at any line; JupyterLab gives both parts the metadata."""
    split_inside(notebook, rng, 1, bare=False)


@family("split")
def split_elsewhere(notebook: Notebook, rng: random.Random) -> None:
    """The same, where only the first part keeps the metadata."""
    split_inside(notebook, rng, 1, bare=True)


@family("split")
def split_in_three(notebook: Notebook, rng: random.Random) -> None:
    """An answer is split at two lines."""
    split_inside(notebook, rng, 2, bare=rng.random() < 0.5)


@family("split", told=False)
def all_code_split(notebook: Notebook, rng: random.Random) -> None:
    """All cells of code that hold several definitions are split between them."""
    for cell in of_role(notebook, "answer", "given"):
        parts = re.split(r"\n\n\n+(?=\S)", cell["source"])
        cell["source"] = parts[0]
        below(notebook, cell, *map(code, parts[1:]))
    assert rng


# Of another type


@family("retyped")
def answers_are_Markdown(notebook: Notebook, rng: random.Random) -> None:
    """One to three answers have become Markdown."""
    for cell in some(notebook, rng, "answer"):
        retype(cell, "markdown")


@family("retyped")
def answers_are_raw(notebook: Notebook, rng: random.Random) -> None:
    """One to three answers have become raw cells."""
    for cell in some(notebook, rng, "answer"):
        retype(cell, "raw")


@family("retyped")
def text_without_a_name(notebook: Notebook, rng: random.Random) -> None:
    """An answer has become Markdown or raw, and its metadata are lost."""
    cell = answered(notebook, rng)
    moved = code(cell["source"])
    retype(moved, rng.choice(["markdown", "raw"]))
    below(notebook, cell, moved)
    notebook.cells.remove(cell)


@family("retyped", REVIEW)
def text_beside_the_stub(notebook: Notebook, rng: random.Random) -> None:
    """The same, but the stub stands there again: the text may be a note, or somebody else's."""
    cell = answered(notebook, rng)
    moved = code(cell["source"])
    retype(moved, rng.choice(["markdown", "raw"]))
    below(notebook, cell, moved)
    notebook.reset(cell["id"])


@family("retyped", told=False)
def text_is_code(notebook: Notebook, _: random.Random) -> None:
    """All of the text has become code, written answers too."""
    for cell in of_role(notebook, "prose", "written"):
        retype(cell, "code")


@family("retyped", told=False)
def locked_code_is_text(notebook: Notebook, rng: random.Random) -> None:
    """All locked cells have become Markdown or raw."""
    for cell in of_role(notebook, "given", "test", "show"):
        retype(cell, rng.choice(["markdown", "raw"]))


@family("retyped")
def Markdown_and_code_exchanged(notebook: Notebook, _: random.Random) -> None:
    """All text is code, and all code is text."""
    for cell in notebook.cells:
        retype(cell, "markdown" if cell["cell_type"] == "code" else "code")


# In another order


@family("reordered", told=False)
def checks_above_answers(notebook: Notebook, _: random.Random) -> None:
    """Every answer stands below its check."""
    for cell in of_role(notebook, "answer"):
        place = notebook.cells.index(cell)
        notebook.cells[place : place + 2] = notebook.cells[place : place + 2][::-1]


@family("reordered", told=False)
def answers_in_any_order(notebook: Notebook, rng: random.Random) -> None:
    """The answers stand at the end, in any order."""
    answers = of_role(notebook, "answer")
    notebook.cells = [cell for cell in notebook.cells if cell not in answers]
    notebook.cells += rng.sample(answers, len(answers))


@family("reordered")
def locked_code_at_the_end(notebook: Notebook, _: random.Random) -> None:
    """The locked cells that answers need stand below all answers."""
    given = of_role(notebook, "given")
    notebook.cells = [*(cell for cell in notebook.cells if cell not in given), *given]


@family("reordered")
def all_reversed(notebook: Notebook, _: random.Random) -> None:
    """The last cell comes first."""
    notebook.cells.reverse()


@family("reordered", told=False)  # by chance locked code may still stand above what needs it
def all_shuffled(notebook: Notebook, rng: random.Random) -> None:
    """All cells in any order."""
    rng.shuffle(notebook.cells)
