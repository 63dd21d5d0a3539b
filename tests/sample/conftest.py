"""The sample class, made and graded once, for all tests that look at it."""

import pytest
from sample_kit import GradedClass, grade_class, made_class


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """The whole class, graded."""
    return grade_class(made_class(tmp_path_factory.mktemp("sample")))
