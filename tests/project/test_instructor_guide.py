"""docs/instructor.md does what it says: its commands are run, one after the other, on a class of three."""

import csv
import json
import zipfile
from pathlib import Path

import pytest
from shell_blocks import Block, blocks, run

from autograder.authoring.build import source_notebook

GUIDE = Path(__file__).parents[2] / "docs" / "instructor.md"
NAME = "softmax_regression"
BLOCKS = blocks(GUIDE)
SOLVED = source_notebook(NAME)
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
  :submitters: [{:name: Ada Lovelace, :sid: ada, :email: ada@example.cz}]
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


@pytest.fixture(scope="module")
def walked(desk) -> dict[int, str]:
    """What each block printed, by the line that it begins in; all of them ran well."""
    said = {}
    for block in BLOCKS:
        done = run(block, desk, JUPYTER_CONFIG_DIR=str(desk / "etc"))
        assert done.returncode == 0, f"{GUIDE.name}:{block.line}\n{done.stdout}\n{done.stderr}"
        said[block.line] = done.stdout
    return said


def printed(walked: dict[int, str], command: str) -> str:
    """What the block printed in which the command stands first of all."""
    block = next(each for each in BLOCKS if command in each.commands)
    return walked[block.line]


def test_guide_has_commands_and_the_runner_sees_those_that_fail(tmp_path):
    assert len(BLOCKS) > 10
    assert run(Block(1, "false\ntrue\n"), tmp_path).returncode != 0


def test_new_course_names_its_next_steps(walked):
    said = printed(walked, "new-course")
    assert "with 3 students" in said
    assert "back it up" in said
    assert [line[:2] for line in said.splitlines()[2:]] == ["1.", "2.", "3.", "4.", "5."]


def test_class_was_collected_graded_and_written_to(walked, desk):
    course = desk / "my-course"
    assert "Collected: 3 new; 0 left out" in printed(walked, "softmax.zip")
    for student in ("ada", "jan"):
        assert (course / "feedback" / student / NAME / f"{NAME}.html").exists()
        report = json.loads((course / "reports" / NAME / f"{student}.json").read_text())
        assert report["points"] == 20


def test_late_work_costs_and_an_extension_saves_it(walked, desk):
    """Both handed in two days after the date; Ada has three days more."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{desk / 'my-course' / 'gradebook.db'}") as book:
        penalties = {
            student: book.find_submission_notebook(NAME, NAME, student).late_submission_penalty
            for student in ("ada", "jan")
        }
    assert penalties == {"ada": None, "jan": pytest.approx(0.1 * 2 * 20)}


def test_tables_lie_where_the_guide_says(walked, desk):
    exports = desk / "my-course" / "exports"
    assert {path.name for path in exports.iterdir()} == {
        *("grades.csv", "grades.parquet", "canvas.csv", "moodle.csv", "gradescope"),
        "gradescope-autograder.zip",
    }
    with (exports / "canvas.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 6


def test_rotated_key_is_another_one_and_the_backup_was_whole(walked, desk):
    sums = [line.split()[0] for line in printed(walked, "sha256sum").splitlines()]
    assert len(set(sums)) == 1
    course = desk / "my-course"
    assert (course / "course.key").read_text() != (course / "course.key.old").read_text()


def test_forgotten_student_is_in_no_file(walked, desk):
    course = desk / "my-course"
    assert "Would be deleted" in printed(walked, "forget")
    assert "Deleted:" in printed(walked, "forget")
    for path in course.rglob("*"):
        assert "eve" not in path.parts
        if path.is_file() and "exports" not in path.parts:
            assert b"eve@example.cz" not in path.read_bytes(), path
