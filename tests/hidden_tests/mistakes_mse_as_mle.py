"""Mistakes in linear regression as runnable code; the pitfalls of the lecture stand first."""

import math

import numpy as np
from correct_mse_as_mle import CORRECT, _densities

_mse = CORRECT["mse"]["formula"]
_nll = CORRECT["gaussian_nll"]["formula"]


def _difference_in_place(y, t):
    y -= t
    return np.mean(y**2)


def _targets_in_place(y, t):
    np.subtract(t, y, out=t, casting="unsafe")
    return np.mean(t**2)


def _last_square(y, t):
    for prediction, target in zip(y, t, strict=True):
        square = (prediction - target) ** 2
    return square / len(t)


def _first_return(y, t):
    for prediction, target in zip(y, t, strict=True):
        return (prediction - target) ** 2
    return None


def _integers(y, t):
    return np.sum((y - t) ** 2) // len(t)


SQUARES = {
    "sum": lambda y, t: np.sum((y - t) ** 2),
    "halved": lambda y, t: np.mean((y - t) ** 2) / 2,
    "half of the sum": lambda y, t: np.sum((y - t) ** 2) / 2,
    "doubled": lambda y, t: 2 * np.mean((y - t) ** 2),
    "root": lambda y, t: np.sqrt(np.mean((y - t) ** 2)),
    "norm": lambda y, t: np.linalg.norm(y - t),
    "norm over N": lambda y, t: np.linalg.norm(y - t) / len(t),
    "absolute": lambda y, t: np.mean(np.abs(y - t)),
    "no square": lambda y, t: np.mean(y - t),
    "square of the mean": lambda y, t: np.mean(y - t) ** 2,
    "around the mean error": lambda y, t: np.var(y - t),
    "around the mean error, N − 1": lambda y, t: np.var(y - t, ddof=1),
    "standard deviation": lambda y, t: np.std(y - t),
    "variance of the targets": lambda y, t: np.var(t),
    "variance of the predictions": lambda y, t: np.var(y),
    "N − 1": lambda y, t: np.sum((y - t) ** 2) / (len(t) - 1),
    "N − 1, at least one": lambda y, t: np.sum((y - t) ** 2) / max(len(t) - 1, 1),
    "N + 1": lambda y, t: np.sum((y - t) ** 2) / (len(t) + 1),
    "over twice N": lambda y, t: np.sum((y - t) ** 2) / (2 * len(t)),
    "difference of squares": lambda y, t: np.mean(y**2 - t**2),
    "difference of mean squares": lambda y, t: abs(np.mean(y**2) - np.mean(t**2)),
    "plus": lambda y, t: np.mean((y + t) ** 2),
    "targets forgotten": lambda y, t: np.mean(y**2),
    "predictions forgotten": lambda y, t: np.mean(t**2),
    "minus": lambda y, t: -np.mean((y - t) ** 2),
    "every pair": lambda y, t: np.mean((y[:, None] - t) ** 2),
    "median": lambda y, t: np.median((y - t) ** 2),
    "largest": lambda y, t: np.max((y - t) ** 2),
    "first": _first_return,
    "last": _last_square,
    "per example": lambda y, t: (y - t) ** 2,
    "vector of one": lambda y, t: np.array([_mse(y, t)]),
    "tuple": lambda y, t: (_mse(y, t), len(t)),
    "text": lambda y, t: f"{_mse(y, t):.17g}",
    "rounded": lambda y, t: round(float(_mse(y, t)), 4),
    "relative": lambda y, t: np.mean(((y - t) / t) ** 2),
    "logarithmic": lambda y, t: np.log(np.mean((y - t) ** 2)),
    "squeezed": lambda y, t: np.mean((y - t) ** 2) / np.squeeze(y).shape[0],
    "difference in place": _difference_in_place,
    "targets in place": _targets_in_place,
    "whole division": _integers,
    "float32": lambda y, t: np.mean((y - t) ** 2, dtype=np.float32),
    "zero": lambda y, t: 0.0,
}


def _by_log_density(constant, scale):
    def nll(y, t, variance):
        return np.mean(constant(variance) + (y - t) ** 2 * scale(variance))

    return nll


def _half_log(variance):
    return np.log(2 * np.pi * variance) / 2


def _half(variance):
    return 1 / (2 * variance)


def _nll_in_place(y, t, variance):
    loss = _nll(y, t, variance)
    y -= t
    return loss


