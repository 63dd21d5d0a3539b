"""What a grading depends on: the course key, seeds derived from it, and the key of a report. Trusted side."""

import hashlib
import hmac
import json
import platform
import secrets
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from autograder.files import write_atomically
from autograder.reading.submission import Submission
from autograder.release import Release
from autograder.sandbox.host import Limits
from glm2mlp.catalogue import ASSIGNMENTS

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("numpy", "scipy", "sympy", "ipython", "matplotlib", "pytest")


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


def test_rng(seed: int, test: str) -> np.random.Generator:
    """The generator that a hidden test draws its inputs from."""
    return np.random.default_rng([seed, zlib.crc32(test.encode())])


@cache
def versions() -> dict[str, str]:
    """The versions of all that a result depends on."""
    own = {name: version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **own}


@cache
def sources(assignment: str) -> str:
    """A digest of the grader, hidden tests and misconceptions of `assignment`, and the reference."""
    import glm2mlp
    import solutions

    folders = [PACKAGE, Path(solutions.__path__[0]), Path(glm2mlp.__path__[0])]
    files = sorted(path for folder in folders for path in folder.rglob("*.py"))
    others = [
        PACKAGE / folder / name
        for folder in ("hidden_tests", "misconceptions")
        for name in ASSIGNMENTS
        if name != assignment
    ]
    digest = hashlib.sha256()
    for path in files:
        if not any(path.is_relative_to(other) for other in others):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def report_key(
    submission: Submission, release: Release, seed: int, limits: Limits, layers: tuple[str, ...]
) -> str:
    """The key of the result: equal keys, equal results; nothing is graded again without need."""
    parts = {
        "cells": submission.cells,
        "written": submission.written,
        "repairs": submission.repairs,
        "doubts": submission.doubts,
        "assignment": release.assignment,
        "questions": release.questions,
        "sources": sources(release.assignment.name),
        "versions": versions(),
        "seed": seed,
        "limits": limits,
        "layers": layers,
    }
    text = json.dumps(parts, default=vars, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
