"""Our part of `nbgrader autograde`, with a grader that says what the test wants."""

import time
from typing import ClassVar

import pytest
from both_ways import submissions
from nbgrader.apps import NbGraderAPI
from notebooks import MAX_POINTS, NAME, hand_in, solved
from traitlets.config import PyFileConfigLoader

from autograder import nbgrader_preprocessors as module
from autograder.directory import Directory
from autograder.gradebook import write_grades
from autograder.grading.task import Graded
from autograder.report import ExerciseResult, Report
from autograder.sandbox.layers import Layer
from glm2mlp.catalogue import ASSIGNMENTS


def report(student, status="graded", **results):
    full = {
        exercise.name: ExerciseResult(exercise.points, exercise.points, "passed")
        for exercise in ASSIGNMENTS[NAME].exercises
        if exercise.kind != "written"
    }
    return Report(
        student, NAME, status, None, MAX_POINTS, error="told", exercises={**full, **results}
    )


# nbgrader's own way to add a submission is not SQLAlchemy's any more.
@pytest.mark.filterwarnings("ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning")
@pytest.mark.parametrize(
    "result",
    [
        report("alice", "review", softmax=ExerciseResult(None, 3, "harness")),
        Report("alice", NAME, "review", None, MAX_POINTS, error="the grading process ended twice"),
        Report("alice", NAME, "unreadable", None, MAX_POINTS, error="the file is empty"),
    ],
    ids=["one exercise", "whole submission", "unreadable"],
)
def test_what_has_no_points_has_none_in_either_way(course, monkeypatch, result):
    hand_in(course, "alice", solved())
    write_grades(course, [result])
    in_bulk = submissions(course, NAME)
    write_grades(course, [report("alice")])  # full points, which must not remain
    monkeypatch.setattr(module._ENGINE, "grade", lambda *_, **__: result)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()

    done = NbGraderAPI(config=config).autograde(NAME, "alice")

    assert done["success"] == (result.status != "unreadable"), done
    assert submissions(course, NAME) == in_bulk
    assert any(score.auto is None for score in in_bulk["alice"]["scores"].values())


def test_other_assignments_are_not_run_outside_the_sandbox():
    resources = {"nbgrader": {"assignment": "homework", "notebook": "homework"}}

    with pytest.raises(module.NotGradedError, match="another course directory"):
        module.GradeSubmission().preprocess(None, resources)


class FakeProcess:
    started: ClassVar[list["FakeProcess"]] = []

    def __init__(self, course, layers):
        self.tasks, self.stopped = [], False
        self.started.append(self)

    def grade(self, task):
        self.tasks.append(task)
        return Graded(report(task.student), 0.1)

    def stop(self):
        self.stopped = True


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(module, "GradingProcess", FakeProcess)
    monkeypatch.setattr(FakeProcess, "started", [])
    engine = module._Engine()
    yield engine
    engine.stop()


def test_one_process_grades_all_submissions_until_it_is_idle(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "IDLE_SECONDS", 30)
    engine.grade(Directory(tmp_path), NAME, "alice", unsafe=True)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.01)
    engine.grade(Directory(tmp_path), NAME, "bob", unsafe=True)

    (process,) = FakeProcess.started
    assert [task.student for task in process.tasks] == ["alice", "bob"]
    deadline = time.monotonic() + 60
    while not process.stopped and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.stopped
    engine.grade(Directory(tmp_path), NAME, "carol", unsafe=True)
    assert len(FakeProcess.started) == 2


def test_without_a_whole_sandbox_nothing_is_graded_unless_told(engine, tmp_path, monkeypatch):
    probed = (Layer("seccomp", problem="not here"), Layer("limits"))
    monkeypatch.setattr(module.layers, "probe", lambda: probed)

    with pytest.raises(module.NotGradedError, match="no seccomp"):
        engine.grade(Directory(tmp_path), NAME, "alice", unsafe=False)
    assert FakeProcess.started == []
    engine.grade(Directory(tmp_path), NAME, "alice", unsafe=True)
    assert len(FakeProcess.started) == 1
