"""The command line: `autograder COMMAND …`. Trusted side.

Each command is a module of `autograder.commands` that declares its own arguments. Only the one that is called
is imported. Exit codes for scripts: 0 done, 1 the grader failed on something, 2 usage.
"""

import argparse
import atexit
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, Protocol, TextIO, cast

from autograder.courses import DIRECTORY_FILES, out_of_submissions
from glm2mlp.course import Assignment, Course, CourseError

DEFAULT_COURSE = Path("build/course")
REVIEW, USAGE = 1, 2

# A command and what it does, in the order of a course's life. Its module has the same name, with _ for -.
COMMANDS = {
    "build": "make the nbgrader course with source and release notebooks",
    "release": "write what students download: notebooks, their package, a way to start",
    "new-assignment": "begin an assignment, to which exercises are added, for authors",
    "new-exercise": "begin an exercise in every place that it needs, for authors",
    "new-course": "make a course directory that is ready to grade, with a roster",
    "collect": "put what students handed in elsewhere where it is graded",
    "grade": "grade the submissions of assignments",
    "regrade": "show who would gain or lose by a change of tests or points, and apply it",
    "feedback": "write the pages that students read, from the reports of graded submissions",
    "overview": "write one page about the whole class, from the reports",
    "export": "write the points for Canvas, Moodle, Gradescope or a spreadsheet",
    "replay": "grade what a report holds again, and compare; or look into a failing call",
    "self-check": "grade one notebook without a course, for people who study alone",
    "forget": "delete what is kept about a student",
    "doctor": "say what this host's sandbox can do, layer by layer",
}


class Command(Protocol):
    """What a module of `autograder.commands` has to have."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Give the command its description, its arguments and its epilog."""

    def run(self, options: argparse.Namespace) -> int:
        """Do what the options say; returns the exit code. Raises UsageError."""


class UsageError(Exception):
    """What was asked cannot be done; the text says why and what to do."""


