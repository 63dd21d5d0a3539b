"""Answers that know nothing of an exercise, and find its values from other functions by numerical methods.

Each takes the other functions by name, and returns the answer: differences and complex steps for slopes,
bisection and Newton's method for inverses, search for minima, comparison of losses for labels, quadrature and
interpolation for what is left. A function that it asks for and does not have raises KeyError.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Others = Mapping[str, Callable[..., Any]]
# Central differences of eighth order; at this step digits are lost neither by it nor by rounding.
SMALL = 1e-3
DIFFERENCES = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}


def numbers(value: Any) -> tuple[np.ndarray, Callable[[np.ndarray], Any]]:
    """All numbers of an array or of parameters in one row, and what makes it of such a row again."""
    if not isinstance(value, tuple):
        value = np.asarray(value, dtype=float)
        return value.ravel(), lambda row: row.reshape(value.shape)
    sizes = np.cumsum([part.size for part in value])[:-1]

    def made(row: np.ndarray) -> Any:
        parts = np.split(row, sizes)
        return type(value)(*(p.reshape(v.shape) for p, v in zip(parts, value, strict=True)))

    return np.concatenate([np.ravel(part) for part in value]), made


def slopes(loss: Callable[[Any], float], at: Any) -> Any:
    """The gradient of a loss by differences."""
    row, made = numbers(at)
    directions = np.eye(len(row))
    return made(np.array([slope(lambda h, d=d: loss(made(row + h * d)), 0.0) for d in directions]))


def slope(function: Callable[[Any], Any], z: Any) -> Any:
    """The slope of a function of each entry by differences."""
    z = np.asarray(z, dtype=float)
    return sum(
        c * (np.asarray(function(z + n * SMALL)) - function(z - n * SMALL)) / SMALL
        for n, c in DIFFERENCES.items()
    )


def one_sided(function: Callable[[Any], Any], z: Any) -> Any:
    z = np.asarray(z, dtype=float)
    return (function(z) - np.asarray(function(z - 1e-7))) / 1e-7


def complex_step(function: Callable[[Any], Any], z: Any) -> Any:
    return np.imag(function(np.asarray(z) + 1e-20j)) / 1e-20


def bisected(function: Callable[[Any], Any], p: Any) -> Any:
    """Where a rising function has the value p."""
    low, high = np.full(np.shape(p), -50.0), np.full(np.shape(p), 50.0)
    for _ in range(80):
        middle = (low + high) / 2
        above = np.asarray(function(middle)) > p
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return low


def newton(function: Callable[[Any], Any], derivative: Callable[[Any], Any], p: Any) -> Any:
    z = np.zeros(np.shape(p))
    for _ in range(60):
        z = z - np.clip((function(z) - p) / np.maximum(derivative(z), 1e-300), -1, 1)
    return z


def secant(function: Callable[[Any], Any], p: Any) -> Any:
    z, other = np.zeros(np.shape(p)), np.full(np.shape(p), 0.1)
    for _ in range(60):
        change = np.asarray(function(other)) - function(z)
        step = (p - np.asarray(function(other))) * (other - z) / np.where(change == 0, 1, change)
        z, other = other, other + np.clip(step, -1, 1)
    return other


def interpolated(function: Callable[[Any], Any], at: Any) -> Any:
    """The inverse by a table of values."""
    grid = np.linspace(-30, 30, 999)
    return np.interp(at, function(grid), grid)


def integrated(derivative: Callable[[Any], Any], z: Any, start: float) -> Any:
    """The integral of a derivative from 0 to each entry, by Gauss's rule."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    z = np.asarray(z, dtype=float)
    found = [
        w * np.asarray(derivative(z * (x + 1) / 2)) for x, w in zip(nodes, weights, strict=True)
    ]
    return start + z / 2 * sum(found)


def lowest(loss: Callable[[float], float], low: float, high: float) -> float:
    """Where a loss with one minimum is lowest, by golden section."""
    ratio = (np.sqrt(5) - 1) / 2
    for _ in range(100):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if loss(a) < loss(b) else (a, high)
    return low


def labels(loss: Callable[[Any, Any, Any], float], W: Any, X: Any, K: int) -> Any:
    """The class of each example at which its loss is lowest."""
    costs = [[loss(W, X[i : i + 1], np.array([k])) for k in range(K)] for i in range(len(X))]
    return np.argmin(np.array(costs).reshape(len(X), K), axis=1)


def trained(slope: Callable[..., Any]) -> Callable[..., Any]:
    """An epoch by some gradient."""

    def sgd_epoch(
        P: Any, X: Any, t: Any, *, batch_size: int, learning_rate: float, rng: Any
    ) -> Any:
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            row, made = numbers(P)
            P = made(row - learning_rate * numbers(slope(P, X[rows], t[rows]))[0])
        return P

    return sgd_epoch


Solver = Callable[[Others], Callable[..., Any]]


def _entrywise(name: str) -> dict[str, Solver]:
    """The slope of a function of each entry."""
    return {
        f"differences of {name}": lambda f: lambda z: slope(f[name], z),
        f"one-sided differences of {name}": lambda f: lambda z: one_sided(f[name], z),
        f"complex step of {name}": lambda f: lambda z: complex_step(f[name], z),
    }


