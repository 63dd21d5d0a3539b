"""Whose a file is, by the names that each system gives to files. Trusted side.

Where each scheme was found, and on which none of them was tried, stands in docs/instructor.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

import yaml

from autograder.collecting.archive import METADATA, TIMESTAMP, Entry, RefusedError
from autograder.roster import Roster, Student, folded, is_folder_name

# Moodle: «Full Name_1234567_assignsubmission_file_/work.ipynb», since 4.1 without the last _; or, without
# folders, «Full Name_1234567_assignsubmission_file_work.ipynb». Names have no _; a default group no number.
MOODLE = re.compile(r"(?P<name>[^_]+)(?:_(?P<number>\d+))?_assignsubmission_file(?:_.*)?")
# Canvas: «lastfirst_LATE_12345_6789012_work-1.ipynb»: its numbers of the user and of the file.
CANVAS = re.compile(r"(?:(?P<name>.+?)_)?(?P<late>LATE_)?(?P<user>\d+)_(?P<file>\d+)_(?P<work>.+)")
CANVAS_ANONYMOUS = re.compile(r"(LATE_)?anon_\w+?_\d+_.+")


@dataclass(frozen=True)
class Handed:
    """A notebook and whose it is; of two without times the one with the greater `order` came later."""

    student: Student
    entry: Entry
    time: datetime | None = None
    order: int = 0
    late: bool = False

    @property
    def name(self) -> str:
        """What the student called the file, as far as it is known."""
        plain = CANVAS.fullmatch(self.entry.name)
        return plain["work"] if plain else self.entry.name


@dataclass(frozen=True)
class Options:
    """What the command line says beside the files.

    `numbers` are the participants of Moodle's worksheet, `times` its times by id; `groups`: work is handed in
    for a whole group; `file_times`: a file's own time is when it was handed in; `zone` holds where a time
    names none.
    """

    roster: Roster
    zone: tzinfo
    numbers: Mapping[str, Student]
    times: Mapping[str, datetime]
    groups: bool = False
    file_times: bool = False
    known_only: bool = True


Scheme = Callable[[Iterable[Entry], Options, list[str]], Iterator[Handed]]


def moodle(entries: Iterable[Entry], options: Options, unknown: list[str]) -> Iterator[Handed]:
    """Moodle's «Download all submissions», with folders or without."""
    for entry in _notebooks(entries):
        # Below the outermost one names are the student's, also where that one cannot be read.
        part = next((part for part in entry.parts if "_assignsubmission_" in part), "")
        found = MOODLE.fullmatch(part)
        if found is None:
            unknown.append(f"{entry.origin}: is not named as Moodle names files; is --from right?")
            continue
        name, number = found["name"].strip(), found["number"] or ""
        if options.groups and (members := options.roster.in_group(name)):
            yield from (Handed(student, entry) for student in members)
        elif student := options.numbers.get(number) or _namesake(name, number, options):
            yield Handed(student, entry)
        else:
            unknown.append(
                f"{entry.origin}: nobody without another number, or more than one, is called «{name}» in "
                "roster.csv; add the student, or give Moodle's grading worksheet by --worksheet"
            )


def _namesake(name: str, number: str, options: Options) -> Student | None:
    """Who has a name, which users can change, unless Moodle's worksheet gives them another number."""
    student = options.roster.by_name(name)
    return None if number and student in options.numbers.values() else student


def canvas(entries: Iterable[Entry], options: Options, unknown: list[str]) -> Iterator[Handed]:
    """Canvas's «Download submissions»."""
    for entry in _notebooks(entries):
        found = CANVAS.fullmatch(entry.name)
        if found is None or CANVAS_ANONYMOUS.fullmatch(entry.name):
            what = "is anonymous" if found or "anon_" in entry.name else "is not named as in Canvas"
            unknown.append(
                f"{entry.origin}: {what}; download again with names, or see whether --from is right"
            )
            continue
        roster, name = options.roster, found["name"] or ""
        student = roster.by_lms_user_id(found["user"]) or roster.by_name(name)
        if student is None or student.lms_user_id not in ("", found["user"]):  # a namesake's
            unknown.append(
                f"{entry.origin}: Canvas's user {found['user']} («{name}») is not in roster.csv; write that "
                "number into the student's lms_user_id"
            )
            continue
        handed = Handed(student, entry, None, int(found["file"]), bool(found["late"]))
        yield from _for_group(handed, options)