def assignments_named(course: Course, names: Sequence[str]) -> list[Assignment]:
    """The assignments of these names, each once; all of the course if none is named. Raises UsageError."""
    for name in names:
        if name not in course.assignments:
            known = ", ".join(course.assignments)
            raise UsageError(f"there is no assignment «{name}»; there are: {known}")
    return [course.assignments[name] for name in dict.fromkeys(names or course.assignments)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    with _outlasting(sys.stdout, redirect_stdout), _outlasting(sys.stderr, redirect_stderr):
        try:
            return _run(words)
        except (UsageError, CourseError) as error:
            tell(str(error))
            return USAGE
        except OSError as error:  # a missing permission, a full disk: wherever it was met
            if error.filename is None:
                raise
            tell(f"{os.fsdecode(error.filename)}: {error.strerror}")
            return USAGE
        except KeyboardInterrupt:  # also while modules are imported, which takes a second
            print("autograder: stopped; the next run goes on from here", file=sys.stderr)
            return 130


@contextmanager
def _outlasting(
    stream: TextIO, redirect: Callable[[TextIO], AbstractContextManager[TextIO]]
) -> Iterator[None]:
    """Let a command finish its work although nobody reads what it prints any more, as after `| head`."""
    outlasting = cast("TextIO", _Outlasting(stream))
    with redirect(outlasting):
        try:
            yield
        finally:
            outlasting.flush()


class _Outlasting:
    """A stream that drops what is written once its reader has gone; everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """As the stream does; the length of a text that nobody reads, too."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._drop()
            return len(text)

    def flush(self) -> None:
        """As the stream does."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._drop()

    def _drop(self) -> None:
        """Send what waits in the stream, and what follows, nowhere: Python flushes once more at its end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


def _run(words: Sequence[str]) -> int:
    called = words[0] if words and words[0] in COMMANDS else None
    if called and not sys.platform.startswith("linux"):
        print("autograder: grading needs Linux; use a Linux machine or container", file=sys.stderr)
        return USAGE
    module = called and import_module(f"autograder.commands.{called.replace('-', '_')}")
    command = cast("Command | None", module)
    options = _parser(called, command).parse_args(words)
    assert command is not None, "argparse ends where no command is named"
    # Python ends with searches for cycles in all that is there: with nbgrader a quarter of a second.
    atexit.register(gc.freeze)
    return command.run(options)


class _Parser(argparse.ArgumentParser):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        """As argparse, without abbreviations: `--un` is a slip, and no wish for `--unsafe`."""
        super().__init__(*arguments, **{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """As argparse, with a pointer to the help."""
        print(f"{self.prog}: {message}\nTry `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(USAGE)


def _parser(called: str | None, command: Command | None) -> argparse.ArgumentParser:
    """The parser of the command that is called; of the others it knows the names."""
    parser = _Parser(
        prog="autograder",
        description="Builds the course and grades notebooks in a sandbox.",
        epilog="Start with `autograder doctor`, then `autograder build`, then `autograder grade`.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for name, text in COMMANDS.items():
        subparser = commands.add_parser(name, help=text)
        if command is not None and name == called:
            command.declare(subparser)
    return parser


# What several commands take.


def course_option(parser: argparse.ArgumentParser) -> None:
    """`--course DIR`; inside a course directory it is that one."""
    parser.add_argument(
        "--course",
        type=Path,
        default=_course_here() or DEFAULT_COURSE,
        metavar="DIR",
        help="the course directory (default: the one you are in, else build/course; here %(default)s)",
    )


def _course_here() -> Path | None:
    """The nearest course directory that is the working directory or holds it."""
    here = out_of_submissions(Path.cwd())
    for folder in (here, *here.parents):
        # As os.path has it: a folder that may not be looked into is no course.
        if any(os.path.isfile(folder / name) for name in DIRECTORY_FILES):
            return folder
    return None


def student_option(parser: argparse.ArgumentParser) -> None:
    """`--student ID`, which may be given again."""
    parser.add_argument(
        "--student", action="append", metavar="ID", help="only this student (may be given again)"
    )


def jobs_option(parser: argparse.ArgumentParser) -> None:
    """`--jobs N`."""
    parser.add_argument(
        "--jobs",
        type=positive,
        default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        metavar="N",
        help="processes that grade side by side (default: one per core, here %(default)s)",
    )


def dask_option(parser: argparse.ArgumentParser) -> None:
    """`--dask ADDRESS`."""
    parser.add_argument(
        "--dask",
        type=_address,
        metavar="ADDRESS",
        help="grade on a Dask cluster: its scheduler, for example tcp://host:8786, or «local» for one of "
        "--jobs workers here",
    )


def _address(text: str) -> str:
    """An address that a script left empty is none, and no wish to grade here."""
    if not text.strip():
        raise argparse.ArgumentTypeError(
            "is empty; it takes the address of a scheduler, or «local»"
        )
    return text


def unsafe_option(parser: argparse.ArgumentParser) -> None:
    """`--unsafe`."""
    parser.add_argument(
        "--unsafe",
        action="store_true",
        help="grade although layers of the sandbox are missing here (see `autograder doctor`)",
    )


def positive(text: str) -> int:
    """A number of things of which there is at least one, as the type of an argument."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"«{text}» is not a whole number above 0")
    return int(text)


def print_json(value: object) -> None:
    """One JSON object on one line of standard output, and nothing that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    print(text, flush=True)


def tell(text: str) -> None:
    """A line on standard error; names of files and students in it may be hostile."""
    print(f"autograder: {for_terminal(text)}", file=sys.stderr)


def for_terminal(text: str) -> str:
    """A text that came from a student, without what a terminal would obey."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


if __name__ == "__main__":
    # The module that commands import; this one is `__main__`, and its UsageError another one.
    sys.exit(import_module("autograder.cli").main())
