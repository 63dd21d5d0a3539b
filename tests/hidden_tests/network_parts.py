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


def for_parameters(epochs):
    """Versions of `sgd_epoch` for one array of weights, as versions for Parameters.

    `epochs(gradient)` makes them by name; all parameters are put into one array, and taken out again.
    """

    def version(name):
        def sgd_epoch(parameters, X, t, **settings):
            shapes = [part.shape for part in parameters]

            def gradient(w, X, t):
                return _flattened(gradients(_unflattened(w, shapes), X, t))

            w = epochs(gradient)[name](_flattened(parameters), X, t, **settings)
            return _unflattened(w, shapes)

        return sgd_epoch

    return {name: version(name) for name in epochs(None)}


def _flattened(parameters):
    return np.concatenate([part.ravel() for part in parameters])


def _unflattened(w, shapes):
    parts = np.split(w, np.cumsum([np.prod(shape) for shape in shapes])[:-1])
    return Parameters(*(part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)))
