"""Regularization: a price on large weights, and a training that stops in time (S42)."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype is what students read; its sums and products are Any)

import numpy as np

from solutions.multilayer_perceptron import Parameters


def regularized_loss(parameters: Parameters, loss: float, l2: float) -> float:
    """Compute E_λ = E + λ/2 · Σw², where the sum goes over all weights of both layers, not the biases (S42).

    parameters: W_h (D, H) and W_y (H, K) are weights, b_h (H,) and b_y (K,) biases.
    loss: the number E, the mean loss of the examples.  l2: the strength λ ≥ 0.
    Result: a number.
    """
    W_h, _, W_y, _ = parameters
    return loss + l2 / 2 * (np.sum(W_h**2) + np.sum(W_y**2))


def l2_step(
    parameters: Parameters, gradients: Parameters, *, learning_rate: float, l2: float
) -> Parameters:
    """Make a step against the gradient of E_λ: W ← W − α (G + λW), and b ← b − α g for biases (S42).

    parameters: W_h (D, H) and W_y (H, K) are weights, b_h (H,) and b_y (K,) biases.
    gradients: G and g, those of E, the loss without the price, in the same order and shapes.
    learning_rate: α > 0.  l2: the strength λ ≥ 0.
    Result: the new Parameters.
    """
    W_h, b_h, W_y, b_y = parameters
    G_h, g_h, G_y, g_y = gradients
    return Parameters(
        W_h - learning_rate * (G_h + l2 * W_h),
        b_h - learning_rate * g_h,
        W_y - learning_rate * (G_y + l2 * W_y),
        b_y - learning_rate * g_y,
    )


def early_stopping(losses: np.ndarray, patience: int) -> int:
    """Find the epoch whose parameters are kept: that with the lowest loss until patience runs out (S42).

    Patience runs out when `patience` epochs in a row have brought no loss below the lowest one before
    them. Training stops there: later losses do not count, even if they are lower. If it never runs out,
    all losses count. A loss equal to the lowest one is not below it, so of equals the first is kept.

    losses: the losses of the validation examples after epochs 1, 2, …, M, floats (M,), M ≥ 1.
    patience: a whole number ≥ 1; it may be larger than M.
    Result: an integer from 1 to M.
    """
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best + 1  # epochs are counted from 1
