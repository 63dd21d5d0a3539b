"""`autograder feedback` writes the pages of what was graded, and says what it could not."""

import json
from types import SimpleNamespace

import pytest

from autograder.cli import REVIEW, USAGE, main
from autograder.directory import Directory
from autograder.report import ExerciseResult, Report, TestResult, write_report
from glm2mlp.catalogue import ASSIGNMENTS

SOFTMAX, LOGISTIC = "softmax_regression", "logistic_regression"
LATER = TestResult("test_it", "failed", sentence="Told later.", disclosure="after the deadline")


@pytest.fixture
def course(tmp_path):
    """Ada and Ben were graded in softmax, Ada in logistic regression too."""
    for student, assignment in [("ada", SOFTMAX), ("ben", SOFTMAX), ("ada", LOGISTIC)]:
        first = ASSIGNMENTS[assignment].exercises[0]
        results = {first.name: ExerciseResult(0, first.points, "failed", (LATER,), "Told later.")}
        maximum = ASSIGNMENTS[assignment].max_points
        report = Report(student, assignment, "graded", 0, maximum, exercises=results)
        write_report(report, Directory(tmp_path).report_path(assignment, student))
    (tmp_path / "reports" / SOFTMAX / "run-log.jsonl").write_text("{}\n")
    return tmp_path


def feedback(course, *arguments):
    return main(["feedback", "--course", str(course), *arguments])


def written(course):
    return sorted(str(p.relative_to(course / "feedback")) for p in course.rglob("*.html"))


def test_all_that_was_graded_gets_pages(course, capsys):
    assert feedback(course) == 0
    assert written(course) == [
        f"ada/{LOGISTIC}/{LOGISTIC}.html",
        f"ada/{SOFTMAX}/{SOFTMAX}.html",
        f"ben/{SOFTMAX}/{SOFTMAX}.html",
    ]
    assert capsys.readouterr().out == f"3 pages in {course / 'feedback'}\n"


def test_only_what_is_named_gets_pages(course):
    assert feedback(course, SOFTMAX, "--student", "ben") == 0
    assert written(course) == [f"ben/{SOFTMAX}/{SOFTMAX}.html"]


def test_json_names_both_files(course, capsys):
    assert feedback(course, LOGISTIC, "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    said = SimpleNamespace(**json.loads(line))
    assert (said.student, said.assignment) == ("ada", LOGISTIC)
    assert said.html.endswith(f"{LOGISTIC}.html")
    assert said.markdown.endswith(f"{LOGISTIC}.md")


def test_deadline_decides_what_is_told(course):
    page = course / "feedback" / "ben" / SOFTMAX / f"{SOFTMAX}.html"
    feedback(course)
    assert "Told later." not in page.read_text()
    feedback(course, "--after-deadline")
    assert "Told later." in page.read_text()


@pytest.mark.parametrize("text", ["{", "{}", None])
def test_report_that_is_none_is_told_and_the_others_get_pages(course, text, capsys):
    path = Directory(course).report_path(SOFTMAX, "ada")
    path.write_text(
        Directory(course).report_path(LOGISTIC, "ada").read_text() if text is None else text
    )

    assert feedback(course) == REVIEW
    assert f"{path}: no feedback" in capsys.readouterr().err
    assert len(written(course)) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "there is no assignment «nothing»"),
        (["mse_as_mle"], "there are no such reports; grade first"),
        (["--student", "adda"], "there is no student «adda»; did you mean «ada»?"),
        (["--student", "ada", "--student", "zoe"], "there is no student «zoe»; the roster and"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said(course, arguments, says, capsys):
    assert feedback(course, *arguments) == USAGE
    assert says in capsys.readouterr().err


def test_student_s_name_cannot_lead_elsewhere(course, tmp_path, capsys):
    outside = Directory(course).report_path(LOGISTIC, "ada")
    outside.rename(course / "ada.json")

    assert feedback(course, SOFTMAX, "--student", "../../ada") != 0
    assert not (course / "feedback").exists()
