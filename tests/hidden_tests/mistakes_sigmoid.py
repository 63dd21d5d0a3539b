"""Mistakes in `sigmoid`, `sigmoid_derivative` and `logit`; numbers are those of the list."""

import math

import numpy as np
from correct_logistic_regression import _sigmoid


def _negated_in_place(z):
    np.negative(z, out=z)
    return 1 / (1 + np.exp(z))


def _clipped_in_place(z):
    np.clip(z, -500, 500, out=z)
    return 1 / (1 + np.exp(-z))


SIGMOID = {
    "M2 sign flipped": lambda z: 1 / (1 + np.exp(z)),
    "M3 math.exp": lambda z: 1 / (1 + math.exp(-z)),
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
    "no return": lambda z: None,
    "argument": lambda z: z,
    "zeros": lambda z: np.zeros(z.shape),
    "halves": lambda z: np.full(z.shape, 0.5),
}


def _negated_slope_in_place(z):
    z *= -1
    return np.exp(z) / (1 + np.exp(z)) ** 2


def _clipped_slope_in_place(z):
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
