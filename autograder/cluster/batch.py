"""Grades many submissions on a Dask cluster. Trusted side: so are all hosts of the cluster.

Notebooks, old reports and derived seeds go out, lines of JSON come back. No student code runs on this host.
"""

import json
import logging
import queue
import threading
import time
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli import tell
from autograder.cluster import worker
from autograder.grading.client import put_aside
from autograder.grading.record import readable, record
from autograder.grading.task import Graded, Task, read_result, unreadable
from autograder.reading.notebook import UnreadableError, read_file
from glm2mlp.course import Course

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

LOCAL = "local"
CONNECT_SECONDS = 15.0
WAIT_SECONDS = 60.0  # for a worker, if there is none, and for what it has to say
REST_SECONDS = 5.0  # for workers to end what they have warm
TICK = 2.0  # seconds between two looks at a cluster that says nothing
# Submissions in one task: Dask takes milliseconds for a task, and a lost worker loses a task.
CHUNK = 24
AHEAD = 2  # tasks for each thread of the cluster; more would only fill its memory
# What Dask does all the time to watch itself; as it comes, it takes a tenth of a core for two workers.
CALM = {
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.tick.interval": "1s",
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.worker.profile.enabled": False,
}
OPEN = (
    "this scheduler is used without TLS: whoever can reach it over the network can run code as you; use "
    "tls:// as docs/scale.md says, or a network in which you trust everybody"
)
GONE = "the scheduler is gone; start it, and run the same command again"
ENDED = "one worker of the cluster after the other ended on this submission"


class ClusterError(Exception):
    """The cluster cannot be used; the text says why and what to do."""


def grade_on_cluster(
    tasks: Sequence[Task], address: str, *, course: Course, jobs: int, unsafe: bool
) -> Iterator[Graded]:
    """Grade `tasks` by the workers of the scheduler at `address`; results come as they are ready.

    `local` makes a cluster of `jobs` workers on this host. Raises ClusterError, and SandboxError for what
    a worker that joined later lacks.
    """
    with _connected(address, jobs) as client:
        _examine(client, course, address, unsafe=unsafe)
        batch = _Batch(client, course, tasks, unsafe=unsafe)
        try:
            yield from batch.results()
        finally:
            batch.stop()


