"""Derivations as different students write them: every one of these is complete."""

from sympy import Derivative, Rational, cosh, exp, expand_log, log, pi, sqrt, tanh

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
from solutions import derivations

e = exp(-z)

SIGMOID = {
    "reference": derivations.derive_sigmoid_derivative(),
    "tuple": tuple(derivations.derive_sigmoid_derivative()),
    "e to the z": [
        Derivative(sigma, z),
        Derivative(exp(z) / (1 + exp(z)), z),
        exp(z) / (1 + exp(z)) ** 2,
        sigma - sigma**2,
        sigma * (1 - sigma),
    ],
    "SymPy differentiates": [
        Derivative(sigma, z),
        sigma.diff(z),
        1 / (1 + e) - 1 / (1 + e) ** 2,
        sigma * (1 - sigma),
    ],
    "hyperbolic": [
        Derivative(sigma, z),
        Derivative((1 + tanh(z / 2)) / 2, z),
        Derivative(tanh(z / 2), z) / 2,
        1 / (4 * cosh(z / 2) ** 2),
        sigma * (1 - sigma),
    ],
    "power": [
        Derivative(sigma, z),
        -((1 + e) ** -2) * Derivative(e, z),
        (1 + e) ** -2 * e,
        sigma * (1 - sigma),
    ],
    "repeated lines": [line for line in derivations.derive_sigmoid_derivative() for _ in range(2)],
    "by the logarithm": [
        Derivative(sigma, z),
        sigma * Derivative(log(sigma), z),
        -sigma * Derivative(log(1 + e), z),
        sigma * e / (1 + e),
        sigma * (1 - sigma),
    ],
    "quotient with four terms": [
        Derivative(sigma, z),
        e / (1 + 2 * e + exp(-2 * z)),
        1 / (exp(z) + 2 + e),
        e / (1 + e) ** 2,
        (1 - sigma) * sigma,
    ],
}

NLL = {
    "reference": derivations.derive_nll_gradient(),
    "loss simplified first": [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        Derivative(t * log(1 + e) + (1 - t) * log(1 + exp(z)), z),
        -t * e / (1 + e) + (1 - t) * exp(z) / (1 + exp(z)),
        sigma - t,
    ],
    "softplus": [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        Derivative(log(1 + exp(z)) - t * z, z),
        Derivative(log(1 + exp(z)), z) - t,
        exp(z) / (1 + exp(z)) - t,
        sigma - t,
    ],
    "terms apart": [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        -t * Derivative(log(sigma), z) + (t - 1) * Derivative(log(1 - sigma), z),
        -t * (1 - sigma) - (t - 1) * sigma,
        sigma - t,
    ],
    "chain rule": [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        (-t / sigma + (1 - t) / (1 - sigma)) * Derivative(sigma, z),
        (-t / sigma + (1 - t) / (1 - sigma)) * sigma * (1 - sigma),
        (sigma - t) / (sigma * (1 - sigma)) * sigma * (1 - sigma),
        -t + t * sigma + sigma - t * sigma,
        sigma - t,
    ],
    "expanded at the end": [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        -t * Derivative(log(sigma), z) - (1 - t) * Derivative(log(1 - sigma), z),
        -t / sigma * sigma.diff(z) + (1 - t) / (1 - sigma) * sigma.diff(z),
        sigma - t,
    ],
}

SOFTMAX = {
    "reference": derivations.derive_softmax_gradient(),
    "log of the quotient": [
        Derivative(-log(exp(z_0) / S), z_0),
        -S / exp(z_0) * Derivative(exp(z_0) / S, z_0),
        -S / exp(z_0) * (exp(z_0) / S - exp(z_0) ** 2 / S**2),
        -(1 - exp(z_0) / S),
    ],
    "SymPy differentiates": [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(log(S) - z_0, z_0),
        (-log(exp(z_0) / S)).diff(z_0),
        exp(z_0) / S - 1,
    ],
    "divided through": [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(log(1 + exp(z_1 - z_0) + exp(z_2 - z_0)), z_0),
        -(exp(z_1 - z_0) + exp(z_2 - z_0)) / (1 + exp(z_1 - z_0) + exp(z_2 - z_0)),
        -(exp(z_1) + exp(z_2)) / S,
        exp(z_0) / S - 1,
    ],
    "common denominator": [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(log(S), z_0) - Derivative(z_0, z_0),
        Derivative(S, z_0) / S - 1,
        (exp(z_0) - S) / S,
        exp(z_0) / S - 1,
    ],
}

