"""Generalized linear models: one gradient for three activations (S8, S9, S31, S37)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from solutions import linear_regression, logistic_regression, softmax_regression

Activation = Callable[[np.ndarray], np.ndarray]


class GLM(NamedTuple):
    """A row of the lecture's table: y = a(XW), and what follows when t is distributed around y.

    W: weights (D,), or (D, K) for K outputs.  X: examples (N, D).  t: targets or classes (N,).
    nll(W, X, t) is the mean loss, gradient(W, X, t) its gradient by W, of the shape of W.
    """

    name: str
    activation: Activation
    distribution: str
    nll: Callable[[np.ndarray, np.ndarray, np.ndarray], float]
    gradient: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def identity(z: np.ndarray) -> np.ndarray:
    """Return z itself: the activation of linear regression (S9)."""
    return z


def unit_normal_nll(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> float:
    """Compute the mean of −log N(tᵢ; xᵢᵀw, 1) (S16)."""
    return linear_regression.gaussian_nll(X @ w, t, 1)


def gradient(activation: Activation, W: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Compute Xᵀ(Y − T) / N with Y = a(XW): the gradient of every row of the table (S13, S19, S31).

    Each activation is the canonical one of its distribution, so its slope cancels in the loss.
    T is t itself, or the one-hot rows of the classes t where an example has K outputs.
    """
    Y = activation(X @ W)
    T = t if t.ndim == Y.ndim else softmax_regression.one_hot(t, Y.shape[1])
    return X.T @ (Y - T) / len(X)


IDENTITY = GLM(
    name="linear regression",
    activation=identity,
    distribution="Normal",
    nll=unit_normal_nll,
    gradient=partial(gradient, identity),
)
SIGMOID = GLM(
    name="logistic regression",
    activation=logistic_regression.sigmoid,
    distribution="Bernoulli",
    nll=logistic_regression.nll,
    gradient=partial(gradient, logistic_regression.sigmoid),
)
SOFTMAX = GLM(
    name="softmax regression",
    activation=softmax_regression.softmax,
    distribution="categorical",
    nll=softmax_regression.nll,
    gradient=partial(gradient, softmax_regression.softmax),
)
