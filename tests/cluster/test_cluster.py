"""Grading on a Dask cluster gives the reports of this host, whatever becomes of its workers."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

import dask
import pytest
import yaml
from cluster_kit import WITHOUT_PACKAGE, Cluster, end, finished, wait_for_work
from distributed import Client
from engine_kit import (
    FULL,
    LOGISTIC,
    before,
    descendants,
    hand_in,
    notebook,
    released,
    solved,
    task,
)
from thinning import slow

from autograder.batch import grade_all
from autograder.cluster import batch, worker
from autograder.cluster.batch import ClusterError, grade_on_cluster
from autograder.grading.task import Graded, Task
from autograder.report import read_report, write_report
from autograder.sandbox.terms import LAYERS
from glm2mlp.catalogue import COURSE

REPOSITORY = Path(__file__).parents[2]
CLASS = {
    "right": solved(),
    "wrong": solved(logit="def logit(p):\n    return p"),
    "untouched": released(),
    "crash": before(solved(), "logit", "import os\nos._exit(1)"),
    "broken": json.dumps(notebook(solved()))[:9000],
    "empty": b"",
    "Ü b'\udcff": solved(),
}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """A scheduler and two workers; what else is started has to be ended by who starts it."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.worker()
    cluster.worker()
    yield cluster
    cluster.stop()


@pytest.fixture
def another(tmp_path) -> Iterator[Cluster]:
    """A scheduler without workers, for what does not survive the test."""
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


def tasks_of(folder: Path, reports: str, students=CLASS) -> list[Task]:
    paths = {name: hand_in(folder, cells, name) for name, cells in students.items()}
    paths["missing"] = folder / "submitted" / "missing" / LOGISTIC / f"{LOGISTIC}.ipynb"
    return [task(path, folder / reports / f"{name}.json") for name, path in paths.items()]


def grade(tasks: list[Task], cluster: Cluster, **options) -> dict[str, Graded]:
    results = grade_on_cluster(
        tasks, cluster.address, course=COURSE, **{"jobs": 1, "unsafe": False} | options
    )
    return {result.report.student: result for result in results}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def graded(cluster, tmp_path_factory) -> tuple[Path, dict[str, Graded]]:
    """The class, graded on the cluster."""
    folder = tmp_path_factory.mktemp("class")
    return folder, grade(tasks_of(folder, "reports"), cluster)


def refused(cluster: Cluster, folder: Path, **options) -> str:
    """What is said instead of grading."""
    with pytest.raises(ClusterError) as caught:
        grade(tasks_of(folder, "reports", {"right": solved()}), cluster, **options)
    assert "\n" not in str(caught.value)
    assert not (folder / "reports" / "right.json").exists()
    return str(caught.value)


@slow
def test_results_are_those_of_this_host_byte_for_byte(graded):
    folder, there = graded

    here = {
        result.report.student: result
        for result in grade_all(tasks_of(folder, "here"), course=COURSE, jobs=1, layers=LAYERS)
    }

    assert {name: r.mended for name, r in there.items()} == {
        name: r.mended for name, r in here.items()
    }
    assert contents(folder / "reports") == contents(folder / "here")
    assert set(contents(folder / "reports")) == {f"{name}.json" for name in [*CLASS, "missing"]}


@slow
def test_unchanged_submissions_are_not_graded_again(graded, cluster):
    folder, first = graded
    before_it = contents(folder / "reports")

    again = grade(tasks_of(folder, "reports"), cluster)

    unreadable = {"broken", "empty", "missing"}
    assert {name for name, result in again.items() if not result.cached} == unreadable
    assert {name: r.report for name, r in again.items()} == {
        name: r.report for name, r in first.items()
    }
    assert contents(folder / "reports") == before_it


@slow
def test_dry_run_writes_nothing(cluster, tmp_path):
    tasks = tasks_of(tmp_path, "reports", {"right": solved()})

    results = grade([replace(task, dry_run=True) for task in tasks], cluster)

    assert results["right"].report.points == FULL
    assert not (tmp_path / "reports").exists()


@slow
def test_released_points_stand(cluster, tmp_path):
    tasks = tasks_of(tmp_path, "reports", {"right": solved()})
    graded = grade(tasks, cluster)["right"].report
    better = replace(graded, key="of another grader", points=FULL + 1)
    write_report(better, tmp_path / "reports" / "right.json")

    again = grade([replace(task, released=True) for task in tasks], cluster)["right"].report

    assert again.points == FULL + 1
    assert again.kept is not None
    assert read_report(tmp_path / "reports" / "right.json") == again


def test_tasks_become_small_towards_the_end():
    waiting, sizes = 200, []
    while waiting:
        sizes.append(batch.size_of_task(waiting, room=4))
        waiting -= sizes[-1]

    assert waiting == 0
    assert sizes[0] == batch.CHUNK
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-4:] == [1, 1, 1, 1]  # one for each


