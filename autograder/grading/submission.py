"""Reads a submitted notebook, whatever state it is in, and tells what was mended. Trusted side.

Nothing here runs or imports what stands in the notebook. All of a student's code cells will run, in their
order; what is found out here is which of them are answers, which are ours, and what went astray.
"""

import json
import os
import re
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.release import Cell, Release

MAX_BYTES = 20 << 20  # parsed, the worst JSON takes thirty times its size
MAX_CELL = 900_000  # a frame holds a megabyte
MAX_CELLS = 5_000

Mode = Literal["given", "answer", "other"]


class UnreadableError(Exception):
    """The file is no notebook of this assignment; the text names the file and the remedy."""


@dataclass(frozen=True)
class RunnableCell:
    """A code cell as it will run: `name` is its grade_id or its place, `mode` whose code it is."""

    name: str
    mode: Mode
    source: str


@dataclass(frozen=True)
class Submission:
    """What a notebook holds: cells to run in order, the written answers, and the repairs made."""

    cells: tuple[RunnableCell, ...]
    written: dict[str, str]
    repairs: tuple[str, ...]

    def answers(self, exercise: str) -> tuple[str, ...]:
        """The sources of the cells that answer `exercise`, in order."""
        return tuple(cell.source for cell in self.cells if cell.name == exercise)


@dataclass(frozen=True)
class _Submitted:
    """A cell as it was handed in; `number` counts from 1, as a student would."""

    number: int
    cell_type: str
    source: str
    grade_id: str | None


def read_submission(path: Path, release: Release, others: tuple[Release, ...] = ()) -> Submission:
    """The submission in the notebook at `path`.

    `others` are the course's other assignments, so that a notebook in the wrong place is told as such.
    Raises UnreadableError.
    """
    notebook = _load(path)
    cells = _cells(notebook, path)
    _refuse_other_assignment(cells, release, others, path)
    sorter = _Sorter(release, cells)
    if path.stem != release.assignment.name:
        sorter.repairs.append(f"the notebook was handed in as «{path.name}»")
    return sorter.sort()


def _load(path: Path) -> dict[str, Any]:
    """The notebook as JSON data, read without following links and never more than MAX_BYTES."""
    try:
        for folder in (path.parent.parent, path.parent):
            if folder.is_symlink():
                raise UnreadableError(
                    f"{path}: the folder {folder.name} is a link; copy the files instead"
                )
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise UnreadableError(
            f"{path}: there is no such notebook; was it handed in under another name?"
        ) from None
    except OSError as error:
        reason = "it is a link; copy the file instead" if path.is_symlink() else error.strerror
        raise UnreadableError(f"{path}: cannot be read: {reason}") from None
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):  # which os.fdopen refuses
        os.close(descriptor)
        raise UnreadableError(f"{path}: is a folder; hand in the notebook itself")
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"{path}: is not a file; hand in the notebook itself")
        if status.st_size > MAX_BYTES:
            raise UnreadableError(
                f"{path}: {status.st_size >> 20} MB are too large (limit {MAX_BYTES >> 20} MB); "
                "clear the outputs, save and hand in again"
            )
        data = file.read(MAX_BYTES + 1)
    if not data.strip():
        raise UnreadableError(f"{path}: the file is empty; save the notebook and hand in again")
    try:
        notebook = json.loads(data)
    except UnicodeDecodeError:
        raise UnreadableError(f"{path}: is not text in UTF-8; save it from Jupyter again") from None
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(
            f"{path}: is not a whole notebook: the JSON breaks off or is damaged{where}; "
            "save it from Jupyter again"
        ) from None
    if not isinstance(notebook, dict):
        raise UnreadableError(f"{path}: is JSON but no notebook; hand in the .ipynb file")
    version = notebook.get("nbformat")
    if version != 4:
        known = f"nbformat {version}" if isinstance(version, int) else "no nbformat"
        raise UnreadableError(
            f"{path}: has {known}, and nbformat 4 is needed; open it in JupyterLab and save it"
        )
    return notebook


def _cells(notebook: dict[str, Any], path: Path) -> list[_Submitted]:
    raw = notebook.get("cells")
    if not isinstance(raw, list):
        raise UnreadableError(f"{path}: has no cells; hand in the notebook of the assignment")
    if len(raw) > MAX_CELLS:
        raise UnreadableError(
            f"{path}: has {len(raw)} cells (limit {MAX_CELLS}); delete what is not yours"
        )
    cells = []
    for number, cell in enumerate(raw, start=1):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            continue
        # Lone surrogates cannot be written anywhere; they become question marks.
        source = source.encode(errors="replace").decode()
        cells.append(_Submitted(number, str(cell.get("cell_type")), source, _grade_id(cell)))
    return cells


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def defined_names(source: str) -> set[str]:
    """Names that a cell defines at its top level: `def name`, `class name`, `name = …`.

    By pattern, not by parsing: cells may hold magics or errors, and may come from an attacker.
    """
    pattern = r"^(?:(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))"
    return {
        name
        for match in re.finditer(pattern, source, re.MULTILINE)
        for name in match.groups()
        if name
    }


def imported_libraries(source: str) -> set[str]:
    """Top-level names of the libraries that a cell imports, by pattern (see `defined_names`)."""
    # The possessive + gives nothing back, so that no line takes quadratic time.
    pattern = r"^[ \t]*+(?:from[ \t]++(\w++)[\w.]*+[ \t]++import\b|import[ \t]++([^\n#;]+))"
    found = set()
    for match in re.finditer(pattern, source, re.MULTILINE):
        if match[1]:
            found.add(match[1])
        else:
            found |= {
                part.split()[0].partition(".")[0] for part in match[2].split(",") if part.strip()
            }
    return found


