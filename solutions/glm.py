"""Generalized linear models: one gradient for three activations (S8, S9, S22, S31, S37)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from solutions import linear_regression, logistic_regression, softmax_regression
from solutions.softmax_regression import softmax


class GLM(NamedTuple):
    """A row of the lecture's table: y = a(XW), and what follows when t is distributed around y.

    W: weights (D,), or (D, K) for K outputs.  X: examples (N, D).  t: targets or classes (N,).
    nll(W, X, t) is the mean loss, gradient(W, X, t) its gradient with respect to W, of the shape of W.
    """

    name: str
    activation: Callable[[np.ndarray], np.ndarray]
    distribution: str
    nll: Callable[[np.ndarray, np.ndarray, np.ndarray], float]
    gradient: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def identity(z: np.ndarray) -> np.ndarray:
    """Return z itself: the activation of linear regression (S9)."""
    return z


def unit_normal_nll(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> float:
    """Compute the mean of −log N(tₙ; xₙᵀw, 1) (S16)."""
    return linear_regression.gaussian_nll(X @ w, t, 1)


def sigmoid_as_softmax(z: np.ndarray) -> np.ndarray:
    """Compute σ(z), the probability of the positive class C₁, by softmax of the pair [z, 0] (S22).

    z: logits, an array of any shape, which may be as large as ±10⁴, where an exponential can overflow.
    Result: of the same shape.
    """
    pairs = np.stack([z, np.zeros_like(z)], axis=-1)
    # Class C₁ stands first in the pair.
    return softmax(pairs)[..., 0]


def glm_gradient(model: str, W: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Compute ∇_W of the mean loss: one formula for all three models (S8, S13, S19, S31, S32).

    The loss of one example is that of the table, −log p(t); for "linear" with variance 1.

    model: "linear", "logistic" or "softmax".
    W: weights (D,), for "softmax" (D, K).  X: examples (N, D).  t: targets (N,), real numbers for
    "linear", 0 or 1 for "logistic", classes from 0 to K − 1 for "softmax"; a batch may lack some.
    Result: of the shape of W.
    """
    Y, T = X @ W, t
    if model == "logistic":
        Y = sigmoid_as_softmax(Y)
    if model == "softmax":
        Y, T = softmax(Y), np.eye(W.shape[1])[t]
    # Each activation is the canonical one of its distribution, so its slope cancels in the loss.
    return X.T @ (Y - T) / len(X)


IDENTITY = GLM(
    name="linear regression",
    activation=identity,
    distribution="Normal",
    nll=unit_normal_nll,
    gradient=partial(glm_gradient, "linear"),
)
SIGMOID = GLM(
    name="logistic regression",
    activation=logistic_regression.sigmoid,
    distribution="Bernoulli",
    nll=logistic_regression.nll,
    gradient=partial(glm_gradient, "logistic"),
)
SOFTMAX = GLM(
    name="softmax regression",
    activation=softmax,
    distribution="categorical",
    nll=softmax_regression.nll,
    gradient=partial(glm_gradient, "softmax"),
)
