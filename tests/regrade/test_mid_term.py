"""An exercise is worth less in mid-term, or is no more, after a part of the class has seen its points."""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook
from thinning import slow, some
from variants import NAME, STUDENTS, Grader


@pytest.fixture(scope="module")
def grader(tmp_path_factory):
    grader = Grader(tmp_path_factory.mktemp("code") / "code")
    grader.worth("sigmoid", 1)
    return grader


@pytest.fixture(scope="module")
def applied(graded, grader, tmp_path_factory):
    course = shutil.copytree(graded, tmp_path_factory.mktemp("applied") / "course")
    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--apply")
    assert done.returncode == 0, done.stderr
    return course


def autograde(grader, course, student):
    """By nbgrader itself; returns its exit code and what it said."""
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", student, "--force"],
        cwd=course,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(grader.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def sums(course):
    """Score and maximum by student, as formgrader has them."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course_id="glm2mlp") as book:
        found = {student: book.find_submission(NAME, student) for student in STUDENTS}
        return {student: (each.score, each.max_score) for student, each in found.items()}


@slow
def test_what_was_released_stands_and_says_what_it_is_out_of(applied, grader):
    assert sums(applied) == {"ada": (22, 21), "ben": (19, 21)}
    kept = json.loads((applied / "reports" / NAME / "ada.json").read_text())["kept"]
    assert kept.startswith("graded anew it would earn 21 of 21 points (sigmoid: worth 2 → 1)")
    assert kept.endswith("the 22 of 22 points that were released stand")

    assert grader.run("feedback", NAME, "--course", applied).returncode == 0
    page = {s: (applied / "feedback" / s / NAME / f"{NAME}.md").read_text() for s in STUDENTS}
    assert "**22** of 22 points" in page["ada"]
    assert "**19** of 21 points" in page["ben"]


@slow
def test_export_says_who_has_more_points_than_there_are(applied, grader):
    done = grader.run("export", NAME, "--to", "csv", "--course", applied)

    assert done.returncode == 0
    with (applied / "exports" / "grades.csv").open() as file:
        told = {row["student"]: (row["points"], row["max_points"]) for row in csv.DictReader(file)}
    assert told == {"ada": ("22.0", "21"), "ben": ("19.0", "21")}
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"autograder: ada, {NAME}: has 22 of 21 points")


@slow
def test_nbgrader_gives_the_same_points(applied, grader):
    before = sums(applied)
    for student in STUDENTS:
        code, said = autograde(grader, applied, student)
        assert code == 0, said
    assert sums(applied) == before


@slow
def test_pages_that_students_have_seen_are_said_to_be_old(graded, grader, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--apply", "--lower")
    assert done.stdout.splitlines()[-1] == (
        "Applied: 0 gain, 2 lose, 0 keep what was released, 0 are as before. "
        "Students' pages are the old ones until `autograder feedback` writes them anew."
    )


@slow
def test_damaged_report_is_held_back_by_a_dry_run_and_in_earnest(graded, grader, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    path = course / "reports" / NAME / "ada.json"
    path.write_text("{")
    told = f"autograder: {path}: cannot be read, and its points are released"

    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--dry-run")
    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert "0 gain, 1 lose, 0 keep" in done.stdout

    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--apply")
    assert done.returncode == 2
    assert done.stderr.startswith(told)
    assert path.read_text() == "{"
    assert sums(course)["ben"] == (19, 21)
    assert sums(course)["ada"][0] == 22


@slow
@pytest.mark.parametrize("to", some(["csv", "canvas", "gradescope"]))
def test_nothing_is_exported_that_mixes_two_versions(graded, grader, tmp_path, to):
    done = grader.run("export", NAME, "--to", to, "--course", graded, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert f"the points of «{NAME}» in the gradebook are those of another version" in done.stderr
    assert not (tmp_path / "out").exists()


@slow
def test_grading_by_habit_leaves_to_regrade_what_changes(graded, grader, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    refused = grader.run("grade", NAME, "--course", course, "--jobs", 1)
    assert refused.returncode == 2
    assert f"`autograder regrade {NAME} --dry-run` shows what changes" in refused.stderr
    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--dry-run")
    assert "0 gain, 1 lose, 1 keep" in done.stdout


@slow
def test_dry_run_tells_of_a_gradebook_that_was_not_written_with_the_reports(
    graded, applied, grader, tmp_path
):
    course = shutil.copytree(applied, tmp_path / "course")
    assert grader.run("regrade", NAME, "--course", course, "--dry-run").stderr == ""
    shutil.copy(graded / "gradebook.db", course)

    done = grader.run("regrade", NAME, "--course", course, "--dry-run")

    assert "0 gain, 0 lose, 0 keep what was released, 2 are as before" in done.stdout
    assert "the gradebook has the points of another version; --apply brings it" in done.stderr
    assert grader.run("regrade", NAME, "--course", course, "--apply").returncode == 0
    assert sums(course) == sums(applied)


@slow
def test_gradebook_in_another_file_of_the_course_is_looked_at_too(graded, grader, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    (course / "gradebook.db").rename(course / "other.db")
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.CourseDirectory.db_url = "sqlite:///other.db"\n')
    reports = {path: path.read_bytes() for path in course.glob("reports/*/*.json")}

    refused = grader.run("grade", NAME, "--course", course, "--jobs", 1)

    assert refused.returncode == 2
    assert f"`autograder regrade {NAME} --dry-run` shows what changes" in refused.stderr
    assert {path: path.read_bytes() for path in course.glob("reports/*/*.json")} == reports
    assert grader.run("regrade", NAME, "--course", course, "--apply").returncode == 0
    assert not (course / "gradebook.db").exists()


@slow
def test_nbgrader_does_not_mix_two_versions_either(graded, grader, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    code, said = autograde(grader, course, "ben")
    assert code == 1
    assert f"`autograder regrade {NAME} --dry-run` shows what changes" in said


@pytest.fixture(scope="module")
def without_question(tmp_path_factory):
    """Our code without the last exercise."""
    grader = Grader(tmp_path_factory.mktemp("without") / "code")
    declaration = grader.folder / f"assignments/{NAME}/assignment.toml"
    text = declaration.read_text()
    declaration.write_text(text.partition("[exercises.choose_boundary]")[0])
    path = grader.folder / f"hidden/{NAME}/text.py"
    path.write_text(path.read_text().partition('# %% [markdown] exercise="choose_boundary"')[0])
    return grader


@slow
@pytest.mark.parametrize(
    "command",
    [
        ("grade", NAME),
        ("regrade", NAME, "--dry-run"),
        ("regrade", NAME, "--apply"),
        ("export", NAME, "--to", "csv"),
    ],
    ids=" ".join,
)
def test_other_exercises_than_the_gradebook_has_are_refused_before_anything_is_written(
    graded, without_question, tmp_path, command
):
    course = shutil.copytree(graded, tmp_path / "course")
    reports = {path: path.read_bytes() for path in course.glob("reports/*/*.json")}

    done = without_question.run(*command, "--course", course)

    assert done.returncode == 2, done.stdout
    assert NAME in done.stderr
    assert "new course directory" in done.stderr
    assert len(reports) == 2
    assert {path: path.read_bytes() for path in course.glob("reports/*/*.json")} == reports
    assert not (course / "exports").exists()


@slow
def test_exercise_that_is_no_more_takes_no_released_points(graded, without_question, tmp_path):
    """Where the gradebook does not matter: its file is what a student hands in, not what we read of it."""
    course = shutil.copytree(graded, tmp_path / "course")

    found = without_question.grade(course)

    ada = found["ada"].report
    assert ada.points == 22
    assert "choose_boundary: is no more" in ada.kept
    assert found["ben"].report.points == 19
