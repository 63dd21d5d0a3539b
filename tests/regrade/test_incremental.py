"""After a change only what depends on it is graded, and the reports are those of a full grading."""

import json
import shutil

import pytest
from thinning import slow, some
from variants import ANSWERS, EXERCISES, NAME, Grader, hand_in, reports

TESTS = f"hidden/{NAME}/tests"
MISCONCEPTIONS = f"hidden/{NAME}/wrong"
LOGIT_TEST = '''

def test_that_nobody_passes(student: Functions, rng: Generator) -> None:
    """Nobody can."""
    assert_close(student.logit(rng.uniform(0.2, 0.8, 3)), np.zeros(3), "logit")
'''
SIGMOID_TEST = LOGIT_TEST.replace("logit", "sigmoid")


@pytest.fixture(scope="module")
def grader(tmp_path_factory):
    """To be copied, not to be changed."""
    return Grader(tmp_path_factory.mktemp("code") / "code")


@pytest.fixture(scope="module")
def graded(grader, tmp_path_factory):
    """The class, graded."""
    course = tmp_path_factory.mktemp("class") / "course"
    for student, answers in ANSWERS.items():
        hand_in(course, student, answers)
    grader.grade(course)
    return course


@pytest.fixture
def other(tmp_path):
    return Grader(tmp_path / "other")


def append(grader, file, text):
    path = grader.folder / file
    path.write_text(path.read_text() + text)


def stricter(grader):
    append(grader, f"{TESTS}/test_sigmoid.py", SIGMOID_TEST)


def clearer(grader):
    grader.change(f"{MISCONCEPTIONS}/nll.py", "Put the sigmoid into", "Now put the sigmoid into")


def rewritten(grader):
    grader.change("solutions/logistic_regression.py", "z = X @ w\n", "z = np.matmul(X, w)\n")


def worth_something_else(grader):
    grader.worth("nll", 5)
    grader.worth("predict", 0.5)
    file = f"{TESTS}/test_nll.py"
    grader.change(file, "import numpy as np\n", "import numpy as np\nimport pytest\n")
    grader.change(file, "def test_confident", "@pytest.mark.weight(3)\ndef test_confident")


NLL_AND_LATER = ("nll", "gradient", "sgd_epoch", "predict")
CHANGES = {
    # Ben's loss, which is wrong, is built on the sigmoid and may now borrow it.
    stricter: {"ada": ("sigmoid",), "ben": ("sigmoid", "nll"), "cleo": ("sigmoid",)},
    clearer: dict.fromkeys(("ada", "ben", "cleo"), ("nll",)),
    rewritten: dict.fromkeys(("ada", "ben", "cleo"), NLL_AND_LATER),
    # Whether Cleo's loss is better with loans may depend on the weights of its tests.
    worth_something_else: {"ada": (), "ben": (), "cleo": ("nll",), "dora": ()},
}


@slow
@pytest.mark.parametrize("change", some(CHANGES), ids=lambda change: change.__name__)
def test_incremental_reports_are_those_of_a_full_grading(change, graded, other, tmp_path):
    """Dora's answers remember their calls and Emil's end the worker: they are graded as a whole."""
    some, whole = (shutil.copytree(graded, tmp_path / name) for name in ("some", "whole"))
    change(other)
    ran = {
        student: tuple(graded.ran) for student, graded in other.grade(some, forced=whole).items()
    }
    assert reports(some) == reports(whole)
    assert reports(some) != reports(graded)
    assert ran == dict.fromkeys(ANSWERS, EXERCISES) | CHANGES[change]


def test_what_is_unchanged_is_not_graded(grader, graded):
    assert all(result.cached and not result.ran for result in grader.grade(graded).values())


def test_class_is_what_the_tests_need(graded):
    """Somebody borrows, somebody remembers, somebody ends the worker."""
    results = {name: json.loads(text)["exercises"] for name, text in reports(graded).items()}
    assert results["cleo"]["predict"]["carried_forward"]
    assert results["dora"]["logit"]["outcome"] == "failed"
    assert results["emil"]["logit"]["outcome"] == "memory"
