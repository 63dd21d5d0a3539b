"""Softmax regression as different students write it: every one of these is right."""

import math

import numpy as np


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def _log_softmax(Z):
    Z = Z - Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _one_hot(t, K):
    return np.eye(K)[t]


def _row_by_row(function):
    def rows(Z):
        if Z.ndim == 1:
            return np.array(function(Z.tolist()))
        return np.array([function(row) for row in Z.tolist()])

    return rows


def _softmax_row(z):
    e = [math.exp(v - max(z)) for v in z]
    return [v / sum(e) for v in e]


def _softmax_transposed(Z):
    E = np.exp((Z.T - np.max(Z, axis=-1)).T)
    return (E.T / np.sum(E, axis=-1)).T


def _softmax_filled(Z):
    Z2 = np.atleast_2d(Z)
    out = np.empty(Z2.shape)
    for i, z in enumerate(Z2):
        out[i] = np.exp(z - z.max())
        out[i] /= out[i].sum()
    return out.reshape(Z.shape)


def _softmax_in_its_own_array(Z):
    E = np.array(Z, dtype=float)
    E -= E.max(axis=-1, keepdims=True)
    np.exp(E, out=E)
    E /= E.sum(axis=-1, keepdims=True)
    return E


SOFTMAX = {
    "shifted": _softmax,
    "einsum": lambda Z: (
        np.exp(Z - Z.max(-1, keepdims=True))
        / np.einsum("...k->...", np.exp(Z - Z.max(-1, keepdims=True)))[..., None]
    ),
    "newaxis": lambda Z: (
        np.exp(Z - Z.max(-1)[..., np.newaxis])
        / np.exp(Z - Z.max(-1)[..., np.newaxis]).sum(-1)[..., np.newaxis]
    ),
    "exp of log": lambda Z: np.exp(_log_softmax(Z)),
    "logaddexp": lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)),
    "rows": _row_by_row(_softmax_row),
    "transposed": _softmax_transposed,
    "filled": _softmax_filled,
    "own array": _softmax_in_its_own_array,
    "pairwise": lambda Z: 1 / np.exp(Z[..., None, :] - Z[..., :, None]).sum(-1),
    "apply_along_axis": lambda Z: np.apply_along_axis(_softmax, -1, Z),
    "matrix product": lambda Z: (
        np.exp(Z - Z.max(-1, keepdims=True))
        / (np.exp(Z - Z.max(-1, keepdims=True)) @ np.ones((Z.shape[-1], 1)))
        if Z.ndim == 2
        else _softmax(Z)
    ),
}


def _log_softmax_row(z):
    m = max(z)
    rest = math.log(sum(math.exp(v - m) for v in z))
    return [v - m - rest for v in z]


def _log_softmax_filled(Z):
    Z2 = np.atleast_2d(Z)
    out = np.zeros(Z2.shape)
    for i in range(Z2.shape[0]):
        shifted = Z2[i] - np.max(Z2[i])
        for k in range(Z2.shape[1]):
            out[i, k] = shifted[k] - np.log(np.sum(np.exp(shifted)))
    return out.reshape(Z.shape)


def _log_sum_exp(Z):
    m = Z.max(axis=-1, keepdims=True)
    return m + np.log(np.exp(Z - m).sum(axis=-1, keepdims=True))


LOG_SOFTMAX = {
    "shifted": _log_softmax,
    "log-sum-exp": lambda Z: Z - _log_sum_exp(Z),
    "logaddexp": lambda Z: Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True),
    "rows": _row_by_row(_log_softmax_row),
    "filled": _log_softmax_filled,
    "transposed": lambda Z: ((Z.T - Z.max(-1)) - np.log(np.exp(Z.T - Z.max(-1)).sum(0))).T,
    "log1p": lambda Z: (
        Z
        - Z.max(-1, keepdims=True)
        - np.log1p(np.sort(np.exp(Z - Z.max(-1, keepdims=True)))[..., :-1].sum(-1, keepdims=True))
    ),
    "apply_along_axis": lambda Z: np.apply_along_axis(_log_softmax, -1, Z),
    "two steps": lambda Z: np.subtract(
        Z - np.amax(Z, axis=-1)[..., None],
        np.log(np.einsum("...k->...", np.exp(Z - np.amax(Z, axis=-1)[..., None])))[..., None],
    ),
    "pairwise": lambda Z: -np.logaddexp.reduce(Z[..., None, :] - Z[..., :, None], axis=-1),
}


def _one_hot_loop(t, K):
    rows = np.zeros((len(t), K))
    for n, k in enumerate(t):
        rows[n, k] = 1
    return rows


def _one_hot_index(t, K):
    rows = np.zeros((t.size, K))
    rows[np.arange(t.size), t] = 1.0
    return rows


