"""What students download is complete, the same each time, and holds nothing that they should not see."""

import os
import zipfile
from pathlib import Path

import nbformat
import pytest
import yaml
from solution_lines import (
    LETTER,
    NOTEBOOKS,
    PLAIN,
    beliefs,
    files,
    hidden_lines,
    said,
    shown,
    solution_lines,
    unzipped,
    words_of_solutions,
)
from thinning import slow, some

from autograder.authoring import load_release
from autograder.cli import main
from autograder.files import draft_of
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "glm2mlp" / "src" / "glm2mlp"
STARTS = {"start.py", "start-windows.bat", "start-macos.command", "start-linux.sh"}
SOLUTIONS = {f"solutions/{name}.ipynb" for name in ASSIGNMENTS}
WHEEL = "glm2mlp-0.1.0-py3-none-any.whl"


@pytest.fixture(scope="module")
def contents(folder) -> dict[str, str]:
    return said(files(folder))


@pytest.fixture(scope="module")
def solved(desk) -> dict[str, str]:
    return said(files(desk / "glm2mlp-course-with-solutions"))


def test_bundle_holds_notebooks_package_readme_starts_and_nothing_else(folder):
    assert set(files(folder)) == {*NOTEBOOKS, *STARTS, WHEEL, "README.txt", "environment.yml"}


