"""The page says what the reports say, holds nothing that runs or fetches, and ends somewhere."""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path += [str(TESTS / "feedback")]

from markup import Markup, dangers  # noqa: E402

from autograder.cli import REVIEW, USAGE, main  # noqa: E402
from autograder.directory import Directory  # noqa: E402
from autograder.misconceptions import misconceptions_of  # noqa: E402
from autograder.report import ExerciseResult, Report, TestResult, write_report  # noqa: E402
from glm2mlp.catalogue import ASSIGNMENTS  # noqa: E402

MSE, SOFTMAX = "mse_as_mle", "softmax_regression"
NASTY = "</pre></style><script>alert(1)</script><img src=http://x.y onerror='a()'>\u202e\x1b"
KNOWN = misconceptions_of(ASSIGNMENTS[MSE], "mse")[0]
RIGHT = {e.name: e for e in ASSIGNMENTS[MSE].exercises}


def report(student: str, **special: ExerciseResult) -> Report:
    """Full points of `mse_as_mle`, but for the written answer and those given."""
    passed = (TestResult("test_it", "passed", sentence="Asks it."),)
    exercises = {
        e.name: ExerciseResult(None, e.points, "manual")
        if e.kind == "written"
        else ExerciseResult(e.points, e.points, "passed", passed)
        for e in RIGHT.values()
    } | special
    answers = tuple(
        {"mode": "answer", "name": name, "source": f"def {name}():\n    return {NASTY!r}"}
        for name in RIGHT
    )
    points = sum(result.points or 0 for result in exercises.values())
    return Report(student, MSE, "graded", points, 22, exercises=exercises, answers=answers)


def wrong(name: str, misconception: str | None = None, points: float = 0) -> ExerciseResult:
    failed = (TestResult("test_it", "failed", "secret message", sentence="Asks it."),)
    return ExerciseResult(points, RIGHT[name].points, "failed", failed, "A hint.", misconception)


def write(root: Path, *reports: Report) -> None:
    for each in reports:
        write_report(each, Directory(root).report_path(each.assignment, each.student))
        (root / "submitted" / each.student / each.assignment).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def course(tmp_path):
    """Twelve students: two with a misconception, two unlike anything, one to look at, one unreadable."""
    write(
        tmp_path,
        *(report(f"s{i}") for i in range(6)),
        report("ada", mse=wrong("mse", KNOWN.id)),
        report(
            "ben",
            mse=wrong("mse", f"{KNOWN.id} + gone"),
            choose_noise=wrong("choose_noise", "chose-b"),
        ),
        report("cleo", mse=wrong("mse", points=1.5), gaussian_nll=wrong("gaussian_nll")),
        report(
            "dan", gaussian_nll=ExerciseResult(0, 5, "missing", (TestResult("test_it", "missing"),))
        ),
        Report("eve", MSE, "review", 0, 22, "x/y/eve.ipynb: «mse» is there twice"),
        Report("fay", MSE, "unreadable", None, 22, f"x/fay.ipynb: is not whole {NASTY}"),
    )
    return tmp_path


def page(course: Path, *arguments: str) -> str:
    assert main(["overview", "--course", str(course), *arguments]) == 0
    return (course / "overview.html").read_text()


