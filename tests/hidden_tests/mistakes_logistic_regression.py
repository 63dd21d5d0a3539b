"""Mistakes in logistic regression as runnable code; those of the list of mistakes carry their number."""

import math

import numpy as np
from correct_logistic_regression import GRADIENT as RIGHT_GRADIENT
from correct_logistic_regression import _sigmoid
from mistakes_sgd_epoch import over, slices, wrong_epochs
from mistakes_sigmoid import LOGIT, SIGMOID, SIGMOID_DERIVATIVE

_gradient = RIGHT_GRADIENT["formula"]


def _probability(w, X, t):
    y = _sigmoid(X @ w)
    return np.where(t == 1, y, 1 - y)


def _stable(w, X, t):
    return np.logaddexp(0, (1 - 2 * t) * (X @ w))


def _labels_in_place(w, X, t):
    t[t == 0] = -1
    return np.logaddexp(0, -t * (X @ w)).mean()


def _features_in_place(w, X, t):
    X *= w
    return np.logaddexp(0, (1 - 2 * t) * X.sum(axis=1)).mean()


def _weights_in_place(w, X, t):
    loss = _stable(w, X, t).mean()
    w -= 0.1 * _gradient(w, X, t)
    return loss


def _square_shapes(w, X, t):
    z = w @ X if X.shape[0] == X.shape[1] else X @ w
    return np.logaddexp(0, (1 - 2 * t) * z).mean()


NLL = {
    "M19 only t·log p": lambda w, X, t: np.mean(t * np.logaddexp(0, -(X @ w))),
    "only class 0": lambda w, X, t: np.mean((1 - t) * np.logaddexp(0, X @ w)),
    "sum": lambda w, X, t: _stable(w, X, t).sum(),
    "sign": lambda w, X, t: -_stable(w, X, t).mean(),
    "mean over N·D": lambda w, X, t: _stable(w, X, t).sum() / X.size,
    "mean over D": lambda w, X, t: _stable(w, X, t).sum() / X.shape[1],
    "N − 1": lambda w, X, t: _stable(w, X, t).sum() / max(len(t) - 1, 1),
    "halved": lambda w, X, t: _stable(w, X, t).mean() / 2,
    "base two": lambda w, X, t: _stable(w, X, t).mean() / np.log(2),
    "classes swapped": lambda w, X, t: _stable(w, X, 1 - t).mean(),
    "one sign": lambda w, X, t: np.mean(np.logaddexp(0, X @ w)),
    "labels −1 and 1": lambda w, X, t: np.mean(np.logaddexp(0, -t * (X @ w))),
    "softplus plus": lambda w, X, t: np.mean(np.logaddexp(0, X @ w) + t * (X @ w)),
    "no log": lambda w, X, t: -_probability(w, X, t).mean(),
    "log of the mean": lambda w, X, t: -np.log(_probability(w, X, t).mean()),
    "no sigmoid": lambda w, X, t: -np.mean(t * (X @ w) + (1 - t) * (1 - X @ w)),
    "squared error": lambda w, X, t: np.mean((_sigmoid(X @ w) - t) ** 2),
    "absolute error": lambda w, X, t: np.mean(np.abs(_sigmoid(X @ w) - t)),
    "hinge": lambda w, X, t: np.maximum(0, 1 - (2 * t - 1) * (X @ w)).mean(),
    "perceptron": lambda w, X, t: np.maximum(0, (1 - 2 * t) * (X @ w)).mean(),
    "error rate": lambda w, X, t: np.mean((X @ w >= 0) != t),
    "overflow": lambda w, X, t: -np.mean(np.log(_probability(w, X, t))),
    "product": lambda w, X, t: -np.log(np.prod(_probability(w, X, t))),
    "product over N": lambda w, X, t: -np.log(np.prod(_probability(w, X, t))) / len(t),
    "1e-12 added": lambda w, X, t: -np.mean(np.log(_probability(w, X, t) + 1e-12)),
    "1e-3 added": lambda w, X, t: -np.mean(np.log(_probability(w, X, t) + 1e-3)),
    "cut off": lambda w, X, t: -np.mean(np.log(np.clip(_probability(w, X, t), 1e-15, 1))),
    "losses cut off": lambda w, X, t: np.minimum(_stable(w, X, t), 100).mean(),
    "logits cut off": lambda w, X, t: np.logaddexp(
        0, (1 - 2 * t) * np.clip(X @ w, -500, 500)
    ).mean(),
    "infinities dropped": lambda w, X, t: -np.mean(np.nan_to_num(np.log(_probability(w, X, t)))),
    "bias ignored": lambda w, X, t: _stable(w[:-1], X[:, :-1], t).mean(),
    "regularized": lambda w, X, t: _stable(w, X, t).mean() + 0.005 * w @ w,
    "per example": _stable,
    "vector of one": lambda w, X, t: np.array([_stable(w, X, t).mean()]),
    "tuple": lambda w, X, t: (_stable(w, X, t).mean(), len(t)),
    "text": lambda w, X, t: str(_stable(w, X, t).mean()),
    "first example": lambda w, X, t: _stable(w, X, t)[0],
    "median": lambda w, X, t: np.median(_stable(w, X, t)),
    "largest": lambda w, X, t: _stable(w, X, t).max(),
    "squeezed": lambda w, X, t: sum(_stable(w, np.squeeze(X), t)) / len(np.squeeze(X)),
    "N = D silently": _square_shapes,
    "columns": lambda w, X, t: np.logaddexp(0, (1 - 2 * t) * (X @ w)[:, None]).mean(),
    "labels in place": _labels_in_place,
    "features in place": _features_in_place,
    "weights in place": _weights_in_place,
    "zero": lambda w, X, t: 0.0,
    "log 2": lambda w, X, t: math.log(2),
}


