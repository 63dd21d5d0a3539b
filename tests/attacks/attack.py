"""What a hostile submission is made of: what it tries, and what it hands in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from engine_kit import SOFTMAX, TIGHT, before, hand_in, released, solved

from autograder.sandbox.terms import Limits

Family = Literal[
    "forging results",
    "reading secrets",
    "carrying inputs out",
    "persistence",
    "exhaustion",
    "escaping",
    "confusing the reader",
    "oracle use",
]

# An attack that looks for something says what came of it in an error, which the report quotes.
FOUND, NOTHING = "LEARNED", "nothing learned"
# Imports stand in a cell of their own: in an answer the import rule would stop them, which is no wall.
TOOLS = f"""
import ctypes, gc, importlib, inspect, logging, os, signal, site, socket, stat, sys, time, warnings
from importlib.metadata import distributions

def tell(found):
    raise RuntimeError("{FOUND} " + repr(found)[:200] if found else "{NOTHING}")
"""

FIRST = "softmax"  # the exercise that attacks put their code in, and the first that is tested


@dataclass(frozen=True)
class Attack:
    """A hostile submission of softmax regression.

    `cells` are put before the first answer, `answers` in the place of stubs. A `vandal` hands in right
    answers besides and may earn their points; whoever is none may earn nothing at all; what is `refused`
    may not even be read. `looks`: the answer to FIRST calls `tell` with what it has found. `dumps`: a crash
    may not be dumped by the host. `content` changes the notebook's cells into what is handed in, `place`
    hands it in otherwise than as a file.
    """

    family: Family
    tries: str
    cells: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    vandal: bool = False
    looks: bool = False
    refused: bool = False
    dumps: bool = False
    limits: Limits = TIGHT
    content: Callable[[list[dict[str, Any]]], Any] | None = None
    place: Callable[[Path, Path], None] | None = None

    def hand_in(self, folder: Path, student: str, neighbour: Path) -> Path:
        """Put the submission where submissions lie; `neighbour` is somebody else's notebook."""
        notebook = solved(SOFTMAX) if self.vandal else released(SOFTMAX)
        for cell in notebook:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = self.answers.get(name, cell["source"])
        notebook = before(notebook, FIRST, TOOLS, *self.cells)
        path = hand_in(
            folder, self.content(notebook) if self.content else notebook, student, SOFTMAX
        )
        if self.place:
            path.unlink()
            self.place(path, neighbour)
        return path


def softmax(body: str) -> dict[str, str]:
    """An answer to FIRST with this body."""
    return {FIRST: f"def {FIRST}(Z):\n" + _indented(body)}


def everywhere(body: str) -> dict[str, str]:
    """The same hostile body as the answer to every function."""
    names = ["softmax", "log_softmax", "one_hot", "nll", "gradient", "sgd_epoch", "predict"]
    return {name: f"def {name}(*args, **kwargs):\n" + _indented(body) for name in names}


def _indented(body: str) -> str:
    assert not re.search(r"^\s*(import|from) ", body, re.M), (
        f"the import rule would stop this attack: {body}"
    )
    return "\n".join(f"    {line}" for line in body.strip().splitlines())
