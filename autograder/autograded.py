"""The notebook that formgrader and nbgrader's feedback show of a graded submission. Trusted side.

Of the student's it holds the texts of cells and pictures in Markdown, nothing else: outputs and metadata
can carry scripts. Our cells are as released, each once; an answer stands in its own cell again, wherever
the student wrote it; what else the student added stays where it was.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook
from autograder.disclosure import hint
from autograder.grading.submission import UnreadableError, defined_names, read_submission
from autograder.release import Role
from autograder.report import ExerciseResult, Report, write_atomically
from glm2mlp.catalogue import ASSIGNMENTS

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif")
PICTURES = ("image/png", "image/jpeg", "image/gif")
PENDING = "Pending review: a fault of the grader, not of the answer. A person will look at it."


def mended_notebook(path: Path, assignment: str) -> NotebookNode:
    """The notebook at `path` with our cells as released, without outputs. Raises UnreadableError."""
    release = load_release(assignment)
    others = tuple(load_release(name) for name in ASSIGNMENTS if name != assignment)
    read_submission(path, release, others)  # refuses what is no notebook of this assignment
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UnreadableError(f"{path}: changed while it was read ({error}); try again") from None
    roles: dict[str, Role] = {cell.grade_id: cell.role for cell in release.cells if cell.tracked}
    released = released_notebook(assignment)
    ours = {cell.id: cell for cell in released.cells if cell.id in roles}
    cells = _Mender(ours, roles, list(_submitted(data["cells"], ours))).mend()
    return NotebookNode({**deepcopy({**released, "cells": []}), "cells": cells})


@cache
def released_notebook(assignment: str) -> NotebookNode:
    """The notebook as students receive it; not to be changed."""
    return nbformat.reads(release_notebook(assignment), as_version=4)


def unanswered(notebook: NotebookNode, assignment: str) -> frozenset[str]:
    """Answers and written answers of a mended notebook that are still the stub."""
    stubs = {
        cell.grade_id: cell.source
        for cell in load_release(assignment).with_role("answer", "written")
    }
    return frozenset(cell.id for cell in notebook.cells if stubs.get(cell.id) == cell.source)


def show_points(notebook: NotebookNode, report: Report) -> None:
    """Give each test cell of a mended notebook its points as the one output, in place.

    nbgrader reads the points from it as the number in text/plain, and zero from an error.
    """
    for cell in notebook.cells:
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.outputs = [_output(report.exercises.get(cell.id.removeprefix("test_")))]


def write_autograded(path: Path, folder: Path, report: Report) -> NotebookNode:
    """Write what formgrader shows of the submission at `path` into `folder`; returns the notebook.

    The time of the submission and its pictures come along, as nbgrader has it. Raises UnreadableError.
    """
    notebook = mended_notebook(path, report.assignment)
    show_points(notebook, report)
    for found, _, names in os.walk(path.parent):
        for file in (Path(found, name) for name in names):
            if file.name == "timestamp.txt" or file.suffix.lower() in SUFFIXES:
                _copy(file, folder / file.relative_to(path.parent))
    autograded = folder / f"{report.assignment}.ipynb"
    # nbformat's own writer would copy it all once more and cut it into lines.
    write_atomically(autograded, json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n")
    autograded.chmod(0o444)  # as nbgrader leaves it
    return notebook


def _copy(source: Path, target: Path) -> None:
    """Copy a regular file; a link could lead anywhere."""
    if not source.is_symlink() and source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)


def _output(result: ExerciseResult | None) -> NotebookNode:
    if result is None or result.points is None:
        return nbformat.from_dict(
            {
                "output_type": "error",
                "ename": "PendingReview",
                "evalue": PENDING,
                "traceback": [PENDING],
            }
        )
    remarks = [
        f"{result.points:.4g} of {result.max_points:g} points",
        hint(result),
        *result.advice,
    ]
    html = "\n".join(f"<p>{escape(remark)}</p>" for remark in remarks if remark)
    return nbformat.from_dict(
        {
            "output_type": "execute_result",
            "execution_count": None,
            "data": {"text/plain": repr(float(result.points)), "text/html": html},
            "metadata": {},
        }
    )


@dataclass(frozen=True)
class _Submitted:
    """A cell as it was handed in; `claim` is the cell of ours that it says it is."""

    number: int
    cell_type: str
    source: str
    claim: str | None
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


def _submitted(raw: list[Any], ours: dict[str, NotebookNode]) -> Iterator[_Submitted]:
    for number, cell in enumerate(raw, start=1):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if isinstance(source, str):
            kind = "markdown" if cell.get("cell_type") == "markdown" else "code"
            source = source.encode(errors="replace").decode()
            yield _Submitted(number, kind, source, _claim(cell, ours), _pictures(cell))


def _claim(cell: dict[str, Any], ours: dict[str, NotebookNode]) -> str | None:
    """By nbgrader's metadata; where a front end dropped that, by the cell's id, which is the same."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    claim = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else cell.get("id")
    return claim if isinstance(claim, str) and claim in ours else None


