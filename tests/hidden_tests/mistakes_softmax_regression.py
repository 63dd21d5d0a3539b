"""Mistakes in softmax regression as runnable code; those of the list of mistakes carry their number."""

import numpy as np
from correct_softmax_regression import GRADIENT as RIGHT_GRADIENT
from correct_softmax_regression import _log_softmax, _one_hot, _softmax, _unshifted
from mistakes_sgd_epoch import over, slices
from mistakes_softmax import LOG_SOFTMAX, ONE_HOT, SOFTMAX
from mistakes_softmax_nll import NLL

_gradient = RIGHT_GRADIENT["formula"]


def _residual(W, X, t):
    return _softmax(X @ W) - _one_hot(t, W.shape[1])


def _data_part(W, X, t):
    return X.T @ _residual(W, X, t) / len(t)


def _with_l2(data_part):
    return lambda W, X, t, l2=0.0: data_part(W, X, t) + l2 * W


def _l2_as(l2_term):
    return lambda W, X, t, l2=0.0: _data_part(W, X, t) + l2_term(W, len(t), l2)


def _but_last_row(W):
    return np.vstack([W[:-1], np.zeros_like(W[-1:])])


def _last_example(W, X, t):
    for x, k in zip(X, t, strict=True):
        g = np.outer(x, _softmax(x @ W) - np.eye(W.shape[1])[k])
    return g / len(t)


def _true_column_only(W, X, t):
    g = np.zeros_like(W)
    for x, k in zip(X, t, strict=True):
        g[:, k] += x * (_softmax(x @ W)[k] - 1)
    return g / len(t)


def _weights_decayed_in_place(W, X, t, l2=0.0):
    g = _gradient(W, X, t, l2)
    W -= 0.1 * g
    return g


def _l2_in_place(W, X, t, l2=0.0):
    g = _data_part(W, X, t)
    if l2:
        W *= l2
        g += W
    return g


def _features_in_place(W, X, t, l2=0.0):
    g = _gradient(W, X, t, l2)
    X /= len(t)
    return g


def _labels_in_place(W, X, t, l2=0.0):
    g = _gradient(W, X, t, l2)
    t[...] = 0
    return g


