"""The notebooks run: solved from top to bottom with pictures, untouched in a friendly way."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.validator import Validator

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook, source_notebook
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS


def pictures(notebook: nbformat.NotebookNode) -> dict[str, list[str]]:
    """The kinds of output of each cell that only shows something."""
    return {
        cell.id: [kind for output in cell.outputs for kind in output.get("data", ())]
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


@pytest.fixture(params=ASSIGNMENTS)
def name(request) -> str:
    return request.param


@pytest.fixture
def untouched(name, tmp_path) -> Path:
    path = tmp_path / f"{name}.ipynb"
    path.write_text(release_notebook(name), encoding="utf-8")
    return path


@pytest.fixture
def solved(name, untouched) -> Path:
    """The student's notebook, with the right answers typed into its cells."""
    notebook = nbformat.read(untouched, as_version=4)
    answers = {cell.grade_id: cell.source for cell in solved_cells(name)}
    for cell in notebook.cells:
        cell.source = answers[cell.id]
    nbformat.write(notebook, untouched)
    return untouched


def test_solved_notebook_runs_without_error_or_warning_and_shows_its_pictures(
    name, tmp_path, monkeypatch
):
    monkeypatch.setenv("PYTHONWARNINGS", "always")
    notebook = nbformat.reads(source_notebook(name), as_version=4)

    NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}).execute()

    stderr = [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.get("name") == "stderr"
    ]
    assert stderr == []
    kinds = pictures(notebook)
    for cell in notebook.cells:
        if cell.id.startswith("published"):
            (comparison,) = (output.data["text/plain"] for output in cell.outputs)
            assert re.search(r"\b(\d+) of \1 lines are the same", comparison)
    for cell in load_release(name).with_role("show", "test"):
        if cell.grade_id != "checks":
            assert "text/html" in kinds[cell.grade_id], cell.grade_id


def test_untouched_notebook_shows_one_line_where_a_picture_will_be(name, untouched):
    notebook = nbformat.read(untouched, as_version=4)

    NotebookClient(notebook, allow_errors=True).execute()

    cells = {cell.id: cell for cell in notebook.cells}
    kinds = pictures(notebook)
    for cell in load_release(name).with_role("show"):
        if cell.grade_id in ("checks", "check_all"):
            continue
        if "ready(" not in cell.source:  # needs no answers
            assert "text/html" in kinds[cell.grade_id], cell.grade_id
        else:
            (output,) = cells[cell.grade_id].outputs
            assert output.output_type == "stream", cell.grade_id
            assert len(output.text.splitlines()) == 1


def test_nbgrader_validates_the_solved_notebook(solved):
    assert Validator().validate(str(solved)) == {}


def test_nbgrader_reports_each_exercise_of_the_untouched_notebook(name, untouched):
    failed = Validator().validate(str(untouched))["failed"]

    release = load_release(name)
    assert [cell["source"] for cell in failed] == [
        cell.source for cell in release.with_role("test", "written")
    ]
