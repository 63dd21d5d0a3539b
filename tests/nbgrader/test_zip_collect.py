"""`nbgrader zip_collect` works on a course as it was made: the pattern of names is in its configuration."""

import json
import zipfile

import pytest
from both_ways import run
from notebooks import NAME, solved

from autograder.directory import Directory

SOLVED = json.dumps(solved())
FILES = {
    f"ada_{NAME}.ipynb": SOLVED,
    f"s01_ben_{NAME}.ipynb": SOLVED,
    f"cleo/{NAME}.ipynb": SOLVED,
    f"dan/my_{NAME} (1).ipynb": SOLVED,  # under another name
    f"__MACOSX/cleo/._{NAME}.ipynb": "what macOS adds",
    "cleo/notes.txt": "not collected",
}


@pytest.fixture
def collected(course) -> Directory:
    archives = course / "downloaded" / NAME / "archive"
    archives.mkdir(parents=True)
    with zipfile.ZipFile(archives / "class.zip", "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    with zipfile.ZipFile(archives / "eve.zip", "w") as archive:
        archive.writestr(f"{NAME}.ipynb", SOLVED)
    run(course, "nbgrader", "zip_collect", NAME)
    return Directory(course)


def test_zip_collect_knows_students_by_files_folders_and_zips(collected):
    assert collected.students(NAME) == ("ada", "cleo", "eve", "s01_ben")
    for student in collected.students(NAME):
        folder = collected.submitted / student / NAME
        assert [path.name for path in folder.iterdir()] == [f"{NAME}.ipynb"]
