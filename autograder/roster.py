"""Who is in the course: `roster.csv`, made of what other systems export. Trusted side.

Its columns are nbgrader's (`id` names the student's folders; `lms_user_id` is Canvas's number) and two of
ours: `username` in the learning management system, and `group` for work that is handed in together.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from autograder.tables import Table, TableError, read_table, to_csv

# Headings by what they tell, in the order of preference: those of nbgrader, Moodle, Canvas and Gradescope.
HEADINGS = {
    "id": ("id",),
    "first_name": ("first_name", "first name", "firstname"),
    "last_name": ("last_name", "last name", "lastname", "surname"),
    "full_name": ("full name", "student", "name"),
    "email": ("email", "email address", "e-mail"),
    "username": ("username", "sis login id"),
    "number": ("id number", "sis user id", "sid", "student id"),
    "lms_user_id": ("lms_user_id",),
    "group": ("group", "groups"),
    "role": ("role", "roles"),
}
MAX_ID = 128  # bytes
STAFF = {"teacher", "instructor", "ta", "manager", "observer", "designer", "reader"}


@dataclass(frozen=True)
class Student:
    """One student; what is not known is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    username: str = ""
    group: str = ""

    @property
    def full_name(self) -> str:
        """First and last name."""
        return " ".join(f"{self.first_name} {self.last_name}".split())


COLUMNS = tuple(field.name for field in fields(Student))


