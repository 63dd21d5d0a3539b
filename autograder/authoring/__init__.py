"""From text sources and reference functions to the notebooks of students. Trusted side."""

from autograder.authoring.cells import load_release
from autograder.authoring.stubs import load_reference

__all__ = ["load_reference", "load_release"]