square_0, square_1 = (t_0 - y_0) ** 2, (t_1 - y_1) ** 2
half_log = log(2 * pi * v) / 2
LIKELIHOOD = -log(p_0 * p_1) / 2
NORMAL = mean_square / (2 * v) + half_log

GAUSSIAN = {
    "reference": derivations.derive_mse_from_gaussian(),
    "one example a bracket": [
        LIKELIHOOD,
        -(log(p_0) + log(p_1)) / 2,
        ((square_0 / (2 * v) + half_log) + (square_1 / (2 * v) + half_log)) / 2,
        NORMAL,
    ],
    "one exponential": [
        LIKELIHOOD,
        -log(exp(-(square_0 + square_1) / (2 * v)) / (2 * pi * v)) / 2,
        (square_0 + square_1) / (2 * v) / 2 + log(2 * pi * v) / 2,
        -log(p_0) / 2 - log(p_1) / 2,
        NORMAL,
    ],
    "constant split off first": [
        LIKELIHOOD,
        -log(exp(-square_0 / (2 * v)) * exp(-square_1 / (2 * v))) / 2 + log(2 * pi * v) / 2,
        square_0 / (4 * v) + square_1 / (4 * v) + half_log,
        NORMAL,
    ],
    "quarter": [
        LIKELIHOOD,
        -log(p_0) / 2 - log(p_1) / 2,
        square_0 / (4 * v) + square_1 / (4 * v) + half_log,
        (square_0 + square_1) / (4 * v) + half_log,
    ],
    "predictions first": [
        LIKELIHOOD,
        -Rational(1, 2) * log(p_0) - Rational(1, 2) * log(p_1),
        (y_0 - t_0) ** 2 / (4 * v) + (y_1 - t_1) ** 2 / (4 * v) + half_log,
        ((y_0 - t_0) ** 2 + (y_1 - t_1) ** 2) / 2 / (2 * v) + half_log,
    ],
    "roots": [
        LIKELIHOOD,
        -(log(p_0) + log(p_1)) / 2,
        (log(sqrt(2 * pi * v)) + square_0 / (2 * v)) / 2
        + (log(sqrt(2 * pi * v)) + square_1 / (2 * v)) / 2,
        mean_square / (2 * v) + log(sqrt(2 * pi * v)),
        NORMAL,
    ],
    "SymPy expands": [
        LIKELIHOOD,
        expand_log(LIKELIHOOD),
        -(log(p_0) + log(p_1)) / 2,
        mean_square / (2 * v) + log(2 * pi) / 2 + log(v) / 2,
        NORMAL,
    ],
    "decimals": [
        LIKELIHOOD,
        -0.5 * (log(p_0) + log(p_1)),
        0.25 * square_0 / v + 0.25 * square_1 / v + 0.5 * log(2 * pi * v),
        0.5 * mean_square / v + 0.5 * log(2 * pi * v),
    ],
    "powers": [
        LIKELIHOOD,
        -log(p_0 * p_1 * v * v**-1) / 2,
        -log((2 * pi * v) ** -1) / 2 - log(exp(-(square_0 + square_1) / 2 / v)) / 2,
        -(log(p_0) + log(p_1)) / 2,
        v**-1 * mean_square / 2 + half_log,
    ],
    "squares multiplied out": [
        LIKELIHOOD,
        -(log(p_0) + log(p_1)) / 2,
        (t_0**2 - 2 * t_0 * y_0 + y_0**2 + t_1**2 - 2 * t_1 * y_1 + y_1**2) / (4 * v) + half_log,
        NORMAL,
    ],
    "repeated lines": [line for line in derivations.derive_mse_from_gaussian() for _ in range(2)],
}

CORRECT = {
    "derive_sigmoid_derivative": SIGMOID,
    "derive_nll_gradient": NLL,
    "derive_softmax_gradient": SOFTMAX,
    "derive_mse_from_gaussian": GAUSSIAN,
}
