"""Puts split cells together, takes merged ones apart, and finds out which of ours each is. Trusted side."""

from dataclasses import dataclass, replace
from functools import cache

from autograder.reading.notebook import SubmittedCell
from autograder.reading.patterns import (
    defined_functions,
    goes_on,
    imported_libraries,
    plain,
)
from autograder.release import Cell, Release

# A definition that is put together has at most so many characters, from so many cells.
MAX_SPLIT = 20_000
MAX_PARTS = 50


@dataclass(frozen=True)
class Piece:
    """A cell, or what was cut out of one, as the grader looks at it.

    `claim` is the grade_id of the cell of ours that it is, `evidence` what says so. `changed` tells that its
    text does not stand so in the notebook: it was put together or cut out, and that may have gone wrong.
    """

    cell: SubmittedCell
    claim: str | None = None
    evidence: str = ""
    changed: bool = False

    @property
    def source(self) -> str:
        """Its text."""
        return self.cell.source


@cache
def recogniser(release: Release) -> "Recogniser":
    """The one of a release; to know its cells takes as long as to read a notebook."""
    return Recogniser(release)


class Recogniser:
    """Knows the released cells of an assignment by their names and by their texts."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.ours = {cell.grade_id: cell for cell in release.cells}
        self.functions = {cell.grade_id for cell in release.with_role("answer")}
        self._by_text: dict[str, Cell] = {}
        for cell in release.cells:
            self._by_text.setdefault(cell.plain, cell)
        # What does not run as a student's code and may stand in it after a merge, the longest first.
        foreign = [
            cell.plain
            for cell in release.cells
            if cell.role in ("prose", "show")
            or imported_libraries(cell.source) - set(release.assignment.importable)
        ]
        self._foreign = sorted(foreign, key=len, reverse=True)
        self._first_lines = {block.partition("\n")[0] for block in foreign}

    def pieces(self, cells: list[SubmittedCell], repairs: list[str]) -> list[Piece]:
        """All that stands in the notebook, in order, each piece with what it is; tells what was mended."""
        pieces = [
            self._recognised(piece)
            for whole in self._put_together(cells, repairs)
            for piece in self._taken_apart(whole, repairs)
        ]
        for evidence in ("id", "text"):
            names = [f"«{p.claim}»" for p in pieces if p.evidence == evidence and self._tells(p)]
            if names:
                repairs.append(
                    f"recognised by their {evidence}, since nbgrader's name of them was lost or wrong: "
                    + ", ".join(dict.fromkeys(names))
                )
        return pieces

    def is_untouched(self, piece: Piece) -> bool:
        """Whether the piece is a cell of ours as it was released."""
        known = self.ours.get(piece.claim or "")
        return known is not None and piece.cell.plain == known.plain

    def _tells(self, piece: Piece) -> bool:
        return self.ours[piece.claim or ""].tracked

    # Split cells

    def _put_together(self, cells: list[SubmittedCell], repairs: list[str]) -> list[Piece]:
        """The cells, where the rest of a definition that was split off is with its beginning again."""
        whole: list[Piece] = []
        parts: list[
            str
        ] = []  # of the last one: a text that grows with every cell would cost a square
        numbers: list[int] = []

        def finish() -> None:
            if len(parts) > 1:
                last = whole[-1]
                source = "\n".join(parts)
                whole[-1] = replace(last, cell=replace(last.cell, source=source), changed=True)
                repairs.append(
                    f"cells {', '.join(map(str, numbers))}: a definition that was split was put together"
                )

        for cell in cells:
            if whole and self._is_rest(whole[-1].cell, parts, cell):
                parts.append(cell.source)
                numbers.append(cell.number)
                continue
            finish()
            whole.append(Piece(cell))
            parts, numbers = [cell.source], [cell.number]
        finish()
        return whole

    def _is_rest(self, first: SubmittedCell, parts: list[str], cell: SubmittedCell) -> bool:
        if cell.cell_type != first.cell_type or cell.grade_id not in (None, first.grade_id):
            return False
        if len(parts) == MAX_PARTS or sum(map(len, parts)) + len(cell.source) > MAX_SPLIT:
            return False
        text = "\n".join(parts)
        return (
            goes_on(text, cell.source)
            and bool(defined_functions(text))
            and (cell.source[:1].isspace() or not cell.functions & self.functions)
            and self._by_text.keys().isdisjoint((plain(text), cell.plain))
        )

    # Merged cells

    def _taken_apart(self, piece: Piece, repairs: list[str]) -> list[Piece]:
        """The piece, without what of ours was merged into it and cannot run there."""
        text = piece.cell.plain
        if text in self._by_text or self._first_lines.isdisjoint(text.split("\n")):
            return [piece]
        parts = [f"\n{text}\n"]
        for block in self._foreign:
            parts = [part for whole in parts for part in whole.split(f"\n{block}\n")]
        if len(parts) == 1:
            return [piece]
        repairs.append(
            f"cell {piece.cell.number}: cells of ours that were merged into it were taken out"
        )
        return [
            replace(piece, cell=replace(piece.cell, source=source), changed=True)
            for source in parts
            if source.strip()
        ]

    # Whose cell it is

    def _recognised(self, piece: Piece) -> Piece:
        cell = piece.cell
        named = [
            (name, evidence)
            for name, evidence in ((cell.grade_id, "grade_id"), (cell.cell_id, "id"))
            if name in self.ours
        ]
        text = cell.plain
        for name, evidence in named:
            if text == self.ours[name or ""].plain:
                return replace(piece, claim=name, evidence=evidence)
        if text in self._by_text:
            return replace(piece, claim=self._by_text[text].grade_id, evidence="text")
        for name, evidence in named:
            if self._may_be(cell, self.ours[name or ""]):
                return replace(piece, claim=name, evidence=evidence)
        return piece

    def _may_be(self, cell: SubmittedCell, known: Cell) -> bool:
        """Whether a cell that says that it is `known` does not look like something else."""
        defined = cell.functions & self.functions
        if known.role == "answer" and defined:
            return known.grade_id in defined
        if known.cell_type == "markdown":
            return not defined and (cell.cell_type != "code" or not _is_code(cell))
        return cell.cell_type == "code" or _is_code(cell)


def _is_code(cell: SubmittedCell) -> bool:
    """Whether the text, of whatever type its cell is, looks like code."""
    return bool(cell.names or imported_libraries(cell.source))
