"""Puts a report into the place of the one before; no released grade falls unless told to. Trusted side.

Released is a grade whose feedback page stands in the course. What it rests on may be graded anew as often as
one likes; if that gives fewer points, the report stays and says why. A submission that was handed in anew is
another thing: it counts as it is. What is written over is kept in a history. Where nobody knows what was
released, since the report there cannot be read, nothing is written over.
"""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from autograder.files import write_atomically
from autograder.grading.task import Task
from autograder.report import (
    ROUNDING,
    Report,
    UnreadableReportError,
    keep_report,
    read_report,
    report_of,
    report_text,
)

TIME = "%Y%m%dT%H%M%S.%fZ"  # in the names of the history, so that they sort by it


def record(report: Report, before: Report | None, task: Task) -> tuple[Report, str]:
    """Write `report` to its place; returns what stands there, and why it could not be written, if so.

    `before` is the report that stood there. With `task.dry_run` nothing is written.
    """
    path = Path(task.report)
    if task.released and not task.lower:
        if before is None and path.exists():
            return report, (
                f"{path}: cannot be read, and its points are released; bring it back from a backup, or let "
                f"them fall by `autograder regrade {task.assignment} --student {task.student} "
                "--apply --lower`"
            )
        report = settled(_without_fault(before, path), report)
    if task.dry_run:
        return report, ""
    try:
        _put_by(path, report)
    except OSError as error:
        return report, f"{error.filename}: {error.strerror}"
    return report, keep_report(report, path)


def settled(before: Report | None, after: Report) -> Report:
    """The report that counts of two of one submission, if the points of the first one were released."""
    if before is None or before.points is None or after.ours_failed:
        return after
    if after.points is not None and (
        after.points > before.points - ROUNDING or handed_in_anew(before, after)
    ):
        return after
    worth = (
        "nothing" if after.points is None else f"{after.points:.4g} of {after.max_points:g} points"
    )
    reasons = (
        "; ".join(differences(before, after)) or after.error or "the same tests count otherwise"
    )
    told = (
        f"graded anew it would earn {worth} ({reasons}); the {before.points:.4g} of {before.max_points:g} "
        "points that were released stand"
    )
    return replace(before, key=after.key, kept=told)


def handed_in_anew(before: Report, after: Report) -> bool:
    """Whether the student's own code is another one: the given cells are ours, and may change.

    So may the exercises, or how a notebook is read, and then the same file has other cells.
    """
    if before.handed_in and before.handed_in == after.handed_in:
        return False
    then, now = (
        [cell["source"] for cell in report.answers if cell["mode"] != "given"]
        for report in (before, after)
    )
    return then != now


def _without_fault(before: Report | None, path: Path) -> Report | None:
    """`before`, or the last one of the history that a fault of the grader did not spoil, if it did.

    Else points that were released could fall on the way through a fault.
    """
    if before is None or not before.ours_failed:
        return before
    kept = map(readable, sorted((path.parent / "history" / path.stem).glob("*.json"), reverse=True))
    return next((each for each in kept if each and not each.ours_failed), before)


def differences(before: Report, after: Report) -> list[str]:
    """What differs between two results of a submission, an exercise each."""
    found = []
    for name, now in after.exercises.items():
        then = before.exercises.get(name)
        if then is None:
            found.append(f"{name}: new")
            continue
        told = []
        if then.outcome != now.outcome:
            told.append(f"{then.outcome} → {now.outcome}")
        old = {test.name: test for test in then.tests}
        for test in now.tests:
            known = old.pop(test.name, None)
            if known is None:
                told.append(f"{test.name} is new: {test.outcome}")
            elif known.outcome != test.outcome:
                told.append(f"{test.name}: {known.outcome} → {test.outcome}")
            elif known.weight != test.weight:
                told.append(f"{test.name} counts {known.weight:g} → {test.weight:g}")
        told += [f"{test} is gone" for test in old]
        if then.max_points != now.max_points:
            told.append(f"worth {then.max_points:g} → {now.max_points:g}")
        if told:
            found.append(f"{name}: {', '.join(told)}")
    if after.exercises:
        found += [f"{name}: is no more" for name in before.exercises if name not in after.exercises]
    return found


def readable(path: Path) -> Report | None:
    """The report at `path`, if there is one that can be read."""
    with suppress(OSError, UnreadableReportError):
        return read_report(path)
    return None


def report_before(task: Task) -> Report | None:
    """The report that the course has of a submission, if there is one that can be read."""
    if task.content is None:
        return readable(Path(task.report))
    if task.known is None:
        return None
    with suppress(UnreadableReportError):
        return report_of(task.known)
    return None


def _put_by(path: Path, report: Report) -> None:
    """Keep the report that stands at `path` in the history, by its time and key, unless it is the same one.

    What is kept is never written over, and comes after all that was kept before, also if the clock was set
    back. Raises OSError.
    """
    try:
        text, modified = path.read_text(encoding="utf-8"), path.stat().st_mtime
    except (FileNotFoundError, UnicodeDecodeError):
        return
    if text == report_text(report):
        return
    key = ""
    with suppress(ValueError, AttributeError, RecursionError):
        key = str(json.loads(text).get("key", ""))[:12]
    folder = path.parent / "history" / path.stem
    when = datetime.fromtimestamp(modified, UTC)
    for last in sorted(folder.glob("*.json"))[-1:]:
        if last.read_bytes() == path.read_bytes():
            return
        with suppress(ValueError):  # of a name that is not ours
            kept = datetime.strptime(last.name.partition("-")[0], TIME).replace(tzinfo=UTC)
            when = max(when, kept + timedelta.resolution)
    write_atomically(folder / f"{when:{TIME}}-{key or 'unreadable'}.json", text, once=True)
