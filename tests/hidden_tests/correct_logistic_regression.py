"""Logistic regression as different students write it: every one of these is right."""

import math

import numpy as np
from correct_sgd_epoch import correct_epochs


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _masked(z):
    z = np.asarray(z)
    out = np.empty(z.shape)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    out[~positive] = np.exp(z[~positive]) / (1 + np.exp(z[~positive]))
    return out


def _entry_by_entry(function):
    def loop(z):
        out = np.array(z, dtype=float)
        for index in np.ndindex(out.shape):
            out[index] = function(out[index])
        return out

    return loop


def _filled(z):
    out = np.zeros_like(z)
    for index in np.ndindex(z.shape):
        out[index] = _sigmoid(z[index])
    return out


SIGMOID = {
    "formula": _sigmoid,
    "filled": _filled,
    "reciprocal": lambda z: np.reciprocal(1.0 + np.exp(np.negative(z))),
    "where": lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
    "masks": _masked,
    "tanh": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "logaddexp": lambda z: np.exp(-np.logaddexp(0, -z)),
    "loop": _entry_by_entry(lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0),
    "vectorize": np.vectorize(lambda z: 1 / (1 + np.exp(-z)), otypes=[float]),
    "clipped safely": lambda z: 1 / (1 + np.exp(-np.clip(z, -700, 700))),
    "one minus": lambda z: 1 - 1 / (1 + np.exp(np.asarray(z, dtype=float))),
    "long double": lambda z: 1 / (1 + np.exp(-np.asarray(z, dtype=np.longdouble))),
    "big endian": lambda z: _sigmoid(z).astype(">f8"),
    "flat": lambda z: np.array([_sigmoid(v) for v in np.ravel(z)]).reshape(np.shape(z)),
}

SIGMOID_DERIVATIVE = {
    "formula": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    "expanded": lambda z: _sigmoid(z) - _sigmoid(z) ** 2,
    "symmetric": lambda z: _sigmoid(z) * _sigmoid(-z),
    "even": lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2,
    "one fraction": lambda z: 1 / (2 + np.exp(z) + np.exp(-z)),
    "cosh": lambda z: 0.25 / np.cosh(z / 2) ** 2,
    "tanh": lambda z: (1 - np.tanh(z / 2) ** 2) / 4,
    "logarithms": lambda z: np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z)),
    "loop": _entry_by_entry(lambda z: float(_sigmoid(z) * (1 - _sigmoid(z)))),
    "power": lambda z: np.prod([_masked(z * 1.0), 1 - _masked(z * 1.0)], axis=0),
}

LOGIT = {
    "formula": lambda p: np.log(p / (1 - p)),
    "difference": lambda p: np.log(p) - np.log(1 - p),
    "log1p": lambda p: np.log(p) - np.log1p(-p),
    "inverted": lambda p: -np.log(1 / p - 1),
    "odds against": lambda p: -np.log((1 - p) / p),
    "artanh": lambda p: 2 * np.arctanh(2 * p - 1),
    "binary": lambda p: np.log2(p / (1 - p)) * np.log(2),
    "loop": _entry_by_entry(lambda p: math.log(p) - math.log(1 - p)),
    "vectorize": np.vectorize(lambda p: math.log(p / (1 - p))),
    "clipped at the smallest": lambda p: np.log(
        np.clip(p, 1e-15, 1 - 1e-15) / (1 - np.clip(p, 1e-15, 1 - 1e-15))
    ),
}


def _nll_loop(w, X, t):
    total = 0.0
    for x, label in zip(X, t, strict=True):
        z = sum(a * b for a, b in zip(x, w, strict=True))
        z = -z if label else z
        total += max(z, 0.0) + math.log1p(math.exp(-abs(z)))
    return total / len(t)


def _nll_two_classes(w, X, t):
    Z = np.stack([np.zeros(len(X)), X @ w], axis=1)
    m = Z.max(axis=1, keepdims=True)
    log_p = Z - m - np.log(np.exp(Z - m).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(t)), t].mean()


def _nll_grouped(w, X, t):
    z = X @ w
    return (np.logaddexp(0, -z[t == 1]).sum() + np.logaddexp(0, z[t == 0]).sum()) / t.size


NLL = {
    "logaddexp": lambda w, X, t: np.mean(np.logaddexp(0, np.where(t, -(X @ w), X @ w))),
    "signs": lambda w, X, t: np.logaddexp(0, (1 - 2 * t) * X.dot(w)).mean(),
    "softplus minus": lambda w, X, t: float(np.mean(np.logaddexp(0, X @ w) - t * (X @ w))),
    "by hand": lambda w, X, t: np.mean(
        np.maximum(X @ w, 0) - t * (X @ w) + np.log1p(np.exp(-np.abs(X @ w)))
    ),
    "loop": _nll_loop,
    "two classes": _nll_two_classes,
    "grouped": _nll_grouped,
    "einsum": lambda w, X, t: np.einsum(
        "n->", np.logaddexp(0, (1 - 2 * t) * np.einsum("nd,d->n", X, w)) / len(t)
    ),
    "average": lambda w, X, t: np.average(np.logaddexp(0, np.sum(X * w, axis=1) * (-1.0) ** t)),
    "array without axes": lambda w, X, t: np.array(_nll_grouped(w, X, t)),
    "float32": lambda w, X, t: np.float32(_nll_grouped(w, X, t)),
}


