"""The nbgrader course: what nbgrader makes is what we say that students receive."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from thinning import slow
from traitlets.config import PyFileConfigLoader

from autograder import cli, courses
from autograder.authoring import build, load_release
from autograder.authoring.build import (
    LOCK,
    build_course,
    build_where_needed,
    release_notebook,
    stale_notebooks,
)
from autograder.authoring.cells import heading, solved_cells, worth
from autograder.cli import main
from autograder.directory import Directory
from autograder.gradebook import ensure_gradebook
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from glm2mlp.course import Assignment, CourseError, Exercise


@pytest.fixture(scope="module")
def course(built) -> Path:
    """That of all tests; not to be changed."""
    return built


@pytest.fixture(scope="module")
def rebuilt(built, tmp_path_factory) -> Path:
    """A copy with a configuration of somebody's own and a key, built again."""
    course = shutil.copytree(built, tmp_path_factory.mktemp("rebuilt") / "course")
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "\n# mine\n")
    (course / "course.key").write_text("5ecre7")
    build_course(course, COURSE)
    return course


def notebooks(course: Path) -> dict[str, bytes]:
    return {str(path.relative_to(course)): path.read_bytes() for path in course.glob("*/*/*.ipynb")}


def test_course_has_source_and_release_of_each_assignment(course):
    assert set(notebooks(course)) == {
        f"{step}/{name}/{name}.ipynb" for step in ("source", "release") for name in ASSIGNMENTS
    }


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nbgrader_and_load_release_agree_cell_by_cell(course, name):
    made = nbformat.read(course / "release" / name / f"{name}.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in made.cells)

    assert [(cell.id, cell.cell_type, cell.source) for cell in made.cells] == [
        (cell.grade_id, cell.cell_type, cell.source)
        for cell in load_release(ASSIGNMENTS[name]).cells
    ]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_notebook_beside_the_source_is_what_nbgrader_releases(course, name):
    made = (course / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")

    assert release_notebook(ASSIGNMENTS[name]) == made


def test_notebooks_beside_the_sources_are_up_to_date():
    assert stale_notebooks(COURSE) == [], "run `autograder build --notebooks`"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_flags_and_points_are_those_of_the_catalogue(course, name):
    roles = {cell.grade_id: cell.role for cell in load_release(ASSIGNMENTS[name]).cells}
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
        "seed": {()},
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


@slow
def test_built_again_the_notebooks_are_the_same_and_the_configuration_is_kept(course, rebuilt):
    assert notebooks(rebuilt) == notebooks(course)
    assert (rebuilt / "nbgrader_config.py").read_text().endswith("# mine\n")


def test_course_key_stays_out_of_the_release(rebuilt):
    released = [path for path in (rebuilt / "release").rglob("*") if path.is_file()]
    assert len(released) == len(ASSIGNMENTS)
    assert not any("5ecre7" in path.read_text(encoding="utf-8") for path in released)


def test_configuration_finds_its_course_from_everywhere(course, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()

    assert config.CourseDirectory.root == str(course.resolve())
    assert config.CourseDirectory.course_id == "glm2mlp"


def test_what_nbgrader_says_is_passed_on_when_it_fails(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(
        "from pathlib import Path\n"
        "c.CourseDirectory.root = str(Path(__file__).parent)\n"
        "c.CourseDirectory.source_directory = 'elsewhere'\n"
    )

    with pytest.raises(RuntimeError, match=r"could not release .*\n(.*\n)*.*elsewhere"):
        build_course(tmp_path, COURSE)


@pytest.mark.filterwarnings(
    "ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning"
)  # nbgrader's own
def test_other_cells_than_those_of_submissions_are_refused_in_one_line(
    course, tmp_path, monkeypatch, capsys
):
    copy = shutil.copytree(course, tmp_path / "copy")
    name = next(iter(ASSIGNMENTS))
    with Gradebook(f"sqlite:///{copy}/gradebook.db") as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission(name, "ada")
    monkeypatch.setattr(build, "solved_cells", lambda assignment: solved_cells(assignment)[:-1])

    assert main(["build", "--course", str(copy)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert f"{copy}: «{name}» has lost or gained cells" in line
    assert "Build into a new directory" in line


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("nbgrader_config.py", "c = (", "nbgrader_config.py: SyntaxError"),
        ("gradebook.db", "no database", "file is not a database"),
        ("source", "no folder", "Not a directory"),
    ],
)
@pytest.mark.parametrize("broke_off", [False, True])
def test_course_that_cannot_be_built_is_told_in_one_line(
    tmp_path, capsys, name, text, told, broke_off
):
    (tmp_path / name).write_text(text)
    (tmp_path / build.LOCK).write_text("a course is being built here\n" * broke_off)

    assert main(["build", "--course", str(tmp_path)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {tmp_path}")
    assert told in line


def test_stopped_inside_nbgrader_the_build_stops(tmp_path, monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("nbgrader.apps.api.GenerateAssignment.start", stopped)

    assert main(["build", "--course", str(tmp_path)]) == 130
    assert capsys.readouterr().err.startswith("autograder: stopped")


@pytest.mark.parametrize("text", ["name\nAda\n", "id\na/b\n"])
def test_roster_that_cannot_be_read_is_told_in_one_line(course, tmp_path, capsys, text):
    copy = shutil.copytree(course, tmp_path / "copy")
    (copy / "roster.csv").write_text(text)

    assert main(["new-course", str(copy)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {copy / 'roster.csv'}: ")
    with Gradebook(f"sqlite:///{copy}/gradebook.db") as gradebook:
        assert not gradebook.students


def test_points_in_the_heading_are_those_that_are_declared():
    exercise = Exercise("double", 1.5, "O1", ("S1", "S2"))
    written = Exercise("explain_it", 1, "O2", ("S3",), kind="written", rubric=(("Says why.", 1),))
    assignment = Assignment("two", "Two", ("numpy",), (exercise, written), course=COURSE)

    text = heading(assignment, "Twice.", 90)

    assert text.startswith("# Two\n\nTwice.\n")
    assert "about 1 h 30 min" in text
    assert "| `double` | 1.5 |" in text
    assert "| **all** | **2.5** |" in text
    assert worth(exercise) == "*`double` · 1.5 points*"
    assert worth(written).endswith("What earns the points:\n\n- Says why. (1 point)")


def test_a_new_paragraph_leaves_the_ids_of_other_sections_alone(tmp_path):
    before = [cell.grade_id for cell in solved_cells(ASSIGNMENTS["softmax_regression"])]
    text = COURSE.path("hidden", "softmax_regression", "text.py").read_text(encoding="utf-8")
    marker = '# %% exercise="one_hot"'
    new = text.replace(marker, f"# %% [markdown]\n# One thing more.\n\n{marker}")
    folder = tmp_path / "hidden" / "softmax_regression"
    folder.mkdir(parents=True)
    (folder / "text.py").write_text(new, encoding="utf-8")
    other = replace(COURSE, folders=(tmp_path, *COURSE.folders))

    changed = replace(ASSIGNMENTS["softmax_regression"], course=other)
    after = [cell.grade_id for cell in solved_cells(changed)]

    assert sorted(set(after) - set(before)) == ["prose_one_hot_2"]
    assert [grade_id for grade_id in after if grade_id != "prose_one_hot_2"] == before


def test_the_course_is_the_nearest_one_above_else_the_installed_one(tmp_path, monkeypatch):
    inside = tmp_path / "own" / "build" / "course"
    inside.mkdir(parents=True)
    text = COURSE.path("course.toml").read_text(encoding="utf-8")
    assert courses.course_at(inside).id == "glm2mlp"  # nothing above: the one around the package

    monkeypatch.setattr(courses, "PACKAGE", tmp_path / "autograder")
    with pytest.raises(CourseError, match="is in no course"):
        courses.course_at(inside)

    installed = tmp_path / "autograder" / "_course"
    installed.mkdir(parents=True)
    (installed / "course.toml").write_text(text.replace('"glm2mlp"', '"installed"'))
    assert courses.course_at(inside).id == "installed"

    (tmp_path / "own" / "course.toml").write_text(text.replace('"glm2mlp"', '"own"'))
    assert courses.course_at(inside).id == "own"


def test_what_students_handed_in_names_no_course_and_no_course_directory(tmp_path, monkeypatch):
    here = tmp_path / "class"
    planted = here / "submitted" / "eve" / "softmax_regression" / "inner"
    planted.mkdir(parents=True)
    (here / "nbgrader_config.py").write_text("")
    for folder in (planted, planted.parent):
        for name in ("nbgrader_config.py", "course.key", "course.toml"):
            (folder / name).write_text('id = "of_eve"')
    monkeypatch.chdir(planted)

    assert cli._course_here() == here
    assert courses.course_at(Path.cwd()).id == "glm2mlp"
    assert Directory(here).course.id == "glm2mlp"

    (here / "nbgrader_config.py").unlink()  # so it is seen that the files would be found elsewhere
    (here / "submitted").rename(here / "given_out")
    monkeypatch.chdir(here / "given_out" / "eve" / "softmax_regression" / "inner")
    assert cli._course_here() == Path.cwd()
    with pytest.raises(CourseError, match="is missing; add"):
        courses.course_at(Path.cwd())


def test_two_courses_with_equal_names_live_in_one_process(tmp_path):
    found = []
    for name in ("one", "two"):
        (tmp_path / name / "hidden").mkdir(parents=True)
        (tmp_path / name / "hidden" / "data.py").write_text("from .more import name\n")
        (tmp_path / name / "hidden" / "more.py").write_text(f"name = {name!r}\n")
        course = replace(COURSE, id=f"test_{name}", folders=(tmp_path / name,))
        found.append(course.load("hidden.data").name)

    assert found == ["one", "two"]


# Builds a course, and is killed when nbgrader has made the tables of the gradebook.
KILLED = """
import os, signal, sys
from pathlib import Path
import nbgrader.api
from autograder.authoring.build import build_course
from autograder.courses import course_at

nbgrader.api.get_alembic_version = lambda: os.kill(os.getpid(), signal.SIGKILL)
build_course(Path(sys.argv[1]), course_at(Path.cwd()))
"""


def version(course: Path) -> list:
    connection = sqlite3.connect(course / "gradebook.db")
    found = connection.execute("SELECT * FROM alembic_version").fetchall()
    connection.close()
    return found


@slow
def test_build_that_was_killed_is_finished_by_the_next_grading(course, tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert killed.returncode == -signal.SIGKILL

    ensure_gradebook(tmp_path)

    assert notebooks(tmp_path) == notebooks(course)
    assert version(tmp_path) == version(course)
    assert {*os.listdir(tmp_path)} == {*os.listdir(course)}


@slow
def test_release_that_a_killed_build_left_half_written_is_made_again(course, tmp_path):
    built = shutil.copytree(course, tmp_path / "course")
    last = list(ASSIGNMENTS)[-1]
    path = built / "release" / last / f"{last}.ipynb"
    path.chmod(0o644)
    path.write_text("{")  # nbgrader knows the assignment before it writes the file
    (built / LOCK).write_text("a build was killed here")

    ensure_gradebook(built)

    assert notebooks(built) == notebooks(course)
    assert (built / LOCK).read_bytes() == b""


def test_who_waited_for_a_build_leaves_the_course_alone(tmp_path):
    """Its builder has gone on, and may be copying the course: no file comes, goes or changes under it."""
    (tmp_path / LOCK).touch()
    by_then = iter([False, True])
    seen = []

    def is_built() -> bool:
        seen.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
        return next(by_then)

    build_where_needed(tmp_path, COURSE, is_built)

    assert seen == [{LOCK: b""}] * 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {LOCK: b""}
