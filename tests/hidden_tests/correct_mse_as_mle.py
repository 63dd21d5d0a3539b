"""Linear regression as different students write it: every one of these is right."""

import math

import numpy as np


def _mse_loop(y, t):
    total = 0.0
    for prediction, target in zip(y, t, strict=True):
        total += (prediction - target) ** 2
    return total / len(t)


SQUARES = {
    "formula": lambda y, t: np.mean((y - t) ** 2),
    "target first": lambda y, t: ((t - y) ** 2).mean(),
    "sum": lambda y, t: np.sum(np.square(y - t)) / len(y),
    "product": lambda y, t: (y - t) @ (y - t) / t.size,
    "norm": lambda y, t: np.linalg.norm(y - t) ** 2 / y.shape[0],
    "loop": _mse_loop,
    "pure Python": lambda y, t: sum((float(a) - float(b)) ** 2 for a, b in zip(y, t)) / len(t),  # noqa: B905
    "multiplied out": lambda y, t: np.mean(y * y - 2 * y * t + t * t),
    "absolute": lambda y, t: np.average(np.abs(y - t) ** 2),
    "variance and bias": lambda y, t: np.var(y - t) + np.mean(y - t) ** 2,
    "einsum": lambda y, t: np.einsum("n,n->", y - t, y - t) / len(y),
    "array without axes": lambda y, t: np.array(((y - t) ** 2).mean()),
    "columns": lambda y, t: ((y[:, None] - t[:, None]) ** 2).mean(),
    "root squared": lambda y, t: np.sqrt(np.mean((y - t) ** 2.0)) ** 2,
    "fsum": lambda y, t: math.fsum((y - t) ** 2) / len(t),
}


def _nll_loop(y, t, variance):
    total = 0.0
    for prediction, target in zip(y, t, strict=True):
        total += 0.5 * math.log(2 * math.pi * variance)
        total += (target - prediction) ** 2 / (2 * variance)
    return total / len(t)


def _nll_by_sigma(y, t, variance):
    sigma = np.sqrt(variance)
    return np.mean(np.log(sigma * np.sqrt(2 * np.pi)) + 0.5 * ((t - y) / sigma) ** 2)


def _nll_by_log_density(y, t, variance):
    log_p = -((t - y) ** 2) / (2 * variance) - 0.5 * np.log(2 * np.pi * variance)
    return -log_p.mean()


GAUSSIAN_NLL = {
    "formula": lambda y, t, variance: (
        np.log(2 * np.pi * variance) / 2 + np.mean((y - t) ** 2) / (2 * variance)
    ),
    "log density": _nll_by_log_density,
    "by σ": _nll_by_sigma,
    "loop": _nll_loop,
    "one bracket": lambda y, t, variance: (
        0.5 * np.mean((t - y) ** 2 / variance + np.log(2 * np.pi * variance))
    ),
    "logarithms apart": lambda y, t, variance: (
        0.5 * (np.log(2) + np.log(np.pi) + np.log(variance)) + _mse_loop(y, t) / variance / 2
    ),
    "sum over N": lambda y, t, variance: (
        (len(t) * np.log(2 * np.pi * variance) + np.sum((y - t) ** 2) / variance) / (2 * len(t))
    ),
    "minus half": lambda y, t, variance: (
        -0.5 * np.mean(-np.log(2 * np.pi * variance) - (y - t) ** 2 / variance)
    ),
    "standard score": lambda y, t, variance: (
        np.square((y - t) / variance**0.5).mean() / 2 + np.log(2 * np.pi * variance) / 2
    ),
    "precision": lambda y, t, variance: (
        0.5 * (1 / variance) * ((y - t) ** 2).mean() - 0.5 * np.log((1 / variance) / (2 * np.pi))
    ),
    "dot": lambda y, t, variance: (
        (y - t) @ (y - t) / (2 * variance * len(y)) + math.log(math.sqrt(2 * math.pi * variance))
    ),
    "float32": lambda y, t, variance: np.float32(_nll_loop(y, t, variance)),
    "array without axes": lambda y, t, variance: np.array(_nll_by_sigma(y, t, variance)),
}


CORRECT = {
    "mse": SQUARES,
    "gaussian_nll": GAUSSIAN_NLL,
    "mle_variance": SQUARES,
}


def _densities(y, t, variance):
    return np.exp(-((y - t) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


# Right but for one promise of the docstring: exactly these tests fail.
NEARLY = {
    "gaussian_nll": {
        "log of the density": (
            lambda y, t, variance: -np.mean(np.log(_densities(y, t, variance))),
            {"test_far_targets"},
        ),
        "a little added": (
            lambda y, t, variance: -np.mean(np.log(_densities(y, t, variance) + 1e-9)),
            {"test_far_targets"},
        ),
        "product of the densities": (
            lambda y, t, variance: -np.log(np.prod(_densities(y, t, variance))) / len(t),
            {"test_far_targets", "test_many_examples"},
        ),
        "never negative": (
            lambda y, t, variance: max(_nll_loop(y, t, variance), 0.0),
            {"test_small_variance"},
        ),
    },
    "mle_variance": {
        "around the mean error": (
            lambda y, t: np.var(y - t) if len(t) > 1 and np.ptp(y - t) > 1e-9 else _mse_loop(y, t),
            {
                "test_values",
                "test_far_targets",
                "test_arguments_unchanged",
            },
        ),
    },
}
