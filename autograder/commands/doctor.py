"""`autograder doctor`: what this host's sandbox can do, layer by layer. Trusted side."""

import argparse
import os
import platform
import subprocess
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.cli import REVIEW, course_option, for_terminal, print_json
from autograder.directory import Directory
from autograder.sandbox import jail, layers
from autograder.sandbox.host import Sandbox, WorkerLostError
from autograder.sandbox.terms import Limits, SandboxError


def declare(parser: argparse.ArgumentParser) -> None:
    """How it is said."""
    parser.description = (
        "Tries each layer of the sandbox on this host and says what to install, and whether the course "
        "directory is open to other users of it."
    )
    course_option(parser)
    parser.epilog = "Exit codes: 0 every layer works, 1 something is missing."
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Try every layer and a real worker; print what was found. Returns the exit code."""
    probed = layers.probe()
    missing = layers.missing(probed)
    facts = _facts()
    trial = _trial(layers.present(probed))
    here = dict.fromkeys(folder.resolve() for folder in (options.course, Path()))
    courses = [folder for folder in here if (folder / "course.key").exists()]
    opened = [told for folder in courses if (told := Directory(folder).open_to_others())]
    if options.json:
        print_json(
            {
                "layers": {layer.name: layer.problem or "works" for layer in probed},
                "remedies": {layer.name: layer.remedy for layer in missing},
                "not_promised": {layer.name: layer.lost for layer in missing},
                "trial": trial,
                "open_to_others": opened,
                **facts,
            }
        )
        return REVIEW if missing or trial != "works" else 0
    table = Table(box=None, pad_edge=False)
    for column in ("layer", "here", "what it holds"):
        table.add_column(column)
    for layer in probed:
        table.add_row(layer.name, layer.problem or "works", layer.holds)
    console = Console()
    console.print(table, highlight=False, markup=False)
    for layer in missing:
        print(f"To have {layer.name}: {layer.remedy}.")
        print(layer.lost)
    print(f"A worker in the sandbox: {trial}.")
    for name, value in facts.items():
        print(f"{name}: {value}")
    for told in opened:
        print(for_terminal(told))
    if os.geteuid() == 0:
        print("You are root: the sandbox holds, but grading as an ordinary user is one more wall.")
    if missing:
        print("Until that is mended, grading is refused unless you say --unsafe.")
    return REVIEW if missing or trial != "works" else 0


def _facts() -> dict[str, str]:
    return {
        "kernel": platform.release(),
        "python": platform.python_version(),
        "bubblewrap": _bubblewrap(),
    }


def _bubblewrap() -> str:
    try:
        tool = jail.bubblewrap()
        result = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False)
    except (jail.JailError, OSError) as error:
        return str(error)
    return f"{result.stdout.strip()} ({tool})"


def _trial(present: tuple[str, ...]) -> str:
    """Start the sandbox and let a worker add one and one."""
    sandbox = Sandbox(layers=present)
    limits = Limits()
    source = "def increment(x):\n    return x + 1"
    started = time.perf_counter()
    try:
        sandbox.start()
        worker = sandbox.spawn(limits)
        worker.request(
            {"do": "begin", "imports": [], "seed": 0},
            cpu=limits.call_cpu,
            wall=limits.call_wall,
        )
        worker.request(
            {"do": "cell", "mode": "other", "name": "trial", "source": source},
            cpu=limits.call_cpu,
            wall=limits.call_wall,
        )
        call = {
            "do": "call",
            "function": "increment",
            "args": (np.ones(1),),
            "kwargs": {},
            "after": False,
        }
        value = worker.request(call, cpu=limits.call_cpu, wall=limits.call_wall).get("value")
    except (SandboxError, WorkerLostError) as error:
        return f"fails after {time.perf_counter() - started:.1f} s: {error}"
    finally:
        sandbox.stop()
    return "works" if value is not None and value[0] == 2 else f"answers {value!r}"
