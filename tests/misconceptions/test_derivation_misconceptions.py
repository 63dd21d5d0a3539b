"""A derivation's misconceptions: each is caught, recognised by the value of its line, and told apart."""

import itertools

import correct_derivations
import mistakes_derivations
import pytest
from in_process import InProcessStudent, Run, run_all
from sympy import Derivative, cosh, exp, log, pi, tanh
from thinning import some
from weird_values import WEIRD

from autograder.authoring import load_reference
from autograder.grading.diagnosis import Observed
from autograder.grading.diagnosis_by_kind import diagnose_exercise
from autograder.grading.diagnosis_derivations import candidates, faults_of
from autograder.misconceptions import misconceptions_of
from autograder.outcomes import StudentFailure
from autograder.testing import Call, Expression
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.derivation_tasks import (
    S,
    mean_square,
    p_0,
    p_1,
    sigma,
    t,
    t_0,
    t_1,
    v,
    y_0,
    y_1,
    z,
    z_0,
    z_1,
    z_2,
)

ASSIGNMENT_OF = {
    exercise.name: assignment.name
    for assignment in ASSIGNMENTS.values()
    for exercise in assignment.exercises
    if exercise.kind == "derivation"
}
SIGMOID, NLL, SOFTMAX, GAUSSIAN = correct_derivations.CORRECT
each_derivation = pytest.mark.parametrize("exercise", ASSIGNMENT_OF)


def known_of(exercise):
    return misconceptions_of(ASSIGNMENTS[ASSIGNMENT_OF[exercise]], exercise)


def runs_of(exercise, answers):
    """The hidden tests on answers (name → function), as the engine runs them."""
    runs = [Run(name, InProcessStudent({exercise: answer}), 0) for name, answer in answers.items()]
    run_all(ASSIGNMENT_OF[exercise], exercise, runs)
    return runs


def observed(exercise, lines):
    """The call of an answer, as it is recorded in the hidden tests."""
    try:
        ended = InProcessStudent({exercise: lambda: lines}).call(exercise, (), {}, after=False)
    except StudentFailure as failure:
        ended = failure
    return [Observed("test", (), {}, False, ended)]


def diagnosis_of(exercise, calls):
    assignment = ASSIGNMENT_OF[exercise]
    right = load_reference(ASSIGNMENTS[assignment])[exercise]
    declared = ASSIGNMENTS[assignment].exercise(exercise)
    return diagnose_exercise(declared, calls, right, known_of(exercise))


def named(exercise, lines):
    diagnosis = diagnosis_of(exercise, observed(exercise, lines))
    return diagnosis and diagnosis.name


@pytest.mark.parametrize("exercise", some(ASSIGNMENT_OF))
def test_every_misconception_is_caught_and_recognised(exercise):
    answers = {
        (m.id, number): answer
        for m in known_of(exercise)
        for number, answer in enumerate((m.wrong, *m.also))
    }

    runs = runs_of(exercise, answers)
    found = {run.name: diagnosis_of(exercise, run.calls) for run in runs}

    assert [run.name for run in runs if not run.failed] == []
    assert [
        (name, diagnosis and diagnosis.name)
        for name, diagnosis in found.items()
        if diagnosis is None or diagnosis.name != name[0]
    ] == []


@each_derivation
def test_no_two_misconceptions_go_wrong_in_the_same_way(exercise):
    faults = {m.id: faults_of(m, exercise) for m in known_of(exercise)}

    same = [
        (one, other)
        for one, other in itertools.combinations(faults, 2)
        if any(a.is_like(b) for a in faults[one] for b in faults[other])
    ]

    assert same == []


@each_derivation
def test_ids_are_unique_and_hints_say_something(exercise):
    known = known_of(exercise)

    assert len(known) >= 30
    assert len({m.id for m in known}) == len(known) == len({m.hint for m in known})
    for misconception in known:
        assert misconception.belief.endswith(".")
        assert 40 <= len(misconception.hint) <= 250


