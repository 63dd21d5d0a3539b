"""Stubs: what students get of a reference function, and that no answer is among it."""

import ast
import inspect

import nbformat
import pytest

from autograder.authoring import load_reference, load_release
from autograder.authoring.build import release_notebook
from autograder.authoring.cells import solved_cells
from autograder.authoring.stubs import CODE_STUB, ITEMS, answer_cell, shown_whole, strip_solution
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from glm2mlp.derivation_tasks import TASKS

SCALED = '''\
def scaled(
    x: np.ndarray,
    *,
    factor: float = 2.0,
) -> np.ndarray:
    """Scale x.

    x: (N,).
    """

    # a remark that tells too much
    x = x * factor

    return np.sum(x)'''


def test_answer_cell_keeps_name_arguments_and_docstring_and_marks_the_rest():
    assert (
        answer_cell(SCALED)
        == '''\
def scaled(x, *, factor=2.0):
    """Scale x.

    x: (N,).
    """
    ### BEGIN SOLUTION
    # a remark that tells too much
    x = x * factor

    return np.sum(x)
    ### END SOLUTION'''
    )


def test_stub_is_what_remains_without_the_solution():
    assert (
        strip_solution(answer_cell(SCALED), CODE_STUB)
        == f'''\
def scaled(x, *, factor=2.0):
    """Scale x.

    x: (N,).
    """
    {CODE_STUB}'''
    )


def test_given_function_is_shown_whole():
    assert shown_whole(SCALED).endswith("    x = x * factor\n\n    return np.sum(x)")


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_reference_has_every_exercise_that_is_code(name):
    assert list(load_reference(ASSIGNMENTS[name])) == [
        exercise.name
        for exercise in ASSIGNMENTS[name].exercises
        if exercise.kind not in ("written", "choice")
    ]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_stubs_have_signature_and_docstring_of_the_reference(name):
    stubs = {
        cell.grade_id: cell.source for cell in load_release(ASSIGNMENTS[name]).with_role("answer")
    }
    for exercise, function in load_reference(ASSIGNMENTS[name]).items():
        definition, *others = ast.parse(stubs[exercise]).body
        parameters = inspect.signature(function).parameters.values()

        assert not others
        assert isinstance(definition, ast.FunctionDef)
        assert ast.get_docstring(definition) == ITEMS.sub("", inspect.getdoc(function))
        assert f"({ast.unparse(definition.args)})" == str(
            inspect.Signature([p.replace(annotation=p.empty) for p in parameters])
        )


def published(name: str) -> dict[str, str]:
    """All that a student gets of an assignment: the notebook's file, and its cells as they read."""
    beside = COURSE.path("assignments", f"{name}.ipynb").read_text(encoding="utf-8")
    files = {"nbgrader": release_notebook(ASSIGNMENTS[name]), "beside": beside}
    texts = {where: [text, *_sources(text)] for where, text in files.items()}
    texts["cells"] = [cell.source for cell in load_release(ASSIGNMENTS[name]).cells]
    return {where: "\n".join(parts) for where, parts in texts.items()}


def _sources(notebook: str) -> list[str]:
    return [cell.source for cell in nbformat.reads(notebook, as_version=4).cells]


def solution_lines(name: str) -> set[str]:
    """Collect the lines of all answers, except trivial ones and those that are given.

    A docstring or a locked cell may have them: an epoch and the training return the same.
    """
    given = "\n".join(
        cell.source for cell in solved_cells(ASSIGNMENTS[name]) if cell.role == "given"
    )
    lines = set()
    for cell in solved_cells(ASSIGNMENTS[name]):
        if cell.role not in ("answer", "written"):
            continue
        public, _, rest = cell.source.partition("BEGIN SOLUTION")
        for line in rest.splitlines():
            text = line.strip().rstrip(",")
            trivial = len(text) < 12 or "END SOLUTION" in text or text in public + given
            if not trivial:
                lines.add(text)
    return lines


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_line_of_a_solution_is_published(name):
    lines = solution_lines(name)
    functions = {
        exercise
        for exercise, function in load_reference(ASSIGNMENTS[name]).items()
        if any(line in inspect.getsource(function) for line in lines)
    }
    assert functions == set(load_reference(ASSIGNMENTS[name])), (
        "an exercise without a line to look for"
    )

    for where, text in published(name).items():
        assert [line for line in lines if line in text] == [], where


def hidden_texts() -> set[str]:
    """Names and docstrings of all hidden tests."""
    texts = set()
    hidden = COURSE.folders[0] / "hidden"
    for path in hidden.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                texts |= {node.name, *(ast.get_docstring(node) or node.name).splitlines()}
    return {text.strip() for text in texts if text.strip()}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_hidden_test_is_published(name):
    texts = hidden_texts()
    assert texts, "no hidden tests found"

    for where, text in published(name).items():
        assert [hidden for hidden in texts if hidden in text] == [], where


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nothing_published_speaks_of_the_reference_package(name):
    for where, text in published(name).items():
        assert "BEGIN SOLUTION" not in text, where
        assert "solutions." not in text, where
        assert "import solutions" not in text, where


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_symbols_are_those_that_the_derivation_tasks_mean(name):
    derivations = [e.name for e in ASSIGNMENTS[name].exercises if e.kind == "derivation"]
    cells = [cell for cell in load_release(ASSIGNMENTS[name]).cells if cell.grade_id == "symbols"]
    notebook = {}
    for cell in cells:
        exec(cell.source, notebook)

    assert cells or not derivations
    for task in (TASKS[exercise] for exercise in derivations):
        assert all(notebook[symbol.name] == symbol for symbol in task.symbols)
        assert eval(task.first_text, notebook) == task.first
        assert eval(task.last_text, notebook) == task.last


def test_symbols_of_the_table_are_those_that_its_reference_means():
    (cell,) = [
        cell
        for cell in load_release(ASSIGNMENTS["generalized_linear_models"]).cells
        if cell.grade_id == "symbols"
    ]
    notebook = {}
    exec(cell.source, notebook)

    for row in load_reference(ASSIGNMENTS["generalized_linear_models"])["glm_table"]().values():
        for formulas in (row["activation"], row["loss"], row["gradient"]):
            for formula in formulas if isinstance(formulas, list) else [formulas]:
                assert all(notebook[symbol.name] == symbol for symbol in formula.free_symbols)
