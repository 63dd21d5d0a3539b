"""What a person enters in formgrader reaches the student's page, the overview and every export."""

import csv
import json
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from both_ways import gradebook
from notebooks import BY_MACHINE, MAX_POINTS, NAME, hand_in, solved
from pyarrow import parquet
from test_export import WRITTEN, report

sys.path.append(str(Path(__file__).parents[1] / "feedback"))
from markup import Markup, dangers

from autograder.cli import USAGE, main
from autograder.directory import Directory
from autograder.gradebook import write_grades
from autograder.report import Report, write_report

WHEN = "2026-11-20 10:00:00 UTC"
PRAISE = "Clear, but say *why*.\n<script>alert(1)</script>"
SOFTMAX, BY_HAND, EXTRA, PENALTY = 1.5, 1.25, 0.5, 2.0
TOTAL = BY_MACHINE - 3 + SOFTMAX + BY_HAND + EXTRA  # softmax is worth 3


def enter(course: Path, student: str, exercise: str, comment: str = "", **columns: float) -> None:
    """Enter points and a comment as formgrader stores them."""
    with gradebook(course) as book:
        submission = book.find_submission_notebook(NAME, NAME, student)
        for grade in submission.grades:
            if grade.name.removeprefix("test_") == exercise:
                for column, value in columns.items():
                    setattr(grade, column, value)
                grade.needs_manual_grade = False
        for row in submission.comments:
            if comment and row.name == exercise:
                row.manual_comment = comment
        book.db.commit()


def submission(course: Path, student: str, **columns: object) -> None:
    """Change the gradebook's row of a submission, or the due date of all of them."""
    with gradebook(course) as book:
        found = book.find_submission(NAME, student)
        if penalty := columns.pop("penalty", None):
            found.notebooks[0].late_submission_penalty = penalty
        for column, value in columns.items():
            setattr(found.assignment, column, value)
        book.db.commit()


@pytest.fixture(scope="module")
def graded(built, tmp_path_factory) -> Path:
    """Ada and Ben as the grader leaves them: Ada lacks points in softmax; nobody has read what they wrote."""
    root = shutil.copytree(built, tmp_path_factory.mktemp("hand") / "course")
    reports = [report("ada", softmax=SOFTMAX), report("ben")]
    for each in reports:
        hand_in(root, each.student, solved(), WHEN)
        write_report(each, Directory(root).report_path(NAME, each.student))
        when = f"2026-11-2{1 if each.student == 'ada' else 2}T08:30:00+00:00"
        Directory(root).log(each, 1.0, cached=False, when=when)
        Directory(root).log(each, 0.0, cached=True, when="2026-12-01T08:00:00+00:00")
    write_grades(root, reports)
    return root


@pytest.fixture
def course(graded, tmp_path) -> Path:
    """Ada's written answer has points, extra credit and a comment; Ben waits."""
    root = shutil.copytree(graded, tmp_path / "course")
    enter(root, "ada", WRITTEN, PRAISE, manual_score=BY_HAND, extra_credit=EXTRA)
    return root


def feedback(course: Path, *arguments: str) -> tuple[str, str]:
    """Ada's page as text, from HTML and from Markdown."""
    assert main(["feedback", "--course", str(course), *arguments]) == 0
    folder = course / "feedback" / "ada" / NAME
    html = (folder / f"{NAME}.html").read_text()
    assert dangers(html) == []
    return " ".join(Markup(html).text.split()), (folder / f"{NAME}.md").read_text()


def test_page_has_points_extra_credit_and_comment(course):
    html, markdown = feedback(course)
    for text in (html, markdown.replace("**", "")):
        assert f"{TOTAL:g} of {MAX_POINTS:g} points" in text
        assert "At least" not in text
        assert "A person has graded this answer." in text
        assert "The points include extra credit: +0.5." in text
        assert "<script>alert(1)</script>" in text  # as text
    assert f"{WRITTEN} {BY_HAND + EXTRA:g} of" in html


def test_page_has_the_total_of_the_gradebook(course):
    feedback(course)
    with gradebook(course) as book:
        assert book.find_submission(NAME, "ada").score == pytest.approx(TOTAL)
    assert main(["export", NAME, "--to", "csv", "--course", str(course)]) == 0
    (ada, ben) = rows(course / "exports" / "grades.csv")
    assert float(ada["points"]) == pytest.approx(TOTAL)
    assert ben["points"] == ""


def test_points_that_replace_the_machine_s_say_so(course):
    enter(course, "ada", "softmax", "The idea is right.", manual_score=2.5)
    for text in feedback(course):
        assert f"{TOTAL + 1:g}" in text
        assert "A person gave 2.5 points; the tests alone give 1.5." in text
        assert "The idea is right." in text


def test_answer_that_waits_has_no_points_yet(graded, tmp_path):
    html, _ = feedback(shutil.copytree(graded, tmp_path / "course"))
    assert f"At least {TOTAL - BY_HAND - EXTRA:g} of" in html
    assert "A person reads this answer" in html