def data(course: Path, capsys, *arguments: str) -> dict:
    assert main(["overview", MSE, "--course", str(course), "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def exercise(told: dict, name: str) -> dict:
    return next(each for each in told["exercises"] if each["name"] == name)


def test_students_are_counted_by_how_an_exercise_went(course, capsys):
    told = data(course, capsys)
    counts = ("full", "part", "none", "missing", "pending")
    assert [exercise(told, "mse")[name] for name in counts] == [7, 1, 2, 0, 1]
    assert [exercise(told, "gaussian_nll")[name] for name in counts] == [8, 0, 1, 1, 1]
    assert exercise(told, "mse")["difficulty"] == pytest.approx(7.5 / 10)
    assert exercise(told, "mse")["unexplained"] == 1
    assert -1 < exercise(told, "mse")["discrimination"] < 1
    assert told["graded"] == 11


def worth(monkeypatch, name: str, points: float) -> None:
    """Let an exercise be worth something else, as after a change of the catalogue in mid-term."""
    exercises = (replace(e, points=points) if e.name == name else e for e in RIGHT.values())
    changed = replace(ASSIGNMENTS[MSE], exercises=tuple(exercises))
    monkeypatch.setitem(ASSIGNMENTS, MSE, changed)


def test_points_of_another_version_count_by_what_exercises_are_worth_now(
    course, capsys, monkeypatch
):
    """Released points stand when an exercise is worth less, and are no share above all."""
    before = data(course, capsys)
    worth(monkeypatch, "mse", RIGHT["mse"].points / 2)

    told = data(course, capsys)

    counts = ("full", "part", "none", "missing", "pending", "difficulty")
    assert [exercise(told, "mse")[n] for n in counts] == [
        exercise(before, "mse")[n] for n in counts
    ]
    assert told["max_points"] == before["max_points"] - RIGHT["mse"].points / 2
    assert told["distribution"]["highest"] == told["max_points"]


def test_exercise_that_is_worth_nothing_any_more_is_left_out(course, capsys, monkeypatch):
    worth(monkeypatch, "mse", 0)
    told = data(course, capsys)
    assert "mse" not in {each["name"] for each in told["exercises"]}
    assert told["distribution"]["highest"] == told["max_points"]
    assert "<h1>" in page(course)


def test_assignment_whose_text_does_not_fit_its_declaration_is_one_line(
    course, capsys, monkeypatch
):
    changed = replace(ASSIGNMENTS[MSE], exercises=tuple(reversed(RIGHT.values())))
    monkeypatch.setitem(ASSIGNMENTS, MSE, changed)
    assert main(["overview", "--course", str(course)]) == USAGE
    assert "the exercises are in another order" in capsys.readouterr().err


def test_misconceptions_that_came_together_are_counted_each(course, capsys):
    told = {(each["exercise"], each["name"]): each for each in data(course, capsys)["confusions"]}
    assert told["mse", KNOWN.id]["students"] == 2
    assert told["mse", KNOWN.id]["belief"] == KNOWN.belief
    assert told["mse", "gone"]["belief"] == ""
    assert told["choose_noise", "chose-b"]["chosen"] == "B"


def test_tests_that_told_nothing_are_named(course, capsys):
    told = {(each["exercise"], each["name"]): each for each in data(course, capsys)["one_sided"]}
    assert ("mse", "test_it") not in told
    never = told["mle_variance", "test_it"]
    assert (never["answers"], never["always"]) == (10, False)
    write(course, *(report(f"s{i}", mle_variance=wrong("mle_variance")) for i in range(6)))
    write(
        course,
        *(report(s, mle_variance=wrong("mle_variance")) for s in ("ada", "ben", "cleo", "dan")),
    )
    told = {each["exercise"]: each for each in data(course, capsys)["one_sided"]}
    assert told["mle_variance"]["always"] is True


def test_reasons_for_a_look_name_the_file_and_no_path(course):
    text = page(course)
    assert "eve.ipynb: «mse» is there twice" in text
    assert "x/y" not in text
    assert re.search(r'to look at</dt><dd><a href="#look_mse_as_mle">2<', text)


def test_without_a_roster_nobody_knows_who_handed_in_nothing(course, capsys):
    assert data(course, capsys)["absent"] is None
    (course / "roster.csv").write_text("id\nada\n")
    assert data(course, capsys)["absent"] == 0
    assert "<dt>not handed in</dt><dd>0<" in page(course)
    (course / "roster.csv").unlink()
    assert "not handed in" not in page(course)


def test_who_handed_in_nothing_is_counted_and_not_listed(course, capsys):
    nothing = Report("gil", MSE, "unreadable", None, 22, "gil.ipynb: there is no such notebook; …")
    write_report(nothing, Directory(course).report_path(MSE, "gil"))
    (course / "roster.csv").write_text("id,first_name,last_name\nada,Ada,Lovelace\nhal,Hal,\n")
    told = data(course, capsys)
    assert told["absent"] == 2
    assert [each["student"] for each in told["reviews"]] == ["eve", "fay"]


def test_roster_names_the_students(course):
    (course / "roster.csv").write_text(f"id,first_name,last_name\neve,Eve <b>,{NASTY}\nada,,\n")
    text = page(course)
    assert "Eve &lt;b&gt;" in text
    assert "(eve)" in text


def test_roster_that_cannot_be_read_is_told(course, capsys):
    (course / "roster.csv").write_text("name\nada\n")
    assert main(["overview", "--course", str(course)]) == REVIEW
    assert "has no column «id»" in capsys.readouterr().err


def test_page_holds_nothing_that_runs_or_fetches(course):
    text = page(course)
    assert dangers(text) == []
    shown = Markup(text).text
    assert "<script>alert(1)</script>" in shown  # as text
    assert "secret message" not in shown
    assert not re.search(r"[\u202e\x1b]", text.partition("What needs a look")[0])


def test_equal_reports_give_equal_pages(course):
    assert page(course) == page(course)


def test_times_are_medians_of_the_last_gradings(course, capsys):
    log = Directory(course).run_log(MSE)
    every = dict.fromkeys(RIGHT, 0.1)
    lines = [
        {"student": "ada", "cached": False, "seconds": 9, "ran": every | {"mse": 5}},
        {"student": "ada", "cached": False, "seconds": 1, "ran": every | {"mse": 0.5}},
        {"student": "ada", "cached": True, "seconds": 0.001, "ran": {}},
        {"student": "ben", "cached": False, "seconds": 3, "ran": every | {"mse": 0.5, "gone": 1}},
        {"student": "ben", "cached": False, "seconds": 0.5, "ran": {"mse": 1.5}},
        {"student": "old", "cached": False, "seconds": 70},
    ]
    log.write_text("\n".join(map(json.dumps, lines)) + '\n{"student": "broken')
    told = data(course, capsys)
    assert told["seconds"] == 2
    assert exercise(told, "mse")["seconds"] == 1
    assert exercise(told, "gaussian_nll")["seconds"] == 0.1


def test_without_a_run_log_there_are_no_times(course, capsys):
    told = data(course, capsys)
    assert told["seconds"] is None
    assert exercise(told, "mse")["seconds"] is None
    assert "the run log has no times of whole gradings" in page(course)


def test_report_that_is_none_is_told_and_the_others_count(course, capsys):
    path = Directory(course).report_path(MSE, "ada")
    path.write_text("{")
    assert main(["overview", "--course", str(course), "--json"]) == REVIEW
    out, err = capsys.readouterr()
    assert json.loads(out)["graded"] == 10
    assert f"{path}: is left out" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nothing"], "there is no assignment «nothing»"),
        ([SOFTMAX], "has no reports of softmax_regression"),
    ],
    ids=["unknown", "not graded"],
)
def test_what_cannot_be_done_is_said(course, arguments, says, capsys):
    assert main(["overview", "--course", str(course), *arguments]) == USAGE
    assert says in capsys.readouterr().err


