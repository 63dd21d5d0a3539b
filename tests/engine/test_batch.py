"""A batch: every student appears in it, whatever becomes of the processes that grade."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from engine_kit import (
    FULL,
    LOGISTIC,
    ROOMY,
    SOFTMAX,
    before,
    descendants,
    hand_in,
    notebook,
    released,
    runs,
    solved,
    task,
    wait_for_the_end_of,
    zygote_below,
)
from thinning import slow, some

from autograder.batch import grade_all
from autograder.grading import client
from autograder.grading.task import task_line
from autograder.report import read_report
from autograder.sandbox.terms import LAYERS, SandboxError
from glm2mlp.catalogue import COURSE

WRONG = "def logit(p):\n    return p"
CLASS = {
    "right": solved(),
    "wrong": solved(logit=WRONG),
    "untouched": released(),
    "crash": before(solved(), "logit", "import os\nos._exit(1)"),
    "repaired": [cell | {"metadata": {}} for cell in solved()],
    "empty": b"",
    "broken": json.dumps(notebook(solved()))[:9000],
    "old": {"nbformat": 3, "worksheets": []},
    "other": solved(SOFTMAX),
    "Ü b'\udcff": solved(),
}
STATUS = {
    name: "unreadable" if name in ("empty", "broken", "old", "other", "missing") else "graded"
    for name in [*CLASS, "missing"]
}


def tasks_of(folder: Path, names=None, reports: str = "reports") -> list:
    tasks = []
    for name in names or [*CLASS, "missing"]:
        if name in CLASS:
            path = hand_in(folder, CLASS[name], name)
        else:
            path = folder / "submitted" / name / LOGISTIC / f"{LOGISTIC}.ipynb"
        tasks.append(task(path, folder / reports / f"{name}.json"))
    return tasks


def run(tasks, jobs=1) -> dict:
    return {
        result.report.student: result
        for result in grade_all(tasks, course=COURSE, jobs=jobs, layers=LAYERS)
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> tuple[Path, dict]:
    """The class, graded by two processes."""
    folder = tmp_path_factory.mktemp("class")
    return folder, run(tasks_of(folder), jobs=2)


def test_every_student_appears_with_a_status(graded):
    _, results = graded

    assert {name: result.report.status for name, result in results.items()} == STATUS


def test_every_result_is_on_the_disk_and_nothing_else(graded):
    folder, results = graded

    assert set(contents(folder / "reports")) == {f"{name}.json" for name in STATUS}
    for name, result in results.items():
        assert read_report(folder / "reports" / f"{name}.json") == result.report


def test_unreadable_submission_is_told_in_one_line_with_its_file(graded):
    folder, results = graded

    for name in ("empty", "broken", "old", "other", "missing"):
        report = results[name].report
        assert report.error.startswith(f"{folder}/submitted/{name}/{LOGISTIC}/{LOGISTIC}.ipynb: ")
        assert "\n" not in report.error
        assert (report.points, report.max_points, report.exercises) == (None, FULL, {})


def test_report_holds_what_a_replay_needs_and_no_key(graded):
    report = graded[1]["wrong"].report

    assert {"name": "logit", "mode": "answer", "source": WRONG} in report.answers
    assert type(report.seed) is int
    assert set(report.versions) >= {"python", "numpy", "sympy"}
    assert report.sandbox == LAYERS
    assert len(report.key) == 64


def test_what_formgrader_shows_comes_along_with_what_could_be_read(graded):
    shown = {name: result.mended for name, result in graded[1].items()}

    assert {name for name, cells in shown.items() if cells is None} == {
        name for name, status in STATUS.items() if status == "unreadable"
    }
    assert {"id": "logit", "source": WRONG} in shown["wrong"]
    assert "logit" in shown["untouched"]


def test_repairs_are_in_the_report(graded):
    assert graded[1]["repaired"].report.points == FULL
    assert any("«logit»" in repair for repair in graded[1]["repaired"].report.repairs)


def test_same_bytes_by_one_process_as_by_two(graded, grading_process):
    folder, _ = graded

    for one in tasks_of(folder, reports="again"):
        grading_process.grade(one)

    assert contents(folder / "again") == contents(folder / "reports")


def test_unchanged_submissions_are_not_graded_again(graded, grading_process):
    folder, results = graded
    before_it = contents(folder / "reports")

    again = {one.student: grading_process.grade(one) for one in tasks_of(folder)}

    cached = {name for name, result in again.items() if result.cached}
    assert cached == {name for name, status in STATUS.items() if status == "graded"}
    assert {name: (result.report, result.mended) for name, result in again.items()} == {
        name: (result.report, result.mended) for name, result in results.items()
    }
    assert contents(folder / "reports") == before_it


# Old reports


@pytest.mark.parametrize(
    "old", ["", "{", "null", '{"exercises": []}', "[" * 100_000], ids=lambda old: old[:20]
)
def test_broken_report_is_made_again(grading_process, tmp_path, old):
    (one,) = tasks_of(tmp_path, ["right"])
    Path(one.report).parent.mkdir()
    Path(one.report).write_text(old)

    graded = grading_process.grade(one)

    assert (graded.report.points, graded.cached) == (FULL, False)
    assert read_report(Path(one.report)) == graded.report


def test_changed_or_forced_submission_is_graded_again(grading_process, tmp_path):
    (one,) = tasks_of(tmp_path, ["right"])
    grading_process.grade(one)
    assert grading_process.grade(one).cached

    assert not grading_process.grade(replace(one, force=True)).cached
    assert not grading_process.grade(replace(one, seed=8)).cached
    hand_in(tmp_path, CLASS["wrong"], "right")
    graded = grading_process.grade(one)

    assert not graded.cached
    assert graded.report.points == FULL - 1


def test_submission_that_became_unreadable_loses_its_old_report(grading_process, tmp_path):
    (one,) = tasks_of(tmp_path, ["right"])
    grading_process.grade(one)
    Path(one.notebook).unlink()

    assert grading_process.grade(one).report.status == "unreadable"
    assert read_report(Path(one.report)).status == "unreadable"


def test_notebook_under_another_name_is_told(grading_process, tmp_path):
    (one,) = tasks_of(tmp_path, ["right"])
    other = Path(one.notebook).rename(Path(one.notebook).with_name("my copy.ipynb"))

    report = grading_process.grade(replace(one, notebook=str(other))).report

    assert report.points == FULL
    assert any("my copy.ipynb" in repair for repair in report.repairs)


def test_assignments_take_turns(grading_process, tmp_path):
    # With failures in between: they are the students', not those of the process.
    for i, (assignment, cells) in enumerate(
        [(LOGISTIC, CLASS["wrong"]), (SOFTMAX, solved(SOFTMAX)), (LOGISTIC, CLASS["right"])]
    ):
        path = hand_in(tmp_path, cells, assignment=assignment)
        report = grading_process.grade(task(path, tmp_path / f"{i}.json", assignment)).report
        assert report.status == "graded"


# Dead processes


def test_zygote_that_was_killed_is_replaced(grading_process, tmp_path):
    first, second = tasks_of(tmp_path, ["right", "wrong"])
    grading_process.grade(first)
    zygote = zygote_below(grading_process.pid)

    os.kill(zygote, 9)

    assert wait_for_the_end_of(zygote)
    assert grading_process.grade(second).report.points == FULL - 1
    assert grading_process.alive()


def test_zygote_killed_in_mid_run_costs_nothing(grading_process, tmp_path):
    cells = before(solved(), "logit", "import time\ntime.sleep(0.6)")
    (one,) = tasks_of(tmp_path, ["right"])
    grading_process.grade(one)
    hand_in(tmp_path, cells, "right")
    # Whenever it strikes, the result is the same.
    timer = threading.Timer(0.3, os.kill, (zygote_below(grading_process.pid), 9))
    timer.start()

    report = grading_process.grade(one).report

    timer.join()
    assert (report.status, report.points) == ("graded", FULL)


@pytest.fixture
def killed(monkeypatch):
    """Kills the grading processes of a batch when they have started, as often as it is told."""
    started = []
    start = client.GradingProcess._start

    def kill_first(times: int) -> list:
        def start_and_kill(self):
            process = start(self)
            started.append(process)
            if len(started) <= times:
                process.kill()
            return process

        monkeypatch.setattr(client.GradingProcess, "_start", start_and_kill)
        return started

    return kill_first


@slow
def test_dead_processes_are_replaced_and_the_batch_goes_on(killed, tmp_path):
    started = killed(3)

    results = run(tasks_of(tmp_path, ["right", "wrong"]))

    put_aside, graded = results["right"].report, results["wrong"].report
    assert len(started) == 4  # two died on the first submission, one on the second
    assert (put_aside.status, put_aside.points) == ("review", None)
    assert f"{LOGISTIC}.ipynb: " in put_aside.error
    assert (graded.status, graded.points) == ("graded", FULL - 1)
    assert read_report(tmp_path / "reports" / "right.json") == put_aside


@slow
def test_process_that_hangs_is_killed_and_the_batch_goes_on(tmp_path, monkeypatch):
    patience = iter([0.0, 0.0])  # for the first submission, and for its second try
    monkeypatch.setattr(client, "_patience", lambda _: next(patience, 60.0))

    results = run(tasks_of(tmp_path, ["right", "wrong"]))

    assert results["right"].report.status == "review"
    assert results["wrong"].report.points == FULL - 1


def test_process_that_does_not_start_ends_the_batch(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(SandboxError, match="does not start"):
        run(tasks_of(tmp_path, ["right", "wrong"]))
    assert not (tmp_path / "reports").exists()  # nobody is put aside for it


@slow
def test_process_that_is_killed_while_it_starts_is_started_again(tmp_path, monkeypatch):
    python = tmp_path / "python"
    once = f"mkdir {tmp_path / 'once'} 2>/dev/null && kill -KILL $$"
    python.write_text(f'#!/bin/sh\n{once}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))

    results = run(tasks_of(tmp_path, ["right", "wrong"]))

    assert (tmp_path / "once").is_dir()
    assert [one.report.points for one in results.values()] == [FULL, FULL - 1]


@slow
def test_batch_without_a_sandbox_says_so(tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "bwrap").write_text("#!/bin/sh\necho 'no permission' >&2\nexit 1\n")
    (tools / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)

    with pytest.raises(SandboxError, match="no permission"):
        run(tasks_of(tmp_path, ["right", "wrong"]))


def test_what_was_not_started_is_not_graded(tmp_path):
    results = grade_all(
        tasks_of(tmp_path, ["empty", "right", "wrong"]), course=COURSE, jobs=1, layers=LAYERS
    )

    next(results)
    results.close()

    assert len(contents(tmp_path / "reports")) < 3


# What is asked for


@slow
def test_unknown_assignment_is_told_and_the_batch_goes_on(tmp_path):
    first, second = tasks_of(tmp_path, ["right", "empty"])
    unknown = replace(first, assignment="astrology")

    results = run([unknown, second])

    assert results["right"].report.status in ("unreadable", "review")
    assert "astrology" in results["right"].report.error
    assert results["empty"].report.status == "unreadable"


def test_batch_of_nothing_is_nothing():
    assert run([]) == {}


@pytest.mark.timeout(20)
def test_less_than_one_process_is_refused(tmp_path):
    with pytest.raises(ValueError, match="jobs"):
        run(tasks_of(tmp_path, ["empty"]), jobs=0)


@slow
def test_options_of_the_instructors_own_pytest_do_not_apply(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-n 4 -k sigmoid --maxfail=1")
    monkeypatch.setenv("PYTEST_PLUGINS", "no.such.plugin")

    assert run(tasks_of(tmp_path, ["right"]))["right"].report.points == FULL


# A batch that was killed

DRIVER = """
import json, sys
from autograder.batch import grade_all
from autograder.grading.task import Task
from autograder.sandbox.terms import Limits
from glm2mlp.catalogue import COURSE, COURSE