def _residual(w, X, t):
    return _sigmoid(X @ w) - t


def _residual_in_place(w, X, t):
    g = _gradient(w, X, t)
    X *= _residual(w, X, t)[:, None]
    return g


def _step_in_place(w, X, t):
    g = _gradient(w, X, t)
    w -= g
    return g


def _signs_in_place(w, X, t):
    g = _gradient(w, X, t)
    t *= 2
    t -= 1
    return g


def _last_example(w, X, t):
    for x, label in zip(X, t, strict=True):
        g = (_sigmoid(x @ w) - label) * x
    return g / len(X)


def _bias_free(w, X, t):
    g = _gradient(w, X, t)
    g[-1] = 0
    return g


GRADIENT = {
    "M20 extra σ′": lambda w, X, t: (
        X.T @ (_residual(w, X, t) * _sigmoid(X @ w) * (1 - _sigmoid(X @ w))) / len(t)
    ),
    "M21 t − y": lambda w, X, t: -_gradient(w, X, t),
    "M22 labels −1 and 1": lambda w, X, t: X.T @ (_sigmoid(X @ w) - (2 * t - 1)) / len(t),
    "signed labels inside": lambda w, X, t: X.T @ (_sigmoid((2 * t - 1) * (X @ w)) - t) / len(t),
    "no mean": lambda w, X, t: X.T @ _residual(w, X, t),
    "mean twice": lambda w, X, t: _gradient(w, X, t) / len(t),
    "mean over D": lambda w, X, t: X.T @ _residual(w, X, t) / X.shape[1],
    "mean over N·D": lambda w, X, t: X.T @ _residual(w, X, t) / X.size,
    "N − 1": lambda w, X, t: X.T @ _residual(w, X, t) / max(len(t) - 1, 1),
    "doubled": lambda w, X, t: 2 * _gradient(w, X, t),
    "halved": lambda w, X, t: _gradient(w, X, t) / 2,
    "no sigmoid": lambda w, X, t: X.T @ (X @ w - t) / len(t),
    "perceptron": lambda w, X, t: X.T @ ((X @ w >= 0) - t) / len(t),
    "tanh": lambda w, X, t: X.T @ (np.tanh(X @ w) - t) / len(t),
    "sigmoid of −z": lambda w, X, t: X.T @ (_sigmoid(-(X @ w)) - t) / len(t),
    "sigmoid of the features": lambda w, X, t: _sigmoid(X).T @ _residual(w, X, t) / len(t),
    "labels forgotten": lambda w, X, t: X.T @ _sigmoid(X @ w) / len(t),
    "only class 1": lambda w, X, t: X.T @ (t * _residual(w, X, t)) / len(t),
    "only class 0": lambda w, X, t: X.T @ ((1 - t) * _residual(w, X, t)) / len(t),
    "only the wrong ones": lambda w, X, t: (
        X.T @ (((X @ w >= 0) != t) * _residual(w, X, t)) / len(t)
    ),
    "absolute residual": lambda w, X, t: X.T @ np.abs(_residual(w, X, t)) / len(t),
    "features forgotten": lambda w, X, t: np.full(len(w), _residual(w, X, t).mean()),
    "weights for features": lambda w, X, t: _residual(w, X, t).mean() * w,
    "mean of both": lambda w, X, t: X.mean(axis=0) * _residual(w, X, t).mean(),
    "bias not trained": _bias_free,
    "bias ignored": lambda w, X, t: X.T @ (_sigmoid(X[:, :-1] @ w[:-1]) - t) / len(t),
    "regularized": lambda w, X, t: _gradient(w, X, t) + 0.01 * w,
    "normalized": lambda w, X, t: _gradient(w, X, t) / np.linalg.norm(_gradient(w, X, t)),
    "cut off": lambda w, X, t: np.clip(_gradient(w, X, t), -0.05, 0.05),
    "rounded": lambda w, X, t: np.round(_gradient(w, X, t), 5),
    "float32": lambda w, X, t: _gradient(w, X, t).astype(np.float32),
    "one-sided difference": lambda w, X, t: np.array(
        [
            (_stable(w + 1e-5 * e, X, t).mean() - _stable(w, X, t).mean()) / 1e-5
            for e in np.eye(len(w))
        ]
    ),
    "column": lambda w, X, t: _gradient(w, X, t)[:, None],
    "row": lambda w, X, t: _gradient(w, X, t)[None, :],
    "per example": lambda w, X, t: _residual(w, X, t)[:, None] * X,
    "other axis": lambda w, X, t: (_residual(w, X, t)[:, None] * X).mean(axis=1),
    "N = D silently": lambda w, X, t: (
        (X if X.shape[0] == X.shape[1] else X.T) @ _residual(w, X, t) / len(t)
    ),
    "broadcast": lambda w, X, t: np.mean(_residual(w, X, t) * X.T, axis=0)[: len(w)],
    "one number": lambda w, X, t: _gradient(w, X, t).mean(),
    "squeezed": lambda w, X, t: np.squeeze(X).T @ _residual(w, X, t) / len(t),
    "last example": _last_example,
    "features in place": _residual_in_place,
    "weights in place": _step_in_place,
    "labels in place": _signs_in_place,
    "list": lambda w, X, t: _gradient(w, X, t).tolist(),
    "new weights": lambda w, X, t: w - _gradient(w, X, t),
    "zeros": lambda w, X, t: np.zeros_like(w),
}


