"""Makes answer cells, and what students get of them, from the reference functions. Trusted side."""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

from autograder.release import Question
from glm2mlp.catalogue import ASSIGNMENTS

CODE_STUB = "raise NotImplementedError()  # replace this line with your code"
TEXT_STUB = "*Double-click here and replace this line with your answer.*"

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"

# An assignment's functions stand in the module of its name in solutions/, but for these.
MODULES = {"mse_as_mle": "linear_regression", "generalized_linear_models": "glm"}


def load_reference(assignment: str) -> dict[str, Callable[..., Any]]:
    """Load the reference function of each exercise of `assignment` that is code of its own."""
    formulas = importlib.import_module("solutions.derivations")
    modules = {"function": _module(assignment), "derivation": formulas, "formulas": formulas}
    return {
        exercise.name: getattr(modules[exercise.kind], exercise.name)
        for exercise in ASSIGNMENTS[assignment].exercises
        if exercise.kind in modules
    }


def load_given(assignment: str, name: str) -> Callable[..., Any]:
    """Load the function `name` of the reference module, for a cell that shows it whole."""
    function: Callable[..., Any] = getattr(_module(assignment), name)
    return function


def _module(assignment: str) -> ModuleType:
    return importlib.import_module(f"solutions.{MODULES.get(assignment, assignment)}")


def source_of(function: Callable[..., Any]) -> str:
    """Write `function` as students read it, without type annotations; or a class, as it stands."""
    if inspect.isclass(function):
        return inspect.getsource(function).rstrip()
    head, body = _head_and_body(function)
    return head + "\n" + body


def answer_cell(function: Callable[..., Any]) -> str:
    """Write the answer cell of nbgrader's source notebook: the body is marked as the solution."""
    head, body = _head_and_body(function)
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


def _head_and_body(function: Callable[..., Any]) -> tuple[str, str]:
    """Signature with docstring, and the lines after them, as they are written."""
    lines = textwrap.dedent(inspect.getsource(function)).rstrip().split("\n")
    definition = ast.parse("\n".join(lines)).body[0]
    assert isinstance(definition, ast.FunctionDef), f"{function} is not a plain function"
    docstring, *statements = definition.body
    assert ast.get_docstring(definition), f"{definition.name} lacks a docstring"
    assert statements, f"{definition.name} does nothing"
    for argument in ast.walk(definition.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    signature = f"def {definition.name}({ast.unparse(definition.args)}):"
    head = [signature, *lines[docstring.lineno - 1 : docstring.end_lineno]]
    return "\n".join(head), "\n".join(lines[docstring.end_lineno :]).lstrip("\n")