def test_wheel_holds_the_student_package_and_nothing_else(folder):
    package = {
        f"glm2mlp/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name, path in COURSE.public_files.items():
        package[f"glm2mlp/_course/{name}"] = path.read_bytes()
    inside = unzipped((folder / WHEEL).read_bytes())
    about = {name for name in inside if ".dist-info/" in name}

    assert {name.rpartition("/")[2] for name in about} == {"METADATA", "RECORD", "WHEEL"}
    assert {name: data for name, data in inside.items() if name not in about} == package


@pytest.mark.parametrize("name", ["glm2mlp-course", "glm2mlp-course-with-solutions"])
def test_zip_holds_what_the_folder_holds(desk, name):
    inside = {f"{name}/{path}": data for path, data in files(desk / name).items()}
    assert unzipped((desk / f"{name}.zip").read_bytes()) == inside


@slow
def test_zip_is_the_same_bytes_each_time(desk, tmp_path):
    umask = os.umask(0o077)
    try:
        assert main(["release", "--to", str(tmp_path)]) == 0
    finally:
        os.umask(umask)
    again = (tmp_path / "glm2mlp-course.zip").read_bytes()
    assert again == (desk / "glm2mlp-course.zip").read_bytes()


def test_only_what_starts_is_executable(desk):
    with zipfile.ZipFile(desk / "glm2mlp-course.zip") as archive:
        modes = {e.filename.rpartition("/")[2]: e.external_attr >> 16 for e in archive.infolist()}
    assert {name for name, mode in modes.items() if mode & 0o111} == STARTS


def test_no_line_of_a_solution(contents):
    secrets = [secret for secret in solution_lines() if secret[1] != PLAIN]
    assert shown(contents, secrets) == []


def test_no_hidden_test(contents):
    assert shown(contents, hidden_lines()) == []


def test_no_misconception(contents):
    assert len(beliefs()) > 100
    assert shown(contents, beliefs()) == []


def test_no_model_answer_no_right_letter_and_no_explanation(contents):
    assert shown(contents, words_of_solutions()) == []
    assert [name for name, text in contents.items() if LETTER.search(text)] == []


def test_nothing_names_what_only_instructors_have(contents):
    words = ("importsolutions", "solutions.", "autograder", "course.key", "BEGINSOLUTION")
    assert shown(contents, [("instructors", word) for word in words]) == []


def test_with_solutions_every_line_of_them_is_there(solved):
    """So the tests above find what they look for, if it is there."""
    in_notebooks = {name: solved[name] for name in SOLUTIONS}
    secrets = [*solution_lines(), *words_of_solutions()]
    right = [
        (exercise, question.choices[question.right].explanation[:60])
        for name in ASSIGNMENTS
        for exercise, question in load_release(ASSIGNMENTS[name]).questions.items()
    ]
    found = {secret for _, secret, _ in shown(in_notebooks, secrets)}
    assert {line for _, line in solution_lines()} <= found
    assert {words for _, words in right} <= found
    with_choices = {
        f"solutions/{name}.ipynb"
        for name in ASSIGNMENTS
        if load_release(ASSIGNMENTS[name]).questions
    }
    assert {name for name, text in in_notebooks.items() if LETTER.search(text)} == with_choices


def test_with_solutions_nothing_else_is_added(solved, contents):
    assert set(solved) - set(contents) == SOLUTIONS
    secrets = [*hidden_lines(), *beliefs(), ("marks", "BEGIN SOLUTION")]
    assert shown({name: solved[name] for name in SOLUTIONS}, secrets) == []


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_solved_notebook_answers_everything_and_is_not_to_be_handed_in(desk, name):
    path = desk / "glm2mlp-course-with-solutions" / "solutions" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert not any("nbgrader" in cell.metadata for cell in notebook.cells)
    answers = {cell.id: cell.source for cell in notebook.cells}
    for exercise in ASSIGNMENTS[name].exercises:
        assert "raise NotImplementedError" not in answers[exercise.name]


@slow
def test_only_the_assignments_that_are_named(tmp_path):
    arguments = ["release", "softmax_regression", "logistic_regression", "--to", str(tmp_path)]
    assert main(arguments) == 0
    folder = tmp_path / "glm2mlp-course"
    names = {path.stem for path in (folder / "assignments").iterdir()}
    assert names == {"logistic_regression", "softmax_regression"}
    assert 'FIRST = "logistic_regression"' in (folder / "start.py").read_text()


def test_unknown_assignment_is_named_with_those_that_there_are(tmp_path, capsys):
    assert main(["release", "softmax", "--to", str(tmp_path)]) == 2
    assert "no assignment «softmax»; there are: logistic_regression," in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_folder_in_which_somebody_worked_is_left_alone(tmp_path, capsys):
    work = tmp_path / "glm2mlp-course" / "assignments" / "my_notes.ipynb"
    work.parent.mkdir(parents=True)
    work.write_text("mine")

    assert main(["release", "--to", str(tmp_path)]) == 2

    assert "my_notes.ipynb: is not of a bundle" in capsys.readouterr().err
    assert work.read_text() == "mine"
    assert not (tmp_path / "glm2mlp-course.zip").exists()


@pytest.mark.parametrize("name", some(["README.txt", WHEEL, "assignments/mse_as_mle.ipynb"]))
def test_draft_of_a_release_that_was_killed_is_nobodys_work(tmp_path, name):
    left = draft_of(tmp_path / "glm2mlp-course" / name)
    left.parent.mkdir(parents=True)
    left.write_text("half of it")

    assert main(["release", "mse_as_mle", "--to", str(tmp_path)]) == 0
    assert not left.exists()


@slow
def test_released_again_the_folder_holds_the_new_one_only(tmp_path):
    assert main(["release", "--to", str(tmp_path)]) == 0
    assert main(["release", "mse_as_mle", "--to", str(tmp_path)]) == 0
    names = {path.name for path in (tmp_path / "glm2mlp-course" / "assignments").iterdir()}
    assert names == {"mse_as_mle.ipynb"}


def test_readme_is_one_screen_and_names_what_is_there(folder):
    text = (folder / "README.txt").read_text()
    assert len(text.splitlines()) <= 32
    assert max(map(len, text.splitlines())) <= 100
    assert "{" not in text
    for name in (*STARTS - {"start.py"}, "environment.yml", *ASSIGNMENTS):
        assert name in text


def test_conda_installs_the_wheel_that_is_there(folder):
    environment = yaml.safe_load((folder / "environment.yml").read_text())
    *conda, part = environment["dependencies"]
    assert conda == ["python>=3.11", "pip"]
    assert part == {"pip": [f"./{WHEEL}[nbgrader]"]}


def test_batch_file_has_the_ends_of_lines_of_windows(folder):
    data = (folder / "start-windows.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
