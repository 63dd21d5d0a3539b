"""What `make bench` compares is comparable: one class, hidden tests that work, scores that are checked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from equivalents import ASSERTS, SETTING, blocks, nbgrader_source, otter_notebook, otter_tests
from profiled import PHASES
from students import MISTAKES, MIXTURE, NAME, POINTS, hand_in, solutions, student, wrong_score

from autograder.authoring.build import release_notebook
from glm2mlp.catalogue import ASSIGNMENTS

ROOT = Path(__file__).parents[2]
FULL, MISTAKEN, HALF = 0, 1, 3


def defined(*sources):
    namespace = {}
    for source in ("import numpy as np\n" + SYMBOLS, *sources):
        exec(source, namespace)
    return namespace


SYMBOLS = (
    "from sympy import Derivative, exp, log, symbols\n"
    "z_0, z_1, z_2 = symbols('z_0 z_1 z_2', real=True)\n"
    "S = exp(z_0) + exp(z_1) + exp(z_2)\n"
)


@pytest.mark.parametrize("exercise", POINTS)
def test_each_block_of_hidden_asserts_passes_the_reference(exercise):
    answers = defined(*dict(solutions()).values())
    for block in blocks(exercise, 3):
        exec(block, answers)


@pytest.mark.parametrize("exercise", MISTAKES)
def test_each_block_of_hidden_asserts_catches_the_mistake(exercise):
    answers = defined(*dict(solutions()).values(), MISTAKES[exercise])
    for block in blocks(exercise, 3):
        with pytest.raises(AssertionError):
            exec(block, answers)


def test_nbgrader_and_otter_get_as_many_blocks_as_we_have_hidden_tests():
    tests = dict.fromkeys(POINTS, 2)
    files = dict(otter_tests(tests))
    cells = {cell.id: cell.source for cell in nbgrader_source(tests, shows=True).cells}
    assert files.keys() == {f"{name}.py" for name in POINTS}
    for name in ASSERTS:
        assert cells[f"test_{name}"].startswith(f'check("{name}")')
        assert cells[f"test_{name}"].count(ASSERTS[name]) == 2
        assert files[f"{name}.py"].count(ASSERTS[name]) == 2
        assert files[f"{name}.py"].count("hidden=True") == 2
        assert SETTING.format(seed=1) in cells[f"test_{name}"]


def test_the_lean_notebooks_have_all_answer_cells_and_nothing_that_only_shows():
    lean = {cell.id for cell in nbgrader_source(dict.fromkeys(POINTS, 1), shows=False).cells}
    for cells in (lean, {cell["id"] for cell in otter_notebook()["cells"]}):
        assert set(POINTS) < cells
        assert not {"regions", "learning", "digits", "published", "checks", "check_all"} & cells


def test_scores_that_answers_cannot_have_are_told():
    second_half = [name for name, _ in solutions()][len(POINTS) // 2 :]
    half = POINTS | dict.fromkeys(second_half, 0.0)
    assert wrong_score(FULL, POINTS) is None
    assert wrong_score(HALF, half) is None
    assert wrong_score(MISTAKEN, POINTS | {"softmax": 0.5, "gradient": 0.0}) is None
    assert "nll: 1 of 2" in wrong_score(FULL, POINTS | {"nll": 1})
    assert "wrong answer" in wrong_score(MISTAKEN, POINTS)
    assert "choose_shift" in wrong_score(MISTAKEN, {"softmax": 0.0})
    assert "no answer" in wrong_score(HALF, half | {"predict": 0.5})
    assert "wrong answer" in wrong_score(HALF, POINTS)


def test_the_floor_gives_each_student_the_points_that_the_answers_deserve(tmp_path):
    hand_in(tmp_path, json.loads(release_notebook(ASSIGNMENTS[NAME])), MIXTURE)
    students = [student(number) for number in range(MIXTURE)]
    floor = [sys.executable, ROOT / "bench" / "floor.py", "--course", tmp_path, "--jobs", "2"]
    subprocess.run([*floor, *students], check=True)
    scores = {}
    for path in (tmp_path / "floor").iterdir():
        scores |= json.loads(path.read_text())
    assert sorted(scores) == sorted(students)
    assert [wrong_score(number, scores[student(number)]) for number in range(MIXTURE)] == (
        [None] * MIXTURE
    )


def test_the_phases_of_the_breakdown_name_files_that_are_there():
    phases = [paths for process in PHASES.values() for paths in process.values()]
    for path in (path for paths in phases for path in paths):
        assert list(ROOT.glob(f"{path}*")), path