layers, *tasks = json.loads(sys.stdin.read())
tasks = [Task(**{**task, "limits": Limits(**task["limits"])}) for task in tasks]
for result in grade_all(tasks, course=COURSE, jobs=1, layers=tuple(layers)):
    print(result.report.student, flush=True)
"""


def driver_of(tasks, layers=LAYERS) -> "subprocess.Popen[str]":
    """A batch in a process of its own."""
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    driver.stdin.write(json.dumps([layers, *(json.loads(task_line(one)) for one in tasks)]))
    driver.stdin.close()
    return driver


def worker_below(pid: int) -> list[int]:
    """All processes below a batch, when the worker of a student is among them."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(LookupError, OSError):  # it changes while it is looked at
            if descendants(zygote_below(pid)):
                return descendants(pid)
        time.sleep(0.02)
    raise AssertionError("no worker was started")


BUSY = {"at work": "pow(3, 10**10)", "asleep": "time.sleep(600)"}


@pytest.mark.parametrize(
    "layers",
    some([LAYERS, [], [name for name in LAYERS if name != "namespaces"]], kind=bool),
    ids=["all layers", "no layer", "no namespaces"],
)
@pytest.mark.parametrize("busy", some(BUSY))
def test_nothing_outlives_a_batch_that_is_killed_in_the_middle_of_a_submission(
    tmp_path, busy, layers
):
    cells = before(solved(), "sigmoid", f"import time\n{BUSY[busy]}")
    limits = replace(ROOMY, cell_cpu=600.0, cell_wall=600.0, submission_cpu=600.0)
    driver = driver_of([task(hand_in(tmp_path, cells), tmp_path / "r.json", limits=limits)], layers)
    below = worker_below(driver.pid)

    driver.kill()
    driver.wait()
    driver.stdout.close()

    deadline = time.monotonic() + 8
    while left := [pid for pid in below if runs(pid)]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.01)


