"""Real notebooks that misbehave: each ends in its outcome, and costs its own exercise only."""

from dataclasses import replace
from operator import itemgetter

import pytest
from engine_kit import (
    FULL,
    LOGISTIC,
    ROOMY,
    SOFTMAX,
    TIGHT,
    before,
    cell,
    hand_in,
    place,
    released,
    right,
    solved,
    task,
    without,
)
from thinning import slow, some

from autograder.outcomes import EXPLANATIONS
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

LOGIT = right("logit")
softmax_tests = COURSE.load("hidden.softmax_regression.tests.test_softmax")


def misbehaving(source: str) -> list:
    """A right notebook but for `logit`, on which no other exercise depends."""
    return before(solved(logit=source), "logit", "import ctypes, os, resource, signal, sys, time")


def in_call(*lines: str) -> str:
    return "def logit(p):\n    " + "\n    ".join(lines) + "\n    return p"


def in_cell(*lines: str) -> str:
    return "\n".join((*lines, LOGIT))


def only_logit_lost(report) -> bool:
    others = {name: result for name, result in report.exercises.items() if name != "logit"}
    return report.points == FULL - 1 and all(r.points == r.max_points for r in others.values())


# An answer that gives no value

MISBEHAVIOUR = {
    "hang in a cell": (in_cell("while True: pass"), "timeout"),
    "hang in a call": (in_call("while True: pass"), "timeout"),
    "hang in C": (in_call("pow(3, 10**9)"), "timeout"),
    "hang in an error": (
        in_call(
            "class E(Exception):", "    def __str__(self):", "        while True: pass", "raise E"
        ),
        "timeout",
    ),
    "8 GB in a cell": (in_cell("x = bytearray(8 << 30)"), "memory"),
    "8 GB in a call": (in_call("return np.empty(10**9)"), "memory"),
    "8 GB bit by bit": (in_call("x = []", "while True: x.append(bytearray(10**6))"), "memory"),
    "os._exit in a cell": (in_cell("os._exit(0)"), "crashed"),
    "os._exit in a call": (in_call("os._exit(0)"), "crashed"),
    "abort": (in_call("os.abort()"), "crashed"),
    "null pointer": (in_call("ctypes.string_at(0)"), "crashed"),
    "signal": (in_call("signal.raise_signal(signal.SIGKILL)"), "error"),
    "alarm": (in_call("signal.setitimer(signal.ITIMER_REAL, 1e-4)", "while True: pass"), "crashed"),
    "bounded fork bomb": (
        in_call("for _ in range(50):", "    if os.fork() == 0: os._exit(0)"),
        "error",
    ),
    "kill all": (in_call("os.kill(-1, 0)"), "error"),
    "deep recursion": (in_call("return logit(p)"), "error"),
    "own exception": (in_call("class Mine(Exception): pass", "raise Mine('x')"), "error"),
    "own base exception": (in_call("class Mine(BaseException): pass", "raise Mine('x')"), "error"),
    "the failure of a test": (in_call("raise AssertionError('not your fault')"), "error"),
    "SystemExit": (in_call("sys.exit(0)"), "error"),
    "KeyboardInterrupt": (in_call("raise KeyboardInterrupt"), "error"),
    "MemoryError": (in_call("raise MemoryError"), "memory"),
    "full disk": (in_call("open('x', 'wb').write(bytes(100 << 20))"), "error"),
    "syntax error": (LOGIT + "\n)", "error"),
    "error in the definition": ("logit = 1 / 0", "error"),
    "wrong signature": ("def logit(): return 1", "error"),
    "stub": ("def logit(p):\n    raise NotImplementedError('later')", "missing"),
    "nothing": ("", "missing"),
    "no function": ("logit = 3", "missing"),
    "no data": (in_call("return lambda: p"), "failed"),
    "a generator": (in_call("yield p"), "failed"),
    "None": ("def logit(p):\n    p", "failed"),
    "wrong": (in_call("return p * np.nan"), "failed"),
}


@pytest.mark.parametrize(
    ("source", "outcome"),
    some(MISBEHAVIOUR.values(), kind=itemgetter(1), spread=True),
    ids=MISBEHAVIOUR,
)
def test_misbehaving_answer_has_its_outcome_and_costs_its_exercise_only(grade, source, outcome):
    # Half a gigabyte takes its time to fill; what hangs should not.
    report = grade(misbehaving(source), ROOMY if outcome == "memory" else TIGHT)

    assert report.status == "graded"
    assert report.exercises["logit"].outcome == outcome
    assert report.exercises["logit"].points == 0
    assert report.exercises["logit"].hint
    assert only_logit_lost(report)


