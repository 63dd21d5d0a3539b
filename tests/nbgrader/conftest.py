import shutil

import pytest

from autograder.authoring.build import build_course


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A course in which nobody has handed in anything; not to be changed."""
    course = tmp_path_factory.mktemp("built") / "course"
    build_course(course)
    return course


@pytest.fixture
def course(built, tmp_path):
    return shutil.copytree(built, tmp_path / "course")