def test_process_that_only_starts_ends_with_its_batch(tmp_path):
    driver = driver_of([task(hand_in(tmp_path, solved()), tmp_path / "r.json")])
    while not (below := descendants(driver.pid)):
        time.sleep(0.001)

    driver.kill()
    driver.wait()
    driver.stdout.close()

    assert all(map(wait_for_the_end_of, below))
    assert not (tmp_path / "r.json").exists()


@slow
def test_batch_that_is_interrupted_lets_its_process_finish_the_submission(tmp_path):
    cells = before(solved(), "sigmoid", "import time\ntime.sleep(1)")
    driver = driver_of([task(hand_in(tmp_path, cells), tmp_path / "r.json")])
    below = worker_below(driver.pid)

    driver.send_signal(signal.SIGINT)
    driver.wait()
    driver.stdout.close()

    assert all(map(wait_for_the_end_of, below))
    assert read_report(tmp_path / "r.json").points == FULL


def test_killed_batch_leaves_nothing_half_done_and_is_finished_by_the_next(tmp_path):
    names = [f"s{i}" for i in range(8)]
    tasks = [
        task(hand_in(tmp_path, solved(), n), tmp_path / "reports" / f"{n}.json") for n in names
    ]
    driver = driver_of(tasks)
    first = driver.stdout.readline().strip()
    below = descendants(driver.pid)

    driver.kill()
    driver.wait()
    driver.stdout.close()

    assert all(map(wait_for_the_end_of, below)), "a process outlives its batch"
    left = contents(tmp_path / "reports")
    assert f"{first}.json" in left
    assert set(left) <= {f"{name}.json" for name in names}
    results = run(tasks)
    assert set(results) == set(names)
    assert results[first].cached
    assert {result.report.points for result in results.values()} == {FULL}
    assert contents(tmp_path / "reports").items() >= left.items()


def test_sandbox_ends_with_a_grading_process_that_was_killed(grading_process, tmp_path):
    (one,) = tasks_of(tmp_path, ["right"])
    grading_process.grade(one)
    below = descendants(grading_process.pid)
    assert below

    os.kill(grading_process.pid, 9)

    assert all(map(wait_for_the_end_of, [grading_process.pid, *below])), "the zygote lives on"
