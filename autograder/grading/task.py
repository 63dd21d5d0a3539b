"""What a batch hands to a grading process and gets back, and both as lines of JSON. Trusted side.

The batch imports this and nothing that grades: it starts the grading processes at once.
"""

import json
from dataclasses import asdict, dataclass, field

from autograder.report import Report
from autograder.sandbox.host import Limits, SandboxError

READY = "ready\n"  # the first line of a grading process


@dataclass(frozen=True)
class Task:
    """One submission to grade: where it lies, where its report goes, and what belongs to it.

    `released` points are not lowered unless `lower` says so; a `dry_run` writes nothing.
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


@dataclass(frozen=True)
class Graded:
    """A report, and what does not belong into one.

    How long it took, whether it was already there, which exercises were graded for it, remarks on faults of
    ours that cost no points, and why the report could not be written, if so.
    """

    report: Report
    seconds: float
    cached: bool = False
    ran: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unkept: str = ""


def task_line(task: Task) -> str:
    """A task as the line that a grading process reads."""
    return json.dumps(asdict(task)) + "\n"


def read_task(line: str) -> Task:
    """The task that `task_line` wrote."""
    data = json.loads(line)
    return Task(**{**data, "limits": Limits(**data["limits"])})


def result_line(graded: Graded) -> str:
    """A result as the line that a grading process answers with."""
    message = {
        "report": graded.report,
        "seconds": graded.seconds,
        "cached": graded.cached,
        "ran": graded.ran,
        "remarks": graded.remarks,
        "unkept": graded.unkept,
    }
    return json.dumps(message, default=vars) + "\n"


def failure_line(error: SandboxError) -> str:
    """The line of a grading process that has no sandbox."""
    return json.dumps({"failed": str(error)}) + "\n"


def read_result(line: str) -> Graded:
    """What a grading process wrote. Raises SandboxError if it could not start its sandbox."""
    message = json.loads(line)
    if "failed" in message:
        raise SandboxError(message["failed"])
    return Graded(
        Report.from_json(message["report"]),
        message["seconds"],
        message["cached"],
        tuple(message["ran"]),
        tuple(message["remarks"]),
        message["unkept"],
    )
