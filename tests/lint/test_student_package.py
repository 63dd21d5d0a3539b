"""The student package stands alone: it knows nothing of the reference, and starts fast."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import glm2mlp
from glm2mlp.catalogue import ASSIGNMENTS

PACKAGE = Path(glm2mlp.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
EXERCISES = {
    exercise.name for assignment in ASSIGNMENTS.values() for exercise in assignment.exercises
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_no_file_mentions_the_reference_or_the_grader(file):
    text = file.read_text("utf-8")
    assert "solutions" not in text
    assert "autograder" not in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_no_file_defines_an_exercise(file):
    tree = ast.parse(file.read_text("utf-8"))
    defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert not defined & EXERCISES


def test_checks_need_neither_reference_nor_heavy_libraries():
    code = (
        "import sys, glm2mlp.checks.softmax_regression, glm2mlp.checks.logistic_regression;"
        "print([m for m in ('solutions', 'autograder', 'sklearn', 'matplotlib', 'IPython')"
        " if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
