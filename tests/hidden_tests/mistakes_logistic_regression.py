"""Mistakes in logistic regression as runnable code; those of the list of mistakes carry their number."""

import math

import numpy as np
from correct_logistic_regression import GRADIENT as RIGHT_GRADIENT
from correct_logistic_regression import _sigmoid

_gradient = RIGHT_GRADIENT["formula"]


def _filled(make, function):
    def fill(z):
        out = make(z)
        for index in np.ndindex(z.shape):
            out[index] = function(z[index])
        return out

    return fill


def _negated_in_place(z):
    np.negative(z, out=z)
    return 1 / (1 + np.exp(z))


def _clipped_in_place(z):
    if np.ndim(z):
        np.clip(z, -500, 500, out=z)
    return 1 / (1 + np.exp(-z))


SIGMOID = {
    "M2 sign flipped": lambda z: 1 / (1 + np.exp(z)),
    "M3 math.exp": lambda z: 1 / (1 + math.exp(-z)),
    "M4 result stored as integers": _filled(np.zeros_like, _sigmoid),
    "M4 empty_like": _filled(np.empty_like, _sigmoid),
    "derivative": lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    "tanh": np.tanh,
    "half scale": lambda z: 1 / (1 + np.exp(-z / 2)),
    "tanh not halved": lambda z: (1 + np.tanh(z)) / 2,
    "numerator": lambda z: np.exp(-z) / (1 + np.exp(-z)),
    "minus in denominator": lambda z: 1 / (1 - np.exp(-z)),
    "brackets": lambda z: 1 / 1 + np.exp(-z),
    "base two": lambda z: 1 / (1 + 2.0**-z),
    "absolute value": lambda z: 1 / (1 + np.exp(-np.abs(z))),
    "quotient of exponentials": lambda z: np.exp(z) / (1 + np.exp(z)),
    "one side only": lambda z: np.where(z >= 0, _sigmoid(z), 0),
    "zero as one": lambda z: np.where(z == 0, 1.0, _sigmoid(z)),
    "cut off at 5": lambda z: _sigmoid(np.clip(z, -5, 5)),
    "cut off at 20": lambda z: _sigmoid(np.clip(z, -20, 20)),
    "kept off 0 and 1": lambda z: np.clip(_sigmoid(z), 1e-7, 1 - 1e-7),
    "NaN kept far out": lambda z: np.where(np.abs(z) > 700, np.nan, _sigmoid(z)),
    "hard": lambda z: np.clip(0.25 * z + 0.5, 0, 1),
    "rational": lambda z: 0.5 + 0.5 * z / (1 + np.abs(z)),
    "step": lambda z: (z >= 0).astype(float),
    "rounded": lambda z: np.round(_sigmoid(z), 4),
    "float32": lambda z: _sigmoid(z).astype(np.float32),
    "log": lambda z: np.log(_sigmoid(z)),
    "softmax over all": lambda z: np.exp(z) / np.exp(z).sum(),
    "divided by the sum": lambda z: _sigmoid(z) / _sigmoid(z).sum(),
    "mean": lambda z: _sigmoid(z).mean(),
    "flattened": lambda z: _sigmoid(z).ravel(),
    "transposed": lambda z: _sigmoid(z).T,
    "vectors only": lambda z: np.array([1 / (1 + math.exp(min(-v, 700.0))) for v in z]),
    "list": lambda z: _sigmoid(z).tolist(),
    "in place": _negated_in_place,
    "clipped in place": _clipped_in_place,
    "squeezed": lambda z: np.squeeze(_sigmoid(z)),
    "whole numbers": lambda z: _sigmoid(np.asarray(z).astype(int)),
    "no numbers": lambda z: _sigmoid(z.astype(float)),
    "numbers become vectors": lambda z: _sigmoid(np.atleast_1d(z)),
    "no return": lambda z: None,
    "argument": lambda z: z,
    "zeros": lambda z: np.zeros(z.shape),
    "halves": lambda z: np.full(z.shape, 0.5),
}


def _negated_slope_in_place(z):
    z *= -1
    return np.exp(z) / (1 + np.exp(z)) ** 2


def _clipped_slope_in_place(z):
    if np.ndim(z):
        np.clip(z, -500, 500, out=z)
    return _sigmoid(z) * (1 - _sigmoid(z))


