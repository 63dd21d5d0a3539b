"""Which notebook of a student counts, and where it goes: `submitted/`, or `set_aside/`. Trusted side.

Nothing is lost: what is not, or no longer, the submission lies in `set_aside/<student>/<assignment>/`, named
for its time and content, so that collecting twice changes nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.collecting.archive import RefusedError
from autograder.collecting.naming import Handed, parse_time
from autograder.directory import Directory
from autograder.files import write_atomically
from autograder.reading.notebook import MAX_BYTES
from glm2mlp.course import Assignment

# Notebooks that one student can have handed in, in one export, and their bytes: all are in memory at once.
MAX_OF_ONE, MAX_BYTES_OF_ONE = 50, 100 << 20
FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Version:
    """A notebook, its bytes and when it was handed in."""

    data: bytes
    time: datetime | None

    @property
    def digest(self) -> str:
        """What tells its content from others'."""
        return hashlib.sha256(self.data).hexdigest()[:12]

    @property
    def aside_name(self) -> str:
        """Its name where it is set aside."""
        time = self.time.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ") if self.time else "undated"
        return f"{time}-{self.digest}.ipynb"


@dataclass(frozen=True)
class Placement:
    """What is done for one student: `what` is new, unchanged, replaced or older (than what lies there)."""

    student: str
    assignment: str
    what: str
    origin: str
    submission: Version | None
    aside: tuple[Version, ...] = ()
    late: bool = False


def place(
    directory: Directory, assignment: str, handed: Iterable[Handed], refused: list[str]
) -> Iterator[Placement]:
    """What is to be done for each student, by id. What cannot be taken adds a line to `refused`."""
    by_student: dict[str, list[Handed]] = {}
    for one in handed:
        by_student.setdefault(one.student.id, []).append(one)
    for student, versions in sorted(by_student.items()):
        try:
            placement = _place(directory, assignment, student, versions, refused)
        except RefusedError as error:
            refused.append(str(error))
            continue
        if placement is not None:
            yield placement


def _place(
    directory: Directory,
    assignment: str,
    student: str,
    handed: Sequence[Handed],
    refused: list[str],
) -> Placement | None:
    if len(handed) > MAX_OF_ONE:
        raise RefusedError(
            f"{student}: has {len(handed)} notebooks; give one of them by --from folder"
        )
    read, problems = [], []
    for one in handed:
        try:
            read.append((one, Version(one.entry.read(), one.time)))
        except RefusedError as error:
            problems.append(str(error))
        if sum(len(version.data) for _, version in read) > MAX_BYTES_OF_ONE:
            raise RefusedError(
                f"{student}: has notebooks of more than {MAX_BYTES_OF_ONE >> 20} MB; give one of them by "
                "--from folder"
            )
    refused += problems
    if not read:
        return None
    (latest, newest), others = _choose(directory.course.assignments[assignment], student, read)
    present = _present(directory, student, assignment)
    aside = tuple(dict.fromkeys(version for version in others if version.data != newest.data))
    if present is None:
        what = "new"
    elif present.data == newest.data and not _tells_more(newest, present):
        return Placement(
            student, assignment, "unchanged", latest.entry.origin, None, aside, latest.late
        )
    elif present.data != newest.data and _earlier(newest, present):
        aside = (newest, *aside)
        return Placement(
            student, assignment, "older", latest.entry.origin, None, aside, latest.late
        )
    else:
        what = "replaced"
        aside = tuple(dict.fromkeys((present, *aside))) if present.data != newest.data else aside
    return Placement(student, assignment, what, latest.entry.origin, newest, aside, latest.late)


def _tells_more(one: Version, other: Version) -> bool:
    """Whether the same notebook is known to have been handed in earlier, or at all at some time."""
    return one.time is not None and (other.time is None or one.time < other.time)


def _earlier(one: Version, other: Version) -> bool:
    """Whether it is known that one came before the other."""
    return one.time is not None and other.time is not None and one.time < other.time


def _choose(
    assignment: Assignment, student: str, read: Sequence[tuple[Handed, Version]]
) -> tuple[tuple[Handed, Version], list[Version]]:
    """The notebook that counts: of those that look like the assignment's the latest, and the others."""
    looks = [_exercises_in(version.data, assignment) for _, version in read]
    likely = [pair for pair, count in zip(read, looks, strict=True) if 2 * count >= max(looks)]

    def rank(pair: tuple[Handed, Version]) -> tuple[datetime, int, bool]:
        handed, version = pair
        return version.time or FIRST, handed.order, handed.name == f"{assignment.name}.ipynb"

    likely.sort(key=rank, reverse=True)
    best = likely[0]
    rivals = {pair[1].data for pair in likely[1:] if rank(pair) == rank(best)} - {best[1].data}
    if rivals:
        names = ", ".join(sorted(pair[0].name for pair in likely if rank(pair) == rank(best)))
        raise RefusedError(
            f"{student}: nothing says which of these is the submission: {names}; name the right one "
            f"{assignment.name}.ipynb and collect it by --from folder"
        )
    return best, [version for pair in read if (version := pair[1]) is not best[1]]


def _exercises_in(data: bytes, assignment: Assignment) -> int:
    """How many exercises of the assignment a notebook seems to hold: their names stand in it."""
    return sum(e.name.encode() in data for e in assignment.exercises)


def _present(directory: Directory, student: str, assignment: str) -> Version | None:
    """What lies in `submitted/` already."""
    path = submission_path(directory, student, assignment)
    for folder in (directory.submitted, path.parent.parent, path.parent, path):
        if folder.is_symlink():
            raise RefusedError(f"{folder}: is a link; put a real folder in its place")
    if not path.exists():
        return None
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RefusedError(
            f"{path}: is larger than {MAX_BYTES >> 20} MB; put it elsewhere yourself"
        )
    try:
        stamp = (path.parent / "timestamp.txt").read_text(encoding="utf-8", errors="replace")
        return Version(data, parse_time(stamp, UTC).astimezone(UTC))
    except (OSError, ValueError, OverflowError):
        return Version(data, None)


def submission_path(directory: Directory, student: str, assignment: str) -> Path:
    """Where nbgrader has the notebook of a submission."""
    return directory.submitted / student / assignment / f"{assignment}.ipynb"


def carry_out(directory: Directory, placement: Placement) -> None:
    """Write what a placement says: first what is set aside, so that nothing is lost. Raises OSError."""
    student, assignment = placement.student, placement.assignment
    folder = directory.set_aside / student / assignment
    for version in placement.aside:
        # One that lies there with its time was set aside by a run that was killed when the time was gone.
        if version.time or not any(folder.glob(f"*-{version.digest}.ipynb")):
            write_atomically(folder / version.aside_name, version.data, mode=0o644)
    if placement.submission is None:
        return
    path = submission_path(directory, student, assignment)
    stamp = path.with_name("timestamp.txt")
    stamp.unlink(missing_ok=True)  # a time that is not this notebook's would be a lie
    write_atomically(path, placement.submission.data, mode=0o644)
    if time := placement.submission.time:
        text = time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        write_atomically(stamp, text + "\n", mode=0o644)
