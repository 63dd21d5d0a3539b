"""The derivation checker: accepts honest derivations, names the first step that does not follow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Add,
    Derivative,
    Float,
    Mul,
    Pow,
    Rational,
    Symbol,
    cosh,
    diff,
    exp,
    log,
    sqrt,
    symbols,
    tanh,
)

from glm2mlp import derivation_tasks
from glm2mlp.derivation import DerivationError, check_derivation, check_trees, to_tree
from glm2mlp.derivation.forms import form
from glm2mlp.derivation.steps import MAX_STEPS
from glm2mlp.derivation.trees import parse
from glm2mlp.derivation.values import Evaluator
from glm2mlp.derivation_tasks import TASKS, S, sigma, t, z, z_0, z_1
from solutions import derivations

pytestmark = pytest.mark.timeout(30)  # a bound for hostile input, not a measurement

SIGMOID = TASKS["derive_sigmoid_derivative"]
NLL = TASKS["derive_nll_gradient"]
SOFTMAX = TASKS["derive_softmax_gradient"]
e = exp(-z)
p = exp(z_0) / S

GOOD = {name: getattr(derivations, name)() for name in TASKS}

VARIANTS = {
    "lecture": (
        SIGMOID,
        [
            Derivative(sigma, z),
            -Derivative(1 + e, z) / (1 + e) ** 2,
            Mul(1 / (1 + e), e / (1 + e), evaluate=False),
            sigma * Mul(Add(e, 1, -1, evaluate=False), 1 / (1 + e), evaluate=False),
            sigma * (1 - sigma),
        ],
    ),
    "power rule, factors exchanged": (
        SIGMOID,
        [
            Derivative((1 + e) ** -1, z),
            -((1 + e) ** -2) * Derivative(1 + e, z),
            -((1 + e) ** -2) * Derivative(e, z),
            (1 + e) ** -2 * e,
            (1 - sigma) * sigma,
        ],
    ),
    "other names of the same last line": (
        SIGMOID,
        [
            Derivative(1 / (e + 1), z),
            -Derivative(e, z) / (1 + e) ** 2,
            e / (1 + e) ** 2,
            ((1 + e) - 1) / (1 + e) / (1 + e),
            -sigma * (sigma - 1),
        ],
    ),
    "SymPy does a step": (
        SIGMOID,
        [
            Derivative(sigma, z),
            diff(sigma, z),
            sigma - sigma**2,
            Mul(1, sigma, Add(1, -sigma, evaluate=False), evaluate=False),
        ],
    ),
    "decimals, plain symbols, a tuple": (
        SIGMOID,
        tuple(
            step.subs(z, Symbol("z"))
            for step in [
                Derivative(1 / (Float(1.0) + exp(-Float(1.0) * z)), z),
                -Derivative(e, z) / (1 + e) ** 2,
                e / (1 + e) ** 2,
                sigma * (Float(1.0) - sigma),
            ]
        ),
    ),
    "slide by slide": (
        NLL,
        [
            Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
            -t / sigma * Derivative(sigma, z) - (1 - t) / (1 - sigma) * Derivative(1 - sigma, z),
            -t / sigma * Derivative(sigma, z) + (1 - t) / (1 - sigma) * Derivative(sigma, z),
            -t / sigma * sigma * (1 - sigma) + (1 - t) / (1 - sigma) * sigma * (1 - sigma),
            -t + t * sigma + sigma - t * sigma,
            sigma - t,
        ],
    ),
    "log-likelihood with the minus factored in": (
        NLL,
        [
            Derivative(-t * log(sigma) + (t - 1) * log(1 - sigma), z),
            (sigma * (1 - sigma)) * (-t / sigma + (1 - t) / (1 - sigma)),
            sigma * (1 - t) - t * (1 - sigma),
            -(t - sigma),
        ],
    ),
    "chain and quotient rule": (
        SOFTMAX,
        [
            Derivative(-log(p), z_0),
            -Derivative(p, z_0) / p,
            -(Derivative(exp(z_0), z_0) * S - exp(z_0) * Derivative(S, z_0)) / S**2 / p,
            -(exp(z_0) * S - exp(z_0) ** 2) / S**2 / p,
            -(1 - p),
        ],
    ),
}


@pytest.mark.parametrize("name", TASKS)
def test_the_reference_is_accepted(name):
    check_derivation(GOOD[name], TASKS[name])


@pytest.mark.parametrize("name", VARIANTS)
def test_honest_variants_are_accepted(name):
    task, steps = VARIANTS[name]
    check_derivation(steps, task)


@pytest.mark.parametrize("task", TASKS.values(), ids=list(TASKS))
def test_the_texts_of_a_task_are_its_formulas(task):
    names = vars(derivation_tasks) | {symbol.name: symbol for symbol in task.symbols}
    assert eval(task.first_text, names) == task.first
    assert eval(task.last_text, names) == task.last


BREAKS = {
    "sign": lambda step, x: -step,
    "factor": lambda step, x: step * 2,
    "term": lambda step, x: step + x,
    "tiny": lambda step, x: step + Rational(1, 10**9),
}


@pytest.mark.parametrize("slip", BREAKS)
@pytest.mark.parametrize("name", TASKS)
def test_a_derivation_broken_at_a_step_is_refused_at_that_step(name, slip):
    task = TASKS[name]
    for i in range(1, len(GOOD[name])):
        steps = list(GOOD[name])
        steps[i] = BREAKS[slip](steps[i], task.symbols[0])
        with pytest.raises(DerivationError, match="does not follow") as caught:
            check_derivation(steps, task)
        assert caught.value.step == i + 1


def test_the_message_says_where_the_values_differ():
    steps = list(GOOD["derive_nll_gradient"])
    steps[2] = -steps[2]
    with pytest.raises(
        DerivationError,
        match=r"Step 3 does not follow from step 2: at z = -?\d\.\d\d, t = -?\d\.\d\d step 2 is",
    ):
        check_derivation(steps, NLL)


def test_a_verdict_and_its_message_are_deterministic():
    def message(seed):
        with pytest.raises(DerivationError) as caught:
            check_derivation([GOOD["derive_sigmoid_derivative"][0], z], SIGMOID, seed)
        return str(caught.value)

    assert message(0) == message(0) != message(1)


def test_the_first_line_is_the_one_asked_for():
    steps = [diff(sigma, z), *GOOD["derive_sigmoid_derivative"][1:]]
    with pytest.raises(DerivationError, match=r"start with Derivative\(sigma, z\)") as caught:
        check_derivation(steps, SIGMOID)
    assert caught.value.step == 1


@pytest.mark.parametrize(
    "last",
    [
        sigma - sigma**2,
        e / (1 + e) ** 2,
        exp(z) / (1 + exp(z)) * (1 - sigma),
        Derivative(sigma, z),
        (1 - tanh(z / 2) ** 2) / 4,
    ],
)
def test_the_value_alone_is_not_the_last_line(last):
    steps = [*GOOD["derive_sigmoid_derivative"], last]
    with pytest.raises(DerivationError, match="right value, but not yet the form") as caught:
        check_derivation(steps, SIGMOID)
    assert caught.value.step == len(steps)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((z / 2 + t / 2) / exp(z), (z + t) / exp(z) / 2, True),
        ((2 * z - 2 * t) * exp(z), 2 * exp(z) * (z - t), True),
        (1 / (2 * z + 2 * t), 1 / (z + t) / 2, True),
        ((t / 3 - z / 3) ** 2, (z - t) ** 2 / 9, True),
        ((3 * t - 3 * z) ** 3, 27 * (t - z) ** 3, True),
        ((2 * z + t) * exp(z), 2 * exp(z) * (z + t), False),
        ((z + t) * exp(z), z * exp(z) + t * exp(z), False),
        (2 * log(z + t), log(z + t), False),
    ],
)
def test_a_number_before_a_bracket_or_in_it_reads_the_same(a, b, same):
    one, other = (form(parse(to_tree(expression), ["z", "t"])) for expression in (a, b))
    assert (one == other) is same


def test_a_number_before_a_bracket_stays_bounded():
    huge = Pow(Add(10**12 * z, 10**12 * t, evaluate=False), 64, evaluate=False)
    with pytest.raises(DerivationError, match="too large"):
        form(parse(to_tree(huge), ["z", "t"]))


def test_repeated_lines_do_not_count():
    first, *_, last = GOOD["derive_sigmoid_derivative"]
    again = Derivative(Pow(Add(exp(-z), 1, evaluate=False), -1, evaluate=False), z)
    with pytest.raises(DerivationError, match=r"2 different steps, but at least 4.*step 2 repeats"):
        check_derivation([first, again, Add(first, 0, evaluate=False), last], SIGMOID)


def test_repeated_lines_are_forgiven_when_enough_others_are_there():
    steps = GOOD["derive_sigmoid_derivative"]
    check_derivation([steps[0], *steps], SIGMOID)


def test_too_few_lines_are_told():
    first, *_, last = GOOD["derive_sigmoid_derivative"]
    with pytest.raises(DerivationError, match="2 different steps, but at least 4"):
        check_derivation([first, last], SIGMOID)


@pytest.mark.parametrize("steps", [[], ()])
def test_an_empty_list_is_told(steps):
    with pytest.raises(DerivationError, match="empty"):
        check_derivation(steps, SIGMOID)


def test_a_symbol_of_another_exercise_is_named():
    with pytest.raises(DerivationError, match="'z_1' is not one of") as caught:
        check_derivation([Derivative(sigma, z), z_1], SIGMOID)
    assert caught.value.step == 2


def test_a_step_without_a_value_is_not_skipped():
    # sqrt(z)² = z only where z ≥ 0.
    steps = GOOD["derive_sigmoid_derivative"]
    gap = Add(steps[1], Mul(0, sqrt(z), evaluate=False), evaluate=False)
    with pytest.raises(DerivationError, match="has no value at z = -") as caught:
        check_derivation([steps[0], gap, *steps[1:]], SIGMOID)
    assert caught.value.step == 2


FIRST = to_tree(SIGMOID.first)
Z = ["Symbol", "z"]


def integer(n):
    return ["Integer", n]


def tower(step, depth, tree):
    for _ in range(depth):
        tree = step(tree)
    return tree


HOSTILE = {
    "tower of numbers": tower(lambda x: ["Pow", integer(10), x], 55, integer(10)),
    "tower of powers": tower(lambda x: ["Pow", x, integer(10**12)], 55, integer(3)),
    "tower of small powers": tower(lambda x: ["Pow", x, integer(64)], 55, Z),
    "power near one": tower(
        lambda x: ["Pow", x, integer(10**12)], 9, ["Rational", 10**12 - 1, 10**12]
    ),
    "tower of exp": tower(lambda x: ["exp", x], 55, Z),
    "derivatives nested": tower(lambda x: ["Derivative", x, Z], 50, ["exp", Z]),
    "many denominators": ["Add", *(["Rational", 1, 10**12 - k] for k in range(1900))],
    "many factors": ["Mul", *(["Add", Z, integer(k)] for k in range(600))],
    "derivative of many factors": [
        "Derivative",
        ["Derivative", ["Mul", *(["Add", Z, integer(k)] for k in range(600))], Z],
        Z,
    ],
    "zero to the power of zero": ["Pow", integer(0), integer(0)],
    "one by zero": ["Pow", ["Add", Z, ["Mul", integer(-1), Z]], integer(-1)],
    "logarithm of a negative": ["log", ["Mul", integer(-1), ["exp", Z]]],
    "tanh of the very large": ["tanh", ["Pow", integer(10), integer(1000)]],
    "not a tree": {"Symbol": "z"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_steps_are_refused(name):
    for steps in (
        [FIRST, HOSTILE[name]],
        [HOSTILE[name], HOSTILE[name]],
        [FIRST, ["Add", FIRST, ["Mul", integer(0), HOSTILE[name]]]],
    ):
        with pytest.raises(DerivationError):
            check_trees(steps, SIGMOID)


def test_a_derivation_costs_no_more_than_its_bound():
    long = [
        "Add",
        FIRST,
        *(["Mul", integer(0), ["exp", ["Add", Z, integer(k)]]] for k in range(300)),
    ]
    with pytest.raises(DerivationError, match="too long"):
        check_trees([FIRST] + [long] * 30, SIGMOID)


def test_too_many_steps_are_told():
    with pytest.raises(DerivationError, match=f"more than {MAX_STEPS} steps"):
        check_trees([FIRST] * (MAX_STEPS + 1), SIGMOID)


junk = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 10**13),
        st.floats(),
        st.sampled_from(["z", "q", "Add", "Derivative"]),
        st.sampled_from([Z, integer(-2), ["Rational", 1, 3], ["Pi"], ["Exp1"]]),
    ),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["Add", "Mul", "Pow"]), inner, inner).map(list),
        st.tuples(st.sampled_from(["exp", "log", "tanh", "cosh", "Abs", "Symbol"]), inner).map(
            list
        ),
        inner.map(lambda x: ["Derivative", x, Z]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=25,
)


@settings(max_examples=300)
@given(junk)
def test_any_plain_data_ends_in_a_derivation_error(tree):
    for steps in ([tree, SIGMOID.last], [FIRST, tree]):
        with pytest.raises(DerivationError):
            check_trees(steps, SIGMOID)


@pytest.mark.parametrize(
    "expression",
    [
        sigma * (1 - sigma),
        Derivative(log(1 + exp(z * t)), z),
        Derivative(Derivative(exp(z * t), z), t),
        tanh(z) ** 3 / cosh(t),
        sqrt(z**2 + t**2),
        exp(-((t - z) ** 2) / 2) / sqrt(2 * symbols("pi")),
        abs(z) - t ** Rational(-2),
    ],
)
def test_values_agree_with_sympy(expression):
    expression = expression.subs("pi", 3)
    evaluator = Evaluator()
    for point in (p for p, _ in zip(evaluator.points(["z", "t"], [], 3), range(4), strict=False)):
        ours = evaluator.value(parse(to_tree(expression), ["z", "t"]), point)
        at = {z: Rational(str(point["z"])), t: Rational(str(point["t"]))}
        assert evaluator.close(ours, evaluator.mp.mpf(str(expression.doit().subs(at).evalf(35))))


def test_points_have_both_signs_and_keep_assumptions():
    points = [p for p, _ in zip(Evaluator().points(["a", "b"], ["b"], 0), range(8), strict=False)]
    assert {p["a"] > 0 for p in points} == {True, False}
    assert all(p["b"] > 0 for p in points)
