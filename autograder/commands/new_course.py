"""`autograder new-course`: a course directory that is ready to grade. Trusted side."""

import argparse
import hashlib
from pathlib import Path

from autograder.cli import UsageError
from autograder.directory import ROSTER, Directory, DirectoryError
from autograder.files import make_private, write_atomically
from autograder.gradebook import GradebookError, add_students, ensure_gradebook
from autograder.grading.keys import course_key
from autograder.roster import Roster, read_roster, roster_of_export, write_text
from autograder.tables import TableError

# What is secret or about students. The rest may go into a repository: source/ into a private one.
IGNORED = """\
course.key
roster.csv
gradebook.db*
submitted/
set_aside/
autograded/
reports/
feedback/
overview.html
exports/
"""
NEXT = """\
The course stands in {root}, with {students}. Its key is course.key, fingerprint {fingerprint}:
back it up now, and show it to nobody, since the inputs of the hidden tests are drawn from it.
1. Give students the zip of `autograder release --to DIR` (or `nbgrader release_assignment`, in {root}).
2. Put what they hand in into {root}/submitted: `autograder collect ASSIGNMENT ZIP --from … --course {root}`.
3. Grade it: `autograder grade ASSIGNMENT --course {root}`; read written answers in formgrader.
4. Write the pages that students read: `autograder feedback ASSIGNMENT --course {root}`.
5. Hand over the points: `autograder export --to … --course {root}`. `autograder COMMAND --help` tells more.
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Where, and who is in it."""
    parser.description = (
        "Makes DIR ready to grade: nbgrader's configuration, source and release notebooks of all "
        "assignments, gradebook, course key, roster.csv. On a directory that is a course already it makes "
        "what is missing, and enters who was added to roster.csv."
    )
    parser.epilog = "Exit codes: 0 made, 2 usage."
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="CSV",
        help="the students: a CSV exported from nbgrader, Moodle (participants or grading worksheet), Canvas "
        "(gradebook) or Gradescope (roster)",
    )
    parser.add_argument(
        "--id",
        metavar="COLUMN",
        help="the column of that file that names students' folders (default: id, else username, ID number, "
        "the email address before the @)",
    )


def run(options: argparse.Namespace) -> int:
    """Make the course; returns the exit code."""
    root: Path = options.directory
    directory = Directory(root)
    path = root / ROSTER
    try:
        roster = roster_of_export(options.roster, options.id) if options.roster else Roster(())
        if roster.students and path.exists() and read_roster(path).students != roster.students:
            raise UsageError(
                f"{path}: is there already and names others; add who came later there, "
                "and run this without --roster"
            )
        try:
            make_private(root)
            directory.submitted.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(
                f"{root}: the course directory cannot be made here ({error.strerror}); choose another place"
            ) from None
        ensure_gradebook(root)
        course_key(root)
        write_atomically(root / ".gitignore", IGNORED, mode=0o644, once=True)
        if roster.students:
            write_atomically(path, write_text(roster), once=True)
        count = len(directory.roster())
        if path.exists():
            add_students(root, read_roster(path))
    except (TableError, DirectoryError, GradebookError, ValueError) as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    students = f"{count} student{'s' * (count != 1)}"
    # As `sha256sum course.key` says it.
    fingerprint = hashlib.sha256((root / "course.key").read_bytes()).hexdigest()[:16]
    print(NEXT.format(root=root, students=students, fingerprint=fingerprint), end="")
    return 0