@each_derivation
def test_hints_contain_no_line_of_the_derivation(exercise):
    """A line has brackets, stars or a name of SymPy; a hint is prose."""
    for misconception in known_of(exercise):
        for code in ("**", " * ", "exp(", "sigma", "Derivative(", "z_0", "p_0"):
            assert code not in misconception.hint, misconception.id


@each_derivation
def test_right_derivations_are_never_diagnosed(exercise):
    right = correct_derivations.CORRECT[exercise]

    assert len(right) >= 5
    for lines in right.values():
        assert candidates(exercise, observed(exercise, lines), known_of(exercise)) == []


@each_derivation
def test_most_of_the_older_wrong_answers_are_recognised(exercise):
    mistakes = [value for value, _ in mistakes_derivations.MISTAKES[exercise].values()]

    found = [
        candidates(exercise, observed(exercise, value), known_of(exercise)) for value in mistakes
    ]

    assert sum(len(fitting) == 1 for fitting in found) >= 0.75 * len(mistakes)


# The same mistakes in another spelling, or made on another way.
OTHERWISE = [
    (SIGMOID, "sign", [-1 / (exp(z) + 2 + exp(-z))]),
    (SIGMOID, "sign", [Derivative(exp(-z) / (1 + exp(-z)), z)]),
    (SIGMOID, "square-lost", [1 / (1 + exp(z))]),
    (SIGMOID, "slope-is-the-function", [(1 + tanh(z / 2)) / 2]),
    (SIGMOID, "constant-factor", [Derivative(tanh(z / 2), z), 1 / (2 * cosh(z / 2) ** 2)]),
    (SIGMOID, "inner-derivative-lost", [-(sigma**2)]),
    (NLL, "inner-derivative-of-log", [(sigma - t) / (sigma * (1 - sigma))]),
    (NLL, "sign", [-t * (sigma - 1) - sigma * (1 - t)]),
    (NLL, "factors-exchanged", [1 - sigma - t]),
    (NLL, "slope-left", [(sigma - t) * Derivative(sigma, z)]),
    (SOFTMAX, "sign", [(S - exp(z_0)) / S]),
    (SOFTMAX, "numerator-forgotten", [Derivative(log(S), z_0)]),
    (SOFTMAX, "derivative-lost", [-log(exp(z_0) / S)]),
    (SOFTMAX, "log-lost", [Derivative(-exp(z_0) / S, z_0)]),
    (GAUSSIAN, "sign", [(log(p_0) + log(p_1)) / 2]),
    (GAUSSIAN, "mean-lost", [-log(p_0) - log(p_1)]),
    (GAUSSIAN, "half-of-the-squares-lost", [mean_square / v + log(2 * pi * v) / 2]),
    (GAUSSIAN, "constant-dropped", [0.5 * mean_square * v**-1]),
]


@pytest.mark.parametrize(("exercise", "name", "wrong"), OTHERWISE)
def test_the_value_of_a_line_counts_and_not_its_spelling(exercise, name, wrong):
    first, *_, last = correct_derivations.CORRECT[exercise]["reference"]
    lines = [first, *wrong, last]

    assert named(exercise, lines) == name


def test_only_the_first_wrong_line_counts():
    first, second, *_, last = correct_derivations.CORRECT[SIGMOID]["reference"]

    assert named(SIGMOID, [first, second, sigma, -last, last]) == "slope-is-the-function"
    assert named(SIGMOID, [first, second, -last, sigma, last]) == "sign"


def test_the_hint_says_which_line_it_is_about():
    first, second, third, *_, last = correct_derivations.CORRECT[SIGMOID]["reference"]

    late = diagnosis_of(SIGMOID, observed(SIGMOID, [first, second, third, -last, last]))
    early = diagnosis_of(SIGMOID, observed(SIGMOID, [first, -last, last]))

    assert late.hint.startswith("Look at line 4. ")
    assert early.hint.startswith("Look at line 2. ")


def test_the_same_slip_in_the_first_line_is_another_misconception():
    first, *others = correct_derivations.CORRECT[NLL]["reference"]

    assert named(NLL, [-first, *others]) == "minus-lost-at-first"
    assert named(NLL, [first, -others[0], *others]) == "sign"


