"""Hidden tests under the engine's own pytest: how each ends; a fault of ours costs no points."""

from dataclasses import replace
from pathlib import Path

import pytest
from engine_kit import ROOMY, SOFTMAX, hand_in, solved, task

from autograder.authoring import load_release
from autograder.grading import grade as grading
from autograder.grading import hidden
from autograder.grading.budget import Budget
from autograder.grading.student import StudentSession
from autograder.reading.submission import RunnableCell
from autograder.report import TestResult
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

ANSWER = RunnableCell("softmax", "other", "import os\ndef softmax(Z): os._exit(1) if Z else None")
TESTS = '''
import pytest

def test_passes(student):
    assert student.softmax(0) is None

@pytest.mark.weight(2)
def test_fails(student):
    """The sentence
    that a student may see."""
    assert student.softmax(0) == "\\x1b[2J" * 1000, "\\x1b\\ud800" * 1000

def test_expects_any_error_of_a_dead_process(student):
    with pytest.raises(Exception):
        student.softmax(1)

def test_expects_any_error_of_a_missing_answer(student):
    with pytest.raises(Exception):
        student.nll()

def test_address(student):
    raise AssertionError(object())
'''
FAULTS = """
import pytest

@pytest.fixture
def broken():
    raise AssertionError

def test_error(student):
    1 / 0

def test_error_after_a_failure(student):
    try:
        student.nll()
    finally:
        [].pop()

def test_skipped():
    pytest.skip()

def test_unknown_fixture(studnet):
    pass

def test_fixture_that_fails(broken):
    pass

def test_argument_that_may_not_cross(student):
    student.softmax(object())
"""


@pytest.fixture
def collect(tmp_path, monkeypatch):
    """Collects other hidden tests of softmax than ours, and calls `work` with them."""

    def collect(tests: str, work) -> None:
        folder = tmp_path / "hidden" / SOFTMAX / "tests"
        folder.mkdir(parents=True)
        (folder / "test_softmax.py").write_text(tests)
        (folder / "test_nll.py").write_text("def test_nothing(): pass")
        other = replace(COURSE, id=tmp_path.name, folders=(tmp_path, *COURSE.folders))
        hidden.run_hidden_tests(replace(ASSIGNMENTS[SOFTMAX], course=other), work)

    return collect


@pytest.fixture
def results(collect, sandbox):
    """How the tests in a text end on an answer that returns None, or ends its process."""

    def results(tests: str, hints: dict[str, str] | None = None) -> dict[str, TestResult]:
        found = {}

        def work(collected: hidden.HiddenTests) -> None:
            session = StudentSession(sandbox, (ANSWER,), (), Budget(ROOMY), seed=1)
            for result in collected.run(
                session, 1, ASSIGNMENTS["softmax_regression"].exercise("softmax")
            )[0]:
                found[result.name] = result
                if hints is not None:
                    hints[result.name] = collected.hint("softmax", result.name)
            session.close()

        collect(tests, work)
        return found

    return results


def test_each_test_ends_in_its_outcome(results):
    assert {name: (r.outcome, r.weight) for name, r in results(TESTS).items()} == {
        "test_passes": ("passed", 1),
        "test_fails": ("failed", 2),
        "test_expects_any_error_of_a_dead_process": ("crashed", 1),
        "test_expects_any_error_of_a_missing_answer": ("missing", 1),
        "test_address": ("failed", 1),
    }


def test_hint_is_the_docstring_in_one_line(results):
    hints: dict[str, str] = {}

    results(TESTS, hints)

    assert hints["test_fails"] == "The sentence that a student may see."


MARKED = '''
import pytest

pytestmark = pytest.mark.disclosure("public")

def test_public(student):
    """A sentence
    of two lines."""
    assert student.softmax(0) is None

@pytest.mark.disclosure("after the deadline")
def test_later(student):
    pass

@pytest.mark.disclosure("never")
def test_never(student):
    pass
'''


def test_disclosure_and_sentence_of_a_test_are_in_its_result(results):
    found = results(MARKED)

    assert {name: r.disclosure for name, r in found.items()} == {
        "test_public": "public",
        "test_later": "after the deadline",
        "test_never": "never",
    }
    assert found["test_public"].sentence == "A sentence of two lines."


def test_hint_only_is_the_rule(results):
    assert {result.disclosure for result in results(TESTS).values()} == {"hint only"}


@pytest.mark.parametrize("mark", ["'always'", "", "'public', 'never'", "when='public'", "None"])
def test_unknown_disclosure_is_told_before_anything_is_graded(collect, mark, capfd):
    tests = f"import pytest\n\n@pytest.mark.disclosure({mark})\ndef test_it(): pass\n"

    with pytest.raises(hidden.NotCollectedError, match="cannot be collected"):
        collect(tests, pytest.fail)
    assert "test_it: disclosure is one of public, hint only" in capfd.readouterr().err


def test_messages_are_short_and_plain_and_the_same_each_time(results):
    found = results(TESTS)

    message = found["test_fails"].message
    assert 0 < len(message) <= 600
    assert "\x1b" not in message  # a terminal would obey it
    assert message.encode()
    assert "0x…" in found["test_address"].message


def test_fault_of_ours_is_none_of_the_student(results):
    outcomes = {name: result.outcome for name, result in results(FAULTS).items()}

    assert outcomes == dict.fromkeys(outcomes, "harness")
    assert len(outcomes) == 6


@pytest.mark.parametrize("text", ["def broken(:", "import nothing_of_this_name"])
def test_tests_that_cannot_be_read_grade_nobody(collect, text):
    with pytest.raises(
        hidden.NotCollectedError, match=r"test_softmax\.py: (Syntax|ModuleNotFound)"
    ):
        collect(text, pytest.fail)


def test_exercise_without_tests_leaves_the_points_open(collect, sandbox, tmp_path):
    path = hand_in(tmp_path, solved(SOFTMAX), assignment=SOFTMAX)
    one = task(path, Path(tmp_path / "report.json"), SOFTMAX)
    reports = []

    def work(collected: hidden.HiddenTests) -> None:
        graded = grading.grade(one, load_release(ASSIGNMENTS[SOFTMAX]), (), sandbox, collected)
        reports.append(graded.report)

    collect("", work)

    (report,) = reports
    assert report.exercises["softmax"].outcome == "harness"
    assert report.exercises["softmax"].points is None
    assert report.exercises["softmax"].hint is None
    earned = ("nll", "choose_shift", "choose_shapes")  # the rest has no tests here
    points = sum(report.exercises[name].points for name in earned)
    assert (report.status, report.points) == ("review", points)
    assert "harness" in report.error
