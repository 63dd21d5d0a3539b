"""Notebooks as students hand them in, made from the released one."""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.build import release_notebook
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

NAME = "softmax_regression"
MAX_POINTS = ASSIGNMENTS[NAME].max_points
# What a right notebook has before anybody has read its written answers.
BY_MACHINE = MAX_POINTS - sum(e.points for e in ASSIGNMENTS[NAME].exercises if e.kind == "written")
UNSTABLE_SOFTMAX = """\
def softmax(Z):
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)
"""


@cache
def _released() -> str:
    return release_notebook(ASSIGNMENTS[NAME])


def blank() -> dict[str, Any]:
    return json.loads(_released())


def solved() -> dict[str, Any]:
    sources = {cell.grade_id: cell.source for cell in solved_cells(ASSIGNMENTS[NAME])}
    notebook = blank()
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = sources[cell["id"]]
    return notebook


def cell_of(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


def position_of(notebook: Any, name: str) -> int:
    return notebook["cells"].index(cell_of(notebook, name))


def copy_of(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell copied and pasted: nbgrader's metadata are the same, the id is new."""
    return {**deepcopy(cell), "id": "pasted"}


def code_cell(source: str, **more: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "added",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
        **more,
    }


def hand_in(course: Path, student: str, notebook: dict[str, Any], timestamp: str = "") -> Path:
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    if timestamp:
        (path.parent / "timestamp.txt").write_text(timestamp)
    return path
