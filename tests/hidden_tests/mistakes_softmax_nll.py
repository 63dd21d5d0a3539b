"""Mistakes in the `nll` of softmax regression; numbers are those of the list."""

import numpy as np
from correct_softmax_regression import _log_softmax, _log_sum_exp, _one_hot, _softmax, _unshifted


def _log_p(W, X, t):
    return _log_softmax(X @ W)[np.arange(len(t)), t]


def _loss(W, X, t):
    return -_log_p(W, X, t).mean()


def _square(W):
    return np.sum(W**2)


def _nll_with(l2_term):
    return lambda W, X, t, l2=0.0: _loss(W, X, t) + l2_term(W, len(t), l2)


def _nll_without_l2(loss):
    return lambda W, X, t, l2=0.0: loss(W, X, t) + l2 / 2 * _square(W)


def _nll_weights_in_place(W, X, t, l2=0.0):
    loss = _loss(W, X, t) + l2 / 2 * _square(W)
    W *= 0.9
    return loss


def _nll_features_in_place(W, X, t, l2=0.0):
    loss = _loss(W, X, t) + l2 / 2 * _square(W)
    X *= 0.5
    return loss


def _nll_labels_in_place(W, X, t, l2=0.0):
    loss = _loss(W, X, t) + l2 / 2 * _square(W)
    t += 1
    return loss


def _nll_squares_in_place(W, X, t, l2=0.0):
    loss = _loss(W, X, t)
    if l2:
        W **= 2
        loss += l2 / 2 * W.sum()
    return loss


