"""The zip for Gradescope holds what it needs, and nothing that is secret to the course."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from test_cli import SOFTMAX

from autograder.cli import main


def unpack(home: Path) -> Path:
    """Make the zip and unpack it; returns what Gradescope calls /autograder."""
    path = home / "autograder.zip"
    command = ["export", SOFTMAX, "--to", "gradescope-autograder", "--output", str(path)]
    assert main([*command, "--visibility", "after_due_date"]) == 0
    with zipfile.ZipFile(path) as archive:
        archive.extractall(home / "source")
        for info in archive.infolist():
            (home / "source" / info.filename).chmod(info.external_attr >> 16 & 0o777)
    (home / "results").mkdir()
    return home


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    return unpack(tmp_path_factory.mktemp("gradescope"))


def test_both_scripts_are_in_the_root_and_can_be_run(unpacked):
    for name in ("setup.sh", "run_autograder"):
        path = unpacked / "source" / name
        assert os.access(path, os.X_OK)
        subprocess.run(["bash", "-n", path], check=True)


def test_zip_holds_no_key_and_nothing_about_students(unpacked):
    names = [path.name for path in (unpacked / "source").rglob("*")]
    assert not {"course.key", "roster.csv", "gradebook.db", "submitted", ".git"} & set(names)


def test_autograder_is_for_one_assignment(tmp_path, capsys):
    assert main(["export", "--to", "gradescope-autograder", "--output", str(tmp_path / "a")]) == 2
    assert "name it" in capsys.readouterr().err