SIGMOID_DERIVATIVE = {
    "M5 takes σ(z)": lambda z: z * (1 - z),
    "M6 one factor": _sigmoid,
    "other factor": lambda z: 1 - _sigmoid(z),
    "half mixed": lambda z: _sigmoid(z) * (1 - z),
    "other half mixed": lambda z: z * (1 - _sigmoid(z)),
    "square": lambda z: _sigmoid(z) ** 2,
    "plus": lambda z: _sigmoid(z) * (1 + _sigmoid(z)),
    "sign": lambda z: _sigmoid(z) * (_sigmoid(z) - 1),
    "applied twice": lambda z: _sigmoid(_sigmoid(z)) * (1 - _sigmoid(_sigmoid(z))),
    "doubled": lambda z: 2 * _sigmoid(z) * (1 - _sigmoid(z)),
    "square forgotten": lambda z: np.exp(-z) / (1 + np.exp(-z)),
    "numerator forgotten": lambda z: 1 / (1 + np.exp(-z)) ** 2,
    "inner derivative": lambda z: -np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "overflow": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "second derivative": lambda z: _sigmoid(z) * (1 - _sigmoid(z)) * (1 - 2 * _sigmoid(z)),
    "one-sided difference": lambda z: (_sigmoid(z + 1e-6) - _sigmoid(z)) / 1e-6,
    "wide difference": lambda z: (_sigmoid(z + 1e-3) - _sigmoid(z - 1e-3)) / 2e-3,
    "np.gradient": lambda z: np.gradient(_sigmoid(z), axis=0),
    "log": lambda z: np.log(_sigmoid(z) * (1 - _sigmoid(z))),
    "result stored as integers": _filled(np.zeros_like, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    "relu": lambda z: (z > 0).astype(float),
    "positive side only": lambda z: np.where(z >= 0, _sigmoid(z) * (1 - _sigmoid(z)), 0),
    "float32": lambda z: (_sigmoid(z) * (1 - _sigmoid(z))).astype(np.float32),
    "flattened": lambda z: (_sigmoid(z) * (1 - _sigmoid(z))).ravel(),
    "sum": lambda z: (_sigmoid(z) * (1 - _sigmoid(z))).sum(),
    "matrix product": lambda z: _sigmoid(z) @ (1 - _sigmoid(z)),
    "outer": lambda z: np.outer(_sigmoid(z), 1 - _sigmoid(z)),
    "vectors only": lambda z: np.array([float(_sigmoid(v) * (1 - _sigmoid(v))) for v in z]),
    "in place": _negated_slope_in_place,
    "clipped in place": _clipped_slope_in_place,
    "squeezed": lambda z: np.squeeze(_sigmoid(z) * (1 - _sigmoid(z))),
    "list": lambda z: (_sigmoid(z) * (1 - _sigmoid(z))).tolist(),
    "quarter": lambda z: np.full(z.shape, 0.25),
    "zeros": lambda z: np.zeros(z.shape),
}


def _odds_in_place(p):
    p /= 1 - p
    return np.log(p)


LOGIT = {
    "log p": np.log,
    "odds": lambda p: p / (1 - p),
    "sign": lambda p: np.log((1 - p) / p),
    "brackets": lambda p: np.log(p / 1 - p + 1),
    "log over the wrong part": lambda p: np.log(p) / (1 - p),
    "quotient of logs": lambda p: np.log(p) / np.log(1 - p),
    "sum of logs": lambda p: np.log(p) + np.log(1 - p),
    "one plus": lambda p: np.log(p / (1 + p)),
    "base two": lambda p: np.log2(p / (1 - p)),
    "base ten": lambda p: np.log10(p / (1 - p)),
    "log1p": lambda p: np.log1p(p / (1 - p)),
    "sigmoid": _sigmoid,
    "derivative": lambda p: 1 / (p * (1 - p)),
    "entropy": lambda p: -p * np.log(p) - (1 - p) * np.log(1 - p),
    "absolute value": lambda p: np.abs(np.log(p / (1 - p))),
    "1e-8 added": lambda p: np.log((p + 1e-8) / (1 - p + 1e-8)),
    "cut off at 1e-3": lambda p: np.log(np.clip(p, 1e-3, 0.999) / (1 - np.clip(p, 1e-3, 0.999))),
    "linear": lambda p: 4 * (p - 0.5),
    "math.log": lambda p: math.log(p / (1 - p)),
    "float32": lambda p: np.log(p / (1 - p)).astype(np.float32),
    "rounded": lambda p: np.round(np.log(p / (1 - p)), 3),
    "flattened": lambda p: np.log(p / (1 - p)).ravel(),
    "squeezed": lambda p: np.squeeze(np.log(p / (1 - p))),
    "vectors only": lambda p: np.array([math.log(v / (1 - v)) for v in p]),
    "divided by the sum": lambda p: np.log(p / p.sum()),
    "in place": _odds_in_place,
    "list": lambda p: np.log(p / (1 - p)).tolist(),
    "argument": lambda p: p,
    "zeros": lambda p: np.zeros(p.shape),
}


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


def _over(batches, *, gradient=_gradient, rate=lambda step: 1.0):
    """An epoch over `batches(order, batch_size)` with another gradient or learning rate."""

    def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
        for step, b in enumerate(batches(rng.permutation(len(t)), batch_size)):
            w = w - learning_rate * rate(step) * gradient(w, X[b], t[b])
        return w

    return sgd_epoch


def _slices(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order), batch_size)]