class _Batch:
    """Submissions on their way through a cluster, a bounded number at a time."""

    def __init__(
        self, client: "Client", course: Course, tasks: Sequence[Task], *, unsafe: bool
    ) -> None:
        self._client = client
        self._course = course
        # Those of one assignment follow each other, so that a grading process collects its tests once.
        self._waiting = deque(sorted(tasks, key=lambda task: task.assignment))
        self._unsafe = unsafe
        self._running: dict[Future, list[Task]] = {}
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._room = 0
        self._looked = -TICK

    def results(self) -> Iterator[Graded]:
        """The results, as they come."""
        while True:
            self._look()
            while self._waiting and len(self._running) < self._room:
                size = size_of_task(len(self._waiting), self._room)
                yield from self._hand_out([self._waiting.popleft() for _ in range(size)])
            if not self._running:
                return
            # A future may be told twice, at once or when nobody asks for it any more.
            told = dict.fromkeys(self._next_done())
            yield from self._collect([future for future in told if future in self._running])

    def _look(self) -> None:
        """See how many tasks the cluster can take: workers come and go."""
        if time.monotonic() >= self._looked + TICK:
            self._room = max(1, AHEAD * _threads(self._client))
            self._looked = time.monotonic()

    def stop(self) -> None:
        """Call back what has not begun, and let the workers rest."""
        if self._client.status == "running":
            self._client.cancel(list(self._running))
            with suppress(OSError):  # a worker hangs: nobody waits for it
                self._client.run(worker.rest, on_error="ignore", callback_timeout=REST_SECONDS)

    def _hand_out(self, chunk: list[Task]) -> Iterator[Graded]:
        """Send submissions to the cluster; one that is no file has its result at once."""
        orders, no_files = [], []
        for task in chunk:
            try:
                content = read_file(Path(task.notebook))
            except UnreadableError as error:
                told = unreadable(
                    task, self._course.assignments[task.assignment].max_points, str(error)
                )
                no_files.append(_kept(Graded(told, 0.0), task))
            else:
                known = _bytes_of(Path(task.report))
                orders.append((task, replace(task, content=content, known=known, dry_run=True)))
        if orders:
            future = self._client.submit(
                worker.grade,
                [order for _, order in orders],
                worker.versions(self._course),
                unsafe=self._unsafe,
                pure=False,
            )
            self._running[future] = [task for task, _ in orders]
            future.add_done_callback(self._done.put)
        yield from no_files

    def _next_done(self) -> list["Future"]:
        """What is done, one at least. Raises ClusterError if nobody is there to do it."""
        patience = WAIT_SECONDS
        while True:
            try:
                first = self._done.get(timeout=TICK)
            except queue.Empty:
                patience = WAIT_SECONDS if _threads(self._client) else patience - TICK
                if patience > 0:
                    continue
                raise ClusterError(
                    "the cluster has lost its workers; start some, and run the same command again"
                ) from None
            return [first, *(self._done.get() for _ in range(self._done.qsize()))]

    def _collect(self, done: list["Future"]) -> Iterator[Graded]:
        # Asked once: what is finished is forgotten when the worker that holds it ends.
        status = {future: future.status for future in done}
        finished = [future for future in done if status[future] == "finished"]
        try:
            answers = self._client.gather(finished) if finished else []
        except (OSError, CancelledError):
            # One of them was held by a worker that has just ended; handed out again, they cost a little time.
            status |= dict.fromkeys(finished, "lost")
            finished, answers = [], []
        for future, lines in zip(finished, answers, strict=True):
            for task, line in zip(self._running.pop(future), lines, strict=True):
                yield _kept(read_result(line), task)
        for future in done:
            if status[future] == "error":
                yield from self._failed(future, self._running.pop(future))
            elif status[future] != "finished":  # its scheduler does not know it any more
                if self._client.status != "running":
                    raise ClusterError(GONE)
                yield from self._hand_out(self._running.pop(future))

    def _failed(self, future: "Future", chunk: list[Task]) -> Iterator[Graded]:
        """What to do where Dask has an error instead of a result.

        It gives up what several workers ended on: one submission of a chunk may be the reason, so each of
        them is tried alone. Raises ClusterError for any other error.
        """
        from distributed import KilledWorker

        error = future.exception()
        if not isinstance(error, KilledWorker):
            raise ClusterError(f"a worker of the cluster failed: {type(error).__name__}: {error}")
        if len(chunk) > 1:
            for task in chunk:
                yield from self._hand_out([task])
        else:
            yield put_aside(self._course, chunk[0], ENDED)


