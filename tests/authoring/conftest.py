"""What tests of the authors' commands share."""

import pytest
from author_kit import copy_of_the_project


@pytest.fixture
def project(tmp_path):
    """A copy of what authors change, and of what the build compares."""
    return copy_of_the_project(tmp_path)