def _full_slices(order, batch_size):
    return [b for b in _slices(order, batch_size) if len(b) == batch_size]


def _ordered_by(draw):
    """An epoch whose orders of X and of t are what `draw(rng, N)` gives."""

    def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng):
        order_X, order_t = draw(rng, len(t))
        X, t = X[order_X], t[order_t]
        for i in range(0, len(t), batch_size):
            w = w - learning_rate * _gradient(w, X[i : i + batch_size], t[i : i + batch_size])
        return w

    return sgd_epoch


def _twice(order):
    return order, order


_legacy = np.random.RandomState(0)
_RIGHT = _over(_slices)


def _batch_size_divides(w, X, t, *, batch_size, learning_rate, rng):
    for b in _slices(rng.permutation(len(t)), batch_size):
        w = w - learning_rate * X[b].T @ _residual(w, X[b], t[b]) / batch_size
    return w


def _accumulated(w, X, t, *, batch_size, learning_rate, rng):
    g = np.zeros_like(w)
    for b in _slices(rng.permutation(len(t)), batch_size):
        g = g + _gradient(w, X[b], t[b])
        w = w - learning_rate * g
    return w


def _averaged_at_the_end(w, X, t, *, batch_size, learning_rate, rng):
    steps = [_gradient(w, X[b], t[b]) for b in _slices(rng.permutation(len(t)), batch_size)]
    return w - learning_rate * np.mean(steps, axis=0)


def _old_weights(w, X, t, *, batch_size, learning_rate, rng):
    new = w
    for b in _slices(rng.permutation(len(t)), batch_size):
        new = new - learning_rate * _gradient(w, X[b], t[b])
    return new


def _update_lost(w, X, t, *, batch_size, learning_rate, rng):
    for b in _slices(rng.permutation(len(t)), batch_size):
        new = w - learning_rate * _gradient(w, X[b], t[b])
    return new


def _returned_early(w, X, t, *, batch_size, learning_rate, rng):
    for b in _slices(rng.permutation(len(t)), batch_size):
        return w - learning_rate * _gradient(w, X[b], t[b])
    return w


def _in_place(w, X, t, *, batch_size, learning_rate, rng):
    for b in _slices(rng.permutation(len(t)), batch_size):
        w -= learning_rate * _gradient(w, X[b], t[b])
    return w


def _shuffled_in_place(w, X, t, *, batch_size, learning_rate, rng):
    order = rng.permutation(len(t))
    X[:], t[:] = X[order], t[order]
    for i in range(0, len(t), batch_size):
        w = w - learning_rate * _gradient(w, X[i : i + batch_size], t[i : i + batch_size])
    return w


def _drawn_per_batch(w, X, t, *, batch_size, learning_rate, rng):
    for i in range(0, len(t), batch_size):
        b = rng.permutation(len(t))[i : i + batch_size]
        w = w - learning_rate * _gradient(w, X[b], t[b])
    return w


def _drawn_once_more(w, X, t, **settings):
    new = _RIGHT(w, X, t, **settings)
    settings["rng"].permutation(len(t))
    return new


