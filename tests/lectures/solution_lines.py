"""What nothing that students get may show, solutions and hidden tests above all, and where it stands."""

import ast
import io
import re
import zipfile
from pathlib import Path

import nbformat

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from autograder.misconceptions import misconceptions_of
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

NOTEBOOKS = {f"assignments/{name}.ipynb" for name in ASSIGNMENTS} | {
    f"lectures/{name}.ipynb" for name in COURSE.lectures
}  # that students get
HIDDEN = COURSE.folders[0] / "hidden"
RENAMING = re.compile(r"[\w, ]+ = \w+")  # W_h, b_h = parameters: nothing to find out
LETTER = re.compile(r"return[A-E]n?\b")  # `return "A"`, also in JSON before the end of a line
# A branch for each model says nothing of what comes in it.
PLAIN = 'if model == "softmax":'


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
        for given in [
            squeezed("\n".join(cell.source for cell in load_release(ASSIGNMENTS[name]).cells))
        ]
        for cell in solved_cells(ASSIGNMENTS[name])
        if cell.role == "answer"
        for body in re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.DOTALL)
        for line in code_lines(body)
        if squeezed(line).rstrip(",") not in given
    ]


def hidden_lines() -> list[tuple[str, str]]:
    """The names of the hidden tests and their longer lines, each with the file's name."""
    tests = [
        (path.name, node)
        for path in sorted(HIDDEN.glob("*/tests/*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    lines = [(name, line) for name, node in tests for line in code_lines(ast.unparse(node))]
    return [(name, node.name) for name, node in tests] + [
        (name, line) for name, line in lines if len(line) > 24 and "def " not in line
    ]


def beliefs() -> list[tuple[str, str]]:
    """What is believed with each misconception; not where all textbooks say it («the rate is too high»)."""
    return [
        (exercise.name, wrong.belief)
        for name, assignment in ASSIGNMENTS.items()
        for exercise in assignment.exercises
        for wrong in misconceptions_of(ASSIGNMENTS[name], exercise.name)
        if len(squeezed(wrong.belief)) > 30
    ]


def words_of_solutions() -> list[tuple[str, str]]:
    """The longer lines of model answers, and why the choices of a question are right or wrong."""
    found = []
    for name in ASSIGNMENTS:
        for cell in solved_cells(ASSIGNMENTS[name]):
            if cell.role == "written":
                lines = cell.source.splitlines()[1:-1]
                found += [(cell.grade_id, line) for line in lines if len(squeezed(line)) > 40]
        for exercise, question in load_release(ASSIGNMENTS[name]).questions.items():
            found += [(exercise, choice.explanation[:60]) for choice in question.choices.values()]
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(contents: dict[str, bytes]) -> dict[str, str]:
    """What each file says, those inside wheels too, as `squeezed` leaves it; notebooks as they read."""
    wheels = [name for name in contents if name.endswith(".whl")]
    inside = [unzipped(contents[name]) for name in wheels]
    texts = {
        name: data.decode()
        for part in [contents, *inside]
        for name, data in part.items()
        if name not in wheels
    }
    for name, text in texts.items():
        if name.endswith(".ipynb"):
            cells = nbformat.reads(text, as_version=4).cells
            texts[name] = "\n".join([text, *(cell.source for cell in cells)])
    return {name: squeezed(text) for name, text in texts.items()}


def shown(contents: dict[str, str], secrets: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Where a secret stands: whose it is, the secret, the file."""
    return [
        (whose, secret, name)
        for whose, secret in secrets
        for name, text in contents.items()
        if squeezed(secret) in text
    ]
