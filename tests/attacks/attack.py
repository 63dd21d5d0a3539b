"""A hostile submission: what it tries, and what it hands in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from engine_kit import SOFTMAX, TIGHT, before, hand_in, released, solved

from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.course import Assignment

Family = Literal[
    "forging results",
    "reading secrets",
    "carrying inputs out",
    "persistence",
    "exhaustion",
    "escaping",
    "confusing the reader",
    "loans",
    "imports",
    "formulas",
    "time",
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

# Answers to the exercises of an assignment, by name; or what makes them for whichever assignment is asked.
Answers = Mapping[str, str] | Callable[[Assignment], Mapping[str, str]]


@dataclass(frozen=True)
class Attack:
    """A hostile submission.

    Cells are put before the first function of the assignment; answers take the place of stubs. An attack
    whose answers are named is one on softmax regression, unless `on` says otherwise; all others are played
    on every assignment. A `vandal` hands in right answers besides and may earn their points; any other
    attack may earn nothing at all; one that is `refused` may not even be read. `looks`: the first function
    calls `tell` with what it has found. `dumps`: a crash may not be dumped by the host. `content` changes
    the notebook's cells (of the assignment of that name) into what is handed in; `place` hands it in
    otherwise than as a file.
    """

    family: Family
    tries: str
    cells: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    vandal: bool = False
    looks: bool = False
    refused: bool = False
    dumps: bool = False
    limits: Limits = TIGHT
    content: Callable[[list[dict[str, Any]], str], Any] | None = None
    place: Callable[[Path, Path], None] | None = None
    on: str | None = None

    def suits(self, assignment: str) -> bool:
        """Whether it can be played on this assignment."""
        named = isinstance(self.answers, Mapping) and bool(self.answers)
        return assignment == (self.on or (SOFTMAX if named else assignment))

    def hand_in(self, folder: Path, student: str, neighbour: Path, assignment: str) -> Path:
        """Put the submission where submissions lie; `neighbour` is somebody else's notebook."""
        first = first_function(assignment)
        known = self.answers
        answers = known(ASSIGNMENTS[assignment]) if callable(known) else known
        notebook = solved(assignment) if self.vandal else released(assignment)
        for cell in notebook:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        notebook = before(notebook, first, TOOLS, *self.cells)
        content = self.content(notebook, assignment) if self.content else notebook
        path = hand_in(folder, content, student, assignment)
        if self.place:
            path.unlink()
            self.place(path, neighbour)
        return path


def first_function(assignment: str) -> str:
    """The exercise that attacks put their code in: the first function that is tested."""
    return next(e.name for e in ASSIGNMENTS[assignment].exercises if e.kind == "function")


def first(body: str) -> Answers:
    """An answer to the first function with this body."""
    return lambda assignment: {name: _function(name, body) for name in _functions(assignment)[:1]}


def everywhere(body: str) -> Answers:
    """The same hostile body as the answer to every function."""
    return lambda assignment: {name: _function(name, body) for name in _functions(assignment)}


def every_choice(answer: str) -> Answers:
    """The same expression as the answer to every multiple-choice question."""
    return lambda assignment: {
        each.name: f"def {each.name}():\n    return {answer}"
        for each in assignment.exercises
        if each.kind == "choice"
    }


def _functions(assignment: Assignment) -> list[str]:
    return [each.name for each in assignment.exercises if each.kind == "function"]


def _function(name: str, body: str) -> str:
    assert not re.search(r"^\s*(import|from) ", body, re.M), (
        f"the import rule would stop this attack: {body}"
    )
    lines = body.strip().splitlines()
    return "\n".join([f"def {name}(*args, **kwargs):", *(f"    {line}" for line in lines)])
