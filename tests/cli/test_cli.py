"""The command line, as a user or a script meets it."""

import io
import json
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path

import pytest
from rich.table import Table
from thinning import slow, some

from autograder.authoring.build import release_notebook, source_notebook
from autograder.cli import COMMANDS, _parser, main, print_json
from autograder.commands.grade import print_table
from autograder.report import read_report
from glm2mlp.catalogue import ASSIGNMENTS

LOGISTIC, SOFTMAX = "logistic_regression", "softmax_regression"
MAX_POINTS = ASSIGNMENTS[SOFTMAX].max_points
BY_MACHINE = MAX_POINTS - sum(
    exercise.points for exercise in ASSIGNMENTS[SOFTMAX].exercises if exercise.kind == "written"
)
AUTOGRADER = Path(sys.executable).parent / "autograder"


def run(*arguments: object, cwd: str | Path = ".") -> subprocess.CompletedProcess[str]:
    """A command in this process, which has imported already what each real one imports anew."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def run_alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The real command, with the environment's programs on PATH as after `activate`."""
    path = f"{AUTOGRADER.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [AUTOGRADER, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )


def hand_in(course: Path, student: str, assignment: str, notebook: str) -> Path:
    """Lay a notebook where a submission lies."""
    path = course / "submitted" / student / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(notebook)
    return path


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A directory that has nothing but submissions."""
    root = tmp_path_factory.mktemp("cli") / "course"
    root.mkdir(mode=0o700)
    hand_in(root, "ada", SOFTMAX, source_notebook(ASSIGNMENTS[SOFTMAX]))
    hand_in(root, "ben", SOFTMAX, release_notebook(ASSIGNMENTS[SOFTMAX]))
    hand_in(root, "cleo", SOFTMAX, "{")
    return root


@pytest.fixture(scope="module")
def graded(course):
    """The first run on it."""
    return run_alone("grade", SOFTMAX, "--course", course, "--json", "--jobs", 2)


def objects(said: str) -> dict[str, dict]:
    """The JSON Lines by student."""
    return {(line := json.loads(text))["student"]: line for text in said.splitlines()}


@slow
def test_grade_makes_what_is_missing(graded, course):
    assert graded.returncode == 0, graded.stderr
    for name in ("gradebook.db", "nbgrader_config.py", f"source/{SOFTMAX}", f"release/{SOFTMAX}"):
        assert (course / name).exists()
    assert (course / "course.key").stat().st_mode & 0o777 == 0o600


def test_json_lines_have_the_agreed_fields(graded):
    lines = objects(graded.stdout)
    assert set(lines) == {"ada", "ben", "cleo"}
    for line in lines.values():
        assert set(line) == {
            *("student", "assignment", "status", "error", "points", "max_points"),
            *("key", "sandbox", "repairs", "exercises", "kept"),
        }
    exercise = lines["ada"]["exercises"]["softmax"]
    assert set(exercise) == {
        *("points", "max_points", "outcome", "tests", "hint", "misconception", "advice"),
        *("carried_forward", "evidence"),
    }
    assert {"name", "outcome", "message"} <= set(exercise["tests"][0])


def test_points_of_a_right_and_an_empty_notebook(graded):
    lines = objects(graded.stdout)
    assert (lines["ada"]["status"], lines["ada"]["points"]) == ("graded", BY_MACHINE)
    assert (lines["ben"]["status"], lines["ben"]["points"]) == ("graded", 0)
    assert lines["ada"]["exercises"]["explain_convex_regions"]["points"] is None


def test_unreadable_notebook_is_one_line_and_the_batch_goes_on(graded):
    line = objects(graded.stdout)["cleo"]
    assert (line["status"], line["points"]) == ("unreadable", None)
    assert f"cleo/{SOFTMAX}/{SOFTMAX}.ipynb" in line["error"]
    assert "save it from Jupyter again" in line["error"]
    assert "\n" not in line["error"]


def test_reports_and_run_log_lie_in_the_course(graded, course):
    reports = course / "reports" / SOFTMAX
    assert sorted(path.name for path in reports.iterdir()) == [
        *("ada.json", "ben.json", "cleo.json", "run-log.jsonl"),
    ]
    entries = [json.loads(line) for line in (reports / "run-log.jsonl").read_text().splitlines()]
    assert {entry["student"] for entry in entries[:3]} == {"ada", "ben", "cleo"}
    assert all(entry["seconds"] >= 0 and not entry["cached"] for entry in entries[:3])


def test_report_holds_no_course_key(graded, course):
    key = (course / "course.key").read_text().strip()
    assert key not in (course / "reports" / SOFTMAX / "ada.json").read_text()


@slow
def test_second_run_grades_nothing_again_and_a_table_says_so(graded, course):
    before = {path: path.read_bytes() for path in (course / "reports").rglob("*.json")}
    again = run("grade", SOFTMAX, "--course", course)
    assert again.returncode == 0, again.stderr
    assert {path: path.read_bytes() for path in before} == before
    rows = {line.split()[0]: line for line in again.stdout.splitlines()}
    assert rows["ada"].endswith("unchanged")
    assert rows["ben"].endswith("unchanged")
    assert f"≥ {BY_MACHINE:g} / {MAX_POINTS:g}" in rows["ada"]
    assert "unreadable" in rows["cleo"]
    assert str(course / "reports") in again.stdout


@slow
def test_only_the_named_students_are_graded(graded, course, capsys):
    command = ["grade", SOFTMAX, "--course", str(course), "--json", "--student", "ada"]
    (course / "roster.csv").write_text("id\nzoe\n")
    try:
        assert main([*command, "--student", "zoe"]) == 0
    finally:
        (course / "roster.csv").unlink()
        (course / "reports" / SOFTMAX / "zoe.json").unlink()
    lines = objects(capsys.readouterr().out)
    assert set(lines) == {"ada", "zoe"}
    assert lines["zoe"]["status"] == "unreadable"
    assert "there is no such notebook" in lines["zoe"]["error"]


@pytest.mark.parametrize(
    "command",
    [
        *(["grade", SOFTMAX], ["regrade", SOFTMAX], ["regrade", SOFTMAX, "--apply"]),
        *(["feedback"], ["feedback", SOFTMAX], ["export", "--to", "csv"]),
        ["export", SOFTMAX, "--to", "gradescope"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("student", "says"), [("bem", "did you mean «ben»?"), ("../ben", ""), ("nobody", "")]
)
def test_student_who_does_not_exist_is_refused(graded, course, command, student, says, capsys):
    def everything():
        return {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}

    before = everything()
    assert main([*command, "--course", str(course), "--student", "ada", "--student", student]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"there is no student «{student}»; {says}" in said.err
    assert everything() == before


@slow
def test_exercises_stand_in_the_notebook_s_order_in_every_run(graded, course, capsys):
    order = [exercise.name for exercise in ASSIGNMENTS[SOFTMAX].exercises]
    command = ["grade", SOFTMAX, "--course", str(course)]
    assert main([*command, "--json"]) == 0  # all are unchanged
    again = objects(capsys.readouterr().out)["ben"]["exercises"]
    assert list(again) == list(objects(graded.stdout)["ben"]["exercises"]) == order
    assert main(command) == 0
    (ben,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("ben"))
    missing = ben.partition("missing: ")[2].partition(";")[0].split(", ")
    assert missing == [name for name in order if name in missing]
    assert list(read_report(course / "reports" / SOFTMAX / "ben.json").exercises) == order


@slow
def test_unreadable_roster_is_told_and_passed_over(graded, course, capsys):
    (course / "roster.csv").write_bytes(b"name;mail\n\0\xff\xfe")
    try:
        assert main(["grade", SOFTMAX, "--course", str(course), "--json"]) == 0
    finally:
        (course / "roster.csv").unlink()
    said = capsys.readouterr()
    assert set(objects(said.out)) == {"ada", "ben", "cleo"}
    assert "roster.csv: is not text; save it as «CSV UTF-8»" in said.err


def test_roster_with_semicolons_serves_every_command(graded, course, capsys):
    """It worked in collect, and grade went on without it."""
    (course / "roster.csv").write_bytes("id;last_name\nada;Dvořák\nzoe;Němec\n".encode("cp1250"))
    try:
        assert main(["grade", SOFTMAX, "--course", str(course), "--json"]) == 0
        said = capsys.readouterr()
        assert (set(objects(said.out)), said.err) == ({"ada", "ben", "cleo", "zoe"}, "")
        assert main(["overview", "--course", str(course), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["absent"] == 1
        assert main(["new-course", str(course)]) == 0
        assert "with 2 students" in capsys.readouterr().out
        assert main(["export", SOFTMAX, "--to", "csv", "--course", str(course)]) == 0
        assert "ada,Dvořák" in (course / "exports" / "grades.csv").read_text()
    finally:
        (course / "roster.csv").unlink()
        (course / "reports" / SOFTMAX / "zoe.json").unlink()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade", "softmax"], "there is no assignment «softmax»; there are: logistic_regression"),
        (["grade", SOFTMAX, "--course", "nowhere"], "nowhere/submitted: there is no such folder"),
    ],
)
def test_usage_errors_name_the_remedy(arguments, says, capsys):
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.parametrize(
    "arguments", [[], ["grade"], ["grade", SOFTMAX, "--jobs", "0"], ["greade"]]
)
def test_wrong_words_end_with_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    help_text = capsys.readouterr().out
    assert "usage: autograder" in help_text
    assert command or all(f"\n    {name}" in help_text for name in COMMANDS)


def test_doctor_tries_every_layer_and_a_worker(capsys):
    result = run_alone("doctor", "--json")
    found = json.loads(result.stdout)
    assert result.returncode == (0 if set(found["layers"].values()) == {"works"} else 1)
    assert set(found["layers"]) == {
        *("namespaces", "landlock", "seccomp", "dumpable", "no_new_privs", "limits"),
    }
    assert found["trial"] == "works"
    assert main(["doctor"]) == result.returncode
    assert "A worker in the sandbox: works." in capsys.readouterr().out


def test_missing_layer_refuses_unless_unsafe(graded, course, tmp_path):
    """On a host without bubblewrap nothing is graded; --unsafe says in the report what was missing."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'no namespaces here' >&2\nexit 1\n")
    broken.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}{os.pathsep}{AUTOGRADER.parent}{os.pathsep}{os.environ['PATH']}",
    }
    command = [AUTOGRADER, "grade", SOFTMAX, "--course", course, "--json", "--student", "ada"]
    refused = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert refused.returncode == 2
    assert "no namespaces here" in refused.stderr
    assert "--unsafe" in refused.stderr
    assert refused.stdout == ""
    unsafe = subprocess.run(
        [*command, "--unsafe"], capture_output=True, text=True, env=environment, check=False
    )
    assert unsafe.returncode == 0, unsafe.stderr
    assert "not promised that student code does not learn the machine's name" in unsafe.stderr
    line = objects(unsafe.stdout)["ada"]
    assert "namespaces" not in line["sandbox"]
    assert {"landlock", "seccomp"} <= set(line["sandbox"])
    assert line["points"] == BY_MACHINE


