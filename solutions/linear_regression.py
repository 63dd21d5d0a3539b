"""Linear regression: the prediction is the mean of a Normal distribution (S15–S19)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable

import numpy as np


def mse(y: np.ndarray, t: np.ndarray) -> float:
    """Compute the mean squared error, (1/N) Σ (yₙ − tₙ)² (S17).

    y: predictions (N,).  t: targets (N,).
    Result: a number.
    """
    return np.mean((y - t) ** 2)


def gaussian_nll(y: np.ndarray, t: np.ndarray, variance: float) -> float:
    """Compute the mean over the examples of −log N(tₙ; yₙ, σ²), with the natural logarithm (S16, S17).

    It stays right where the density rounds to 0: with σ² = 1, a target 100 away from its prediction
    costs 5000 and some, not infinity.

    y: predictions (N,), the means of the distributions.  t: targets (N,).
    variance: the number σ² > 0 (not σ), the same for all examples.
    Result: a number; it is negative where the density is above 1.
    """
    return np.log(2 * np.pi * variance) / 2 + mse(y, t) / (2 * variance)


def gradient(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Compute ∇_w of `gaussian_nll(X w, t, 1)`, that is (1/N) Σ (yₙ − tₙ) xₙ with y = X w (S19).

    The gradient of `mse` is twice as large: the 2 that falls from the square meets the 1/(2σ²) of
    the Normal distribution, and with σ² = 1 nothing is left of either.

    w: weights (D,).  X: examples (N, D).  t: targets (N,).
    Result: (D,).
    """
    return X.T @ (X @ w - t) / len(X)


def mle_variance(y: np.ndarray, t: np.ndarray) -> float:
    """Find the σ² for which `gaussian_nll(y, t, σ²)` is least (S17).

    y: predictions (N,), not all of them equal to their targets.  t: targets (N,).
    Result: a number.
    """
    return mse(y, t)


def sgd_epoch(
    w: np.ndarray,
    X: np.ndarray,
    t: np.ndarray,
    *,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
) -> np.ndarray:
    """Go once through the data in minibatches; after each, w ← w − α ∇_w of that batch (S7, S19).

    The examples come in the order of one `rng.permutation(N)`; nothing else is drawn from `rng`.
    The batches are consecutive slices of it; the last one may be shorter than `batch_size`, and
    its gradient is the mean over its own examples.

    w: weights (D,).  X: examples (N, D).  t: targets (N,).
    batch_size: a whole number above 0.  learning_rate: α, a number.  rng: a generator of NumPy.
    Result: the new weights (D,).
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        w = w - learning_rate * gradient(w, X[batch], t[batch])
    return w


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
