"""`autograder grade` and its grading processes, with a note of where their CPU goes.

    python bench/profiled.py FOLDER stacks|requests grade …

runs the command and writes a file for each process into FOLDER. `stacks` looks every few milliseconds of CPU
at what each process is doing; `requests` asks before and after each request what the worker has used.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import autograder

ROOT = Path(__file__).parents[1]
EVERY = 0.001  # seconds of CPU between two looks; the kernel may round it up to its own tick

# A look belongs to the first of these phases that has a file among the callers.
PHASES = {
    "grading process": {
        "hints: which known mistake it is": (
            "autograder/grading/diagnosis",
            "autograder/misconceptions/",
        ),
        "what feedback shows: checks and plots": ("autograder/grading/evidence.py",),
        "messages to and from the worker": ("autograder/worker/wire.py",),
        "orders to the sandbox": ("autograder/sandbox/",),
        "the reference's own answers": ("autograder/grading/trusted.py", "solutions/"),
        "hidden tests: inputs and comparisons": (
            "hidden/",
            "autograder/testing.py",
        ),
        "reading and mending the notebook": ("autograder/reading/", "autograder/mending.py"),
        "keys of what it rests on": ("autograder/grading/keys.py",),
        "report": ("autograder/report.py", "autograder/grading/record.py", "autograder/files.py"),
        "task in, result out": ("autograder/grading/task.py",),
        "around the tests": ("autograder/grading/",),
    },
    "main process": {
        "notebook for formgrader": ("autograder/autograded.py",),
        "gradebook": ("autograder/gradebook",),
        "run log": ("autograder/directory.py",),
        "results of the grading processes": (
            "autograder/batch.py",
            "autograder/grading/",
            "autograder/report.py",
        ),
    },
}
OTHER = "anything else"
WAITING = ("/threading.py", "/queue.py")
IMPORTING = "<frozen importlib"

REQUESTS = {
    "begin": "first orders, and the cells of the notebook",
    "cell": "first orders, and the cells of the notebook",
    "lend": "functions that are lent",
    "call": "calls of the answers",
    "check": "the notebook's own checks, for feedback",
}
BEFORE, AFTER = "the fork, and locking it down", "its end"


def main() -> None:
    """Be the command, or one of its grading processes, by the first arguments."""
    if not Path(autograder.__file__).is_relative_to(ROOT):  # no phase would be recognised
        raise SystemExit(f"{autograder.__file__} is not the package beside this bench")
    folder, what, *arguments = sys.argv[1:]
    process = arguments[0] == "process"
    noted: Counter[str] = Counter()
    sys.argv = ["autograder", *arguments[1:]] if process else ["autograder", *arguments]
    if what == "stacks":
        look("grading process" if process else "main process", noted)
    try:
        if process:
            from autograder.grading.process import main as serve

            if what == "requests":
                ask(noted)
            serve()
        else:
            from autograder.cli import main as command
            from autograder.grading.client import GradingProcess

            GradingProcess.program = (__file__, folder, what, "process")
            command()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        kind = "grading process" if process else "main process"
        told = {"kind": kind, "noted": noted}
        Path(folder, f"{os.getpid()}.json").write_text(json.dumps(told), encoding="utf-8")


def look(kind: str, noted: "Counter[str]") -> None:
    """Count from now on which phase each few milliseconds of CPU belong to."""
    phases = {
        phase: tuple(str(ROOT / path) for path in paths) for phase, paths in PHASES[kind].items()
    }

    def note(_signal: int, frame: FrameType | None) -> None:
        files = list(files_of(frame))
        if files[0].endswith(WAITING):
            # The main thread waits, so it was another one that used the time.
            others = [f for t, f in sys._current_frames().items() if t != threading.get_ident()]
            files = [file for other in others for file in files_of(other)]
        if any(file.startswith(IMPORTING) for file in files):
            return  # part of no submission
        for phase, paths in phases.items():
            if any(file.startswith(paths) for file in files):
                noted[phase] += 1
                return
        noted[OTHER] += 1

    signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


def files_of(frame: FrameType | None) -> Iterator[str]:
    """The files of a frame and its callers."""
    while frame is not None:
        yield frame.f_code.co_filename
        frame = frame.f_back


def ask(noted: "Counter[str]") -> None:
    """Note from now on how many nanoseconds of a worker's CPU each kind of request takes."""
    from autograder.sandbox.host import WorkerProcess

    request_all, end = WorkerProcess.request_all, WorkerProcess.end
    told: dict[WorkerProcess, float] = {}

    def note(worker: WorkerProcess, now: float, what: str) -> None:
        noted[what] += round(1e9 * (now - told.get(worker, 0.0)))
        told[worker] = now

    def all_(self: WorkerProcess, messages: Sequence[dict[str, Any]], **limits: Any) -> Any:
        note(self, self.cpu_so_far(), AFTER if self in told else BEFORE)
        replies = request_all(self, messages, **limits)
        kinds = dict.fromkeys(REQUESTS.get(each["do"], each["do"]) for each in messages)
        note(self, self.cpu_so_far(), ", ".join(kinds))
        return replies

    def ended(self: WorkerProcess, **patience: float) -> dict[str, Any]:
        answer = end(self, **patience)
        if self in told and answer:
            note(self, self.cpu, AFTER)
            del told[self]
        return answer

    WorkerProcess.request_all, WorkerProcess.end = all_, ended  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
