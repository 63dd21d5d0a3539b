"""Reads the file of a notebook: JSON data within bounds, and its cells as text. Trusted side."""

import errno
import json
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.reading.patterns import defined_functions, defined_names, plain

MAX_BYTES = 20 << 20  # parsed, the worst JSON takes thirty times its size
MAX_CELLS = 5_000


class UnreadableError(Exception):
    """The file is no notebook of this assignment; the text names the file and the remedy."""


@dataclass(frozen=True)
class SubmittedCell:
    """A cell as it was handed in; `number` counts from 1, as a student would.

    `grade_id` is nbgrader's name of it, `cell_id` the format's; `attachments` are as they came, unchecked.
    """

    number: int
    cell_type: str
    source: str
    grade_id: str | None = None
    cell_id: str | None = None
    attachments: Any = None

    @cached_property
    def plain(self) -> str:
        """The text without what front ends change on their own."""
        return plain(self.source)

    @cached_property
    def names(self) -> frozenset[str]:
        """What it defines at its top level."""
        return defined_names(self.source)

    @cached_property
    def functions(self) -> frozenset[str]:
        """Of these, what is surely code: functions and classes."""
        return defined_functions(self.source)


def read_file(path: Path) -> bytes:
    """What stands in the file, read without following links and never more than MAX_BYTES.

    Raises UnreadableError.
    """
    try:
        for folder in (path.parent.parent, path.parent):
            if folder.is_symlink():
                raise UnreadableError(
                    f"{path}: the folder {folder.name} is a link; copy the files instead"
                )
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise UnreadableError(f"{path}: there is no such notebook; {_beside(path)}") from None
    except OSError as error:
        is_link = error.errno == errno.ELOOP
        reason = "it is a link; copy the file instead" if is_link else error.strerror
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
        return file.read(MAX_BYTES + 1)


def parse(data: bytes, path: Path) -> dict[str, Any]:
    """The notebook as JSON data; `path` is where it was read. Raises UnreadableError."""
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


def _beside(path: Path) -> str:
    """What to do about a missing notebook, by what lies in its place."""
    if not path.parent.exists():
        return "nothing was handed in"
    names = sorted(
        each.name for each in path.parent.glob("*.ipynb") if not each.name.startswith(".")
    )
    if not names:
        return "was it handed in under another name?"
    return f"rename the right one of {', '.join(names[:5])} to {path.name}"


def submitted_cells(notebook: dict[str, Any], path: Path) -> list[SubmittedCell]:
    """The cells that have a text, in order. Raises UnreadableError."""
    raw = notebook.get("cells")
    if not isinstance(raw, list):
        raise UnreadableError(f"{path}: has no cells; hand in the notebook of the assignment")
    if len(raw) > MAX_CELLS:
        raise UnreadableError(
            f"{path}: has {len(raw)} cells (limit {MAX_CELLS}); delete what is not yours"
        )
    cells = []
    for number, cell in enumerate(raw, start=1):
        source = _source(cell.get("source")) if isinstance(cell, dict) else None
        if source is None:
            continue
        kind, cell_id = cell.get("cell_type"), cell.get("id")
        cells.append(
            SubmittedCell(
                number,
                kind if isinstance(kind, str) and kind.isalpha() and len(kind) < 20 else "nameless",
                source,
                _grade_id(cell),
                cell_id if isinstance(cell_id, str) else None,
                cell.get("attachments"),
            )
        )
    return cells


def _source(source: object) -> str | None:
    """The text of a cell; None if it has none."""
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        # Lines without their ends come from scripts that do not know the format.
        bare = len(source) > 1 and not any("\n" in line for line in source)
        source = ("\n" if bare else "").join(source)
    if not isinstance(source, str):
        return None
    # Two halves of a character, at the ends of two lines, are one: so Jupyter shows them. Lone surrogates
    # cannot be written anywhere; they become question marks.
    source = source.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    source = source.encode(errors="replace").decode()
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")


def _grade_id(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return grade_id if isinstance(grade_id, str) else None
