"""A course with a roster and nothing else: to collect needs no gradebook."""

import zipfile
from pathlib import Path

import pytest

ROSTER = """\
id,first_name,last_name,email,lms_user_id,username,group
jan,Jan,Dvořák,jan@example.cz,101,dvorakj,blue
ada,Ada,Lovelace,ada@example.cz,102,,blue
eve,Eve,O'Brien-Smith,eve@example.cz,103,,red
twin1,Petr,Novák,petr1@example.cz,,,
twin2,Petr,Novák,petr2@example.cz,,,
"""


@pytest.fixture
def course(tmp_path) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return root


@pytest.fixture
def export(tmp_path):
    """Makes a zip of files given by name."""

    def make(files: dict[str, str], name: str = "export.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for file, content in files.items():
                archive.writestr(file, content)
        return path

    return make
