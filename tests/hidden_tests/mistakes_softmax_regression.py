"""Mistakes in softmax regression as runnable code; those of the list of mistakes carry their number."""

import numpy as np
from correct_softmax_regression import GRADIENT as RIGHT_GRADIENT
from correct_softmax_regression import _log_softmax, _log_sum_exp, _one_hot, _softmax, _unshifted
from mistakes_logistic_regression import _full_slices, _slices

_gradient = RIGHT_GRADIENT["formula"]


def _exp(Z):
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def _shift_in_place(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)


def _exp_in_place(Z):
    if Z.dtype.kind == "f":
        shift = Z.max(axis=-1, keepdims=True)
        np.exp(Z - shift, out=Z)
        return Z / Z.sum(axis=-1, keepdims=True)
    return _softmax(Z)


def _clipped_in_place(Z):
    np.maximum(Z, -700, out=Z)
    return _softmax(Z)


def _stored_like(function):
    def fill(Z):
        out = np.zeros_like(Z)
        for index in np.ndindex(Z.shape[:-1]):
            out[index] = function(Z[index])
        return out

    return fill


SOFTMAX = {
    "M7 not shifted": _unshifted,
    "M8 axis 0": lambda Z: np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0),
    "M9 sum over all": lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(),
    "M10 keepdims forgotten": lambda Z: _exp(Z) / _exp(Z).sum(axis=-1),
    "N = K silently": lambda Z: (
        _exp(Z) / _exp(Z).sum(axis=-1) if Z.ndim == 2 and Z.shape[0] == Z.shape[1] else _softmax(Z)
    ),
    "M11 shifted in place": _shift_in_place,
    "exponentials in place": _exp_in_place,
    "clipped in place": _clipped_in_place,
    "squeezed": lambda Z: np.squeeze(_softmax(Z)),
    "one shift for all rows": lambda Z: (
        np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=-1, keepdims=True)
    ),
    "shift by columns": lambda Z: (
        np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=-1, keepdims=True)
    ),
    "shift by the mean": lambda Z: _unshifted(Z - Z.mean(axis=-1, keepdims=True)),
    "shift by the smallest": lambda Z: _unshifted(Z - Z.min(axis=-1, keepdims=True)),
    "shift by the largest size": lambda Z: _unshifted(Z - np.abs(Z).max(axis=-1, keepdims=True)),
    "shift added": lambda Z: _unshifted(Z + Z.max(axis=-1, keepdims=True)),
    "shift only above": lambda Z: (
        np.exp(Z - Z.max(axis=-1, keepdims=True)) / np.exp(Z).sum(axis=-1, keepdims=True)
    ),
    "scaled by the largest": lambda Z: _softmax(Z / np.abs(Z).max(axis=-1, keepdims=True)),
    "standardized": lambda Z: _softmax(Z / Z.std(axis=-1, keepdims=True)),
    "cut off at 500": lambda Z: _unshifted(np.clip(Z, -500, 500)),
    "cut off at 3": lambda Z: _softmax(np.clip(Z, -3, 3)),
    "infinities replaced": lambda Z: np.nan_to_num(_unshifted(Z)),
    "sign": lambda Z: _softmax(-Z),
    "absolute value": lambda Z: _softmax(np.abs(Z)),
    "base two": lambda Z: (
        2.0 ** (Z - Z.max(-1, keepdims=True))
        / (2.0 ** (Z - Z.max(-1, keepdims=True))).sum(-1, keepdims=True)
    ),
    "no exponential": lambda Z: Z / Z.sum(axis=-1, keepdims=True),
    "divided by the largest": _exp,
    "not normalized": np.exp,
    "mean": lambda Z: _exp(Z) / _exp(Z).mean(axis=-1, keepdims=True),
    "norm": lambda Z: _exp(Z) / np.linalg.norm(_exp(Z), axis=-1, keepdims=True),
    "1e-7 added": lambda Z: _exp(Z) / (_exp(Z).sum(axis=-1, keepdims=True) + 1e-7),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "sigmoid normalized": lambda Z: (
        1 / (1 + np.exp(-Z)) / (1 / (1 + np.exp(-Z))).sum(axis=-1, keepdims=True)
    ),
    "winner takes all": lambda Z: (Z.max(axis=-1, keepdims=True) == Z).astype(float),
    "log": _log_softmax,
    "applied twice": lambda Z: _softmax(_softmax(Z)),
    "own term left out": lambda Z: _exp(Z) / (_exp(Z).sum(axis=-1, keepdims=True) - _exp(Z)),
    "matrices only": lambda Z: (
        np.exp(Z - Z.max(axis=1, keepdims=True))
        / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ),
    "vectors only": lambda Z: np.exp(Z - max(Z)) / sum(np.exp(Z - max(Z))),
    "always a matrix": lambda Z: _softmax(np.atleast_2d(Z)),
    "result stored as integers": _stored_like(_softmax),
    "float32": lambda Z: _softmax(Z).astype(np.float32),
    "rounded": lambda Z: np.round(_softmax(Z), 6),
    "list": lambda Z: _softmax(Z).tolist(),
    "transposed": lambda Z: _softmax(Z).T,
    "flattened": lambda Z: _softmax(Z).ravel(),
    "first class left out": lambda Z: _softmax(Z)[..., 1:],
    "largest only": lambda Z: _softmax(Z).max(axis=-1),
    "uniform": lambda Z: np.full(Z.shape, 1 / Z.shape[-1]),
    "zeros": lambda Z: np.zeros(Z.shape),
    "argument": lambda Z: Z,
    "no return": lambda Z: None,
}


