"""Mistakes in `softmax`, `log_softmax` and `one_hot`; numbers are those of the list."""

import numpy as np
from correct_softmax_regression import _log_softmax, _log_sum_exp, _one_hot, _softmax, _unshifted


def _exp(Z):
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def _shift_in_place(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)


def _exp_in_place(Z):
    np.exp(Z - Z.max(axis=-1, keepdims=True), out=Z)
    return Z / Z.sum(axis=-1, keepdims=True)


def _clipped_in_place(Z):
    np.maximum(Z, -700, out=Z)
    return _softmax(Z)


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
    Z[...] = _log_softmax(Z)
    return Z


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
