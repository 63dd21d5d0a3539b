"""What a grading leaves in a course, in a form in which two courses can be compared."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# In this order nbgrader's random ids can be replaced by what its rows are called.
NAMED = {
    "assignment": ("name",),
    "notebook": ("name", "assignment_id"),
    "base_cell": ("name", "notebook_id", "type"),
    "submitted_assignment": ("assignment_id", "student_id"),
    "submitted_notebook": ("notebook_id", "assignment_id"),
}


@dataclass(frozen=True)
class State:
    """Files of a course by name, with mode and content, and the rows of its gradebook by table.

    The bytes of a gradebook hold random ids, those of a run log times: they are not compared.
    """

    files: dict[str, tuple[int, bytes]]
    rows: dict[str, list[str]]

    def differs(self, other: "State") -> list[str]:
        """The names of files and tables in which the two differ."""
        return [*_unequal(self.files, other.files), *_unequal(self.rows, other.rows)]


def read_state(course: Path) -> State:
    """The state of a course, all files but gradebook, run log, and the history of what was written over."""
    files = {
        str(path.relative_to(course)): (path.stat().st_mode & 0o777, path.read_bytes())
        for path in course.rglob("*")
        if path.is_file()
        and path.name not in ("gradebook.db", "run-log.jsonl")
        and path.parents[1].name != "history"
    }
    return State(files, _rows(course / "gradebook.db"))


def log_entries(course: Path) -> tuple[list[dict[str, Any]], int]:
    """The entries of the run logs, and how many lines are none."""
    entries, broken = [], 0
    for path in sorted(course.glob("reports/*/run-log.jsonl")):
        for line in path.read_text().splitlines():
            try:
                entries.append(json.loads(line))
            except ValueError:
                broken += 1
    return entries, broken


def _rows(path: Path) -> dict[str, list[str]]:
    """All rows of all tables, by names instead of ids, in one order."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        tables = [
            row["name"]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
    finally:
        connection.close()
    names: dict[object, str] = {}
    for table, columns in NAMED.items():
        for row in found.get(table, ()):
            names[row["id"]] = " / ".join(str(names.get(row[c], row[c])) for c in columns)
    return {table: sorted(_told(row, names) for row in rows) for table, rows in found.items()}


def _told(row: sqlite3.Row, names: dict[object, str]) -> str:
    """A row without an id of its own that nothing else refers to."""
    values = {column: names.get(row[column], row[column]) for column in row.keys()}  # noqa: SIM118
    if len(str(values.get("id"))) == 32 and row["id"] not in names:
        del values["id"]
    return repr(values)


def _unequal(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterable[str]:
    return sorted(n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n))
