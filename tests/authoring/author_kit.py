"""A copy of the project in which an author works by the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CATALOGUE = "glm2mlp/src/glm2mlp/catalogue.py"
# What authors change, and what the build compares.
COPIED = ("assignments", "autograder", "docs", "glm2mlp/src", "lectures", "solutions")


def copy_of_the_project(directory: Path) -> Path:
    """Copy what is needed into the directory; returns it."""
    for name in (*COPIED, "tests/hidden_tests"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, directory / name, ignore=ignore)
    return directory


def autograder(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line of the copy."""
    path = os.pathsep.join((str(project), str(project / "glm2mlp/src")))
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def begun(result: subprocess.CompletedProcess[str]) -> set[str]:
    """The files that a command says it has begun."""
    assert result.returncode == 0, result.stderr
    return {line.removeprefix("begun in ") for line in result.stdout.splitlines()[:-1]}


def named(result: subprocess.CompletedProcess[str]) -> set[str]:
    """The files that the build complains of."""
    assert "Traceback" not in result.stderr
    return {line.partition(":")[0] for line in result.stdout.splitlines() if ": " in line} - {
        "Nothing was built"
    }
