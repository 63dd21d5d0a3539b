"""Writes the parts of a new exercise, each in its place, with TODOs that the build refuses. Trusted side."""

import re
from collections.abc import Callable
from pathlib import Path

from autograder.authoring import parts
from autograder.files import write_atomically
from glm2mlp.catalogue import ASSIGNMENTS

KINDS = ("function", "choice", "written")
NAME = re.compile(r"[a-z][a-z0-9_]*")

REFERENCE = '''

def {name}(x: np.ndarray) -> np.ndarray:
    """TODO: say what it computes, as a formula, in one line (S0).

    x: TODO: shape and meaning of each argument.
    Result: TODO: shape and type.
    """
    return x  # TODO: the formula, in one to six lines
'''
CHECK = '''

@suite.of("{name}")
def {name}_by_hand(student: Student) -> None:
    """TODO: what must hold, in one sentence that students read."""
    expect(student.{name}(np.ones(3)), np.ones(3), "TODO: what to look at if it does not hold.")
'''
HIDDEN_TESTS = '''"""Hidden tests of `{name}`. Trusted side."""

from numpy.random import Generator

from autograder.testing import Functions, assert_close


def test_values(student: Functions, reference: Functions, rng: Generator) -> None:
    """TODO: ask what to look at, in one sentence that students may read."""
    x = rng.normal(size=5)  # TODO: inputs on which every mistake shows, for every seed
    assert_close(student.{name}(x), reference.{name}(x), "{name}")
'''
MISCONCEPTIONS = '''"""Misconceptions of `{name}`. Trusted side."""

from autograder.misconceptions import Misconception

MISCONCEPTIONS = (
    Misconception(
        "todo",
        "TODO: what the student did or thought.",
        "TODO: what a tutor would ask, which does not give the answer.",
        lambda x: -x,  # TODO: the mistake as code; five at least
    ),
)
'''
RIGHT_ANSWERS = """

CORRECT["{name}"] = {{
    "formula": lambda x: x,  # TODO: right answers in eight different styles, at least
}}
"""
WRONG_ANSWERS = """

MISTAKES["{name}"] = {{
    "sign": lambda x: -x,  # TODO: wrong answers, twenty-five at least
}}
"""
PROSE = """
# %% [markdown]
# ## {title}
#
# TODO: the idea, then what is to be written.

# %% exercise="{name}"
"""
CHOICE = """
# %% [markdown] exercise="{name}"
# ## {title}
#
# TODO: the question.
#
# - [ ] TODO: a choice
#   > TODO: why not.
# - [x] TODO: the right one
#   > TODO: why.
# - [ ] TODO: a choice
#   > TODO: why not.
# - [ ] TODO: a choice
#   > TODO: why not.
"""
WRITTEN = """
# %% [markdown]
# ## {title}
#
# TODO: the question.

# %% [markdown] exercise="{name}"
# TODO: the model answer.
"""


class ScaffoldError(Exception):
    """The exercise cannot be begun; the text says why and what to do."""


def scaffold(root: Path, assignment: str, name: str, kind: str) -> list[Path]:
    """Begin the exercise `name` in every place that it needs; returns the files, below `root`."""
    _refuse(root, assignment, name)
    title = name.replace("_", " ").capitalize()
    text = {"function": PROSE, "choice": CHOICE, "written": WRITTEN}[kind]
    changes: dict[Path, Callable[[str], str]] = {
        parts.CATALOGUE: lambda before: _declared(before, assignment, name, kind),
        parts.text_of(assignment): lambda before: before + text.format(name=name, title=title),
    }
    if kind == "function":
        changes |= {
            path: lambda before, part=part: before + part.format(name=name)  # type: ignore[misc]
            for path, part in (
                (parts.reference_of(assignment, kind), REFERENCE),
                (parts.checks_of(assignment), CHECK),
                (parts.hidden_tests_of(assignment, name), HIDDEN_TESTS),
                (parts.misconceptions_of(assignment, name), MISCONCEPTIONS),
                (parts.right_answers_of(assignment), RIGHT_ANSWERS),
                (parts.wrong_answers_of(assignment), WRONG_ANSWERS),
            )
        }
    written = {
        path: change((root / path).read_text(encoding="utf-8") if (root / path).exists() else "")
        for path, change in changes.items()
    }
    for path, content in written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / path, content, mode=0o666)
    return list(written)


def _refuse(root: Path, assignment: str, name: str) -> None:
    if assignment not in ASSIGNMENTS:
        raise ScaffoldError(
            f"there is no assignment «{assignment}»; there are: {', '.join(ASSIGNMENTS)}; "
            f"`autograder new-assignment {assignment}` begins it"
        )
    if not NAME.fullmatch(name):
        raise ScaffoldError(f"«{name}» is no name; use lower-case letters, digits and _")
    if any(exercise.name == name for exercise in ASSIGNMENTS[assignment].exercises):
        raise ScaffoldError(f"{assignment} has an exercise «{name}» already; choose another name")
    for path in (
        parts.hidden_tests_of(assignment, name),
        parts.misconceptions_of(assignment, name),
    ):
        if (root / path).exists():
            raise ScaffoldError(f"{path}: is there already; remove it, or choose another name")
    reference = root / parts.reference_of(assignment, "function")
    if re.search(rf"^def {name}\(", reference.read_text(encoding="utf-8"), re.MULTILINE):
        raise ScaffoldError(f"{reference}: has a function «{name}» already; choose another name")


def _declared(catalogue: str, assignment: str, name: str, kind: str) -> str:
    """The catalogue with the exercise as the last one of its assignment."""
    more = "" if kind == "function" else f', kind="{kind}"'
    if kind == "written":
        more += ', rubric=(("TODO: what earns the point.", 1),)'
    line = (
        f'        Exercise("{name}", 1, "O1", ("S1",){more}),  # TODO: points, objective, items\n'
    )
    catalogue = catalogue.replace("    exercises=(),\n", "    exercises=(\n    ),\n")
    block = re.compile(rf'(\n    name="{assignment}",\n.*?)(    \),\n\)\n)', re.DOTALL)
    declared, count = block.subn(lambda match: f"{match[1]}{line}{match[2]}", catalogue, count=1)
    if not count:
        raise ScaffoldError(
            f"{parts.CATALOGUE}: the exercises of {assignment} do not end as expected; "
            "let them end with the lines `    ),` and `)`"
        )
    return declared
