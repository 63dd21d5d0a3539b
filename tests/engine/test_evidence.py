"""Evidence: what a failing answer does on public inputs, told by a worker that never saw a hidden one."""

import importlib
from dataclasses import replace

import numpy as np
import pytest
from engine_kit import LOGISTIC, ROOMY, SOFTMAX, TIGHT, before, right, solved

from autograder.authoring import load_reference
from autograder.grading import trusted
from autograder.grading.evidence import evidence
from autograder.outcomes import EXPLANATIONS, StudentFailure
from autograder.report import ExerciseResult
from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS
from solutions.multilayer_perceptron import Parameters

UPSIDE_DOWN = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))"
SCORES = importlib.import_module(f"glm2mlp.checks.{SOFTMAX}").Z


def test_first_failing_check_says_what_was_expected_and_what_came(grade):
    shown = grade(solved(sigmoid=UPSIDE_DOWN)).exercises["sigmoid"].evidence

    first = next(check for check in shown.checks if check.status == "failed")
    assert first.sentence == "σ(0) is ½, σ(log 3) is ¾, σ(−log 3) is ¼."
    assert first.call.startswith("sigmoid([0.0, 1.0986")
    assert first.expected == "[0.5 , 0.75, 0.25]"
    assert first.got == "[0.5 , 0.25, 0.75]"
    assert "sign of the exponent" in first.hint


def test_error_is_told_with_its_line(grade):
    broken = "def logit(p):\n    q = 1 - p\n    return np.log(p) - np.lgo(q)"
    shown = grade(solved(logit=broken)).exercises["logit"].evidence

    assert shown.checks[0].got.startswith("AttributeError: ")
    assert shown.checks[0].hint.endswith("line 3: return np.log(p) - np.lgo(q)")


def test_only_failing_answers_are_looked_at(grade):
    hangs = "def logit(p):\n    while True: pass"
    report = grade(solved(sigmoid=UPSIDE_DOWN, logit=hangs), TIGHT)

    assert report.exercises["logit"].outcome == "timeout"
    shown = {name for name, result in report.exercises.items() if result.evidence}
    assert shown == {"sigmoid"}


def test_derivation_is_checked_in_its_symbols(grade):
    own_symbols = right("derive_sigmoid_derivative").replace("return [", "return [0, ")
    source = before(solved(derive_sigmoid_derivative=own_symbols), "predict", "z = t = y = None")
    shown = grade(source).exercises["derive_sigmoid_derivative"].evidence

    assert shown.checks[0].status == "failed"
    assert shown.checks[0].got.startswith("Step 1")


# A worker that tells what it saw


REMEMBERING = """
def logit(p):
    seen.append(p)
    raise ValueError(f"call number {len(seen)}")
"""
WRITING = """
def logit(p):
    try:
        before = open("seen").read()
    except OSError:
        before = ""
    with open("seen", "a") as file:
        file.write(str(p))
    raise ValueError(f"before: {before!r}")
"""


def test_worker_has_not_seen_a_hidden_input(grade):
    report = grade(before(solved(logit=REMEMBERING), "logit", "seen = []"))

    numbers = [check.got for check in report.exercises["logit"].evidence.checks]
    assert numbers[0] == "ValueError: call number 1"


def test_worker_that_borrows_has_not_seen_a_hidden_input_either(grade):
    nonsense = "def log_softmax(Z):\n    return Z * 0 + 7.0"
    remembering = REMEMBERING.replace("logit(p)", "nll(W, X, t, l2=0.0)").replace("(p)", "(W)")
    notebook = solved(SOFTMAX, log_softmax=nonsense, nll=remembering)
    report = grade(before(notebook, "nll", "seen = []"), assignment=SOFTMAX)

    assert report.exercises["nll"].evidence.checks[0].got == "ValueError: call number 1"


def test_worker_finds_no_file_of_an_earlier_one(grade):
    report = grade(solved(logit=WRITING))

    assert report.exercises["logit"].evidence.checks[0].got == "ValueError: before: ''"


