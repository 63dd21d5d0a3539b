"""Reports written into nbgrader's gradebook, without grading anything."""

import errno
import json
import os
import sqlite3
from dataclasses import replace
from datetime import datetime

import pytest
from both_ways import autograded, gradebook, submissions
from nbgrader.api import Student
from notebooks import BY_MACHINE, MAX_POINTS, NAME, blank, cell_of, hand_in, solved
from sqlalchemy import select
from thinning import slow

from autograder import gradebook as module
from autograder.authoring import load_release
from autograder.gradebook import GradebookError, GradeWriter, ensure_gradebook, write_grades
from autograder.mending import mended
from autograder.reading.submission import read_notebook
from autograder.report import ExerciseResult, Report
from glm2mlp.catalogue import ASSIGNMENTS

FULL = {
    exercise.name: ExerciseResult(None, exercise.points, "manual")
    if exercise.kind == "written"
    else ExerciseResult(exercise.points, exercise.points, "passed")
    for exercise in ASSIGNMENTS[NAME].exercises
}


def graded(student, **results):
    exercises = {**FULL, **results}
    points = sum(result.points or 0 for result in exercises.values())
    return Report(student, NAME, "graded", points, MAX_POINTS, exercises=exercises)


def unreadable(student):
    return Report(student, NAME, "unreadable", None, MAX_POINTS, error="the file is empty")


def test_points_stand_in_the_gradebook(course):
    hand_in(course, "alice", solved(), "2026-11-20 10:00:00 UTC")

    assert write_grades(course, [graded("alice", softmax=ExerciseResult(1.5, 3, "failed"))]) == ()

    alice = submissions(course, NAME)["alice"]
    assert alice["scores"]["test_softmax"] == (1.5, None, False, 3.0)
    assert alice["scores"]["explain_convex_regions"] == (None, None, True, 2.0)
    assert alice["score"] == BY_MACHINE - 1.5
    assert alice["timestamp"] == datetime(2026, 11, 20, 10)
    assert set(alice["comments"]) == set(FULL)
    assert list(autograded(course)) == [f"alice/{NAME}/{NAME}.ipynb"]


def test_what_was_graded_is_shown_and_not_what_lies_there_now(course):
    release = load_release(ASSIGNMENTS[NAME])
    cells = mended(read_notebook(hand_in(course, "alice", solved()), release), release)
    hand_in(course, "alice", blank())
    writer = GradeWriter(course)

    writer.add(graded("alice"), cells)
    writer.write()

    (shown,) = autograded(course).values()
    assert cell_of(shown, "softmax").source == cell_of(solved(), "softmax")["source"]
    assert submissions(course, NAME)["alice"]["comments"]["softmax"] == (None, None)


def test_unanswered_cells_get_nbgraders_comment_and_an_untouched_text_no_points(course):
    notebook = solved()
    cell_of(notebook, "softmax")["source"] = cell_of(blank(), "softmax")["source"]
    text = cell_of(blank(), "explain_convex_regions")["source"]
    cell_of(notebook, "explain_convex_regions")["source"] = text
    hand_in(course, "alice", notebook)

    write_grades(course, [graded("alice")])

    alice = submissions(course, NAME)["alice"]
    assert alice["comments"]["softmax"] == ("No response.", None)
    assert alice["comments"]["log_softmax"] == (None, None)
    assert alice["scores"]["explain_convex_regions"] == (0.0, None, False, 2.0)


def test_points_pending_review_wait_for_a_person(course):
    hand_in(course, "alice", solved())
    pending = graded("alice", softmax=ExerciseResult(None, 3, "harness"))

    write_grades(course, [replace(pending, status="review")])

    alice = submissions(course, NAME)["alice"]
    assert alice["scores"]["test_softmax"] == (None, None, True, 3.0)
    assert alice["scores"]["test_log_softmax"] == (3.0, None, False, 3.0)


def test_submission_put_aside_has_no_points_at_all(course):
    hand_in(course, "alice", solved())

    write_grades(
        course, [Report("alice", NAME, "review", None, MAX_POINTS, error="the process ended")]
    )

    scores = submissions(course, NAME)["alice"]["scores"]
    assert {score.auto for score in scores.values()} == {None}


def test_unreadable_submission_is_there_without_the_points_of_an_earlier_one(course):
    hand_in(course, "alice", solved())
    write_grades(course, [graded("alice")])

    write_grades(course, [unreadable("alice")])

    alice = submissions(course, NAME)["alice"]
    assert {score.auto for score in alice["scores"].values()} == {None}
    assert alice["needs_manual_grade"]
    assert autograded(course) == {}


