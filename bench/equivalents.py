"""The same assignment as teachers make it who have another grader, nbgrader alone or otter.

There are as many blocks of hidden asserts as ours has hidden tests, each with inputs of its own.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
from students import NAME, POINTS

from autograder.authoring.build import release_notebook, source_notebook
from autograder.authoring.cells import load_release
from glm2mlp.catalogue import ASSIGNMENTS

# What a teacher writes into a hidden test: inputs, and a formula to compare with.
SETTING = """\
rng = np.random.default_rng({seed})
Z = rng.normal(size=(6, 4))
X, t, W = rng.normal(size=(12, 3)), rng.integers(0, 4, 12), rng.normal(size=(3, 4))
T = np.eye(4)[t]
P = np.exp(X @ W)
P /= P.sum(axis=1, keepdims=True)
"""
ASSERTS = {
    "softmax": "assert np.allclose(softmax(Z), np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))",
    "log_softmax": "assert np.allclose(log_softmax(Z), Z - np.log(np.exp(Z).sum(axis=1))[:, None])",
    "one_hot": "assert np.array_equal(one_hot(t, 4), T)",
    "nll": "assert np.allclose(nll(W, X, t), -np.mean(np.log(P[np.arange(12), t])))",
    "derive_softmax_gradient": "assert len(derive_softmax_gradient()) >= 4",
    "gradient": "assert np.allclose(gradient(W, X, t), X.T @ (P - T) / 12)",
    "predict": "assert np.array_equal(predict(W, X), P.argmax(axis=1))",
}

NBGRADER_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "s"\n'
OTTER_START = "import otter\n\ngrader = otter.Notebook()"


def blocks(exercise: str, number: int) -> list[str]:
    """The hidden tests of an exercise."""
    if exercise in ASSERTS:
        return [SETTING.format(seed=seed) + ASSERTS[exercise] for seed in range(number)]
    right = load_release(ASSIGNMENTS[NAME]).questions[exercise].right
    return [f"assert {exercise}() == {right!r}"] * number


def nbgrader_source(tests: Mapping[str, int], *, shows: bool) -> nbformat.NotebookNode:
    """The source notebook for nbgrader, with hidden tests in the test cells.

    With `shows` it is ours, and the tests stand below the check that students run; without, there is no
    check and no cell that only shows something, which spares the kernel their running time.
    """
    notebook = nbformat.reads(source_notebook(ASSIGNMENTS[NAME]), as_version=4)
    if not shows:
        notebook.cells = [cell for cell in notebook.cells if roles()[cell.id] != "show"]
    for cell in notebook.cells:
        if roles()[cell.id] == "test":
            exercise = cell.id.removeprefix("test_")
            hidden = "\n".join(blocks(exercise, tests[exercise]))
            given = f"{cell.source}\n" if shows else ""
            cell.source = f"{given}### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    return notebook


def otter_tests(tests: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The test files for otter, by name."""
    for exercise, number in tests.items():
        cases = (
            f"@test_case(hidden=True)\ndef test_{place}(np, {exercise}):\n{indent(block, '    ')}\n"
            for place, block in enumerate(blocks(exercise, number))
        )
        head = (
            "OK_FORMAT = False\nfrom otter.test_files import test_case\n\n"
            f"name = {exercise!r}\npoints = {POINTS[exercise]!r}\n"
        )
        yield f"{exercise}.py", "\n\n".join([head, *cases])


def otter_notebook() -> dict[str, Any]:
    """What otter's students get: the same answer cells, otter's checks, no cell that only shows something."""
    notebook = json.loads(release_notebook(ASSIGNMENTS[NAME]))
    cells = [cell for cell in notebook["cells"] if roles()[cell["id"]] != "show"]
    for cell in cells:
        cell["metadata"] = {}
        if roles()[cell["id"]] == "test":
            cell["source"] = f'grader.check("{cell["id"].removeprefix("test_")}")'
    start = nbformat.v4.new_code_cell(OTTER_START, id="otter")
    return {**notebook, "cells": [start, *cells]}


def roles() -> dict[str, str]:
    """What each cell is for, by its id."""
    return {cell.grade_id: cell.role for cell in load_release(ASSIGNMENTS[NAME]).cells}


def write(path: Path, text: str) -> Path:
    """Write a file in a new folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