@pytest.mark.parametrize(
    "source", some([in_cell("time.sleep(60)"), in_call("time.sleep(60)")]), ids=["cell", "call"]
)
def test_sleeper_is_a_timeout(grade, source):
    report = grade(misbehaving(source), replace(ROOMY, cell_wall=2.0, call_wall=2.0))

    assert report.exercises["logit"].outcome == "timeout"
    assert only_logit_lost(report)


def test_recursion_without_a_limit_costs_its_exercise_only(grade):
    source = in_call("sys.setrecursionlimit(10**9)", "return logit(p)")

    report = grade(misbehaving(source), TIGHT)

    assert report.exercises["logit"].outcome in ("memory", "crashed", "timeout")
    assert only_logit_lost(report)


def test_cell_of_experiments_that_hangs_costs_nothing(grade):
    cells = before(
        solved(), "logit", "while True: pass", "x = bytearray(8 << 30)", "import os\nos._exit(1)"
    )

    assert grade(cells, TIGHT).points == FULL


@slow
def test_many_slow_cells_of_experiments_cost_nothing(grade):
    slow = ["while True: pass"] * 5
    limits = replace(ROOMY, cell_cpu=2.0, submission_cpu=9.0)

    assert grade(before(solved(), "logit", *slow), limits).points == FULL


def test_cells_of_experiments_that_leave_no_worker_to_the_tests_are_a_persons_to_look_at(grade):
    fatal = ["import os\nos._exit(1)"] * 10

    report = grade(before(solved(), "logit", *fatal))

    assert report.status == "review"
    assert "its cells ended the process too often" in report.error


@slow
def test_hanging_exercise_that_others_call_costs_itself_only(grade):
    source = "def sigmoid(z):\n    while True: pass"
    derivative = "def sigmoid_derivative(z):\n    return sigmoid(z) * (1 - sigmoid(z))"

    report = grade(solved(sigmoid=source, sigmoid_derivative=derivative), TIGHT)

    assert report.exercises["sigmoid"].outcome == "timeout"
    assert report.exercises["sigmoid_derivative"].carried_forward
    assert report.points == FULL - 2


def test_time_of_a_submission_is_bounded(grade):
    cells = solved(sigmoid="def sigmoid(z):\n    while True: pass")

    report = grade(cells, replace(TIGHT, submission_cpu=0.1))

    assert report.status == "graded"
    assert [r.outcome for r in report.exercises.values()] == ["timeout"] * len(report.exercises)


def test_cells_that_sleep_the_time_away_are_the_students_timeout(grade):
    # Each is well within its own limit.
    asleep = ["import time\ntime.sleep(0.2)"] * 40

    report = grade(before(solved(), "sigmoid", *asleep), replace(ROOMY, submission_wall=2.0))

    assert (report.status, report.points) == ("graded", 0)
    assert {r.outcome for r in report.exercises.values()} == {"timeout"}
    assert {r.hint for r in report.exercises.values()} == {EXPLANATIONS["timeout"]}


@slow
def test_what_was_tested_before_the_time_was_used_up_keeps_its_result(grade):
    asleep = "def logit(p):\n    import time\n    time.sleep(60)"

    report = grade(solved(logit=asleep), replace(ROOMY, submission_wall=3.0))

    names = [*report.exercises]
    first = names.index("logit")
    outcomes = [report.exercises[name].outcome for name in names]
    assert outcomes == ["passed"] * first + ["timeout"] * (len(names) - first)
    assert report.status == "graded"


@slow
def test_time_used_up_by_a_loan_leaves_the_result_without_it(grade):
    # Its own sigmoid is wrong at once, and the borrowed one is called until the time is over.
    wrong = "def sigmoid(z):\n    return z * 0 + 0.25"
    slow = (
        "def sigmoid_derivative(z):\n    import time\n    own = sigmoid(z)\n"
        "    while np.all(sigmoid(np.ones(1)) != 0.25): time.sleep(0.01)\n    return own * (1 - own)"
    )

    report = grade(
        solved(sigmoid=wrong, sigmoid_derivative=slow), replace(ROOMY, submission_wall=4.0)
    )

    assert report.exercises["sigmoid_derivative"].outcome == "failed"


