"""The course of this package. Student side, public."""

from pathlib import Path

from glm2mlp.course import find_course, read_course

# An installed package has its course inside; a checkout has it around.
_INSTALLED = Path(__file__).parent / "_course"
COURSE = read_course(_INSTALLED if _INSTALLED.is_dir() else find_course(Path(__file__).parent))
ASSIGNMENTS = COURSE.assignments
OBJECTIVES = COURSE.objectives
