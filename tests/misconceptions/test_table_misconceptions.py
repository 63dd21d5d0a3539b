"""Misconceptions of the table of linear models: its wrong entries are explained, each by the right one."""

import correct_formulas
import mistakes_formulas
import pytest
from correct_formulas import bernoulli, p, table, y
from in_process import InProcessStudent, Run, run_all
from sympy import Matrix, Symbol, exp, log, pi, tanh
from thinning import slow
from weird_values import WEIRD

from autograder.grading.diagnosis import Observed
from autograder.grading.diagnosis_by_kind import diagnose_exercise
from autograder.grading.diagnosis_tables import candidates
from autograder.misconceptions import misconceptions_of
from autograder.outcomes import StudentFailure
from autograder.testing import Call
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.derivation_tasks import t, z, z_0, z_1, z_2
from glm2mlp.formulas import ENTRIES, MODELS
from solutions.derivations import glm_table

ASSIGNMENT, NAME = ASSIGNMENTS["generalized_linear_models"].name, "glm_table"
EXERCISE = ASSIGNMENTS["generalized_linear_models"].exercise(NAME)
KNOWN = misconceptions_of(ASSIGNMENTS[ASSIGNMENT], NAME)
HINT = {m.id: m.hint for m in KNOWN}


def observed(answer):
    """The call of an answer, as it is recorded in the hidden tests."""
    try:
        ended = InProcessStudent({NAME: answer}).call(NAME, (), {}, after=False)
    except StudentFailure as failure:
        ended = failure
    return [Observed("test", (), {}, False, ended)]


def diagnosed(**rows):
    return diagnose_exercise(EXERCISE, observed(lambda: table(**rows)), glm_table, KNOWN)


def named(**rows):
    diagnosis = diagnosed(**rows)
    return diagnosis and diagnosis.name


@pytest.fixture(scope="module")
def runs():
    """The hidden tests on each answer of each misconception, on many seeds."""
    answers = [(m.id, answer) for m in KNOWN for answer in (m.wrong, *m.also)]
    runs = [
        Run(name, InProcessStudent({NAME: answer}), seed)
        for seed, (name, answer) in enumerate(answers)
    ]
    run_all(ASSIGNMENT, NAME, runs)
    return [(run, answer()) for run, (_, answer) in zip(runs, answers, strict=True)]


@slow
def test_every_misconception_is_caught_and_recognised(runs):
    assert [run.name for run, _ in runs if not run.failed] == []
    found = [
        (run.name, diagnose_exercise(EXERCISE, run.calls, glm_table, KNOWN)) for run, _ in runs
    ]
    assert [
        (name, diagnosis and diagnosis.name)
        for name, diagnosis in found
        if diagnosis is None or diagnosis.name != name
    ] == []


@slow
def test_every_wrong_entry_is_caught_by_its_own_test_and_no_other(runs):
    right = glm_table()
    for run, wrong in runs:
        if isinstance(wrong, dict) and all(isinstance(wrong.get(model), dict) for model in MODELS):
            changed = {
                f"test_{model}_{entry}"
                for model in MODELS
                for entry in ENTRIES
                if wrong[model].get(entry) != right[model][entry]
            }
            assert set(run.failed) == changed, run.name


def test_ids_are_unique_and_hints_say_something():
    assert len(KNOWN) >= 60
    assert len(set(HINT)) == len(KNOWN) == len(set(HINT.values()))
    for misconception in KNOWN:
        assert misconception.belief.endswith(".")
        assert 40 <= len(misconception.hint) <= 280


def test_hints_contain_no_entry_of_the_table():
    for name, hint in HINT.items():
        for code in ("**", " * ", "exp(", "log(", "z_0", "Normal", "Bernoulli"):
            assert code not in hint or name in ("squares-for-classes",), name


def test_right_tables_are_never_diagnosed():
    tables = correct_formulas.CORRECT[NAME]

    for value in tables.values():
        assert candidates(observed(lambda value=value: value), glm_table, KNOWN) == []


@slow
def test_most_of_the_older_wrong_entries_are_recognised():
    tables = [value for value, _ in mistakes_formulas.MISTAKES[NAME].values()]

    found = [candidates(observed(lambda value=value: value), glm_table, KNOWN) for value in tables]

    assert sum(map(bool, found)) >= 0.85 * len(tables)


