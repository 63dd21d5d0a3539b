"""The gradebook in PostgreSQL: the points of SQLite, also with two graders and a server that stops."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import pytest
from both_ways import db_url, gradebook, run, submissions
from notebooks import BY_MACHINE, MAX_POINTS, NAME, hand_in, solved
from server import PASSWORD, Server

from autograder import gradebook as module
from autograder.authoring.build import build_course
from autograder.gradebook import GradebookError, ensure_gradebook, write_grades
from autograder.report import ExerciseResult, Report
from autograder.worth import worth
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

FULL = {
    exercise.name: ExerciseResult(None, exercise.points, "manual")
    if exercise.kind == "written"
    else ExerciseResult(exercise.points, exercise.points, "passed")
    for exercise in ASSIGNMENTS[NAME].exercises
}
NUMBERS = count()


def graded(student: str, **results: ExerciseResult) -> Report:
    exercises = {**FULL, **results}
    points = sum(result.points or 0 for result in exercises.values())
    return Report(student, NAME, "graded", points, MAX_POINTS, exercises=exercises)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # Not in pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder, "server"))
        server.start()
        yield server
        server.stop()


def new_database(server: Server) -> str:
    """The address of an empty database."""
    name = f"course_{next(NUMBERS)}"
    with psycopg.connect(server.url("postgres", "postgresql"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.url(name)


def use(course: Path, url: str) -> Path:
    """Let the course have its gradebook there."""
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    return course


@pytest.fixture(scope="session")
def without_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with all but the gradebook; not to be changed."""
    course = tmp_path_factory.mktemp("built") / "course"
    build_course(course, COURSE)
    (course / "gradebook.db").unlink()
    return course


@pytest.fixture
def empty(without_gradebook: Path, server: Server, tmp_path: Path) -> Path:
    """A course whose database has no tables yet."""
    course = shutil.copytree(without_gradebook, tmp_path / "course")
    return use(course, new_database(server))


@pytest.fixture(scope="session")
def template(without_gradebook: Path, server: Server, tmp_path_factory: pytest.TempPathFactory):
    """A course and its database, made once; not to be changed."""
    course = shutil.copytree(without_gradebook, tmp_path_factory.mktemp("template") / "course")
    url = new_database(server)
    ensure_gradebook(use(course, url))
    return course, url.rpartition("/")[2]


@pytest.fixture
def course(without_gradebook: Path, template, server: Server, tmp_path: Path) -> Path:
    """A course with a gradebook in PostgreSQL."""
    name = f"course_{next(NUMBERS)}"
    with psycopg.connect(server.url("postgres", "postgresql"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template[1]}")
    return use(shutil.copytree(without_gradebook, tmp_path / "course"), server.url(name))


def address(course: Path) -> str:
    """The database of a course, for psycopg itself."""
    return db_url(course).replace("+psycopg", "")


def test_points_are_those_of_sqlite(course, without_gradebook, tmp_path):
    sqlite = shutil.copytree(without_gradebook, tmp_path / "sqlite")
    reports = [
        graded("alice", softmax=ExerciseResult(1.5, 3, "failed")),
        graded("Zoë Núñez", softmax=ExerciseResult(None, 3, "harness")),
        Report("%s", NAME, "unreadable", None, MAX_POINTS, error="the file is empty"),
    ]
    for root in (course, sqlite):
        for report in reports:
            hand_in(root, report.student, solved(), "2026-11-20 10:00:00 UTC")
        assert write_grades(root, reports) == ()

    assert submissions(course, NAME) == submissions(sqlite, NAME)
    assert submissions(course, NAME)["alice"]["score"] == BY_MACHINE - 1.5
    assert not (course / "gradebook.db").exists()


def test_empty_database_becomes_a_gradebook_and_nbgrader_writes_the_same_points(empty):
    hand_in(empty, "alice", solved())

    told = run(empty, "autograder.cli", "grade", NAME, "--course", str(empty))
    in_bulk = submissions(empty, NAME)
    run(empty, "nbgrader", "autograde", NAME, "--force")

    assert in_bulk["alice"]["score"] == BY_MACHINE
    assert submissions(empty, NAME) == in_bulk
    assert "Gradebook: postgresql+psycopg://glm2mlp:***@127.0.0.1" in told
    assert PASSWORD not in told


def test_what_a_person_entered_stays(course):
    hand_in(course, "alice", solved())
    write_grades(course, [graded("alice")])
    with gradebook(course) as book:
        book.find_grade("test_softmax", NAME, NAME, "alice").manual_score = 2.5
        book.db.commit()

    write_grades(course, [graded("alice", softmax=ExerciseResult(1.0, 3, "failed"))])

    score = submissions(course, NAME)["alice"]["scores"]["test_softmax"]
    assert (score.auto, score.manual, score.needs_manual_grade) == (1.0, 2.5, True)


WRITER = """
import sys
from pathlib import Path
from check_postgresql import graded
from autograder import gradebook
from autograder.gradebook import write_grades

gradebook.GROUP = 3
students = [f"s{n:02}" for n in range(30)]
if sys.argv[2] == "backwards":
    students.reverse()
print("ready", flush=True)
sys.stdin.readline()
write_grades(Path(sys.argv[1]), map(graded, students))
"""


def two_writers(course: Path) -> list[str]:
    """What two graders say that write the same thirty students at once, from both ends.

    Without the line about a lock that one of them has to wait for.
    """
    path = os.pathsep.join(p for p in sys.path if p)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, course, order],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        for order in ("forwards", "backwards")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate()[0].splitlines() for writer in writers]
    return ["\n".join(one for one in lines if " waiting for " not in one) for lines in said]