def test_time_of_a_submission_used_up_is_not_paid_again(grading_process, tmp_path):
    asleep = before(solved(), "sigmoid", "import time\ntime.sleep(60)")
    limits = replace(ROOMY, submission_wall=1.0)
    one = task(hand_in(tmp_path, asleep), tmp_path / "report.json", limits=limits)

    first, again = grading_process.grade(one), grading_process.grade(one)

    assert {r.outcome for r in first.report.exercises.values()} == {"timeout"}
    assert again.cached
    assert again.report == first.report


@slow
def test_next_student_does_not_notice(grade):
    vandal = in_cell(
        "for i in range(3000):", "    open(f'{i}', 'w').write('x')", "os.closerange(0, 64)"
    )

    assert grade(misbehaving(vandal), TIGHT).exercises["logit"].outcome == "crashed"

    assert grade(solved()).points == FULL


def test_points_are_the_weight_of_the_tests_passed(grade):
    naive = "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(axis=-1, keepdims=True)"

    report = grade(solved(SOFTMAX, softmax=naive), assignment=SOFTMAX)

    result = report.exercises["softmax"]
    passed = sum(test.weight for test in result.tests if test.outcome == "passed")
    assert 0 < result.points < 3
    assert result.points == 3 * passed / sum(test.weight for test in result.tests)
    assert result.outcome == "failed"
    assert result.misconception == "not-shifted"
    assert [test.sentence for test in result.tests] == [
        getattr(softmax_tests, test.name).__doc__ for test in result.tests
    ]


def test_an_unknown_mistake_gets_the_hint_of_the_first_test_that_fails(grade):
    odd = "def softmax(Z):\n    return np.exp(np.abs(Z)) / 7"

    report = grade(solved(SOFTMAX, softmax=odd), assignment=SOFTMAX)

    result = report.exercises["softmax"]
    first = next(test for test in result.tests if test.outcome == "failed")
    assert result.misconception is None
    assert result.hint == " ".join(getattr(softmax_tests, first.name).__doc__.split())


def test_untouched_notebook_earns_nothing_and_is_graded(grade):
    report = grade(released())

    assert report.status == "graded"
    assert report.points == 0
    assert {result.outcome for result in report.exercises.values()} == {"missing"}


def test_written_answer_waits_for_a_person(grade):
    report = grade(solved(SOFTMAX), assignment=SOFTMAX)

    assert report.exercises["explain_convex_regions"].outcome == "manual"
    assert report.exercises["explain_convex_regions"].points is None
    assert report.status == "graded"
    assert report.points == report.max_points - 2


def test_refused_import_is_named_in_the_hint(grade):
    source = "from scipy.special import logit"

    report = grade(solved(logit=source))

    assert report.exercises["logit"].outcome == "error"
    assert "imports scipy" in report.exercises["logit"].hint


def test_hint_never_quotes_the_students_code(grade):
    source = in_call("raise ValueError(f'the input was {p}')")

    result = grade(misbehaving(source)).exercises["logit"]

    assert "the input was" in result.tests[0].message  # instructors see it
    assert result.hint == "Your code raised an error."


# Values that nobody expects are failures, never a fault of ours

ODD_VALUES = """
None, True, -1, 2**1023, 1e999, 1j, "text", b"", (), [], {}, [[]], ((1,), 2), [None], [1, [2, "x"]],
{"a": 1}, np.nan, np.float16(1), np.complex64(1), np.bool_(1), np.array(1), np.array([]),
np.array([[]]), np.zeros((0, 3)), np.ones((1,) * 32), np.ones((2, 3, 4)), np.ones(3, ">f4"),
np.full(3, np.inf), np.array([True, False]), np.array([1j]), np.arange(4, dtype="u1"),
np.zeros((0, 2**40)), np.longdouble(1), z, [z], [z] * 5, [1, 2, 3, 4], [None] * 4, [z, None], [[z]],
[1j], [z * 1j], [float("nan")] * 4, [10**300] * 4, [[0, 1]] * 4, ["Symbol", "z"], z / 3, np.ones(3)
"""
ODD = f"""
def odd(first):
    state = [first]
    def answer(*args, **kwargs):
        z = symbols("z")
        values = ({ODD_VALUES})
        state[0] += 1
        return values[state[0] % len(values)]
    return answer
"""


@pytest.mark.parametrize("assignment", some([LOGISTIC, SOFTMAX]))
def test_odd_values_are_failures_of_the_student(grade, assignment):
    answers = [exercise.name for exercise in ASSIGNMENTS[assignment].exercises]
    for first in range(
        0, 48, 8
    ):  # every exercise has some tests, and gets to see most of the values
        cells = solved(assignment, **{name: f"{name} = odd({first})" for name in answers})

        report = grade(before(cells, answers[0], ODD), assignment=assignment)

        results = [result for result in report.exercises.values() if result.outcome != "manual"]
        assert report.status == "graded"
        assert {test.outcome for result in results for test in result.tests} == {"failed"}


