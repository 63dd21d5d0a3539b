"""A Dask cluster of real processes, on loopback unless told otherwise."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from distributed import Client

# As `dask scheduler` and `dask worker`; the first word says which.
DASK = "import sys; from dask.__main__ import main; sys.argv[0] = 'dask'; main()"
# A host on which somebody forgot the package.
WITHOUT_PACKAGE = "import sys; sys.modules['autograder'] = None; " + DASK


class Cluster:
    """One scheduler, and workers that can be started and killed."""

    def __init__(
        self,
        folder: Path,
        protocol: str = "tcp",
        *,
        address: str = "127.0.0.1",
        prefix: Sequence[str] = (),
        **environment: str,
    ) -> None:
        self._folder = folder
        # The scheduler has to know this module too, for `finished`.
        own = {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(Path(__file__).parent)}
        self._environment = {**os.environ, **own, **environment}
        self._processes = ExitStack()
        self._number = 0
        place = ["--host", f"{protocol}://{address}", "--port", "0"]
        self.scheduler = self._start(prefix, DASK, "scheduler", *place, "--no-dashboard")
        self.address = _said(self.scheduler, f"{protocol}://")

    def worker(
        self, code: str = DASK, *, prefix: Sequence[str] = (), **environment: str
    ) -> "subprocess.Popen[str]":
        """A worker that has found the scheduler; `prefix` is what to put before its command."""
        self._number += 1
        options = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
        place = ["--local-directory", str(self._folder / f"worker-{self._number}")]
        worker = self._start(prefix, code, "worker", self.address, *options, *place, **environment)
        _said(worker, "Registered to")
        return worker

    def stop(self) -> None:
        """End all that still runs."""
        self._processes.close()

    def _start(
        self, prefix: Sequence[str], code: str, *words: str, **environment: str
    ) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [*prefix, sys.executable, "-c", code, *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**self._environment, **environment},
        )
        self._processes.callback(end, process)
        return process


def end(process: "subprocess.Popen[str]") -> None:
    """Kill it, and wait until it is gone."""
    process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


def wait_for_work(cluster: Cluster) -> None:
    """Wait until a worker has a submission."""
    with Client(cluster.address, set_as_default=False) as client:
        while not any(client.processing().values()):
            time.sleep(0.05)


def finished(dask_scheduler: Any) -> int:
    """How many times the scheduler has seen a task end well."""
    return sum(
        tuple(entry[1:3]) == ("processing", "memory") for entry in dask_scheduler.transition_log
    )


def _said(process: "subprocess.Popen[str]", words: str) -> str:
    """The last word of the line of its log that has `words`."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if words in line:
            return line.split()[-1]
    raise AssertionError("".join(told))
