"""`autograder self-check` for who studies alone: whatever the notebook is, it says how to go on."""

import shutil
from pathlib import Path

import nbformat
import pytest
from thinning import slow

from autograder.authoring.build import release_notebook, source_notebook
from autograder.cli import main
from glm2mlp.catalogue import ASSIGNMENTS

ROOT = Path(__file__).parents[2]


def solved(path: Path, name: str, **answers: str) -> Path:
    """The reference's answers but for these."""
    notebook = nbformat.reads(source_notebook(ASSIGNMENTS[name]), as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    nbformat.write(notebook, path)
    return path


def words(capsys) -> str:
    """What was printed, however its lines were broken."""
    return " ".join(capsys.readouterr().out.split())


def test_lecture_is_no_assignment(tmp_path, capsys):
    path = shutil.copy(ROOT / "lectures" / "3_softmax_regression.ipynb", tmp_path)
    assert main(["self-check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "holds no exercise of an assignment; the assignments are logistic_regression," in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("given", ["softmax.ipynb", "softmax_regression", ""])
def test_path_without_a_notebook_names_those_that_are_there(tmp_path, capsys, given):
    (tmp_path / "softmax_regression.ipynb").write_text(
        release_notebook(ASSIGNMENTS["softmax_regression"])
    )
    assert main(["self-check", str(tmp_path / given)]) == 2
    said = capsys.readouterr().err
    assert f"in {tmp_path}: softmax_regression.ipynb\n" in said
    assert "hand in" not in said


def test_notebook_is_known_by_its_cells_not_by_its_name(tmp_path, capsys):
    path = tmp_path / "softmax_regression.ipynb"
    path.write_text(release_notebook(ASSIGNMENTS["logistic_regression"]))
    assert main(["self-check", str(path), "--solution", "logit"]) == 0
    assert capsys.readouterr().out.startswith("def logit(p):")


def test_error_is_shown_and_the_way_to_a_solution(tmp_path, capsys):
    path = solved(tmp_path / "my.ipynb", "softmax_regression", nll="def nll(W, X, t, l2=0.0:")
    assert main(["self-check", str(path)]) == 0
    said = words(capsys)
    assert "At least 18 of 22 points" in said
    assert "nll raised: SyntaxError" in said
    assert "What you wrote in words nobody grades here" in said
    assert "--solution nll" in said


def test_untouched_notebook_is_told_once_for_each_exercise_that_it_is_missing(tmp_path, capsys):
    path = tmp_path / "regularization.ipynb"
    path.write_text(release_notebook(ASSIGNMENTS["regularization"]))
    assert main(["self-check", str(path)]) == 0
    said = words(capsys)
    assert "The answer is missing" in said
    assert "A hint The answer is missing" not in said
    assert "mended" not in said


@slow
def test_notebook_from_the_browser_is_graded_as_it_is(tmp_path, capsys):
    """JupyterLite's has a cell that loads the package, and its own kernel."""
    path = solved(tmp_path / "regularization (1).ipynb", "regularization")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(1, nbformat.v4.new_code_cell("%pip install -q glm2mlp"))
    notebook.metadata.kernelspec = {"display_name": "Python (Pyodide)", "name": "python"}
    nbformat.write(notebook, path)
    assert main(["self-check", str(path)]) == 0
    said = words(capsys)
    assert said.endswith("Everything is right.")
    assert "mended" not in said
