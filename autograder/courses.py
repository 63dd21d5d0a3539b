"""Finds the course that is graded. Trusted side.

A course is code that runs as the instructor, so nothing that students handed in may name one.
"""

import os
from pathlib import Path

from glm2mlp.course import Course, NoCourseError, find_course, read_course

PACKAGE = Path(__file__).parent
# One of these makes a folder a course directory; in these folders of it lies what came from students.
DIRECTORY_FILES = ("course.key", "nbgrader_config.py")
OF_STUDENTS = ("autograded", "feedback", "set_aside", "submitted")


def course_at(*places: Path) -> Course:
    """The course of the nearest course.toml above one of these folders, else the one that is installed.

    Read once in a process. Raises CourseError.
    """
    problems = []
    for place in (*places, PACKAGE / "_course"):  # in a checkout the package is in its course
        try:
            return _course_of(find_course(out_of_submissions(place)))
        except NoCourseError as error:
            problems.append(error)
    raise problems[0]


def out_of_submissions(place: Path) -> Path:
    """`place`, or if it lies among what students handed in, the course directory that holds it."""
    place = place.absolute()
    for folder in reversed(place.parents):  # the outermost first: a student may have made others
        among = place.relative_to(folder).parts[0] in OF_STUDENTS
        # As os.path has it: a folder that may not be looked into is no course directory.
        if among and any(os.path.isfile(folder / name) for name in DIRECTORY_FILES):
            return folder
    return place


def _course_of(folder: Path) -> Course:
    # An installed package has the reference beside it, where everybody can import it.
    return read_course(folder, *([PACKAGE.parent] if folder.parent == PACKAGE else []))
