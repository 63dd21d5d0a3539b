"""Metadata and names that were lost or changed, and what other front ends save."""

import json
import random
from collections.abc import Callable
from typing import Any

import jupytext
import nbformat

from sample.notebook import Notebook
from studies.damage.kit import (
    Cell,
    answered,
    family,
    grade_ids,
    of_role,
    own_name,
    without_ids,
)

# Metadata and names


@family("metadata")
def metadata_stripped(notebook: Notebook, _: random.Random) -> None:
    """No metadata at all; the ids of the cells are left."""
    notebook.metadata.clear()
    for cell in notebook.cells:
        cell["metadata"] = {}


@family("metadata")
def metadata_and_ids_stripped(notebook: Notebook, _: random.Random) -> None:
    """Neither metadata nor ids."""
    metadata_stripped(notebook, _)
    without_ids(notebook, 4)


@family("metadata")
def ids_made_anew(notebook: Notebook, rng: random.Random) -> None:
    """Metadata are gone, and every cell has another id."""
    metadata_stripped(notebook, rng)
    for cell in notebook.cells:
        cell["id"] = f"{rng.getrandbits(32):08x}"


@family("metadata")
def some_names_lost(notebook: Notebook, rng: random.Random) -> None:
    """A third of the cells have lost metadata and ids."""
    for cell in notebook.cells:
        if rng.random() < 1 / 3:
            cell["metadata"] = {}
            cell["id"] = f"{rng.getrandbits(32):08x}"


@family("metadata")
def names_exchanged(notebook: Notebook, rng: random.Random) -> None:
    """Every answer has the grade_id of another one."""
    cells = of_role(notebook, "answer")
    names = [own_name(cell) for cell in cells]
    for cell, name in zip(cells, [*names[1:], names[0]], strict=True):
        cell["metadata"]["nbgrader"]["grade_id"] = name
        cell["id"] = f"{rng.getrandbits(32):08x}"


@family("metadata")
def one_name_for_all(notebook: Notebook, rng: random.Random) -> None:
    """Every cell has the grade_id of one of them."""
    names = [own_name(cell) for cell in of_role(notebook, "given", "answer", "test", "written")]
    name = rng.choice(names)
    grade_ids(notebook, lambda cell, mark: mark.update(grade_id=name) or cell.update(id=name))


@family("metadata")
def names_changed(notebook: Notebook, rng: random.Random) -> None:
    """Every grade_id was changed a little, and the ids with them."""
    end = rng.choice(["-copy1", "_2", " (1)"])
    grade_ids(
        notebook,
        lambda cell, mark: (
            mark.update(grade_id=mark["grade_id"] + end) or cell.update(id=cell["id"] + end)
        ),
    )


@family("metadata", told=False)
def flags_edited(notebook: Notebook, rng: random.Random) -> None:
    """Points, flags and versions in nbgrader's metadata are others."""

    def edit(_: Cell, mark: dict[str, Any]) -> None:
        mark |= {"points": 1000, "locked": False, "solution": rng.random() < 0.5, "task": True}
        mark["schema_version"] = rng.choice([1, "3", None])

    grade_ids(notebook, edit)


@family("metadata")
def metadata_of_wrong_types(notebook: Notebook, rng: random.Random) -> None:
    """Metadata and ids are numbers, lists, null."""
    for cell in notebook.cells:
        cell["metadata"] = rng.choice([None, [], 3, "x", {"nbgrader": rng.choice([None, [], 3])}])
        cell["id"] = rng.choice([None, [], 3])


# Other front ends


@family("front ends", told=False)
def saved_by_Colab(notebook: Notebook, rng: random.Random) -> None:
    """Colab: own metadata, no ids, an old minor version, line lists."""
    notebook.metadata |= {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    for cell in notebook.cells:
        cell["metadata"] |= {"id": f"{rng.getrandbits(64):x}", "colab": {"base_uri": "https://x"}}
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}]
    without_ids(notebook, 0)


@family("front ends")
def saved_by_VS_Code(notebook: Notebook, _: random.Random) -> None:
    """VS Code: the metadata of cells are its own only."""
    for cell in notebook.cells:
        cell["metadata"] = {"vscode": {"languageId": "python"}}


@family("front ends", told=False)
def older_format(notebook: Notebook, rng: random.Random) -> None:
    """Nbformat 4.0 to 4.4: no ids."""
    without_ids(notebook, rng.randint(0, 4))


@family("front ends", told=False)
def script_and_back(notebook: Notebook, _: random.Random) -> bytes:
    """To a script in percent format and back, by jupytext."""
    return _round_trip(notebook, "py:percent")


@family("front ends", told=False)
def Markdown_and_back(notebook: Notebook, _: random.Random) -> bytes:
    """To Markdown and back, by jupytext."""
    return _round_trip(notebook, "md")


@family("front ends")
def bare_script_and_back(notebook: Notebook, _: random.Random) -> bytes:
    """To a script without metadata and back, by jupytext."""
    parsed = nbformat.reads(notebook.text(), as_version=4)
    for cell in parsed.cells:
        cell.metadata.clear()
    text = jupytext.writes(parsed, "py:light")
    return nbformat.writes(jupytext.reads(text, "py:light")).encode()


def _round_trip(notebook: Notebook, form: str) -> bytes:
    parsed = nbformat.reads(notebook.text(), as_version=4)
    text = jupytext.writes(parsed, form)
    return nbformat.writes(jupytext.reads(text, form)).encode()


@family("front ends", told=False)
def line_ends_of_Windows(notebook: Notebook, _: random.Random) -> bytes:
    """CRLF in the file and in the cells."""
    for cell in notebook.cells:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return notebook.text().replace("\n", "\r\n").encode()


@family("front ends", told=False)
def byte_order_mark(notebook: Notebook, rng: random.Random) -> bytes:
    """A byte order mark before the file, or UTF-16; one in a cell, too."""
    cell = answered(notebook, rng)
    cell["source"] = "\ufeff" + cell["source"]
    return notebook.text().encode(rng.choice(["utf-8-sig", "utf-16"]))


@family("front ends", told=False)
def sources_are_texts(notebook: Notebook, _: random.Random) -> bytes:
    """`source` is a text, not a list of lines; the whole file is one line."""
    return _dumped(notebook, lambda source: source)


@family("front ends", told=False)
def lines_without_ends(notebook: Notebook, _: random.Random) -> bytes:
    """`source` is a list of lines without their ends."""
    return _dumped(notebook, lambda source: source.split("\n"))


def _dumped(notebook: Notebook, change: Callable[[str], Any]) -> bytes:
    content = json.loads(notebook.text())
    for cell, own in zip(content["cells"], notebook.cells, strict=True):
        cell["source"] = change(own["source"])
    return json.dumps(content).encode()
