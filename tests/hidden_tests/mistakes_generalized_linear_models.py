"""Mistakes in the one gradient for three models as runnable code; those of the list carry their number."""

import numpy as np
from correct_generalized_linear_models import (
    ACTIVATIONS,
    CORRECT,
    _one_hot,
    _sigmoid,
    softmax,
)
from scipy import special

_gradient = CORRECT["glm_gradient"]["dict of activations"]


def _pairs(z):
    return np.stack([z, np.zeros_like(z)], axis=-1)


def _in_place(z):
    p = _sigmoid(z)
    z *= 0
    return p


def _clipped_in_place(z):
    p = _sigmoid(z)
    np.clip(z, -1, 1, out=z)
    return p


SIGMOID = {
    "index 1": lambda z: softmax(_pairs(z))[..., 1],
    "zero first, index 0": lambda z: softmax(np.stack([np.zeros_like(z), z], axis=-1))[..., 0],
    "complement": lambda z: 1 - softmax(_pairs(z))[..., 0],
    "both": lambda z: softmax(_pairs(z)),
    "first axis": lambda z: softmax(np.stack([z, np.zeros_like(z)]))[0],
    "first axis, last index": lambda z: softmax(np.stack([z, np.zeros_like(z)]))[..., 0],
    "over the examples": lambda z: special.softmax(_pairs(z), axis=0)[..., 0],
    "over everything": lambda z: special.softmax(_pairs(z))[..., 0],
    "softmax of z": softmax,
    "concatenated": lambda z: softmax(np.append(z, 0))[0],
    "concatenated, all but the last": lambda z: softmax(np.append(z, 0))[:-1],
    "one instead of zero": lambda z: softmax(np.stack([z, np.ones_like(z)], axis=-1))[..., 0],
    "minus z": lambda z: softmax(np.stack([z, -z], axis=-1))[..., 0],
    "z twice": lambda z: softmax(np.stack([z, z], axis=-1))[..., 0],
    "one minus z": lambda z: softmax(np.stack([z, 1 - z], axis=-1))[..., 0],
    "sign": lambda z: softmax(_pairs(-z))[..., 0],
    "first row": lambda z: softmax(_pairs(z))[0],
    "first example": lambda z: softmax(_pairs(z))[0, 0],
    "column kept": lambda z: softmax(_pairs(z))[..., :1],
    "transposed": lambda z: softmax(_pairs(z))[..., 0].T[None],
    "argmax": lambda z: softmax(_pairs(z)).argmax(axis=-1),
    "largest": lambda z: softmax(_pairs(z)).max(axis=-1),
    "rounded": lambda z: np.round(softmax(_pairs(z))[..., 0], 4),
    "logarithm": lambda z: np.log(softmax(_pairs(z))[..., 0]),
    "float32": lambda z: softmax(_pairs(z))[..., 0].astype(np.float32),
    "list": lambda z: softmax(_pairs(z))[..., 0].tolist(),
    "tanh": np.tanh,
    "derivative": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    "exponential": lambda z: np.exp(-np.logaddexp(0, z)),
    "clipped": lambda z: _sigmoid(np.clip(z, -2, 2)),
    "pairs of neighbours": lambda z: softmax(np.reshape(z, (-1, 2)))[:, 0],
    "in place": _in_place,
    "clipped in place": _clipped_in_place,
    "identity": lambda z: z,
    "half": lambda z: np.full(np.shape(z), 0.5),
}


def _swap(**activations):
    """The one formula with other activations."""
    table = ACTIVATIONS | activations

    def gradient(model, W, X, t):
        T = _one_hot(t, W.shape[1]) if model == "softmax" else t
        return X.T @ (table[model](X @ W) - T) / len(X)

    return gradient


def _scaled(scale, *models):
    """The right gradient, multiplied for some models."""

    def gradient(model, W, X, t):
        g = _gradient(model, W, X, t)
        return g * scale(W, X, t) if model in models else g

    return gradient


def _instead(other, *models):
    """Another gradient for some models."""

    def gradient(model, W, X, t):
        return (other if model in models else _gradient)(model, W, X, t)

    return gradient


def _slope_kept(model, W, X, t):
    y = _sigmoid(X @ W)
    return X.T @ ((y - t) * y * (1 - y)) / len(X)


def _labels_as_columns(model, W, X, t):
    return X.T @ (softmax(X @ W) - t[:, None]) / len(X)


def _true_column_only(model, W, X, t):
    T = _one_hot(t, W.shape[1])
    return X.T @ ((softmax(X @ W) - T) * T) / len(X)


def _one_hot_transposed(model, W, X, t):
    return X.T @ (softmax(X @ W) - np.eye(W.shape[1])[:, t].reshape(len(t), -1)) / len(X)


def _off_by_one(model, W, X, t):
    return X.T @ (softmax(X @ W) - _one_hot(t - 1, W.shape[1])) / len(X)


def _over_the_examples(Z):
    return special.softmax(Z, axis=0)


def _in_place_probabilities(model, W, X, t):
    g = _gradient(model, W, X, t)
    X *= 2
    return g


def _step_in_place(model, W, X, t):
    g = _gradient(model, W, X, t)
    W -= g
    return g


def _labels_in_place(model, W, X, t):
    g = _gradient(model, W, X, t)
    t[:] = 0
    return g


def _squeezed(model, W, X, t):
    Y = ACTIVATIONS[model](X @ W)
    T = _one_hot(t, W.shape[1]) if model == "softmax" else t
    return np.squeeze(X).T @ np.squeeze(Y - T) / len(X)


def _wrong_axis_of_X(model, W, X, t):
    square = X.shape[0] == X.shape[1]
    return _gradient(model, W, X, t) if not square else X @ _difference(model, W, X, t) / len(X)


