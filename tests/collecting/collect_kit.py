"""Collects as the command line does, and says what lies where afterwards."""

import json
from pathlib import Path
from typing import Any

from autograder.cli import main

NAME = "softmax_regression"


def notebook(text: str = "") -> str:
    """A notebook that looks like the assignment's; `text` tells one from another."""
    names = "softmax log_softmax one_hot nll gradient predict sgd_epoch"
    cell = {"cell_type": "code", "source": f"# {names} {text}", "metadata": {}, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


def collect(course: Path, *arguments: object) -> int:
    """The exit code."""
    return main(["collect", NAME, *map(str, arguments), "--course", str(course)])


def submitted(course: Path) -> dict[str, str]:
    """The notebooks that will be graded, by student."""
    paths = (course / "submitted").glob(f"*/{NAME}/{NAME}.ipynb")
    return {path.parts[-3]: path.read_text() for path in paths}


def set_aside(course: Path) -> dict[str, list[str]]:
    """The notebooks that will not, by student."""
    found: dict[str, list[str]] = {}
    for path in sorted((course / "set_aside").glob(f"*/{NAME}/*.ipynb")):
        found.setdefault(path.parts[-3], []).append(path.read_text())
    return found


def time_of(course: Path, student: str) -> str | None:
    path = course / "submitted" / student / NAME / "timestamp.txt"
    return path.read_text().strip() if path.exists() else None


def lines(captured: Any) -> list[str]:
    """What was said on standard error."""
    return captured.readouterr().err.splitlines()
