"""Wrong answers to the exercises of regularization."""

# ruff: noqa: D103

from collections.abc import Callable
from typing import Any

import numpy as np

from studies.unseen.network import Parameters


def _price(p, l2):
    return l2 / 2 * (np.sum(p.W_h**2) + np.sum(p.W_y**2))


def regularized_loss_half_forgotten(parameters, loss, l2):
    return loss + l2 * (np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2))


def regularized_loss_biases_pay_too(parameters, loss, l2):
    return loss + l2 / 2 * sum(np.sum(part**2) for part in parameters)


def regularized_loss_norms_not_squared(parameters, loss, l2):
    W_h, _, W_y, _ = parameters
    return loss + l2 / 2 * (np.linalg.norm(W_h) + np.linalg.norm(W_y))


def regularized_loss_brackets_forgotten(parameters, loss, l2):
    return loss + l2 / 2 * np.sum(parameters.W_h**2) + np.sum(parameters.W_y**2)


def regularized_loss_square_of_sum(parameters, loss, l2):
    return loss + l2 / 2 * (np.sum(parameters.W_h) ** 2 + np.sum(parameters.W_y) ** 2)


def regularized_loss_norm_of_matrix_with_two(parameters, loss, l2):
    W_h, _, W_y, _ = parameters
    # For a matrix, ord=2 is the largest singular value.
    return loss + l2 / 2 * (np.linalg.norm(W_h, 2) ** 2 + np.linalg.norm(W_y, 2) ** 2)


def regularized_loss_mean_of_squares(parameters, loss, l2):
    return loss + l2 / 2 * (np.mean(parameters.W_h**2) + np.mean(parameters.W_y**2))


def regularized_loss_weights_squared_in_place(parameters, loss, l2):
    W_h, _, W_y, _ = parameters
    W_h **= 2
    W_y **= 2
    return loss + l2 / 2 * (W_h.sum() + W_y.sum())


def l2_step_biases_decay_too(parameters, gradients, *, learning_rate, l2):
    return Parameters(
        *(w - learning_rate * (g + l2 * w) for w, g in zip(parameters, gradients, strict=True))
    )


def _step(parameters, gradients, learning_rate, weight):
    """The step whose weights move by `weight`, and whose biases move as they should."""
    W_h, b_h, W_y, b_y = parameters
    G_h, g_h, G_y, g_y = gradients
    return Parameters(
        weight(W_h, G_h),
        b_h - learning_rate * g_h,
        weight(W_y, G_y),
        b_y - learning_rate * g_y,
    )


def l2_step_decay_without_learning_rate(parameters, gradients, *, learning_rate, l2):
    def weight(W, G):
        return W - learning_rate * G - l2 * W

    return _step(parameters, gradients, learning_rate, weight)


def l2_step_brackets_forgotten(parameters, gradients, *, learning_rate, l2):
    def weight(W, G):
        return W - learning_rate * G + l2 * W

    return _step(parameters, gradients, learning_rate, weight)


def l2_step_half_left_in_slope(parameters, gradients, *, learning_rate, l2):
    def weight(W, G):
        return W - learning_rate * (G + l2 / 2 * W)

    return _step(parameters, gradients, learning_rate, weight)


def l2_step_decays_after_step(parameters, gradients, *, learning_rate, l2):
    def weight(W, G):
        W = W - learning_rate * G
        return W - learning_rate * l2 * W

    return _step(parameters, gradients, learning_rate, weight)


def l2_step_arrays_changed_in_place(parameters, gradients, *, learning_rate, l2):
    for name in ("W_h", "W_y"):
        getattr(gradients, name)[:] += l2 * getattr(parameters, name)
    return Parameters(*(w - learning_rate * g for w, g in zip(parameters, gradients, strict=True)))


def l2_step_price_itself_instead_of_slope(parameters, gradients, *, learning_rate, l2):
    def weight(W, G):
        return W - learning_rate * (G + _price(parameters, l2))

    return _step(parameters, gradients, learning_rate, weight)


def early_stopping_epochs_from_zero(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best


def early_stopping_equal_loss_starts_anew(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best + 1


def early_stopping_patience_not_used(losses, patience):  # noqa: ARG001
    return int(np.argmin(losses)) + 1


def early_stopping_last_epoch_instead_of_best(losses, patience):
    lowest, waited = np.inf, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, waited = loss, 0
        else:
            waited += 1
        if waited == patience:
            return epoch
    return len(losses)


def early_stopping_waits_one_epoch_longer(losses, patience):
    lowest, best, waited = np.inf, 1, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, best, waited = loss, epoch, 0
        else:
            waited += 1
            if waited > patience:
                break
    return best


def early_stopping_waiting_never_starts_anew(losses, patience):
    lowest, best, waited = np.inf, 1, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, best = loss, epoch
        else:
            waited += 1
        if waited >= patience:
            break
    return best


def early_stopping_compared_with_epoch_before(losses, patience):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1]:
            waited = 0
            if losses[epoch] < losses[best]:
                best = epoch
        else:
            waited += 1
            if waited == patience:
                break
    return best + 1


def early_stopping_nothing_when_patience_lasts(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best == patience:
            return best + 1
    return None


def early_stopping_improves_by_a_thousandth(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best] - 1e-3:  # as libraries do, with a min_delta
            best = epoch
        elif epoch - best >= patience:
            break
    return best + 1


def early_stopping_lowest_starts_at_one(losses, patience):
    lowest, best, waited = 1.0, 1, 0
    for epoch, loss in enumerate(losses, 1):
        if loss < lowest:
            lowest, best, waited = loss, epoch, 0
        else:
            waited += 1
            if waited == patience:
                break
    return best


ANSWERS: dict[str, dict[str, Callable[..., Any]]] = {
    "regularized_loss": {
        "half-forgotten": regularized_loss_half_forgotten,
        "biases-pay-too": regularized_loss_biases_pay_too,
        "norms-not-squared": regularized_loss_norms_not_squared,
        "brackets-forgotten": regularized_loss_brackets_forgotten,
        "square-of-sum": regularized_loss_square_of_sum,
        "norm-of-matrix-with-two": regularized_loss_norm_of_matrix_with_two,
        "mean-of-squares": regularized_loss_mean_of_squares,
        "weights-squared-in-place": regularized_loss_weights_squared_in_place,
    },
    "l2_step": {
        "biases-decay-too": l2_step_biases_decay_too,
        "decay-without-learning-rate": l2_step_decay_without_learning_rate,
        "brackets-forgotten": l2_step_brackets_forgotten,
        "half-left-in-slope": l2_step_half_left_in_slope,
        "decays-after-step": l2_step_decays_after_step,
        "arrays-changed-in-place": l2_step_arrays_changed_in_place,
        "price-itself-instead-of-slope": l2_step_price_itself_instead_of_slope,
    },
    "early_stopping": {
        "epochs-from-zero": early_stopping_epochs_from_zero,
        "equal-loss-starts-anew": early_stopping_equal_loss_starts_anew,
        "patience-not-used": early_stopping_patience_not_used,
        "last-epoch-instead-of-best": early_stopping_last_epoch_instead_of_best,
        "waits-one-epoch-longer": early_stopping_waits_one_epoch_longer,
        "waiting-never-starts-anew": early_stopping_waiting_never_starts_anew,
        "compared-with-epoch-before": early_stopping_compared_with_epoch_before,
        "nothing-when-patience-lasts": early_stopping_nothing_when_patience_lasts,
        "improves-by-a-thousandth": early_stopping_improves_by_a_thousandth,
        "lowest-starts-at-one": early_stopping_lowest_starts_at_one,
    },
}