def _difference(model, W, X, t):
    T = _one_hot(t, W.shape[1]) if model == "softmax" else t
    return ACTIVATIONS[model](X @ W) - T


def _bias_free(model, W, X, t):
    g = _gradient(model, W, X, t)
    g[-1] = 0
    return g


EVERY = ("linear", "logistic", "softmax")
GRADIENT = {
    "softmax only": lambda model, W, X, t: _gradient("softmax", W, X, t),
    "linear only": _instead(lambda m, W, X, t: X.T @ (X @ W - t) / len(X), "linear", "logistic"),
    "logistic without sigmoid": _swap(logistic=lambda z: z),
    "linear with sigmoid": _swap(linear=_sigmoid),
    "softmax without softmax": _swap(softmax=lambda Z: Z),
    "softmax by sigmoids": _swap(softmax=_sigmoid),
    "logistic by softmax of the batch": _swap(logistic=softmax),
    "linear by softmax of the batch": _swap(linear=softmax),
    "the other class": _swap(logistic=lambda z: _sigmoid(-z)),
    "tanh": _swap(logistic=np.tanh),
    "exponential": _swap(linear=np.exp),
    "M8 softmax over the examples": _swap(softmax=_over_the_examples),
    "M9 softmax over everything": _swap(softmax=special.softmax),
    "decisions": _swap(logistic=lambda z: (z >= 0) * 1.0),
    "M20 slope of σ kept": _instead(_slope_kept, "logistic"),
    "gradient of the MSE": _scaled(lambda W, X, t: 2, "linear"),
    "halved": _scaled(lambda W, X, t: 0.5, "linear"),
    "doubled": _scaled(lambda W, X, t: 2, *EVERY),
    "M21 t − y": _scaled(lambda W, X, t: -1, *EVERY),
    "t − y in one model": _scaled(lambda W, X, t: -1, "logistic"),
    "M23 no mean": _scaled(lambda W, X, t: len(X), *EVERY),
    "no mean in one model": _scaled(lambda W, X, t: len(X), "softmax"),
    "M24 mean twice": _scaled(lambda W, X, t: 1 / len(X), *EVERY),
    "M25 mean over N·K": _scaled(lambda W, X, t: 1 / W.shape[1], "softmax"),
    "mean over D": _scaled(lambda W, X, t: len(X) / X.shape[1], *EVERY),
    "N − 1": _scaled(lambda W, X, t: len(X) / max(len(X) - 1, 1), *EVERY),
    "M26 transposed": lambda model, W, X, t: _gradient(model, W, X, t).T[None],
    "transposed softmax": _instead(lambda m, W, X, t: _gradient(m, W, X, t).T, "softmax"),
    "M28 true column only": _instead(_true_column_only, "softmax"),
    "labels as columns": _instead(_labels_as_columns, "softmax"),
    "one-hot transposed": _instead(_one_hot_transposed, "softmax"),
    "M12 off by one": _instead(_off_by_one, "softmax"),
    "M13 classes of the batch": _instead(
        lambda m, W, X, t: X.T @ (softmax(X @ W) - _one_hot(t, t.max() + 1)) / len(X), "softmax"
    ),
    "sorted classes of the batch": _instead(
        lambda m, W, X, t: X.T @ (softmax(X @ W) - (t[:, None] == np.unique(t))) / len(X),
        "softmax",
    ),
    "labels −1 and 1": _instead(
        lambda m, W, X, t: X.T @ (_sigmoid(X @ W) - (2 * t - 1)) / len(X), "logistic"
    ),
    "targets forgotten": lambda model, W, X, t: X.T @ ACTIVATIONS[model](X @ W) / len(X),
    "absolute differences": lambda model, W, X, t: (
        X.T @ np.abs(_difference(model, W, X, t)) / len(X)
    ),
    "features forgotten": lambda model, W, X, t: np.broadcast_to(
        _difference(model, W, X, t).mean(axis=0), W.shape
    ),
    "one number": lambda model, W, X, t: _gradient(model, W, X, t).mean(),
    "per example": _difference,
    "column for a vector": _instead(
        lambda m, W, X, t: _gradient(m, W, X, t)[:, None], "linear", "logistic"
    ),
    "two columns for one": _instead(
        lambda m, W, X, t: _gradient("softmax", np.column_stack([W, 0 * W]), X, 1 - t), "logistic"
    ),
    "bias not trained": _bias_free,
    "regularized": lambda model, W, X, t: _gradient(model, W, X, t) + 0.01 * W,
    "rounded": lambda model, W, X, t: np.round(_gradient(model, W, X, t), 4),
    "float32": lambda model, W, X, t: _gradient(model, W, X, t).astype(np.float32),
    "list": lambda model, W, X, t: _gradient(model, W, X, t).tolist(),
    "tuple": lambda model, W, X, t: (_gradient(model, W, X, t),),
    "new weights": lambda model, W, X, t: W - _gradient(model, W, X, t),
    "squeezed": _squeezed,
    "N = D silently": _wrong_axis_of_X,
    "names of the lecture": lambda model, W, X, t: (
        _gradient(model, W, X, t) if model.endswith(" regression") else 0 * W
    ),
    "capitals": lambda model, W, X, t: _gradient(
        "linear" if model == "Linear" else "softmax", W, X, t
    ),
    "features in place": _in_place_probabilities,
    "weights in place": _step_in_place,
    "labels in place": _labels_in_place,
    "zeros": lambda model, W, X, t: np.zeros_like(W),
}

MISTAKES = {"sigmoid_as_softmax": SIGMOID, "glm_gradient": GRADIENT}
