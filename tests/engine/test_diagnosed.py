"""Reports name the misconception of a formula; a diagnosis that breaks costs no point."""

import json

import pytest
from engine_kit import FULL, LOGISTIC, hand_in, solved, task
from thinning import slow

from autograder.authoring import load_release
from autograder.directory import Directory
from autograder.grading import grade as grading
from autograder.grading.hidden import run_hidden_tests
from autograder.grading.task import Graded, read_result, result_line
from autograder.report import Report
from glm2mlp.catalogue import ASSIGNMENTS

SIGMOID = "derive_sigmoid_derivative"
SIGN_LOST = f"""def {SIGMOID}():
    return [
        Derivative(sigma, z),
        -Derivative(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        -exp(-z) / (1 + exp(-z)) ** 2,
        sigma * (1 - sigma),
    ]
"""
EQUATIONS = f"""from sympy import Eq
def {SIGMOID}():
    return [Eq(Derivative(sigma, z), sigma * (1 - sigma), evaluate=False)]
"""
UNKNOWN = f"def {SIGMOID}():\n    return [Derivative(sigma, z), sigma**9, sigma * (1 - sigma)]"


def test_a_report_carries_misconception_and_hint_of_a_derivation(grade):
    result = grade(solved(**{SIGMOID: SIGN_LOST})).exercises[SIGMOID]

    assert (result.outcome, result.misconception) == ("failed", "sign")
    assert result.points == pytest.approx(result.max_points / 3)
    assert result.hint.startswith("Look at line 3. Only the sign is off.")


def test_what_is_no_formula_is_named_too(grade):
    result = grade(solved(**{SIGMOID: EQUATIONS})).exercises[SIGMOID]

    assert (result.outcome, result.misconception) == ("failed", "equations")


# As students write them: assignment, exercise, answer, and what it shows.
WRITTEN = {
    "half of the chain rule": (
        "softmax_regression",
        "derive_softmax_gradient",
        """
def derive_softmax_gradient():
    return [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(-z_0 + log(S), z_0),
        -1 + 1 / S,
        exp(z_0) / S - 1,
    ]
""",
        "inner-derivative-of-log",
    ),
    "a sum of three slopes": (
        "softmax_regression",
        "derive_softmax_gradient",
        """
def derive_softmax_gradient():
    lines = [Derivative(-log(exp(z_0) / S), z_0)]
    lines.append(Derivative(log(S) - z_0, z_0))
    lines.append((exp(z_0) + exp(z_1) + exp(z_2)) / S - 1)
    lines.append(exp(z_0) / S - 1)
    return lines
""",
        "whole-sum",
    ),
    "lines in between left out": (
        "logistic_regression",
        "derive_nll_gradient",
        """
def derive_nll_gradient():
    first = Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z)
    return [first, sigma - t]
""",
        "jump",
    ),
    "sympy differentiates": (
        "logistic_regression",
        "derive_nll_gradient",
        """
def derive_nll_gradient():
    loss = -t * log(sigma) - (1 - t) * log(1 - sigma)
    return [loss, loss.diff(z), sigma - t]
""",
        "not-differentiated-at-first",
    ),
    "constant dropped": (
        "mse_as_mle",
        "derive_mse_from_gaussian",
        """
def derive_mse_from_gaussian():
    return [
        -log(p_0 * p_1) / 2,
        -(log(p_0) + log(p_1)) / 2,
        ((t_0 - y_0) ** 2 / (2 * v) + (t_1 - y_1) ** 2 / (2 * v)) / 2,
        mean_square / (2 * v) + log(2 * pi * v) / 2,
    ]
""",
        "constant-dropped",
    ),
    "three entries": (
        "generalized_linear_models",
        "glm_table",
        """
def glm_table():
    y = 1 / (1 + exp(-z))
    s = exp(z_0) + exp(z_1) + exp(z_2)
    p = [exp(z_0) / s, exp(z_1) / s, exp(z_2) / s]
    return {
        "linear": {
            "activation": z, "distribution": "Gaussian", "loss": (t - z) ** 2, "gradient": z - t
        },
        "logistic": {
            "activation": y,
            "distribution": "Bernoulli",
            "loss": -t * log(y) - (1 - t) * log(1 - y),
            "gradient": y - t,
        },
        "softmax": {
            "activation": p, "distribution": "categorical", "loss": -log(p[0]), "gradient": p[0] - 1
        },
    }
""",
        "another-name + half-lost + right-class-only",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_wrong_answer_is_recognised_through_the_sandbox(name, grade):
    assignment, exercise, answer, misconception = WRITTEN[name]

    result = grade(solved(assignment, **{exercise: answer}), assignment=assignment)

    assert result.exercises[exercise].misconception == misconception


def test_the_hints_of_a_table_say_which_entries_they_are_about(grade):
    assignment, exercise, answer, _ = WRITTEN["three entries"]

    hint = (
        grade(solved(assignment, **{exercise: answer}), assignment=assignment)
        .exercises[exercise]
        .hint
    )

    assert hint.startswith("Three things. In linear, distribution: ")
    assert " In linear, loss: " in hint
    assert " In softmax, gradient: " in hint


def test_an_unknown_mistake_keeps_the_hint_of_its_test(grade):
    result = grade(solved(**{SIGMOID: UNKNOWN})).exercises[SIGMOID]

    assert (result.outcome, result.misconception) == ("failed", None)
    assert result.hint.startswith("Start with the asked form")


@slow
def test_a_diagnosis_that_breaks_costs_its_hint_and_no_point(monkeypatch, sandbox, tmp_path):
    monkeypatch.setattr(grading, "diagnose_exercise", lambda *_: 1 / 0)
    path = hand_in(tmp_path, solved(**{SIGMOID: SIGN_LOST}))
    one = task(path, tmp_path / "report.json")
    found = []

    run_hidden_tests(
        ASSIGNMENTS[LOGISTIC],
        lambda tests: found.append(
            grading.grade(one, load_release(ASSIGNMENTS[LOGISTIC]), (), sandbox, tests)
        ),
    )

    (graded,) = found
    result = graded.report.exercises[SIGMOID]
    assert graded.report.status == "graded"
    assert graded.report.points == pytest.approx(FULL - 2)
    assert (result.outcome, result.misconception) == ("failed", None)
    assert result.hint.startswith("Take small steps")
    assert graded.remarks == (f"{SIGMOID}: no diagnosis: ZeroDivisionError: division by zero",)


def test_remarks_reach_the_run_log_and_no_report(tmp_path):
    report = Report("s1", LOGISTIC, "graded", 1, 3, key="k")

    graded = read_result(result_line(Graded(report, 0.5, remarks=("sigmoid: no diagnosis",))))
    Directory(tmp_path).log(graded.report, 0.5, cached=False, when="now", remarks=graded.remarks)

    (line,) = Directory(tmp_path).run_log(LOGISTIC).read_text().splitlines()
    assert json.loads(line)["remarks"] == ["sigmoid: no diagnosis"]
    assert graded.report == report