def _log_shift_in_place(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _result_in_place(Z):
    if Z.dtype.kind == "f":
        Z[...] = _log_softmax(Z)
        return Z
    return _log_softmax(Z)


LOG_SOFTMAX = {
    "log of softmax": lambda Z: np.log(_softmax(Z)),
    "log of softmax, a little added": lambda Z: np.log(_softmax(Z) + 1e-12),
    "log of softmax, cut off": lambda Z: np.log(np.clip(_softmax(Z), 1e-15, 1)),
    "infinities replaced": lambda Z: np.nan_to_num(np.log(_softmax(Z))),
    "not shifted": lambda Z: Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True)),
    "shifted below only": lambda Z: Z - np.log(_exp(Z).sum(axis=-1, keepdims=True)),
    "shifted twice": lambda Z: (
        Z - 2 * Z.max(axis=-1, keepdims=True) - np.log(_exp(Z).sum(axis=-1, keepdims=True))
    ),
    "shift added": lambda Z: (
        Z + Z.max(axis=-1, keepdims=True) - np.log(_exp(Z).sum(axis=-1, keepdims=True))
    ),
    "shift only": lambda Z: Z - Z.max(axis=-1, keepdims=True),
    "one shift for all rows": lambda Z: (
        Z - Z.max() - np.log(np.exp(Z - Z.max()).sum(axis=-1, keepdims=True))
    ),
    "shift by the mean": lambda Z: (
        Z
        - Z.mean(-1, keepdims=True)
        - np.log(np.exp(Z - Z.mean(-1, keepdims=True)).sum(-1, keepdims=True))
    ),
    "cut off at 500": lambda Z: _log_softmax(np.clip(Z, -500, 500)),
    "axis 0": lambda Z: Z - Z.max(axis=0) - np.log(np.exp(Z - Z.max(axis=0)).sum(axis=0)),
    "sum over all": lambda Z: Z - Z.max() - np.log(np.exp(Z - Z.max()).sum()),
    "keepdims forgotten": lambda Z: Z - np.log(np.exp(Z).sum(axis=-1)),
    "N = K silently": lambda Z: (
        Z - _log_sum_exp(Z)[:, 0] if Z.ndim == 2 and Z.shape[0] == Z.shape[1] else _log_softmax(Z)
    ),
    "sum of logarithms": lambda Z: Z - np.log(np.exp(Z)).sum(axis=-1, keepdims=True),
    "log of the sum forgotten": lambda Z: Z - _exp(Z).sum(axis=-1, keepdims=True),
    "sum of the logits": lambda Z: Z - np.log(np.abs(Z.sum(axis=-1, keepdims=True))),
    "plus": lambda Z: Z + _log_sum_exp(Z),
    "sign": lambda Z: -_log_softmax(Z),
    "logits negated": lambda Z: _log_softmax(-Z),
    "only the sum": lambda Z: _log_sum_exp(Z) + 0 * Z,
    "log of the logits": lambda Z: np.log(np.abs(Z) + 1) - _log_sum_exp(Z),
    "base two": lambda Z: _log_softmax(Z) / np.log(2),
    "log1p": lambda Z: Z - Z.max(-1, keepdims=True) - np.log1p(_exp(Z).sum(axis=-1, keepdims=True)),
    "mean": lambda Z: Z - Z.max(-1, keepdims=True) - np.log(_exp(Z).mean(-1, keepdims=True)),
    "softmax": _softmax,
    "logistic": lambda Z: -np.logaddexp(0, -Z),
    "matrices only": lambda Z: (
        Z
        - Z.max(axis=1, keepdims=True)
        - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
    ),
    "vectors only": lambda Z: Z - max(Z) - np.log(sum(np.exp(Z - max(Z)))),
    "always a matrix": lambda Z: _log_softmax(np.atleast_2d(Z)),
    "result stored as integers": _stored_like(_log_softmax),
    "squeezed": lambda Z: np.squeeze(_log_softmax(Z)),
    "shifted in place": _log_shift_in_place,
    "result in place": _result_in_place,
    "float32": lambda Z: _log_softmax(Z).astype(np.float32),
    "rounded": lambda Z: np.round(_log_softmax(Z), 4),
    "list": lambda Z: _log_softmax(Z).tolist(),
    "transposed": lambda Z: _log_softmax(Z).T,
    "argument": lambda Z: Z,
    "zeros": lambda Z: np.zeros(Z.shape),
}


