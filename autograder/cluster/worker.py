"""What runs on a Dask worker: it hands submissions to grading processes of its own host. Trusted side.

A worker needs this package and nothing else: the notebook, the old report and the derived seed come along.
Nothing is written there. What goes back is a line of JSON, as a grading process on the own machine answers
with.
"""

import hashlib
import json
import os
import platform
from collections import deque
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from autograder.courses import course_at
from autograder.grading.client import GradingProcess
from autograder.grading.task import Task, failure_line
from autograder.sandbox import layers
from autograder.sandbox.terms import SandboxError
from glm2mlp.course import Course

LIBRARIES = ("distributed", "numpy", "scipy", "sympy", "ipython", "matplotlib", "pytest")
PACKAGES = ("autograder", "glm2mlp")
SOURCES = ("assignments", "hidden", "solutions")  # of the course

# Grading processes without work, each warm and with its tests collected; one a thread at most.
_idle: deque[GradingProcess] = deque()


def grade(tasks: list[Task], wanted: dict[str, str], *, unsafe: bool) -> list[str]:
    """The results as lines of JSON; `wanted` are the versions on the other side."""
    if problem := refusal(json.loads(describe()), wanted, unsafe=unsafe):
        return [_failure(problem)] * len(tasks)
    try:
        process = _idle.pop()
    except IndexError:
        process = GradingProcess(_course(), layers.present(_probed()))
    try:
        return [_grade(task, process) for task in tasks]
    finally:
        _idle.append(process)


def _grade(task: Task, process: GradingProcess) -> str:
    try:
        return process.grade_to_line(task)
    except (SandboxError, OSError) as error:
        return _failure(str(error))


def _failure(problem: str) -> str:
    """The line for something that this host lacks."""
    return failure_line(SandboxError(f"{platform.node()}: {problem}"))


def describe() -> str:
    """What this host has installed, and what its sandbox lacks, as JSON."""
    lacking = {layer.name: f"{layer.problem}: {layer.remedy}" for layer in _missing()}
    return json.dumps({"versions": versions(_course()), "lacking": lacking})


def rest() -> None:
    """End the grading processes that have no work."""
    while _idle:
        _idle.pop().stop()


def refusal(description: dict[str, dict[str, str]], wanted: dict[str, str], *, unsafe: bool) -> str:
    """Why a host that describes itself so cannot grade; nothing if it can."""
    here = description["versions"]
    other = [
        f"{name} {here.get(name)} instead of {mine}"
        for name, mine in wanted.items()
        if here.get(name) != mine
    ]
    if other:
        return f"has {', '.join(other)}; install the same versions there and start its worker again"
    lacking = description["lacking"]
    if lacking and not unsafe:
        told = "; ".join(f"no {name} ({problem})" for name, problem in lacking.items())
        return f"the sandbox is not complete: {told}; mend it, or accept the risk with --unsafe"
    return ""


@cache
def versions(course: Course) -> dict[str, str]:
    """What has to be the same on both sides, or a submission would get another report there."""
    digest = hashlib.sha256()
    for folder in (*map(_folder, PACKAGES), *(course.path(name) for name in SOURCES)):
        for path in sorted(folder.rglob("*.py")):
            name = path.relative_to(folder)
            if name.parts[0] != "_course":  # there in an installed package only
                digest.update(str(name).encode() + b"\0" + path.read_bytes() + b"\0")
    return {
        "autograder": digest.hexdigest()[:12],
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def _course() -> Course:
    """The course that this host has."""
    return course_at(Path.cwd())


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(os.path.dirname(spec.origin))


@cache
def _probed() -> tuple[layers.Layer, ...]:
    return layers.probe()


def _missing() -> tuple[layers.Layer, ...]:
    return layers.missing(_probed())