# Honest oddities cost nothing


def rewritten(change) -> list:
    cells = solved()
    for one in cells:
        if one["cell_type"] == "code":
            one["source"] = change(one["source"])
    return cells


def spread() -> list:
    """A helper in a cell of its own, and the answer, in a new cell after it, without an id."""
    helper = "def odds(p):\n    return p / (1 - p)"
    answer = "def logit(p):\n    return np.log(odds(p))"
    cells = before(solved(), "logit", helper, answer)
    return without(cells, "logit")


def moved_to_the_end() -> list:
    cells = solved()
    return cells[::-1]


def without_ids() -> list:
    cells = solved()
    for one in cells:
        one["metadata"] = {}
    return cells


def retyped() -> list:
    cells = solved()
    cells[place(cells, "logit")]["cell_type"] = "markdown"
    return cells


def copied() -> list:
    cells, untouched = solved(), released()
    cells.insert(place(cells, "logit") + 1, untouched[place(untouched, "logit")])
    return cells


ODDITIES = {
    "numeric warnings": solved(logit=in_cell("np.array([1.0]) / 0", "np.log(-1.0)")),
    "warnings of Python": solved(
        logit="import numpy\n" + LOGIT.replace("    ", "    '\\d'\n    ", 1)
    ),
    "leftover print": solved(logit=LOGIT.replace("    return", "    print(p)\n    return")),
    "100 MB of output": misbehaving(in_cell("for _ in range(100): print('x' * 10**6)")),
    "output of every kind": misbehaving(
        in_cell(
            "print(1, file=sys.stderr)", "display(1)", "os.write(1, b'{}')", "os.write(2, b'{}')"
        )
    ),
    "magic of a cell": solved(logit="%%time\n" + LOGIT),
    "magics of a line": before(
        solved(), "logit", "%matplotlib inline\n!pip install x\n%pip list\n?len"
    ),
    "plot": before(solved(), "logit", "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()"),
    "cells that raise": before(
        solved(), "logit", "1 / 0", "import torch", "def f(:", "assert False", "exit()"
    ),
    "await": before(solved(), "logit", "async def f():\n    return 1\nawait f()"),
    "check in an own cell": before(solved(), "logit", "check('logit')\ncheck_all()"),
    "annotations": solved(
        logit="def logit(p: 'np.ndarray') -> 'np.ndarray':\n    return np.log(p / (1 - p))"
    ),
    "future": solved(logit="from __future__ import annotations\n" + LOGIT),
    "SymPy in a derivation": solved(
        derive_nll_gradient="from sympy import Derivative, log\n" + right("derive_nll_gradient")
    ),
    "lambda": solved(logit="logit = lambda p: np.log(p) - np.log1p(-p)"),
    "class": solved(
        logit="class logit:\n    def __new__(cls, p):\n        return np.log(p / (1 - p))"
    ),
    "other names of arguments": solved(
        logit="def logit(probability):\n    return np.log(probability / (1 - probability))"
    ),
    "tabs": solved(logit=LOGIT.replace("    ", "\t")),
    "line ends of Windows": rewritten(lambda source: source.replace("\n", "\r\n")),
    "lists of lines": rewritten(lambda source: source.splitlines(keepends=True)),
    "own test that fails": solved(logit=LOGIT + "\n\nassert logit(0.5) == 1"),
    "seed": before(
        solved(),
        "logit",
        "np.random.seed(0)\nnp.set_printoptions(precision=2)\nnp.seterr(all='ignore')",
    ),
    "names used otherwise": [
        *solved(),
        cell("t = np.array([1])\nz = 3\nx = y = w = 1\nsigma = exp = log = None"),
    ],
    "helper and answer in new cells": spread(),
    "backwards": moved_to_the_end(),
    "no ids": without_ids(),
    "retyped": retyped(),
    "copied": copied(),
    "large comment": solved(logit=LOGIT + "\n# " + "é" * 100_000),
}


@pytest.mark.parametrize("cells", ODDITIES.values(), ids=ODDITIES)
def test_honest_oddity_costs_nothing(grade, cells):
    report = grade(cells)

    lost = {
        name: result.tests
        for name, result in report.exercises.items()
        if result.outcome != "passed"
    }
    assert lost == {}
    assert report.points == FULL
