"""Finds the course that is graded. Trusted side."""

from pathlib import Path

from glm2mlp.course import Course, NoCourseError, find_course, read_course

PACKAGE = Path(__file__).parent


def course_at(*places: Path) -> Course:
    """The course of the nearest course.toml above one of these folders, else the one that is installed.

    Read once in a process. Raises CourseError.
    """
    problems = []
    for place in (*places, PACKAGE / "_course"):  # in a checkout the package is in its course
        try:
            return _course_of(find_course(place))
        except NoCourseError as error:
            problems.append(error)
    raise problems[0]


def _course_of(folder: Path) -> Course:
    # An installed package has the reference beside it, where everybody can import it.
    return read_course(folder, *([PACKAGE.parent] if folder.parent == PACKAGE else []))