def test_json_holds_nothing_that_a_terminal_obeys(capsys):
    name = "a\x1b[2J\u202e\x9b\udcff\U000e0001é"

    print_json({"student": name})

    told = capsys.readouterr().out
    assert told.removesuffix("\n").isprintable()
    assert json.loads(told) == {"student": name}


def test_text_in_a_table_is_text(capsys):
    table = Table("name")
    table.add_row(":bug: [red]")
    print_table(table)

    assert ":bug: [red]" in capsys.readouterr().out


def test_a_command_ends_without_a_search_for_cycles():
    told = "atexit.register(lambda: print(gc.get_freeze_count() > 0))"  # what is registered first ends last
    program = (
        f"import atexit, gc; {told}; from autograder.cli import main; main(['grade', 'nothing'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"


def test_stopped_while_modules_are_imported_it_says_so(monkeypatch, capsys):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("autograder.cli.import_module", stopped)

    assert main(["overview"]) == 130
    assert capsys.readouterr().err == "autograder: stopped; the next run goes on from here\n"


def unread(*words: object) -> tuple[int, str]:
    """The exit code of a command whose standard output nobody reads, and its standard error."""
    with subprocess.Popen(
        [AUTOGRADER, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        told = process.stderr.read()
    return process.returncode, told


@slow
@pytest.mark.parametrize(
    "command",
    some(
        [
            *(["grade", SOFTMAX], ["grade", SOFTMAX, "--json"], ["grade", SOFTMAX, "--force"]),
            *(["regrade", SOFTMAX, "--json"], ["regrade", SOFTMAX], ["feedback"]),
            *(["feedback", "--json"], ["overview"], ["overview", "--json"]),
            *(["export", SOFTMAX, "--to", "csv"], ["forget", "ben"]),
        ]
    ),
    ids=" ".join,
)
def test_reader_that_has_read_enough_stops_no_batch(graded, course, command):
    """As after `| head -1` or `| true`."""
    code, told = unread(*command, "--course", course)
    assert code == 0
    assert "Traceback" not in told
    assert "Broken" not in told


@pytest.mark.parametrize("command", some([[], *([name] for name in COMMANDS)]), ids=str)
def test_help_that_nobody_reads_is_no_fault(command):
    assert unread(*command, "--help") == (0, "")


@pytest.mark.parametrize("command", some(COMMANDS))
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_every_command_does_its_work_although_nobody_reads(command, stream):
    """What a command prints in the middle of its work, by any way of printing, never ends the work."""
    program = f"""
import argparse, os, sys
from importlib import import_module
from autograder.cli import main, print_json, tell
from autograder.commands.grade import print_table
from rich.table import Table

def run(options):
    for i in range(3000):
        print("a line", flush=i % 2)
        print("a line", file=sys.stderr)
        print_json(i)
        tell("a line")
    print_table(Table("a"))
    os.write({2 if stream == "stdout" else 1}, b"done")
    return 0

module = import_module("autograder.commands.{command.replace("-", "_")}")
module.declare, module.run = lambda parser: None, run
code = main(["{command}"])
os.write({2 if stream == "stdout" else 1}, b" with %d" % code)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        closed, read = process.stdout, process.stderr
        if stream == "stderr":
            closed, read = read, closed
        closed.close()
        told = read.read()
    assert process.returncode == 0
    assert told.endswith(b"done with 0")
    assert b"Traceback" not in told


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_may_be_abbreviated(command):
    module = import_module(f"autograder.commands.{command.replace('-', '_')}")
    subparsers = _parser(command, module)._subparsers
    parser = subparsers._group_actions[0].choices[command]
    for action in parser._actions:
        action.required = False
    options = {name for action in parser._actions for name in action.option_strings}
    for cut in {name[:-1] for name in options if name.startswith("--")} - options:
        assert parser.parse_known_args([cut])[1] == [cut]


def test_abbreviated_unsafe_grades_nothing(course, capsys):
    with pytest.raises(SystemExit):
        main(["grade", SOFTMAX, "--course", str(course), "--un"])
    assert "unrecognized arguments: --un" in capsys.readouterr().err
