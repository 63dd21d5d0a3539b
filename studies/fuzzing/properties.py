"""What must hold for any input, as functions that raise AssertionError where it does not.

Each returns whether the input was accepted. Fuzzers and tests share them.
"""

import json
import socket
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.authoring.cells import load_release
from autograder.autograded import mended_notebook
from autograder.grading.budget import Budget
from autograder.grading.evidence import _is_check
from autograder.grading.student import StudentSession
from autograder.outcomes import StudentFailure
from autograder.reading.notebook import MAX_CELLS, UnreadableError
from autograder.reading.submission import MAX_CELL, Mode, RunnableCell, Submission, read_notebook
from autograder.release import Release
from autograder.report import Report, read_report, write_report
from autograder.sandbox.host import WorkerLostError, WorkerProcess
from autograder.sandbox.terms import Limits
from autograder.worker import wire
from glm2mlp.catalogue import ASSIGNMENTS

ASSIGNMENT = "logistic_regression"
LOANS = ("sigmoid",)
MAX_TOLD = 2000  # characters of what a report quotes
SCALARS = (type(None), bool, int, float, str, bytes)
MODES: tuple[Mode, ...] = ("given", "answer", "other")


# The wire


def frame(data: bytes) -> bool:
    """Any bytes as they come out of a worker: messages that could have been sent, or a declared error."""
    rest = bytearray(data[1:])
    step = data[0] + 1 if data else 1

    def receive(size: int) -> bytes:
        if not rest:
            raise EOFError
        piece = bytes(rest[: min(size, step)])
        del rest[: len(piece)]
        return piece

    try:
        header, buffers = wire.read_frame(receive)
    except (EOFError, wire.WireError):
        return False
    return decoded(header, buffers)


def tree(data: bytes) -> bool:
    """A header, and behind a zero byte its buffers: as `frame`, for fuzzers that cannot count lengths."""
    header, _, buffers = data.partition(b"\0")
    return decoded(header, bytearray(buffers + bytes(-len(buffers) % wire.ALIGNMENT)))


def decoded(header: bytes, buffers: bytearray) -> bool:
    """What is accepted is plain, no larger than the frame, and comes back when it is sent again."""
    worker_side(header, buffers)
    try:
        messages = wire.loads(header, buffers)
    except wire.WireError:
        return False
    size = check_plain(messages)
    assert size <= len(buffers), "arrays are larger than the frame"
    frame = wire.dumps(*_sendable(messages), to_tree=lambda one: getattr(one, "tree", None))
    again = wire.loads(*frame)
    assert identical(again, _without_texts(messages)), "sent again, it is something else"
    return True


def worker_side(header: bytes, buffers: bytearray) -> None:
    """The worker's end reads requests of ours; it takes generators and named tuples, nothing else more."""
    with suppress(wire.WireError):
        wire.loads(header, buffers, allow_rng=True, classes={"Parameters": lambda *parts: parts})


def check_plain(value: Any) -> int:
    """The bytes of all arrays in a value that may cross; AssertionError if it may not."""
    if type(value) in (list, tuple):
        return sum(map(check_plain, value))
    if type(value) is dict:
        assert all(type(key) is str for key in value)
        return sum(map(check_plain, value.values()))
    if type(value) is np.ndarray or isinstance(value, np.generic):
        assert value.dtype.str in wire.DTYPES
        assert value.ndim <= wire.MAX_DIMENSIONS
        return int(value.nbytes)
    if type(value) is wire.Expression:
        json.dumps(value.tree, ensure_ascii=False).encode()
        return 0
    if type(value) is wire.Unsendable:
        assert type(value.text) is str
        return 0
    assert type(value) in SCALARS, type(value)
    if type(value) is str:
        value.encode()
    if type(value) is int:
        assert abs(value) < wire.MAX_INTEGER
    return 0


class _Tree:
    """Stands for a SymPy expression, which becomes a tree when it is sent."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree


def _sendable(value: Any) -> Any:
    """The value as a worker would have had it."""
    return _mapped(value, lambda one: _Tree(one.tree))


def _without_texts(value: Any) -> Any:
    """The value with the descriptions of what could not be sent as plain texts."""
    return _mapped(value, lambda one: one)


def _mapped(value: Any, expression: Callable[[wire.Expression], Any]) -> Any:
    if type(value) is wire.Expression:
        return expression(value)
    if type(value) is wire.Unsendable:
        return value.text
    if type(value) in (list, tuple):
        return type(value)(_mapped(item, expression) for item in value)
    if type(value) is dict:
        return {key: _mapped(item, expression) for key, item in value.items()}
    return value


def identical(a: Any, b: Any) -> bool:
    """Equal in value and in exact type, with NaN equal to itself and 0.0 different from -0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return repr(a) == repr(b)


# What is done with a reply


class _Sandbox:
    """Gives a worker that has said all that it will say, for each question the same."""

    layers = ()

    def __init__(self, said: bytes) -> None:
        self._said = said

    def spawn(self, _: Limits, libraries: Collection[str] = ()) -> WorkerProcess:  # noqa: ARG002
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(self._said)
        return _Deaf(self, ours)  # type: ignore[arg-type]

    def ask(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"cpu": 0.0, "clean": True, "exit": 0}

    def forget(self, *_: Any, **__: Any) -> None:
        pass