def test_points_by_hand_count_where_the_grader_has_none(course):
    """The report is of a fault of the grader, and a person has gone through the notebook."""
    broken = Report("ada", NAME, "review", None, MAX_POINTS, "a fault")
    write_report(broken, Directory(course).report_path(NAME, "ada"))
    html, _ = feedback(course)
    assert f"{TOTAL:g} of {MAX_POINTS:g} points" in html
    assert "A person has graded this answer." in html


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (timedelta(days=1, hours=2, minutes=3), "1 day 2 hours late. Late: 2 points less."),
        (timedelta(seconds=1), "1 minute late. Late: 2 points less."),
        (-timedelta(hours=1), "in time."),
    ],
    ids=str,
)
def test_page_says_when_it_was_handed_in_and_graded_and_what_lateness_costs(course, before, says):
    due = datetime(2026, 11, 20, 10, tzinfo=UTC).replace(tzinfo=None) - before
    late = before > timedelta()
    submission(course, "ada", duedate=due, **({"penalty": PENALTY} if late else {}))
    for text in feedback(course):
        assert f"Handed in on 2026-11-20 at 10:00 UTC, {says}" in text
        assert "Graded on 2026-11-21 at 08:30 UTC." in text
        assert f"{TOTAL - PENALTY * late:g}" in text


def test_hand_grading_makes_that_page_stale_and_no_other(graded, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    feedback(course)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files(course)}
    enter(course, "ada", WRITTEN, PRAISE, manual_score=BY_HAND)
    gradebook_before = (course / "gradebook.db").read_bytes()
    feedback(course)
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files(course)}
    changed = {str(path.relative_to(course)) for path in after if after[path] != before.get(path)}
    assert changed == {f"feedback/ada/{NAME}/{NAME}.{kind}" for kind in ("html", "md")}
    assert (course / "gradebook.db").read_bytes() == gradebook_before


def files(course: Path) -> list[Path]:
    found = [*(course / "feedback").rglob("*"), *(course / "reports").rglob("*")]
    return [path for path in found if path.is_file()]


def test_nobody_reads_of_others(course):
    feedback(course)
    for path in (course / "feedback" / "ben").rglob("*.*"):
        assert "say *why*" not in path.read_text()


def test_gradebook_that_cannot_be_read_leaves_the_pages(course, capsys):
    """Else points by hand would be missing on them."""
    feedback(course)
    before = [path.read_bytes() for path in files(course)]
    (course / "gradebook.db").write_bytes(b"no database" * 100)
    for command in ("feedback", "overview"):
        assert main([command, "--course", str(course)]) == USAGE
        assert "gradebook.db" in capsys.readouterr().err
    assert [path.read_bytes() for path in files(course)] == before


def test_overview_counts_points_by_hand_and_shows_comments(course, capsys):
    submission(course, "ada", penalty=PENALTY)
    assert main(["overview", "--course", str(course), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["max_points"] == MAX_POINTS
    assert (told["waiting"], told["written"]) == (1, [])
    assert told["distribution"]["lowest"] == pytest.approx(TOTAL - PENALTY)
    (written,) = (each for each in told["exercises"] if each["name"] == WRITTEN)
    assert (written["full"] + written["part"], written["pending"]) == (1, 1)
    assert told["given"] == [
        {
            "student": "ada",
            "exercise": WRITTEN,
            "points": BY_HAND,
            "extra_credit": EXTRA,
            "comment": PRAISE,
        }
    ]
    assert main(["overview", "--course", str(course)]) == 0
    page = (course / "overview.html").read_text()
    assert dangers(page) == []
    assert "Of 1 student some points are pending" in page
    assert "<script>alert(1)</script>" in Markup(page).text


def test_before_anybody_graded_by_hand_the_overview_says_what_is_not_counted(graded, tmp_path):
    course = shutil.copytree(graded, tmp_path / "course")
    assert main(["overview", "--course", str(course)]) == 0
    text = " ".join(Markup((course / "overview.html").read_text()).text.split())
    assert f"Nobody has graded {WRITTEN} by hand yet" in text
    assert "Given by hand" not in text


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_export_has_points_extra_credit_and_comments(course, tmp_path):
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(
        "Identifier,Full name,Email address,Grade,Feedback comments\n1,,ada,,\n2,,ben,,Keep this.\n"
    )
    for to in ("csv", "parquet", "moodle", "canvas", "gradescope"):
        assert main(["export", NAME, "--to", to, "--course", str(course)]) == 0
    exports = course / "exports"
    said = f"{WRITTEN}: {PRAISE}"
    (table, _) = rows(exports / "grades.csv")
    assert (table["extra_credit"], table["comments"]) == (str(EXTRA), said)
    assert parquet.read_table(exports / "grades.parquet").column("comments").to_pylist() == [
        said,
        "",
    ]
    (moodle, ben) = rows(exports / "moodle.csv")
    assert list(moodle.values())[-2:] == [f"{TOTAL:g}", said]
    assert list(ben.values())[-2:] == ["-", ""]
    assert list(rows(exports / "canvas.csv")[1].values())[-1] == f"{TOTAL:g}"
    results = json.loads((exports / "gradescope" / NAME / "ada" / "results.json").read_text())
    assert results["score"] == pytest.approx(TOTAL)
    written = next(test for test in results["tests"] if test["name"] == WRITTEN)
    assert written["score"] == BY_HAND + EXTRA
    assert PRAISE in written["output"]
    command = ["export", NAME, "--to", "moodle", "--course", str(course)]
    assert main([*command, "--template", str(worksheet)]) == 0
    (ada, ben) = rows(exports / "moodle.csv")
    assert (ada["Feedback comments"], ben["Feedback comments"]) == (said, "Keep this.")