def test_course_where_nobody_can_be_graded_still_has_a_page(tmp_path):
    write(tmp_path, Report("fay", MSE, "unreadable", None, 22, "x/fay.ipynb: is not whole"))
    text = page(tmp_path)
    assert "nothing to draw" in text
    assert dangers(text) == []


def test_page_of_many_is_hardly_longer_than_that_of_few(tmp_path):
    """Everybody has a mistake, a reason and a neighbour: the lists end all the same."""
    known = [m.id for m in misconceptions_of(ASSIGNMENTS[MSE], "gaussian_nll")]

    def student(i: int) -> Report:
        own = report(f"s{i:03d}", gaussian_nll=wrong("gaussian_nll", known[i % len(known)]))
        source = (
            f"def gaussian_nll(y, t, variance):\n    return f{i // 2}(y, {i // 2})"
            + f" + y.a{i // 2}(y, 1)" * 9
        )
        answers = ({"mode": "answer", "name": "gaussian_nll", "source": source},)
        return Report(
            own.student, MSE, "review", 9, 22, "again", exercises=own.exercises, answers=answers
        )

    write(tmp_path, *map(student, range(60)))
    few = page(tmp_path)
    write(tmp_path, *map(student, range(60, 300)))
    many = page(tmp_path)
    assert len(many) < 1.2 * len(few)
    assert "240 more submissions are not shown here" in many
    assert "120 more groups are not shown here" in many
