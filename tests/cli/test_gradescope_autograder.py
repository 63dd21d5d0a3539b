"""The zip for Gradescope, unpacked as Gradescope does, grades a submission with its own files alone."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from test_cli import BY_MACHINE, MAX_POINTS, SOFTMAX

from autograder.authoring.build import source_notebook
from autograder.cli import main


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """What Gradescope calls /autograder."""
    home = tmp_path_factory.mktemp("gradescope")
    path = home / "autograder.zip"
    command = ["export", SOFTMAX, "--to", "gradescope-autograder", "--output", str(path)]
    assert main([*command, "--visibility", "after_due_date"]) == 0
    with zipfile.ZipFile(path) as archive:
        archive.extractall(home / "source")
        for info in archive.infolist():
            (home / "source" / info.filename).chmod(info.external_attr >> 16 & 0o777)
    (home / "results").mkdir()
    return home


def grade(home: Path, files: dict[str, str]) -> dict:
    """results.json of a submission of these files."""
    submission = home / "submission"
    submission.mkdir()
    for name, content in files.items():
        (submission / name).write_text(content)
    source = home / "source"
    python = Path(sys.executable).parent
    done = subprocess.run(
        [source / "run_autograder"],
        cwd=home,
        env={
            **os.environ,
            "AUTOGRADER_HOME": str(home),
            "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": f"{source}{os.pathsep}{source / 'glm2mlp' / 'src'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    for name in files:
        (submission / name).unlink()
    submission.rmdir()
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((home / "results" / "results.json").read_text())


def test_both_scripts_are_in_the_root_and_can_be_run(unpacked):
    for name in ("setup.sh", "run_autograder"):
        path = unpacked / "source" / name
        assert os.access(path, os.X_OK)
        subprocess.run(["bash", "-n", path], check=True)


def test_zip_holds_no_key_and_nothing_about_students(unpacked):
    names = [path.name for path in (unpacked / "source").rglob("*")]
    assert not {"course.key", "roster.csv", "gradebook.db", "submitted", ".git"} & set(names)


def test_submission_is_graded_under_whatever_name(unpacked):
    found = grade(unpacked, {"my work.ipynb": source_notebook(SOFTMAX)})

    assert found["score"] == BY_MACHINE
    assert found["visibility"] == "after_due_date"
    assert sum(test["max_score"] for test in found["tests"]) == MAX_POINTS


def test_submission_without_a_notebook_is_told(unpacked):
    found = grade(unpacked, {"notes.txt": "hello"})
    assert found == {"score": 0, "output": f"No notebook was found: hand in {SOFTMAX}.ipynb"}


def test_autograder_is_for_one_assignment(tmp_path, capsys):
    assert main(["export", "--to", "gradescope-autograder", "--output", str(tmp_path / "a")]) == 2
    assert "name it" in capsys.readouterr().err
