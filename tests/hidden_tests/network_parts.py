"""A right network for the cohorts of the multilayer perceptron, and ways to write one."""

from typing import NamedTuple

import numpy as np
from scipy import special


class Parameters(NamedTuple):
    """As the locked cell of the notebook defines them."""

    W_h: np.ndarray
    b_h: np.ndarray
    W_y: np.ndarray
    b_y: np.ndarray


def one_hot(t, K):
    return np.eye(K)[t]


def init_parameters(D, H, K, rng):
    layers = []
    for inputs, outputs in ((D, H), (H, K)):
        a = inputs**-0.5
        layers += [rng.uniform(-a, a, (inputs, outputs)), np.zeros(outputs)]
    return Parameters(*layers)


def logits(P, X):
    W_h, b_h, W_y, b_y = P
    return np.maximum(0, X @ W_h + b_h) @ W_y + b_y


def log_p(P, X):
    return special.log_softmax(logits(P, X), axis=1)


def unshifted(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def forward(parameters, X):
    W_h, b_h, W_y, b_y = parameters
    hidden = np.maximum(0, X @ W_h + b_h)
    return hidden, special.softmax(hidden @ W_y + b_y, axis=1)


def gradients(parameters, X, t):
    _, _, W_y, b_y = parameters
    hidden, Y = forward(parameters, X)
    D = (Y - one_hot(t, len(b_y))) / len(t)
    D_h = D @ W_y.T * (hidden > 0)
    return Parameters(X.T @ D_h, D_h.sum(axis=0), hidden.T @ D, D.sum(axis=0))


def with_attributes(function):
    """`function` of the four parameters and of what follows, as one of `parameters`."""
    return lambda parameters, *args: function(
        parameters.W_h, parameters.b_h, parameters.W_y, parameters.b_y, *args
    )
