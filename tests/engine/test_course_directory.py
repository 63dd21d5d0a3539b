"""A course directory: who handed in what, under which name, and what is said when it cannot be read."""

import json
import os
from operator import itemgetter

import pytest
from engine_kit import LOGISTIC, SOFTMAX, hand_in
from thinning import slow, some

from autograder.cli import main
from autograder.directory import Directory, DirectoryError
from autograder.report import Report
from autograder.sandbox.terms import Limits


@pytest.fixture
def course(tmp_path) -> Directory:
    (tmp_path / "submitted").mkdir()
    return Directory(tmp_path)


def error(call, *arguments) -> str:
    """What is said: one line."""
    with pytest.raises(DirectoryError) as caught:
        call(*arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_directory_without_submissions_is_told(tmp_path):
    told = error(Directory(tmp_path).require)

    assert told.startswith(f"{tmp_path / 'submitted'}: ")
    assert "submitted/<student>/<assignment>/<assignment>.ipynb" in told


def test_directory_with_submissions_is_a_course(course):
    course.require()


# Who may enter


def mode(path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    "command",
    some([["collect", LOGISTIC, "export", "--from", "folder"], ["new-course"], ["build"]]),
    ids=itemgetter(0),
)
def test_course_that_is_made_is_its_owners_alone(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "export", "{}", "s1")
    course = tmp_path / "far" / "new"
    option = [] if command == ["new-course"] else ["--course"]
    before_it = os.umask(0)
    try:
        main([*command, *option, str(course)])
    finally:
        os.umask(before_it)

    assert mode(course) == 0o700
    key = course / "course.key"
    if command == ["new-course"] or key.exists():
        assert mode(key) == 0o600


@slow
def test_command_leaves_a_directory_that_is_there_as_it_is(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    course.chmod(0o750)

    assert main(["new-course", str(course)]) == 0

    assert mode(course) == 0o750


@pytest.mark.parametrize("opened", [0o755, 0o750, 0o711, 0o704, 0o710])
def test_course_that_is_open_to_others_is_told_with_the_remedy(tmp_path, opened):
    root = tmp_path / "my course"
    root.mkdir()
    root.chmod(opened)

    told = Directory(root).open_to_others()

    assert told.endswith(f"close it by: chmod 700 '{root}'")
    assert "\n" not in told
    root.chmod(0o700)
    assert Directory(root).open_to_others() == ""


@pytest.mark.parametrize("command", some([["doctor"], ["grade", LOGISTIC]]))
def test_commands_say_that_a_course_is_open_to_others(tmp_path, capsys, command):
    hand_in(tmp_path, b"")
    (tmp_path / "course.key").write_text("0" * 64)
    tmp_path.chmod(0o755)

    main([*command, "--course", str(tmp_path)])

    told = capsys.readouterr()
    lines = [line for line in (told.out + told.err).splitlines() if "other users" in line]
    assert len(lines) == 1
    assert Directory(tmp_path).open_to_others() in lines[0]


# The roster


def test_course_without_a_roster_has_none(course):
    assert course.roster() == ()


@pytest.mark.parametrize(
    "content",
    [
        b"id,first_name,last_name,email\ns2,A,B,c\ns1,,,\n",
        b"\xef\xbb\xbfid,first_name\r\ns2,A\r\ns1,B\r\n",
        b'last_name,id\n"B, A", s2 \nx,s1\n',
        b"id\ns2\n\n  \ns1\n",
        b"id,name\ns2,A\n ,\n,B\ns1,C\n",
        b"id\ns2\ns1\ns2\n",
    ],
    ids=["nbgrader", "Excel", "quotes and spaces", "empty lines", "empty ids", "twice the same"],
)
def test_students_of_a_roster(course, content):
    (course.root / "roster.csv").write_bytes(content)

    assert [student.id for student in course.roster()] == ["s2", "s1"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no row with headings"),
        (b"\n\n", "no row with headings"),
        (b"name,email\nA,b\n", "no column «id»"),
        (b"id\n", "has no students in the column «id»"),
        (b"\xef\xbb\xbf\x80\x81\x83", "UTF-8"),
        (b"PK\x03\x04\0\xff\xfe", "UTF-8"),
        (b"id\n" + b"x" * 200_000 + b"\n", "is not CSV"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_unreadable_roster_is_told_with_its_file(course, content, told):
    path = course.root / "roster.csv"
    path.write_bytes(content)

    said = error(course.roster)

    assert said.startswith(f"{path}: ")
    assert told in said


def test_roster_that_is_no_file_is_told(course):
    (course.root / "roster.csv").mkdir()

    assert "cannot be read" in error(course.roster)


@pytest.mark.parametrize("student", ["../s1", "/etc", "a/b", "..", "."])
def test_ids_that_are_no_names_of_folders_are_told(course, student):
    # A report would be written to wherever they lead.
    (course.root / "roster.csv").write_text(f"id\n{student}\n")

    assert student in error(course.roster)


# Who handed in


def test_students_are_those_who_handed_in_this_assignment(course):
    hand_in(course.root, b"", "s2")
    hand_in(course.root, b"", "s1")
    hand_in(course.root, b"", "other", SOFTMAX)
    hand_in(course.root, b"", ".hidden")
    (course.submitted / "a file").write_text("x")
    (course.submitted / "empty").mkdir()

    assert course.students(LOGISTIC) == ("s1", "s2")


@pytest.mark.parametrize("name", ["Jürgen O'Neil", "名前", "a b", "-rf", "\udcff", "a\nb", "100%"])
def test_odd_names_are_students(course, name):
    hand_in(course.root, b"x", name)

    assert course.students(LOGISTIC) == (name,)
    assert course.task(LOGISTIC, name, Limits()).notebook.endswith(
        f"{name}/{LOGISTIC}/{LOGISTIC}.ipynb"
    )


def test_links_are_submissions_too_so_that_they_are_told(course):
    (course.submitted / "s1").mkdir()
    (course.submitted / "s1" / LOGISTIC).symlink_to("/nowhere")
    (course.submitted / "s2").symlink_to(course.root)
    (course.root / LOGISTIC).mkdir()

    assert course.students(LOGISTIC) == ("s1", "s2")


# Which notebook


def notebook_of(course: Directory) -> str:
    return course.task(LOGISTIC, "s1", Limits()).notebook.rpartition("/")[2]


def test_only_notebook_under_another_name_is_taken(course):
    hand_in(course.root, b"x", "s1").rename(course.submitted / "s1" / LOGISTIC / "my copy.ipynb")

    assert notebook_of(course) == "my copy.ipynb"


@pytest.mark.parametrize(
    "beside", ["._my copy.ipynb", ".ipynb_checkpoints/my copy.ipynb", "notes.txt"]
)
def test_what_systems_leave_beside_a_notebook_is_no_notebook(course, beside):
    hand_in(course.root, b"x", "s1").rename(course.submitted / "s1" / LOGISTIC / "my copy.ipynb")
    path = course.submitted / "s1" / LOGISTIC / beside
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")

    assert notebook_of(course) == "my copy.ipynb"


def test_of_several_notebooks_the_right_name_counts(course):
    right = hand_in(course.root, b"x", "s1")
    right.with_name("a.ipynb").write_text("x")
    assert notebook_of(course) == right.name

    right.rename(right.with_name("b.ipynb"))

    assert notebook_of(course) == right.name  # not there: it is told, not guessed


def test_nothing_handed_in_is_looked_for_under_the_right_name(course):
    assert notebook_of(course) == f"{LOGISTIC}.ipynb"


# Tasks and the run log


def test_task_of_a_student(course):
    hand_in(course.root, b"x", "s1")

    task = course.task(LOGISTIC, "s1", Limits(memory=5), force=True)

    assert task.report == str(course.root / "reports" / LOGISTIC / "s1.json")
    assert (task.limits.memory, task.force) == (5, True)
    assert task.seed == course.task(LOGISTIC, "s1", Limits()).seed
    assert task.seed != course.task(LOGISTIC, "s2", Limits()).seed
    assert task.seed != course.task(SOFTMAX, "s1", Limits()).seed


def test_run_log_grows_by_a_line_a_grading(course):
    report = Report("s\udcff", LOGISTIC, "graded", 1, 2, key="abc")

    course.log(report, 0.25, cached=False, when="2026-11-23T12:00:00+00:00")
    course.log(report, 0.0, cached=True, when="2026-11-24T12:00:00+00:00")

    first, second = course.run_log(LOGISTIC).read_text().splitlines()
    assert json.loads(first) == {
        "student": "s\udcff",
        "status": "graded",
        "key": "abc",
        "seconds": 0.25,
        "cached": False,
        "ran": {},
        "when": "2026-11-23T12:00:00+00:00",
    }
    assert json.loads(second)["cached"] is True