def _for_group(handed: Handed, options: Options) -> Iterator[Handed]:
    """The work of one who hands in for a group belongs to all of it."""
    members = options.roster.in_group(handed.student.group) if options.groups else ()
    yield from (replace(handed, student=member) for member in members or (handed.student,))


def gradescope(entries: Iterable[Entry], options: Options, unknown: list[str]) -> Iterator[Handed]:
    """Gradescope's «Export submissions»: a folder for each, and who handed it in in a file of its own."""
    found = list(entries)
    told = {entry.parts[:-1]: entry for entry in found if entry.name == METADATA}
    if not told:
        raise RefusedError(f"there is no {METADATA}; give the whole export of the assignment")
    for root, metadata in told.items():
        if any(root[:depth] in told for depth in range(len(root))):
            continue  # a student handed it in
        submissions = _metadata(metadata)
        for entry in _notebooks(found):
            inside = entry.parts[len(root) :]
            if entry.parts[: len(root)] != root or not isinstance(submissions.get(inside[0]), dict):
                continue
            submission = submissions[inside[0]]
            time = submission.get(":created_at")
            zoned = _zoned(time, options.zone) if isinstance(time, datetime) else None
            for person in submission.get(":submitters") or []:
                yield from _submitter(person, entry, zoned, options, unknown)


def _submitter(
    person: Any, entry: Entry, time: datetime | None, options: Options, unknown: list[str]
) -> Iterator[Handed]:
    told = person if isinstance(person, dict) else {}
    sid, email, name = (str(told.get(f":{each}") or "") for each in ("sid", "email", "name"))
    roster = options.roster
    student = roster.by_handle(sid, email)
    if student is None and (namesake := roster.by_name(name)):
        student = None if email and namesake.email else namesake  # users can change their names
    if student is not None:
        yield Handed(student, entry, time)
    else:
        unknown.append(
            f"{entry.origin}: {name} ({sid or email}) is not in roster.csv; add a line with that id or email"
        )


class _Loader(yaml.SafeLoader):
    """Gradescope's YAML is Ruby's: mappings may be tagged with classes, of which only the data count."""


_Loader.add_multi_constructor(
    "!ruby/", lambda loader, _, node: loader.construct_mapping(node, deep=True)
)