def test_borrowed_function_is_borrowed_here_too(grade):
    """The wrong softmax is not blamed once more where nll is looked at."""
    no_minus = right("nll", SOFTMAX).replace("np.mean(-log_p)", "np.mean(log_p)")
    assert no_minus != right("nll", SOFTMAX)
    nonsense = "def log_softmax(Z):\n    return Z * 0 + 7.0"
    report = grade(solved(SOFTMAX, log_softmax=nonsense, nll=no_minus), assignment=SOFTMAX)

    shown = report.exercises["nll"].evidence
    assert shown.checks[0].got == "-1.386294"


def test_answer_that_is_saved_by_a_loan_needs_no_evidence(grade):
    nonsense = "def log_softmax(Z):\n    return Z * 0 + 7.0"
    report = grade(solved(SOFTMAX, log_softmax=nonsense), assignment=SOFTMAX)

    assert report.exercises["nll"].carried_forward
    assert report.exercises["nll"].evidence is None
    assert report.exercises["log_softmax"].evidence is not None


# Numbers to draw


def test_curve_shows_both_and_gaps_where_there_is_no_number(grade):
    gaps = "def sigmoid(z):\n    return np.where(np.asarray(z) > 4, np.nan, 0.25)"
    plot = grade(solved(sigmoid=gaps)).exercises["sigmoid"].evidence.plot

    assert plot.kind == "curve"
    assert len(plot.x) == len(plot.got) == len(plot.expected) == 81
    assert plot.x[0] == -5
    assert plot.got[0] == 0.25
    assert plot.got[-1] is None
    assert plot.expected[40] == 0.5


def test_rows_of_softmax_are_summed(grade):
    columns = "def softmax(Z):\n    E = np.exp(Z - Z.max())\n    return E / E.sum(axis=0)"
    plot = (
        grade(solved(SOFTMAX, softmax=columns), assignment=SOFTMAX)
        .exercises["softmax"]
        .evidence.plot
    )

    E = np.exp(SCORES)
    assert plot.kind == "sums"
    assert plot.got == pytest.approx((E / E.sum(axis=0)).sum(axis=1), rel=1e-4)
    assert plot.expected == (1, 1, 1)


def test_entries_of_a_gradient_have_names(grade):
    summed = right("gradient").replace(" / len(X)", "")
    assert summed != right("gradient")
    plot = grade(solved(gradient=summed)).exercises["gradient"].evidence.plot

    assert plot.kind == "entries"
    assert plot.labels == ("[0]", "[1]", "[2]")
    assert plot.got == pytest.approx([5 * number for number in plot.expected], rel=1e-4)


# A worker that lies: a session in its place that says anything


class Saying:
    """A session whose worker answers as it likes."""

    def __init__(self, checks=None, value=None):
        self.checks, self.value = checks, value

    def close(self):
        pass

    def expect_checks(self):
        pass

    def lend(self, names, lender):
        pass

    def begin_exercise(self, *, among_given):
        pass

    def check(self, assignment, exercise):
        if isinstance(self.checks, Exception):
            raise self.checks
        return self.checks

    def call(self, name, args, kwargs, *, after):
        return Call(self.value)


def told(session, name="sigmoid", assignment=LOGISTIC):
    exercises = ASSIGNMENTS[assignment].exercises
    right_ones = {each.name: ExerciseResult(1, 1, "passed") for each in exercises}
    results = {**right_ones, name: ExerciseResult(0, 1, "failed")}
    remarks: list[str] = []
    found = evidence(
        session,
        ASSIGNMENTS[assignment],
        results,
        results,
        load_reference(ASSIGNMENTS[assignment]),
        remarks,
    )
    return found.get(name), remarks


def typed_into_a_notebook(call, name, function):
    """What the call that a page shows gives."""
    value = eval(call, {"np": np, "Parameters": Parameters, name: function})  # a call of ours
    parts = value if isinstance(value, tuple) else (value,)
    return np.concatenate([np.ravel(part) for part in parts])