def _pictures(cell: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The attachments of a Markdown cell that are pictures: names, and base64 by media type."""
    attachments = cell.get("attachments")
    if cell.get("cell_type") != "markdown" or not isinstance(attachments, dict):
        return {}
    found = {}
    for name, bundle in attachments.items():
        data = bundle if isinstance(bundle, dict) else {}
        kept = {kind: data[kind] for kind in PICTURES if _is_base64(data.get(kind))}
        if kept:
            found[name] = kept
    return found


def _is_base64(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]*", value) is not None


class _Mender:
    """Puts the submitted cells and ours into one order."""

    def __init__(
        self, ours: dict[str, NotebookNode], roles: dict[str, Role], submitted: list[_Submitted]
    ) -> None:
        self.ours = ours
        self.roles = roles
        self.submitted = submitted
        self.chosen: dict[str, _Submitted] = {}
        self.notes: dict[str, str] = {}
        self._choose()

    def mend(self) -> list[NotebookNode]:
        """The cells of the mended notebook."""
        cells: list[NotebookNode] = []
        placed: dict[str, NotebookNode] = {}

        def place(name: str, cell: NotebookNode) -> None:
            if name not in placed:
                placed[name] = cell
                cells.append(cell)

        answers = {cell.number: name for name, cell in self.chosen.items()}
        for cell in self.submitted:
            if cell.number in answers:
                place(answers[cell.number], self._answer(answers[cell.number], cell))
            elif self._counts(cell):
                cells.append(_free(cell))
            if cell.claim is not None and cell.claim not in self.chosen:
                place(cell.claim, self._released(cell.claim))
        before = None
        for name in self.ours:
            if name not in placed:  # goes behind the cell of ours that it follows in the release
                placed[name] = self._released(name)
                cells.insert(_place_after(before, cells), placed[name])
            before = placed[name]
        return cells

    def _choose(self) -> None:
        """Find for each answer the cell that holds it: the last one, as the last definition counts."""
        claimed = {cell.claim for cell in self.submitted}
        elsewhere: dict[str, _Submitted] = {}
        for cell in filter(self._counts, self.submitted):
            if cell.claim is not None and self.roles[cell.claim] in ("answer", "written"):
                self.chosen[cell.claim] = cell
            defined = self._defined(cell)
            if cell.cell_type == "code" or not defined & claimed:
                elsewhere.update(dict.fromkeys(sorted(defined), cell))
        taken = {cell.number for cell in self.chosen.values()}
        for name, cell in elsewhere.items():
            if name not in self.chosen and cell.number in taken:
                self.notes[name] = f"# `{name}` is defined in another cell."
            elif name not in self.chosen:
                self.chosen[name] = cell
                taken.add(cell.number)

    def _counts(self, cell: _Submitted) -> bool:
        """Whether the student's text of this cell matters, as the grader sees it; else ours stands."""
        role = self.roles[cell.claim] if cell.claim else None
        if role is None:
            return bool(cell.source.strip())
        if role == "given" or _text(cell.source) == _text(self.ours[cell.claim or ""].source):
            return False
        return role in ("answer", "written") or bool(self._defined(cell))

    def _defined(self, cell: _Submitted) -> set[str]:
        functions = {name for name, role in self.roles.items() if role == "answer"}
        return defined_names(cell.source) & functions

    def _answer(self, name: str, cell: _Submitted) -> NotebookNode:
        answer = deepcopy(self.ours[name])
        answer.source = cell.source
        if answer.cell_type == "markdown" and cell.attachments:
            answer.attachments = nbformat.from_dict(cell.attachments)
        return answer

    def _released(self, name: str) -> NotebookNode:
        cell = deepcopy(self.ours[name])
        cell.source = self.notes.get(name, cell.source)
        return cell


def _place_after(before: NotebookNode | None, cells: list[NotebookNode]) -> int:
    return next((i + 1 for i, cell in enumerate(cells) if cell is before), 0)


def _free(cell: _Submitted) -> NotebookNode:
    """A cell that the student added, or prose; raw cells, which could be HTML, are shown as code."""
    kept: dict[str, Any] = {"attachments": cell.attachments} if cell.attachments else {}
    if cell.cell_type == "code":
        kept = {"execution_count": None, "outputs": []}
    name = f"cell_{cell.number}"
    return nbformat.from_dict(
        {"cell_type": cell.cell_type, "id": name, "metadata": {}, "source": cell.source, **kept}
    )


def _text(source: str) -> str:
    """A source without what front ends change on their own."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
