"""docs/examples/classroom.yml does what it says: its steps are run in a repository made by docs/classroom.md.

`run` calls this. What GitHub does itself, checking out and choosing a Python, is a git clone and a new
environment here.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from shell_blocks import blocks

from autograder.authoring.build import release_notebook, solved_notebook
from glm2mlp.catalogue import ASSIGNMENTS

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / "docs" / "examples" / "classroom.yml"
TEMPLATE, _, COLLECTING = (block.commands for block in blocks(ROOT / "docs" / "classroom.md"))
BIN = Path(sys.executable).parent
NAME = "softmax_regression"
STEPS = {
    step["name"]: step
    for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["checks"]["steps"]
    if "run" in step
}


def sh(commands: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands as GitHub does for `shell: bash`."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


class Runner:
    """A clone of a student's repository, and an environment without anything of the instructor's."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "hand-out" / "glm2mlp-course"
        self.summary = folder / "summary.md"
        self.environment = {
            "PATH": f"{folder / 'python' / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "NOTEBOOKS": yaml.safe_load(WORKFLOW.read_text())["env"]["NOTEBOOKS"],
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def step(self, name: str) -> subprocess.CompletedProcess[str]:
        assert STEPS[name]["shell"] == "bash"
        return sh(STEPS[name]["run"], self.clone, **self.environment)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """An instructor's checkout, after the template was made."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "docs").symlink_to(ROOT / "docs")
    made = sh(TEMPLATE, desk, PATH=f"{BIN}:{os.environ['PATH']}")
    assert made.returncode == 0, made.stderr
    return desk


@pytest.fixture(scope="module")
def runner(desk) -> Runner:
    subprocess.run([sys.executable, "-m", "venv", str(desk / "python")], check=True)
    runner = Runner(desk)
    installed = runner.step("Install the student package")
    assert installed.returncode == 0, installed.stderr
    return runner


def wrong() -> str:
    notebook = json.loads(solved_notebook(ASSIGNMENTS[NAME]))
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "softmax")
    cell["source"] = "def softmax(Z):\n    return Z"
    return json.dumps(notebook)


@pytest.mark.parametrize(
    ("notebook", "code", "said"),
    [
        (solved_notebook(ASSIGNMENTS[NAME]), 0, "worth 20 of 22 points pass their public checks"),
        (wrong(), 1, "failed: "),
        (release_notebook(ASSIGNMENTS[NAME]), 1, "not begun"),
        ("{", 2, "is no notebook"),
    ],
    ids=["right", "wrong", "blank", "broken"],
)
def test_exit_code_and_summary_say_how_the_checks_went(runner, notebook, code, said):
    (runner.clone / "assignments" / f"{NAME}.ipynb").write_text(notebook)
    runner.summary.unlink(missing_ok=True)

    checked = runner.step("Run the checks")
    shown = runner.step("Show them on the page of this run")

    assert (checked.returncode, shown.returncode) == (code, 0)
    assert said in checked.stdout
    assert runner.summary.read_text() == f"```\n{checked.stdout}```\n"


def test_nothing_of_the_instructors_is_installed(runner):
    tried = sh("python -c 'import glm2mlp; import autograder'", runner.clone, **runner.environment)
    assert "No module named 'autograder'" in tried.stderr


def test_template_is_the_bundle_and_the_workflow(desk):
    template = desk / "hand-out" / "glm2mlp-course"
    assert (template / ".github" / "workflows" / WORKFLOW.name).read_text() == WORKFLOW.read_text()
    assert {path.name for path in (template / "assignments").iterdir()} == {f"{NAME}.ipynb"}


def test_clones_of_students_are_collected(desk):
    path = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    (desk / "students.csv").write_text("id,username\nada,ada-l\nben,ben\n")
    course = sh("autograder new-course my-course --roster students.csv", desk, **path)
    assert course.returncode == 0, course.stderr
    for login in ("ada-l", "ben"):
        clone = desk / "softmax-submissions" / f"softmax-{login}"
        shutil.copytree(desk / "hand-out" / "glm2mlp-course", clone)
        (clone / "assignments" / f"{NAME}.ipynb").write_text(solved_notebook(ASSIGNMENTS[NAME]))

    done = sh(COLLECTING, desk, **path)

    assert done.returncode == 0, done.stderr
    for student in ("ada", "ben"):
        collected = desk / "my-course" / "submitted" / student / NAME / f"{NAME}.ipynb"
        assert collected.read_text() == solved_notebook(ASSIGNMENTS[NAME])
