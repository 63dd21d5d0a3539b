"""Public checks of a notebook from the command line: what is printed of a right, a wrong, an empty one."""

import json

import pytest
from thinning import slow

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.check_notebook import main

NAME = "softmax_regression"
OVERFLOWS = "def softmax(Z):\n    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)"


@pytest.fixture
def check(tmp_path, capsys):
    """Writes a notebook, checks it, and returns exit code, output and errors.

    It holds what answers need, and not the cells that show pictures, which take seconds.
    """

    def run(cells=None, text=""):
        path = tmp_path / f"{NAME}.ipynb"
        code = [
            {
                "cell_type": "code",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": s,
            }
            for s in cells or ()
        ]
        metadata = {"kernelspec": {"name": "bogus", "display_name": "Bogus"}}
        content = {"cells": code, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
        path.write_text(text or json.dumps(content))
        before = path.read_bytes()
        exit_code = main([str(path)])
        assert path.read_bytes() == before
        said = capsys.readouterr()
        return exit_code, said.out, said.err

    return run


def sources(**changed):
    """The imports and the reference's answers, some of them changed; None leaves one as given out."""
    stubs = {cell.grade_id: cell.source for cell in load_release(ASSIGNMENTS[NAME]).cells}
    return [
        changed.get(cell.grade_id, cell.source) or stubs[cell.grade_id]
        for cell in solved_cells(ASSIGNMENTS[NAME])
        if cell.cell_type == "code" and cell.role in ("given", "answer")
    ]


def states(output):
    names = {exercise.name for exercise in ASSIGNMENTS[NAME].exercises}
    lines = [line.split(maxsplit=3) for line in output.splitlines()]
    return {line[0]: line[3] for line in lines if line[0] in names}


def test_right_notebook_passes(check):
    code, output, _ = check(sources())

    assert code == 0
    assert set(states(output).values()) == {"passed", "graded by hand"}
    assert "worth 20 of 22 points" in output


@slow
def test_each_exercise_says_how_it_stands(check):
    code, output, _ = check(
        [
            *sources(softmax=OVERFLOWS, one_hot=None, predict="def predict(W, X)\n    return 0"),
            "1 / 0",
        ]
    )

    assert code == 1
    found = states(output)
    assert found["softmax"] == "failed: Logits of ±1000 give probabilities, not nan."
    assert (found["one_hot"], found["predict"]) == ("not begun", "not defined")
    assert (found["nll"], found["gradient"]) == ("passed", "waits for an earlier exercise")
    assert "begins with «def predict(W, X)» raised SyntaxError" in output
    assert "begins with «1 / 0» raised ZeroDivisionError" in output
    assert output.count("raised") == 2  # checks that fail, and stubs, are in the table already


@pytest.mark.parametrize(
    ("cells", "text", "said"),
    [
        (None, "{", "is no notebook (NotJSONError); open it in JupyterLab"),
        (None, '{"nbformat": 4}', "is no notebook"),
        (
            ["from glm2mlp.checks.softmax_regression import check", "import os; os._exit(1)"],
            "",
            "ended Python",
        ),
    ],
)
def test_broken_notebook_is_told_in_one_line(check, cells, text, said):
    code, output, errors = check(cells, text)

    assert (code, output) == (2, "")
    assert said in errors
    assert len(errors.splitlines()) == 1


def test_of_several_notebooks_each_is_checked(tmp_path, capsys):
    lecture = tmp_path / "notes.ipynb"
    lecture.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}')

    assert main([str(lecture), str(tmp_path / "none.ipynb")]) == 2

    first, second = capsys.readouterr().err.splitlines()
    assert "notes.ipynb: is no assignment of this course" in first
    assert "none.ipynb: cannot be read: No such file or directory" in second
