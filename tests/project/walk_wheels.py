"""The two wheels alone, in an empty environment and an empty folder, take a class from roster to points.

No checkout is on the path. `uv` installs the wheels' requirements, so this needs a package index.
"""

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from autograder.cli import COMMANDS

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
NAME = "logistic_regression"
# What may be told that is not in the folder: names of what a command is given or writes.
PATHS = re.compile(r"\b(?:docs|tests|lectures|solutions|studies|bench|site)/[\w./-]+\.\w+")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("wheels")
    for package in ("glm2mlp", "glm2mlp-autograder"):
        command = [
            UV,
            "build",
            "--wheel",
            "--package",
            package,
            "--out-dir",
            str(folder),
            "--quiet",
        ]
        subprocess.run(command, cwd=ROOT, check=True)
    found = sorted(folder.glob("*.whl"))
    assert len(found) == 2
    return found


class Desk:
    """An empty folder, and the command of the empty environment."""

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.program = program
        self.told: list[str] = []

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        path = f"{self.program.parent}:/usr/local/bin:/usr/bin:/bin:/usr/sbin"
        done = subprocess.run(
            [self.program, *map(str, words)],
            cwd=self.folder,
            env={"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        self.told.append(f"{' '.join(map(str, words))}\n{done.stdout}\n{done.stderr}")
        return done

    def do(self, *words: object) -> str:
        done = self.run(*words)
        assert done.returncode == 0, self.told[-1]
        return done.stdout


@pytest.fixture(scope="module")
def desk(wheels, tmp_path_factory) -> Desk:
    environment = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([UV, "venv", "--quiet", str(environment)], check=True)
    install = [UV, "pip", "install", "--quiet", "--python", str(environment), *map(str, wheels)]
    subprocess.run(install, cwd=environment.parent, check=True)
    return Desk(tmp_path_factory.mktemp("desk"), environment / "bin" / "autograder")


@pytest.fixture(scope="module")
def course(desk) -> Path:
    """Made, released, handed in by two, and graded: Ada has all, Ben has handed in what he was given."""
    (desk.folder / "class.csv").write_bytes(
        "id;last_name\nada;Dvořák\nben;Němec\n".encode("cp1250")
    )
    desk.do("new-course", "course", "--roster", "class.csv")
    desk.do("release", "--to", "hand-out", "--with-solutions")
    desk.do("release", "--to", "hand-out")
    solved = "hand-out/glm2mlp-course-with-solutions/solutions"
    with zipfile.ZipFile(desk.folder / "in.zip", "w") as archive:
        for student, folder in (("ada", solved), ("ben", "hand-out/glm2mlp-course/assignments")):
            notebook = desk.folder / folder / f"{NAME}.ipynb"
            archive.write(notebook, f"{student}/{NAME}.ipynb")
    assert "2 " in desk.do("collect", NAME, "in.zip", "--from", "folder", "--course", "course")
    desk.do("grade", NAME, "--course", "course")
    return desk.folder / "course"


def points(course: Path, student: str) -> float:
    report = json.loads((course / "reports" / NAME / f"{student}.json").read_text())
    return report["points"] / report["max_points"]


def test_class_is_graded(course):
    assert (points(course, "ada"), points(course, "ben")) == (1, 0)


def test_hand_out_has_lectures_and_the_student_package(desk, course):
    names = {path.name for path in (desk.folder / "hand-out" / "glm2mlp-course").rglob("*")}
    assert {
        "1_logistic_regression.ipynb",
        f"{NAME}.ipynb",
        "glm2mlp-0.1.0-py3-none-any.whl",
    } <= names


def test_student_package_is_that_of_the_checkout(desk, course, wheels):
    """Byte for byte, but for notebooks, which the bundle has as far as they are handed out."""
    given = desk.folder / "hand-out" / "glm2mlp-course" / wheels[0].name
    inside, installed = (
        {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.endswith((".ipynb", "/RECORD"))
        }
        for archive in map(zipfile.ZipFile, (given, wheels[0]))
    )
    assert inside == installed


def test_pages_overview_and_exports_are_written(desk, course):
    desk.do("feedback", "--course", "course")
    page = (course / "feedback" / "ben" / NAME / f"{NAME}.html").read_text()
    assert "lecture 1 Logistic regression" in page
    desk.do("overview", "--course", "course")
    assert "How each exercise went" in (course / "overview.html").read_text()
    for to in ("csv", "canvas", "moodle", "gradescope"):
        desk.do("export", NAME, "--to", to, "--course", "course")
    assert "ada,Dvořák" in (course / "exports" / "grades.csv").read_text()


def test_regrade_and_replay_find_what_was_graded(desk, course):
    assert "2 are as before" in desk.do("regrade", NAME, "--course", "course")
    assert "Everything is equal." in desk.do("replay", course / "reports" / NAME / "ada.json")


def test_one_alone_can_check_a_notebook(desk, course):
    notebook = course / "submitted" / "ben" / NAME / f"{NAME}.ipynb"
    assert "How to go on" in desk.do("self-check", notebook)
    assert "def sigmoid" in desk.do("self-check", notebook, "--solution", "sigmoid")


def test_nothing_of_the_checkout_is_used_or_told(desk, course):
    """Comes last: it looks at all that was printed, and at the help of every command."""
    for command in COMMANDS:
        desk.do(command, "--help")
    for told in desk.told:
        assert str(ROOT) not in told
        lacking = {path for path in PATHS.findall(told) if not (desk.folder / path).exists()}
        assert not lacking, told
    assert not os.path.lexists(desk.folder / "build")
