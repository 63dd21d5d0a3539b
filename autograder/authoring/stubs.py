"""Makes answer cells, and what students get of them, from the reference functions. Trusted side."""

import ast
import re
import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from autograder.release import Question
from glm2mlp.course import Assignment

CODE_STUB = "raise NotImplementedError()  # replace this line with your code"
TEXT_STUB = "*Double-click here and replace this line with your answer.*"

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"
# The items of the lecture in the docstring of a reference function; they mean nothing to students.
ITEMS = re.compile(r" \(S\d+(?:[,–] ?S\d+)*\)")

CODED = ("function", "derivation", "formulas")  # kinds that have a reference and hidden tests


def load_reference(assignment: Assignment) -> dict[str, Callable[..., Any]]:
    """Load the reference function of each exercise of `assignment` that is code of its own."""
    modules = [assignment.course.load(f"solutions.{name}") for name in assignment.reference]
    return {
        exercise.name: next(
            getattr(module, exercise.name) for module in modules if hasattr(module, exercise.name)
        )
        for exercise in assignment.exercises
        if exercise.kind in CODED
    }


def reference_text(assignment: Assignment, name: str) -> str:
    """The text of a reference function of `assignment`, or of a class that a cell shows whole.

    Read from its file: whoever needs texts only does not wait for SymPy.
    """
    folder = assignment.course.path("solutions")
    found = (_definitions(folder, module).get(name) for module in assignment.reference)
    text = next(filter(None, found), None)
    assert text, f"{assignment.name}: the reference has no «{name}»"
    return text


@cache
def _definitions(folder: Path, module: str) -> dict[str, str]:
    """The functions and classes of a module of the reference, by name, as they are written.

    Those that it takes from another module of the reference are among them.
    """
    source = (folder / f"{module}.py").read_text(encoding="utf-8")
    lines = source.split("\n")
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("solutions."):
            others = _definitions(folder, str(node.module).removeprefix("solutions."))
            found |= {each.name: others[each.name] for each in node.names if each.name in others}
    return found


def shown_whole(definition: str) -> str:
    """Write a function as students read it, without type annotations; or a class, as it stands."""
    if isinstance(ast.parse(definition).body[0], ast.ClassDef):
        return ITEMS.sub("", definition)
    head, body = _head_and_body(definition)
    return head + "\n" + body


def answer_cell(definition: str) -> str:
    """Write the answer cell of nbgrader's source notebook: the body is marked as the solution."""
    head, body = _head_and_body(definition)
    return f"{head}\n    ### {BEGIN}\n{body}\n    ### {END}"


def written_cell(model_answer: str) -> str:
    """Write the cell of a written answer; with `###` the markers would show as headings."""
    return f"<!-- {BEGIN} -->\n{model_answer}\n<!-- {END} -->"


def choice_cell(name: str, question: Question) -> str:
    """Write the answer cell of a multiple-choice question; the solution says why it is right."""
    *letters, last = (f'"{letter}"' for letter in question.choices)
    why = textwrap.wrap(question.choices[question.right].explanation, 90)
    return "\n".join(
        (
            f"def {name}():",
            f'    """Return the letter of your answer: {", ".join(letters)} or {last}."""',
            f"    ### {BEGIN}",
            *(f"    # {line}" for line in why),
            f'    return "{question.right}"',
            f"    ### {END}",
        )
    )


def strip_solution(source: str, stub: str) -> str:
    """Do what nbgrader's ClearSolutions does: `stub` stands where the solution was."""
    kept = []
    inside = False
    for line in source.split("\n"):
        if BEGIN in line:
            inside = True
            kept.append(line[: len(line) - len(line.lstrip())] + stub)
        elif END in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def without_marks(source: str) -> str:
    """Write a solved cell as people read it: the solution stands where the stub was."""
    lines = source.split("\n")
    return "\n".join(line for line in lines if BEGIN not in line and END not in line)


def _head_and_body(text: str) -> tuple[str, str]:
    """Signature with docstring, and the lines after them, as they are written."""
    lines = text.split("\n")
    definition = ast.parse(text).body[0]
    assert isinstance(definition, ast.FunctionDef), f"this is not a plain function: {lines[0]}"
    docstring, *statements = definition.body
    assert ast.get_docstring(definition), f"{definition.name} lacks a docstring"
    assert statements, f"{definition.name} does nothing"
    for argument in ast.walk(definition.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    signature = f"def {definition.name}({ast.unparse(definition.args)}):"
    head = [signature, *lines[docstring.lineno - 1 : docstring.end_lineno]]
    return ITEMS.sub("", "\n".join(head)), "\n".join(lines[docstring.end_lineno :]).lstrip("\n")
