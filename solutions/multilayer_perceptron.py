"""The multilayer perceptron: softmax regression on a hidden layer that is learned too (S34–S45)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from solutions.softmax_regression import log_softmax, softmax


class Parameters(NamedTuple):
    """What a network learns: D inputs, H hidden units, K classes."""

    W_h: np.ndarray  # (D, H), weights of the hidden layer
    b_h: np.ndarray  # (H,), its biases
    W_y: np.ndarray  # (H, K), weights of the output
    b_y: np.ndarray  # (K,), its biases


def relu(z: np.ndarray) -> np.ndarray:
    """Compute max(0, z) of each entry (S41).

    z: an array of any shape.
    Result: of the same shape.
    """
    return np.maximum(0, z)


def relu_derivative(z: np.ndarray) -> np.ndarray:
    """Compute the slope of ReLU at each entry: 1 where z > 0 and 0 where z ≤ 0 (S41).

    z: an array of any shape.
    Result: of the same shape.
    """
    return (z > 0).astype(float)


def tanh(z: np.ndarray) -> np.ndarray:
    """Compute the hyperbolic tangent of each entry, 2 σ(2z) − 1 (S40).

    z: an array of any shape.
    Result: of the same shape, with values from −1 to 1.
    """
    return np.tanh(z)


def tanh_derivative(z: np.ndarray) -> np.ndarray:
    """Compute the slope of tanh at each entry, 1 − tanh²(z) (S40).

    z: an array of any shape; the points themselves and not tanh(z).
    Result: of the same shape, with values from 0 to 1.
    """
    # 1 − tanh² z = 1 / cosh² z, which loses no digits where tanh z is almost 1; as in the sigmoid,
    # e^−|z| never overflows.
    e = np.exp(-np.abs(z))
    return (2 * e / (1 + e**2)) ** 2


def init_parameters(
    D: int, H: int, K: int, rng: np.random.Generator | np.random.RandomState
) -> Parameters:
    """Draw weights from U[−1/√M, 1/√M], where M is the number of inputs; biases are 0 (S43, S45).

    D: inputs of the hidden layer.  H: hidden units, the inputs of the output.  K: classes.
    rng: a generator of NumPy.  First W_h is drawn by one call of `rng.uniform`, then W_y by another;
    nothing else is drawn from it.
    Result: Parameters of float64, of shapes (D, H), (H,), (H, K), (K,).
    """
    return Parameters(
        W_h=rng.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), size=(D, H)),
        b_h=np.zeros(H),
        W_y=rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), size=(H, K)),
        b_y=np.zeros(K),
    )


def forward(parameters: Parameters, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the hidden layer H = relu(X W_h + b_h) and the output Y = softmax(H W_y + b_y) (S34).

    The output stays right for logits as large as ±10⁴, where e^z overflows.

    parameters: Parameters.  X: examples (N, D), floats, without a column of ones.
    Result: a pair: the hidden layer (N, H), as it is after ReLU, and the probabilities (N, K).
    """
    W_h, b_h, W_y, b_y = parameters
    hidden = relu(X @ W_h + b_h)
    return hidden, softmax(hidden @ W_y + b_y)


def nll(parameters: Parameters, X: np.ndarray, t: np.ndarray) -> float:
    """Compute the loss E = (1/N) Σ −log p(C_tₙ | xₙ), where p(C_k | xₙ) is entry k of row n of Y (S37).

    The loss stays right where a probability rounds to 0: logits 0 and 1000 cost an example of class 0
    exactly 1000.

    parameters: Parameters.  X: examples (N, D), floats.  t: classes (N,), integers from 0 to K − 1; a
    batch may lack some of them.
    Result: a number.
    """
    _, _, W_y, b_y = parameters
    hidden, _ = forward(parameters, X)
    log_p = log_softmax(hidden @ W_y + b_y)[np.arange(len(t)), t]
    return np.mean(-log_p)


def gradients(parameters: Parameters, X: np.ndarray, t: np.ndarray) -> Parameters:
    """Compute the gradients of `nll` by W_h, b_h, W_y and b_y, all at the same parameters (S42).

    A unit whose pre-activation is exactly 0 passes nothing back: the slope of ReLU there is 0.

    The gradients stay right for logits as large as ±10⁴, where e^z overflows.

    parameters: Parameters.  X: examples (N, D), floats.  t: classes (N,), integers from 0 to K − 1; a
    batch may lack some of them.
    Result: Parameters that hold the four gradients, each of the shape of what it belongs to; a plain
    tuple or list of the four in this order counts as well.
    """
    _, _, W_y, _ = parameters
    hidden, Y = forward(parameters, X)
    d_y = (Y - np.eye(Y.shape[1])[t]) / len(X)
    # A unit is positive after ReLU just where it was before, so `hidden` tells the slope.
    d_h = d_y @ W_y.T * relu_derivative(hidden)
    return Parameters(X.T @ d_h, d_h.sum(axis=0), hidden.T @ d_y, d_y.sum(axis=0))


def sgd_epoch(
    parameters: Parameters,
    X: np.ndarray,
    t: np.ndarray,
    *,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
) -> Parameters:
    """Go once through the data in minibatches; after each, all four move at once: p ← p − α ∇_p (S42).

    The examples come in the order of one `rng.permutation(N)`; nothing else is drawn from `rng`.
    The batches are consecutive slices of it; the last one may be shorter than `batch_size`, and
    its gradients are means over its own examples.

    parameters: Parameters.  X: examples (N, D), floats.  t: classes (N,), integers from 0 to K − 1.
    batch_size: a whole number above 0.  learning_rate: α, a number.  rng: a generator of NumPy.
    Result: the new Parameters; a plain tuple or list of the four in their order counts as well.
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        steps = zip(parameters, gradients(parameters, X[batch], t[batch]), strict=True)
        parameters = Parameters(*(p - learning_rate * g for p, g in steps))
    return parameters


def predict(parameters: Parameters, X: np.ndarray) -> np.ndarray:
    """Predict the most probable class of each example; ties go to the lowest index (S24, S34).

    parameters: Parameters.  X: examples (N, D), floats.
    Result: (N,), int64, from 0 to K − 1.
    """
    _, Y = forward(parameters, X)
    return np.argmax(Y, axis=1).astype(np.int64)


def train(
    parameters: Parameters,
    X: np.ndarray,
    t: np.ndarray,
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
    on_epoch: "Callable[[int, Parameters], None] | None" = None,
) -> Parameters:
    """Run `sgd_epoch` `epochs` times, each from the parameters that the last one left (S42).

    After each epoch `on_epoch(epoch, parameters)` is called, with epochs counted from 1.
    Result: the Parameters after the last epoch.
    """
    for epoch in range(1, epochs + 1):
        parameters = sgd_epoch(
            parameters, X, t, batch_size=batch_size, learning_rate=learning_rate, rng=rng
        )
        if on_epoch is not None:
            on_epoch(epoch, parameters)
    return parameters
