"""Puts what stands in a submission and our cells into one notebook, for formgrader to show. Trusted side.

Of the student's it takes the texts of cells and pictures in Markdown, nothing else: outputs and metadata can
carry scripts. Our cells are as released, each once; an answer stands in its own cell again, wherever the
student wrote it; what else the student added stays where it was.
"""

import re
from typing import Any

from autograder.grading.task import Mended
from autograder.reading.cells import Piece
from autograder.reading.submission import Reading
from autograder.release import Release

PICTURES = ("image/png", "image/jpeg", "image/gif")


def mended(reading: Reading, release: Release) -> Mended:
    """The cells of the mended notebook, in order."""
    return _Mender(reading, release).mend()


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

    def __init__(self, reading: Reading, release: Release) -> None:
        self.ours = {cell.grade_id: cell for cell in release.cells if cell.tracked}
        self.pieces = reading.pieces
        self.ran = reading.ran
        self.names: dict[int, str] = {}  # of the answers, by the places of their pieces
        self.notes: dict[str, str] = {}
        self._choose(reading.answered)

    def mend(self) -> Mended:
        """The cells of the mended notebook."""
        cells: Mended = []
        placed: dict[str, str | dict[str, Any]] = {}

        def put(name: str, cell: str | dict[str, Any]) -> None:
            if name not in placed:
                placed[name] = cell
                cells.append(cell)

        for place, piece in enumerate(self.pieces):
            claim = self._claim(piece)
            if place in self.names:
                put(self.names[place], self._answer(self.names[place], piece))
            elif self._counts(piece) or self._ran_in_locked(place, claim):
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
            and self.ours[claim].role in ("answer", "written")
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
        return self.ours[claim].role in ("answer", "written") and (
            piece.cell.plain != self.ours[claim].plain
        )

    def _ran_in_locked(self, place: int, claim: str | None) -> bool:
        """Whether the student wrote something into a locked cell that runs: it is shown beside ours."""
        role = self.ours[claim].role if claim is not None else ""
        return place in self.ran and role not in ("", "answer", "written")

    def _answer(self, name: str, piece: Piece) -> dict[str, Any]:
        pictures = _pictures(piece) if self.ours[name].cell_type == "markdown" else {}
        return {"id": name, "source": piece.source, **_attached(pictures)}

    def _released(self, name: str) -> str | dict[str, Any]:
        return {"id": name, "source": self.notes[name]} if name in self.notes else name


def _place_after(before: str | dict[str, Any] | None, cells: Mended) -> int:
    return next((i + 1 for i, cell in enumerate(cells) if cell is before), 0)


def _attached(pictures: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {"attachments": pictures} if pictures else {}


def _free(place: int, piece: Piece) -> dict[str, Any]:
    """A cell that the student added, or prose; raw cells, which could be HTML, are shown as code."""
    kept = _attached(_pictures(piece))
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
