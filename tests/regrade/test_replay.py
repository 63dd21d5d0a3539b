"""`autograder replay` and `self-check`: grading without a course."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thinning import slow, some
from variants import ANSWERS, NAME, hand_in

from autograder.cli import main
from autograder.commands import replay
from autograder.directory import Directory
from autograder.grading.client import GradingProcess
from autograder.grading.replay import submission_of
from autograder.report import read_report
from autograder.sandbox.terms import LAYERS, Limits
from glm2mlp.catalogue import COURSE

AUTOGRADER = Path(sys.executable).parent / "autograder"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports alone, far from their course. Cleo's last exercises were lent earlier functions."""
    course, elsewhere = (tmp_path_factory.mktemp(name) for name in ("course", "elsewhere"))
    process = GradingProcess(COURSE, LAYERS)
    for student in ("ben", "cleo"):
        hand_in(course, student, ANSWERS[student])
        process.grade(Directory(course).task(NAME, student, Limits()))
        shutil.move(course / "reports" / NAME / f"{student}.json", elsewhere)
    process.stop()
    shutil.rmtree(course)
    return elsewhere


def shell(report, exercise, *lines):
    """What the prompt prints, and what is wrong with what was entered, with these lines in a pipe."""
    command = [AUTOGRADER, "replay", report, "--exercise", exercise, "--shell"]
    done = subprocess.run(
        command, input="\n".join([*lines, ""]), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("student", some(["ben", "cleo"]))
def test_what_was_graded_is_graded_the_same(reports, student, capsys):
    assert main(["replay", str(reports / f"{student}.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "nll: equal" in lines
    assert lines[-1] == "Everything is equal."


@slow
def test_what_differs_is_told_with_its_place_and_other_versions(reports, tmp_path, capsys):
    report = json.loads((reports / "ben.json").read_text())
    report["exercises"]["nll"]["points"] = 2
    report["exercises"]["nll"]["tests"][0]["outcome"] = "passed"
    report["versions"]["numpy"] = "0.1"
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(report))
    assert main(["replay", str(path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["equal"]
    assert {name for name, parts in said["exercises"].items() if parts} == {"nll"}
    assert said["exercises"]["nll"][0] == "points: 2 → 0.0"
    assert said["exercises"]["nll"][1].startswith("test_value: passed (")
    assert said["versions"]["numpy"][0] == "0.1"


@slow
def test_prompt_at_the_failing_call_is_in_the_sandbox(reports):
    lines, wrong = shell(
        reports / "ben.json",
        "nll",
        "nll(*args) == nll(w, X, t)",
        "def twice(x):",
        "    return 2 * x",
        "",
        "twice(X).shape == X.shape",
        "import solutions",
        "open('/etc/passwd')",
        "1 +",
        "'\\x1b' * 2; print(chr(27))",
        "import os; os._exit(3)",
        "t.dtype",
    )
    assert lines[0].startswith("test_value: failed: 'nll' is off")
    assert "Names of the call: w, X, t, args, kwargs." in lines
    assert lines.count("True") == 2
    # Versions of Python say it differently, 3.11.2 and 3.11.7 do.
    assert wrong.strip().endswith(("SyntaxError: invalid syntax", "SyntaxError: incomplete input"))
    assert "ModuleNotFoundError: No module named 'solutions'" in lines
    assert any(line.startswith(("PermissionError", "FileNotFoundError")) for line in lines)
    assert not any(chr(27) in line for line in lines)
    assert any("A fresh worker stands in." in line for line in lines)
    assert lines[-1] == "dtype('int64')"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["nowhere.json"], "nowhere.json: No such file"),
        (["pyproject.toml"], "is not a report"),
        (
            ["ben.json", "--exercise", "softmax"],
            "has no exercise «softmax»; it has: sigmoid, ",
        ),
        (["ben.json", "--shell"], "--shell needs --exercise"),
    ],
)
def test_what_cannot_be_replayed_is_told(reports, options, says, capsys, monkeypatch):
    monkeypatch.chdir(reports)
    Path("pyproject.toml").write_text("[project]")
    assert main(["replay", *options]) == 2
    assert says in capsys.readouterr().err


def test_report_without_answers_cannot_be_replayed(reports, tmp_path, capsys):
    report = json.loads((reports / "ben.json").read_text())
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({**report, "answers": []}))
    assert main(["replay", str(path)]) == 2
    assert "it holds no answers" in capsys.readouterr().err


@slow
def test_self_check_grades_one_notebook_and_keeps_nothing(tmp_path, capsys):
    """Its name need not be the assignment's."""
    notebook = shutil.copy(
        hand_in(tmp_path / "course", "ben", ANSWERS["ben"]), tmp_path / "my.ipynb"
    )
    shutil.rmtree(tmp_path / "course")
    assert main(["self-check", str(notebook), "--html", str(tmp_path / "page.html")]) == 0
    said = capsys.readouterr().out
    assert "20 of 22 points" in said
    assert "0 of 6 hidden tests pass." in said
    assert "Where to read again" in said
    assert "<html" in (tmp_path / "page.html").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {"my.ipynb", "page.html"}


def test_self_check_shows_the_solution_that_is_asked_for(tmp_path, capsys):
    notebook = hand_in(tmp_path, "ada", {})
    assert main(["self-check", str(notebook), "--solution", "logit"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("def logit(p):")
    assert "return np.log(p / (1 - p))" in said
    assert "SOLUTION" not in said
    assert main(["self-check", str(notebook), "--solution", "softmax"]) == 2
    assert "has no exercise «softmax»; it has: sigmoid" in capsys.readouterr().err


def test_self_check_of_no_notebook_is_one_line(tmp_path, capsys):
    (tmp_path / "x.ipynb").write_text("{")
    assert main(["self-check", str(tmp_path / "x.ipynb")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


# Reports that somebody changed

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.text(max_size=5),
    st.just("\x1b[31m\nEverything is equal.\x9b"),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def places(data, place=()):
    """All places in JSON data, the outermost first."""
    yield place
    for key, each in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    ):
        yield from places(each, (*place, key))


def changed(data, place, value, *, rename):
    """The data with another value, or another key, at a place."""
    if not place:
        return value
    data = json.loads(json.dumps(data))
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    if rename and isinstance(inner, dict):
        inner[str(value)] = inner.pop(place[-1])
    else:
        inner[place[-1]] = value
    return data


@pytest.fixture
def not_graded(monkeypatch, reports):
    """Replays read the answers and compare; what grading gives is the report of before."""
    before = read_report(reports / "cleo.json")
    monkeypatch.setattr(replay, "replay", lambda report, *_: (submission_of(report), before)[1])
    monkeypatch.setattr(replay, "layers_in_force", lambda *, unsafe: ())


@settings(max_examples=300)
@given(st.data())
def test_changed_report_is_replayed_or_refused_in_one_line(
    not_graded, reports, tmp_path, capsys, data
):
    report = json.loads((reports / "cleo.json").read_text())
    place = data.draw(st.sampled_from(list(places(report))))
    forged = changed(report, place, data.draw(ODD), rename=data.draw(st.booleans()))
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(forged))
    exercise = data.draw(st.sampled_from([[], ["--exercise", "nll"], ["--json"]]))

    code = main(["replay", str(path), *exercise])

    out, err = capsys.readouterr()
    assert code in (0, 1, 2)
    assert (out + err).replace("\n", "").isprintable()
    assert len(out.splitlines()) <= len(report["exercises"]) + len(report["versions"]) + 2
    if code == 2:
        (line,) = err.splitlines()
        assert line.startswith(f"autograder: {path}: ")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"versions": [1]}, "is not a report (versions: is no object)"),
        ({"points": "3"}, "is not a report (points: is no number)"),
        ({"exercises": {"nll": {"points": 1}}}, "is not a report (exercises.nll: lacks a key)"),
        ({"alone": {"nll": "lost"}}, "is not a report (alone.nll: is none of its words)"),
        ({"extra\x1b": 1}, "is not a report (extra\N{REPLACEMENT CHARACTER}: is not known)"),
        ({"seed": -1}, "its seed is damaged"),
        (
            {"answers": [{"mode": "answer", "source": "\ud800", "name": "f"}]},
            "its answers are damaged",
        ),
        ({"answers": [{"mode": "answer"}]}, "answers[0]: lacks mode or source"),
    ],
    ids=str,
)
def test_what_is_wrong_in_a_report_is_named(reports, tmp_path, capsys, change, says):
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(json.loads((reports / "ben.json").read_text()) | change))

    assert main(["replay", str(path)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: {path}: ")
    assert says in line


def test_exercise_that_there_is_not_has_no_prompt(reports, tmp_path, capsys):
    report = json.loads((reports / "ben.json").read_text())
    report["exercises"]["magic"] = report["exercises"]["nll"]
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(report))

    assert main(["replay", str(path), "--exercise", "magic", "--shell"]) == 2

    assert "«magic» has no calls" in capsys.readouterr().err
