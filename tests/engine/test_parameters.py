"""Parameters, several arrays in a named tuple, on their way to a worker, back, and through a loan."""

from typing import Any, NamedTuple

import numpy as np
import pytest
from engine_kit import ROOMY, TIGHT, solved

from autograder.authoring import load_reference
from autograder.grading.budget import Budget
from autograder.grading.lending import MAX_NUMBERS, lender
from autograder.grading.student import StudentSession
from autograder.reading.submission import RunnableCell
from glm2mlp.catalogue import ASSIGNMENTS
from solutions.multilayer_perceptron import init_parameters

NETWORK = "multilayer_perceptron"
GIVEN = (
    "from typing import NamedTuple\nclass Parameters(NamedTuple):\n    W_h: object\n    b_h: object"
)


class Pair(NamedTuple):
    W_h: Any
    b_h: Any


Pair.__name__ = "Parameters"  # as the locked cell calls its own
PAIR = Pair(np.ones((2, 3)), np.zeros(3))


@pytest.fixture
def network(inside):
    """A worker in which a locked cell has defined Parameters."""
    assert inside.run(GIVEN, "given") == {}
    return inside


def test_arguments_are_of_the_class_of_the_locked_cell(network):
    network.run("def f(p):\n    return isinstance(p, Parameters), p.W_h.sum(), p[1]")

    is_of_it, total, b_h = network.call("f", PAIR)["value"]

    assert (is_of_it, total) == (True, 6)
    assert b_h.tolist() == [0, 0, 0]


def test_they_are_also_inside_of_other_values_and_keywords(network):
    network.run("def f(both, *, p):\n    return both[0].W_h + p.W_h")

    assert network.call("f", [PAIR, 1], p=PAIR)["value"].tolist() == [[2, 2, 2], [2, 2, 2]]


def test_results_arrive_as_plain_tuples(network):
    network.run("def f(p):\n    return p._replace(b_h=p.b_h + 1), Parameters(1, 2)")

    changed, new = network.call("f", PAIR)["value"]

    assert type(changed) is type(new) is tuple
    assert changed[1].tolist() == [1, 1, 1]
    assert new == (1, 2)


def test_a_changed_array_can_be_seen(network):
    network.run("def f(p):\n    p.W_h[0, 0] = 7")

    reply = network.call("f", PAIR, after=True)

    assert type(reply["args"][0]) is tuple
    assert reply["args"][0][0].tolist() == [[7, 1, 1], [1, 1, 1]]
    assert PAIR.W_h[0, 0] == 1


@pytest.mark.parametrize(
    "cell",
    [
        "Parameters = None",
        "class Parameters:\n    pass",
        "from typing import NamedTuple\nclass Parameters(NamedTuple):\n    W1: object\n    b1: object",
        "del Parameters",
    ],
)
def test_students_class_of_that_name_is_not_taken(network, cell):
    assert network.run(cell) == {}
    assert network.run("x = 1", "given") == {}  # a later locked cell does not take it over
    network.run("def f(p):\n    return p.W_h + 1")

    assert network.call("f", PAIR)["value"].tolist() == [[2, 2, 2], [2, 2, 2]]


def test_without_such_a_class_arguments_are_plain_tuples(inside):
    inside.run("def f(p):\n    return type(p).__name__, p[0]")

    name, W_h = inside.call("f", PAIR)["value"]

    assert name == "tuple"
    assert W_h.tolist() == PAIR.W_h.tolist()


def test_class_that_cannot_be_made_harms_its_own_worker_only(network, spawn):
    network.run("Parameters.__new__ = None")
    with pytest.raises(Exception, match="exit code"):
        network.call("f", PAIR)

    assert spawn().value("1 + 1") == 2


def test_scipy_is_there_where_it_is_allowed_and_only_there(spawn):
    loaded = "[name for name in sys.modules if name.partition('.')[0] == 'scipy'] != []"

    assert spawn(imports=("numpy", "scipy")).value(loaded, "import sys") is True
    assert spawn(imports=("numpy",)).value(loaded, "import sys") is False


@pytest.mark.parametrize("line", ["from scipy import special", "import scipy.special as special"])
def test_locked_cell_may_import_scipy_all_the_same(line, sandbox):
    cells = (
        RunnableCell("imports", "given", line),
        RunnableCell("half", "answer", "def half():\n    return special.expit(0)"),
    )
    session = StudentSession(sandbox, cells, ("numpy",), Budget(ROOMY), 1)

    assert session.call("half", (), {}, after=False).value == 0.5
    session.close()


# Loans

LINEAR = """
def forward(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    hidden = X @ W_h + b_h
    return hidden, softmax(hidden @ W_y + b_y)
"""


def test_all_that_follows_borrows_forward(grade):
    report = grade(solved(NETWORK, forward=LINEAR), TIGHT, NETWORK)

    lost = {
        name for name, one in report.exercises.items() if one.points not in (None, one.max_points)
    }
    lent = {name for name, one in report.exercises.items() if one.carried_forward}
    assert lost == {"forward"}
    assert lent == {"gradients"}


def test_right_notebook_borrows_nothing(grade):
    report = grade(solved(NETWORK), assignment=NETWORK)

    assert report.points == 20
    assert not any(result.carried_forward for result in report.exercises.values())


@pytest.fixture
def lend():
    return lender(load_reference(ASSIGNMENTS[NETWORK]), ("forward", "gradients"))


@pytest.mark.parametrize("kind", [tuple, list])
def test_lender_takes_parameters_as_they_arrive(lend, kind):
    rng = np.random.default_rng(0)
    P, X, t = init_parameters(3, 5, 4, rng), rng.normal(size=(6, 3)), np.array([0, 1, 2, 3, 0, 1])
    calls = {"gradients": (X, t), "forward": (X,)}

    for name, rest in calls.items():
        lent, right = (
            lend(name, (kind(P), *rest), {}),
            load_reference(ASSIGNMENTS[NETWORK])[name](P, *rest),
        )

        assert type(lent) is type(right)
        lent, right = (each if isinstance(each, tuple) else (each,) for each in (lent, right))
        for part, expected in zip(lent, right, strict=True):
            np.testing.assert_array_equal(part, expected)


SMALL = (np.ones((2, 3)), np.ones(3), np.ones((3, 2)), np.ones(2))


@pytest.mark.parametrize(
    "parameters",
    [
        SMALL[:3],
        (*SMALL, np.ones(2)),
        (SMALL, *SMALL[1:]),
        (*SMALL[:3], [1.0, 2.0]),
        (*SMALL[:3], None),
        (*SMALL[:3], np.array(["a", "b"])),
        dict(zip("abcd", SMALL, strict=True)),
        (np.ones((2, MAX_NUMBERS)), *SMALL[1:]),
        (np.ones((1, 2, 3)), *SMALL[1:]),
        (),
    ],
)
def test_lender_refuses_what_are_no_parameters(lend, parameters):
    with pytest.raises(ValueError, match=r"large|fit|neither"):
        lend("forward", (parameters, np.ones((4, 2))), {})


def test_arrays_that_do_not_fit_cannot_fill_the_memory(lend):
    # Broadcast against each other they would have a billion entries each.
    n = 1000
    parameters = (np.ones((n, 1, 1)), np.ones((1, n, 1)), np.ones((1, 1, 1)), np.ones((1, 1, n)))

    with pytest.raises(ValueError, match=r"large|neither"):
        lend("forward", (parameters, np.ones((1, 1))), {})