GRADIENT = {
    "M23 no mean": _with_l2(lambda W, X, t: X.T @ _residual(W, X, t)),
    "M24 mean twice": _with_l2(lambda W, X, t: _data_part(W, X, t) / len(t)),
    "M25 mean over N·K": _with_l2(lambda W, X, t: _data_part(W, X, t) / W.shape[1]),
    "mean over N·D": _with_l2(lambda W, X, t: _data_part(W, X, t) / X.shape[1]),
    "mean over K": _with_l2(lambda W, X, t: X.T @ _residual(W, X, t) / W.shape[1]),
    "N − 1": _with_l2(lambda W, X, t: X.T @ _residual(W, X, t) / max(1, len(t) - 1)),
    "M26 transposed": lambda W, X, t, l2=0.0: _gradient(W, X, t, l2).T,
    "D = K silently": lambda W, X, t, l2=0.0: (
        _gradient(W, X, t, l2).T if W.shape[0] == W.shape[1] else _gradient(W, X, t, l2)
    ),
    "N = D silently": _with_l2(
        lambda W, X, t: (X if X.shape[0] == X.shape[1] else X.T) @ _residual(W, X, t) / len(t)
    ),
    "N = K silently": _with_l2(
        lambda W, X, t: (
            X.T
            @ (
                _softmax(X @ W)
                - (np.eye(len(t))[:, t] if len(t) == W.shape[1] else _one_hot(t, W.shape[1]))
            )
            / len(t)
        )
    ),
    "M27 sign": lambda W, X, t, l2=0.0: -_gradient(W, X, t, l2),
    "sign of the data part": _with_l2(lambda W, X, t: -_data_part(W, X, t)),
    "M28 true column only": _with_l2(_true_column_only),
    "other columns only": _with_l2(
        lambda W, X, t: _data_part(W, X, t) - _true_column_only(W, X, t)
    ),
    "labels forgotten": _with_l2(lambda W, X, t: X.T @ _softmax(X @ W) / len(t)),
    "probabilities forgotten": _with_l2(lambda W, X, t: -X.T @ _one_hot(t, W.shape[1]) / len(t)),
    "no softmax": _with_l2(lambda W, X, t: X.T @ (X @ W - _one_hot(t, W.shape[1])) / len(t)),
    "sigmoid": _with_l2(
        lambda W, X, t: X.T @ (1 / (1 + np.exp(-X @ W)) - _one_hot(t, W.shape[1])) / len(t)
    ),
    "softmax not shifted": _with_l2(
        lambda W, X, t: X.T @ (_unshifted(X @ W) - _one_hot(t, W.shape[1])) / len(t)
    ),
    "softmax over axis 0": _with_l2(
        lambda W, X, t: X.T @ (_softmax((X @ W).T).T - _one_hot(t, W.shape[1])) / len(t)
    ),
    "softmax over all": _with_l2(
        lambda W, X, t: (
            X.T @ (np.exp(X @ W) / np.exp(X @ W).sum() - _one_hot(t, W.shape[1])) / len(t)
        )
    ),
    "log softmax": _with_l2(
        lambda W, X, t: X.T @ (_log_softmax(X @ W) - _one_hot(t, W.shape[1])) / len(t)
    ),
    "extra slope": _with_l2(
        lambda W, X, t: (
            X.T @ (_residual(W, X, t) * _softmax(X @ W) * (1 - _softmax(X @ W))) / len(t)
        )
    ),
    "predicted class": _with_l2(
        lambda W, X, t: (
            X.T @ (np.eye(W.shape[1])[np.argmax(X @ W, axis=1)] - _one_hot(t, W.shape[1])) / len(t)
        )
    ),
    "labels off by one": _with_l2(lambda W, X, t: X.T @ (_residual(W, X, t - 1)) / len(t)),
    "K from the labels": _with_l2(
        lambda W, X, t: X.T @ (_softmax(X @ W) - np.eye(t.max() + 1)[t]) / len(t)
    ),
    "absent classes held": _with_l2(
        lambda W, X, t: _data_part(W, X, t) * np.isin(np.arange(W.shape[1]), t)
    ),
    "absolute residual": _with_l2(lambda W, X, t: X.T @ np.abs(_residual(W, X, t)) / len(t)),
    "doubled": _with_l2(lambda W, X, t: 2 * _data_part(W, X, t)),
    "features forgotten": _with_l2(
        lambda W, X, t: np.tile(_residual(W, X, t).mean(axis=0), (len(W), 1))
    ),
    "product of means": _with_l2(
        lambda W, X, t: np.outer(X.mean(axis=0), _residual(W, X, t).mean(axis=0))
    ),
    "bias not trained": _with_l2(lambda W, X, t: _but_last_row(_data_part(W, X, t))),
    "last example": _with_l2(_last_example),
    "last class fixed": _with_l2(
        lambda W, X, t: np.hstack([_data_part(W, X, t)[:, :-1], 0 * W[:, -1:]])
    ),
    "squeezed": _with_l2(lambda W, X, t: np.squeeze(X).T @ np.squeeze(_residual(W, X, t)) / len(t)),
    "normalized": _with_l2(
        lambda W, X, t: _data_part(W, X, t) / np.linalg.norm(_data_part(W, X, t))
    ),
    "cut off": _with_l2(lambda W, X, t: np.clip(_data_part(W, X, t), -0.02, 0.02)),
    "float32": lambda W, X, t, l2=0.0: _gradient(W, X, t, l2).astype(np.float32),
    "list": lambda W, X, t, l2=0.0: _gradient(W, X, t, l2).tolist(),
    "flattened": lambda W, X, t, l2=0.0: _gradient(W, X, t, l2).ravel(),
    "per example": lambda W, X, t, l2=0.0: X[:, :, None] * _residual(W, X, t)[:, None, :],
    "l2 ignored": lambda W, X, t, l2=0.0: _data_part(W, X, t),
    "l2 missing": _data_part,
    "l2 halved": _l2_as(lambda W, N, l2: l2 / 2 * W),
    "l2 doubled": _l2_as(lambda W, N, l2: 2 * l2 * W),
    "l2 over N": _l2_as(lambda W, N, l2: l2 / N * W),
    "l2 times N": _l2_as(lambda W, N, l2: l2 * N * W),
    "l2 over the size": _l2_as(lambda W, N, l2: l2 * W / W.size),
    "l2 without biases": _l2_as(lambda W, N, l2: l2 * _but_last_row(W)),
    "l2 on biases only": _l2_as(lambda W, N, l2: l2 * (W - _but_last_row(W))),
    "l2 minus": _l2_as(lambda W, N, l2: -l2 * W),
    "l2 squared weights": _l2_as(lambda W, N, l2: l2 * W**2),
    "l2 squared strength": _l2_as(lambda W, N, l2: l2**2 * W),
    "l2 sum": _l2_as(lambda W, N, l2: l2 * W.sum()),
    "l2 of the loss": _l2_as(lambda W, N, l2: l2 / 2 * np.sum(W**2)),
    "l1": _l2_as(lambda W, N, l2: l2 * np.sign(W)),
    "l2 normalized": _l2_as(lambda W, N, l2: l2 * W / np.linalg.norm(W)),
    "l2 with a default": lambda W, X, t, l2=0.01: _gradient(W, X, t, l2),
    "l2 of the transposed": lambda W, X, t, l2=0.0: _data_part(W, X, t) + l2 * W.T.reshape(W.shape),
    "weights in place": _weights_decayed_in_place,
    "features in place": _features_in_place,
    "labels in place": _labels_in_place,
    "l2 in place": _l2_in_place,
    "zeros": lambda W, X, t, l2=0.0: np.zeros_like(W),
    "no return": lambda W, X, t, l2=0.0: None,
}