def _drawn_noise(w, X, t, **settings):
    settings["rng"].uniform(-0.1, 0.1, size=len(w))
    return _RIGHT(w, X, t, **settings)


def _two_epochs(w, X, t, **settings):
    return _RIGHT(_RIGHT(w, X, t, **settings), X, t, **settings)


def _squeezed(w, X, t):
    return np.mean((_residual(w, X, t) * np.squeeze(X).T).T, axis=0)


SGD_EPOCH = {
    "M45 ascent": _over(_slices, gradient=lambda w, X, t: -_gradient(w, X, t)),
    "M46 update lost": _update_lost,
    "M46 weights returned as they came": lambda w, X, t, **settings: (
        settings["rng"].permutation(len(t)),
        w,
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
    "order sorted": _ordered_by(lambda rng, N: _twice(np.sort(rng.permutation(N)))),
    "permutation of N − 1": _ordered_by(lambda rng, N: _twice(rng.permutation(N - 1))),
    "one permutation a batch": _drawn_per_batch,
    "one permutation too many": _drawn_once_more,
    "other draws first": _drawn_noise,
    "last batch dropped": _over(_full_slices),
    "last batch dropped always": _over(lambda order, size: _slices(order, size)[:-1]),
    "first batch dropped": _over(lambda order, size: _slices(order, size)[1:]),
    "only the first batch": _returned_early,
    "short batch first": _over(
        lambda order, size: [b[::-1] for b in _slices(order[::-1], size)][::-1]
    ),
    "equal parts": _over(lambda order, size: np.array_split(order, -(-len(order) // size))),
    "batch_size as number of batches": _over(np.array_split),
    "empty last batch": _over(
        lambda order, size: [
            order[i * size : (i + 1) * size] for i in range(len(order) // size + 1)
        ]
    ),
    "every k-th example": _over(
        lambda order, size: [
            order[i :: -(-len(order) // size)] for i in range(-(-len(order) // size))
        ]
    ),
    "full batch": _over(lambda order, size: [order]),
    "one at a time": _over(lambda order, size: _slices(order, 1)),
    "one too many": _over(lambda order, size: _slices(order, size + 1)),
    "one too few": _over(lambda order, size: _slices(order, size - 1)),
    "overlapping": _over(
        lambda order, size: [order[i : i + size + 1] for i in range(0, len(order), size)]
    ),
    "last batch filled up": _over(
        lambda order, size: _slices(np.append(order, order[: -len(order) % size]), size)
    ),
    "divided by batch_size": _batch_size_divides,
    "divided by N": _over(_slices, gradient=lambda w, X, t: _gradient(w, X, t) * len(t) / 25),
    "sum": _over(_slices, gradient=lambda w, X, t: X.T @ _residual(w, X, t)),
    "learning rate decays": _over(_slices, rate=lambda step: 0.9**step),
    "learning rate ignored": lambda w, X, t, **settings: _RIGHT(
        w, X, t, **settings | {"learning_rate": 1.0}
    ),
    "learning rate squared": lambda w, X, t, **settings: _RIGHT(
        w, X, t, **settings | {"learning_rate": settings["learning_rate"] ** 2}
    ),
    "starts from zero": lambda w, X, t, **settings: _RIGHT(0 * w, X, t, **settings),
    "gradient at the old weights": _old_weights,
    "one step at the end": _averaged_at_the_end,
    "two epochs": _two_epochs,
    "weight decay": _over(_slices, gradient=lambda w, X, t: _gradient(w, X, t) + 0.01 * w),
    "squared error": _over(_slices, gradient=GRADIENT["M20 extra σ′"]),
    "normalized steps": _over(_slices, gradient=GRADIENT["normalized"]),
    "squeezed batch": _over(_slices, gradient=_squeezed),
    "weights in place": _in_place,
    "data in place": _shuffled_in_place,
    "no return": lambda w, X, t, **settings: (_RIGHT(w, X, t, **settings), None)[1],
    "tuple": lambda w, X, t, **settings: (_RIGHT(w, X, t, **settings), 0.5),
    "list": lambda w, X, t, **settings: _RIGHT(w, X, t, **settings).tolist(),
    "float32": lambda w, X, t, **settings: _RIGHT(w, X, t, **settings).astype(np.float32),
    "update only": lambda w, X, t, **settings: _RIGHT(w, X, t, **settings) - w,
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
