"""A class in which one is hostile: a neighbour, a course with its secrets, and what may have changed."""

import hashlib
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from attack import FOUND, NOTHING, Attack, first_function
from engine_kit import (
    SOFTMAX,
    Cell,
    StrictProcess,
    before,
    descendants,
    hand_in,
    page_of,
    place,
    solved,
    task,
)
from meter import Meter
from reading_secrets import NEIGHBOUR

from autograder.feedback.html import to_html
from autograder.feedback.markdown import to_markdown
from autograder.report import Report
from glm2mlp.catalogue import ASSIGNMENTS

# The neighbour's own marks in memory and scratch, which attackers look for.
MARMALADE = (
    f"marmalade = bytearray({NEIGHBOUR!r}.encode() * 50_000)\nopen('marmalade', 'w').close()"
)
SCRIPTS = ("<script", "](javascript:")
OUR_SECONDS = 60  # beside what a submission may take, on a busy machine
MAX_PAGE = 50_000  # characters
MAX_ERROR = 5_000  # of the line about a submission that instructors read
ATTACKER, INNOCENT = "mallory", "nora"


def neighbour(assignment: str) -> list[Cell]:
    """An innocent submission, whose last function is wrong: it may gain something, too."""
    cells = solved(assignment)
    last = [e.name for e in ASSIGNMENTS[assignment].exercises if e.kind == "function"][-1]
    cells[place(cells, last)]["source"] = f"def {last}(*args, **kwargs):\n    return args[0]"
    return before(cells, first_function(assignment), MARMALADE)


def broken_by(attack: Attack, report: Report) -> list[str]:
    """The promises that a report of an attack, and the pages that are made of it, break."""
    return _unearned(attack, report) + _learned(attack, report) + _shown(report)


@dataclass
class Outcome:
    """What became of an attack: the report, and every promise that was broken."""

    report: Report
    broken: list[str] = field(default_factory=list)


class Scene:
    """A course in which attacks are graded, each after a neighbour and before it, by one grading process."""

    def __init__(self, folder: Path, process: StrictProcess) -> None:
        self.folder = folder
        self.process = process
        (folder / "course.key").write_text("0" * 64)
        (folder / "gradebook.db").write_bytes(b"points of everybody")
        self.neighbour = hand_in(folder, neighbour(SOFTMAX), INNOCENT, SOFTMAX)
        self.undisturbed = self._graded_neighbour()
        self.processes = len(descendants(process.pid))

    def play(self, attack: Attack) -> Outcome:
        """Grade the attack, then the neighbour, who was graded last before it, and look at what it did."""
        path = attack.hand_in(self.folder, ATTACKER, self.neighbour, SOFTMAX)
        before = self._files()
        pid = self.process.pid
        began = time.monotonic()
        with Meter(pid) as meter:
            report = self._report(ATTACKER, path, attack)
        seconds = time.monotonic() - began
        outcome = Outcome(report)
        if self._graded_neighbour() != self.undisturbed:
            outcome.broken.append("a neighbour's report has changed")
        if self._files() != before:
            outcome.broken.append("a file of the course has changed")
        if self.process.pid != pid:
            outcome.broken.append("the grading process has ended")
        if self._too_many_processes():
            outcome.broken.append("a process is left")
        if seconds > attack.limits.submission_wall + OUR_SECONDS:
            outcome.broken.append(f"it held the grader for {seconds:.0f} s")
        outcome.broken += meter.broken(attack.limits.memory, dumps=attack.dumps)
        outcome.broken += broken_by(attack, report)
        remove(path)
        return outcome

    def _graded_neighbour(self) -> bytes:
        report = self.folder / "reports" / f"{INNOCENT}.json"
        report.unlink(missing_ok=True)
        self.process.grade(task(self.neighbour, report, SOFTMAX))
        return report.read_bytes()

    def _report(self, student: str, path: Path, attack: Attack) -> Report:
        report = self.folder / "reports" / f"{student}.json"
        report.unlink(missing_ok=True)  # an earlier one would go into the history
        return self.process.grade(task(path, report, SOFTMAX, attack.limits)).report

    def _files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.is_symlink() and path.parent.name != "reports"
        }

    def _too_many_processes(self) -> bool:
        """Whether processes stay that were not there; one that is just ending gets its time."""
        for _ in range(50):
            if len(descendants(self.process.pid)) <= self.processes:
                return False
            time.sleep(0.1)
        return True


def remove(path: Path) -> None:
    """Take away what an attack has put in the place of a notebook."""
    if path.parent.is_symlink():
        path.parent.unlink()
    elif path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _unearned(attack: Attack, report: Report) -> list[str]:
    if report.ours_failed:
        return [f"it is put down to the grader: {report.error}"]
    if attack.refused and report.status != "unreadable":
        return ["it was read, and is no file of the student's own"]
    if attack.vandal:
        return []
    # Counted and not named: what breaks is published, and the names of hidden tests are not.
    passed = {
        name: sum(test.outcome == "passed" for test in result.tests)
        for name, result in report.exercises.items()
    }
    tests = ", ".join(f"{count} of {name}" for name, count in passed.items() if count)
    return [f"it earns {report.points}, for tests: {tests}"] if report.points or tests else []


def _learned(attack: Attack, report: Report) -> list[str]:
    """What an attack that looks for something says of it."""
    if not attack.looks:
        return []
    told = [test.message for test in report.exercises[first_function(report.assignment)].tests]
    if any(FOUND in message for message in told):
        return [f"it learned something: {next(m for m in told if FOUND in m)}"]
    if not all(NOTHING in message for message in told):
        return [f"it did not come to an end: {told[0]}"]
    return []


def _outside_code(markdown: str) -> str:
    """A page without its blocks and pieces of code, in which anything may stand."""
    return re.sub(r"^(`{3,})text\n.*?^\1$|`[^`\n]+`", "", markdown, flags=re.DOTALL | re.MULTILINE)


def _shown(report: Report) -> list[str]:
    """What is wrong with the pages that are made of the report, for student and instructor."""
    try:
        texts = (to_html(page_of(report)), to_markdown(page_of(report)))
    except Exception as error:
        return [f"no feedback can be made of it: {type(error).__name__}: {error}"]
    wrong = []
    html, markdown = texts
    if any(sign in text.lower() for text in (html, _outside_code(markdown)) for sign in SCRIPTS):
        wrong.append("a script stands in its feedback")
    if len(markdown) > MAX_PAGE:
        wrong.append("its feedback is too long to be read")
    if len(report.error or "") > MAX_ERROR:
        wrong.append("what is told of it to instructors is too long to be read")
    told = [report.error or "", *report.repairs, *texts]
    if any(not (c.isprintable() or c in "\n\t\u00a0") for text in told for c in text):
        wrong.append("its feedback holds what a terminal obeys")
    return wrong