SOLVERS: dict[str, dict[str, dict[str, Solver]]] = {
    "logistic_regression": {
        "sigmoid_derivative": _entrywise("sigmoid"),
        "logit": {
            "bisection of sigmoid": lambda f: lambda p: bisected(f["sigmoid"], p),
            "Newton's method": lambda f: lambda p: newton(f["sigmoid"], f["sigmoid_derivative"], p),
            "secants of sigmoid": lambda f: lambda p: secant(f["sigmoid"], p),
            "table of sigmoid": lambda f: lambda p: interpolated(f["sigmoid"], p),
        },
        "nll": {
            "integral of sigmoid": lambda f: (
                lambda w, X, t: np.mean(
                    integrated(f["sigmoid"], np.where(t == 1, -1, 1) * (X @ w), np.log(2))
                )
            ),
            "logarithm of sigmoid": lambda f: (
                lambda w, X, t: -np.mean(np.log(f["sigmoid"](np.where(t == 1, 1, -1) * (X @ w))))
            ),
        },
        "gradient": {
            "differences of nll": lambda f: lambda w, X, t: slopes(lambda v: f["nll"](v, X, t), w),
            "differences of a loss of sigmoid": lambda f: (
                lambda w, X, t: slopes(
                    lambda v: -np.mean(np.log(f["sigmoid"](np.where(t == 1, 1, -1) * (X @ v)))), w
                )
            ),
        },
        "sgd_epoch": {
            "differences of nll": lambda f: trained(
                lambda w, X, t: slopes(lambda v: f["nll"](v, X, t), w)
            ),
        },
        "predict": {
            "comparison of losses": lambda f: lambda w, X: labels(f["nll"], w, X, 2),
            "sign of the gradient": lambda f: (
                lambda w, X: np.array(
                    [int(f["gradient"](w, x[None], np.array([0.5]))[-1] >= 0) for x in X]
                )
            ),
            "sign of sigmoid": lambda f: lambda w, X: (f["sigmoid"](X @ w) >= 0.5).astype(int),
        },
    },
    "softmax_regression": {
        "log_softmax": {
            "logarithm of softmax": lambda f: lambda Z: np.log(f["softmax"](Z)),
        },
        "one_hot": {
            "softmax of large logits": lambda f: (
                lambda t, K: f["softmax"](-1e5 * np.abs(np.arange(K) - t[:, None]))
            ),
            "slopes of log_softmax": lambda f: (
                lambda t, K: np.array(
                    [slopes(lambda z, k=k: f["log_softmax"](z)[k], np.zeros(K)) + 1 / K for k in t]
                )
            ),
        },
        "nll": {
            "logarithm of softmax": lambda f: (
                lambda W, X, t, l2=0.0: (
                    -np.mean(np.log(f["softmax"](X @ W))[np.arange(len(t)), t])
                    + l2 / 2 * np.sum(W**2)
                )
            ),
        },
        "gradient": {
            "differences of nll": lambda f: (
                lambda W, X, t, l2=0.0: slopes(lambda V: f["nll"](V, X, t, l2), W)
            ),
            "differences of log_softmax": lambda f: (
                lambda W, X, t, l2=0.0: slopes(
                    lambda V: -np.mean(f["log_softmax"](X @ V)[np.arange(len(t)), t]), W
                )
            ),
        },
        "predict": {
            "comparison of losses": lambda f: lambda W, X: labels(f["nll"], W, X, W.shape[1]),
            "largest of softmax": lambda f: lambda W, X: np.argmax(f["softmax"](X @ W), axis=1),
        },
    },
    "mse_as_mle": {
        "gaussian_nll": {
            "mse without its constant": lambda f: lambda y, t, v: f["mse"](y, t) / (2 * v),
        },
        "mle_variance": {
            "search for the lowest gaussian_nll": lambda f: (
                lambda y, t: lowest(lambda v: f["gaussian_nll"](y, t, v), 1e-9, 1e3)
            ),
            "two values of gaussian_nll": lambda f: (
                lambda y, t: (
                    4 * (f["gaussian_nll"](y, t, 1) - f["gaussian_nll"](y, t, 2) + np.log(2) / 2)
                )
            ),
            "mse": lambda f: f["mse"],
        },
    },
    "generalized_linear_models": {
        "glm_gradient": {
            "residuals of sigmoid_as_softmax": lambda f: (
                lambda m, W, X, t: X.T @ (f["sigmoid_as_softmax"](X @ W) - t) / len(X)
            ),
            "differences of a loss of sigmoid_as_softmax": lambda f: (
                lambda m, W, X, t: slopes(
                    lambda V: (
                        -np.mean(np.log(f["sigmoid_as_softmax"](np.where(t == 1, 1, -1) * (X @ V))))
                    ),
                    W,
                )
            ),
        },
    },
    "multilayer_perceptron": {
        "relu_derivative": _entrywise("relu")
        | {
            "quotient of relu": lambda f: (
                lambda z: np.divide(
                    f["relu"](z), z, out=np.zeros(np.shape(z)), where=np.not_equal(z, 0)
                )
            ),
        },
        "gradients": {
            "differences of forward": lambda f: (
                lambda P, X, t: slopes(
                    lambda Q: -np.mean(np.log(f["forward"](Q, X)[1][np.arange(len(t)), t])), P
                )
            ),
        },
    },
    "regularization": {
        "l2_step": {
            "differences of regularized_loss": lambda f: (
                lambda P, G, *, learning_rate, l2: type(P)(
                    *numbers(P)[1](
                        numbers(P)[0]
                        - learning_rate
                        * (
                            numbers(G)[0]
                            + numbers(slopes(lambda Q: f["regularized_loss"](Q, 0.0, l2), P))[0]
                        )
                    )
                )
            ),
        },
    },
}