class _Deaf(WorkerProcess):
    """A worker to whom nothing is sent: its end is closed already."""

    def _send(self, *_: Any) -> None:
        pass


def reply(data: bytes) -> bool:
    """A reply as a header (ID stands for the number of the request): a value, or a failure with a text."""
    header, _, buffers = data.partition(b"\0")
    header = header.replace(b"ID", b"1")
    if len(header) + len(buffers) > 1 << 16:
        return False  # what a socket takes without a reader
    padded = buffers + bytes(-len(buffers) % wire.ALIGNMENT)
    said = wire.PREFIX.pack(len(header), len(padded)) + header + padded
    cell = RunnableCell("sigmoid", "answer", "")
    args = (np.ones(2), 3)
    accepted = False
    for ask in (
        lambda session, worker: session._run_group(worker, [0], ahead=[]),
        lambda session, _: session.call("sigmoid", args, {"l2": 0.5}, after=True),
        lambda session, _: session.call("sigmoid", args, {}, after=False),
        lambda session, _: _checks(session),
    ):
        sandbox: Any = _Sandbox(said)
        session = StudentSession(sandbox, (cell,), (), Budget(Limits()), 1)
        session._worker = worker = sandbox.spawn(Limits())
        session._lender = _lend
        try:
            ask(session, worker)
        except StudentFailure as failure:
            texts = [str(failure), failure.detail, *session._raised.values()]
        except WorkerLostError as error:
            texts = [error.detail]
        else:
            texts, accepted = [*session._raised.values()], True
        finally:
            worker.close()
        assert all(type(text) is str and len(text) < MAX_TOLD for text in texts), texts
    return accepted


def _lend(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    check_plain((name, args, kwargs))
    if name not in LOANS:
        raise ValueError("not lent")
    return 1.0


def _checks(session: StudentSession) -> None:
    said = session.check(ASSIGNMENT, "sigmoid")
    if type(said) is list:
        [_is_check(check) for check in said]


# Notebooks


@cache
def _releases() -> tuple[Release, tuple[Release, ...]]:
    return load_release(ASSIGNMENTS[ASSIGNMENT]), (load_release(ASSIGNMENTS["softmax_regression"]),)


@cache
def _place() -> Path:
    """Where notebooks are laid, in memory; a folder for each process."""
    memory = Path("/dev/shm")  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))
    path = folder / "student" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    return path


def notebook(data: bytes) -> bool:
    """Any file in the place of a notebook: a submission that can be run and told, or one line."""
    path = _place()
    path.write_bytes(data)
    release, others = _releases()
    try:
        reading = read_notebook(path, release, others)
    except UnreadableError as error:
        text = str(error)
        text.encode()
        assert "\n" not in text
        assert len(text) < 1000
        return False
    check_submission(reading.submission, release)
    _check_report(reading.submission, path)
    mended = mended_notebook(path, ASSIGNMENTS[ASSIGNMENT])
    ours = [cell.grade_id for cell in release.cells if cell.tracked]
    assert sorted(cell.id for cell in mended.cells if cell.id in ours) == sorted(ours)
    json.dumps(mended, ensure_ascii=False).encode()
    return True


def check_submission(submission: Submission, release: Release) -> None:
    """Cells that fit into a frame, in known modes; given code is ours; all text can be written."""
    given = {cell.source for cell in release.with_role("given")}
    assert len(submission.cells) <= 3 * MAX_CELLS
    for cell in submission.cells:
        assert cell.mode in MODES
        assert cell.mode != "given" or cell.source in given, "somebody else's code runs as ours"
        assert len(json.dumps(cell.source)) <= MAX_CELL
    exercises = {exercise.name for exercise in release.assignment.exercises}
    assert submission.doubts.keys() <= exercises, submission.doubts.keys()
    assert submission.written.keys() <= exercises
    for text in (*submission.repairs, *submission.doubts.values()):
        assert "\n" not in text
        assert len(text) < 5000


def _check_report(submission: Submission, path: Path) -> None:
    """A report with these cells is read as it was written."""
    answers = tuple({k: str(v) for k, v in vars(cell).items()} for cell in submission.cells)
    report = Report(
        "s", ASSIGNMENT, "graded", 0.0, 1.0, repairs=submission.repairs, answers=answers
    )
    place = path.with_name("report.json")
    write_report(report, place)
    assert read_report(place) == report


# Reports


def report(data: bytes) -> bool:
    """Any file in the place of a report: a report that is written again as it was read, or an error."""
    place = _place().with_name("report.json")
    place.write_bytes(data)
    try:
        found = read_report(place)
    except (OSError, ValueError, TypeError, KeyError):
        return False
    write_report(found, place)
    assert read_report(place).to_json() == found.to_json() or "NaN" in place.read_text()
    return True


TARGETS: dict[str, Callable[[bytes], bool]] = {
    "frame": frame,
    "tree": tree,
    "reply": reply,
    "notebook": notebook,
    "report": report,
}
