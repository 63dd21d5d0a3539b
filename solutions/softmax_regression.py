"""Softmax regression: one linear function a class, made probabilities by softmax (S20–S32)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable

import numpy as np


def softmax(Z: np.ndarray) -> np.ndarray:
    """Compute e^zₖ / Σⱼ e^zⱼ for each entry zₖ, j going along the last axis (S21, S26).

    Z: logits (K,) or (N, K).  Features that nobody has scaled make logits as large as ±10⁴, where e^z
    overflows.
    Result: of the same shape; each row is a probability distribution.
    """
    # softmax(z + c) = softmax(z), and with c = −max z no exponential overflows.
    E = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return E / np.sum(E, axis=-1, keepdims=True)


def log_softmax(Z: np.ndarray) -> np.ndarray:
    """Compute log(softmax(z)ₖ) = zₖ − log Σⱼ e^zⱼ for each entry, j going along the last axis (S21, S25).

    Z: logits (K,) or (N, K), which may be as large as ±10⁴, where e^z overflows.
    Result: of the same shape, finite and right also where `softmax` rounds to 0.
    """
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    # logaddexp keeps the tiny loss of a sure prediction, which log(1 + tiny) would round to 0.
    return Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)


def one_hot(t: np.ndarray, K: int) -> np.ndarray:
    """Turn each class into its row 1_t = ([i = t]) for i = 0, …, K − 1 (S32).

    t: classes (N,), integers from 0 to K − 1; some may be absent.
    K: the number of classes.
    Result: (N, K), float64; each row is 1 at its class and 0 elsewhere.
    """
    return np.eye(K)[t]


def nll(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> float:
    """Compute the loss E(W) = (1/N) Σ −log p(C_tₙ | xₙ; W) + l2/2 · ΣW² (S24, S27).

    Here p(C_k | x; W) = softmax(xᵀW)_k, of which row i of one_hot(t, K) picks that of the class, and
    ΣW² goes over all entries of W, biases too.  The loss stays right where a probability rounds to 0:
    logits 0 and 1000 cost an example of class 0 exactly 1000.

    W: weights (D, K), the last row the biases.  X: examples (N, D), floats, the last column ones.
    t: classes (N,), integers from 0 to K − 1; a batch may lack some of them.
    l2: strength of the L² regularization.
    Result: a number.
    """
    log_p = log_softmax(X @ W)[np.arange(len(t)), t]
    # l2 first: a huge W without regularization must not overflow.
    return np.mean(-log_p) + np.sum(l2 / 2 * W * W)


def gradient(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
    """Compute ∇_W of `nll`: the mean over the examples of xₙ (yₙ − 1_tₙ)ᵀ, plus l2 · W (S31, S32).

    The gradient stays right for logits as large as ±10⁴, where e^z overflows.

    W: weights (D, K).  X: examples (N, D), floats.  t: classes (N,), integers from 0 to K − 1; a batch may
    lack some of them.  l2: strength of the L² regularization, biases included.
    Result: (D, K).
    """
    Y = softmax(X @ W)
    return X.T @ (Y - one_hot(t, W.shape[1])) / len(X) + l2 * W


def sgd_epoch(
    W: np.ndarray,
    X: np.ndarray,
    t: np.ndarray,
    *,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
    l2: float = 0.0,
) -> np.ndarray:
    """Go once through the data in minibatches; after each, W ← W − α ∇_W of that batch (S27).

    The examples come in the order of one `rng.permutation(N)`; nothing else is drawn from `rng`.
    The batches are consecutive slices of it; the last one may be shorter than `batch_size`, and
    its gradient is the mean over its own examples.  The whole l2 · W goes into every batch.

    W: weights (D, K).  X: examples (N, D), floats.  t: classes (N,), integers from 0 to K − 1.
    l2: strength of the L² regularization.
    batch_size: a whole number above 0.  learning_rate: α, a number.  rng: a generator of NumPy.
    Result: the new weights (D, K).
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        W = W - learning_rate * gradient(W, X[batch], t[batch], l2)
    return W


def predict(W: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Predict the class with the largest softmax(xᵀW) of each example; ties: the lowest index (S20, S24).

    The logits may be as large as ±10⁴, where e^z overflows.

    W: weights (D, K).  X: examples (N, D), floats.
    Result: (N,), int64, from 0 to K − 1.
    """
    return np.argmax(X @ W, axis=1).astype(np.int64)


def train(
    W: np.ndarray,
    X: np.ndarray,
    t: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
    on_epoch: "Callable[[int, np.ndarray], None] | None" = None,
    l2: float = 0.0,
) -> np.ndarray:
    """Run `sgd_epoch` `epochs` times, each from the weights that the last one left (S27).

    After each epoch `on_epoch(epoch, W)` is called, with epochs counted from 1.
    Result: the weights after the last epoch (D, K).
    """
    for epoch in range(1, epochs + 1):
        W = sgd_epoch(W, X, t, batch_size=batch_size, learning_rate=learning_rate, rng=rng, l2=l2)
        if on_epoch is not None:
            on_epoch(epoch, W)
    return W