# The same mistakes in another spelling.
OTHERWISE = {
    "linear: two left": ("two-kept", {"linear": {"gradient": ((z - t) ** 2).diff(z)}}),
    "linear: half lost": ("half-lost", {"linear": {"loss": z**2 - 2 * t * z}}),
    "linear: likelihood": ("minus-lost", {"linear": {"loss": -((z - t) ** 2) / 2 - log(2 * pi) / 2}}),
    "logistic: tanh": ("tanh-for-sigmoid", {"logistic": {"activation": 1 - 2 / (1 + exp(z))}}),
    "logistic: exponent": ("exponent-sign", {"logistic": {"activation": (1 - tanh(z / 2)) / 2}}),
    "logistic: squares": ("squares-for-classes", {"logistic": {"loss": y**2 - 2 * t * y + 3}}),
    "logistic: slope": (
        "slope-of-activation-left",
        {"logistic": {"gradient": ((y - t) ** 2 / 2).diff(z)}},
    ),
    "logistic: fraction": ("fraction-left", {"logistic": {"gradient": (y - t) / (y - y**2)}}),
    "logistic: name": ("another-name", {"logistic": {"distribution": "Sigmoid"}}),
    "softmax: alone": (
        "not-normalised",
        {"softmax": {"activation": (exp(z_0), exp(z_1), exp(z_2))}},
    ),
    "softmax: target": ("target-forgotten", {"softmax": {"gradient": [1 - p[1] - p[2], *p[1:]]}}),
    "softmax: container": ("no-formula", {"softmax": {"gradient": Matrix(p)}}),
    "softmax: letter": ("another-symbol", {"softmax": {"loss": -t * log(p[0])}}),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_values_of_an_entry_count_and_not_its_spelling(name):
    expected, rows = OTHERWISE[name]

    assert named(**rows) == expected


def test_one_mistake_in_several_rows_is_one():
    both = diagnosed(linear={"gradient": t - z}, softmax={"gradient": [1 - p[0], -p[1], -p[2]]})

    assert both.name == "gradient-sign"
    assert both.hint.startswith("In linear, gradient; softmax, gradient: The sign is off")
    assert named(logistic={"gradient": t - y}) == "gradient-sign"


def test_several_mistakes_are_told_in_the_order_of_the_table():
    two = diagnosed(softmax={"loss": log(p[0])}, logistic={"activation": z})

    assert two.name == "no-activation + minus-lost"
    assert two.hint == (
        f"Two things. In logistic, activation: {HINT['no-activation']} "
        f"In softmax, loss: {HINT['minus-lost']}"
    )


def test_no_more_than_three_things_are_told_at_once():
    many = diagnosed(
        linear={"activation": y, "loss": (z - t) ** 2, "gradient": z},
        logistic={"activation": exp(z), "loss": -t * log(y)},
    )

    assert many.name.count(" + ") == 2
    assert many.hint.startswith("Three things. In linear, activation: ")


def test_a_row_of_another_model_is_one_mistake():
    right = glm_table()

    assert named(linear=right["logistic"]) == "logistic-for-linear"
    assert named(logistic=right["linear"]) == "linear-for-logistic"


def test_a_part_of_another_models_row_is_no_row():
    assert named(linear={"activation": y, "distribution": "Bernoulli"}) == (
        "linear-not-any-number + classes-for-numbers"
    )
    assert named(logistic={"gradient": (y - t) * y * (1 - y)}) == "slope-of-activation-left"


def test_entries_that_follow_from_a_wrong_one_are_one_mistake():
    wrong = 1 / (1 + exp(z))

    assert named(linear={"loss": (z - t) ** 2, "gradient": 2 * (z - t)}) == "squares-as-they-are"
    assert named(logistic={"loss": -t * log(y), "gradient": (-t * log(y)).diff(z)}) == (
        "one-class-throughout"
    )
    loss = -t * log(wrong) - (1 - t) * log(1 - wrong)
    row = {"activation": wrong, "loss": loss, "gradient": loss.diff(z)}
    assert named(logistic=row) == "exponent-sign-throughout"


def test_a_slip_that_nobody_wrote_down_is_located():
    assert named(softmax={"activation": [p[0], exp(z_1) / (1 + p[0]), p[2]]}) == "in-class-1"
    assert named(softmax={"gradient": [p[0], p[1], -p[2]]}) == "in-class-0-and-class-2"
    assert named(logistic={"loss": -t * log(y) - (1 - t) * log(2 - y)}) == "in-t-0"
    assert named(logistic={"gradient": -t * (1 - y) ** 3 + (1 - t) * y}) == "in-t-1"
    assert named(softmax={"gradient": [p[1], p[0], exp(p[2])]}) is None
    assert named(softmax={"gradient": [p[0] - 1, p[1]]}) == "slopes-missing"


def test_an_unknown_mistake_takes_no_hint_from_a_known_one():
    assert named(linear={"loss": (z - t) ** 4}) is None
    assert named(linear={"loss": (z - t) ** 4, "gradient": t - z}) == "gradient-sign"
    assert named(logistic={"loss": bernoulli + z / 100}) is None
    assert named(logistic={"activation": y**3}) is None


def test_entries_that_are_missing_are_no_mistake():
    assert named(linear={"loss": None}) is None
    assert named(linear={"loss": None}, softmax={"gradient": p}) == "target-forgotten"


def test_an_answer_without_a_value_is_not_named():
    for outcome in ("error", "timeout", "crashed", "missing", "failed"):
        calls = [Observed("test", (), {}, False, StudentFailure(outcome, "is a relation"))]
        assert candidates(calls, glm_table, KNOWN) == []
    assert candidates([], glm_table, KNOWN) == []


def test_whatever_a_worker_sends_is_compared_without_an_error():
    strange = [
        {model: dict.fromkeys(ENTRIES, value) for model in MODELS} for value in WEIRD.values()
    ]
    rows = [dict.fromkeys(MODELS, value) for value in WEIRD.values()]

    for value in (*WEIRD.values(), *strange, *rows):
        calls = [Observed("test", (), {}, False, Call(value))]
        assert len(candidates(calls, glm_table, KNOWN)) <= 1


def test_foreign_letters_are_told_wherever_they_stand():
    x = Symbol("x")

    several = diagnosed(linear={"gradient": (z - t) * x}, logistic={"gradient": (y - t) * x})

    assert several.name == "another-symbol"
    assert several.hint.startswith("In linear, gradient; logistic, gradient: ")
