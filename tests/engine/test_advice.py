"""Advice on accepted answers: NumPy's warnings are told beside full points, no text of the student's is."""

import pytest
from engine_kit import before, right, solved

from autograder.grading.advice import NEXT_STEPS, OPERATIONS, advice
from autograder.grading.diagnosis import Observed
from autograder.outcomes import StudentFailure
from autograder.testing import Call

MAX_BITS = 6
BRANCHES = """
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))
"""


def calls(*warned: object) -> tuple[Observed, ...]:
    return tuple(Observed("test", (), {}, False, Call(1.0, warned=each)) for each in warned)


def test_warning_of_a_right_answer_is_told_and_costs_nothing(grade):
    report = grade(solved(sigmoid=BRANCHES))

    assert report.points == report.max_points
    (text,) = report.exercises["sigmoid"].advice
    assert "overflow in `exp`" in text
    assert "costs nothing" in text


def test_right_answer_without_warnings_gets_no_advice(grade):
    report = grade(solved())

    assert all(result.advice == () for result in report.exercises.values())


def test_wrong_answer_gets_no_advice(grade):
    wrong = BRANCHES.replace("z >= 0", "z >= 1e-3")
    report = grade(solved(sigmoid=wrong.replace("np.exp(z) / (1", "2 * np.exp(z) / (1")))

    assert report.exercises["sigmoid"].outcome == "failed"
    assert report.exercises["sigmoid"].advice == ()


def test_who_silences_warnings_hears_of_none(grade):
    silent = before(
        solved(sigmoid=BRANCHES), "sigmoid", "import warnings", "np.seterr(all='ignore')"
    )

    assert grade(silent).exercises["sigmoid"].advice == ()


@pytest.mark.parametrize(
    "strict",
    ["import warnings\nwarnings.simplefilter('error')", "np.seterr(all='raise')"],
    ids=["warnings", "numpy"],
)
def test_student_who_makes_warnings_errors_loses_nothing(strict, grade):
    """Nor by the notebook's own checks; the advice is the same."""
    report = grade(before(solved(sigmoid=BRANCHES), "sigmoid", strict))

    assert report.exercises["sigmoid"].outcome == "passed"
    assert report.exercises["sigmoid"].advice


def test_what_a_student_warns_of_is_not_told(grade):
    carries = right("sigmoid").replace("    return", "    tell(z)\n    return")
    tell = "import warnings\ndef tell(z): warnings.warn(f'overflow encountered in x{z}', RuntimeWarning)"
    report = grade(before(solved(sigmoid=carries), "sigmoid", tell))

    assert report.exercises["sigmoid"].outcome == "passed"
    assert report.exercises["sigmoid"].advice == ()


def test_flood_of_warnings_is_cut(inside):
    inside.run(
        "import warnings\nwarnings.simplefilter('always')\n"
        "def f():\n    for i in range(50_000):\n        warnings.warn(str(i) * 100, RuntimeWarning)"
    )
    warned = inside.call("f")["warned"]

    assert 0 < len(warned) <= 20
    assert max(map(len, warned)) <= 500


@pytest.mark.parametrize(
    ("warned", "said"),
    [
        ("overflow encountered in exp", "overflow in `exp`"),
        ("divide by zero encountered in log", "logarithm of 0 was taken (in `log`)"),
        ("divide by zero encountered in scalar divide", "(in `divide`)"),
        ("invalid value encountered in matmul", "(in `matmul`)"),
    ],
)
def test_numpy_words_are_known(warned, said):
    (text,) = advice("nll", calls([warned]))

    assert said in text
    assert text.startswith("`nll` makes NumPy warn: ")


@pytest.mark.parametrize(
    "warned",
    [
        None,
        "overflow encountered in exp",
        {"overflow encountered in exp": 1},
        [["overflow encountered in exp"]],
        ["overflow encountered in 0.12345"],
        ["overflow encountered in exp of 0.12345"],
        ["overflow encountered in exp\n"],
        ["Mean of empty slice."],
        [7, None],
    ],
    ids=repr,
)
def test_forged_warnings_are_passed_over(warned):
    assert advice("nll", calls(warned)) == ()


def test_one_remark_is_all_that_a_worker_can_choose():
    every = [
        f"{kind} encountered in {name}" for kind in NEXT_STEPS for name in OPERATIONS.split("|")
    ]

    assert len(advice("nll", calls(every, every[::-1]))) == 1
    assert len({advice("nll", calls([one])) for one in every}) < 2**MAX_BITS


def test_call_that_failed_warns_of_nothing():
    failed = Observed("test", (), {}, False, StudentFailure("error", "no"))

    assert advice("nll", (failed,)) == ()
