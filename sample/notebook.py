"""A released notebook in a student's hands: fill in answers, add cells, save it. Trusted side."""

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.stubs import CODE_STUB
from glm2mlp.catalogue import COURSE

ANSWERS = Path(__file__).parent / "answers"


@cache
def released(assignment: str) -> str:
    """The notebook that students receive, which lies beside its text source."""
    return COURSE.path("assignments", f"{assignment}.ipynb").read_text(encoding="utf-8")


class Notebook:
    """The notebook of one student: `cells` and `metadata` are its JSON, each source one text.

    `rng` decides what has no influence on points: execution counts, and the ids of added cells. `minor` is
    the minor version of the format: from 5 on cells have ids.
    """

    def __init__(self, assignment: str, rng: random.Random) -> None:
        self.assignment = assignment
        self.rng = rng
        content: dict[str, Any] = json.loads(released(assignment))
        self.metadata: dict[str, Any] = content["metadata"]
        self.minor: int = content["nbformat_minor"]
        self.cells: list[dict[str, Any]] = content["cells"]
        for cell in self.cells:
            cell["source"] = "".join(cell["source"])

    def find(self, grade_id: str) -> dict[str, Any]:
        """The cell with this id (prose has no grade_id); of copies the first."""
        return next(
            cell
            for cell in self.cells
            if grade_id in (cell["id"], cell["metadata"].get("nbgrader", {}).get("grade_id"))
        )

    def fill(self, *styles: str) -> None:
        """Answer in a style of writing; where several have an answer, the last one counts."""
        for style in styles:
            for name, answer in answers(self.assignment, style).items():
                self.answer(name, answer)
        code = [cell for cell in self.cells if cell["cell_type"] == "code"]
        counts = sorted(self.rng.sample(range(1, 400), len(code)))
        for cell, count in zip(code, counts, strict=True):
            cell["execution_count"] = count

    def answer(self, name: str, answer: str) -> None:
        """Write this into the answer cell `name`."""
        cell = self.find(name)
        if cell["cell_type"] == "markdown":
            cell["source"] = "\n".join(line[2:] for line in answer.splitlines())
        else:
            cell["source"] = _below_docstring(released_cells(self.assignment)[name], answer)

    def change(self, name: str, there: str, instead: str) -> None:
        """Write `instead` in the place of what is there, once, below the docstring of the answer `name`."""
        cell = self.find(name)
        head, quotes, body = cell["source"].rpartition('"""')
        assert body.count(there) == 1, (
            f"{self.assignment}: {there!r} in {name}: {body.count(there)}"
        )
        cell["source"] = head + quotes + body.replace(there, instead)

    def reset(self, name: str) -> None:
        """Put the released cell back."""
        self.find(name)["source"] = released_cells(self.assignment)[name]

    def add(
        self, source: str, *, after: str, cell_type: str = "code", printed: str = ""
    ) -> dict[str, Any]:
        """Insert a cell after the one with id `after`; `printed` is the output saved with it."""
        cell: dict[str, Any] = {
            "cell_type": cell_type,
            "id": f"{self.rng.getrandbits(32):08x}",
            "metadata": {},
            "source": source,
        }
        if cell_type == "code":
            output = {"output_type": "stream", "name": "stdout", "text": printed}
            cell |= {
                "execution_count": self.rng.randint(41, 99),
                "outputs": [output] if printed else [],
            }
        self.cells.insert(self.cells.index(self.find(after)) + 1, cell)
        return cell

    def text(self) -> str:
        """The notebook as Jupyter saves it."""
        cells = [cell | {"source": cell["source"].splitlines(True)} for cell in self.cells]
        content = {"cells": cells, "metadata": self.metadata, "nbformat": 4}
        content["nbformat_minor"] = self.minor
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


@cache
def released_cells(assignment: str) -> dict[str, str]:
    """The cells with a grade_id, as they were released."""
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in json.loads(released(assignment))["cells"]
        if "nbgrader" in cell["metadata"]
    }


@cache
def answers(assignment: str, style: str) -> dict[str, str]:
    """What stands under each `# %% exercise` of an answer file."""
    text = (ANSWERS / assignment / f"{style}.py").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("\n# %% ")[1:])
    return {name: answer.strip() for name, _, answer in parts}


def _below_docstring(stub: str, answer: str) -> str:
    """The answer in its cell: who keeps the given first line keeps the docstring below it too."""
    signature, _, body = answer.partition("\n")
    if stub.startswith(signature + "\n"):
        return stub.replace(f"    {CODE_STUB}", body)
    return answer
