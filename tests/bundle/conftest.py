import os
from pathlib import Path

import pytest

from autograder.cli import main


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Path:
    """Where an instructor has written both bundles; not to be changed."""
    desk = tmp_path_factory.mktemp("desk")
    assert main(["release", "--to", str(desk)]) == 0
    # Somebody else's habits are not in the bytes.
    umask = os.umask(0o077)
    try:
        assert main(["release", "--with-solutions", "--to", str(desk)]) == 0
    finally:
        os.umask(umask)
    return desk


@pytest.fixture(scope="session")
def folder(desk) -> Path:
    """The bundle that students get at the beginning."""
    return desk / "glm2mlp-course"
