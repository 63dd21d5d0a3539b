"""Files of a course: whatever ends a writer, a reader finds the old file or the new one."""

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest
from test_batch import run, tasks_of
from thinning import slow

from autograder import files
from autograder.files import alone, append_line, shared, sole_writer, write_atomically
from autograder.gradebook import open_gradebook
from autograder.grading import keys

TEXT = "x" * 100_000

# Writes the file whose name it is given, and is killed by its own hand at the call that is named.
KILLED = """
import os, signal, sys
from pathlib import Path
from autograder import files

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

where, path = sys.argv[1:]
if where == "before it is renamed":
    os.replace = die
if where == "when it has the draft":
    files._is_still = die
files.write_atomically(Path(path), "new" * 100_000)
"""


@pytest.mark.parametrize("where", ["when it has the draft", "before it is renamed"])
def test_killed_writer_leaves_the_old_file_and_the_next_one_clears_up(tmp_path, where):
    path = tmp_path / "s1.json"
    write_atomically(path, "old")

    killed = subprocess.run([sys.executable, "-c", KILLED, where, path], check=False)

    assert killed.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2  # what was begun lies beside it
    write_atomically(path, "the next one")
    assert path.read_text() == "the next one"
    assert list(tmp_path.iterdir()) == [path]


def test_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "s1.json"
    write_atomically(path, "old")

    def full_disk(*_):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(OSError, match=r"no space left on device: '.*/s1\.json'$"):
        write_atomically(path, "new")

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_several_writers_of_one_file_leave_what_one_of_them_wrote(tmp_path):
    path = tmp_path / "s1.json"
    texts = [letter * 50_000 for letter in "abcdefgh"]
    seen = set()

    def write(text: str) -> None:
        for _ in range(20):
            write_atomically(path, text)
            seen.add(path.read_text())

    threads = [threading.Thread(target=write, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen <= set(texts)
    assert list(tmp_path.iterdir()) == [path]


def test_link_in_the_place_of_a_draft_is_not_followed(tmp_path):
    (tmp_path / ".s1.json.part").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match=r"s1\.json"):
        write_atomically(tmp_path / "s1.json", "text")

    assert not (tmp_path / "elsewhere").exists()


def test_who_comes_second_waits(tmp_path):
    path = tmp_path / "file"
    done = []

    def second() -> None:
        with sole_writer(path):
            done.append("second")

    thread = threading.Thread(target=second)
    with sole_writer(path):
        thread.start()
        done.append("first")
    thread.join()

    assert done == ["first", "second"]


def test_what_several_share_nobody_has_alone(tmp_path):
    path = tmp_path / "file"
    with shared(path):
        with shared(path), pytest.raises(BlockingIOError, match="file"), alone(path):
            pass
        with pytest.raises(BlockingIOError), alone(path):
            pass
    with alone(path):
        pass


def test_course_key_that_two_make_at_once_is_one_key(tmp_path):
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(keys.course_key(tmp_path))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["course.key"]


@pytest.mark.parametrize("left", ["", '{"student": "ada", "sta'], ids=["nothing", "half a line"])
def test_line_of_a_log_that_broke_off_spoils_no_other(tmp_path, left):
    path = tmp_path / "log.jsonl"
    append_line(path, '{"n": 1}')
    with path.open("a") as file:
        file.write(left)

    append_line(path, '{"n": 2}')
    append_line(path, '{"n": 3}')

    lines = [line for line in path.read_text().splitlines() if line != left]
    assert [json.loads(line)["n"] for line in lines] == [1, 2, 3]


def test_full_disk_is_told_with_the_name_of_the_file():
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"):
        append_line(Path("/dev/full"), "line")


# Reports that cannot be written


@slow
def test_report_that_cannot_be_written_is_told_and_the_batch_goes_on(tmp_path):
    first, second, third = tasks_of(tmp_path, ["right", "wrong", "empty"])
    for task in (first, third):
        Path(task.report).mkdir(parents=True)  # root could write wherever a mode forbids it

    results = run([first, second, third])

    assert results["right"].unkept == f"{first.report}: Is a directory"
    assert results["empty"].unkept == f"{third.report}: Is a directory"
    assert results["right"].report.points is not None
    assert results["wrong"].unkept == ""
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == sorted(
        Path(task.report).name for task in (first, second, third)
    )


# Waiting

HOLDER = """
import sys, time
from pathlib import Path
from autograder import files
with files.sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path):
    """A file that another process holds until it is told to let go."""
    path = tmp_path / "lock"
    arguments = [sys.executable, "-c", HOLDER, str(path)]
    holder = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    yield path, holder
    holder.stdin.close()
    holder.wait()
    holder.stdout.close()


WAITS = {
    "alone": sole_writer,
    "with others": shared,
    "for a line": lambda path: nullcontext(append_line(path, "x")),
}


@pytest.mark.parametrize("waits", WAITS.values(), ids=WAITS)
def test_what_is_waited_for_is_said_once_with_who_holds_it(held, monkeypatch, capsys, waits):
    path, holder = held
    monkeypatch.setattr(files, "TOLD_AFTER", 0.05)
    told = threading.Event()
    says = files.printable
    monkeypatch.setattr(files, "printable", lambda text: told.set() or says(text))
    threading.Thread(target=lambda: told.wait(60) and holder.stdin.close()).start()

    with waits(path):
        pass

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"autograder: waiting for {path}, which process {holder.pid} holds (")


def test_gradebook_that_is_waited_for_is_said(built, tmp_path, monkeypatch, capsys):
    course = tmp_path / "course"
    shutil.copytree(built, course)
    monkeypatch.setattr(files, "TOLD_AFTER", 0.05)
    holder = sqlite3.connect(course / "gradebook.db", check_same_thread=False, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    told = threading.Event()
    says = files.printable
    monkeypatch.setattr(files, "printable", lambda text: told.set() or says(text))
    threading.Thread(target=lambda: told.wait(60) and holder.rollback()).start()

    with open_gradebook(course):
        pass

    assert f"waiting for sqlite:///{course}/gradebook.db" in capsys.readouterr().err


def test_free_lock_is_taken_in_silence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(files, "TOLD_AFTER", 0.0)

    with sole_writer(tmp_path / "lock"):
        append_line(tmp_path / "log", "x")

    assert capsys.readouterr().err == ""