def test_settings_that_are_turned_down_are_dasks_and_told_in_the_guide():
    guide = (REPOSITORY / "docs" / "scale.md").read_text()
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)]
    told = [block for block in blocks if "admin" in block["distributed"]]

    for name, value in batch.CALM.items():
        assert dask.config.get(name, None) is not None
        assert dask.config.get(name, config=told[0]) == value


@slow
def test_workers_keep_no_grading_process_when_the_batch_is_over(graded, cluster):
    with Client(cluster.address, set_as_default=False) as client:
        assert set(client.run(lambda: len(worker._idle)).values()) == {0}


@slow
def test_lost_worker_costs_no_submission_and_little_time(another, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "CHUNK", 1)
    students = {f"s{number}": solved() for number in range(8)}
    tasks = tasks_of(tmp_path, "reports", students)
    first, _second = another.worker(), another.worker()
    with Client(another.address, set_as_default=False) as client:
        results = grade_on_cluster(tasks, another.address, course=COURSE, jobs=1, unsafe=False)
        told = [next(results), next(results), next(results)]

        end(first)

        told += results
        times = client.run_on_scheduler(finished)
    assert {result.report.points for result in told} == {FULL, None}
    assert len(told) == len(tasks) == len({result.report.student for result in told})
    assert len(students) <= times <= len(students) + batch.AHEAD
    reports = {
        (tmp_path / "reports" / f"{name}.json").read_bytes().replace(f'"{name}"'.encode(), b"")
        for name in students
    }
    assert len(reports) == 1  # the same answers, whoever graded them


