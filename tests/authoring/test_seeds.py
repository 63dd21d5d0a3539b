"""The seed of the first cell: it draws the data of the pictures, and nothing else."""

import re
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from thinning import some

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from glm2mlp import published
from glm2mlp.catalogue import ASSIGNMENTS

# Pictures of the student's functions themselves have no data.
WITHOUT_DATA = {"curves", "activations", "coincide"}


class Neighbour:
    """A solved notebook run with a seed, cell by cell: what the pictures and tables of each cell say."""

    def __init__(self, name: str, seed: int) -> None:
        self.shown: dict[str, list[str]] = {}
        names: dict[str, Any] = {"__name__": "__main__", "seed": seed, "display": self._display}
        for cell in solved_cells(ASSIGNMENTS[name]):
            if cell.cell_type != "code" or cell.role in ("seed", "test"):
                continue
            if cell.grade_id.startswith("published") or cell.grade_id == "check_all":
                assert not re.search(r"\bseed\b", cell.source)
                continue
            self._here = cell.grade_id
            exec(compile(cell.source, cell.grade_id, "exec"), names)

    def _display(self, shown: Any) -> None:
        self.shown.setdefault(self._here, []).append(_content(shown))


def _content(shown: Any) -> str:
    """What a picture shows: its points, lines, areas and images; of anything else its text."""
    if not isinstance(shown, Figure):
        return repr(shown)
    parts = [part.get_xydata() for axes in shown.axes for part in axes.lines]
    for collection in (part for axes in shown.axes for part in axes.collections):
        parts += [collection.get_offsets(), *(path.vertices for path in collection.get_paths())]
    parts += [part.get_array() for axes in shown.axes for part in axes.images]
    return "\n".join(repr(np.asarray(part).tolist()) for part in parts)


@pytest.mark.parametrize("name", some(ASSIGNMENTS))
def test_pictures_of_data_differ_between_neighbours(name):
    mine, yours = Neighbour(name, 1).shown, Neighbour(name, 2024).shown

    assert mine.keys() == yours.keys()
    assert mine.keys() >= {"learning"} & {
        cell.grade_id for cell in load_release(ASSIGNMENTS[name]).cells
    }
    same = {cell for cell in mine if mine[cell] == yours[cell]}
    assert same == WITHOUT_DATA & mine.keys()


def test_what_is_published_is_compared_whatever_the_seed():
    cells = [
        cell
        for name in ASSIGNMENTS
        for cell in load_release(ASSIGNMENTS[name]).cells
        if "published.compare(" in cell.source
    ]
    assert {re.findall(r'compare\("(\w+)"', cell.source)[0] for cell in cells} == set(
        published.PUBLISHED
    )
    assert not any(re.search(r"\bseed\b", cell.source) for cell in cells)
