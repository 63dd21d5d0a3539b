"""The engine's tests serve here too: notebooks, and a grading process that may not die in silence."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from glm2mlp.catalogue import COURSE

sys.path.append(str(Path(__file__).parents[1] / "engine"))

from engine_kit import StrictProcess
from scene import Scene

from autograder.sandbox.terms import LAYERS


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One class for all attacks: whoever harms it, harms the next one too."""
    process = StrictProcess(COURSE, LAYERS)
    yield Scene(tmp_path_factory.mktemp("course"), process)
    process.stop()
