"""The notebook that formgrader and nbgrader's feedback show of a graded submission. Trusted side.

Of the student's it holds the texts of cells and pictures in Markdown, nothing else: outputs and metadata
can carry scripts. Our cells are as released, each once; an answer stands in its own cell again, wherever
the student wrote it; what else the student added stays where it was.
"""

import json
import os
import re
import shutil
from functools import cache
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook
from autograder.disclosure import hint
from autograder.files import write_atomically
from autograder.reading.cells import Piece
from autograder.reading.patterns import plain
from autograder.reading.submission import Reading, read_notebook
from autograder.release import Role
from autograder.report import ExerciseResult, Report
from glm2mlp.catalogue import ASSIGNMENTS

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif")
# What nbgrader's exchange lays beside a submission; feedback is released under a name made of the secret.
OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
MAX_FILES = 1_000  # of a submission that are looked at
MAX_BESIDE = 50 << 20  # bytes that are copied
PICTURES = ("image/png", "image/jpeg", "image/gif")
# A notebook, or a part of one. nbformat's own kind of dictionary takes five times as long to make.
_Part = dict[str, Any]

PENDING = "Pending review: a fault of the grader, not of the answer. A person will look at it."


def mended_notebook(path: Path, assignment: str) -> NotebookNode:
    """The notebook at `path` with our cells as released, without outputs. Raises UnreadableError."""
    return nbformat.from_dict(_mended(path, assignment))


def _mended(path: Path, assignment: str) -> _Part:
    """The same of plain dictionaries, whose parts are not to be changed."""
    release = load_release(assignment)
    others = tuple(load_release(name) for name in ASSIGNMENTS if name != assignment)
    reading = read_notebook(path, release, others)
    roles: dict[str, Role] = {cell.grade_id: cell.role for cell in release.cells if cell.tracked}
    released = _released(assignment)
    ours = {cell["id"]: cell for cell in released["cells"] if cell["id"] in roles}
    return {**released, "cells": _Mender(ours, roles, reading).mend()}


def released_notebook(assignment: str) -> NotebookNode:
    """The notebook as students receive it."""
    return nbformat.from_dict(_released(assignment))


@cache
def _released(assignment: str) -> _Part:
    notebook: _Part = json.loads(release_notebook(assignment))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def unanswered(notebook: _Part, assignment: str) -> frozenset[str]:
    """Answers and written answers of a mended notebook that are still the stub."""
    stubs = {
        cell.grade_id: cell.source
        for cell in load_release(assignment).with_role("answer", "written")
    }
    return frozenset(
        cell["id"] for cell in notebook["cells"] if stubs.get(cell["id"]) == cell["source"]
    )


def show_points(notebook: _Part, report: Report) -> None:
    """Give each test cell of a mended notebook its points as the one output, in place.

    nbgrader reads the points from it as the number in text/plain, and zero from an error.
    """
    for cell in notebook["cells"]:
        is_graded = cell.get("metadata", {}).get("nbgrader", {}).get("grade")
        if is_graded and cell["cell_type"] == "code":
            output = _output(report.exercises.get(cell["id"].removeprefix("test_")))
            cell["outputs"] = [nbformat.from_dict(output)]  # nbgrader takes no other kind


def write_autograded(path: Path, folder: Path, report: Report, remarks: list[str]) -> _Part:
    """Write what formgrader shows of the submission at `path` into `folder`; returns the notebook.

    What the exchange laid beside it and pictures come along, as nbgrader has it; `remarks` gets a line if
    some had to be left out. Raises UnreadableError.
    """
    notebook = _mended(path, report.assignment)
    show_points(notebook, report)
    _copy_beside(path.parent, folder, remarks)
    autograded = folder / f"{report.assignment}.ipynb"
    # nbformat's own writer would copy it all and cut it into lines.
    write_atomically(autograded, json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n")
    autograded.chmod(0o444)  # as nbgrader leaves it
    return notebook


def sources(notebook: _Part) -> list[Any]:
    """The texts of the cells of a mended notebook."""
    return [cell["source"] for cell in notebook["cells"]]


def sources_of(path: Path) -> list[Any] | None:
    """The texts of the cells of a notebook that was written here; None where there is none."""
    try:
        return sources(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy_beside(submitted: Path, folder: Path, remarks: list[str]) -> None:
    """Copy what the exchange laid beside a submission, and its pictures: a student may put anything there."""
    files = (Path(found, name) for found, _, names in os.walk(submitted) for name in names)
    some = list(islice(files, MAX_FILES + 1))
    pictures = [file for file in some[:MAX_FILES] if _is_picture(file.relative_to(submitted))]
    left, left_out = MAX_BESIDE, len(some) > MAX_FILES
    for file in [*(submitted / name for name in OF_THE_EXCHANGE), *pictures]:
        try:
            if file.is_symlink() or not file.is_file():  # a link could lead anywhere
                continue
            left -= file.stat().st_size
            if left >= 0:
                _copy(file, folder / file.relative_to(submitted))
        except OSError:  # no permission, or a file where an earlier submission had a folder
            left_out = True
    if left_out or left < 0:
        remarks.append(
            f"{submitted}: not all pictures were copied for formgrader (of {MAX_FILES} files those that can "
            f"be read, {MAX_BESIDE >> 20} MB in all); look at the folder itself"
        )


def _is_picture(path: Path) -> bool:
    """Whether a file of a submission is a picture; what begins with a dot could be a draft of ours."""
    return path.suffix.lower() in SUFFIXES and not any(part[0] == "." for part in path.parts)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target, follow_symlinks=False)


def _output(result: ExerciseResult | None) -> _Part:
    if result is None or result.points is None:
        return {
            "output_type": "error",
            "ename": "PendingReview",
            "evalue": PENDING,
            "traceback": [PENDING],
        }
    remarks = [
        f"{result.points:.4g} of {result.max_points:g} points",
        hint(result),
        *result.advice,
    ]
    html = "\n".join(f"<p>{escape(remark)}</p>" for remark in remarks if remark)
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(float(result.points)), "text/html": html},
        "metadata": {},
    }


