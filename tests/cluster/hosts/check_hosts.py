"""Grading on hosts that share no disk, while one is cut off and another one loses its worker."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster_kit import Cluster, end
from engine_kit import LOGISTIC, before, hand_in, released, solved
from network import Network

from autograder.cluster.batch import OPEN

MAIN, STAYS, CUT_OFF, LOSES_ITS_WORKER = "main", "stays", "cut", "loses"
ANSWERS = (
    solved(),
    solved(logit="def logit(p):\n    return p"),
    released(),
    before(solved(), "logit", "import os\nos._exit(1)"),
)
CLASS = 72
AUTOGRADER = ("-W", "ignore", "-m", "autograder.cli")

# The name of each worker's host, and whether it sees the course.
LOOK = """
import json, pathlib, platform, sys
from distributed import Client

def look(course):
    return platform.node(), pathlib.Path(course).exists()

with Client(sys.argv[1], set_as_default=False) as client:
    client.wait_for_workers(3, timeout=30)
    print(json.dumps(sorted(client.run(look, sys.argv[2]).values())))
"""


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network(MAIN, STAYS, CUT_OFF, LOSES_ITS_WORKER)
    yield network
    network.remove()


def reports(course: Path) -> dict[str, bytes]:
    folder = course / "reports" / LOGISTIC
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*.json")}


def wait_for_reports(number: int, course: Path, run: "subprocess.Popen[bytes]") -> None:
    """Wait until so many are there, which is not all."""
    while len(reports(course)) < number:
        assert run.poll() is None
        time.sleep(0.02)
    assert len(reports(course)) < CLASS


def test_reports_are_those_of_one_host_and_nothing_is_left(network, tmp_path):
    course = tmp_path / "course"
    course.mkdir(mode=0o700)
    for number in range(CLASS):
        hand_in(course, ANSWERS[number % len(ANSWERS)], f"s{number:02}")
    grade = [sys.executable, *AUTOGRADER, "grade", LOGISTIC, "--course", str(course), "--json"]
    subprocess.run(grade, check=True, stdout=subprocess.DEVNULL)
    expected = reports(course)
    shutil.rmtree(course / "reports")
    cluster = Cluster(tmp_path, address=network.address(MAIN), prefix=network.on(MAIN))
    try:
        workers = {
            host: cluster.worker(prefix=network.on_another_machine(host, tmp_path))
            for host in (STAYS, CUT_OFF, LOSES_ITS_WORKER)
        }
        look = [*network.on(MAIN), sys.executable, "-c", LOOK, cluster.address, str(course)]
        told = json.loads(subprocess.run(look, check=True, capture_output=True).stdout)
        with subprocess.Popen(
            [*network.on(MAIN), *grade, "--dask", cluster.address],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as run:
            # Each worker has two tasks until nothing is waiting any more, so both are lost in mid-work.
            wait_for_reports(CLASS // 12, course, run)
            network.cut(CUT_OFF)
            wait_for_reports(CLASS // 4, course, run)
            end(workers[LOSES_ITS_WORKER])
            complaints = run.communicate()[1].decode()
    finally:
        cluster.stop()

    assert (run.returncode, complaints) == (0, f"autograder: {OPEN}\n")
    assert told == [[host, False] for host in sorted(workers)]
    assert len(expected) == CLASS
    assert reports(course) == expected
    network.remove()
    deadline = time.monotonic() + 30
    while (left := network.left()) and time.monotonic() < deadline:
        time.sleep(0.2)  # a grading process ends its submission first
    assert left == []