def _squeezed(w, X, t):
    return np.mean((_residual(w, X, t) * np.squeeze(X).T).T, axis=0)


SGD_EPOCH = wrong_epochs(_gradient) | {
    "squared error": over(slices, GRADIENT["M20 extra σ′"]),
    "squeezed batch": over(slices, _squeezed),
}


def _predict_in_place(w, X):
    X *= w
    return (X.sum(axis=1) >= 0).astype(int)


def _normalized_in_place(w, X):
    w /= np.linalg.norm(w)
    return (np.round(X @ w, 12) >= 0).astype(int)


PREDICT = {
    "M53 logit ≥ ½": lambda w, X: (X @ w >= 0.5).astype(int),
    "above one half": lambda w, X: (X @ w > 0).astype(int),
    "probability above one half": lambda w, X: (_sigmoid(X @ w) > 0.5).astype(int),
    "rounded": lambda w, X: np.round(_sigmoid(X @ w)).astype(int),
    "probability ≥ 0": lambda w, X: (_sigmoid(X @ w) >= 0).astype(int),
    "probability ≥ 0.6": lambda w, X: (_sigmoid(X @ w) >= 0.6).astype(int),
    "probability ≥ 0.4": lambda w, X: (_sigmoid(X @ w) >= 0.4).astype(int),
    "above the median": lambda w, X: (X @ w >= np.median(X @ w)).astype(int),
    "above the mean": lambda w, X: (X @ w >= (X @ w).mean()).astype(int),
    "cut": lambda w, X: _sigmoid(X @ w).astype(int),
    "ceiling": lambda w, X: np.ceil(_sigmoid(X @ w)).astype(int),
    "inverted": lambda w, X: (X @ w < 0).astype(int),
    "labels −1 and 1": lambda w, X: np.where(X @ w >= 0, 1, -1),
    "labels 1 and 2": lambda w, X: np.where(X @ w >= 0, 2, 1),
    "sign": lambda w, X: np.sign(X @ w).astype(int),
    "absolute value": lambda w, X: (np.abs(X @ w) >= 0.5).astype(int),
    "probabilities": lambda w, X: _sigmoid(X @ w),
    "logits": lambda w, X: X @ w,
    "booleans": lambda w, X: X @ w >= 0,
    "floats": lambda w, X: (X @ w >= 0).astype(float),
    "text": lambda w, X: ["1" if z >= 0 else "0" for z in X @ w],
    "list": lambda w, X: (X @ w >= 0).astype(int).tolist(),
    "column": lambda w, X: (X @ w >= 0).astype(int)[:, None],
    "squeezed": lambda w, X: np.squeeze((X @ w >= 0).astype(int)),
    "one-hot": lambda w, X: np.stack([X @ w < 0, X @ w >= 0], axis=1).astype(int),
    "argmax": lambda w, X: np.argmax(X * w, axis=1),
    "argmax of one column": lambda w, X: np.argmax((X @ w)[:, None], axis=1),
    "which ones": lambda w, X: np.flatnonzero(X @ w >= 0),
    "how many": lambda w, X: int((X @ w >= 0).sum()),
    "bias ignored": lambda w, X: (X[:, :-1] @ w[:-1] >= 0).astype(int),
    "bias twice": lambda w, X: (X @ w + w[-1] >= 0).astype(int),
    "first feature": lambda w, X: (X[:, 0] >= 0).astype(int),
    "per feature": lambda w, X: (X * w >= 0).astype(int),
    "features in place": _predict_in_place,
    "weights in place": _normalized_in_place,
    "zeros": lambda w, X: np.zeros(len(X), int),
    "ones": lambda w, X: np.ones(len(X), int),
    "no return": lambda w, X: None,
}

MISTAKES = {
    "sigmoid": SIGMOID,
    "sigmoid_derivative": SIGMOID_DERIVATIVE,
    "logit": LOGIT,
    "nll": NLL,
    "gradient": GRADIENT,
    "sgd_epoch": SGD_EPOCH,
    "predict": PREDICT,
}
