"""What a batch hands to a grading process and gets back, and both as lines of JSON. Trusted side.

The batch imports this and nothing that grades: it starts the grading processes at once.
"""

import base64
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.outcomes import printable
from autograder.report import Report
from autograder.sandbox.terms import Limits, SandboxError

READY = "ready\n"  # the first line of a grading process
# What it is told by a batch that is stopped, which ends before it: otherwise it ends with the batch.
FINISH = "finish\n"
# The cells of a notebook for formgrader. One of ours as released is its name; one of ours with another text
# has `id` and `source`, perhaps `attachments`; one that the student added is a whole cell.
Mended = list[str | dict[str, Any]]


@dataclass(frozen=True)
class Task:
    """One submission to grade: where it lies, where its report goes, and what belongs to it.

    `released` points are not lowered unless `lower` says so; a `dry_run` writes nothing.
    `content` is the notebook's file for a machine that does not have it, and `known` the report that the
    course has of it, if any; `notebook` and `report` are then only names.
    """

    student: str
    assignment: str
    notebook: str
    report: str
    seed: int
    limits: Limits = field(default_factory=Limits)
    force: bool = False
    released: bool = False
    lower: bool = False
    dry_run: bool = False
    content: bytes | None = None
    known: bytes | None = None


@dataclass(frozen=True)
class Graded:
    """A report, and what does not belong into one.

    How long it took, whether it was already there, the exercises that were graded for it with the seconds of
    each, remarks on faults of ours that cost no points, and why the report could not be written, if so. What
    formgrader shows of a notebook that could be read comes along, so that it need not be read again.
    """

    report: Report
    seconds: float
    cached: bool = False
    ran: dict[str, float] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    unkept: str = ""
    mended: Mended | None = None


def task_line(task: Task) -> str:
    """A task as the line that a grading process reads."""
    return json.dumps(asdict(task), default=_as_text) + "\n"


def _as_text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def read_task(line: str) -> Task:
    """The task that `task_line` wrote."""
    data: dict[str, Any] = json.loads(line)
    came_along = {
        name: None if data[name] is None else base64.b64decode(data[name])
        for name in ("content", "known")
    }
    return Task(**{**data, **came_along, "limits": Limits(**data["limits"])})


def unreadable(task: Task, max_points: float, error: str) -> Report:
    """The report of a submission that cannot be read; `error` says what to do."""
    return Report(
        task.student,
        task.assignment,
        status="unreadable",
        points=None,
        max_points=max_points,
        error=printable(error.replace("\n", " ")),  # a name of a file may hold line breaks
    )


def result_line(graded: Graded) -> str:
    """A result as the line that a grading process answers with."""
    message = {
        "report": graded.report,
        "seconds": graded.seconds,
        "cached": graded.cached,
        "ran": graded.ran,
        "remarks": graded.remarks,
        "unkept": graded.unkept,
        "mended": graded.mended,
    }
    return json.dumps(message, default=vars) + "\n"


def failure_line(error: Exception) -> str:
    """The line of a grading process that has no sandbox, or no tests: it can grade nobody."""
    hint = "; `autograder doctor` may say why" if isinstance(error, SandboxError) else ""
    return json.dumps({"failed": f"{error}{hint}"}) + "\n"


def read_result(line: str) -> Graded:
    """What a grading process wrote. Raises SandboxError if it could grade nobody."""
    message = json.loads(line)
    if "failed" in message:
        raise SandboxError(message["failed"])
    return Graded(
        Report.from_json(message["report"]),
        message["seconds"],
        message["cached"],
        message["ran"],
        tuple(message["remarks"]),
        message["unkept"],
        message["mended"],
    )