def size_of_task(waiting: int, room: int) -> int:
    """How many submissions the next task has: few towards the end, so that all workers have some."""
    return max(1, min(CHUNK, waiting // room))


def _kept(result: Graded, task: Task) -> Graded:
    """The result, its report in its place on this host unless it is there already."""
    if result.cached:
        return result
    report, unkept = record(result.report, readable(Path(task.report)), task)
    return replace(result, report=report, unkept=unkept)


def _bytes_of(report: Path) -> bytes | None:
    """The report that is there; None if there is none to be read."""
    try:
        return report.read_bytes()
    except OSError:
        return None


def _threads(client: "Client") -> int:
    """How many submissions the cluster can grade at once. Raises ClusterError if it is gone."""
    try:
        return sum(client.nthreads(callback_timeout=WAIT_SECONDS).values())
    except (OSError, RuntimeError):
        raise ClusterError(GONE) from None


def _examine(client: "Client", course: Course, address: str, *, unsafe: bool) -> None:
    """Raises ClusterError unless there are workers, and each of them can grade."""
    try:
        client.wait_for_workers(1, timeout=WAIT_SECONDS)
    except TimeoutError:
        raise ClusterError(
            f"{address}: the scheduler has no workers; start some: dask worker {address} --nthreads 1"
        ) from None
    wanted = worker.versions(course)
    problems = []
    for name, answer in _descriptions(client).items():
        if isinstance(answer, TimeoutError):
            problem = "does not answer; end it, or start it again"
        elif isinstance(answer, BaseException):
            problem = f"lacks the autograder ({answer}); install the same version there"
        else:
            problem = worker.refusal(json.loads(answer), wanted, unsafe=unsafe)
        if problem:
            problems.append(f"the worker {name} {problem}")
    if problems:
        raise ClusterError("; ".join(problems))


def _descriptions(client: "Client") -> dict[str, str | Exception]:
    """What each worker says of its host, or why it says nothing."""

    def ask(workers: list[str] | None, seconds: float) -> dict[str, str | Exception]:
        # What `run` does not know it hands to Dask's `sync`; without it, a worker that hangs is waited for.
        answers: dict[str, str | Exception] = client.run(
            worker.describe, workers=workers, on_error="return", callback_timeout=seconds
        )
        return answers

    try:
        return ask(None, WAIT_SECONDS)
    except TimeoutError:
        answers: dict[str, str | Exception] = {}
        for name in client.nthreads():
            try:
                answers |= ask([name], TICK)
            except TimeoutError as error:
                answers[name] = error
        return answers


@contextmanager
def _connected(address: str, jobs: int) -> Iterator["Client"]:
    """A client of the scheduler; TLS and all else is as Dask's own configuration has it."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise ClusterError(
            "--dask needs the package distributed: pip install distributed"
        ) from None
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":  # what matters is told by us
            logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        target: str | LocalCluster = address
        if address == LOCAL:
            target = stack.enter_context(_local(jobs))
        elif _is_open(address):
            tell(OPEN)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # of other versions: those that matter are told by us
                client = _client(target)
        except (OSError, ValueError, RuntimeError, TypeError) as error:
            reason = " ".join(str(error).split())
            raise ClusterError(
                f"{address}: no Dask scheduler to be reached ({reason}); start one with `dask scheduler`, "
                "and look at the address and at Dask's settings for TLS"
            ) from None
        yield stack.enter_context(client)


@contextmanager
def _local(jobs: int) -> Iterator["LocalCluster"]:
    """A cluster of `jobs` threads of this process, which no other process can reach.

    Over TCP everybody on this machine could have its scheduler run code. The work is done by grading
    processes, so threads are enough.
    """
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set(CALM),
        LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            processes=False,
            protocol="inproc",
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any port; it is closed below
            memory_limit=None,
        ) as cluster,
    ):
        for node in (cluster.scheduler, *cluster.workers.values()):
            cluster.loop.add_callback(node.http_server.stop)  # which tells everybody how it goes
        yield cluster


def _is_open(address: str) -> bool:
    """Whether the connection to a scheduler has no TLS; an address without a protocol is one of TCP."""
    return address.partition("://")[0] != "tls"


def _client(target: "str | LocalCluster") -> "Client":
    """A client of the scheduler there. Raises what Dask raises, and TimeoutError.

    Dask bounds how long a connection takes, not how long the other side may be silent on it: so does what is
    no scheduler, or one that hangs. It is left alone then.
    """
    from distributed import Client

    made: queue.SimpleQueue[Client | Exception] = queue.SimpleQueue()

    def connect() -> None:
        try:
            made.put(Client(target, timeout=CONNECT_SECONDS, set_as_default=False))
        except Exception as error:
            made.put(error)

    threading.Thread(target=connect, daemon=True).start()
    try:
        result = made.get(timeout=2 * CONNECT_SECONDS)
    except queue.Empty:
        raise TimeoutError(
            "what listens there says nothing: it hangs, or is no scheduler, but for example its dashboard"
        ) from None
    if isinstance(result, Exception):
        raise result
    return result