def _gradient_loop(w, X, t):
    g = np.zeros(len(w))
    for x, label in zip(X, t, strict=True):
        g += (_sigmoid(x @ w) - label) * x
    return g / len(X)


def _gradient_pure(w, X, t):
    g = [0.0] * len(w)
    for n in range(len(t)):
        y = 1 / (1 + math.exp(-sum(X[n, d] * w[d] for d in range(len(w)))))
        for d in range(len(w)):
            g[d] += (y - t[n]) * X[n, d] / len(t)
    return np.array(g)


GRADIENT = {
    "formula": lambda w, X, t: X.T @ (_sigmoid(X @ w) - t) / len(t),
    "from the left": lambda w, X, t: (_sigmoid(X @ w) - t) @ X / X.shape[0],
    "mean": lambda w, X, t: np.mean((_sigmoid(X @ w) - t)[:, None] * X, axis=0),
    "dot": lambda w, X, t: np.dot(X.T, _sigmoid(np.dot(X, w)) - t) / t.shape[0],
    "einsum": lambda w, X, t: np.einsum("n,nd->d", _sigmoid(X @ w) - t, X) / len(X),
    "loop": _gradient_loop,
    "pure Python": _gradient_pure,
    "two sums": lambda w, X, t: (X * _masked(X @ w)[:, None]).mean(0) - X[t == 1].sum(0) / len(t),
    "average": lambda w, X, t: np.average(X.T * (_sigmoid(X @ w) - t), axis=1),
    "tensordot": lambda w, X, t: np.tensordot(_sigmoid(X @ w) - t, X, axes=1) / len(X),
    "column": lambda w, X, t: (X.T @ (_sigmoid(X @ w[:, None]) - t[:, None]) / len(X)).ravel(),
}


PREDICT = {
    "logit": lambda w, X: (X @ w >= 0).astype(int),
    "probability": lambda w, X: np.where(_sigmoid(X @ w) >= 0.5, 1, 0),
    "stable probability": lambda w, X: (_masked(X @ w) >= 0.5) * 1,
    "loop": lambda w, X: np.array([1 if x @ w >= 0 else 0 for x in X]),
    "heaviside": lambda w, X: np.heaviside(X.dot(w), 1).astype(np.int64),
    "complement": lambda w, X: 1 - (X @ w < 0),
    "int32": lambda w, X: (X @ w >= 0).astype(np.int32),
    "uint8": lambda w, X: (X @ w >= 0).view(np.uint8),
    "floor": lambda w, X: np.floor(0.5 + 0.5 * (1 + np.tanh(X @ w / 2))).clip(0, 1).astype(int),
    "filled": lambda w, X: np.select([X @ w < 0], [np.zeros(len(X), int)], 1),
}

CORRECT = {
    "sigmoid": SIGMOID,
    "sigmoid_derivative": SIGMOID_DERIVATIVE,
    "logit": LOGIT,
    "nll": NLL,
    "gradient": GRADIENT,
    "sgd_epoch": correct_epochs(_gradient_loop),
    "predict": PREDICT,
}


def _nll_textbook(floor=0.0):
    def nll(w, X, t):
        y = _sigmoid(X @ w)
        return -np.mean(t * np.log(y + floor) + (1 - t) * np.log(1 - y + floor))

    return nll


def _nll_clipped(w, X, t):
    y = np.clip(_sigmoid(X @ w), 1e-7, 1 - 1e-7)
    return -np.mean(np.log(np.where(t == 1, y, 1 - y)))


# Right but for one promise of the docstring: exactly these tests fail.
NEARLY = {
    "nll": {
        "textbook": (_nll_textbook(), {"test_confident_predictions"}),
        "a little added": (_nll_textbook(1e-8), {"test_confident_predictions"}),
        "clipped": (_nll_clipped, {"test_confident_predictions"}),
    },
    "sigmoid": {
        "quotient of exponentials": (
            lambda z: np.exp(z) / (1 + np.exp(z)),
            {"test_far_from_zero"},
        ),
    },
    "predict": {
        "comparison": (lambda w, X: X @ w >= 0, {"test_labels_are_integers"}),
        "floats": (lambda w, X: np.heaviside(X @ w, 1), {"test_labels_are_integers"}),
        "above one half": (
            lambda w, X: (X @ w > 0).astype(int),
            {"test_exactly_on_the_boundary"},
        ),
    },
}
