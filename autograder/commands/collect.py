"""`autograder collect`: from what a learning management system exports to `submitted/`. Trusted side."""

import argparse
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.cli import REVIEW, UsageError, assignments_named, course_option, print_json, tell
from autograder.collecting.archive import RefusedError, entries
from autograder.collecting.naming import SCHEMES, Handed, Options, parse_time, same_name
from autograder.collecting.place import Placement, carry_out, place
from autograder.directory import ROSTER, Directory
from autograder.files import make_private, sole_writer
from autograder.roster import Roster, Student, read_roster
from autograder.tables import TableError, read_table

LOCK = ".collect-lock"


def declare(parser: argparse.ArgumentParser) -> None:
    """What is collected, and by which names."""
    parser.description = (
        "Puts the notebooks of an export into DIR/submitted/<student>/<assignment>/, with the time where it "
        "is known. Students are found in DIR/roster.csv. Of several notebooks the latest counts; the others, "
        "and what lay there before, are kept in DIR/set_aside/. From nbgrader's exchange: "
        "`nbgrader collect`."
    )
    parser.epilog = (
        "Exit codes: 0 all collected, 1 a file or student was left out (each in one line), 2 usage."
    )
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="for example softmax_regression")
    parser.add_argument("paths", nargs="+", type=Path, metavar="ZIP-OR-FOLDER")
    parser.add_argument(
        "--from",
        dest="scheme",
        required=True,
        choices=SCHEMES,
        help="whose names of files these are; `folder`: an id is a part of the path",
    )
    course_option(parser)
    parser.add_argument(
        "--worksheet",
        type=Path,
        metavar="CSV",
        help="Moodle's grading worksheet of this assignment: whose number is whose, and when each handed in; "
        "or any CSV with the columns id and timestamp",
    )
    parser.add_argument(
        "--groups",
        action="store_true",
        help="work was handed in by groups, as the column `group` of the roster names them",
    )
    parser.add_argument(
        "--file-times",
        action="store_true",
        help="with --from folder: a file's own time is when it was handed in",
    )
    parser.add_argument(
        "--timezone",
        type=_zone,
        default=UTC,
        metavar="ZONE",
        help="of times that name none, for example Europe/Prague (default: UTC)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, and do nothing"
    )
    parser.add_argument(
        "--json", action="store_true", help="print JSON Lines, one object a student"
    )