class Roster:
    """The students of a course, found by what other systems call them."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.students = tuple(students)
        # Students can write their addresses themselves: one that two have is nobody's.
        owners: dict[str, set[Student]] = {}
        for student in self.students:
            for handle in filter(None, (student.username, student.email)):
                owners.setdefault(handle.casefold(), set()).add(student)
        self._by_handle = {
            handle: next(iter(those)) for handle, those in owners.items() if len(those) == 1
        }
        self._by_handle.update({student.id.casefold(): student for student in self.students})
        self._by_lms = {s.lms_user_id: s for s in self.students if s.lms_user_id}
        self._by_name: dict[str, set[Student]] = {}
        for student in self.students:
            for first, last in _orders(student.first_name, student.last_name):
                self._by_name.setdefault(folded(first + last), set()).add(student)

    def by_handle(self, *handles: str) -> Student | None:
        """Who has one of these as id, username or email address; nobody has what two have."""
        found = (self._by_handle.get(handle.strip().casefold()) for handle in handles if handle)
        return next((student for student in found if student), None)

    def by_lms_user_id(self, number: str) -> Student | None:
        """Who has this number in Canvas."""
        return self._by_lms.get(number)

    def by_name(self, name: str) -> Student | None:
        """Who is called so, in any order and spelling; nobody if two are."""
        found = self._by_name.get(folded(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def in_group(self, group: str) -> tuple[Student, ...]:
        """The members of a group."""
        return tuple(s for s in self.students if group and folded(s.group) == folded(group))


def _orders(first: str, last: str) -> tuple[tuple[str, str], ...]:
    return ((first, last), (last, first)) if first or last else ()


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs, as systems write it into file names."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def read_roster(path: Path) -> Roster:
    """Read a `roster.csv`, each student once. Raises TableError."""
    table = read_table(path)
    if table.column("id") is None:
        raise TableError(f"{path}: has no column «id» with the students' ids; add it")
    places = {name: table.column(name) for name in COLUMNS}
    students = (
        Student(**{name: row[at].strip() for name, at in places.items() if at is not None})
        for row in table.rows
    )
    by_id = {student.id: student for student in students if student.id}
    for name in by_id:
        if "/" in name or name.startswith("."):
            raise TableError(f"{path}: «{name}» cannot be the name of a folder; change the id")
    return Roster(by_id.values())


def write_text(roster: Roster) -> str:
    """The text of `roster.csv`."""
    return to_csv(COLUMNS, map(astuple, roster.students))


def roster_of_export(path: Path, id_column: str | None = None) -> Roster:
    """The roster that an export of nbgrader, Moodle, Canvas or Gradescope holds.

    The id is the column `id_column`; else nbgrader's id, the username, the student number, the part of the
    email address before the @. Raises TableError.
    """
    table = read_table(path)
    if id_column is not None and table.column(id_column) is None:
        raise TableError(
            f"{path}: has no column «{id_column}»; there are: {', '.join(table.headings)}"
        )
    reader = _Reader(table, id_column)
    # A student in two sections stands there twice.
    students = list(dict.fromkeys(s for row in table.rows if (s := reader.student(row))))
    if not students:
        raise TableError(f"{path}: names no students; export it again")
    _refuse_bad_ids(path, students)
    return Roster(students)


class _Reader:
    """Reads the rows of an export."""

    def __init__(self, table: Table, id_column: str | None) -> None:
        self._table = table
        self._id_column = id_column
        # In Canvas's gradebook «ID» is Canvas's own number, not a name that a student knows.
        self._canvas = None not in (table.column("section"), table.column("student", "lastname"))
        self._at = {name: table.column(*headings) for name, headings in HEADINGS.items()}

    def student(self, row: Sequence[str]) -> Student | None:
        """The student of a row; none if the row is about something else."""
        cells = {name: row[at].strip() for name, at in self._at.items() if at is not None}
        name = cells.get("full_name", "")
        if self._canvas:
            if "Points Possible" in row[0] or name == "Student, Test" or not cells.get("id"):
                return None
            cells["lms_user_id"] = cells.pop("id")
        if set(re.findall(r"\w+", cells.get("role", "").casefold())) & STAFF:
            return None
        first, last = cells.get("first_name", ""), cells.get("last_name", "")
        if not first and not last:
            first, last = split_name(name)
        student = Student(
            self._id(row, cells),
            first,
            last,
            *(cells.get(each, "") for each in ("email", "lms_user_id", "username", "group")),
        )
        if not student.id:
            raise TableError(
                f"{self._table.path}: row {self._table.rows.index(tuple(row)) + 2} has nothing that could "
                "be an id; fill one of id, username, ID number, email"
            )
        return student

    def _id(self, row: Sequence[str], cells: dict[str, str]) -> str:
        if self._id_column is not None:
            return row[self._table.column(self._id_column) or 0].strip()
        mail = cells.get("email", "").partition("@")[0]
        known = (cells.get("id"), cells.get("username"), cells.get("number"), mail)
        return next((each for each in known if each), cells.get("lms_user_id", ""))


def split_name(name: str) -> tuple[str, str]:
    """First and last name of «Last, First» or «First Last»."""
    if "," in name:
        last, _, first = name.partition(",")
    else:
        first, _, last = name.rpartition(" ")
    return first.strip(), last.strip()


def is_folder_name(student: str) -> bool:
    """Whether an id can be the name of a student's folders, and be shown anywhere.

    formgrader writes it into the HTML and the scripts of its pages as it is.
    """
    plain = student.isprintable() and not set('/<>"') & set(student) and student[:1] != "."
    return plain and len(student.encode()) <= MAX_ID


def _refuse_bad_ids(path: Path, students: Sequence[Student]) -> None:
    seen: dict[str, Student] = {}
    for student in students:
        name = student.id
        if not is_folder_name(name):
            raise TableError(
                f"{path}: «{name}» cannot be the name of a folder; change it, or choose another column "
                "with --id"
            )
        twin = seen.setdefault(name.casefold(), student)
        if twin != student:
            raise TableError(
                f"{path}: «{name}» is the id of {twin.full_name or twin.email} and of "
                f"{student.full_name or student.email}; mend it, or choose another column with --id"
            )


def without(roster: Roster, student: str) -> Roster:
    """The roster without one student."""
    return Roster(each for each in roster.students if each.id != student)