@pytest.mark.parametrize("which", ["course", "empty"])
def test_two_graders_at_once_write_each_student_once(request, which):
    course = request.getfixturevalue(which)
    for number in range(30):
        hand_in(course, f"s{number:02}", solved())

    assert two_writers(course) == ["", ""]

    found = submissions(course, NAME)
    assert {name: found[name]["score"] for name in sorted(found)} == {
        f"s{number:02}": BY_MACHINE for number in range(30)
    }
    with gradebook(course) as book:
        assert len(book.students) == 30


def test_nobody_else_writes_between_what_is_read_and_what_is_written(course):
    with module._transaction(db_url(course)), psycopg.connect(address(course)) as other:
        other.execute("SET lock_timeout = 100")
        assert other.execute("SELECT count(*) FROM student").fetchone() == (0,)  # readers go on
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("INSERT INTO student (id) VALUES ('mallory')")


def test_held_lock_is_waited_for_and_then_told(course, monkeypatch):
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.2)
    hand_in(course, "alice", solved())
    with psycopg.connect(address(course)) as other:
        other.execute("LOCK TABLE grade IN SHARE MODE")

        with pytest.raises(GradebookError, match=r"lock timeout.*grade again") as caught:
            write_grades(course, [graded("alice")])

    assert "\n" not in str(caught.value)
    write_grades(course, [graded("alice")])
    assert submissions(course, NAME)["alice"]["score"] == BY_MACHINE


def test_server_that_stops_is_told_in_one_line_and_the_next_run_completes(course, server):
    for student in ("alice", "bob"):
        hand_in(course, student, solved())
    grade = ["autograder.cli", "grade", NAME, "--course", str(course)]
    run(course, *grade, "--student", "alice")
    server.stop()
    try:
        told = run(course, *grade, fails=True)
    finally:
        server.start()

    assert len(told.splitlines()) == 1, told
    assert "***@127.0.0.1" in told
    assert "See that the server runs" in told
    assert (course / "reports" / NAME / "bob.json").exists()
    assert set(submissions(course, NAME)) == {"alice"}
    assert run(course, *grade).count("unchanged") == 2
    assert {s["score"] for s in submissions(course, NAME).values()} == {BY_MACHINE}


def test_what_exercises_are_worth_is_asked_of_the_server_unless_it_stopped(course, server):
    points = {exercise.name: exercise.points for exercise in ASSIGNMENTS[NAME].exercises}
    assert worth(course, NAME) == points
    server.stop()
    try:
        assert worth(course, NAME) == {}
    finally:
        server.start()


def test_server_that_stops_between_two_groups_keeps_whole_groups(course, server, monkeypatch):
    monkeypatch.setattr(module, "GROUP", 2)
    students = ["a", "b", "c", "d", "e"]
    for student in students:
        hand_in(course, student, solved())
    writer = module.GradeWriter(course)
    for student in students[:3]:
        writer.add(graded(student))
    server.stop()
    try:
        with pytest.raises(GradebookError, match="See that the server runs"):
            writer.add(graded("d"))
    finally:
        server.start()
    assert set(submissions(course, NAME)) == {"a", "b"}

    write_grades(course, map(graded, students))

    assert set(submissions(course, NAME)) == set(students)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://glm2mlp:wrong@127.0.0.1:{port}/postgres", "password"),
        ("postgresql+psycopg2://glm2mlp@127.0.0.1/postgres", r"postgresql\+psycopg://"),
        ("postgresql+psycopg", "db_url"),
    ],
)
def test_address_that_does_not_work_is_told(without_gradebook, server, tmp_path, url, told):
    course = shutil.copytree(without_gradebook, tmp_path / "course")
    use(course, url.format(port=server.port))

    with pytest.raises(GradebookError, match=told) as caught:
        ensure_gradebook(course)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("query", ["", "?connect_timeout=3"])
def test_server_that_takes_a_connection_and_says_nothing_is_told(
    without_gradebook, tmp_path, monkeypatch, query
):
    """Two seconds are the least that its driver waits; what the address says itself counts."""
    monkeypatch.setattr(module, "CONNECT_SECONDS", 600 if query else 2)
    course = shutil.copytree(without_gradebook, tmp_path / "course")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        use(course, f"postgresql+psycopg://glm2mlp:x@127.0.0.1:{port}/postgres{query}")

        with pytest.raises(GradebookError, match="See that the server runs") as caught:
            ensure_gradebook(course)

    assert "timeout" in str(caught.value)


def test_who_handed_in_nothing_is_a_student_without_submission(course):
    (course / "submitted").mkdir()

    write_grades(course, [replace(graded("absent"), status="unreadable")])

    with gradebook(course) as book:
        assert [student.id for student in book.students] == ["absent"]
