"""What the perceptron's wrong answers stand on: the notebook's Parameters, and a right way forward."""

# ruff: noqa: D103

from typing import NamedTuple

import numpy as np


class Parameters(NamedTuple):
    """What a network learns: D inputs, H hidden units, K classes."""

    W_h: np.ndarray  # (D, H), weights of the hidden layer
    b_h: np.ndarray  # (H,), its biases
    W_y: np.ndarray  # (H, K), weights of the output
    b_y: np.ndarray  # (K,), its biases


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def forward(p, X):
    H = np.maximum(0.0, X @ p.W_h + p.b_h)
    return H, softmax(H @ p.W_y + p.b_y)
