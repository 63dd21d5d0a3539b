"""The command line: `autograder build | grade | feedback | doctor`. Trusted side.

Exit codes for scripts: 0 all graded, 1 something of ours needs review, 2 usage.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

DEFAULT_COURSE = Path("build/course")
REVIEW, USAGE = 1, 2


class UsageError(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    if not sys.platform.startswith("linux"):
        print("autograder: grading needs Linux; use a Linux machine or container", file=sys.stderr)
        return USAGE
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except UsageError as error:
        print(f"autograder: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("autograder: stopped; the next run goes on from here", file=sys.stderr)
        return 130


def build(options: argparse.Namespace) -> int:
    """Make the course directory, or the notebooks beside the text sources."""
    from autograder.authoring.build import build_course, stale_notebooks, write_notebooks

    if options.check:
        stale = stale_notebooks()
        for path in stale:
            print(f"{path}: is out of date; run `autograder build --notebooks`")
        return REVIEW if stale else 0
    if options.notebooks:
        write_notebooks()
        return 0
    build_course(options.course)
    print(f"The course stands in {options.course}")
    return 0


def grade(options: argparse.Namespace) -> int:
    """Grade submissions and write reports and gradebook."""
    from autograder.commands.grade import grade_course

    return grade_course(options)


def feedback(options: argparse.Namespace) -> int:
    """Write the pages that students read."""
    from autograder.commands.feedback import give_feedback

    return give_feedback(options)


def doctor(options: argparse.Namespace) -> int:
    """Say what this host's sandbox can do."""
    from autograder.commands.doctor import examine

    return examine(as_json=options.json)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """As argparse, with a pointer to the help."""
        print(f"{self.prog}: {message}\nTry `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="autograder",
        description="Builds the course and grades notebooks in a sandbox.",
        epilog="Start with `autograder doctor`, then `autograder build`, then `autograder grade`.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    command = commands.add_parser(
        "build",
        help="make the nbgrader course with source and release notebooks",
        description="Makes the nbgrader course: configuration, source/, release/ and gradebook.db.",
    )
    command.add_argument("--course", type=Path, default=DEFAULT_COURSE, metavar="DIR", help=_COURSE)
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--notebooks",
        action="store_true",
        help="write the notebooks beside their text sources in assignments/ and lectures/, and "
        "docs/coverage.md",
    )
    which.add_argument(
        "--check", action="store_true", help="only say which of those files are out of date"
    )
    command.set_defaults(command=build)

    command = commands.add_parser(
        "grade",
        help="grade the submissions of assignments",
        description=(
            "Grades DIR/submitted/<student>/<assignment>/<assignment>.ipynb in a sandbox; writes "
            "DIR/reports/ and the points into DIR/gradebook.db. What is unchanged since the last "
            "run is not graded again. Killed and started again, it goes on where it was."
        ),
        epilog="Exit codes: 0 all graded, 1 something of ours needs review, 2 usage.",
    )
    command.add_argument(
        "assignments", nargs="+", metavar="ASSIGNMENT", help="for example softmax_regression"
    )
    command.add_argument("--course", type=Path, default=DEFAULT_COURSE, metavar="DIR", help=_COURSE)
    command.add_argument(
        "--student", action="append", metavar="ID", help="only this student (may be given again)"
    )
    command.add_argument(
        "--jobs",
        type=_positive,
        default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        metavar="N",
        help="processes that grade side by side (default: one per core, here %(default)s)",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="print JSON Lines, one object a submission, instead of a table",
    )
    command.add_argument("--force", action="store_true", help="grade again what is unchanged, too")
    command.add_argument(
        "--unsafe",
        action="store_true",
        help="grade although layers of the sandbox are missing here (see `autograder doctor`)",
    )
    command.set_defaults(command=grade)

    command = commands.add_parser(
        "feedback",
        help="write the pages that students read, from the reports of graded submissions",
        description=(
            "Writes DIR/feedback/<student>/<assignment>/<assignment>.html, and the same as Markdown, from "
            "DIR/reports/. `nbgrader release_feedback` finds the pages there. What each hidden test lets "
            "students read of it stands at the test; see docs/feedback.md."
        ),
        epilog="Exit codes: 0 all written, 1 a report could not be read, 2 usage.",
    )
    command.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all that were graded)"
    )
    command.add_argument("--course", type=Path, default=DEFAULT_COURSE, metavar="DIR", help=_COURSE)
    command.add_argument(
        "--student", action="append", metavar="ID", help="only this student (may be given again)"
    )
    command.add_argument(
        "--after-deadline",
        action="store_true",
        help="tell also what tests keep back until the deadline is over",
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="print JSON Lines, one object a page, instead of a count",
    )
    command.set_defaults(command=feedback)

    command = commands.add_parser(
        "doctor",
        help="say what this host's sandbox can do, layer by layer",
        description="Tries each layer of the sandbox on this host and says what to install.",
        epilog="Exit codes: 0 every layer works, 1 something is missing.",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(command=doctor)
    return parser


_COURSE = "the course directory (default: %(default)s)"


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def print_json(value: object) -> None:
    """One JSON object on one line of standard output."""
    print(json.dumps(value, ensure_ascii=False, sort_keys=True), flush=True)


if __name__ == "__main__":
    sys.exit(main())
