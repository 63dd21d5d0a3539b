"""What goes to a person: notebooks that lost points and were mended in a way that may be wrong."""

import pytest
from engine_kit import FULL, LOGISTIC, cell, hand_in, place, right, solved, task, without

LOGIT = right("logit")
WRONG = "def logit(p):\n    return p"


def test_lost_answer_is_told_with_the_file(grade):
    report = grade(without(solved(), "logit"))

    assert (report.status, report.points) == ("review", FULL - 1)
    assert f"/{LOGISTIC}.ipynb: no cell was found that answers «logit»; " in report.error
    assert report.exercises["logit"].outcome == "missing"
    assert not report.ours_failed


def test_a_submission_in_review_is_not_graded_again(grading_process, tmp_path):
    path = hand_in(tmp_path, without(solved(), "logit"))
    one = task(path, tmp_path / "report.json")

    assert [grading_process.grade(one).cached for _ in range(2)] == [False, True]


def test_name_of_a_file_makes_no_line_of_its_own(grading_process, tmp_path):
    path = hand_in(tmp_path, without(solved(), "logit"))
    named = path.rename(path.with_name("x\nada all passed.ipynb"))

    report = grading_process.grade(task(named, tmp_path / "report.json")).report

    assert "x ada all passed.ipynb: " in report.error


@pytest.mark.parametrize(
    ("draft", "status", "points"), [(WRONG, "review", FULL - 1), (LOGIT, "graded", FULL)]
)
def test_a_second_definition_is_looked_at_if_it_costs_points(grade, draft, status, points):
    report = grade([*solved(), cell(f"# again\n{draft}")])

    assert (report.status, report.points) == (status, points)


def test_of_two_answers_the_better_one_is_not_chosen(grade):
    answers = [[cell(LOGIT), cell(WRONG)], [cell(LOGIT, cell_type="markdown"), cell(WRONG)]]

    assert [grade([*without(solved(), "logit"), *two]).points for two in answers] == [FULL - 1] * 2


@pytest.mark.parametrize(
    ("answer", "status", "points"), [(LOGIT, "graded", FULL), (WRONG, "review", FULL - 1)]
)
def test_split_answer_is_looked_at_if_it_does_not_earn_everything(grade, answer, status, points):
    cells = solved()
    head, _, rest = answer.partition("\n")
    at = place(cells, "logit")
    cells[at : at + 1] = [cell(head, "logit"), cell(rest, "logit")]

    report = grade(cells)

    assert (report.status, report.points) == (status, points)
    assert len(report.repairs) == 1


def test_renamed_function_earns_its_points(grade):
    report = grade(solved(logit=LOGIT.replace("def logit", "def my_logit")))

    assert (report.status, report.points) == ("graded", FULL)
    assert "both names" in report.repairs[0]


# A line that raises above an answer, in its cell

ABOVE = [
    "import seaborn",
    "print(df)",
    "1 / 0",
    "raise SystemExit",
    "%time 1 / 0\nmissing",
    "%%time\n1 / 0",
]


@pytest.mark.parametrize("line", ABOVE)
def test_line_that_raises_above_an_answer_costs_nothing_and_is_told(grade, line):
    report = grade(solved(logit=f"{line}\n\n{LOGIT}"))

    assert (report.status, report.points) == ("graded", FULL)
    assert report.repairs == (
        "«logit»: a line of the cell raised an error; the functions below it were defined",
    )


@pytest.mark.parametrize(
    "answer",
    [
        "from scipy.special import logit",
        "from scipy.special import logit as f\n\ndef logit(p):\n    return f(p)",
        "import scipy.special\nlogit = lambda p: scipy.special.logit(p)",
        "1 / 0\nlogit = np.log",
    ],
)
def test_line_that_raises_does_not_open_what_is_closed(grade, answer):
    report = grade(solved(logit=answer))

    assert (report.exercises["logit"].points, report.points) == (0, FULL - 1)


def test_what_stands_below_a_line_that_raises_runs_and_what_is_above_stays(inside):
    reply = inside.run(
        "def f(): return 1\nf()\n1 / 0\nx = 2\ndef g(): return f() + 1\nh = lambda: 3"
    )

    assert (reply["type"], reply["resumed"]) == ("ZeroDivisionError", True)
    assert [inside.call(name).get("value") for name in "fgh"] == [1, 2, 3]
    assert inside.value("x") == 2


def test_each_statement_below_a_line_that_raises_runs_by_itself(inside):
    inside.run("1 / 0\nimport math\n2 / 0\nraise SystemExit\ndef f(): return math.floor(2.5)")

    assert inside.call("f")["value"] == 2


def test_cell_that_only_raises_is_not_resumed(inside):
    assert "resumed" not in inside.run("def f(): pass\n1 / 0")
    assert "resumed" not in inside.run("def f(:")
