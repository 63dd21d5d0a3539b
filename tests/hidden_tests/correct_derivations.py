"""Derivations as different students write them: every one of these is complete."""

from sympy import Derivative, cosh, exp, log, tanh

from glm2mlp.derivation_tasks import S, sigma, t, z, z_0, z_1, z_2
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

CORRECT = {
    "derive_sigmoid_derivative": SIGMOID,
    "derive_nll_gradient": NLL,
    "derive_softmax_gradient": SOFTMAX,
}
