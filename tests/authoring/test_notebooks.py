"""The notebooks run: solved from top to bottom with pictures, untouched in a friendly way."""

import re
from functools import cache
from typing import NamedTuple

import nbformat
import pytest
from nbgrader.validator import Validator
from thinning import slow, some

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

each_assignment = pytest.mark.parametrize("name", some(ASSIGNMENTS))


class Ran(NamedTuple):
    """A notebook with the outputs of its cells, and what nbgrader's Validate says of it."""

    notebook: nbformat.NotebookNode
    said: dict


class KeepingValidator(Validator):
    """nbgrader's own, which keeps the notebook that it has run: nothing has to run twice."""

    def _preprocess(self, notebook):
        self.ran = super()._preprocess(notebook)
        return self.ran


def validated(notebook: nbformat.NotebookNode, folder) -> Ran:
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    validator = KeepingValidator()
    said = validator.validate(str(path))
    return Ran(validator.ran, said)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """Runs the notebook that students receive, once."""

    @cache
    def run(name: str) -> Ran:
        notebook = nbformat.reads(release_notebook(ASSIGNMENTS[name]), as_version=4)
        return validated(notebook, tmp_path_factory.mktemp("untouched"))

    return run


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """Runs the student's notebook with the right answers typed into its cells, once; warnings are shown."""

    @cache
    def run(name: str) -> Ran:
        notebook = nbformat.reads(release_notebook(ASSIGNMENTS[name]), as_version=4)
        answers = {cell.grade_id: cell.source for cell in solved_cells(ASSIGNMENTS[name])}
        for cell in notebook.cells:
            cell.source = answers[cell.id]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONWARNINGS", "always")
            return validated(notebook, tmp_path_factory.mktemp("solved"))

    return run


def pictures(notebook: nbformat.NotebookNode) -> dict[str, list[str]]:
    """The kinds of output of each cell that only shows something."""
    return {
        cell.id: [kind for output in cell.outputs for kind in output.get("data", ())]
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


@each_assignment
def test_solved_notebook_runs_without_error_or_warning_and_shows_its_pictures(name, solved):
    notebook = solved(name).notebook

    wrong = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert wrong == []
    kinds = pictures(notebook)
    for cell in notebook.cells:
        if cell.id.startswith("published"):
            (comparison,) = (output.data["text/plain"] for output in cell.outputs)
            assert re.search(r"\b(\d+) of \1 lines are the same", comparison)
    for cell in load_release(ASSIGNMENTS[name]).with_role("show", "test"):
        if cell.grade_id != "checks":
            assert "text/html" in kinds[cell.grade_id], cell.grade_id


@slow
@each_assignment
def test_untouched_notebook_shows_one_line_where_a_picture_will_be(name, untouched):
    notebook = untouched(name).notebook

    cells = {cell.id: cell for cell in notebook.cells}
    kinds = pictures(notebook)
    for cell in load_release(ASSIGNMENTS[name]).with_role("show"):
        if cell.grade_id in ("checks", "check_all"):
            continue
        if "ready(" not in cell.source:  # needs no answers
            assert "text/html" in kinds[cell.grade_id], cell.grade_id
        else:
            (output,) = cells[cell.grade_id].outputs
            assert output.output_type == "stream", cell.grade_id
            assert len(output.text.splitlines()) == 1


@each_assignment
def test_nbgrader_validates_the_solved_notebook(name, solved):
    assert solved(name).said == {}


@slow
@each_assignment
def test_nbgrader_reports_each_exercise_of_the_untouched_notebook(name, untouched):
    release = load_release(ASSIGNMENTS[name])
    assert [cell["source"] for cell in untouched(name).said["failed"]] == [
        cell.source for cell in release.with_role("test", "written")
    ]
