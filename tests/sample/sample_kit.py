"""Makes the sample class and grades it, as a teacher would."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from autograder.batch import grade_all
from autograder.directory import Directory
from autograder.grading.task import Graded
from autograder.report import Report
from autograder.sandbox import layers
from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from sample.make_class import make_class

# The hidden inputs come from it; any other one earns the same points.
KEY = "5a" * 32


@dataclass(frozen=True)
class GradedClass:
    """A class and what came of it; `files` are those handed in, as they were before the grading."""

    course: Directory
    results: tuple[Graded, ...]
    files: dict[str, bytes | str]

    @property
    def reports(self) -> dict[tuple[str, str], Report]:
        """The report of each student and assignment."""
        return {(r.report.student, r.report.assignment): r.report for r in self.results}

    def report_bytes(self) -> dict[tuple[str, str], bytes]:
        """The reports as they lie on disk."""
        return {
            (student, assignment): self.course.report_path(assignment, student).read_bytes()
            for student, assignment in self.reports
        }


def files_in(folder: Path) -> dict[str, bytes | str]:
    """Each file below `folder` with what is in it, each link with where it leads."""
    return {
        str(path.relative_to(folder)): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def grade_class(root: Path) -> GradedClass:
    """Grade who handed in something below `root`, in the real sandbox, two at a time."""
    course = Directory(root)
    tasks = [
        course.task(assignment, student, Limits())
        for assignment in ASSIGNMENTS
        for student in course.students(assignment)
    ]
    files = files_in(course.submitted)
    results = tuple(grade_all(tasks, course=COURSE, jobs=2, layers=layers.present(layers.probe())))
    return GradedClass(course, results, files)


def made_class(root: Path, assignments: Collection[str] = tuple(ASSIGNMENTS)) -> Path:
    """A course directory with the class as it is handed in."""
    make_class(root, assignments=assignments)
    (root / "course.key").write_text(KEY + "\n")
    return root
