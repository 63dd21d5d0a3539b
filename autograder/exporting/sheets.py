"""Grades as the tables that Canvas, Moodle and spreadsheets read. Trusted side.

What is pending or missing is never a zero: it is an empty cell, or a dash for Moodle, which takes an empty
cell of a new column for zero. In a file that came from there such cells stay as they are.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from autograder.grades import Grade, roster_of
from autograder.roster import Roster, Student, folded
from autograder.tables import Table, TableError, to_csv
from glm2mlp.course import Assignment, Course

# Of Canvas's gradebook export; the columns of assignments follow.
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_POSSIBLE, CANVAS_TEST_STUDENT = "    Points Possible", "Student, Test"
MOODLE = ("First name", "Last name", "Username", "Email address")
NOTHING_IN_MOODLE = "-"
PLAIN = (
    *("student", "last_name", "first_name", "email", "assignment", "status", "points"),
    *(
        "max_points",
        "points_before_penalty",
        "late_penalty",
        "handed_in",
        "extra_credit",
        "comments",
    ),
)


def _rounded(points: float | None) -> float | None:
    return None if points is None else round(points, 2)


def _by_student(grades: Iterable[Grade]) -> dict[Student, dict[str, Grade]]:
    found: dict[Student, dict[str, Grade]] = {}
    for grade in grades:
        found.setdefault(grade.student, {})[grade.assignment] = grade
    return found


def plain_rows(grades: Iterable[Grade]) -> list[tuple[Any, ...]]:
    """One row for each student and assignment, with the columns PLAIN."""
    return [
        (
            *(
                grade.student.id,
                grade.student.last_name,
                grade.student.first_name,
                grade.student.email,
            ),
            *(grade.assignment, grade.status, grade.points, grade.max_points),
            *(grade.before_penalty, grade.late_penalty, grade.handed_in),
            *(grade.extra_credit, grade.comments),
        )
        for grade in grades
    ]


def plain(grades: Iterable[Grade]) -> str:
    """A CSV file for spreadsheets; times are UTC."""
    rows = (
        [_rounded(cell) if isinstance(cell, float) else cell for cell in row]
        for row in plain_rows(grades)
    )
    return to_csv(PLAIN, rows)


def parquet(grades: Iterable[Grade]) -> bytes:
    """The same as a Parquet file, with types. Raises ImportError without pyarrow."""
    import pyarrow
    from pyarrow import parquet as files

    text, number = pyarrow.string(), pyarrow.float64()
    types = [*[text] * 6, *[number] * 4, pyarrow.timestamp("us", "UTC"), number, text]
    columns = zip(*plain_rows(grades), strict=True)
    arrays = [pyarrow.array(cells, kind) for cells, kind in zip(columns, types, strict=True)]
    buffer = io.BytesIO()
    files.write_table(pyarrow.table(arrays, names=list(PLAIN)), buffer)
    return buffer.getvalue()


def canvas(course: Course, grades: Sequence[Grade]) -> str:
    """Canvas's gradebook, for who has no export of it at hand."""
    by_student = _by_student(grades)
    names = list(dict.fromkeys(grade.assignment for grade in grades))
    possible = [CANVAS_POSSIBLE, *[None] * (len(CANVAS) - 1)]
    rows: list[list[object]] = [
        [*possible, *(course.assignments[name].max_points for name in names)]
    ]
    for student, own in by_student.items():
        name = ", ".join(part for part in (student.last_name, student.first_name) if part)
        who = (name or student.id, student.lms_user_id, None, student.username or student.id, None)
        rows.append([*who, *(_rounded(own[name].points) for name in names)])
    return to_csv([*CANVAS, *(course.assignments[name].title for name in names)], rows)


def into_canvas(course: Course, grades: Sequence[Grade], table: Table, missed: list[str]) -> str:
    """The points in an export of Canvas's gradebook; of its columns only who is who and these assignments.

    Who is in one of the two only adds a line to `missed`. Raises TableError.
    """
    section = table.column("section")
    if section is None or table.column("id") is None:
        raise TableError(
            f"{table.path}: has no columns ID and Section; export the gradebook from Canvas"
        )
    names = dict.fromkeys(grade.assignment for grade in grades)
    at = {name: _canvas_column(table, course.assignments[name]) for name in names}
    places = [table.column(name) for name in ("sis login id", "sis user id")]
    number = table.column("id") or 0
    roster, by_student = roster_of(grades), _by_student(grades)
    left = dict.fromkeys(by_student)
    kept = [*range(section + 1), *at.values()]
    rows = []
    for line, row in enumerate(table.rows, start=2):
        cells: list[object] = list(row)
        if "Points Possible" in row[0]:
            cells_of = {course.assignments[name]: place for name, place in at.items()}
            _same_points(table, line, row, cells_of)
        elif row[0].strip() and row[0] != CANVAS_TEST_STUDENT:
            handles = (row[place] for place in places if place is not None)
            student = roster.by_lms_user_id(row[number].strip()) or roster.by_handle(*handles)
            student = student or _namesake(roster, row[0], "lms_user_id", row[number])
            if student is None:
                missed.append(
                    f"{table.path}: row {line}: «{row[0]}» is not in this course; left as it is"
                )
                continue
            left.pop(student, None)
            for name, place in at.items():
                if (points := _rounded(by_student[student][name].points)) is not None:
                    cells[place] = points
        rows.append([cells[place] for place in kept])
    _tell_left(left, table, missed)
    return to_csv([table.headings[place] for place in kept], rows, table.delimiter)


