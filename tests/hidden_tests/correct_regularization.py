"""Regularization as different students write it: every one of these is right."""

import itertools
import math

import numpy as np
from network_parts import Parameters, with_attributes


def _loss_loop(parameters, loss, l2):
    for W in (parameters.W_h, parameters.W_y):
        for row in W:
            for weight in row:
                loss += l2 / 2 * weight**2
    return loss


def _loss_augmented(parameters, loss, l2):
    for W in parameters[::2]:
        loss = loss + 0.5 * l2 * (W * W).sum()
    return loss


REGULARIZED_LOSS = {
    "formula": lambda P, loss, l2: loss + l2 / 2 * (np.sum(P.W_h**2) + np.sum(P.W_y**2)),
    "attributes": with_attributes(
        lambda W_h, b_h, W_y, b_y, loss, l2: loss + 0.5 * l2 * ((W_h**2).sum() + (W_y**2).sum())
    ),
    "loop": _loss_loop,
    "layer after layer": _loss_augmented,
    "indices": lambda P, loss, l2: loss + l2 * (np.square(P[0]).sum() + np.square(P[2]).sum()) / 2,
    "norms": lambda P, loss, l2: (
        loss + l2 / 2 * (np.linalg.norm(P.W_h) ** 2 + np.linalg.norm(P.W_y) ** 2)
    ),
    "norm along both axes": lambda P, loss, l2: (
        loss + l2 / 2 * sum(np.linalg.norm(W, axis=(0, 1)) ** 2 for W in (P.W_h, P.W_y))
    ),
    "traces": lambda P, loss, l2: (
        loss + l2 / 2 * (np.trace(P.W_h.T @ P.W_h) + np.trace(P.W_y @ P.W_y.T))
    ),
    "dots": lambda P, loss, l2: (
        loss + l2 / 2 * np.dot(P.W_h.ravel(), P.W_h.ravel()) + l2 / 2 * np.vdot(P.W_y, P.W_y)
    ),
    "einsum": lambda P, loss, l2: (
        loss + l2 / 2 * sum(np.einsum("ij,ij->", W, W) for W in P if W.ndim == 2)
    ),
    "one vector": lambda P, loss, l2: (
        loss + l2 / 2 * np.sum(np.concatenate([P.W_h.flatten(), P.W_y.flatten()]) ** 2)
    ),
    "fsum": lambda P, loss, l2: (
        loss + l2 / 2 * math.fsum(float(w) ** 2 for w in itertools.chain(P.W_h.flat, P.W_y.flat))
    ),
    "column sums": lambda P, loss, l2: (
        loss + (l2 / 2) * (np.sum(P.W_h**2, axis=0).sum() + np.sum(np.sum(P.W_y**2, axis=1)))
    ),
    "absolute squared": lambda P, loss, l2: (
        loss + l2 / 2 * (np.sum(np.abs(P.W_h) ** 2) + np.sum(np.abs(P.W_y) ** 2))
    ),
    "all less biases": lambda P, loss, l2: (
        loss + l2 / 2 * (sum(np.sum(p**2) for p in P) - np.sum(P.b_h**2) - np.sum(P.b_y**2))
    ),
    "array without axes": lambda P, loss, l2: np.array(_loss_augmented(P, loss, l2)),
}


def _step_unpacked(parameters, gradients, *, learning_rate, l2):
    W_h, b_h, W_y, b_y = parameters
    dW_h, db_h, dW_y, db_y = gradients
    W_h = W_h - learning_rate * (dW_h + l2 * W_h)
    W_y = W_y - learning_rate * (dW_y + l2 * W_y)
    b_h = b_h - learning_rate * db_h
    b_y = b_y - learning_rate * db_y
    return Parameters(W_h, b_h, W_y, b_y)


def _step_by_decay(parameters, gradients, *, learning_rate, l2):
    decay = 1 - learning_rate * l2
    return Parameters(
        decay * parameters.W_h - learning_rate * gradients.W_h,
        parameters.b_h - learning_rate * gradients.b_h,
        decay * parameters.W_y - learning_rate * gradients.W_y,
        parameters.b_y - learning_rate * gradients.b_y,
    )


