"""What an exercise's key stands for: code that the result rests on, and no other."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from inspect import CO_OPTIMIZED
from pathlib import Path

import pytest
from thinning import slow, some

import autograder
import solutions
from autograder.grading import dependencies, keys, trusted
from autograder.grading.diagnosis_by_kind import candidates_of
from autograder.grading.hidden import run_hidden_tests
from autograder.misconceptions import misconceptions_of
from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

PACKAGE, SOLUTIONS = Path(autograder.__path__[0]), Path(solutions.__path__[0])


def texts(*places):
    return "\n".join(statement.text for statement in dependencies._closure(COURSE, places))


class Student:
    """Answers by the reference, or always the same wrong thing, in the place of a StudentSession."""

    def __init__(self, functions, *, wrong):
        self.functions, self.wrong = functions, wrong

    def begin_exercise(self, *, among_given):
        """Nothing is kept."""

    def call_all(self, asked):
        """No calls cross together: each test runs to its end."""

    def call(self, function, args, kwargs, *, after):
        answer = (lambda *_, **__: 0.125) if self.wrong else self.functions[function]
        made = trusted.call(answer, args, kwargs, after=after)
        return Call(trusted.sent(made.value), made.args, made.kwargs, made.draws)


def called(work):
    """The functions of the split modules that are called in `work`, as pairs of file and name."""
    found = set()

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_flags & CO_OPTIMIZED:  # no body of a class
            found.add((frame.f_code.co_filename, frame.f_code.co_qualname.partition(".")[0]))

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    folders = list(map(str, (COURSE.folders[0] / "hidden", SOLUTIONS)))
    return {(f, n) for f, n in found if f.startswith(tuple(folders)) and n[0] != "<"}


@pytest.mark.parametrize("assignment", some(ASSIGNMENTS))
def test_whatever_runs_for_an_exercise_is_part_of_its_key(assignment):
    """The hidden tests on right and wrong answers, and the search for a misconception."""
    missed = {}

    def grade(tests, exercise):
        for wrong in (False, True):
            student = Student(tests.functions, wrong=wrong)
            _, calls = tests.run(student, 7, exercise)
        known = misconceptions_of(ASSIGNMENTS[assignment], exercise.name)
        candidates_of(exercise, calls[:3], tests.functions[exercise.name], known)

    def work(tests):
        for exercise in ASSIGNMENTS[assignment].exercises:
            if exercise.kind in ("choice", "written"):
                continue
            # What runs at its import runs for no exercise.
            misconceptions_of(ASSIGNMENTS[assignment], exercise.name)
            ran = called(lambda exercise=exercise: grade(tests, exercise))
            assert len(ran) > 3
            found = dependencies.rests_on(ASSIGNMENTS[assignment], exercise)
            text = "\n".join(statement.text for group in found for statement in group)
            defined = set(re.findall(r"(?:def|class) (\w+)", text))
            missed[exercise.name] = {name for _, name in ran} - defined

    run_hidden_tests(ASSIGNMENTS[assignment], work)
    assert missed
    assert not any(missed.values()), missed


def test_a_function_rests_on_what_it_calls_in_other_modules_and_on_nothing_else():
    found = texts(("solutions.multilayer_perceptron", "nll"))
    assert "def log_softmax(" in found  # of solutions.softmax_regression
    assert "def sgd_epoch(" not in found


def test_a_module_that_is_imported_counts_whole():
    assert "def mle_variance(" in texts(("solutions.glm", "IDENTITY"))


def test_weights_are_no_part_and_other_marks_are():
    statement = dependencies._statement
    source = "@pytest.mark.weight(2)\n@pytest.mark.among_given\ndef test_a(student):\n    pass"
    node = ast.parse(source).body[0]
    text = statement(node, source.splitlines()).text
    assert "weight" not in text
    assert "among_given" in text


@pytest.mark.parametrize(
    "text", ["a, *b = 1, 2", "(a, b), c = (1, 2), 3", "a = b[0] = 1", "[a, b] = 1, 2", "a += 1"]
)
def test_statement_that_binds_more_than_plain_names_belongs_to_all(text):
    assert list(dependencies._bound(ast.parse(text).body[0])) == []


def test_module_of_ours_is_not_imported_by_a_dotted_name(tmp_path):
    """`import a.b` binds `a`: what is used of it could not be told."""
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "glm.py").write_text("")
    (tmp_path / "solutions" / "mine.py").write_text("import os.path\nimport solutions.glm\n")
    other = replace(COURSE, folders=(tmp_path,))

    with pytest.raises(AssertionError, match=r"mine\.py: write from"):
        dependencies._module(other, "solutions.mine")


@slow
def test_what_is_called_no_part_of_grading_is_not_loaded_by_it():
    code = (
        "import json, sys; import autograder.grading.serving, autograder.worker.zygote; "
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    for name in keys.NOT_GRADING:
        assert (PACKAGE / name).exists(), name
        assert f"autograder.{name.removesuffix('.py')}" not in loaded
