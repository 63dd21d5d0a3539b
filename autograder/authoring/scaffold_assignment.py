"""Writes what the exercises of a new assignment share, with TODOs that the build refuses. Trusted side."""

import re
from pathlib import Path

from autograder.authoring import parts
from autograder.authoring.scaffold import NAME, ScaffoldError
from autograder.files import write_atomically
from glm2mlp.course import Course

COURSE = Path("course.toml")
DECLARATION = """\
title = "TODO: as it stands above the notebook"
imports = ["numpy"]
"""
TEXT = """\
# %% [markdown]
# TODO: what this is about, in three sentences, and what there will be to see in the end.

# %% given="imports"
import numpy as np
"""
REFERENCE = '''\
"""TODO: what these functions are together, with the items of the lecture (S0)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

import numpy as np
'''
CHECKS = '''\
"""The visible tests of the assignment `{name}`. Student side, public."""

import numpy as np

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["{name}"])
check, check_all, ready = suite.check, suite.check_all, suite.ready
'''
DATA = '''\
"""Inputs of the hidden tests of `{name}`. Trusted side: secret.

TODO: what every seed must have; it is constructed, not hoped for.
"""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


class Batch(NamedTuple):
    """TODO: what is drawn together, and its shapes."""

    x: NDArray[np.float64]


def batch(rng: Generator, N: int = 7) -> Batch:
    """TODO: what is special about these numbers."""
    return Batch(rng.normal(size=N))
'''
CORRECT = '''\
"""`{name}` as different students write it: every one of these is right."""

CORRECT = {{}}

# Right but for one promise of the docstring, name → (answer, the tests that fail), by exercise.
NEARLY = {{}}
'''
MISTAKES = '''\
"""Mistakes in `{name}` as runnable code."""

MISTAKES = {{}}
'''


def scaffold_assignment(course: Course, name: str) -> list[Path]:
    """Begin the assignment `name`, without exercises; returns the files, below the course's folder."""
    root = course.folders[0]
    if not NAME.fullmatch(name):
        raise ScaffoldError(f"«{name}» is no name; use lower-case letters, digits and _")
    if name in course.names:
        raise ScaffoldError(f"there is an assignment «{name}» already; choose another name")
    contents = {
        parts.declaration_of(name): DECLARATION,
        parts.text_of(name): TEXT,
        Path("solutions") / f"{name}.py": REFERENCE,
        parts.checks_of(name): CHECKS,
        parts.data_of(name): DATA,
        parts.right_answers_of(name): CORRECT,
        parts.wrong_answers_of(name): MISTAKES,
    }
    for path in contents:
        if (root / path).exists():
            raise ScaffoldError(f"{path}: is there already; remove it, or choose another name")
    written = {COURSE: _declared((root / COURSE).read_text(encoding="utf-8"), name)}
    written |= {path: text.format(name=name) for path, text in contents.items()}
    for path, content in written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / path, content, mode=0o666)
    return list(written)


def _declared(course: str, name: str) -> str:
    """The text of course.toml with the assignment as the last one."""
    declared, count = re.subn(
        r"(?m)^(assignments = \[\n(?:  .*\n)*)\]", rf'\1  "{name}",\n]', course
    )
    if not count:
        raise ScaffoldError(
            f"{COURSE}: write `assignments = [` with one name in each line below it"
        )
    return declared
