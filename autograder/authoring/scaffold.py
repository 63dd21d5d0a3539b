"""Writes the parts of a new exercise, each in its place, with TODOs that the build refuses. Trusted side."""

import re
from collections.abc import Callable
from pathlib import Path

from autograder.authoring import parts
from autograder.files import write_atomically
from glm2mlp.course import Course

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


def scaffold(course: Course, assignment: str, name: str, kind: str) -> list[Path]:
    """Begin the exercise `name` in every place that it needs; returns the files, below `root`."""
    root = course.folders[0]
    _refuse(course, assignment, name)
    title = name.replace("_", " ").capitalize()
    text = {"function": PROSE, "choice": CHOICE, "written": WRITTEN}[kind]
    changes: dict[Path, Callable[[str], str]] = {
        parts.declaration_of(assignment): lambda before: before + _declared(name, kind),
        parts.text_of(assignment): lambda before: before + text.format(name=name, title=title),
    }
    if kind == "function":
        changes |= {
            path: lambda before, part=part: before + part.format(name=name)  # type: ignore[misc]
            for path, part in (
                (parts.references_of(course.assignments[assignment])[0], REFERENCE),
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


def _refuse(course: Course, assignment: str, name: str) -> None:
    root = course.folders[0]
    if assignment not in course.assignments:
        raise ScaffoldError(
            f"there is no assignment «{assignment}»; there are: {', '.join(course.assignments)}; "
            f"`autograder new-assignment {assignment}` begins it"
        )
    if not NAME.fullmatch(name):
        raise ScaffoldError(f"«{name}» is no name; use lower-case letters, digits and _")
    if any(exercise.name == name for exercise in course.assignments[assignment].exercises):
        raise ScaffoldError(f"{assignment} has an exercise «{name}» already; choose another name")
    for path in (
        parts.hidden_tests_of(assignment, name),
        parts.misconceptions_of(assignment, name),
    ):
        if (root / path).exists():
            raise ScaffoldError(f"{path}: is there already; remove it, or choose another name")
    for reference in parts.references_of(course.assignments[assignment]):
        text = (root / reference).read_text(encoding="utf-8")
        if re.search(rf"^def {name}\(", text, re.MULTILINE):
            raise ScaffoldError(
                f"{reference}: has a function «{name}» already; choose another name"
            )


def _declared(name: str, kind: str) -> str:
    """The declaration of the exercise, which goes to the end of its assignment's."""
    lines = ["", f"[exercises.{name}]"]
    lines += [f'kind = "{kind}"'] * (kind != "function")
    lines += ["points = 1  # TODO", 'objective = "O1"  # TODO', 'items = ["S1"]  # TODO']
    lines += ['rubric = [["TODO: what earns the point.", 1]]'] * (kind == "written")
    return "\n".join((*lines, ""))
