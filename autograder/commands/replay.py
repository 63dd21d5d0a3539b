"""`autograder replay`: grades what a report holds again, or looks into a failing call. Trusted side."""

import argparse
import code
import sys
from pathlib import Path
from typing import Any

from autograder.cli import REVIEW, UsageError, for_terminal, print_json, unsafe_option
from autograder.commands.grade import layers_in_force
from autograder.courses import course_at
from autograder.grading.hidden import NotCollectedError
from autograder.grading.replay import (
    FailingCall,
    ReplayError,
    at_failing_call,
    differing_parts,
    differing_versions,
    replay,
)
from autograder.grading.student import StudentSession
from autograder.outcomes import StudentFailure
from autograder.report import Report, UnreadableReportError, read_report
from autograder.sandbox.host import Sandbox
from autograder.sandbox.terms import SandboxError
from glm2mlp.course import Course


def declare(parser: argparse.ArgumentParser) -> None:
    """Which report, and what to look at."""
    parser.description = (
        "Grades the answers that stand in a report again and compares, exercise by exercise. The report is "
        "all that is needed: no course, no course key, and any machine will do. With --shell, opens a Python "
        "prompt in the sandbox at the call at which an exercise fails: the student's cells have run, the "
        "arguments of the call have names, and the expected value is not there."
    )
    parser.epilog = (
        "Exit codes: 0 all equal, 1 something differs, 2 usage. Example: autograder replay "
        "build/course/reports/softmax_regression/ada.json --exercise nll --shell"
    )
    parser.add_argument("report", type=Path, metavar="REPORT", help="a report, as a JSON file")
    parser.add_argument("--exercise", metavar="NAME", help="only this exercise")
    parser.add_argument(
        "--shell", action="store_true", help="a prompt at its failing call; end it with Ctrl-D"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    unsafe_option(parser)


def run(options: argparse.Namespace) -> int:
    """Replay what the options name; returns the exit code."""
    path = options.report
    try:
        report = read_report(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except UnreadableReportError as error:
        raise UsageError(
            f"{path}: is not a report ({error}); they lie in reports/ of a course"
        ) from None
    if options.shell and not options.exercise:
        raise UsageError("--shell needs --exercise, whose failing call it opens at")
    if options.exercise and options.exercise not in report.exercises:
        known = ", ".join(report.exercises) or "none"
        raise UsageError(f"{path}: has no exercise «{options.exercise}»; it has: {known}")
    course = course_at(Path.cwd())
    sandbox = Sandbox(
        layers=layers_in_force(unsafe=options.unsafe), course_files=course.public_files
    )
    try:
        if options.shell:
            if not report.exercises[options.exercise].tests:
                raise UsageError(f"«{options.exercise}» is graded by hand: there is no call")
            _open(*at_failing_call(report, options.exercise, course, sandbox))
            return 0
        return _compare(report, course, options, replay(report, course, sandbox))
    except ReplayError as error:
        raise UsageError(f"{path}: {error}") from None
    except NotCollectedError as error:
        raise UsageError(str(error)) from None
    except SandboxError as error:
        raise UsageError(f"{error}; `autograder doctor` may say why") from None
    finally:
        sandbox.stop()


def _compare(report: Report, course: Course, options: argparse.Namespace, again: Report) -> int:
    names = [options.exercise] if options.exercise else list(report.exercises)
    found = {n: differing_parts(report.exercises[n], again.exercises.get(n)) for n in names}
    versions = differing_versions(report, course)
    differ = any(found.values())
    if options.json:
        print_json(
            {
                "student": report.student,
                "assignment": report.assignment,
                "equal": not differ,
                "before": report.points,
                "after": again.points,
                "exercises": found,
                "versions": versions,
            }
        )
        return REVIEW if differ else 0
    for name, parts in found.items():
        said = "; ".join(parts) if parts else "equal"
        print(f"{name}: {said}".replace("\n", " "))  # no line that the report could forge
    for name, (theirs, ours) in versions.items():
        told = f"another version of {name}: {theirs} in the report, {ours} here"
        print(told.replace("\n", " "))
    print("Not everything is equal." if differ else "Everything is equal.")
    return REVIEW if differ else 0


def _open(session: StudentSession, failing: FailingCall | None, names: dict[str, Any]) -> None:
    """The prompt, until its input ends."""
    print(_introduction(failing, names))
    interactive = sys.stdin.isatty()
    prompt = _Prompt(session, names)
    prompt.start()
    sys.ps1, sys.ps2 = (">>> ", "... ") if interactive else ("", "")
    prompt.interact(banner="", exitmsg="")


def _introduction(failing: FailingCall | None, names: dict[str, Any]) -> str:
    lines = ["Every test of this exercise passes; this is the last call."]
    if failing is not None:
        lines = [f"{failing.test.name}: {failing.test.outcome}: {failing.test.message}"]
    if names:
        lines.append(f"Names of the call: {', '.join(names)}.")
    else:
        lines.append("The test made no call of this function.")
    lines.append("What you enter runs in the sandbox, where the student's cells have run.")
    return "\n".join(lines)


class _Prompt(code.InteractiveConsole):
    """Python's prompt, whose statements run in the sandbox and come back as text."""

    def __init__(self, session: StudentSession, names: dict[str, Any]) -> None:
        super().__init__()
        self._session = session
        self._names = names

    def start(self) -> None:
        """Give the call's arguments their names, in a fresh worker if the last one was lost."""
        self._session.begin_exercise(among_given=False)
        try:
            self._session.bind(self._names)
        except StudentFailure as failure:
            print(f"the answers do not run: {for_terminal(str(failure))}")

    def runsource(self, source: str, filename: str = "<prompt>", symbol: str = "single") -> bool:
        """Send a whole statement to the sandbox; asks for more if it is not whole."""
        try:
            if self.compile(source, filename, symbol) is None:
                return True
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if not source.strip():
            return False
        try:
            print(for_terminal(self._session.enter(source)), end="", flush=True)
        except StudentFailure as failure:
            print(
                f"{for_terminal(str(failure))} [{for_terminal(failure.detail)}] A fresh worker stands in."
            )
            self.start()
        return False