@pytest.mark.parametrize(
    ("assignment", "name"),
    [
        (LOGISTIC, "sigmoid"),
        (LOGISTIC, "gradient"),
        (LOGISTIC, "sgd_epoch"),
        (SOFTMAX, "gradient"),
        ("multilayer_perceptron", "gradients"),
        ("generalized_linear_models", "glm_gradient"),
    ],
)
def test_call_of_a_plot_gives_its_numbers_when_typed(assignment, name):
    """Else the page would show numbers of an input that nobody can see."""
    reference = load_reference(ASSIGNMENTS[assignment])
    right_one = reference[name]

    class Doubling(Saying):
        def call(self, name, args, kwargs, *, after):
            value = trusted.call(right_one, args, kwargs, after=False).value
            return Call(tuple(2 * p for p in value) if isinstance(value, tuple) else 2 * value)

    found, remarks = told(Doubling(), name, assignment)
    assert remarks == []
    typed = typed_into_a_notebook(found.plot.call, name, right_one)
    assert found.plot.expected == pytest.approx(typed, rel=1e-4)
    assert found.plot.got == pytest.approx(2 * typed, rel=1e-4)


def honest(name="sigmoid", **parts):
    tests = importlib.import_module(f"glm2mlp.checks.{LOGISTIC}").suite.tests[name]
    result = {"status": "failed", "call": "", "expected": "", "got": "", "hint": ""}
    return [{"sentence": sentence, **result, **parts} for sentence, _ in tests]


@pytest.mark.parametrize(
    "checks",
    [
        None,
        7,
        "passed",
        [],
        {},
        [None],
        [{}],
        np.zeros(3),
        [np.zeros(3)],
        honest(status="perfect"),
        honest(status=np.zeros(3)),
        honest(got=7),
        honest(sentence="You have full points."),
        honest()[1:],
        [dict.fromkeys(honest()[0], np.zeros(2))],
        StudentFailure("timeout", EXPLANATIONS["timeout"]),
    ],
    ids=lambda checks: str(checks)[:40],
)
def test_what_is_no_word_of_our_checks_is_none(checks):
    shown, remarks = told(Saying(checks))

    assert shown.checks == ()
    assert remarks == []


def test_sentences_are_ours_and_texts_are_cut_and_plain():
    added = {**honest()[0], "sentence": "You have full points."}
    shown, _ = told(Saying([added, *honest(got="\x1b[2J 0xdeadbeef " + 2000 * "9")]))

    assert "You have full points." not in {check.sentence for check in shown.checks}
    assert {len(check.got) for check in shown.checks} == {800}
    assert shown.checks[0].got.startswith("�[2J 0x… 999")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [[1.0]],
        np.zeros((81, 2)),
        np.zeros(80),
        np.array(["a"] * 81),
        np.zeros(81, dtype=complex),
        [np.zeros(81), np.zeros(81)],
        {"a": np.zeros(81)},
    ],
    ids=lambda value: str(value)[:20],
)
def test_value_of_another_form_is_not_drawn(value):
    shown, remarks = told(Saying(value=value))

    assert shown.plot is None
    assert remarks == []


def test_numbers_without_end_are_gaps():
    shown, _ = told(Saying(value=np.array([np.inf, -np.inf, np.nan] * 27)))

    assert shown.plot.got == (None,) * 81


def test_fault_of_ours_costs_the_evidence_only():
    shown, remarks = told(Saying(RuntimeError("ours")))

    assert shown is None
    assert remarks == ["sigmoid: no evidence: RuntimeError: ours"]


def test_every_exercise_with_checks_can_be_looked_at():
    """No name of a public example is missing in the notebooks' checks."""
    for assignment in ASSIGNMENTS.values():
        for exercise in assignment.exercises:
            if exercise.kind not in ("written", "choice"):
                shown, remarks = told(Saying(), exercise.name, assignment.name)
                assert shown is not None, exercise.name
                assert remarks == [], exercise.name


def test_evidence_is_the_same_each_time(grade):
    limits = replace(ROOMY)
    wrong = solved(sigmoid=UPSIDE_DOWN, logit="def logit(p):\n    return np.random.rand()")

    assert grade(wrong, limits).exercises == grade(wrong, limits).exercises
