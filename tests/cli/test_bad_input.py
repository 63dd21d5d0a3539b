"""Whatever lies in the place of a submission: one line says what and what to do, and the class is graded."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_cli import AUTOGRADER, BY_MACHINE, SOFTMAX, hand_in, run, run_alone
from thinning import some

from autograder.authoring.build import LOCK, source_notebook
from autograder.directory import IN_USE
from glm2mlp.catalogue import ASSIGNMENTS

LOGISTIC = "logistic_regression"
SOLVED = source_notebook(ASSIGNMENTS[SOFTMAX])


def changed(change: Callable[[list[dict]], object]) -> str:
    """The solved notebook with other cells."""
    notebook = json.loads(SOLVED)
    change(notebook["cells"])
    return json.dumps(notebook)


def named(cells: list[dict], name: str) -> dict:
    return next(one for one in cells if one["id"] == name)


def other_softmax(cells: list[dict]) -> None:
    cells.append({**named(cells, "softmax"), "source": "def softmax(Z):\n    return Z"})


# By student: what was handed in, the status, and what is said of it.
FILES = {
    "empty": ("", "unreadable", "the file is empty; save the notebook"),
    "truncated": (SOLVED[:20_000], "unreadable", "breaks off or is damaged at line"),
    "no-json": ("print('hello')", "unreadable", "is not a whole notebook"),
    "nbformat-3": (
        '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}',
        "unreadable",
        "has nbformat 3, and nbformat 4 is needed; open it in JupyterLab and save it",
    ),
    "other-assignment": (
        source_notebook(ASSIGNMENTS[LOGISTIC]),
        "unreadable",
        f"is the notebook of «{LOGISTIC}»",
    ),
    "nothing-of-ours": (
        changed(lambda cells: cells.__setitem__(slice(None), [])),
        "unreadable",
        "has no cells at all",
    ),
    "two-with-one-id": (changed(other_softmax), "review", "«softmax» is defined in cells 8, "),
    "lost-answer": (
        changed(lambda cells: cells.remove(named(cells, "nll"))),
        "review",
        "no cell was found that answers «nll»; points are lacking, so look at the notebook",
    ),
}
PLACES = {
    "missing": "there is no such notebook",
    "enormous": "300 MB are too large (limit 20 MB); clear the outputs",
    "link": "it is a link; copy the file instead",
    "linked-folder": f"the folder {SOFTMAX} is a link; copy the files instead",
    "folder": "is a folder; hand in the notebook itself",
    "pipe": "is not a file; hand in the notebook itself",
    "two-notebooks": f"rename the right one of a.ipynb, b.ipynb to {SOFTMAX}.ipynb",
    "in-the-roster-only": "nothing was handed in",
}


@pytest.fixture(scope="module")
def course(built, tmp_path_factory) -> Path:
    root = shutil.copytree(built, tmp_path_factory.mktemp("bad") / "course")
    good = hand_in(root, "good", SOFTMAX, SOLVED)
    for student, (content, _, _) in FILES.items():
        hand_in(root, student, SOFTMAX, content)
    places = {name: hand_in(root, name, SOFTMAX, "") for name in PLACES if name[:3] != "in-"}
    os.truncate(places["enormous"], 300 << 20)  # a hole: it takes no room on the disk
    for name in ("missing", "link", "folder", "pipe", "two-notebooks", "linked-folder"):
        places[name].unlink()
    places["link"].symlink_to(good)
    places["folder"].mkdir()
    os.mkfifo(places["pipe"])
    for name in ("a.ipynb", "b.ipynb"):
        places["two-notebooks"].with_name(name).write_text(SOLVED)
    places["linked-folder"].parent.rmdir()
    places["linked-folder"].parent.symlink_to(good.parent)
    (root / "roster.csv").write_text("id\ngood\nin-the-roster-only\ngood\n")
    return root


@pytest.fixture(scope="module")
def graded(course):
    return run_alone("grade", SOFTMAX, "--course", course, "--json", "--jobs", 1)


@pytest.fixture(scope="module")
def reports(graded) -> dict[str, dict]:
    lines = [json.loads(line) for line in graded.stdout.splitlines()]
    return {one["student"]: one for one in lines}


@pytest.mark.parametrize("student", [*FILES, *PLACES])
def test_bad_submission_is_one_line_with_file_and_remedy(course, reports, student):
    status, says = FILES[student][1:] if student in FILES else ("unreadable", PLACES[student])
    report = reports[student]

    assert report["status"] == status
    assert report["error"].startswith(f"{course}/submitted/{student}/{SOFTMAX}/{SOFTMAX}.ipynb: ")
    assert says in report["error"]
    assert "\n" not in report["error"]


def test_the_others_are_graded_and_the_command_ends_well(graded, reports):
    assert (graded.returncode, graded.stderr) == (0, "")
    assert len(reports) == 1 + len(FILES) + len(PLACES)
    assert (reports["good"]["status"], reports["good"]["points"]) == ("graded", BY_MACHINE)


def test_no_partial_file_is_left(graded, course, reports):
    written = {path.name for path in (course / "reports" / SOFTMAX).iterdir()}

    assert written == {f"{student}.json" for student in reports} | {"run-log.jsonl"}
    hidden = {path for path in course.rglob(".*") if path.name != ".ipynb_checkpoints"}
    assert hidden == {course / LOCK, course / IN_USE}


# Permissions and places


def without_rights(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as somebody for whom modes of files count, which they do not for root."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    words = [*(drop if os.geteuid() == 0 else ()), AUTOGRADER, *map(str, command)]
    return subprocess.run(words, capture_output=True, text=True, cwd=cwd, check=False)


CLOSED = {
    "gradebook.db": "You have no permission to read and write",
    "nbgrader_config.py": "Permission denied",
    f"reports/{SOFTMAX}": "Permission denied",
    "reports": "Permission denied",
    "submitted": "Permission denied",
}


@pytest.mark.parametrize(
    "command", some([["feedback"], ["overview"], ["forget", "good"]]), ids=" ".join
)
@pytest.mark.parametrize("closed", some(CLOSED))
def test_missing_permission_is_called_one(reports, course, closed, command):
    path = course / closed
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        done = without_rights(*command, "--course", course)
    finally:
        path.chmod(mode)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert CLOSED[closed] in line
    assert str(path) in line
    assert "damaged" not in line


def test_gradebook_without_permission_costs_no_reports(reports, course):
    (course / "gradebook.db").chmod(0)
    try:
        done = without_rights("grade", SOFTMAX, "--course", course, "--student", "good")
    finally:
        (course / "gradebook.db").chmod(0o600)
    assert done.returncode == 2
    assert f"You have no permission to read and write {course}/gradebook.db" in done.stderr


@pytest.mark.parametrize("folder", some(["submitted/good", "", "submitted", f"reports/{SOFTMAX}"]))
def test_command_inside_a_course_finds_it(reports, course, folder):
    done = run("grade", SOFTMAX, "--json", "--student", "good", cwd=course / folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "graded"


def test_other_course_than_the_one_around_can_be_named(reports, course):
    done = run("feedback", "--course", "nowhere", cwd=course)
    assert "nowhere/reports: there are no such reports" in done.stderr


def test_folder_without_a_course_is_told_how_to_name_one(tmp_path):
    done = run("grade", SOFTMAX, cwd=tmp_path)
    assert done.returncode == 2
    assert "name the course directory by --course, or run this inside of it" in done.stderr


def test_course_that_cannot_be_made_says_so():
    done = run("new-course", "/proc/foo")
    assert done.returncode == 2
    assert done.stderr == (
        "autograder: /proc/foo: the course directory cannot be made here (No such file or directory); "
        "choose another place\n"
    )


def test_report_in_the_place_of_a_notebook_is_called_a_report(reports, course):
    done = run("self-check", course / "reports" / SOFTMAX / "good.json")
    assert done.returncode == 2
    assert "is a report, and no notebook; `autograder replay` grades a report again" in done.stderr


@pytest.mark.parametrize("text", ["many", "0", "-1", "1.5", "²", ""])
def test_number_of_jobs_is_asked_for_in_words(text):
    done = run("grade", SOFTMAX, f"--jobs={text}")
    assert done.returncode == 2
    assert f"argument --jobs: «{text}» is not a whole number above 0" in done.stderr


def test_one_page_is_no_pages(reports, course):
    done = run("feedback", "--course", course, "--student", "good")
    assert done.stdout == f"1 page in {course / 'feedback'}\n"


def test_exit_code_1_is_explained_as_it_is_used(reports):
    """Rows marked review alone end with 0, as the class above shows."""
    assert {each["status"] for each in reports.values()} >= {"review"}
    said = " ".join(run("grade", "--help").stdout.split())
    assert "1 the grader itself failed on a submission" in said
    assert "marked review; that alone does not change the exit code" in said