def _canvas_column(table: Table, assignment: Assignment) -> int:
    """The column of an assignment: Canvas writes its title and, in brackets, its number."""
    wanted = {folded(assignment.name), folded(assignment.title)}
    for place, heading in enumerate(table.headings):
        if folded(re.sub(r"\s*\(\d+\)\s*$", "", heading)) in wanted:
            return place
    raise TableError(
        f"{table.path}: no column is called «{assignment.title}» or «{assignment.name}»; make the "
        "assignment in Canvas under that name, and export the gradebook again"
    )


def _same_points(table: Table, line: int, row: Sequence[str], at: dict[Assignment, int]) -> None:
    for assignment, place in at.items():
        _same(table, f"row {line}, «{table.headings[place]}»", row[place], assignment)


def _same(table: Table, where: str, cell: str, assignment: Assignment) -> None:
    """Points out of another total would be other points."""
    most = assignment.max_points
    try:
        same = float(cell.replace(",", ".")) == most
    except ValueError:
        same = not cell.strip()
    if not same:
        raise TableError(
            f"{table.path}: {where}: is out of {cell} points and «{assignment.name}» out of {most:g}; "
            "change that there, and export it again"
        )


def _namesake(roster: Roster, name: str, handle: str, other: str) -> Student | None:
    """Who has a name, which users can change, unless the table knows another one by the `handle`."""
    student = roster.by_name(name)
    return None if student and getattr(student, handle) and other.strip() else student


def _tell_left(left: Iterable[Student], table: Table, missed: list[str]) -> None:
    missed.extend(
        f"{table.path}: has no row for {student.id} ({student.full_name}); not exported"
        for student in left
    )


def moodle(course: Course, grades: Sequence[Grade]) -> str:
    """A CSV for Moodle's grade import, to be mapped by email address or username.

    Comments are in columns of their own, for assignments that have any: Moodle imports them as feedback.
    """
    by_student = _by_student(grades)
    names = list(dict.fromkeys(grade.assignment for grade in grades))
    commented = dict.fromkeys(grade.assignment for grade in grades if grade.comments)
    rows = []
    for student, own in by_student.items():
        points = [_rounded(own[name].points) for name in names]
        who = (student.first_name, student.last_name, student.username or student.id, student.email)
        known = (NOTHING_IN_MOODLE if each is None else each for each in points)
        rows.append([*who, *known, *(own[name].comments for name in commented)])
    titles = [course.assignments[name].title for name in names]
    titles += [f"{course.assignments[name].title} (feedback)" for name in commented]
    return to_csv([*MOODLE, *titles], rows)


def into_moodle(course: Course, grades: Sequence[Grade], table: Table, missed: list[str]) -> str:
    """The points in Moodle's grading worksheet of one assignment. Raises TableError."""
    grade, most = table.column("grade"), table.column("maximum grade")
    if grade is None or table.column("identifier") is None:
        raise TableError(
            f"{table.path}: has no columns Identifier and Grade; download the grading worksheet in English"
        )
    feedback = table.column("feedback comments")
    places = [table.column(name) for name in ("email address", "username", "id number")]
    name, mail = table.column("full name"), places[0]
    roster, by_student = roster_of(grades), _by_student(grades)
    left = dict.fromkeys(by_student)
    rows = []
    for line, row in enumerate(table.rows, start=2):
        cells: list[object] = list(row)
        student = roster.by_handle(*(row[place] for place in places if place is not None))
        if student is None and name is not None:
            student = _namesake(roster, row[name], "email", row[mail] if mail is not None else "")
        if student is None:
            missed.append(
                f"{table.path}: row {line}: {row[0]} is not in this course; left as it is"
            )
        else:
            left.pop(student, None)
            (own,) = by_student[student].values()
            if most is not None:
                where = f"row {line}, «{table.headings[most]}»"
                _same(table, where, row[most], course.assignments[own.assignment])
            if (points := _rounded(own.points)) is not None:
                comma = most is not None and "," in row[most]
                cells[grade] = str(points).replace(".", ",") if comma else points
            if feedback is not None and own.comments:
                cells[feedback] = own.comments
        rows.append(cells)
    _tell_left(left, table, missed)
    return to_csv(table.headings, rows, table.delimiter)