def _refuse_other_assignment(
    cells: list[_Submitted], release: Release, others: tuple[Release, ...], path: Path
) -> None:
    """A notebook that has more of another assignment's cells than of ours is in the wrong place."""
    present = {cell.grade_id for cell in cells} | {
        name for cell in cells for name in defined_names(cell.source)
    }

    def matches(candidate: Release) -> int:
        return len(
            present & {cell.grade_id for cell in candidate.with_role("given", "answer", "written")}
        )

    own = matches(release)
    for other in others:
        if matches(other) > own:
            raise UnreadableError(
                f"{path}: is the notebook of «{other.assignment.name}», not of "
                f"«{release.assignment.name}»; hand in the right file"
            )
    if own == 0 and not cells:
        raise UnreadableError(
            f"{path}: has no cells at all; hand in the notebook of the assignment"
        )


class _Sorter:
    """Finds for each cell what it is, and writes down what had to be mended."""

    def __init__(self, release: Release, cells: list[_Submitted]) -> None:
        self.release = release
        self.cells = cells
        self.repairs: list[str] = []
        self.ours = {cell.grade_id: cell for cell in release.cells if cell.tracked}
        self.functions = {cell.grade_id for cell in release.with_role("answer")}
        # The ids of cells in which something was written.
        self.filled = {
            cell.grade_id
            for cell in cells
            if (known := self.ours.get(cell.grade_id or ""))
            and _text(cell.source) != _text(known.source)
        }
        self.there = {cell.grade_id for cell in cells}

    def sort(self) -> Submission:
        self._tell_duplicates()
        runnable: list[RunnableCell] = []
        written: dict[str, str] = {}
        for cell in self.cells:
            known = self.ours.get(cell.grade_id or "")
            if known is not None and known.role == "written":
                if not self._is_idle_copy(cell, known):
                    written[known.grade_id] = cell.source
            else:
                runnable += self._keep(cell, known)
        present = {cell.name for cell in runnable if cell.mode == "given"}
        lost = [cell for cell in self.release.with_role("given") if cell.grade_id not in present]
        self.repairs += [
            f"the locked cell «{cell.grade_id}» was lost: ours was run" for cell in lost
        ]
        found = {*written, *(cell.name for cell in runnable)}
        self.repairs += [
            f"the answer cell «{cell.grade_id}» was not found"
            for cell in self.release.with_role("answer", "written")
            if cell.grade_id not in found
        ]
        first = (RunnableCell(cell.grade_id, "given", cell.source) for cell in lost)
        return Submission((*first, *runnable), written, tuple(self.repairs))

    def _tell_duplicates(self) -> None:
        counts = Counter(cell.grade_id for cell in self.cells if cell.grade_id in self.ours)
        for grade_id, count in counts.items():
            if count > 1:
                numbers = ", ".join(str(c.number) for c in self.cells if c.grade_id == grade_id)
                self.repairs.append(
                    f"cells {numbers} all have the id «{grade_id}»: all were looked at"
                )

    def _keep(self, cell: _Submitted, known: Cell | None) -> list[RunnableCell]:
        """The cell as it will run; nothing if it does not run, and ours before it if it was locked."""
        defined = defined_names(cell.source) & self.functions
        if known is not None and known.role == "given":
            ours = RunnableCell(known.grade_id, "given", known.source)
            return [ours, *self._in_locked(cell, known, defined)]
        if known is not None and known.role in ("test", "show"):
            return self._in_locked(cell, known, defined)
        if known is not None and known.role == "answer":
            if cell.cell_type != "code":
                self.repairs.append(
                    f"cell {cell.number}: the answer «{known.grade_id}» was a {cell.cell_type} cell: "
                    "it was run as code"
                )
            if self._is_idle_copy(cell, known):
                return []
            return self._sized(cell, known.grade_id, "answer")
        if defined and (cell.cell_type == "code" or self._lost(defined)):
            named = ", ".join(f"«{name}»" for name in sorted(defined))
            self.repairs.append(f"cell {cell.number}: an answer found by what it defines: {named}")
            return self._sized(cell, min(defined), "answer")
        if cell.cell_type == "code" and cell.source.strip():
            return self._sized(cell, f"cell {cell.number}", "other")
        return []

    def _in_locked(self, cell: _Submitted, known: Cell, defined: set[str]) -> list[RunnableCell]:
        """What a student wrote into a locked cell, if it defines anything."""
        if _text(cell.source) == _text(known.source):
            return []
        names = defined_names(cell.source)
        if not names - defined_names(known.source):
            if known.role == "given":
                self.repairs.append(
                    f"cell {cell.number}: the locked cell «{known.grade_id}» was changed: ours was run"
                )
            return []
        self.repairs.append(
            f"cell {cell.number}: something stood in the locked cell «{known.grade_id}»: it was run"
        )
        if defined:
            return self._sized(cell, min(defined), "answer")
        return self._sized(cell, f"cell {cell.number}", "other")

    def _is_idle_copy(self, cell: _Submitted, known: Cell) -> bool:
        """An untouched stub beside a copy that was filled in would only undo the answer."""
        return known.grade_id in self.filled and _text(cell.source) == _text(known.source)

    def _lost(self, defined: set[str]) -> bool:
        """Whether these functions have no cell of their own any more."""
        return not defined & self.there

    def _sized(self, cell: _Submitted, name: str, mode: Mode) -> list[RunnableCell]:
        if len(json.dumps(cell.source)) > MAX_CELL:  # as it crosses the wire
            self.repairs.append(
                f"cell {cell.number} is larger than {MAX_CELL // 1000} kB: it was not run"
            )
            return []
        return [RunnableCell(name, mode, cell.source)]


def _text(source: str) -> str:
    """A source without what front ends change on their own."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
