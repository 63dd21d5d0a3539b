"""The zygote and its workers, as the grader holds them. Trusted side.

A `Sandbox` is one zygote behind its walls; `Sandbox.spawn` gives a `WorkerProcess`, and ends the one before.
Whatever a worker does, a request ends: with a reply, or with `WorkerLostError` that says how it was lost.
"""

import contextlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal

from autograder.sandbox import jail, system_calls
from autograder.sandbox.terms import LAYERS, Limits, SandboxError
from autograder.worker import wire

TICK = 0.25  # seconds between two looks at a worker that has not answered yet
START_SECONDS = 120.0


Lender = Callable[[str, tuple[Any, ...], dict[str, Any]], Any]
MAX_LOANS = 10_000  # of one request


class WorkerLostError(Exception):
    """The worker gave no (valid) reply and has been ended."""

    def __init__(self, outcome: Literal["timeout", "memory", "crashed"], detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


class Sandbox:
    """One zygote. Start it from the main thread: bubblewrap ends with the thread that started it.

    `whole`: with the student package and all that it requires, for the notebooks' own checks. A sandbox
    without it starts one of these, as a second zygote, when a worker has to run checks.
    """

    def __init__(
        self,
        *,
        layers: tuple[str, ...] = LAYERS,
        whole: bool = False,
        course_files: Mapping[str, Path] = jail.NO_FILES,
    ) -> None:
        self._course_files = course_files
        self.layers = layers
        self.whole = whole
        self._for_checks: Sandbox | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._worker: WorkerProcess | None = None
        self._address_space = 0
        self._brought: set[str] = set()

    def start(self) -> None:
        """Start the zygote and wait until it is warm. Raises SandboxError."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(START_SECONDS)
        self._control = ours
        with tempfile.TemporaryFile() as errors:
            try:
                self._start_process(theirs, errors)
                self._await_answer()
                self._read_answer()
            except (OSError, jail.JailError, SandboxError) as error:
                errors.seek(0)
                said = errors.read()[-2000:].decode(errors="replace").strip()
                self._stop_zygote()
                raise SandboxError(f"the sandbox does not start: {said or error}") from None
        self._brought.clear()
        self._measure()

    def _measure(self) -> None:
        assert self._process is not None
        self._address_space = jail.address_space_below(self._process.pid)

    def _start_process(self, theirs: socket.socket, errors: IO[bytes]) -> None:
        with theirs:
            self._process = subprocess.Popen(
                self._command(theirs.fileno()),
                pass_fds=[theirs.fileno()],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                process_group=0,
            )

    def ensure_started(self) -> None:
        """Start the zygote unless it runs. Raises SandboxError."""
        if self._process is None or self._has_ended():
            self._stop_zygote()
            self.start()

    def _has_ended(self) -> bool:
        """Whether the process has ended; it is left for `stop` to bury, so that its number stays its own."""
        assert self._process is not None
        how = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, how) is not None

    def stop(self) -> None:
        """End the zygote, and with it all that it started; the one for checks too."""
        self._stop_zygote()
        if self._for_checks is not None:
            self._for_checks.stop()

    def _stop_zygote(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            # The whole group: the child of a bubblewrap that was killed while it started waits for ever.
            with contextlib.suppress(ProcessLookupError):  # killed before it had one
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def spawn(self, limits: Limits, libraries: Collection[str] = ()) -> "WorkerProcess":
        """A fresh worker; the one before is ended. Restarts a zygote that has died.

        `libraries` are some of `autograder.worker.worker.LIBRARIES`: the worker finds them imported. Of those
        that are not among them nothing is in its memory, and it may not read their files.
        """
        self._end_worker()
        if "checks" in libraries and not self.whole:
            self._for_checks = self._for_checks or Sandbox(
                layers=self.layers, whole=True, course_files=self._course_files
            )
            return self._for_checks.spawn(limits, libraries)
        if not self.whole and not self._brought <= set(libraries):
            self._stop_zygote()
        self.ensure_started()
        if missing := set(libraries) - self._brought:
            self.ask({"do": "bring", "libraries": sorted(missing)})
            self._brought |= missing
            self._measure()
        ours, theirs = socket.socketpair()
        order = {
            "do": "spawn",
            "layers": self.layers,
            "limits": {
                "cpu_seconds": int(limits.submission_cpu) + 5,
                "address_space": self._address_space + limits.memory
                if "limits" in self.layers
                else resource.RLIM_INFINITY,
                "file_size": jail.SCRATCH_BYTES,
            },
            "readable": self._readable(libraries),
            "system_calls": system_calls.program().hex() if "seccomp" in self.layers else "",
        }
        with theirs:
            self.ask(order, descriptors=[theirs.fileno()])
        self._worker = WorkerProcess(self, ours)
        return self._worker

    def _end_worker(self) -> None:
        for each in (self, self._for_checks):
            if each is not None and each._worker is not None:
                with contextlib.suppress(SandboxError):  # a zygote that died has ended it already
                    each._worker.end()

    def ask(self, order: dict[str, Any], descriptors: list[int] | None = None) -> dict[str, Any]:
        """Give the zygote an order and return its answer. Raises SandboxError if it is gone."""
        if self._control is None:
            raise SandboxError("the sandbox is not running")
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], descriptors or [])
        except OSError as error:
            raise SandboxError(f"the sandbox is gone: {error}") from None
        return self._read_answer()

    def forget(self, worker: "WorkerProcess", *, clean: bool) -> None:
        """The worker has ended; a scratch that could not be emptied costs a new sandbox."""
        if self._worker is worker:
            self._worker = None
        if not clean:
            self._stop_zygote()

    def _await_answer(self) -> None:
        """Wait for the first answer: what holds the other end of the socket may be unable to give it."""
        assert self._control is not None
        deadline = time.monotonic() + START_SECONDS
        while not select.select([self._control], [], [], TICK)[0]:
            if self._has_ended() or time.monotonic() > deadline:
                raise SandboxError("the sandbox has ended, or is too slow")

    def _read_answer(self) -> dict[str, Any]:
        assert self._control is not None
        try:
            message = self._control.recv(1 << 16)
        except OSError as error:
            self._stop_zygote()  # a late answer would be taken for that to the next question
            raise SandboxError(f"the sandbox does not answer: {error}") from None
        if not message:
            raise SandboxError("the sandbox has ended")
        return json.loads(message)  # type: ignore[no-any-return]

    def _command(self, control: int) -> list[str]:
        if "namespaces" in self.layers:
            return jail.command(control, whole=self.whole, course_files=self._course_files)
        return jail.zygote_command(control)

    def _readable(self, libraries: Collection[str]) -> list[str]:
        """What a worker may read, by the names that it has there."""
        folders = list(jail.readable_folders(libraries))
        if "namespaces" not in self.layers:
            folders += jail.bound(whole=True, course_files=self._course_files).values()
        return folders

    def _environment(self) -> dict[str, str]:
        """With walls, bubblewrap makes it; without, the same with the paths of this side."""
        if "namespaces" in self.layers:
            return {}
        package = str(Path(__file__).parents[2])
        paths = [package, *(p for p in sys.path if p and p != package)]
        return {**jail.environment(), "PYTHONPATH": os.pathsep.join(paths)}


class WorkerProcess:
    """One worker: requests go out and replies come in, bounded in time, size and shape."""

    def __init__(self, sandbox: Sandbox, channel: socket.socket) -> None:
        self._sandbox = sandbox
        self._channel = channel
        self._channel.settimeout(TICK)
        self._requests = 0
        self._ended = False
        self.cpu = 0.0
        self.lent = 0.0  # seconds of ours, for what it borrowed

    def request(
        self, message: dict[str, Any], *, cpu: float, wall: float, lender: Lender | None = None
    ) -> dict[str, Any]:
        """Send a request and return its reply, as `request_all` does it."""
        return self.request_all([message], cpu=cpu, wall=wall, lender=lender)[0]

    def request_all(
        self,
        messages: Sequence[dict[str, Any]],
        *,
        cpu: float,
        wall: float,
        lender: Lender | None = None,
    ) -> list[dict[str, Any]]:
        """Send requests in one frame and return the reply to each, within seconds of CPU and of wall clock.

        `lender` answers what the worker asks for in between; it raises ValueError for what it does not
        lend. Raises WorkerLostError (the worker has then been ended), wire.UnsendableError, SandboxError.
        """
        if self._ended:
            raise SandboxError("the worker is gone, with the sandbox that it was in")
        if wall <= 0:
            self.end()
            raise WorkerLostError("timeout", "no time is left for another request")
        first = self._requests + 1
        self._requests += len(messages)
        numbers = range(first, self._requests + 1)
        requests = [{"id": n, **each} for n, each in zip(numbers, messages, strict=True)]
        watch = _Watch(self, cpu=cpu, wall=wall)
        try:
            replies = self._exchange(wire.framed(*wire.dumps(*requests)), watch)
            for _ in range(MAX_LOANS):
                if lender is None or not _is_loan(replies, first):
                    break
                with watch.charged():
                    replies = self._exchange(_lent(lender, replies[0]), watch)
            if not _are_replies(replies, numbers):
                raise wire.WireError("not the replies to the requests")
        except wire.WireError as error:
            self.end()
            raise WorkerLostError("crashed", str(error)) from None
        except (ConnectionError, EOFError):
            raise self._lost() from None
        if any(reply.get("problem") == "memory" for reply in replies):
            self.end()  # what is left of it is not to be trusted with the next call
            raise WorkerLostError("memory", "MemoryError")
        return replies

    def _exchange(self, frame: bytes, watch: "_Watch") -> list[Any]:
        """Send one frame and receive one. Raises WireError, EOFError, ConnectionError."""
        self._send(frame, watch)
        return wire.loads(*wire.read_frame(partial(self._receive, watch)))

    def end(self, *, patience: float = 0.0) -> dict[str, Any]:
        """End the worker if it still runs after `patience` seconds; says how it ended."""
        if self._ended:
            return {}
        self._ended = True
        self._channel.close()
        answer: dict[str, Any] = {"clean": False}
        try:
            answer = self._sandbox.ask({"do": "reap", "patience": patience})
            self.cpu = answer["cpu"]
        finally:
            self._sandbox.forget(self, clean=bool(answer["clean"]))
        return answer

    def close(self) -> None:
        """Let go of a worker whose zygote is no more."""
        self._ended = True
        self._channel.close()

    def cpu_so_far(self) -> float:
        """Seconds of CPU that the worker has used."""
        self.cpu = self._sandbox.ask({"do": "cpu"})["cpu"]
        return self.cpu

    def _lost(self) -> WorkerLostError:
        answer = self.end(patience=1.0)  # its channel closes a moment before it is gone
        if answer.get("signal") == signal.SIGXCPU:
            return WorkerLostError("timeout", "the submission's CPU time is used up")
        if answer.get("signal") is not None:
            name = signal.Signals(answer["signal"]).name
            return WorkerLostError("crashed", f"the process was ended by {name}")
        return WorkerLostError("crashed", f"the process ended with exit code {answer.get('exit')}")

    def _send(self, frame: bytes, watch: "_Watch") -> None:
        view = memoryview(frame)
        while view:
            try:
                view = view[self._channel.send(view) :]
            except TimeoutError:
                watch.look()

    def _receive(self, watch: "_Watch", size: int) -> bytes:
        while True:
            try:
                data = self._channel.recv(size)
            except TimeoutError:
                watch.look()
                continue
            if not data:
                raise EOFError
            watch.look_if_due()
            return data


def _are_replies(replies: list[Any], numbers: Sequence[int]) -> bool:
    """Whether these can be the replies to the requests of these numbers."""
    return len(replies) == len(numbers) and all(map(_is_reply, replies, numbers))


def _is_loan(replies: list[Any], first: int) -> bool:
    """Whether a worker asks to borrow, in the middle of requests the first of which has this number."""
    return len(replies) == 1 and _is_reply(replies[0], first) and "loan" in replies[0]


def _is_reply(reply: Any, request: int) -> bool:
    """Whether this can be a reply: no comparison of ours may meet an array."""
    return (
        type(reply) is dict
        and type(reply.get("id")) is int
        and reply["id"] == request
        and all(type(reply[key]) is str for key in ("problem", "type", "text") if key in reply)
        and type(reply.get("line")) in (int, type(None))
    )


def _lent(lender: Lender, loan: dict[str, Any]) -> bytes:
    """The answer to a worker's question; what it asks with is as hostile as all that it sends."""
    name, args, kwargs = loan["loan"], loan.get("args"), loan.get("kwargs")
    if type(name) is not str or type(args) is not tuple or type(kwargs) is not dict:
        raise wire.WireError("not a loan")
    answer = {"id": loan["id"]}
    try:
        return wire.framed(*wire.dumps({**answer, "value": lender(name, args, kwargs)}))
    except (ValueError, wire.UnsendableError) as error:
        return wire.framed(*wire.dumps({**answer, "text": str(error)}))


class _Watch:
    """Ends a worker that takes more time than a request may."""

    def __init__(self, worker: WorkerProcess, *, cpu: float, wall: float) -> None:
        self.worker = worker
        self.cpu = cpu
        self.wall = wall
        self.started = self.looked = time.monotonic()
        self.cpu_at_first: float | None = None
        self.lent_at_first = worker.lent

    @contextlib.contextmanager
    def charged(self) -> Iterator[None]:
        """What this process does meanwhile counts as if the worker had used the CPU time."""
        started = time.process_time()
        yield
        self.worker.lent += time.process_time() - started
        if self.worker.lent - self.lent_at_first > self.cpu:
            self._end(f"more than {self.cpu:g} s of CPU, in what it borrowed")

    def look_if_due(self) -> None:
        """Look, if the last look was a tick ago: a reply that drips in must not escape the watch."""
        if time.monotonic() - self.looked > TICK:
            self.look()

    def look(self) -> None:
        """Compare with the limits; raises WorkerLostError when one is passed."""
        self.looked = time.monotonic()
        elapsed = self.looked - self.started
        used = self.worker.cpu_so_far()
        if self.cpu_at_first is None:
            # What was used before the request is not known; at most a tick is forgiven.
            self.cpu_at_first = used
        if used - self.cpu_at_first > self.cpu:
            self._end(f"more than {self.cpu:g} s of CPU")
        if elapsed > self.wall:
            self._end(f"more than {self.wall:g} s")

    def _end(self, detail: str) -> None:
        self.worker.end()
        raise WorkerLostError("timeout", detail)
