"""The notebook that formgrader and nbgrader's feedback show of a graded submission. Trusted side.

What stands in it `autograder.mending` says; here the points come into it, and it is written.
"""

import json
import os
import shutil
from contextlib import suppress
from functools import cache
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import load_release
from autograder.authoring.build import release_notebook
from autograder.disclosure import hint
from autograder.files import write_atomically
from autograder.grading.task import Mended
from autograder.mending import mended
from autograder.reading.submission import read_notebook
from autograder.report import ExerciseResult, Report
from glm2mlp.course import Assignment

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif")
# What nbgrader's exchange lays beside a submission; feedback is released under a name made of the secret.
OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
MAX_FILES = 1_000  # of a submission that are looked at
MAX_BESIDE = 50 << 20  # bytes that are copied
# A notebook, or a part of one. nbformat's own kind of dictionary takes five times as long to make.
_Part = dict[str, Any]

PENDING = "Pending review: a fault of the grader, not of the answer. A person will look at it."


def mended_notebook(path: Path, assignment: Assignment) -> NotebookNode:
    """The notebook at `path` with our cells as released, without outputs. Raises UnreadableError."""
    return nbformat.from_dict(_whole(_read(path, assignment), assignment))


def _read(path: Path, assignment: Assignment) -> Mended:
    """The cells of a submission that is not being graded. Raises UnreadableError."""
    release = load_release(assignment)
    every = assignment.course.assignments.values()
    others = tuple(load_release(each) for each in every if each is not assignment)
    return mended(read_notebook(path, release, others), release)


def _whole(cells: Mended, assignment: Assignment) -> _Part:
    """The notebook of mended cells, of plain dictionaries; parts of the cells are not to be changed."""
    released = _released(assignment)
    ours = {cell["id"]: cell for cell in released["cells"]}

    def whole(cell: str | _Part) -> _Part:
        if isinstance(cell, str):
            return {**ours[cell]}
        return cell if "cell_type" in cell else {**ours[cell["id"]], **cell}

    return {**released, "cells": [whole(cell) for cell in cells]}


def released_notebook(assignment: Assignment) -> NotebookNode:
    """The notebook as students receive it."""
    return nbformat.from_dict(_released(assignment))


@cache
def _released(assignment: Assignment) -> _Part:
    notebook: _Part = json.loads(release_notebook(assignment))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def unanswered(notebook: _Part, assignment: Assignment) -> frozenset[str]:
    """Answers and written answers of a mended notebook that are still the stub."""
    stubs = {
        cell.grade_id: cell.source
        for cell in load_release(assignment).with_role("answer", "written")
    }
    return frozenset(
        cell["id"] for cell in notebook["cells"] if stubs.get(cell["id"]) == cell["source"]
    )


def show_points(notebook: _Part, report: Report) -> None:
    """Give each test cell of a mended notebook its points as the one output, in place.

    nbgrader reads the points from it as the number in text/plain, and zero from an error.
    """
    for cell in notebook["cells"]:
        is_graded = cell.get("metadata", {}).get("nbgrader", {}).get("grade")
        if is_graded and cell["cell_type"] == "code":
            output = _output(report.exercises.get(cell["id"].removeprefix("test_")))
            cell["outputs"] = [nbformat.from_dict(output)]  # nbgrader takes no other kind


def draft_autograded(
    path: Path,
    folder: Path,
    assignment: Assignment,
    report: Report,
    cells: Mended | None,
    remarks: list[str],
) -> _Part:
    """Draft what formgrader shows of the submission at `path` into `folder`; returns the notebook.

    It is seen after `put_in_place`. `cells` are those of it, mended; without them it is read. What the
    exchange laid beside it and pictures come along, as nbgrader has it; `remarks` gets a line if some had to
    be left out. Raises UnreadableError.
    """
    notebook = _whole(_read(path, assignment) if cells is None else cells, assignment)
    show_points(notebook, report)
    _copy_beside(path.parent, folder, remarks)
    # nbformat's own writer would copy it all and cut it into lines.
    text = json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"
    write_atomically(_draft(folder, assignment.name), text)
    return notebook


def put_in_place(folder: Path, assignment: str) -> None:
    """Let formgrader see the notebook that was written last. Raises OSError."""
    autograded = folder / f"{assignment}.ipynb"
    with suppress(FileNotFoundError):  # a second grading at the same time was faster
        os.replace(_draft(folder, assignment), autograded)
        autograded.chmod(0o444)  # as nbgrader leaves it


def _draft(folder: Path, assignment: str) -> Path:
    return folder / f".{assignment}.ipynb.new"


def sources(notebook: _Part) -> list[Any]:
    """The texts of the cells of a mended notebook that are the student's: locked ones are ours."""
    return [
        cell["source"]
        for cell in notebook["cells"]
        if not cell.get("metadata", {}).get("nbgrader", {}).get("locked")
    ]


def sources_of(path: Path) -> list[Any] | None:
    """The texts of the cells of a notebook that was written here; None where there is none."""
    try:
        return sources(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy_beside(submitted: Path, folder: Path, remarks: list[str]) -> None:
    """Copy what the exchange laid beside a submission, and its pictures: a student may put anything there."""
    files = (Path(found, name) for found, _, names in os.walk(submitted) for name in names)
    some = list(islice(files, MAX_FILES + 1))
    pictures = [file for file in some[:MAX_FILES] if _is_picture(file.relative_to(submitted))]
    left, left_out = MAX_BESIDE, len(some) > MAX_FILES
    for file in [*(submitted / name for name in OF_THE_EXCHANGE), *pictures]:
        try:
            if file.is_symlink() or not file.is_file():  # a link could lead anywhere
                continue
            left -= file.stat().st_size
            if left >= 0:
                _copy(file, folder / file.relative_to(submitted))
        except OSError:  # no permission, or a file where an earlier submission had a folder
            left_out = True
    if left_out or left < 0:
        remarks.append(
            f"{submitted}: not all pictures were copied for formgrader (of {MAX_FILES} files those that can "
            f"be read, {MAX_BESIDE >> 20} MB in all); look at the folder itself"
        )


def _is_picture(path: Path) -> bool:
    """Whether a file of a submission is a picture; what begins with a dot could be a draft of ours."""
    return path.suffix.lower() in SUFFIXES and not any(part[0] == "." for part in path.parts)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target, follow_symlinks=False)


def _output(result: ExerciseResult | None) -> _Part:
    if result is None or result.points is None:
        return {
            "output_type": "error",
            "ename": "PendingReview",
            "evalue": PENDING,
            "traceback": [PENDING],
        }
    remarks = [
        f"{result.points:.4g} of {result.max_points:g} points",
        hint(result),
        *result.advice,
    ]
    html = "\n".join(f"<p>{escape(remark)}</p>" for remark in remarks if remark)
    return {
        "output_type": "execute_result",
        "execution_count": None,
        "data": {"text/plain": repr(float(result.points)), "text/html": html},
        "metadata": {},
    }
