"""The nbgrader course: what nbgrader makes is what we say that students receive."""

import json
import sqlite3
from pathlib import Path

import nbformat
import pytest
from glm2mlp.catalogue import ASSIGNMENTS

from autograder.authoring import load_release
from autograder.authoring.build import build_course, release_notebook, stale_notebooks


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("course") / "new"
    build_course(directory)
    return directory


def notebooks(course: Path) -> dict[str, bytes]:
    return {str(path.relative_to(course)): path.read_bytes() for path in course.glob("*/*/*.ipynb")}


def test_course_has_source_and_release_of_each_assignment(course):
    assert set(notebooks(course)) == {
        f"{step}/{name}/{name}.ipynb" for step in ("source", "release") for name in ASSIGNMENTS
    }


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nbgrader_and_load_release_agree_cell_by_cell(course, name):
    made = nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4).cells

    assert [(cell.id, cell.cell_type, cell.source) for cell in made] == [
        (cell.grade_id, cell.cell_type, cell.source) for cell in load_release(name).cells
    ]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_notebook_beside_the_source_is_what_nbgrader_releases(course, name):
    made = (course / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")

    assert release_notebook(name) == made


def test_notebooks_beside_the_sources_are_up_to_date():
    assert stale_notebooks() == [], "run `autograder build`"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_flags_and_points_are_those_of_the_catalogue(course, name):
    roles = {cell.grade_id: cell.role for cell in load_release(name).cells}
    flags = {}
    points = {}
    for cell in nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4).cells:
        metadata = cell.metadata.get("nbgrader", {})
        role = roles[cell.id]
        flags.setdefault(role, set()).add(
            tuple(flag for flag in ("grade", "locked", "solution") if metadata.get(flag))
        )
        if "points" in metadata:
            points[metadata["grade_id"].removeprefix("test_")] = metadata["points"]

    expected = {
        "prose": {()},
        "given": {("locked",)},
        "show": {("locked",)},
        "answer": {("solution",)},
        "test": {("grade", "locked")},
        "written": {("grade", "solution")},
    }
    assert flags == {role: expected[role] for role in flags}
    assert points == {e.name: e.points for e in ASSIGNMENTS[name].exercises}


def test_gradebook_knows_the_points(course):
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        rows = gradebook.execute(
            "SELECT assignment.name, sum(grade_cells.max_score) FROM grade_cells"
            " JOIN base_cell USING (id) JOIN notebook ON notebook.id = base_cell.notebook_id"
            " JOIN assignment ON assignment.id = notebook.assignment_id GROUP BY assignment.name"
        ).fetchall()
    gradebook.close()

    assert dict(rows) == {name: a.max_points for name, a in ASSIGNMENTS.items()}


def test_built_again_the_notebooks_are_the_same_and_the_configuration_is_kept(course):
    before = notebooks(course)
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "\n# mine\n")

    build_course(course)

    assert notebooks(course) == before
    assert config.read_text().endswith("# mine\n")


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_ids_are_names_and_notebooks_carry_no_output(name):
    notebook = json.loads(release_notebook(name))

    assert [cell["id"] for cell in notebook["cells"]] == [
        cell.grade_id for cell in load_release(name).cells
    ]
    assert not any(cell.get("outputs") for cell in notebook["cells"])