def _one_hot_put(t, K):
    rows = np.zeros((len(t), K))
    np.put_along_axis(rows, t[:, None], 1, axis=1)
    return rows


def _one_hot_flat(t, K):
    rows = np.zeros(len(t) * K)
    rows[np.arange(len(t)) * K + t] = 1
    return rows.reshape(len(t), K)


ONE_HOT = {
    "eye": _one_hot,
    "identity": lambda t, K: np.identity(K)[t, :],
    "compared": lambda t, K: (t[:, None] == np.arange(K)).astype(float),
    "outer": lambda t, K: np.equal.outer(t, np.arange(K)) * 1.0,
    "loop": _one_hot_loop,
    "index": _one_hot_index,
    "put": _one_hot_put,
    "flat": _one_hot_flat,
    "take": lambda t, K: np.take(np.eye(K), t, axis=0),
    "lists": lambda t, K: np.array([[float(k == label) for k in range(K)] for label in t]),
    "float32": lambda t, K: np.eye(K, dtype=np.float32)[t],
    "where": lambda t, K: np.where(np.arange(K)[None, :] == t[:, None], 1.0, 0.0),
}


def _nll_loop(W, X, t, l2=0.0):
    total = 0.0
    for x, k in zip(X, t, strict=True):
        z = [sum(x[d] * W[d, j] for d in range(len(x))) for j in range(W.shape[1])]
        m = max(z)
        total += m + math.log(sum(math.exp(v - m) for v in z)) - z[k]
    return total / len(t) + l2 / 2 * sum(v * v for v in W.ravel().tolist())


def _nll_grouped(W, X, t, l2=0.0):
    log_p = _log_softmax(X @ W)
    total = sum(log_p[t == k, k].sum() for k in range(W.shape[1]))
    return l2 * (W * W).sum() / 2 - total / t.size


NLL = {
    "picked": lambda W, X, t, l2=0.0: (
        -_log_softmax(X @ W)[np.arange(len(t)), t].mean() + l2 / 2 * np.sum(W**2)
    ),
    "one-hot": lambda W, X, t, l2=0.0: (
        -np.sum(_one_hot(t, W.shape[1]) * _log_softmax(X @ W)) / len(X)
        + 0.5 * l2 * np.linalg.norm(W) ** 2
    ),
    "log-sum-exp": lambda W, X, t, l2=0.0: (
        np.mean(_log_sum_exp(X @ W)[:, 0] - (X @ W)[np.arange(len(t)), t]) + l2 / 2 * (W**2).sum()
    ),
    "chosen columns": lambda W, X, t, l2=0.0: (
        np.mean(_log_sum_exp(X @ W).ravel() - np.sum(X * W.T[t], axis=1))
        + l2 / 2 * np.square(W).sum()
    ),
    "loop": _nll_loop,
    "grouped": _nll_grouped,
    "einsum": lambda W, X, t, l2=0.0: (
        -np.einsum("nk,nk->", _one_hot(t, W.shape[1]), _log_softmax(np.einsum("nd,dk->nk", X, W)))
        / len(t)
        + l2 / 2 * np.einsum("dk,dk->", W, W)
    ),
    "trace": lambda W, X, t, l2=0.0: (
        -np.trace(_log_softmax(X @ W)[:, t]) / len(t) + l2 / 2 * np.trace(W.T @ W)
    ),
    "take_along_axis": lambda W, X, t, l2=0.0: float(
        np.average(-np.take_along_axis(_log_softmax(X @ W), t[:, None], axis=1))
        + l2 / 2 * np.vdot(W, W)
    ),
    "list": lambda W, X, t, l2=0.0: (
        sum(float(-row[k]) for row, k in zip(_log_softmax(X @ W), t, strict=True)) / len(t)
        + l2 / 2 * float(np.sum(W * W))
    ),
    "array without axes": lambda W, X, t, l2=0.0: np.array(_nll_grouped(W, X, t, l2)),
    "float32": lambda W, X, t, l2=0.0: np.float32(_nll_grouped(W, X, t, l2)),
}


def _gradient_subtracted(W, X, t, l2=0.0):
    Y = _softmax(X @ W)
    Y[np.arange(len(t)), t] -= 1
    return np.dot(X.T, Y) / X.shape[0] + l2 * W


def _gradient_loop(W, X, t, l2=0.0):
    g = np.zeros_like(W)
    for x, k in zip(X, t, strict=True):
        y = _softmax(x @ W)
        y[k] -= 1
        g += np.outer(x, y)
    return g / len(X) + l2 * W


def _gradient_classes(W, X, t, l2=0.0):
    Y = _softmax(X @ W)
    columns = [X.T @ (Y[:, k] - (t == k)) / len(t) for k in range(W.shape[1])]
    return np.stack(columns, axis=1) + l2 * W


