"""The class that is graded before something changes."""

import shutil

import pytest
from variants import ANSWERS, NAME, STUDENTS, hand_in

from autograder.cli import main


@pytest.fixture(scope="module")
def graded(built, tmp_path_factory):
    """Out of 22 points; Ada's 22 are released, Ben's 20 are not."""
    course = shutil.copytree(built, tmp_path_factory.mktemp("class") / "course")
    for student in STUDENTS:
        hand_in(course, student, ANSWERS[student])
    assert main(["grade", NAME, "--course", str(course), "--jobs", "1"]) == 0
    assert main(["feedback", NAME, "--course", str(course), "--student", "ada"]) == 0
    return course
