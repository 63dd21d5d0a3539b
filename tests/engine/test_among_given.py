"""Calls among given: a locked cell's names are what that cell made of them, whatever the notebook did."""

from dataclasses import replace

import pytest
from engine_kit import before, cell, solved
from thinning import slow, some

from autograder.grading import hidden
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

WRONG = "what_went_wrong"
GIVEN = "def train(x):\n    return (scale * x, repair(x))\n\nscale = 10"
UNREPAIRED = "def repair_1(X):\n    return X, 1"


def call(inside, function, *args):
    request = {"do": "call", "function": function, "args": args, "kwargs": {}, "after": False}
    return inside.ask(**request, given=[GIVEN])


@pytest.mark.parametrize("change", ["def train(x):\n    return 'mine'", "train = 5", "del train"])
def test_a_locked_function_is_called_as_its_cell_made_it(inside, change):
    inside.run(GIVEN, "given")
    inside.run("def repair(x):\n    return x + 1", "answer")
    inside.run(change + "\nscale = 'mine'")

    assert call(inside, "train", 3)["value"] == (30, 4)
    assert inside.value("scale") == "mine"


def test_a_function_that_no_cell_defines_is_missing(inside):
    assert call(inside, "tarin", 3)["problem"] == "missing"


class Session:
    """Remembers how an exercise begins."""

    def begin_exercise(self, *, among_given):
        self.among_given = among_given

    def call_all(self, asked):
        raise AssertionError("no test calls anything")


@pytest.mark.parametrize("mark", ["", "pytestmark = pytest.mark.among_given"])
def test_a_hidden_test_asks_for_it_by_its_mark(mark, tmp_path, monkeypatch):
    folder = tmp_path / "hidden" / ASSIGNMENTS["softmax_regression"].name / "tests"
    folder.mkdir(parents=True)
    (folder / "test_one_hot.py").write_text(f"import pytest\n{mark}\n\ndef test_nothing(): pass\n")
    other = replace(COURSE, id=tmp_path.name, folders=(tmp_path, *COURSE.folders))
    session = Session()

    def work(collected):
        collected.run(session, 1, ASSIGNMENTS["softmax_regression"].exercise("one_hot"))

    hidden.run_hidden_tests(replace(ASSIGNMENTS["softmax_regression"], course=other), work)

    assert session.among_given == bool(mark)


# The trainings of «What went wrong?»


@slow
def test_a_training_of_the_students_own_repairs_nothing(grade):
    cheat = (
        "def train_case(case, F, t, factor, rng):\n    return [[[1e9]]]\n\nnp = experiment = None"
    )

    report = grade([*solved(WRONG, repair_1=UNREPAIRED), cell(cheat)], assignment=WRONG)

    assert report.exercises["repair_1"].points == 0
    assert report.points == report.max_points - report.exercises["repair_1"].max_points


@slow
def test_experiments_of_the_student_cost_nothing_and_do_no_harm(grade):
    cells = before(
        solved(WRONG),
        "repair_1",
        "best = min((experiment(1, lambda X: (X, f), seed) for f in (1, 10)), key=str)",
        "import sklearn",
    )
    cells[-1]["source"] += "\nexperiment(1, repair_1, seed)"

    report = grade(cells, assignment=WRONG)

    assert report.points == report.max_points


@slow
@pytest.mark.parametrize(
    "answer",
    some(
        [
            "def repair_1(X):\n    return X, 1e308",
            "def repair_1(X):\n    return np.zeros((len(X), 20_000)), 1",
            "def repair_1(X):\n    return np.full(X.shape, 1e308), 1e300",
        ]
    ),
)
def test_a_training_that_diverges_or_is_too_large_is_a_failed_answer(grade, answer):
    report = grade(solved(WRONG, repair_1=answer), assignment=WRONG)

    assert report.status == "graded"
    assert report.exercises["repair_1"].points == 0
    assert report.exercises["repair_2"].outcome == "passed"