GAUSSIAN_NLL = {
    "σ for σ²": lambda y, t, variance: _nll(y, t, np.sqrt(variance)),
    "σ² for σ": lambda y, t, variance: _nll(y, t, variance**2),
    "σ in the square": _by_log_density(_half_log, lambda v: 1 / (2 * np.sqrt(v))),
    "σ² squared in the square": _by_log_density(_half_log, lambda v: 1 / (2 * v**2)),
    "σ in the constant": _by_log_density(lambda v: np.log(2 * np.pi * np.sqrt(v)) / 2, _half),
    "σ outside the root": _by_log_density(lambda v: np.log(v * np.sqrt(2 * np.pi)), _half),
    "constant dropped": _by_log_density(lambda v: 0, _half),
    "constant without σ²": _by_log_density(lambda v: np.log(2 * np.pi) / 2, _half),
    "constant without 2π": _by_log_density(lambda v: np.log(v) / 2, _half),
    "constant without 2": _by_log_density(lambda v: np.log(np.pi * v) / 2, _half),
    "constant not halved": _by_log_density(lambda v: np.log(2 * np.pi * v), _half),
    "constant with the other sign": _by_log_density(lambda v: -_half_log(v), _half),
    "1/(2σ²) dropped": _by_log_density(_half_log, lambda v: 1),
    "½ dropped": _by_log_density(_half_log, lambda v: 1 / v),
    "1/σ² dropped": _by_log_density(_half_log, lambda v: 0.5),
    "times the variance": _by_log_density(_half_log, lambda v: v / 2),
    "brackets forgotten": _by_log_density(_half_log, lambda v: 1 / 2 * v),
    "square with the other sign": _by_log_density(_half_log, lambda v: -1 / (2 * v)),
    "likelihood": lambda y, t, variance: -_nll(y, t, variance),
    "only the mean squared error": lambda y, t, variance: _mse(y, t),
    "absolute errors": lambda y, t, variance: (
        _half_log(variance) + np.mean(np.abs(y - t)) / (2 * variance)
    ),
    "Laplace": lambda y, t, variance: (
        np.log(2 * variance) + np.mean(np.abs(y - t)) / np.sqrt(variance)
    ),
    "sum": lambda y, t, variance: len(t) * _nll(y, t, variance),
    "sum of squares": lambda y, t, variance: (
        _half_log(variance) + np.sum((y - t) ** 2) / (2 * variance)
    ),
    "constant of all examples": lambda y, t, variance: (
        len(t) * _half_log(variance) + _mse(y, t) / (2 * variance)
    ),
    "mean of the constant": lambda y, t, variance: (
        _half_log(variance) / len(t) + _mse(y, t) / (2 * variance)
    ),
    "mean twice": lambda y, t, variance: _nll(y, t, variance) / len(t),
    "N − 1": lambda y, t, variance: _nll(y, t, variance) * len(t) / max(len(t) - 1, 1),
    "square of the mean error": lambda y, t, variance: (
        _half_log(variance) + np.mean(y - t) ** 2 / (2 * variance)
    ),
    "around the mean error": lambda y, t, variance: (
        _half_log(variance) + np.var(y - t) / (2 * variance)
    ),
    "around zero": lambda y, t, variance: _nll(0 * y, t, variance),
    "own variance": lambda y, t, variance: _nll(y, t, _mse(y, t)),
    "base two": lambda y, t, variance: _nll(y, t, variance) / np.log(2),
    "base ten": lambda y, t, variance: (
        np.log10(2 * np.pi * variance) / 2 + _mse(y, t) / (2 * variance)
    ),
    "no logarithm": lambda y, t, variance: -np.mean(_densities(y, t, variance)),
    "log of the mean density": lambda y, t, variance: -np.log(np.mean(_densities(y, t, variance))),
    "product of the densities": lambda y, t, variance: (
        -np.log(np.prod(_densities(y, t, variance))) / len(t)
    ),
    "log of the density": lambda y, t, variance: -np.mean(np.log(_densities(y, t, variance))),
    "1e-12 added": lambda y, t, variance: -np.mean(np.log(_densities(y, t, variance) + 1e-12)),
    "clipped": lambda y, t, variance: -np.mean(np.log(np.clip(_densities(y, t, variance), 0, 1))),
    "never negative": lambda y, t, variance: abs(_nll(y, t, variance)),
    "whole variance": lambda y, t, variance: _nll(y, t, max(int(variance), 1)),
    "3.14": lambda y, t, variance: np.log(6.28 * variance) / 2 + _mse(y, t) / (2 * variance),
    "median": lambda y, t, variance: _half_log(variance) + np.median((y - t) ** 2) / (2 * variance),
    "per example": lambda y, t, variance: _half_log(variance) + (y - t) ** 2 / (2 * variance),
    "vector of one": lambda y, t, variance: np.array([_nll(y, t, variance)]),
    "text": lambda y, t, variance: str(_nll(y, t, variance)),
    "in place": _nll_in_place,
    "zero": lambda y, t, variance: 0.0,
}


def _searched(y, t):
    candidates = np.linspace(0.01, 10, 100_000)
    return candidates[np.argmin(np.log(candidates) + _mse(y, t) / candidates)]


VARIANCE = SQUARES | {
    "precision": lambda y, t: 1 / _mse(y, t),
    "log variance": lambda y, t: math.log(_mse(y, t)),
    "N − 2": lambda y, t: np.sum((y - t) ** 2) / max(len(t) - 2, 1),
    "searched": _searched,
    "given by the root of the mean": lambda y, t: np.sqrt(np.mean(np.abs(y - t))),
    "covariance": lambda y, t: np.cov(y, t)[0, 1] if len(t) > 1 else 0.0,
    "mean absolute deviation, scaled": lambda y, t: np.mean(np.abs(y - t)) ** 2 * np.pi / 2,
    "pair of both": lambda y, t: (np.mean(y - t), np.var(y - t)),
    "function of σ": lambda y, t: lambda variance: variance - _mse(y, t),
}

MISTAKES = {
    "mse": SQUARES,
    "gaussian_nll": GAUSSIAN_NLL,
    "mle_variance": VARIANCE,
}
