"""What `nbgrader autograde` does in a course of ours, by nbgrader_config.py. Trusted side.

Pass 1 mends the submitted notebook; pass 2 grades it with our engine, in the place of nbgrader's Execute,
and saves the points. nbgrader runs both with the course's root as working directory.
"""

import atexit
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool

from autograder.autograded import mended_notebook, released_notebook, show_points
from autograder.directory import Directory, other_points
from autograder.gradebook import grade_cells, write_grades
from autograder.grading.client import GradingProcess
from autograder.reading.notebook import UnreadableError
from autograder.report import Report
from autograder.sandbox import layers
from autograder.sandbox.terms import Limits
from glm2mlp.course import Assignment

IDLE_SECONDS = 60.0


class NotGradedError(Exception):
    """A submission that has no points; nbgrader reports it as failed and goes on with the next."""


class MendSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """Makes a notebook that nbgrader can grade of what a student handed in.

    Cells that were copied, lost or renamed, and metadata of any kind, would else end nbgrader's whole
    batch or cost the student points.
    """

    def preprocess(
        self,
        nb: NotebookNode,  # noqa: ARG002 - nbgrader's interface
        resources: Any,
    ) -> tuple[NotebookNode, Any]:
        """The mended notebook, from the file itself; an empty one lets pass 2 say what is wrong with it."""
        assignment = _assignment(resources)
        path = Path(resources["metadata"]["path"], f"{resources['metadata']['name']}.ipynb")
        try:
            return mended_notebook(path, assignment), resources
        except UnreadableError:
            return released_notebook(assignment), resources


class GradeSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades a submission in the sandbox, writes its report, and shows the points in the test cells."""

    unsafe = Bool(False, help="grade although layers of the sandbox are missing on this host").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The mended notebook with the points; raises NotGradedError for an unreadable one."""
        directory = Directory(Path.cwd())
        assignment = _assignment(resources)
        _refuse_other_version(nb, assignment)
        report = _ENGINE.grade(
            directory, assignment.name, resources["nbgrader"]["student"], unsafe=self.unsafe
        )
        if report.status == "unreadable":
            write_grades(directory.root, [report])  # no points of an earlier submission remain
            raise NotGradedError(report.error)
        for layer in layers.missing(layers.probe()) if self.unsafe else ():
            self.log.warning(layer.lost)
        if report.error:
            self.log.warning(report.error)
        show_points(nb, report)
        return nb, resources


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's own, but a test cell that is pending review has no points instead of zero.

    And released points stand that are more than the cell is worth by now, where nbgrader would give up.
    """

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        worth = cell.metadata.nbgrader["points"]
        cell.metadata.nbgrader["points"] = max(worth, *_shown(cell))
        super()._add_score(cell, resources)
        cell.metadata.nbgrader["points"] = worth
        if any(output.get("ename") == "PendingReview" for output in cell.get("outputs", ())):
            grade = self.gradebook.find_grade(
                cell.metadata.nbgrader.grade_id,
                self.notebook_id,
                self.assignment_id,
                self.student_id,
            )
            grade.auto_score = None
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


def _shown(cell: NotebookNode) -> Iterator[float]:
    """The points that a test cell shows, and nothing, which it may also be."""
    yield 0.0
    for output in cell.get("outputs", ()):
        if output["output_type"] == "execute_result":
            yield float(output["data"]["text/plain"])


def _refuse_other_version(nb: NotebookNode, assignment: Assignment) -> None:
    """Raises NotGradedError where the gradebook, by which nbgrader marks, has other points than ours."""
    cells = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
    theirs = {cell["grade_id"]: cell["points"] for cell in cells if cell.get("grade")}
    if theirs != grade_cells(assignment):
        raise NotGradedError(other_points(assignment.name))


def _assignment(resources: Any) -> Assignment:
    known = Directory(Path.cwd()).course.assignments
    name: str = resources["nbgrader"]["assignment"]
    if name not in known or resources["nbgrader"]["notebook"] != name:
        raise NotGradedError(
            f"{name}/{resources['nbgrader']['notebook']}: there are no hidden tests for this notebook; "
            "grade assignments of your own in another course directory, with nbgrader's own settings"
        )
    return known[name]


class _Engine:
    """One grading process for a whole run of nbgrader; in formgrader it ends after a quiet minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: GradingProcess | None = None
        self._idle: threading.Timer | None = None

    def grade(self, directory: Directory, assignment: str, student: str, *, unsafe: bool) -> Report:
        """The report of one submission, written to the course as `autograder grade` does."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            process = self._process = self._process or GradingProcess(
                directory.course, _layers(unsafe=unsafe)
            )
            graded = process.grade(directory.task(assignment, student, Limits()))
            self._idle = threading.Timer(IDLE_SECONDS, self.stop)
            self._idle.daemon = True
            self._idle.start()
        if graded.unkept:
            raise NotGradedError(graded.unkept)
        when = datetime.now(UTC).isoformat(timespec="seconds")
        directory.log(
            graded.report,
            graded.seconds,
            cached=graded.cached,
            ran=graded.ran,
            when=when,
            remarks=graded.remarks,
        )
        return graded.report

    def stop(self) -> None:
        """End the process; the next submission starts another one."""
        with self._lock:
            process, self._process = self._process, None
            if process is not None:
                process.stop()


_ENGINE = _Engine()
atexit.register(_ENGINE.stop)


def _layers(*, unsafe: bool) -> tuple[str, ...]:
    probed = layers.probe()
    missing = ", ".join(layer.name for layer in layers.missing(probed))
    if missing and not unsafe:
        raise NotGradedError(
            f"the sandbox is not complete on this host (no {missing}); mend it as `autograder doctor` "
            "says, or accept the risk with c.GradeSubmission.unsafe = True in nbgrader_config.py"
        )
    return layers.present(probed)
