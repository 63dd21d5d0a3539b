"""The sample class, made and graded once, for all tests that look at it."""

import sys
from pathlib import Path

import pytest
from sample_kit import GradedClass, grade_class, made_class

# The searches of tests/feedback serve here too.
sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("feedback", "hidden_tests")]


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """The whole class, graded."""
    return grade_class(made_class(tmp_path_factory.mktemp("sample")))