def test_who_handed_in_nothing_is_a_student_without_submission(course):
    (course / "submitted").mkdir()

    write_grades(course, [unreadable("absent")])

    with gradebook(course) as book:
        assert [student.id for student in book.students] == ["absent"]
    assert submissions(course, NAME) == {}


def test_what_a_person_entered_stays(course):
    hand_in(course, "alice", solved())
    write_grades(course, [graded("alice")])
    with gradebook(course) as book:
        grade = book.find_grade("test_softmax", NAME, NAME, "alice")
        grade.manual_score, grade.extra_credit = 2.5, 0.25
        book.find_comment("softmax", NAME, NAME, "alice").manual_comment = "Well done."
        book.db.commit()

    write_grades(course, [graded("alice", softmax=ExerciseResult(1.0, 3, "failed"))])

    with gradebook(course) as book:
        grade = book.find_grade("test_softmax", NAME, NAME, "alice")
        assert (grade.auto_score, grade.manual_score, grade.extra_credit) == (1.0, 2.5, 0.25)
        assert grade.needs_manual_grade
        assert book.find_comment("softmax", NAME, NAME, "alice").comment == "Well done."


def test_written_twice_it_is_the_same(course):
    students = ["alice", "bob"]
    for student in students:
        hand_in(course, student, solved(), "2026-11-20 10:00:00 UTC")
    reports = [graded(student) for student in students]
    write_grades(course, reports)
    before = submissions(course, NAME), autograded(course)

    write_grades(course, reports)

    assert (submissions(course, NAME), autograded(course)) == before


@pytest.mark.parametrize("text", ["yesterday", "99999-99-99 25:00:00 UTC", "\0", f"{10**31}h"])
def test_bad_timestamp_costs_nothing_but_the_time_and_is_told(course, text):
    hand_in(course, "alice", solved(), text)

    (remark,) = write_grades(course, [graded("alice")])

    assert f"alice/{NAME}/timestamp.txt" in remark
    alice = submissions(course, NAME)["alice"]
    assert (alice["timestamp"], alice["score"]) == (None, BY_MACHINE)


def test_folder_that_nobody_may_enter_costs_no_other_student_theirs(course, monkeypatch):
    for student in ("alice", "ben"):
        hand_in(course, student, solved(), "2026-11-20 11:59:00 UTC")
    shut = course / "submitted" / "alice"

    def closed(call):
        def refuse(path, *arguments, **options):
            if str(path).startswith(f"{shut}{os.sep}"):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return call(path, *arguments, **options)

        return refuse

    with monkeypatch.context() as patched:
        patched.setattr("os.stat", closed(os.stat))
        patched.setattr("os.open", closed(os.open))
        remarks = write_grades(course, [graded("alice"), graded("ben")])

    assert all(str(shut) in remark for remark in remarks)
    assert "cannot be read: Permission denied" in remarks[0]
    assert submissions(course, NAME)["ben"]["score"] == BY_MACHINE


def test_late_penalty_of_the_course_is_taken_off(course):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with gradebook(course) as book:
        book.update_or_create_assignment(NAME, duedate="2026-11-20 12:00:00 UTC")
    hand_in(course, "early", solved(), "2026-11-20 11:59:00 UTC")
    hand_in(course, "late", solved(), "2026-11-20 12:01:00 UTC")

    write_grades(course, [graded("early"), graded("late")])

    penalties = {student: s["penalty"] for student, s in submissions(course, NAME).items()}
    assert penalties == {"early": 0, "late": BY_MACHINE}


def test_penalty_goes_when_the_submission_is_not_late_any_more(course):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with gradebook(course) as book:
        book.update_or_create_assignment(NAME, duedate="2026-11-20 12:00:00 UTC")
    for student in ("extended", "late"):
        hand_in(course, student, solved(), "2026-11-20 12:01:00 UTC")
    reports = [graded("extended"), graded("late")]
    write_grades(course, reports)
    with gradebook(course) as book:
        book.grant_extension(NAME, "extended", hours=1)

    write_grades(course, reports)

    penalties = {student: s["penalty"] for student, s in submissions(course, NAME).items()}
    assert penalties == {"extended": 0, "late": BY_MACHINE}