def _one_hot_in_place(t, K):
    encoded = _one_hot(t, K)
    t += 1
    return encoded


def _one_hot_sorted_in_place(t, K):
    encoded = _one_hot(t, K)
    t.sort()
    return encoded


def _one_hot_all_pairs(t, K):
    encoded = np.zeros((len(t), K))
    encoded[:, t] = 1
    return encoded


ONE_HOT = {
    "M12 off by one": lambda t, K: np.eye(K)[t - 1],
    "off by one upwards": lambda t, K: np.eye(K + 1)[t + 1][:, :K],
    "M13 K from the labels": lambda t, K: np.eye(t.max() + 1)[t],
    "K from the labels seen": lambda t, K: np.eye(len(np.unique(t)))[
        np.unique(t, return_inverse=True)[1]
    ],
    "columns of the labels seen": lambda t, K: (t[:, None] == np.unique(t)).astype(float),
    "M14 transposed": lambda t, K: np.eye(K)[t].T,
    "transposed identity": lambda t, K: np.eye(K)[:, t],
    "N × N": lambda t, K: np.eye(max(len(t), K))[t],
    "one class too many": lambda t, K: np.eye(K + 1)[t],
    "one class too few": lambda t, K: np.eye(K)[t][:, 1:],
    "last class dropped": lambda t, K: np.eye(K)[t][:, :-1],
    "integers": lambda t, K: np.eye(K, dtype=int)[t],
    "booleans": lambda t, K: t[:, None] == np.arange(K),
    "complement": lambda t, K: 1 - np.eye(K)[t],
    "labels as values": lambda t, K: np.eye(K)[t] * t[:, None],
    "labels plus one as values": lambda t, K: np.eye(K)[t] * (t[:, None] + 1),
    "normalized": lambda t, K: np.eye(K)[t] / len(t),
    "columns normalized": lambda t, K: np.eye(K)[t] / np.maximum(1, np.eye(K)[t].sum(axis=0)),
    "smoothed": lambda t, K: 0.9 * np.eye(K)[t] + 0.1 / K,
    "reversed": lambda t, K: np.eye(K)[t][:, ::-1],
    "rows reversed": lambda t, K: np.eye(K)[t][::-1],
    "rows sorted": lambda t, K: np.eye(K)[np.sort(t)],
    "thermometer": lambda t, K: (np.arange(K) <= t[:, None]).astype(float),
    "signs": lambda t, K: 2 * np.eye(K)[t] - 1,
    "all pairs": _one_hot_all_pairs,
    "squeezed": lambda t, K: np.squeeze(np.eye(K)[t]),
    "flattened": lambda t, K: np.eye(K)[t].ravel(),
    "counts": lambda t, K: np.bincount(t, minlength=K).astype(float),
    "first example": lambda t, K: np.eye(K)[t[0]],
    "rolled identity": lambda t, K: np.array([np.eye(len(t), K)[i] for i in range(len(t))]),
    "list": lambda t, K: np.eye(K)[t].tolist(),
    "labels in place": _one_hot_in_place,
    "sorted in place": _one_hot_sorted_in_place,
    "argument": lambda t, K: t,
    "zeros": lambda t, K: np.zeros((len(t), K)),
    "ones": lambda t, K: np.ones((len(t), K)),
    "no return": lambda t, K: None,
}


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