_right = over(slices, _gradient)


def _predict_in_place(W, X):
    X /= np.abs(X).max()
    return np.argmax(X @ W, axis=1)


def _predict_weights_in_place(W, X):
    W /= np.abs(W).max()
    return np.argmax(X @ W, axis=1)


PREDICT = {
    "M52 axis 0": lambda W, X: np.argmax(X @ W, axis=0),
    "N = K silently": lambda W, X: np.argmax(X @ W, axis=int(len(X) != W.shape[1])),
    "argmax over all": lambda W, X: np.argmax(X @ W),
    "last of equals": lambda W, X: W.shape[1] - 1 - np.argmax((X @ W)[:, ::-1], axis=1),
    "sorted": lambda W, X: np.argsort(X @ W, axis=1, kind="stable")[:, -1],
    "argmin": lambda W, X: np.argmin(X @ W, axis=1),
    "absolute value": lambda W, X: np.argmax(np.abs(X @ W), axis=1),
    "counted from 1": lambda W, X: np.argmax(X @ W, axis=1) + 1,
    "class 0 left out": lambda W, X: np.argmax((X @ W)[:, 1:], axis=1) + 1,
    "last class left out": lambda W, X: np.argmax((X @ W)[:, :-1], axis=1),
    "second best": lambda W, X: np.argsort(X @ W, axis=1)[:, -2],
    "softmax not shifted": lambda W, X: np.argmax(_unshifted(X @ W), axis=1),
    "softmax over axis 0": lambda W, X: np.argmax(_softmax((X @ W).T).T, axis=1),
    "softmax over axis 0, not shifted": lambda W, X: np.argmax(
        np.exp(X @ W) / np.exp(X @ W).sum(axis=0), axis=1
    ),
    "logits cut off": lambda W, X: np.argmax(np.clip(X @ W, 0, 1), axis=1),
    "logits rounded": lambda W, X: np.argmax(np.round(X @ W / 10), axis=1),
    "threshold": lambda W, X: (X @ W >= 0).argmax(axis=1),
    "probability above ½": lambda W, X: (_softmax(X @ W) > 0.5).argmax(axis=1),
    "largest logit": lambda W, X: (X @ W).max(axis=1),
    "probabilities": lambda W, X: _softmax(X @ W),
    "one-hot": lambda W, X: np.eye(W.shape[1])[np.argmax(X @ W, axis=1)],
    "booleans": lambda W, X: (X @ W).max(axis=1, keepdims=True) == X @ W,
    "floats": lambda W, X: np.argmax(X @ W, axis=1).astype(float),
    "text": lambda W, X: [str(k) for k in np.argmax(X @ W, axis=1)],
    "list": lambda W, X: np.argmax(X @ W, axis=1).tolist(),
    "squeezed": lambda W, X: np.squeeze(np.argmax(X @ W, axis=1)),
    "column": lambda W, X: np.argmax(X @ W, axis=1, keepdims=True),
    "where": lambda W, X: np.where((X @ W).max(axis=1, keepdims=True) == X @ W)[1],
    "bias ignored": lambda W, X: np.argmax(X[:, :-1] @ W[:-1], axis=1),
    "bias of weight 10": lambda W, X: np.argmax(X @ W + 9 * W[-1], axis=1),
    "no product": lambda W, X: np.argmax(X, axis=1) % W.shape[1],
    "features in place": _predict_in_place,
    "weights in place": _predict_weights_in_place,
    "random": lambda W, X: np.random.default_rng(0).integers(W.shape[1], size=len(X)),
    "zeros": lambda W, X: np.zeros(len(X), int),
    "no return": lambda W, X: None,
}

MISTAKES = {
    "softmax": SOFTMAX,
    "log_softmax": LOG_SOFTMAX,
    "one_hot": ONE_HOT,
    "nll": NLL,
    "gradient": GRADIENT,
    "predict": PREDICT,
}
