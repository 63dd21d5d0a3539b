"""docs/instructor.md does what it says: its commands are run, one after the other, on a class of three.

`make guide` runs this; it takes minutes, so `make test` only sees that the commands exist.
"""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from shell_blocks import blocks, run

from autograder.authoring.build import source_notebook
from glm2mlp.catalogue import ASSIGNMENTS

GUIDE = Path(__file__).parents[2] / "docs" / "instructor.md"
NAME = "softmax_regression"
BLOCKS = blocks(GUIDE)
SOLVED = source_notebook(ASSIGNMENTS[NAME])
# «Name» and, where the system writes it, the number of the participant or user.
CLASS = {"ada": "Ada Lovelace", "jan": "Jan Dvořák", "eve": "Eve Adams"}
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (submission),Last modified (grade)
Participant 1,Ada Lovelace,ada@example.cz,Submitted,,22.00,"Sunday, 22 November 2026, 11:00 AM",-
Participant 2,Jan Dvořák,jan@example.cz,Submitted,,22.00,"Sunday, 22 November 2026, 11:00 AM",-
Participant 3,Eve Adams,eve@example.cz,Submitted,,22.00,"Friday, 20 November 2026, 11:00 AM",-
Participant 4,Dora Nováková,dora@example.cz,No submission,,22.00,-,-
"""
PARTICIPANTS = """\
First name,Last name,Email address,Username,Roles
Ada,Lovelace,ada@example.cz,ada,Student
Jan,Dvořák,jan@example.cz,jan,Student
Eve,Adams,eve@example.cz,eve,Student
Tea,Cher,tea@example.cz,tea,Teacher
"""
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,softmax_regression (7)
    Points Possible,,,,,22
"Lovelace, Ada",1,,ada,A,
"Dvořák, Jan",2,,jan,A,
"Adams, Eve",3,,eve,A,
"Nováková, Dora",4,,dora@example.cz,A,
"""
METADATA = """\
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: ada
    :email: ada@example.cz
  :created_at: 2026-11-20 10:00:00 Z
"""


def zipped(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """The folder of an instructor who has downloaded what the guide speaks of."""
    desk = tmp_path_factory.mktemp("desk")
    downloads = desk / "downloads"
    (downloads / "by-mail").mkdir(parents=True)
    (downloads / "by-mail" / "work_jan.ipynb").write_text(SOLVED)
    (desk / "participants.csv").write_text(PARTICIPANTS)
    (downloads / "worksheet.csv").write_text(WORKSHEET)
    (downloads / "gradebook.csv").write_text(GRADEBOOK)
    zipped(
        downloads / "softmax.zip",
        {
            f"{name}_{number}_assignsubmission_file/{NAME}.ipynb": SOLVED
            for number, name in enumerate(CLASS.values(), start=1)
        },
    )
    zipped(downloads / "canvas.zip", {"dvořákjan_LATE_2_9_work-1.ipynb": SOLVED})
    export = {"submission_metadata.yml": METADATA, "submission_1/work.ipynb": SOLVED}
    zipped(
        downloads / "gradescope.zip",
        {f"assignment_5_export/{name}": t for name, t in export.items()},
    )
    # An exchange of its own, as a server's administrator sets it up for all.
    (desk / "exchange").mkdir()
    (desk / "exchange").chmod(0o777)
    (desk / "etc").mkdir()
    (desk / "etc" / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(desk / 'exchange')!r}\n"
    )
    return desk


class Walk:
    """Runs the guide's blocks in their order, each once."""

    def __init__(self, desk: Path) -> None:
        self.desk = desk
        self._said: list[str] = []

    def up_to(self, number: int) -> None:
        """Run what has not been run up to this block; each ends well."""
        for block in BLOCKS[len(self._said) : number + 1]:
            done = run(block, self.desk, JUPYTER_CONFIG_DIR=str(self.desk / "etc"))
            self._said.append(done.stdout)
            assert done.returncode == 0, f"{GUIDE.name}:{block.line}\n{done.stdout}\n{done.stderr}"

    def printed(self, command: str) -> str:
        """What the first block printed in which this command stands, after the whole guide."""
        self.up_to(len(BLOCKS))
        return next(
            said
            for block, said in zip(BLOCKS, self._said, strict=True)
            if command in block.commands
        )


@pytest.fixture(scope="module")
def walk(desk) -> Walk:
    return Walk(desk)


@pytest.fixture
def course(walk) -> Path:
    """The course after the whole guide."""
    walk.up_to(len(BLOCKS))
    return walk.desk / "my-course"


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=[f"line {b.line}" for b in BLOCKS])
def test_commands_run(walk, number):
    walk.up_to(number)


def test_new_course_names_its_next_steps(walk):
    said = walk.printed("new-course")
    assert "with 3 students" in said
    assert "back it up" in said
    assert [line[:2] for line in said.splitlines()[2:]] == ["1.", "2.", "3.", "4.", "5."]


def test_class_was_collected_graded_and_written_to(walk, course):
    assert "Collected: 3 new; 0 left out" in walk.printed("softmax.zip")
    for student in ("ada", "jan"):
        assert (course / "feedback" / student / NAME / f"{NAME}.html").exists()
        report = json.loads((course / "reports" / NAME / f"{student}.json").read_text())
        assert report["points"] == 20


def test_late_work_costs_and_an_extension_saves_it(course):
    """Both handed in two days after the date; Ada has three days more."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        penalties = {
            student: book.find_submission_notebook(NAME, NAME, student).late_submission_penalty
            for student in ("ada", "jan")
        }
    assert penalties == {"ada": None, "jan": pytest.approx(0.1 * 2 * 20)}


def test_tables_lie_where_the_guide_says(course):
    exports = course / "exports"
    assert {path.name for path in exports.iterdir()} == {
        *("grades.csv", "grades.parquet", "canvas.csv", "moodle.csv", "gradescope"),
        "gradescope-autograder.zip",
    }
    with (exports / "canvas.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 6


def test_rotated_key_is_another_one_and_the_backup_was_whole(walk, course):
    sums = [line.split()[0] for line in walk.printed("sha256sum").splitlines()]
    assert len(sums) == 2
    assert len(set(sums)) == 1
    assert (course / "course.key").read_text() != (course / "course.key.old").read_text()


def test_forgotten_student_is_in_no_file(walk, course):
    assert "Would be deleted" in walk.printed("forget")
    assert "Deleted:" in walk.printed("forget")
    for path in course.rglob("*"):
        inside = path.relative_to(course)
        assert "eve" not in inside.parts
        if path.is_file() and "exports" not in inside.parts:
            assert b"eve@example.cz" not in path.read_bytes(), path