NLL = {
    "M15 minus missing": _nll_without_l2(lambda W, X, t: _log_p(W, X, t).mean()),
    "M16 sum": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t).sum()),
    "M17 mean over N·K": _nll_without_l2(
        lambda W, X, t: -np.mean(_one_hot(t, W.shape[1]) * _log_softmax(X @ W))
    ),
    "mean over N·D": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t).sum() / X.size),
    "mean over K": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t).sum() / W.shape[1]),
    "M18 all pairs": _nll_without_l2(lambda W, X, t: -_log_softmax(X @ W)[:, t].mean()),
    "diagonal": _nll_without_l2(
        lambda W, X, t: -np.mean([row[i % W.shape[1]] for i, row in enumerate(_log_softmax(X @ W))])
    ),
    "all classes": _nll_without_l2(lambda W, X, t: -_log_softmax(X @ W).sum() / len(t)),
    "predicted class": _nll_without_l2(lambda W, X, t: -_log_softmax(X @ W).max(axis=1).mean()),
    "next class": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t - 1).mean()),
    "axis 0": _nll_without_l2(
        lambda W, X, t: -_log_softmax((X @ W).T).T[np.arange(len(t)), t].mean()
    ),
    "N = K silently": _nll_without_l2(
        lambda W, X, t: (
            -np.mean(
                _log_softmax(X @ W)[t, np.arange(len(t))]
                if len(t) == W.shape[1]
                else _log_p(W, X, t)
            )
        )
    ),
    "no log": _nll_without_l2(lambda W, X, t: -np.exp(_log_p(W, X, t)).mean()),
    "log of the mean": _nll_without_l2(lambda W, X, t: -np.log(np.exp(_log_p(W, X, t)).mean())),
    "logits only": _nll_without_l2(lambda W, X, t: -(X @ W)[np.arange(len(t)), t].mean()),
    "no minus the logit": _nll_without_l2(lambda W, X, t: _log_sum_exp(X @ W).mean()),
    "one minus": _nll_without_l2(lambda W, X, t: -np.log(1 - np.exp(_log_p(W, X, t))).mean()),
    "binary cross-entropy too": _nll_without_l2(
        lambda W, X, t: (
            _loss(W, X, t)
            - np.sum((1 - _one_hot(t, W.shape[1])) * np.log(1 - _softmax(X @ W))) / len(t)
        )
    ),
    "entropy": _nll_without_l2(
        lambda W, X, t: -np.sum(_softmax(X @ W) * _log_softmax(X @ W)) / len(t)
    ),
    "squared error": _nll_without_l2(
        lambda W, X, t: np.sum((_softmax(X @ W) - _one_hot(t, W.shape[1])) ** 2) / len(t)
    ),
    "base two": _nll_without_l2(lambda W, X, t: _loss(W, X, t) / np.log(2)),
    "halved": _nll_without_l2(lambda W, X, t: _loss(W, X, t) / 2),
    "N − 1": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t).sum() / max(1, len(t) - 1)),
    "log of softmax": _nll_without_l2(
        lambda W, X, t: -np.log(_softmax(X @ W)[np.arange(len(t)), t]).mean()
    ),
    "not shifted": _nll_without_l2(
        lambda W, X, t: -np.log(_unshifted(X @ W)[np.arange(len(t)), t]).mean()
    ),
    "1e-12 added": _nll_without_l2(
        lambda W, X, t: -np.log(_softmax(X @ W)[np.arange(len(t)), t] + 1e-12).mean()
    ),
    "1e-3 added": _nll_without_l2(
        lambda W, X, t: -np.log(_softmax(X @ W)[np.arange(len(t)), t] + 1e-3).mean()
    ),
    "cut off": _nll_without_l2(
        lambda W, X, t: (
            -np.log(np.clip(_softmax(X @ W)[np.arange(len(t)), t], 1e-10, 1 - 1e-10)).mean()
        )
    ),
    "product": _nll_without_l2(lambda W, X, t: -np.log(np.prod(np.exp(_log_p(W, X, t)))) / len(t)),
    "K from the labels": _nll_without_l2(
        lambda W, X, t: -np.sum(_one_hot(t, t.max() + 1) * _log_softmax(X @ W)) / len(t)
    ),
    "bias ignored": _nll_without_l2(lambda W, X, t: _loss(W[:-1], X[:, :-1], t)),
    "mean over the classes": _nll_without_l2(
        lambda W, X, t: -np.mean([_log_p(W, X, t)[t == k].mean() for k in np.unique(t)])
    ),
    "squeezed": _nll_without_l2(
        lambda W, X, t: (
            -np.mean([row[k] for row, k in zip(_log_softmax(np.squeeze(X) @ W), t, strict=True)])
        )
    ),
    "per example": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t)),
    "vector of one": _nll_without_l2(lambda W, X, t: np.array([_loss(W, X, t)])),
    "median": _nll_without_l2(lambda W, X, t: np.median(-_log_p(W, X, t))),
    "largest": _nll_without_l2(lambda W, X, t: np.max(-_log_p(W, X, t))),
    "first example": _nll_without_l2(lambda W, X, t: -_log_p(W, X, t)[0]),
    "l2 ignored": _nll_with(lambda W, N, l2: 0),
    "l2 missing": _loss,
    "l2 not halved": _nll_with(lambda W, N, l2: l2 * _square(W)),
    "l2 quartered": _nll_with(lambda W, N, l2: l2 / 4 * _square(W)),
    "l2 over N": _nll_with(lambda W, N, l2: l2 / 2 * _square(W) / N),
    "l2 over 2N": _nll_with(lambda W, N, l2: l2 * _square(W) / (2 * N)),
    "l2 times N": _nll_with(lambda W, N, l2: l2 / 2 * _square(W) * N),
    "l2 mean": _nll_with(lambda W, N, l2: l2 / 2 * np.mean(W**2)),
    "l2 mean over columns": _nll_with(lambda W, N, l2: l2 / 2 * np.mean(np.sum(W**2, axis=0))),
    "l2 without biases": _nll_with(lambda W, N, l2: l2 / 2 * _square(W[:-1])),
    "l2 without the first row": _nll_with(lambda W, N, l2: l2 / 2 * _square(W[1:])),
    "l2 without the last column": _nll_with(lambda W, N, l2: l2 / 2 * _square(W[:, :-1])),
    "l2 root": _nll_with(lambda W, N, l2: l2 / 2 * np.sqrt(_square(W))),
    "l2 squared": _nll_with(lambda W, N, l2: (l2 / 2) ** 2 * _square(W)),
    "l1": _nll_with(lambda W, N, l2: l2 / 2 * np.abs(W).sum()),
    "l2 of the sum": _nll_with(lambda W, N, l2: l2 / 2 * np.sum(W) ** 2),
    "l2 minus": _nll_with(lambda W, N, l2: -l2 / 2 * _square(W)),
    "l2 spectral": _nll_with(lambda W, N, l2: l2 / 2 * np.linalg.norm(W, 2) ** 2),
    "l2 with a default": lambda W, X, t, l2=0.01: _loss(W, X, t) + l2 / 2 * _square(W),
    "weights in place": _nll_weights_in_place,
    "features in place": _nll_features_in_place,
    "labels in place": _nll_labels_in_place,
    "squares in place": _nll_squares_in_place,
    "tuple": lambda W, X, t, l2=0.0: (_loss(W, X, t), l2 / 2 * _square(W)),
    "log K": lambda W, X, t, l2=0.0: float(np.log(W.shape[1])),
    "zero": lambda W, X, t, l2=0.0: 0.0,
    "no return": lambda W, X, t, l2=0.0: None,
}
