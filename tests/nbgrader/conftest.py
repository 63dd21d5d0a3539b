import shutil

import pytest


@pytest.fixture
def course(built, tmp_path):
    return shutil.copytree(built, tmp_path / "course")