def _step_by_strengths(parameters, gradients, *, learning_rate, l2):
    strengths = Parameters(l2, 0, l2, 0)
    return Parameters(
        *(
            p - learning_rate * (g + strength * p)
            for p, g, strength in zip(parameters, gradients, strengths, strict=True)
        )
    )


def _step_by_axes(parameters, gradients, *, learning_rate, l2):
    new = []
    for part, gradient in zip(parameters, gradients, strict=True):
        price = l2 * part if part.ndim == 2 else 0
        new.append(part - learning_rate * (gradient + price))
    return Parameters(*new)


def _step_replacing(parameters, gradients, *, learning_rate, l2):
    plain = Parameters(*(p - learning_rate * g for p, g in zip(parameters, gradients)))  # noqa: B905
    return plain._replace(
        W_h=plain.W_h - learning_rate * l2 * parameters.W_h,
        W_y=plain.W_y - learning_rate * l2 * parameters.W_y,
    )


def _step_on_copies(parameters, gradients, *, learning_rate, l2):
    new = Parameters(*(np.array(part, dtype=float) for part in parameters))
    for name in ("W_h", "W_y"):
        getattr(new, name)[:] *= 1 - learning_rate * l2
    for part, gradient in zip(new, gradients, strict=True):
        part[:] -= learning_rate * gradient
    return new


def _step_entry_by_entry(parameters, gradients, *, learning_rate, l2):
    W_h, b_h, W_y, b_y = (np.zeros(part.shape) for part in parameters)
    for new, name in ((W_h, "W_h"), (W_y, "W_y")):
        for i, j in np.ndindex(new.shape):
            w, g = getattr(parameters, name)[i, j], getattr(gradients, name)[i, j]
            new[i, j] = w - learning_rate * (g + l2 * w)
    for new, name in ((b_h, "b_h"), (b_y, "b_y")):
        for i in range(len(new)):
            new[i] = getattr(parameters, name)[i] - learning_rate * getattr(gradients, name)[i]
    return Parameters(W_h, b_h, W_y, b_y)


L2_STEP = {
    "unpacked": _step_unpacked,
    "decay": _step_by_decay,
    "a strength for each part": _step_by_strengths,
    "matrices pay": _step_by_axes,
    "plain step, then the price": _step_replacing,
    "copies": _step_on_copies,
    "entry by entry": _step_entry_by_entry,
    "plain tuple": lambda P, G, *, learning_rate, l2: tuple(
        _step_by_axes(P, G, learning_rate=learning_rate, l2=l2)
    ),
    "list": lambda P, G, *, learning_rate, l2: list(
        _step_unpacked(P, G, learning_rate=learning_rate, l2=l2)
    ),
    "a step on copies, made once more": lambda P, G, **rates: Parameters(
        *_step_on_copies(P, G, **rates)
    ),
    "minus the change": lambda P, G, *, learning_rate, l2: Parameters(
        *(
            p + -learning_rate * (g + (l2 * p if name.startswith("W") else 0))
            for name, p, g in zip(Parameters._fields, P, G, strict=True)
        )
    ),
    "one line each": lambda P, G, learning_rate, l2: Parameters(
        W_h=P.W_h - learning_rate * G.W_h - learning_rate * l2 * P.W_h,
        b_h=P.b_h - learning_rate * G.b_h,
        W_y=P.W_y - learning_rate * G.W_y - learning_rate * l2 * P.W_y,
        b_y=P.b_y - learning_rate * G.b_y,
    ),
}


def _counting(losses, patience):
    best, lowest, waited = 1, losses[0], 0
    for epoch, loss in enumerate(losses[1:], 2):
        if loss < lowest:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best
    return best


def _from_infinity(losses, patience):
    best_epoch, best_loss = 0, np.inf
    for epoch, loss in enumerate(losses, start=1):
        if loss < best_loss:
            best_epoch, best_loss = epoch, loss
        if epoch - best_epoch >= patience:
            break
    return best_epoch


def _while(losses, patience):
    epoch, best = 1, 0
    while epoch < len(losses) and epoch <= best + patience:
        if losses[epoch] < losses[best]:
            best = epoch
        epoch += 1
    return best + 1


