"""What a course keeps about a student is listed, then deleted; the others lose nothing."""

from pathlib import Path

import pytest
from both_ways import gradebook
from notebooks import NAME, hand_in, solved
from test_export import report

from autograder.cli import main
from autograder.directory import Directory, DirectoryError
from autograder.files import draft_of
from autograder.forgetting import forget as delete
from autograder.gradebook import write_grades
from autograder.report import write_report


@pytest.fixture
def kept(course) -> Path:
    """A course in which everything is kept that can be, about Ada and about Ben."""
    for name in ("ada", "ben"):
        hand_in(course, name, solved())
        one = report(name)
        path = Directory(course).report_path(NAME, name)
        write_report(one, path)
        Directory(course).log(one, 0.1, cached=False, when="2026-11-20")
        write_grades(course, [one])
        for folder in (f"set_aside/{name}", f"feedback/{name}", f"reports/{NAME}/history/{name}"):
            (course / folder).mkdir(parents=True)
            (course / folder / "x").write_text("x")
    (course / "overview.html").write_text("<li>ada</li>")
    (course / "roster.csv").write_text("id,first_name\nada,Ada\nben,Ben\n")
    return course


def forget(course: Path, student: str, *arguments: str) -> int:
    return main(["forget", student, "--course", str(course), *arguments])


def traces(course: Path, student: str) -> list[str]:
    """Where the student is named, in file names and texts; the gradebook apart."""
    found = []
    for path in sorted(course.rglob("*")):
        inside = path.relative_to(course)
        is_own = any(part.partition(".")[0] == student for part in inside.parts)
        told = path.suffix in (".csv", ".html", ".json", ".jsonl")
        if is_own or (told and student in path.read_text()):
            found.append(str(inside))
    return found


def rows(course: Path, student: str) -> int:
    """How many grades and comments the gradebook holds of the student."""
    with gradebook(course) as book:
        submissions = book.student_submissions(student)
        return sum(len(n.grades) + len(n.comments) for s in submissions for n in s.notebooks)


def all_rows(course: Path) -> int:
    from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook

    tables = (Grade, Comment, SubmittedNotebook, SubmittedAssignment)
    with gradebook(course) as book:
        return sum(book.db.query(table).count() for table in tables)


def test_without_yes_it_only_lists(kept, capsys):
    before = traces(kept, "ada")

    assert forget(kept, "ada") == 0
    said = capsys.readouterr().out
    assert said.startswith("Would be deleted")
    assert "submitted/ada" in said
    assert "gradebook" in said
    assert traces(kept, "ada") == before
    assert rows(kept, "ada") > 0


def test_one_is_forgotten_and_the_other_untouched(kept):
    others, both = traces(kept, "ben"), all_rows(kept)
    own = rows(kept, "ben")

    assert forget(kept, "ada", "--yes") == 0
    assert traces(kept, "ada") == []
    assert traces(kept, "ben") == others
    assert rows(kept, "ben") == own
    assert all_rows(kept) == both // 2  # no row without a student is left
    with gradebook(kept) as book:
        assert [student.id for student in book.students] == ["ben"]


def test_broken_off_it_is_finished_by_the_next_call(kept, monkeypatch):
    def break_off(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", break_off)
        with pytest.raises(KeyboardInterrupt):
            delete(Directory(kept), "ada")

    assert forget(kept, "ada", "--yes") == 0
    assert traces(kept, "ada") == []


def test_what_a_killed_command_had_drafted_is_deleted_too(kept):
    overview, path = kept / "overview.html", Directory(kept).report_path(NAME, "ada")
    overview.rename(draft_of(overview))
    draft_of(path).write_bytes(path.read_bytes())

    assert forget(kept, "ada", "--yes") == 0
    assert not draft_of(overview).exists()
    assert not draft_of(path).exists()


def test_while_something_is_graded_nobody_is_forgotten(kept, capsys):
    before = traces(kept, "ada")

    with Directory(kept).in_use():
        assert forget(kept, "ada", "--yes") == 2

    assert "wait until that has ended" in capsys.readouterr().err
    assert traces(kept, "ada") == before
    assert forget(kept, "ada", "--yes") == 0


@pytest.mark.parametrize("command", [["grade"], ["regrade", "--apply"], ["feedback"]])
def test_what_writes_about_students_does_so_while_nobody_is_forgotten(
    kept, command, monkeypatch, capsys
):
    def held(course):
        raise DirectoryError("a student is being forgotten")

    before = traces(kept, "ada")
    monkeypatch.setattr(Directory, "in_use", held)

    assert main([*command, NAME, "--course", str(kept)]) == 2
    assert "being forgotten" in capsys.readouterr().err
    assert traces(kept, "ada") == before


@pytest.mark.parametrize("name", ["", ".", "..", "../ben", "a/b", "nobody", "*", "adam", "d"])
@pytest.mark.parametrize("arguments", [["--yes"], []], ids=["deleting", "listing"])
def test_who_is_not_there_is_not_deleted(kept, capsys, name, arguments):
    """A name can stand in the overview and be nobody's: part of another, or a word of the page."""
    (kept / "overview.html").write_text("<li>ada adam nobody</li>")
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}

    assert forget(kept, name, *arguments) == 2
    assert {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert name != "adam" or "did you mean «ada»?" in said.err


def test_overview_goes_before_what_tells_whose_name_it_holds(kept, monkeypatch):
    """Broken off after the folders, the next call has to find the overview still."""
    left = []
    monkeypatch.setattr("shutil.rmtree", lambda _: left.append((kept / "overview.html").exists()))
    delete(Directory(kept), "ada")
    assert left
    assert not any(left)
