"""Derivations with mistakes, each with the hidden tests that it passes all the same."""

from correct_derivations import CORRECT, LIKELIHOOD, NORMAL, half_log, square_0, square_1
from sympy import Derivative, Eq, Integral, Matrix, Symbol, cos, exp, log, pi, sqrt

from glm2mlp.derivation_tasks import TASKS, S, mean_square, p_0, p_1, sigma, t, v, z, z_0

NONE: frozenset[str] = frozenset()
START = frozenset({"test_first_step"})
STEPS = START | {"test_every_step_follows"}

D_SIGMOID, D_NLL, D_SOFTMAX = (TASKS[name].first for name in list(CORRECT)[:3])
GAUSSIAN = CORRECT["derive_mse_from_gaussian"]["reference"]


def _common(name):
    """Mistakes that can be made in any of the derivations."""
    task = TASKS[name]
    lines = CORRECT[name]["reference"]
    return {
        "empty": ([], NONE),
        "no return": (None, NONE),
        "last line only": (task.last, NONE),
        "list of the last line": ([task.last], NONE),
        "first line only": ([task.first], NONE),
        "first line again and again": ([task.first] * 5, NONE),
        "last line again and again": ([task.last] * 5, NONE),
        "first and last": ([task.first, task.last], START),
        "first and last, repeated": ([task.first, task.first, task.last, task.last], START),
        "without the first": (lines[1:], NONE),
        "first line worked out": ([lines[2], *lines[1:]], NONE),
        "without the last": (lines[:-1], STEPS),
        "half": (lines[: len(lines) // 2], START),
        "one step too few": ([lines[0], lines[2], lines[-1]], STEPS),
        "backwards": (lines[::-1], NONE),
        "wrong at once": ([lines[0], 2 * lines[1], *lines[2:]], NONE),
        "wrong at the end": ([*lines[:-1], -lines[-1]], START),
        "wrong in the middle": ([*lines[:2], lines[2] + 1, *lines[3:]], START),
        "nearly right in the middle": ([*lines[:2], lines[2] + exp(-30), *lines[3:]], START),
        "relation": ([lines[0], Eq(lines[0], lines[1]), *lines[1:]], NONE),
        "matrix": ([Matrix(lines)], NONE),
        "text": ([str(line) for line in lines], NONE),
        "nested": ([lines], NONE),
        "numbers": ([1, 2, 3, 4], NONE),
        "decimals": ([0.25, 0.5, 0.75, 1.5], NONE),
        "truth values": ([True, True, True, True], NONE),
        "foreign symbol": ([lines[0], lines[1] + Symbol("x"), *lines[2:]], NONE),
        "foreign symbol that cancels": ([lines[0], lines[1] ** Symbol("x"), *lines[2:]], NONE),
        "foreign function": ([lines[0], lines[1] * cos(0 * z + 1), *lines[2:]], NONE),
        "integral": ([lines[0], Integral(lines[1], z), *lines[2:]], NONE),
        "division by zero": ([lines[0], lines[1] / (exp(z) - exp(z)), *lines[2:]], NONE),
        "logarithm of a negative": ([lines[0], log(-1 - exp(z)), *lines[2:]], NONE),
        "too many": ([lines[0]] * 50, NONE),
        "another derivation": (next(c["reference"] for n, c in CORRECT.items() if n != name), NONE),
    }


def _differentiated(name):
    first = TASKS[name].first.doit()
    return {"first line differentiated": ([first, *CORRECT[name]["reference"][1:]], NONE)}


MISTAKES = {
    "derive_sigmoid_derivative": _common("derive_sigmoid_derivative")
    | _differentiated("derive_sigmoid_derivative")
    | {
        "sign of the inner derivative": (
            [D_SIGMOID, -exp(-z) / (1 + exp(-z)) ** 2, sigma - sigma**2, sigma * (1 - sigma)],
            NONE,
        ),
        "square forgotten": (
            [D_SIGMOID, exp(-z) / (1 + exp(-z)), sigma - sigma**2, sigma * (1 - sigma)],
            NONE,
        ),
        "plus for minus": (
            [*CORRECT["derive_sigmoid_derivative"]["reference"][:3], sigma * (1 + sigma)],
            START,
        ),
        "not factored": (CORRECT["derive_sigmoid_derivative"]["reference"][:-1], STEPS),
        "σ for its derivative": ([sigma, sigma - sigma**2, sigma * (1 - sigma)], NONE),
    },
    "derive_nll_gradient": _common("derive_nll_gradient")
    | _differentiated("derive_nll_gradient")
    | {
        "minus lost": (
            [
                Derivative(t * log(sigma) + (1 - t) * log(1 - sigma), z),
                *CORRECT["derive_nll_gradient"]["reference"][1:],
            ],
            NONE,
        ),
        "sign of the second term": (
            [D_NLL, -t * (1 - sigma) - (1 - t) * sigma, t - sigma, sigma - t],
            NONE,
        ),
        "inner derivative forgotten": (
            [
                *CORRECT["derive_nll_gradient"]["reference"][:2],
                -t / sigma + (1 - t) / (1 - sigma),
                sigma - t,
            ],
            START,
        ),
        "t − σ": ([*CORRECT["derive_nll_gradient"]["reference"][:-1], t - sigma], START),
        "for t = 1 only": ([D_NLL, Derivative(-log(sigma), z), sigma - 1, sigma - t], NONE),
    },
    "derive_softmax_gradient": _common("derive_softmax_gradient")
    | _differentiated("derive_softmax_gradient")
    | {
        "another class": (
            [D_SOFTMAX, Derivative(log(S) - z_0, z_0), Derivative(S, z_0) / S, exp(z_0) / S],
            START,
        ),
        "1 − y": (
            [*CORRECT["derive_softmax_gradient"]["reference"][:-1], 1 - exp(z_0) / S],
            START,
        ),
        "only the numerator": ([D_SOFTMAX, Derivative(-z_0, z_0), exp(z_0) / S - 1], NONE),
    },
    "derive_mse_from_gaussian": _common("derive_mse_from_gaussian")
    | {
        "sum, not mean": (
            [-log(p_0 * p_1), -log(p_0) - log(p_1), *GAUSSIAN[2:]],
            NONE,
        ),
        "minus lost": ([log(p_0 * p_1) / 2, (log(p_0) + log(p_1)) / 2, *GAUSSIAN[2:]], NONE),
        "log of a product as a product": (
            [LIKELIHOOD, -log(p_0) * log(p_1) / 2, *GAUSSIAN[2:]],
            NONE,
        ),
        "log of a product as the log of a sum": (
            [LIKELIHOOD, -log(p_0 + p_1) / 2, *GAUSSIAN[2:]],
            NONE,
        ),
        "the ½ forgotten": (
            [*GAUSSIAN[:2], mean_square / v + half_log, NORMAL],
            START,
        ),
        "averaged twice": ([*GAUSSIAN[:2], mean_square / (4 * v) + half_log, NORMAL], START),
        "constant of one example": (
            [*GAUSSIAN[:2], (square_0 + square_1) / (4 * v) + half_log / 2, NORMAL],
            START,
        ),
        "constant dropped": (
            [*GAUSSIAN[:2], square_0 / (4 * v) + square_1 / (4 * v), mean_square / (2 * v)],
            START,
        ),
        "constant dropped at the end": ([*GAUSSIAN[:4], mean_square / (2 * v)], START),
        "only the mean square": ([*GAUSSIAN[:4], mean_square], START),
        "σ for σ²": (
            [*GAUSSIAN[:2], (square_0 + square_1) / (4 * sqrt(v)) + half_log, NORMAL],
            START,
        ),
        "v² for v": ([*GAUSSIAN[:2], (square_0 + square_1) / (4 * v**2) + half_log, NORMAL], START),
        "root lost": (
            [*GAUSSIAN[:2], (square_0 + square_1) / (4 * v) + log(2 * pi * v), NORMAL],
            START,
        ),
        "residuals added before they are squared": (
            [*GAUSSIAN[:2], sum(GAUSSIAN[3].free_symbols - {v}) ** 2 / (4 * v) + half_log, NORMAL],
            START,
        ),
        "ends in roots": ([*GAUSSIAN[:3], mean_square / (2 * v) + log(sqrt(2 * pi * v))], STEPS),
        "ends in two logarithms": (
            [*GAUSSIAN[:4], mean_square / (2 * v) + log(2 * pi) / 2 + log(v) / 2],
            STEPS,
        ),
        "ends in two fractions": (GAUSSIAN[:4], STEPS),
    },
}