def _zone(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise argparse.ArgumentTypeError(f"{text} is no time zone, as Europe/Prague is") from None


def run(options: argparse.Namespace) -> int:
    """Collect what the options name; returns the exit code."""
    directory = Directory(options.course)
    assignments_named(directory.course, [options.assignment])
    refused: list[str] = []
    context = _options(directory, options)
    handed = list(_handed(options, context, refused))
    try:
        if not options.dry_run:
            make_private(directory.root)
        # Of two at once one could give a notebook the time of the other's.
        with nullcontext() if options.dry_run else sole_writer(directory.root / LOCK, mode=0o666):
            counts = _place(directory, options, handed, refused)
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    for line in refused:
        tell(line.replace("\n", " "))  # a name of a file may hold line breaks
    _remark(handed, context)
    if not options.json:
        told = ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing"
        print(
            f"{'Would be collected' if options.dry_run else 'Collected'}: {told}; {len(refused)} left out"
        )
    return REVIEW if refused else 0


def _place(
    directory: Directory, options: argparse.Namespace, handed: list[Handed], refused: list[str]
) -> dict[str, int]:
    """Put each notebook where it goes, and count what was done."""
    counts: dict[str, int] = {}
    for placement in place(directory, options.assignment, handed, refused):
        try:
            if not options.dry_run:
                carry_out(directory, placement)
        except OSError as error:  # a folder of the exchange's where a file has to be, say
            refused.append(f"{error.filename}: {error.strerror}; mend that, and collect again")
            continue
        counts[placement.what] = counts.get(placement.what, 0) + 1
        _say(placement, as_json=options.json)
    return counts


def _options(directory: Directory, options: argparse.Namespace) -> Options:
    """The roster, and what the worksheet adds to it."""
    path = directory.root / ROSTER
    try:
        roster = read_roster(path) if path.exists() else Roster(())
        known = Options(
            roster,
            options.timezone,
            {},
            {},
            groups=options.groups,
            file_times=options.file_times,
            known_only=path.exists(),
        )
        if options.worksheet:
            numbers, times = _worksheet(options.worksheet, known)
            known = replace(known, numbers=numbers, times=times)
    except TableError as error:
        raise UsageError(str(error)) from None
    if options.scheme != "folder" and not roster.students:
        raise UsageError(
            f"{path}: is needed to know whose is what; `autograder new-course` makes it"
        )
    return known


def _worksheet(path: Path, known: Options) -> tuple[dict[str, Student], dict[str, datetime]]:
    """Moodle's participants by number, and times by id. Raises TableError."""
    table = read_table(path)
    handles = ("id", "username", "email address", "email", "id number")
    at = [place for name in handles if (place := table.column(name)) is not None]
    number, name = table.column("identifier"), table.column("full name")
    when = table.column("last modified (submission)", "timestamp")
    if not at and name is None:
        raise TableError(
            f"{path}: has none of the columns Email address, ID number, Full name, id; download it in English"
        )
    numbers: dict[str, Student] = {}
    times: dict[str, datetime] = {}
    for line, row in enumerate(table.rows, start=2):
        student = known.roster.by_handle(*(row[place] for place in at))
        student = student or (known.roster.by_name(row[name]) if name is not None else None)
        if student is None:
            continue
        if number is not None and (digits := re.search(r"(\d+)$", row[number].strip())):
            numbers[digits[1]] = student
        if when is not None and row[when].strip() not in ("", "-"):
            try:
                times[student.id] = parse_time(row[when], known.zone)
            except ValueError:
                raise TableError(
                    f"{path}: row {line}: «{row[when]}» is no time; write it as 2026-11-20 10:00"
                ) from None
    return numbers, times


def _handed(options: argparse.Namespace, known: Options, refused: list[str]) -> Iterator[Handed]:
    """The notebooks of all exports, by student."""
    for path in options.paths:
        try:
            for handed in SCHEMES[options.scheme](entries(path, refused), known, refused):
                # The worksheet goes first: a time that lay beside the notebook may be the student's own word.
                yield replace(handed, time=known.times.get(handed.student.id) or handed.time)
        except RefusedError as error:
            refused.append(str(error) if str(path) in str(error) else f"{path}: {error}")


def _say(placement: Placement, *, as_json: bool) -> None:
    version = placement.submission
    time = version.time.isoformat() if version and version.time else None
    if as_json:
        print_json(
            {
                "student": placement.student,
                "assignment": placement.assignment,
                "what": placement.what,
                "from": placement.origin,
                "time": time,
                "late": placement.late,
                "set_aside": [each.aside_name for each in placement.aside],
            }
        )
    elif placement.what != "unchanged":
        late = ", late" if placement.late else ""
        aside = f"; {len(placement.aside)} set aside" if placement.aside else ""
        print(f"{placement.student}: {placement.what}{late} {time or '(no time known)'}{aside}")


def _remark(handed: list[Handed], known: Options) -> None:
    """What a person should know, though nothing is wrong."""
    late = sorted({one.student.id for one in handed if one.late and one.time is None})
    if late:
        tell(
            f"late, but Canvas's file does not say by how much: {', '.join(late)}; "
            "where that costs points, give the times by --worksheet"
        )
    if not known.groups:
        for one in handed:
            if not same_name(one):
                tell(
                    f"{one.entry.origin}: is {one.student.id}'s by number, under another name; was it a "
                    "group's? Then say --groups"
                )