@slow
def test_submission_on_which_workers_end_is_put_aside_and_the_others_are_graded(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(batch, "size_of_task", lambda waiting, room: waiting)
    slow = before(solved(), "logit", "import time\ntime.sleep(60)")
    tasks = tasks_of(tmp_path, "reports", {"right": solved(), "slow": slow})
    # The first worker that ends on a submission is enough for the scheduler to give up.
    cluster = Cluster(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    try:
        victim = cluster.worker()
        results = grade_on_cluster(tasks, cluster.address, course=COURSE, jobs=1, unsafe=False)
        told = [next(results)]  # what is missing is told first
        wait_for_work(cluster)
        end(victim)  # both were in one task: now each is tried alone
        victim = cluster.worker()
        told.append(next(results))
        wait_for_work(cluster)
        end(victim)
        told += results
    finally:
        cluster.stop()
    reports = {result.report.student: result.report for result in told}
    assert reports["right"].points == FULL
    assert (reports["slow"].status, reports["slow"].points) == ("review", None)
    assert "one worker of the cluster after the other" in reports["slow"].error


def begun(cluster, tmp_path):
    """What is still to come of a batch in which a slow submission is being graded."""
    slow = before(solved(), "logit", "import time\ntime.sleep(60)")
    tasks = tasks_of(tmp_path, "reports", {"slow": slow})
    results = grade_on_cluster(tasks, cluster.address, course=COURSE, jobs=1, unsafe=False)
    next(results)  # what is missing is told first
    wait_for_work(cluster)
    return results


@slow
def test_cluster_that_loses_its_last_worker_is_told(another, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "WAIT_SECONDS", 4.0)
    only = another.worker()
    results = begun(another, tmp_path)

    end(only)

    with pytest.raises(ClusterError, match="has lost its workers; start some"):
        list(results)


@slow
def test_scheduler_that_ends_is_told(another, tmp_path):
    another.worker()
    results = begun(another, tmp_path)

    end(another.scheduler)

    with pytest.raises(ClusterError, match="the scheduler is gone"):
        list(results)


# What hangs and does not end


@pytest.fixture
def hung(another) -> Iterator[Cluster]:
    """A cluster of one worker that can grade, and one that does not answer."""
    another.worker()
    worker = another.worker()
    os.kill(worker.pid, signal.SIGSTOP)
    yield another
    os.kill(worker.pid, signal.SIGCONT)


@slow
def test_worker_that_does_not_answer_is_told(hung, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "WAIT_SECONDS", 5.0)

    told = refused(hung, tmp_path)

    assert told.endswith("does not answer; end it, or start it again")
    assert told.count("the worker ") == 1


@slow
def test_who_stops_a_batch_does_not_wait_for_a_worker_that_hangs(hung, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "_examine", lambda *_, unsafe: None)
    monkeypatch.setattr(batch, "REST_SECONDS", 0.5)
    results = grade_on_cluster(
        tasks_of(tmp_path, "reports", {}), hung.address, course=COURSE, jobs=1, unsafe=False
    )
    assert next(results).report.student == "missing"

    results.close()


@slow
def test_scheduler_that_hangs_is_told(another, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "WAIT_SECONDS", 4.0)
    another.worker()
    results = begun(another, tmp_path)

    os.kill(another.scheduler.pid, signal.SIGSTOP)

    with pytest.raises(ClusterError, match="the scheduler is gone"):
        list(results)


# What cannot grade


def test_scheduler_that_does_not_answer_is_told(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "CONNECT_SECONDS", 1.0)
    monkeypatch.setattr(cluster, "address", "tcp://127.0.0.1:9")

    assert "tcp://127.0.0.1:9: no Dask scheduler" in refused(cluster, tmp_path)


@slow
def test_what_takes_a_connection_and_says_nothing_is_told(another, tmp_path, monkeypatch):
    """As a scheduler that hangs does, and its dashboard, or any other program on that port."""
    monkeypatch.setattr(batch, "CONNECT_SECONDS", 1.0)
    os.kill(another.scheduler.pid, signal.SIGSTOP)

    assert "what listens there says nothing" in refused(another, tmp_path)


@slow
def test_scheduler_without_workers_is_told(another, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "WAIT_SECONDS", 0.5)

    assert f"start some: dask worker {another.address}" in refused(another, tmp_path)


def test_missing_dask_is_told(cluster, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    assert "pip install distributed" in refused(cluster, tmp_path)


def test_workers_with_other_versions_are_told(cluster, tmp_path, monkeypatch):
    mine = worker.versions(COURSE)
    monkeypatch.setattr(worker, "versions", lambda _: mine | {"numpy": "9.9.9"})

    told = refused(cluster, tmp_path)

    assert f"has numpy {mine['numpy']} instead of 9.9.9; install the same" in told
    assert told.count("the worker tcp://127.0.0.1:") == 2


def test_worker_without_the_package_is_told(cluster, tmp_path):
    bare = cluster.worker(WITHOUT_PACKAGE)
    try:
        assert "lacks the autograder" in refused(cluster, tmp_path)
    finally:
        end(bare)


@slow
def test_worker_without_a_sandbox_is_told_and_grades_with_unsafe(another, tmp_path):
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho 'no permission' >&2\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    another.worker(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    assert "no namespaces (no permission: install bubblewrap" in refused(another, tmp_path)
    tasks = tasks_of(tmp_path, "reports", {"right": solved()})
    assert "namespaces" not in grade(tasks, another, unsafe=True)["right"].report.sandbox


# Who can reach a scheduler


def listening(pid: int) -> list[str]:
    """The TCP ports at which a process and those below it listen."""
    ports = []
    for process in (pid, *descendants(pid)):
        own = {os.readlink(each) for each in Path(f"/proc/{process}/fd").iterdir() if each.exists()}
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
                address, state, inode = itemgetter(1, 3, 9)(line.split())
                if state == "0A" and f"socket:[{inode}]" in own:
                    ports.append(str(int(address.rpartition(":")[2], 16)))
    return ports


def test_local_cluster_cannot_be_reached_by_another_process(tmp_path):
    """Whoever can connect to a scheduler can have it run code."""
    tasks = tasks_of(tmp_path, "reports", {"right": solved()})
    before_it = listening(os.getpid())
    results = grade_on_cluster(tasks, "local", course=COURSE, jobs=1, unsafe=False)
    told = [next(results)]

    assert [port for port in listening(os.getpid()) if port not in before_it] == []
    told += results
    assert {result.report.points for result in told} == {FULL, None}


def test_scheduler_without_tls_is_said_to_be_open(cluster, tmp_path, capsys):
    grade(tasks_of(tmp_path, "reports", {}), cluster)

    (line,) = capsys.readouterr().err.splitlines()
    assert "whoever can reach it over the network can run code as you; use tls://" in line


# TLS, by Dask's own configuration


@pytest.fixture
def tls(tmp_path) -> dict[str, str]:
    """Dask's settings for a certificate that signs itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *(
                "-nodes",
                "-subj",
                "/CN=autograder",
                "-days",
                "2",
                "-keyout",
                key,
                "-out",
                certificate,
            ),
        ],
        check=True,
        capture_output=True,
    )
    settings = {
        "distributed.comm.tls.ca-file": certificate,
        "distributed.comm.require-encryption": True,
    }
    for role in ("client", "scheduler", "worker"):
        settings[f"distributed.comm.tls.{role}.key"] = key
        settings[f"distributed.comm.tls.{role}.cert"] = certificate
    return {name: str(value) for name, value in settings.items()}


def test_cluster_behind_tls_grades_who_has_the_certificate_and_nobody_else(
    tls, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(batch, "CONNECT_SECONDS", 3.0)
    names = {name: name.upper().replace(".", "__").replace("-", "_") for name in tls}
    cluster = Cluster(
        tmp_path, "tls", **{f"DASK_{names[name]}": value for name, value in tls.items()}
    )
    try:
        cluster.worker()
        assert "no Dask scheduler to be reached" in refused(cluster, tmp_path)
        capsys.readouterr()
        with dask.config.set(tls):
            results = grade(tasks_of(tmp_path, "reports", {"right": solved()}), cluster)
        assert "without TLS" not in capsys.readouterr().err
        assert results["right"].report.points == FULL
    finally:
        cluster.stop()