def test_a_lost_minus_is_seen_on_top_of_another_mistake():
    first, second, *_, last = correct_derivations.CORRECT[SIGMOID]["reference"]
    lines = [first, second, sigma**2 - 1, last]

    diagnosis = diagnosis_of(SIGMOID, observed(SIGMOID, lines))

    assert diagnosis.name == "square-for-product + sign"
    assert diagnosis.hint.startswith("Look at line 3. Two things. ")
    assert diagnosis.hint.endswith(" And: a minus has got lost.")


# Slips that nobody has written down, by the part of the line in which they are.
SOMEWHERE = [
    (NLL, "term-of-class-0", [-t * (1 - sigma) + (1 - t) * sigma / 5]),
    (NLL, "term-of-class-0", [-t * Derivative(log(sigma), z) - (1 - t) * Derivative(log(2 - sigma), z)]),
    (NLL, "term-of-class-1", [-t * tanh(sigma) + (1 - t) * sigma]),
    (GAUSSIAN, "constant", [mean_square / (2 * v) + log(3 * pi * v) / 2]),
    (GAUSSIAN, "first-example", [(t_0 + 1) ** 2 / (4 * v) - log(p_1) / 2]),
    (GAUSSIAN, "second-example", [-log(p_0) / 2 - log(p_1 / v) / 2 - y_1]),
    (GAUSSIAN, "squares", [mean_square / (3 * v) + log(2 * pi * v) / 2]),
    (SOFTMAX, "indices", [exp(z_0) / (exp(z_0) + exp(2 * z_1 - z_2) + exp(z_2)) - 1]),
    (SOFTMAX, "right-at-zero-only", [exp(z_0 / 2) / S - 1]),
    (SIGMOID, "right-at-zero-only", [exp(z / 2) / (1 + exp(z)) ** 2]),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "name", "wrong"), SOMEWHERE)
def test_an_unknown_slip_is_located(exercise, name, wrong):
    first, *_, last = correct_derivations.CORRECT[exercise]["reference"]

    assert named(exercise, [first, *wrong, last]) == name


def test_no_part_is_named_if_the_whole_line_is_wrong():
    for exercise, wrong in [
        (NLL, sigma**3 - t**2),
        (GAUSSIAN, t_0 * y_1 * v),
        (GAUSSIAN, mean_square**2),
        (GAUSSIAN, t_0 - y_0 + log(v) * t_1),
        (SOFTMAX, S),
        (SIGMOID, sigma**3),
    ]:
        first, *_, last = correct_derivations.CORRECT[exercise]["reference"]
        assert named(exercise, [first, wrong, last]) is None


def test_an_unknown_mistake_is_not_named():
    first, second, *_, last = correct_derivations.CORRECT[SIGMOID]["reference"]

    assert named(SIGMOID, [first, second, sigma**7, last]) is None
    assert named(SIGMOID, [first, second, -last + exp(-30), last]) is None


def test_an_answer_without_a_value_is_not_named():
    for outcome in ("error", "timeout", "crashed", "missing"):
        calls = [Observed("test", (), {}, False, StudentFailure(outcome, "is a relation"))]
        assert candidates(SIGMOID, calls, known_of(SIGMOID)) == []
    assert candidates(SIGMOID, [], known_of(SIGMOID)) == []


@each_derivation
def test_whatever_a_worker_sends_is_compared_without_an_error(exercise):
    for value in (*WEIRD.values(), *([each] for each in WEIRD.values())):
        calls = [Observed("test", (), {}, False, Call(value))]
        assert len(candidates(exercise, calls, known_of(exercise))) <= 1


def test_lines_that_would_take_long_are_given_up():
    tree = ["Symbol", "z"]
    for _ in range(8):
        tree = ["Add", *[["exp", ["tanh", tree]]] * 2]
    first = Expression(["Derivative", ["Derivative", tree, ["Symbol", "z"]], ["Symbol", "z"]])
    calls = [Observed("test", (), {}, False, Call([first] * 3))]

    assert candidates(SIGMOID, calls, known_of(SIGMOID)) == []
