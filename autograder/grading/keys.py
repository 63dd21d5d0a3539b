"""What a grading depends on: the course key, seeds derived from it, and the key of a report. Trusted side."""

import hashlib
import hmac
import json
import platform
import secrets
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder.files import write_atomically
from autograder.grading.dependencies import parts_of
from autograder.reading.submission import Submission
from autograder.release import Release
from autograder.sandbox.terms import Limits
from glm2mlp.course import Assignment

PACKAGE = Path(__file__).parents[1]
# What a result does not rest on: it is what is made of results.
NOT_GRADING = (
    *("autograded.py", "batch.py", "bundle", "cli.py", "cluster", "collecting", "commands"),
    *("directory.py", "disclosure.py", "exchange.py", "exporting", "feedback", "forgetting.py"),
    *("gradebook.py", "gradebook_rows.py", "grades.py"),
    *("nbgrader_preprocessors.py", "overview", "roster.py", "safe_code.py", "safe_markdown.py"),
    *("safe_pages.py", "tables.py", "worth.py"),
)
LIBRARIES = ("numpy", "scipy", "sympy", "ipython", "matplotlib", "pytest")

Weights = Mapping[str, Mapping[str, float]]  # of each exercise's hidden tests


def course_key(course: Path) -> bytes:
    """The secret of a course, made at the first call: 32 random bytes in `course.key`, mode 0600."""
    path = course / "course.key"
    if not path.exists():
        # Who comes second finds a whole key, never an empty file, and does not make another one.
        write_atomically(path, secrets.token_hex(32) + "\n", once=True)
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ValueError(
            f"{path}: is not a course key; bring it back from a backup, or delete it, and all hidden "
            "inputs change"
        )
    return key


def derived_seed(key: bytes, assignment: str, student: str) -> int:
    """The seed of one student's hidden inputs: tells nothing about the key or another student's."""
    text = json.dumps([assignment, student]).encode()
    return int.from_bytes(hmac.digest(key, text, "sha256")[:8])


def seed_of(seed: int, submission: Submission) -> int:
    """The seed of the hidden inputs of this very submission.

    Whoever learned a hidden input, in whatever way, does not meet it again with other answers.
    """
    return int(_digest([seed, submission.cells])[:16], 16)


@cache
def versions() -> dict[str, str]:
    """The versions of all that a result depends on."""
    own = {name: version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **own}


@cache
def grader(assignment: Assignment) -> str:
    """A short digest of all code of ours that grades an assignment."""
    return _digest([sources(), parts_of(assignment)])[:12]


@cache
def sources() -> str:
    """A digest of the code that every result rests on: grader, worker, student package.

    What belongs to single exercises has digests of its own (`autograder.grading.dependencies`); points are
    applied to results without grading them again, so an assignment's declaration counts by what it says.
    """
    import glm2mlp

    student = Path(glm2mlp.__path__[0])
    without = {*(PACKAGE / name for name in NOT_GRADING)}
    files = [PACKAGE / "grading" / "hidden_tests.ini"]
    files += sorted(path for folder in (PACKAGE, student) for path in folder.rglob("*.py"))
    digest = hashlib.sha256()
    for path in files:
        if not without.intersection((path, *path.parents)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def exercise_keys(
    submission: Submission, release: Release, seed: int, limits: Limits, layers: tuple[str, ...]
) -> dict[str, str]:
    """The key of the result of each exercise, but for its points: equal keys, equal results."""
    assignment = release.assignment
    common = _digest(
        {
            "cells": submission.cells,
            "written": submission.written,
            "repairs": submission.repairs,
            "doubts": submission.doubts,
            "assignment": assignment.name,
            "imports": assignment.importable,
            "exercises": [(each.name, each.kind, each.letters) for each in assignment.exercises],
            "sources": sources(),
            "versions": versions(),
            "seed": seed,
            "limits": limits,
            "layers": layers,
        }
    )
    return {
        name: _digest([common, digest, release.questions.get(name)])
        for name, digest in parts_of(assignment).items()
    }


def report_key(keys: Mapping[str, str], assignment: Assignment, weights: Weights) -> str:
    """The key of a report: of the results of its exercises and of what each is worth."""
    points = {each.name: each.points for each in assignment.exercises}
    return _digest([dict(keys), points, weights])


def _digest(parts: object) -> str:
    text = json.dumps(parts, default=vars, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
