"""Guards against the logarithm of 0 that spoil the loss. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable, Iterator

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.logistic_regression import sigmoid

_HINT = (
    "With your guard against the logarithm of 0 every sure mistake costs the same, however sure it is. "
    "Simplify the logarithm of the sigmoid on paper instead: then there is nothing to guard."
)
Logarithms = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def _loss(log_p: Logarithms) -> Function:
    """The mean loss, where `log_p` gives log p(C₁|x) and log p(C₀|x) of the logits."""

    def loss(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
        one, zero = log_p(X @ w)
        return np.asarray(-np.mean(t * one + (1 - t) * zero))

    return loss


def _clipped(epsilon: float) -> Logarithms:
    def log_p(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        y = np.clip(sigmoid(z), epsilon, 1 - epsilon)
        return np.log(y), np.log(1 - y)

    return log_p


def _added(epsilon: float) -> Logarithms:
    return lambda z: (np.log(sigmoid(z) + epsilon), np.log(1 - sigmoid(z) + epsilon))


def _cut_off(limit: int) -> Logarithms:
    def log_p(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        y = sigmoid(np.clip(z, -limit, limit))
        return np.log(y), np.log(1 - y)

    return log_p


def _cut_off_stable(limit: int) -> Logarithms:
    def log_p(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        z = np.clip(z, -limit, limit)
        return -np.logaddexp(0, -z), -np.logaddexp(0, z)

    return log_p


def _guard(name: str, belief: str, log_p: Logarithms) -> Misconception:
    return Misconception(name, belief, _HINT, _loss(log_p))


def guards() -> Iterator[Misconception]:
    """Guards of all usual sizes; where two give the same values, one stands for both."""
    for epsilon in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5):
        belief = "Probabilities are kept off 0 and 1."
        yield _guard(f"clipped-by-{epsilon:g}", belief, _clipped(epsilon))
    for epsilon in (1e-15, 1e-6, 1e-5):
        belief = "A small number is added to the probability."
        yield _guard(f"{epsilon:g}-added", belief, _added(epsilon))
    for limit, log_p in (
        (20, _cut_off),
        (30, _cut_off),
        (100, _cut_off_stable),
        (500, _cut_off_stable),
        (700, _cut_off_stable),
    ):
        belief = "Logits are cut off, so that probabilities stay off 0 and 1."
        yield _guard(f"logits-cut-off-at-{limit}", belief, log_p(limit))
