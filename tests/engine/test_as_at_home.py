"""What runs in a student's JupyterLab, and is right there, earns its points here."""

import pytest
from engine_kit import SOFTMAX, before, right, solved

NLL = right("nll", SOFTMAX)
SOFTMAX_ANSWER = right("softmax", SOFTMAX)


def earned(grade, cells) -> dict[str, float]:
    report = grade(cells, assignment=SOFTMAX)
    return {
        name: result.points
        for name, result in report.exercises.items()
        if result.points is not None and result.points < result.max_points
    }


@pytest.mark.parametrize(
    "lines",
    [
        "import matplotlib.pyplot as plt\nfrom numpy.linalg import norm\nAXIS = -1",
        "import sklearn\nfrom numpy.linalg import norm\nAXIS = np.int64(-1)",
        "help(np.logaddexp)\nfrom numpy.linalg import norm\nAXIS: int = -1",
        "assert ready('nll')\nfrom numpy.linalg import norm\nAXIS = -1",
    ],
    ids=["import", "another import", "help", "assert"],
)
def test_what_stands_below_a_line_that_cannot_run_here_is_there(lines, grade):
    uses = "its = nll\ndef nll(*a, **k):\n    assert AXIS == -1 and norm\n    return its(*a, **k)"
    answer = f"{lines}\n{NLL}\n{uses}"

    assert earned(grade, solved(SOFTMAX, nll=answer)) == {}


@pytest.mark.parametrize(
    "lines",
    [
        "from typing import Tuple\ndef twice(x: Tuple[int, int]): return x",
        "from dataclasses import dataclass\n@dataclass\nclass Pair:\n    a: int",
        "import functools\n@functools.cache\ndef one(): return 1",
        "from collections.abc import Callable\nf: Callable | None = None",
    ],
    ids=["typing", "dataclasses", "functools", "collections"],
)
def test_answer_may_import_tools_of_the_language(lines, grade):
    report = grade(solved(SOFTMAX, softmax=f"{lines}\n{SOFTMAX_ANSWER}"), assignment=SOFTMAX)

    assert report.exercises["softmax"].outcome == "passed"
    assert not any("raised an error" in repair for repair in report.repairs)


def test_future_import_holds_for_later_cells(grade):
    hinted = SOFTMAX_ANSWER.replace("(Z)", "(Z: NDArray[np.float64])", 1)
    hinted = hinted.replace("(Z: np.ndarray)", "(Z: NDArray[np.float64])", 1)
    assert "NDArray" in hinted
    future = before(
        solved(SOFTMAX, softmax=hinted), "softmax", "from __future__ import annotations"
    )

    assert earned(grade, future) == {}


def test_matrix_is_taken_as_the_array_that_it_is(grade):
    gradient = right("gradient", SOFTMAX)
    as_matrix = (
        f"{gradient}\nits = gradient\ndef gradient(*a, **k): return np.asmatrix(its(*a, **k))"
    )

    assert earned(grade, solved(SOFTMAX, gradient=as_matrix)) == {}


def test_wrong_earlier_function_may_be_asked_with_numbers_of_numpy(grade):
    wrong = "def one_hot(t, K): return np.zeros((len(t), K))"
    loops = (
        "def gradient(W, X, t, l2=0.0):\n"
        "    K = np.int64(W.shape[1])\n"
        "    return X.T @ (softmax(X @ W) - one_hot(t, K)) / len(X) + l2 * W"
    )
    report = grade(solved(SOFTMAX, one_hot=wrong, gradient=loops), assignment=SOFTMAX)

    assert report.exercises["one_hot"].points < report.exercises["one_hot"].max_points
    assert report.exercises["gradient"].carried_forward
    assert report.exercises["gradient"].outcome == "passed"