def _recursive(losses, patience, best=0):
    seen = losses[best : best + patience + 1]
    nearer = next((i for i, loss in enumerate(seen) if loss < seen[0]), None)
    return best + 1 if nearer is None else _recursive(losses, patience, best + nearer)


def _prefixes(losses, patience):
    for epoch in range(1, len(losses) + 1):
        best = int(np.argmin(losses[:epoch])) + 1
        if epoch - best == patience:
            break
    return best


def _accumulated(losses, patience):
    lowest = np.minimum.accumulate(losses)
    new = np.flatnonzero(np.concatenate([[True], losses[1:] < lowest[:-1]]))
    waits = np.diff(np.append(new, len(losses)))  # to the next lowest loss
    return int(new[np.argmax(waits > patience)] if (waits > patience).any() else new[-1]) + 1


def _minimum_of_what_was_seen(losses, patience):
    seen = []
    for loss in losses:
        seen.append(float(loss))
        if len(seen) - 1 - seen.index(min(seen)) == patience:
            break
    return seen.index(min(seen)) + 1


def _dictionary(losses, patience):
    state = {"loss": float("inf"), "epoch": None, "left": patience}
    for i in range(len(losses)):
        if state["left"] == 0:
            break
        if losses[i] < state["loss"]:
            state = {"loss": losses[i], "epoch": i + 1, "left": patience}
        else:
            state["left"] -= 1
    return state["epoch"]


def _as_list(losses, patience):
    losses = list(losses)
    best = losses[0]
    position = 0
    counter = 0
    while counter < patience and position + counter + 1 < len(losses):
        candidate = losses[position + counter + 1]
        if candidate < best:
            best, position, counter = candidate, position + counter + 1, 0
        else:
            counter += 1
    return position + 1


EARLY_STOPPING = {
    "counting": _counting,
    "from infinity": _from_infinity,
    "while": _while,
    "recursive": _recursive,
    "minimum of each prefix": _prefixes,
    "running minimum": _accumulated,
    "minimum of what was seen": _minimum_of_what_was_seen,
    "dictionary": _dictionary,
    "list and counter": _as_list,
    "NumPy integer": lambda losses, patience: np.int64(_counting(losses, patience)),
    "float": lambda losses, patience: float(_while(losses, patience)),
    "array without axes": lambda losses, patience: np.array(_from_infinity(losses, patience)),
}


def _equal_is_new(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] <= losses[best]:
            best = epoch
        elif epoch - best == patience:
            break
    return best + 1


CORRECT = {
    "regularized_loss": REGULARIZED_LOSS,
    "l2_step": L2_STEP,
    "early_stopping": EARLY_STOPPING,
}

# Right but for one promise of the docstring: exactly these tests fail.
NEARLY = {
    "l2_step": {
        "biases pay": (
            lambda P, G, *, learning_rate, l2: Parameters(
                *(p - learning_rate * (g + l2 * p) for p, g in zip(P, G, strict=True))
            ),
            {
                "test_biases",
                "test_without_gradient",
                "test_arguments_unchanged",
            },
        ),
        "price without the rate": (
            lambda P, G, *, learning_rate, l2: _step_unpacked(
                P, G, learning_rate=learning_rate, l2=l2 / learning_rate
            ),
            {
                "test_weights",
                "test_without_gradient",
                "test_arguments_unchanged",
            },
        ),
    },
    "regularized_loss": {
        "biases pay": (
            lambda P, loss, l2: loss + l2 / 2 * sum(np.sum(part**2) for part in P),
            {
                "test_biases_are_free",
                "test_single_hidden_unit",
                "test_strength",
                "test_arguments_unchanged",
            },
        ),
    },
    "early_stopping": {
        "the lowest of all": (
            lambda losses, patience: np.argmin(losses) + 1,
            {
                "test_patience_runs_out",
                "test_up_and_down",
                "test_equal_losses",
                "test_arguments_unchanged",
            },
        ),
        "an equal loss is new": (
            _equal_is_new,
            {"test_equal_losses"},
        ),
    },
}
