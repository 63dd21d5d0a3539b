"""Grades a course by `autograder grade` and by `nbgrader autograde`, and reads what is known then."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from autograder.grading.keys import course_key

# `nbgrader autograde` for one assignment after the other, without a start of Python and of the sandbox for
# each; prints how each would have ended.
AUTOGRADE = """
import sys
from nbgrader.apps import AutogradeApp

for assignment in sys.argv[1:]:
    try:
        AutogradeApp.launch_instance([assignment])
        code = 0
    except SystemExit as end:
        code = end.code
    AutogradeApp.clear_instance()
    print("ended:", assignment, code)
"""


class Score(NamedTuple):
    auto: float | None
    manual: float | None
    needs_manual_grade: bool
    max: float


class Both(NamedTuple):
    """Two copies of one course, after grading."""

    in_bulk: Path
    by_nbgrader: Path


def run(course: Path, *command: str, fails: bool = False) -> str:
    """A module's command line in `course`, as with the environment active; returns what it printed."""
    return run_python(course, "-m", *command, fails=fails)


def run_python(course: Path, *arguments: str, fails: bool = False) -> str:
    """Python with these arguments in `course`; returns what it printed."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=course,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=240,
    )
    assert (done.returncode != 0) == fails, done.stdout
    return done.stdout


def grade_both_ways(
    course: Path, into: Path, *assignments: str, failing: Collection[str] = ()
) -> Both:
    """Copy `course` twice into the folder `into`, and grade each copy one way.

    `failing`: assignments of which nbgrader cannot read a submission; it says so by its exit code. One
    assignment is graded by the command line, several by its application in one process.
    """
    course_key(course)
    both = Both(into / "in_bulk", into / "by_nbgrader")
    for copy in both:
        shutil.copytree(course, copy, symlinks=True)
    run(both.in_bulk, "autograder.cli", "grade", *assignments, "--course", str(both.in_bulk))
    if len(assignments) == 1:
        run(both.by_nbgrader, "nbgrader", "autograde", *assignments, fails=bool(failing))
    else:
        said = run_python(both.by_nbgrader, "-c", AUTOGRADE, *assignments)
        ended = {name: str(int(name in failing)) for name in assignments}
        assert dict(re.findall(r"^ended: (\w+) (\w+)$", said, re.MULTILINE)) == ended, said
    return both


def db_url(course: Path) -> str:
    """The address of a course's gradebook."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    return str(CourseDirectory(config=config).db_url)


def gradebook(course: Path) -> Gradebook:
    return Gradebook(db_url(course), course_id="glm2mlp")


def submissions(course: Path, assignment: str) -> dict[str, Any]:
    """What nbgrader's gradebook holds of each student's submission of `assignment`."""
    with gradebook(course) as book:
        return {
            submission.student.id: {
                "timestamp": submission.timestamp,
                "score": submission.score,
                "penalty": submission.late_submission_penalty,
                "needs_manual_grade": submission.needs_manual_grade,
                "scores": {
                    grade.name: Score(
                        grade.auto_score,
                        grade.manual_score,
                        grade.needs_manual_grade,
                        grade.max_score,
                    )
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                },
                "comments": {
                    comment.name: (comment.auto_comment, comment.manual_comment)
                    for notebook in submission.notebooks
                    for comment in notebook.comments
                },
            }
            for submission in book.assignment_submissions(assignment)
        }


def autograded(course: Path) -> dict[str, Any]:
    """The autograded notebooks of a course, as nbformat reads them."""
    folder = course / "autograded"
    return {
        str(path.relative_to(folder)): nbformat.read(path, as_version=4)
        for path in folder.rglob("*.ipynb")
    }