def _metadata(entry: Entry) -> dict[str, Any]:
    try:
        data = yaml.load(entry.read(), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = " ".join(str(error).split())
        raise RefusedError(f"{entry.origin}: is no YAML ({line}); export it again") from None
    if not isinstance(data, dict):
        raise RefusedError(f"{entry.origin}: names no submissions; export it again")
    return {str(name): submission for name, submission in data.items()}


def folder(entries: Iterable[Entry], options: Options, unknown: list[str]) -> Iterator[Handed]:
    """Files whose paths hold an id, as `<student>/…/work.ipynb` or `<student>_work.ipynb`."""
    found = list(entries)
    stamps = {entry.parts[:-1]: entry for entry in found if entry.name == TIMESTAMP}
    named = [(entry, *_named(entry, options.roster)) for entry in _notebooks(found)]
    outermost = min((place for _, place, students in named if students), default=0)
    for entry, place, students in named:
        student = next(iter(students), None)
        if student is None and len(entry.parts) > 1 and not options.known_only:
            student = Student(entry.parts[0])
        if problem := _doubtful(student, students, deeper=place > outermost):
            unknown.append(f"{entry.origin}: {problem}")
            continue
        assert student is not None
        stamp = stamps.get(entry.parts[:-1])
        time = _stamp(stamp, options.zone, unknown) if stamp else None
        if time is None and options.file_times and entry.time:
            time = _zoned(entry.time, options.zone)
        yield from _for_group(Handed(student, entry, time), options)


def _doubtful(student: Student | None, named: set[Student], *, deeper: bool) -> str:
    """Why it is not sure enough whose a file is, and what to do; nothing if it is."""
    if student is None:
        return "no part of its name is an id of roster.csv; add the student, or rename it"
    if not is_folder_name(student.id):
        return "its folder has a name that no student can have; rename it"
    if len(named) > 1:
        ids = " and ".join(sorted(each.id for each in named))
        return f"its name holds the ids of {ids}; rename it"
    if named and deeper:
        return (
            f"{student.id} stands further in than the students of other files, and so may be a name that "
            "somebody else gave; rename its outermost folder, or collect that one by itself"
        )
    return ""


def _named(entry: Entry, roster: Roster) -> tuple[int, set[Student]]:
    """Whom the outermost part of the path names that names anybody, and the place of that part.

    What lies within was named by who handed it in. They are several if that part does not tell one.
    """
    *folders, name = entry.parts
    for place, part in enumerate((*folders, name.removesuffix(".ipynb"))):
        found = roster.by_handle(part) or roster.by_name(part)
        if students := {found} if found else _within(part, roster):
            return place, students
    return len(entry.parts), set()


def _within(part: str, roster: Roster) -> set[Student]:
    """Whose ids, usernames or addresses stand in a name between signs that separate.

    Of `anna` and `anna-maria` the longer one counts; of two beside each other one is what the student wrote.
    """
    signs = [(sign.start(), sign.end()) for sign in re.finditer(r"[_\-+. ]", part)]
    starts, ends = [0, *(end for _, end in signs)], [*(start for start, _ in signs), len(part)]
    pieces = [(start, end) for start in starts for end in ends if start < end]
    found: dict[tuple[int, int], Student] = {}
    for start, end in sorted(pieces, key=lambda piece: piece[0] - piece[1]):
        student = roster.by_handle(part[start:end])
        if student and not any(first <= start and end <= last for first, last in found):
            found[start, end] = student
    return set(found.values())


def _stamp(entry: Entry, zone: tzinfo, unknown: list[str]) -> datetime | None:
    try:
        time = parse_time(entry.read().decode(errors="replace"), zone)
        return time.astimezone(UTC)
    except (ValueError, OverflowError, RefusedError):  # of the first year, and east of Greenwich
        unknown.append(
            f"{entry.origin}: is no time, so none is known; write it as 2026-11-20 10:00 UTC"
        )
        return None


def parse_time(text: str, zone: tzinfo) -> datetime:
    """A time in ISO form, with a zone or «UTC» or without, or as Moodle's worksheet writes it in English.

    Raises ValueError.
    """
    plain = text.strip().removesuffix("UTC").strip()
    utc = "+00:00" if plain != text.strip() else ""
    try:
        return _zoned(datetime.fromisoformat(plain + utc), zone)
    except ValueError:
        return _zoned(datetime.strptime(plain, "%A, %d %B %Y, %I:%M %p"), zone)


def _zoned(time: datetime, zone: tzinfo) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=zone)


def _notebooks(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.name.endswith(".ipynb"))


def same_name(handed: Handed) -> bool:
    """Whether the name in a file of Canvas is the student's: a group's work carries the group's."""
    found = CANVAS.fullmatch(handed.entry.name)
    first, last = folded(handed.student.first_name), folded(handed.student.last_name)
    names = ("", last + first, first + last)
    return found is None or not (first + last) or folded(found["name"] or "") in names


SCHEMES: dict[str, Scheme] = {
    "folder": folder,
    "moodle": moodle,
    "canvas": canvas,
    "gradescope": gradescope,
}
