"""The zip for Gradescope, unpacked as Gradescope does, grades a submission with its own files alone.

`make guide` runs this.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import BY_MACHINE, MAX_POINTS, SOFTMAX
from test_gradescope_autograder import unpack

from autograder.authoring.build import source_notebook
from glm2mlp.catalogue import ASSIGNMENTS


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    return unpack(tmp_path_factory.mktemp("gradescope"))


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


def test_submission_is_graded_under_whatever_name(unpacked):
    found = grade(unpacked, {"my work.ipynb": source_notebook(ASSIGNMENTS[SOFTMAX])})

    assert found["score"] == BY_MACHINE
    assert found["visibility"] == "after_due_date"
    assert sum(test["max_score"] for test in found["tests"]) == MAX_POINTS


def test_submission_without_a_notebook_is_told(unpacked):
    found = grade(unpacked, {"notes.txt": "hello"})
    assert found == {"score": 0, "output": f"No notebook was found: hand in {SOFTMAX}.ipynb"}
