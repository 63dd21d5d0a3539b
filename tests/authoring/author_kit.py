"""A copy of the project in which an author works by the command line."""

import atexit
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
# What authors change, and what the build compares.
COPIED = ("assignments", "autograder", "docs", "glm2mlp/src", "hidden", "lectures", "solutions")
# Imports what is nobody's own once; each command is a process of its own, which imports the copy.
COMMANDS = """
import json, os, sys
import jupytext, nbgrader.apps, numpy, scipy.special, sympy

def run(project, arguments):
    os.chdir(project)
    sys.path[:0] = [project, f"{project}/glm2mlp/src"]
    for number, name in enumerate((".out", ".err"), 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    from autograder.cli import main
    sys.exit(main(arguments))

for line in sys.stdin:
    if child := os.fork():
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, flush=True)
    else:
        run(*json.loads(line))
"""


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def copy_of_the_project(directory: Path) -> Path:
    """Copy what is needed into the directory; returns it."""
    shutil.copy(ROOT / "course.toml", directory)
    for name in (*COPIED, "tests/hidden_tests"):
        shutil.copytree(ROOT / name, directory / name)
    return directory


@cache
def _commands() -> "subprocess.Popen[str]":
    """Runs commands, one for each line, as long as the tests run."""
    command = [sys.executable, "-c", COMMANDS]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)  # closes what it reads, so it ends
    return process


def autograder(project: Path, *arguments: str) -> Ended:
    """The command line of the copy."""
    commands = _commands()
    print(json.dumps([str(project), arguments]), file=commands.stdin, flush=True)
    code = int(commands.stdout.readline())
    return Ended(code, *((project / name).read_text() for name in (".out", ".err")))


def begun(result: Ended) -> set[str]:
    """The files that a command says it has begun."""
    assert result.returncode == 0, result.stderr
    return {line.removeprefix("begun in ") for line in result.stdout.splitlines()[:-1]}


def named(result: Ended) -> set[str]:
    """The files that the build complains of."""
    assert "Traceback" not in result.stderr
    return {line.partition(":")[0] for line in result.stdout.splitlines() if ": " in line} - {
        "Nothing was built"
    }
