"""Stories that end in a file which is no notebook of the assignment, each of another kind. Trusted side."""

import json

from sample.notebook import Notebook
from sample.submitted import LOGISTIC, Submitted


def old_format(submitted: Submitted) -> None:
    """Saved by a program that writes nbformat 3."""
    submitted.fill("loops")
    cells = [
        {"cell_type": "code", "input": cell["source"], "language": "python", "outputs": []}
        if cell["cell_type"] == "code"
        else {"cell_type": "markdown", "source": cell["source"]}
        for cell in submitted.notebook.cells
    ]
    content = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    submitted.save(text=json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def truncated(submitted: Submitted) -> None:
    """The upload broke off."""
    submitted.fill("own")
    text = submitted.notebook.text()
    submitted.save(text=text[: len(text) * submitted.rng.randint(40, 80) // 100])


def misnamed(submitted: Submitted) -> None:
    """The browser made a text file of the notebook: there is no notebook."""
    submitted.fill("own")
    submitted.save(f"{submitted.name}.txt")


def other_assignment(submitted: Submitted) -> None:
    """The notebook of the first assignment, still blank, under this one's name."""
    submitted.notebook = Notebook(LOGISTIC, submitted.rng)
    submitted.save()


def empty(submitted: Submitted) -> None:
    """The disk was full: a file without a byte."""
    submitted.save(text="")


def folder(submitted: Submitted) -> None:
    """An unpacked archive: a folder with the notebook's name, and the notebook in it."""
    submitted.fill("plain")
    submitted.save(f"{submitted.name}/{submitted.name}")


def western(submitted: Submitted) -> None:
    """Saved as text by an old editor, in Latin-1."""
    submitted.fill("plain")
    text = submitted.notebook.text()
    submitted.files[submitted.name] = text.encode("latin-1", errors="replace")


def cells_only(submitted: Submitted) -> None:
    """A script of one's own wrote the cells, without the notebook around them."""
    submitted.fill("plain")
    submitted.save(text=json.dumps(submitted.notebook.cells, ensure_ascii=False))


def no_cells(submitted: Submitted) -> None:
    """Selected all, deleted, saved."""
    submitted.notebook.cells.clear()
    submitted.save()


def merge_conflict(submitted: Submitted) -> None:
    """Two versions were merged by git, and nobody looked."""
    submitted.fill("plain")
    first, *others = submitted.notebook.text().splitlines(keepends=True)
    conflict = ["<<<<<<< HEAD\n", others[0], "=======\n", others[0], ">>>>>>> from-home\n"]
    submitted.save(text="".join((first, *conflict, *others[1:])))
