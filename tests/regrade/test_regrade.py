"""`autograder regrade`, on a small class after a change in mid-term."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook
from thinning import slow, some
from variants import NAME, STUDENTS, Grader, reports

from autograder.cli import main

STRICTER = """

def test_that_nobody_passes(student: Functions, rng: Generator) -> None:
    \"\"\"Nobody can.\"\"\"
    assert_close(student.logit(rng.uniform(0.2, 0.8, 3)), np.zeros(3), "logit")
"""
LOGIT = f"hidden/{NAME}/tests/test_logit.py"


@pytest.fixture(scope="module")
def grader(tmp_path_factory):
    """With a stricter test of `logit` than the class was graded by."""
    grader = Grader(tmp_path_factory.mktemp("code") / "code")
    path = grader.folder / LOGIT
    path.write_text(path.read_text() + STRICTER)
    return grader


@pytest.fixture(scope="module")
def changed(graded, tmp_path_factory):
    """A copy, for what changes it step by step."""
    return shutil.copytree(graded, tmp_path_factory.mktemp("changed") / "course")


def regrade(grader, course, *options):
    """By the real command; returns its JSON Lines by student."""
    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--json", *options)
    assert done.returncode == 0, done.stderr
    return {(line := json.loads(text))["student"]: line for text in done.stdout.splitlines()}


def report(course, student):
    return json.loads((course / "reports" / NAME / f"{student}.json").read_text())


def history(course, student):
    folder = course / "reports" / NAME / "history" / student
    return [path.read_bytes() for path in sorted(folder.glob("*.json"))]


def scores(course, student):
    """Points, manual points, whether a person has to look, and the most there is, by cell."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course_id="glm2mlp") as book:
        submission = book.find_submission(NAME, student)
        return {
            grade.name: (
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
                grade.max_score,
            )
            for grade in submission.notebooks[0].grades
        }


def files(course):
    return {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}


def test_dry_run_shows_who_loses_how_much_and_why_and_writes_nothing(grader, graded):
    before = files(graded)
    changes = regrade(grader, graded)
    assert files(graded) == before
    assert set(changes) == set(STUDENTS)
    ben = changes["ben"]
    assert (ben["released"], ben["kept"]) == (False, None)
    assert ben["before"] - ben["after"] == pytest.approx(1 / 5)
    assert ben["why"] == ["logit: passed → failed, test_that_nobody_passes is new: failed"]
    assert ben["exercises"] == {"logit": {"before": 1.0, "after": pytest.approx(4 / 5)}}
    ada = changes["ada"]
    assert ada["released"]
    assert ada["before"] == ada["after"]
    assert "test_that_nobody_passes is new: failed" in ada["kept"]
    assert ada["graded"] == ["logit"]


@slow
def test_apply_keeps_history_and_what_was_released(grader, graded, changed):
    """Then --lower lets it fall, and a second --apply has nothing to do."""
    was = {s: (graded / "reports" / NAME / f"{s}.json").read_bytes() for s in STUDENTS}
    regrade(grader, changed, "--apply")
    assert history(changed, "ben") == [was["ben"]]
    assert report(changed, "ben")["exercises"]["logit"]["outcome"] == "failed"
    assert scores(changed, "ben")["test_logit"][0] == pytest.approx(4 / 5)
    ada = report(changed, "ada")
    assert ada["points"] == report(graded, "ada")["points"]
    assert ada["kept"].startswith("graded anew it would earn")
    assert ada["exercises"] == report(graded, "ada")["exercises"]
    assert scores(changed, "ada")["test_logit"][0] == 1
    assert regrade(grader, changed, "--apply") == {}
    assert set(regrade(grader, changed, "--apply", "--lower")) == {"ada"}
    ada = report(changed, "ada")
    assert ada["kept"] is None
    assert ada["exercises"]["logit"]["points"] == pytest.approx(4 / 5)
    assert scores(changed, "ada")["test_logit"][0] == pytest.approx(4 / 5)
    assert history(changed, "ada")[0] == was["ada"]
    assert len(history(changed, "ada")) == 2


@slow
def test_cluster_regrades_as_this_host_does(grader, graded, tmp_path):
    here, there = (shutil.copytree(graded, tmp_path / name) for name in ("here", "there"))

    changes = regrade(grader, there, "--apply", "--dask", "local")

    assert changes == regrade(grader, here, "--apply")
    assert reports(there) == reports(here) != reports(graded)
    for student in STUDENTS:
        assert history(there, student) == history(here, student)
        assert scores(there, student) == scores(here, student)


@slow
def test_points_changed_in_mid_term_reach_reports_and_gradebook(graded, tmp_path):
    """Without running an answer; what a person has graded stays, and nobody is asked again."""
    course = shutil.copytree(graded, tmp_path / "course")
    grader = Grader(tmp_path / "code")
    grader.worth("sigmoid", 5)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course_id="glm2mlp") as book:
        grade = book.find_grade("test_nll", NAME, NAME, "ben")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()

    refused = grader.run("grade", NAME, "--course", course, "--jobs", 1)
    assert refused.returncode == 2
    assert f"autograder regrade {NAME} --dry-run" in refused.stderr

    done = grader.run("regrade", NAME, "--course", course, "--jobs", 1, "--apply")
    assert done.returncode == 0, done.stderr
    for student in STUDENTS:
        assert report(course, student)["exercises"]["sigmoid"]["points"] == 5
        assert report(course, student)["points"] == report(graded, student)["points"] + 3
        assert scores(course, student)["test_sigmoid"] == (5, None, False, 5)
    assert scores(course, "ben")["test_nll"] == (0, 1.5, False, 2)


@slow
@pytest.mark.parametrize(
    ("file", "text", "told"),
    some(
        [
            (LOGIT, "def test_(", "test_logit.py: SyntaxError"),
            (LOGIT, "import nothing_of_this_name", "test_logit.py: ModuleNotFoundError"),
            (f"hidden/{NAME}/wrong/nll.py", "(", "nll.py, line"),
            (f"hidden/{NAME}/text.py", '# %% exercise="nothing"', "has no exercise 'nothing'"),
        ],
        spread=True,
    ),
)
def test_broken_tests_write_over_no_report(graded, tmp_path, file, text, told):
    course = shutil.copytree(graded, tmp_path / "course")
    broken = Grader(tmp_path / "code")
    path = broken.folder / file
    path.write_text(f"{path.read_text()}\n{text}\n")

    done = broken.run("regrade", NAME, "--course", course, "--jobs", 1, "--apply")

    assert done.returncode == 2, done.stdout
    assert told in done.stderr
    assert "doctor" not in done.stderr  # which looks at the host
    assert reports(course) == reports(graded)


@slow
def test_replay_by_broken_tests_is_one_line(graded, tmp_path):
    broken = Grader(tmp_path / "code")
    (broken.folder / LOGIT).write_text("def test_(")

    done = broken.run("replay", next(iter(sorted(graded.glob(f"reports/{NAME}/*.json")))))

    assert done.returncode == 2, done.stdout
    assert "test_logit.py: SyntaxError" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_regraded_is_told(graded, capsys):
    assert main(["regrade", NAME, "--course", "nowhere"]) == 2
    assert "there are no reports of logistic_regression; grade first" in capsys.readouterr().err
    assert main(["regrade", NAME, "--course", "nowhere", "--apply"]) == 2
    assert "nowhere: there is no such course directory" in capsys.readouterr().err
    assert main(["regrade", NAME, "--course", str(graded), "--student", "zoe"]) == 2
    assert "there is no student «zoe»" in capsys.readouterr().err
