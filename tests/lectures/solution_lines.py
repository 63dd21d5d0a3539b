"""The lines of solutions and of hidden tests, as nothing that students get may show them."""

import ast
import re
from pathlib import Path

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

HIDDEN_TESTS = Path(__file__).parents[2] / "autograder" / "hidden_tests"
RENAMING = re.compile(r"[\w, ]+ = \w+")  # W_h, b_h = parameters: nothing to find out


def squeezed(text: str) -> str:
    """The text without spaces and signs of quotation, as which code survives colouring and JSON."""
    return re.sub(r"[\s\"'\\]+", "", text)


def code_lines(source: str) -> list[str]:
    """The lines of some code that say something of their own."""
    lines = (line.split("  #")[0].strip() for line in source.splitlines())
    return [
        line
        for line in lines
        if len(squeezed(line)) >= 16 and not line.startswith("#") and not RENAMING.fullmatch(line)
    ]


def solution_lines() -> list[tuple[str, str]]:
    """The lines of all solutions but those that notebooks give, each with the exercise's name."""
    return [
        (cell.grade_id, line)
        for name in ASSIGNMENTS
        for given in [squeezed("\n".join(cell.source for cell in load_release(name).cells))]
        for cell in solved_cells(name)
        if cell.role == "answer"
        for body in re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.DOTALL)
        for line in code_lines(body)
        if squeezed(line).rstrip(",") not in given
    ]


def hidden_lines() -> list[tuple[str, str]]:
    """The names of the hidden tests and their longer lines, each with the file's name."""
    tests = [
        (path.name, node)
        for path in sorted(HIDDEN_TESTS.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    lines = [(name, line) for name, node in tests for line in code_lines(ast.unparse(node))]
    return [(name, node.name) for name, node in tests] + [
        (name, line) for name, line in lines if len(line) > 24 and "def " not in line
    ]