def test_ids_are_taken_as_they_are(course):
    odd = ["Zoë Núñez", "o'brien; DROP TABLE grade", "%s"]
    for student in odd:
        hand_in(course, student, solved())

    write_grades(course, [graded(student) for student in odd])

    assert {name: s["score"] for name, s in submissions(course, NAME).items()} == dict.fromkeys(
        odd, BY_MACHINE
    )


@pytest.mark.parametrize("name", [os.fsdecode(b"M\xfcller"), "x" * 129, "\x1b[2J"])
def test_folder_that_is_no_id_costs_nobody_else_the_grade(course, name):
    for student in ("alice", name):
        hand_in(course, student, solved())

    (remark,) = write_grades(course, [graded(name), graded("alice")])

    assert "rename the folder" in remark
    assert submissions(course, NAME).keys() == {"alice"}


def test_gradebook_with_other_points_is_refused(course):
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("UPDATE grade_cells SET max_score = 7")
    book.close()
    hand_in(course, "alice", solved())

    with pytest.raises(GradebookError, match="another version"):
        write_grades(course, [graded("alice")])
    assert submissions(course, NAME) == {}


def test_locked_gradebook_is_waited_for_and_then_told(course, monkeypatch):
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.2)
    hand_in(course, "alice", solved())
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(GradebookError, match=r"gradebook\.db: database is locked"):
        write_grades(course, [graded("alice")])

    other.execute("ROLLBACK")
    other.close()
    write_grades(course, [graded("alice")])
    assert submissions(course, NAME)["alice"]["score"] == BY_MACHINE


def test_what_was_graded_by_hand_is_looked_at_again_though_the_gradebook_was_locked(
    course, monkeypatch
):
    """The points of the first written answer do not become those of the second one."""
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.2)
    written, first = "explain_convex_regions", solved()
    hand_in(course, "alice", first)
    write_grades(course, [graded("alice")])
    with gradebook(course) as book:
        grade = book.find_grade(written, NAME, NAME, "alice")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    shown = autograded(course)
    second = solved()
    cell_of(second, written)["source"] = "Because they are."
    hand_in(course, "alice", second)
    writer = GradeWriter(course)
    writer.add(graded("alice"))
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradebookError, match="locked"):
        writer.write()
    other.execute("ROLLBACK")
    other.close()
    assert autograded(course) == shown

    write_grades(course, [graded("alice")])

    assert submissions(course, NAME)["alice"]["scores"][written] == (None, 2.0, True, 2.0)
    assert autograded(course) != shown


def test_locked_cell_with_another_text_asks_nobody_to_look_again(course):
    """It is ours: the answers are those that were graded by hand."""
    written = "explain_convex_regions"
    hand_in(course, "alice", solved())
    write_grades(course, [graded("alice")])
    with gradebook(course) as book:
        grade = book.find_grade(written, NAME, NAME, "alice")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    path = course / "autograded" / "alice" / NAME / f"{NAME}.ipynb"
    shown = json.loads(path.read_text())
    cell_of(shown, "test_softmax")["source"] = "# as it was before a mistake in it was mended"
    path.unlink()
    path.write_text(json.dumps(shown))

    write_grades(course, [graded("alice")])

    assert submissions(course, NAME)["alice"]["scores"][written] == (None, 2.0, False, 2.0)


def test_nobody_else_writes_between_what_is_read_and_what_is_written(course):
    path = course / "gradebook.db"
    other = sqlite3.connect(path, isolation_level=None, timeout=0)

    with module._transaction(f"sqlite:///{path}") as session:
        session.scalars(select(Student.id)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


def test_what_is_no_gradebook_is_told(course):
    (course / "gradebook.db").write_text("not a database, and long enough to be looked at")

    with pytest.raises(GradebookError, match="gradebook"):
        ensure_gradebook(course)


def test_faulty_configuration_is_told_with_its_name(course):
    (course / "nbgrader_config.py").write_text("c = get_config(\n")

    with pytest.raises(GradebookError, match=r"nbgrader_config\.py: SyntaxError"):
        ensure_gradebook(course)


@slow
def test_directory_that_has_only_submissions_becomes_a_course(tmp_path):
    hand_in(tmp_path, "alice", solved())

    write_grades(tmp_path, [graded("alice")])

    assert submissions(tmp_path, NAME)["alice"]["score"] == BY_MACHINE
    assert (tmp_path / "release" / NAME / f"{NAME}.ipynb").exists()
