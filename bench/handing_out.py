"""Hands out submissions to grading processes that answer at once: what is left is the cost of handing out.

`python bench/handing_out.py COURSE ASSIGNMENT N [ADDRESS]` does so with N submissions, on this machine or on
the Dask cluster at ADDRESS, and writes a line for each result. There is no gradebook and no run log. Workers
of a cluster need it as a preload of Dask's. Every answer is the report that the variable ANSWER names, with
what formgrader shows of the first notebook.
"""
# ruff: noqa: T201

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from autograder.authoring import load_release
from autograder.batch import grade_all
from autograder.cluster.batch import grade_on_cluster
from autograder.directory import Directory
from autograder.grading.client import GradingProcess
from autograder.grading.record import record, report_before
from autograder.grading.task import READY, Graded, Mended, read_task, result_line
from autograder.mending import mended
from autograder.reading.submission import read_notebook
from autograder.report import read_report
from autograder.sandbox.terms import LAYERS, Limits
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

ANSWER = "ANSWER"


def hand_out(course: Directory, assignment: str, students: list[str], address: str) -> None:
    """Have them all answered."""
    dask_setup()
    jobs = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        tasks = [
            replace(course.task(assignment, student, Limits()), report=f"{folder}/{student}.json")
            for student in students
        ]
        results = (
            grade_on_cluster(tasks, address, course=COURSE, jobs=jobs, unsafe=False)
            if address
            else grade_all(tasks, course=COURSE, jobs=jobs, layers=LAYERS)
        )
        for result in results:
            print(result.report.student, flush=True)


def dask_setup(*_: object) -> None:
    """Put the process that answers in the place of the grading process; Dask calls it in its workers."""
    GradingProcess.program = (__file__, "--answer")


def answer() -> None:
    """Be a grading process that does all but grade."""
    known = read_report(Path(os.environ[ANSWER]))
    release = load_release(ASSIGNMENTS[known.assignment])
    shown: Mended | None = None
    print(READY, end="", flush=True)
    for line in sys.stdin:
        task = read_task(line)
        if shown is None:
            shown = mended(read_notebook(Path(task.notebook), release, (), task.content), release)
        report, unkept = record(replace(known, student=task.student), report_before(task), task)
        print(result_line(Graded(report, 0.0, unkept=unkept, mended=shown)), end="", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--answer":
        answer()
    else:
        course, assignment, number, *address = sys.argv[1:]
        names = [f"student_{each:02}" for each in range(int(number))]
        hand_out(Directory(Path(course)), assignment, names, "".join(address))
