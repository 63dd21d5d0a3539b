"""Notebooks of tests/engine serve here too, and the students of tests/hidden_tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from glm2mlp.catalogue import COURSE

TESTS = Path(__file__).parents[1]
sys.path += [str(TESTS / folder) for folder in ("engine", "hidden_tests")]

from engine_kit import StrictProcess  # noqa: E402

from autograder.sandbox.terms import LAYERS  # noqa: E402


@pytest.fixture(scope="session")
def grading_process() -> Iterator[StrictProcess]:
    process = StrictProcess(COURSE, LAYERS)
    yield process
    process.stop()