GRADIENT = {
    "formula": lambda W, X, t, l2=0.0: (
        X.T @ (_softmax(X @ W) - _one_hot(t, W.shape[1])) / len(X) + l2 * W
    ),
    "subtracted": _gradient_subtracted,
    "loop": _gradient_loop,
    "class by class": _gradient_classes,
    "einsum": lambda W, X, t, l2=0.0: (
        np.einsum("nd,nk->dk", X, _softmax(X @ W) - _one_hot(t, W.shape[1])) / len(t) + l2 * W
    ),
    "mean of outers": lambda W, X, t, l2=0.0: (
        np.mean(X[:, :, None] * (_softmax(X @ W) - _one_hot(t, W.shape[1]))[:, None, :], axis=0)
        + l2 * W
    ),
    "transposed": lambda W, X, t, l2=0.0: (
        ((_softmax(X @ W) - _one_hot(t, W.shape[1])).T @ X / len(t)).T + l2 * W
    ),
    "two parts": lambda W, X, t, l2=0.0: (
        X.T @ _softmax(X @ W) / len(t) - X.T @ _one_hot(t, W.shape[1]) / len(t) + l2 * W
    ),
    "tensordot": lambda W, X, t, l2=0.0: np.add(
        np.tensordot(X, _softmax(X.dot(W)) - _one_hot(t, W.shape[1]), axes=(0, 0)) / len(t), l2 * W
    ),
    "sum of outers": lambda W, X, t, l2=0.0: (
        sum(
            np.outer(x, y)
            for x, y in zip(X, _softmax(X @ W) - _one_hot(t, W.shape[1]), strict=True)
        )
        / len(t)
        + l2 * W
    ),
}


def _first_largest(z):
    best = 0
    for k in range(1, len(z)):
        if z[k] > z[best]:
            best = k
    return best


PREDICT = {
    "argmax": lambda W, X: np.argmax(X @ W, axis=1),
    "of probabilities": lambda W, X: _softmax(X @ W).argmax(axis=-1),
    "of logarithms": lambda W, X: np.argmax(_log_softmax(X @ W), axis=1),
    "loop": lambda W, X: np.array([_first_largest(x @ W) for x in X]),
    "lists": lambda W, X: np.array([list(z).index(max(z)) for z in X @ W]),
    "transposed": lambda W, X: np.argmax(W.T @ X.T, axis=0),
    "einsum": lambda W, X: np.einsum("nd,dk->nk", X, W).argmax(1).astype(np.int32),
    "sorted": lambda W, X: np.argsort(-(X @ W), axis=1, kind="stable")[:, 0],
    "compared": lambda W, X: ((X @ W).max(axis=1, keepdims=True) == X @ W).argmax(axis=1),
    "uint8": lambda W, X: np.argmax(X @ W, axis=1).astype(np.uint8),
}

CORRECT = {
    "softmax": SOFTMAX,
    "log_softmax": LOG_SOFTMAX,
    "one_hot": ONE_HOT,
    "nll": NLL,
    "gradient": GRADIENT,
    "predict": PREDICT,
}


def _unshifted(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)


def _nll_textbook(floor=0.0):
    def nll(W, X, t, l2=0.0):
        p = _softmax(X @ W)[np.arange(len(t)), t]
        return -np.mean(np.log(p + floor)) + l2 / 2 * np.sum(W**2)

    return nll


# Right but for one promise of the docstring: exactly these tests fail.
NEARLY = {
    "softmax": {
        "not shifted": (
            _unshifted,
            {"test_rows_at_very_different_scales"},
        ),
    },
    "log_softmax": {
        "log of softmax": (
            lambda Z: np.log(_softmax(Z)),
            {"test_hopeless_classes"},
        ),
    },
    "one_hot": {
        "integers": (lambda t, K: np.eye(K, dtype=int)[t], {"test_entries_are_floats"}),
        "booleans": (lambda t, K: t[:, None] == np.arange(K), {"test_entries_are_floats"}),
    },
    "nll": {
        "log of softmax": (_nll_textbook(), {"test_sure_and_wrong"}),
        "a little added": (_nll_textbook(1e-8), {"test_sure_and_wrong"}),
    },
    "gradient": {
        "softmax not shifted": (
            lambda W, X, t, l2=0.0: (
                X.T @ (_unshifted(X @ W) - _one_hot(t, W.shape[1])) / len(t) + l2 * W
            ),
            {"test_large_logits"},
        ),
    },
    "predict": {
        "floats": (
            lambda W, X: np.argmax(X @ W, axis=1).astype(float),
            {"test_labels_are_integers"},
        ),
        "softmax not shifted": (
            lambda W, X: np.argmax(_unshifted(X @ W), axis=1),
            {"test_large_logits"},
        ),
    },
}