def _pictures(piece: Piece) -> dict[str, dict[str, str]]:
    """The attachments of a Markdown cell that are pictures: names, and base64 by media type."""
    attachments = piece.cell.attachments
    if piece.cell.cell_type != "markdown" or not isinstance(attachments, dict):
        return {}
    found = {}
    for name, bundle in attachments.items():
        data = bundle if isinstance(bundle, dict) else {}
        kept = {kind: data[kind] for kind in PICTURES if _is_base64(data.get(kind))}
        if kept and name.isprintable():  # no page can hold a lone surrogate
            found[name] = kept
    return found


def _is_base64(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]*", value) is not None


class _Mender:
    """Puts the submitted pieces and our cells into one order."""

    def __init__(self, ours: dict[str, _Part], roles: dict[str, Role], reading: Reading) -> None:
        self.ours = ours
        self.plain = {name: plain(cell["source"]) for name, cell in ours.items()}
        self.roles = roles
        self.pieces = reading.pieces
        self.names: dict[int, str] = {}  # of the answers, by the places of their pieces
        self.notes: dict[str, str] = {}
        self._choose(reading.answered)

    def mend(self) -> list[_Part]:
        """The cells of the mended notebook."""
        cells: list[_Part] = []
        placed: dict[str, _Part] = {}

        def put(name: str, cell: _Part) -> None:
            if name not in placed:
                placed[name] = cell
                cells.append(cell)

        for place, piece in enumerate(self.pieces):
            claim = self._claim(piece)
            if place in self.names:
                put(self.names[place], self._answer(self.names[place], piece))
            elif self._counts(piece):
                cells.append(_free(place, piece))
            if claim is not None and claim not in self.names.values():
                put(claim, self._released(claim))
        before = None
        for name in self.ours:
            if name not in placed:  # goes behind the cell of ours that it follows in the release
                placed[name] = self._released(name)
                cells.insert(_place_after(before, cells), placed[name])
            before = placed[name]
        return cells

    def _choose(self, answered: dict[str, int]) -> None:
        """Find the piece that is shown as an answer: the last of its own, or else the one that counts."""
        own = {
            claim: place
            for place, piece in enumerate(self.pieces)
            if (claim := self._claim(piece))
            and self.roles[claim] in ("answer", "written")
            and self._counts(piece)
        }
        self.names = {place: name for name, place in own.items()}
        for name, place in sorted(answered.items()):
            if name in own:
                continue
            if place in self.names:
                self.notes[name] = f"# `{name}` is defined in another cell."
            else:
                self.names[place] = name

    def _claim(self, piece: Piece) -> str | None:
        """Which cell of ours that nbgrader tracks the piece is."""
        return piece.claim if piece.claim in self.ours else None

    def _counts(self, piece: Piece) -> bool:
        """Whether the student's text of this piece matters, as the grader sees it; else ours stands."""
        claim = self._claim(piece)
        if claim is None:
            return bool(piece.source.strip())
        return self.roles[claim] in ("answer", "written") and (
            piece.cell.plain != self.plain[claim]
        )

    def _answer(self, name: str, piece: Piece) -> _Part:
        answer = {**self.ours[name], "source": piece.source}
        if answer["cell_type"] == "markdown" and (pictures := _pictures(piece)):
            answer["attachments"] = pictures
        return answer

    def _released(self, name: str) -> _Part:
        cell = self.ours[name]
        return {**cell, "source": self.notes.get(name, cell["source"])}


def _place_after(before: _Part | None, cells: list[_Part]) -> int:
    return next((i + 1 for i, cell in enumerate(cells) if cell is before), 0)


def _free(place: int, piece: Piece) -> _Part:
    """A cell that the student added, or prose; raw cells, which could be HTML, are shown as code."""
    pictures = _pictures(piece)
    kept: dict[str, Any] = {"attachments": pictures} if pictures else {}
    kind = "markdown" if piece.cell.cell_type == "markdown" else "code"
    if kind == "code":
        kept = {"execution_count": None, "outputs": []}
    return {
        "cell_type": kind,
        "id": f"cell_{place + 1}",
        "metadata": {},
        "source": piece.source,
        **kept,
    }