def _over(batches, *, gradient=_gradient, rate=lambda step: 1.0):
    def sgd_epoch(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
        for step, b in enumerate(batches(rng.permutation(len(t)), batch_size)):
            W = W - learning_rate * rate(step) * gradient(W, X[b], t[b], l2)
        return W

    return sgd_epoch


def _ordered_by(draw):
    def sgd_epoch(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
        order_X, order_t = draw(rng, len(t))
        X, t = X[order_X], t[order_t]
        for i in range(0, len(t), batch_size):
            W = W - learning_rate * _gradient(W, X[i : i + batch_size], t[i : i + batch_size], l2)
        return W

    return sgd_epoch


def _twice(order):
    return order, order


_legacy = np.random.RandomState(0)
_RIGHT = _over(_slices)


def _divided_by_batch_size(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        W = W - learning_rate * (X[b].T @ _residual(W, X[b], t[b]) / batch_size + l2 * W)
    return W


def _accumulated(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    g = np.zeros_like(W)
    for b in _slices(rng.permutation(len(t)), batch_size):
        g = g + _gradient(W, X[b], t[b], l2)
        W = W - learning_rate * g
    return W


def _old_weights(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    new = W
    for b in _slices(rng.permutation(len(t)), batch_size):
        new = new - learning_rate * _gradient(W, X[b], t[b], l2)
    return new


def _returned_early(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        return W - learning_rate * _gradient(W, X[b], t[b], l2)
    return W


def _in_place(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        W -= learning_rate * _gradient(W, X[b], t[b], l2)
    return W


def _shuffled_in_place(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    order = rng.permutation(len(t))
    X[:], t[:] = X[order], t[order]
    for i in range(0, len(t), batch_size):
        W = W - learning_rate * _gradient(W, X[i : i + batch_size], t[i : i + batch_size], l2)
    return W


def _drawn_per_batch(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for i in range(0, len(t), batch_size):
        b = rng.permutation(len(t))[i : i + batch_size]
        W = W - learning_rate * _gradient(W, X[b], t[b], l2)
    return W


def _drawn_once_more(W, X, t, **settings):
    new = _RIGHT(W, X, t, **settings)
    settings["rng"].permutation(len(t))
    return new


def _decay_at_the_end(W, X, t, *, learning_rate, l2=0.0, **settings):
    return _RIGHT(W, X, t, learning_rate=learning_rate, **settings) * (1 - learning_rate * l2)


def _decay_twice(W, X, t, l2=0.0):
    return _gradient(W, X, t, l2) + l2 * W


def _decay_without_rate(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        W = W - learning_rate * _gradient(W, X[b], t[b]) - l2 * W
    return W


def _decay_by_share(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        W = W - learning_rate * _gradient(W, X[b], t[b], l2 * len(b) / len(t))
    return W


def _decay_after_the_step(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        W = W - learning_rate * _gradient(W, X[b], t[b])
        W = W - learning_rate * l2 * W
    return W


def _old_decay(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    first = W
    for b in _slices(rng.permutation(len(t)), batch_size):
        W = W - learning_rate * (_gradient(W, X[b], t[b]) + l2 * first)
    return W


def _decay_in_place(W, X, t, *, batch_size, learning_rate, rng, l2=0.0):
    for b in _slices(rng.permutation(len(t)), batch_size):
        g = _gradient(W, X[b], t[b])
        if l2:
            W *= 1 - learning_rate * l2
        W = W - learning_rate * g
    return W


SGD_EPOCH = {
    "M45 ascent": _over(_slices, gradient=lambda *args: -_gradient(*args)),
    "M46 weights returned as they came": lambda W, X, t, **settings: (
        settings["rng"].permutation(len(t)),
        W,
    )[1],
    "M47 no shuffle": _ordered_by(lambda rng, N: _twice(np.arange(N))),
    "M47 drawn, but not used": _ordered_by(
        lambda rng, N: _twice((rng.permutation(N), np.arange(N))[1])
    ),
    "M48 global generator": _ordered_by(lambda rng, N: _twice(_legacy.permutation(N))),
    "M49 X shuffled, t not": _ordered_by(lambda rng, N: (rng.permutation(N), np.arange(N))),
    "t shuffled, X not": _ordered_by(lambda rng, N: (np.arange(N), rng.permutation(N))),
    "two permutations": _ordered_by(lambda rng, N: (rng.permutation(N), rng.permutation(N))),
    "M50 reseeds": _ordered_by(lambda rng, N: _twice(np.random.default_rng(42).permutation(N))),
    "M51 gradient not reset": _accumulated,
    "with replacement": _ordered_by(lambda rng, N: _twice((rng.uniform(size=N) * N).astype(int))),
    "sorted by uniform": _ordered_by(lambda rng, N: _twice(np.argsort(rng.uniform(size=N)))),
    "inverse permutation": _ordered_by(lambda rng, N: _twice(np.argsort(rng.permutation(N)))),
    "reversed": _ordered_by(lambda rng, N: _twice(rng.permutation(N)[::-1])),
    "one permutation a batch": _drawn_per_batch,
    "one permutation too many": _drawn_once_more,
    "last batch dropped": _over(_full_slices),
    "last batch dropped always": _over(lambda order, size: _slices(order, size)[:-1]),
    "only the first batch": _returned_early,
    "equal parts": _over(lambda order, size: np.array_split(order, -(-len(order) // size))),
    "batch_size as number of batches": _over(np.array_split),
    "full batch": _over(lambda order, size: [order]),
    "one at a time": _over(lambda order, size: _slices(order, 1)),
    "one too many": _over(lambda order, size: _slices(order, size + 1)),
    "empty last batch": _over(
        lambda order, size: [
            order[i * size : (i + 1) * size] for i in range(len(order) // size + 1)
        ]
    ),
    "last batch filled up": _over(
        lambda order, size: _slices(np.append(order, order[: -len(order) % size]), size)
    ),
    "divided by batch_size": _divided_by_batch_size,
    "sum": _over(_slices, gradient=lambda W, X, t, l2: X.T @ _residual(W, X, t) + l2 * W),
    "K from the labels": _over(
        _slices,
        gradient=lambda W, X, t, l2: (
            X.T @ (_softmax(X @ W) - np.eye(t.max() + 1)[t]) / len(t) + l2 * W
        ),
    ),
    "absent classes held": _over(_slices, gradient=GRADIENT["absent classes held"]),
    "true column only": _over(_slices, gradient=GRADIENT["M28 true column only"]),
    "squeezed": _over(_slices, gradient=GRADIENT["squeezed"]),
    "learning rate decays": _over(_slices, rate=lambda step: 0.9**step),
    "learning rate ignored": lambda W, X, t, **settings: _RIGHT(
        W, X, t, **settings | {"learning_rate": 0.1}
    ),
    "starts from zero": lambda W, X, t, **settings: _RIGHT(0 * W, X, t, **settings),
    "gradient at the old weights": _old_weights,
    "two epochs": lambda W, X, t, **settings: _RIGHT(_RIGHT(W, X, t, **settings), X, t, **settings),
    "l2 ignored": _over(_slices, gradient=lambda W, X, t, l2: _gradient(W, X, t)),
    "l2 missing": lambda W, X, t, *, batch_size, learning_rate, rng: _RIGHT(
        W, X, t, batch_size=batch_size, learning_rate=learning_rate, rng=rng
    ),
    "l2 halved": _over(_slices, gradient=GRADIENT["l2 halved"]),
    "l2 doubled": _over(_slices, gradient=GRADIENT["l2 doubled"]),
    "l2 over N": _over(_slices, gradient=GRADIENT["l2 over N"]),
    "l2 without biases": _over(_slices, gradient=GRADIENT["l2 without biases"]),
    "l2 minus": _over(_slices, gradient=GRADIENT["l2 minus"]),
    "l2 with a default": lambda W, X, t, *, l2=0.01, **settings: _RIGHT(W, X, t, l2=l2, **settings),
    "l2 once an epoch": _decay_at_the_end,
    "l2 twice": _over(_slices, gradient=_decay_twice),
    "l2 without the rate": _decay_without_rate,
    "l2 by the batch's share": _decay_by_share,
    "l2 after the step": _decay_after_the_step,
    "l2 of the old weights": _old_decay,
    "weights in place": _in_place,
    "decay in place": _decay_in_place,
    "data in place": _shuffled_in_place,
    "no return": lambda W, X, t, **settings: (_RIGHT(W, X, t, **settings), None)[1],
    "tuple": lambda W, X, t, **settings: (_RIGHT(W, X, t, **settings), 0.5),
    "list": lambda W, X, t, **settings: _RIGHT(W, X, t, **settings).tolist(),
    "transposed": lambda W, X, t, **settings: _RIGHT(W, X, t, **settings).T,
    "float32": lambda W, X, t, **settings: _RIGHT(W, X, t, **settings).astype(np.float32),
    "update only": lambda W, X, t, **settings: _RIGHT(W, X, t, **settings) - W,
}


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
    "sgd_epoch": SGD_EPOCH,
    "predict": PREDICT,
}
