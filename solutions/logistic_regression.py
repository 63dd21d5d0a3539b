"""Logistic regression: the sigmoid of a linear function is the probability of class 1 (S2–S14)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Compute the sigmoid of each entry, σ(z) = 1 / (1 + e⁻ᶻ) (S3).

    z: logits, an array of any shape.  Features that nobody has scaled make logits as large as ±10⁴,
    where an exponential can overflow.
    Result: of the same shape, with values from 0 to 1.
    """
    # e⁻ᶻ overflows for z ≪ 0, where e^z / (1 + e^z) is the same number; e^−|z| never does.
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def sigmoid_derivative(z: np.ndarray) -> np.ndarray:
    """Compute the slope of the sigmoid at each entry, σ′(z) = σ(z) (1 − σ(z)) (S11).

    z: logits, an array of any shape; the points themselves and not σ(z).  They may be as large as ±10⁴,
    where an exponential can overflow.
    Result: of the same shape, with values from 0 to ¼.
    """
    # 1 − σ(z) = σ(−z), which loses no digits where σ(z) is almost 1.
    return sigmoid(z) * sigmoid(-z)


def logit(p: np.ndarray) -> np.ndarray:
    """Compute the logarithm of the odds, log(p / (1 − p)): the z for which σ(z) = p (S5).

    p: an array of any shape, probabilities strictly between 0 and 1.
    Result: of the same shape.
    """
    return np.log(p / (1 - p))


def nll(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> float:
    """Compute the loss E(w) = (1/N) Σ −log p(C_tₙ | xₙ; w), where p(C₁ | x; w) = sigmoid(xᵀw) (S6).

    The loss stays right where the probability rounds to 0 or 1: a logit of −1000 costs an example
    of class 1 exactly 1000.

    w: weights (D,), the last one the bias.  X: examples (N, D), floats, the last column ones.
    t: classes (N,), integers 0 or 1; a batch may lack one of the two.
    Result: a number.
    """
    z = X @ w
    # −log σ(z) = log(1 + e⁻ᶻ) for class 1, and −log σ(−z) = log(1 + e^z) for class 0.
    return np.mean(np.logaddexp(0, np.where(t == 1, -z, z)))


def gradient(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Compute ∇_w of `nll`: the mean over the examples of (yₙ − tₙ) xₙ, where y = σ(xᵀw) (S13).

    w: weights (D,).  X: examples (N, D), floats.  t: classes (N,), integers 0 or 1; a batch may lack
    one of the two.
    Result: (D,).
    """
    return X.T @ (sigmoid(X @ w) - t) / len(X)


def sgd_epoch(
    w: np.ndarray,
    X: np.ndarray,
    t: np.ndarray,
    *,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
) -> np.ndarray:
    """Go once through the data in minibatches; after each, w ← w − α ∇_w of that batch (S7).

    The examples come in the order of one `rng.permutation(N)`; nothing else is drawn from `rng`.
    The batches are consecutive slices of it; the last one may be shorter than `batch_size`, and
    its gradient is the mean over its own examples.

    w: weights (D,).  X: examples (N, D), floats.  t: classes (N,), integers 0 or 1.
    batch_size: a whole number above 0.  learning_rate: α, a number.  rng: a generator of NumPy.
    Result: the new weights (D,).
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        w = w - learning_rate * gradient(w, X[batch], t[batch])
    return w


def predict(w: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Predict the more probable class of each example, by p(C₁ | x) = sigmoid(xᵀw); ½ is class 1 (S2, S4).

    w: weights (D,).  X: examples (N, D), floats.
    Result: (N,), int64, 0 or 1.
    """
    return (X @ w >= 0).astype(np.int64)


def train(
    w: np.ndarray,
    X: np.ndarray,
    t: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
    on_epoch: "Callable[[int, np.ndarray], None] | None" = None,
) -> np.ndarray:
    """Run `sgd_epoch` `epochs` times, each from the weights that the last one left (S7).

    After each epoch `on_epoch(epoch, w)` is called, with epochs counted from 1.
    Result: the weights after the last epoch (D,).
    """
    for epoch in range(1, epochs + 1):
        w = sgd_epoch(w, X, t, batch_size=batch_size, learning_rate=learning_rate, rng=rng)
        if on_epoch is not None:
            on_epoch(epoch, w)
    return w
