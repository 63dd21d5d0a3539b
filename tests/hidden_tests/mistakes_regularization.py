"""Mistakes in regularization as runnable code."""

import numpy as np
from correct_regularization import CORRECT
from network_parts import Parameters

_loss = CORRECT["regularized_loss"]["formula"]
_step = CORRECT["l2_step"]["unpacked"]
_stopping = CORRECT["early_stopping"]["counting"]


def _priced(price):
    """The loss plus half the strength times `price` of the parameters."""
    return lambda P, loss, l2: loss + l2 / 2 * price(P)


def _squares(P):
    return np.sum(P.W_h**2) + np.sum(P.W_y**2)


def _squares_in_place(P, loss, l2):
    for W in (P.W_h, P.W_y):
        np.square(W, out=W)
    return loss + l2 / 2 * (P.W_h.sum() + P.W_y.sum())


def _absolute_in_place(P, loss, l2):
    np.abs(P.W_h, out=P.W_h)
    return _loss(P, loss, l2)


def _biases_zeroed(P, loss, l2):
    P.b_h[:] = 0
    P.b_y[:] = 0
    return loss + l2 / 2 * sum(np.sum(part**2) for part in P)


REGULARIZED_LOSS = {
    "biases pay": _priced(lambda P: sum(np.sum(part**2) for part in P)),
    "hidden biases pay": _priced(lambda P: _squares(P) + np.sum(P.b_h**2)),
    "output biases pay": _priced(lambda P: _squares(P) + np.sum(P.b_y**2)),
    "only biases pay": _priced(lambda P: np.sum(P.b_h**2) + np.sum(P.b_y**2)),
    "hidden layer only": _priced(lambda P: np.sum(P.W_h**2)),
    "output only": _priced(lambda P: np.sum(P.W_y**2)),
    "hidden layer twice": _priced(lambda P: 2 * np.sum(P.W_h**2)),
    "no half": lambda P, loss, l2: loss + l2 * _squares(P),
    "half twice": lambda P, loss, l2: loss + l2 / 4 * _squares(P),
    "strength twice": lambda P, loss, l2: loss + 2 * l2 * _squares(P),
    "strength squared": lambda P, loss, l2: loss + l2**2 / 2 * _squares(P),
    "one over the strength": lambda P, loss, l2: loss + _squares(P) / (2 * l2) if l2 else loss,
    "strength forgotten": lambda P, loss, l2: loss + _squares(P) / 2,
    "strength without half of the squares": lambda P, loss, l2: loss + l2 + _squares(P) / 2,
    "length": _priced(lambda P: np.sqrt(_squares(P))),
    "length of each layer": _priced(lambda P: np.linalg.norm(P.W_h) + np.linalg.norm(P.W_y)),
    "norm of order 2": _priced(
        lambda P: np.linalg.norm(P.W_h, 2) ** 2 + np.linalg.norm(P.W_y, 2) ** 2
    ),
    "absolute values": _priced(lambda P: np.abs(P.W_h).sum() + np.abs(P.W_y).sum()),
    "largest weight": _priced(lambda P: max(np.abs(P.W_h).max(), np.abs(P.W_y).max()) ** 2),
    "not squared": _priced(lambda P: P.W_h.sum() + P.W_y.sum()),
    "doubled for squared": _priced(lambda P: (2 * P.W_h).sum() + (2 * P.W_y).sum()),
    "cubed": _priced(lambda P: np.sum(P.W_h**3) + np.sum(P.W_y**3)),
    "sum squared": _priced(lambda P: P.W_h.sum() ** 2 + P.W_y.sum() ** 2),
    "columns added first": _priced(
        lambda P: np.sum(P.W_h.sum(axis=0) ** 2) + np.sum(P.W_y.sum(axis=0) ** 2)
    ),
    "mean": _priced(lambda P: np.mean(P.W_h**2) + np.mean(P.W_y**2)),
    "mean over all": _priced(lambda P: _squares(P) / (P.W_h.size + P.W_y.size)),
    "mean over inputs": _priced(lambda P: _squares(P) / len(P.W_h)),
    "product of the layers": _priced(lambda P: np.sum((P.W_h @ P.W_y) ** 2)),
    "minus": lambda P, loss, l2: loss - l2 / 2 * _squares(P),
    "only the price": lambda P, loss, l2: l2 / 2 * _squares(P),
    "no price": lambda P, loss, l2: loss,
    "loss halved": lambda P, loss, l2: (loss + l2 * _squares(P)) / 2,
    "loss scaled": lambda P, loss, l2: l2 / 2 * (loss + _squares(P)),
    "loss twice": lambda P, loss, l2: 2 * loss + l2 / 2 * _squares(P),
    "mixture": lambda P, loss, l2: (1 - l2) * loss + l2 / 2 * _squares(P),
    "product": lambda P, loss, l2: loss * (1 + l2 / 2 * _squares(P)),
    "whole division": lambda P, loss, l2: loss + l2 * _squares(P) // 2,
    "weights made whole": lambda P, loss, l2: _loss(P._replace(W_h=P.W_h.astype(int)), loss, l2),
    "rounded": lambda P, loss, l2: round(float(_loss(P, loss, l2)), 3),
    "float32": lambda P, loss, l2: np.float32(_loss(P, loss, l2)),
    "pair": lambda P, loss, l2: (loss, l2 / 2 * _squares(P)),
    "vector of one": lambda P, loss, l2: np.array([_loss(P, loss, l2)]),
    "price of each weight": lambda P, loss, l2: loss + l2 / 2 * P.W_h**2,
    "text": lambda P, loss, l2: str(_loss(P, loss, l2)),
    "slope": lambda P, loss, l2: loss + l2 * (P.W_h.sum() + P.W_y.sum()),
    "squares in place": _squares_in_place,
    "absolute in place": _absolute_in_place,
    "biases set to 0": _biases_zeroed,
}


def _moves(weights, biases=lambda b, g, a, l2: b - a * g):
    """A step that moves weights and biases so."""
    order = (weights, biases, weights, biases)

    def step(P, G, *, learning_rate, l2):
        parts = zip(order, P, G, strict=True)
        return Parameters(*(move(part, g, learning_rate, l2) for move, part, g in parts))

    return step


def _weight(W, G, a, l2):
    return W - a * (G + l2 * W)


def _with(**changed):
    """A right step in which some parts are made otherwise, from (P, G, α, λ)."""

    def step(P, G, *, learning_rate, l2):
        new = _step(P, G, learning_rate=learning_rate, l2=l2)
        return new._replace(**{n: f(P, G, learning_rate, l2) for n, f in changed.items()})

    return step


def _spoiling(spoil, *, of_gradients=False):
    """A right step after which an argument is spoiled."""

    def step(P, G, *, learning_rate, l2):
        new = _step(P, G, learning_rate=learning_rate, l2=l2)
        spoil(G if of_gradients else P)
        return new

    return step


def _subtracted_in_place(P, G, *, learning_rate, l2):
    W_h, b_h, W_y, b_y = P
    W_h -= learning_rate * (G.W_h + l2 * W_h)
    b_h -= learning_rate * G.b_h
    W_y -= learning_rate * (G.W_y + l2 * W_y)
    b_y -= learning_rate * G.b_y
    return Parameters(W_h, b_h, W_y, b_y)


L2_STEP = {
    "biases pay": _moves(_weight, _weight),
    "hidden biases pay": _with(b_h=lambda P, G, a, l2: P.b_h - a * (G.b_h + l2 * P.b_h)),
    "output biases pay": _with(b_y=lambda P, G, a, l2: P.b_y - a * (G.b_y + l2 * P.b_y)),
    "biases stay": _moves(_weight, lambda b, g, a, l2: b),
    "biases at 0": _moves(_weight, lambda b, g, a, l2: 0 * b),
    "no price": _moves(lambda W, G, a, l2: W - a * G),
    "hidden layer only pays": _with(W_y=lambda P, G, a, l2: P.W_y - a * G.W_y),
    "output only pays": _with(W_h=lambda P, G, a, l2: P.W_h - a * G.W_h),
    "biases pay for weights": _moves(lambda W, G, a, l2: W - a * G, _weight),
    "half a price": _moves(lambda W, G, a, l2: W - a * (G + l2 / 2 * W)),
    "double price": _moves(lambda W, G, a, l2: W - a * (G + 2 * l2 * W)),
    "price without rate": _moves(lambda W, G, a, l2: W - a * G - l2 * W),
    "rate twice": _moves(lambda W, G, a, l2: W - a * (G + a * l2 * W)),
    "rate of the price only": _moves(lambda W, G, a, l2: W - G - a * l2 * W),
    "no rate": _moves(lambda W, G, a, l2: W - (G + l2 * W), lambda b, g, a, l2: b - g),
    "no rate for biases": _moves(_weight, lambda b, g, a, l2: b - g),
    "weights grow": _moves(lambda W, G, a, l2: W - a * (G - l2 * W)),
    "ascent": _moves(lambda W, G, a, l2: W + a * (G + l2 * W), lambda b, g, a, l2: b + a * g),
    "ascent of biases": _moves(_weight, lambda b, g, a, l2: b + a * g),
    "ascent of the loss only": _moves(lambda W, G, a, l2: W + a * (G - l2 * W)),
    "decay afterwards": _moves(lambda W, G, a, l2: (1 - a * l2) * (W - a * G)),
    "decay of the step": _moves(lambda W, G, a, l2: W - a * (1 - a * l2) * G),
    "decay without rate": _moves(lambda W, G, a, l2: (1 - l2) * W - a * G),
    "strength times gradient": _moves(lambda W, G, a, l2: W - a * (G + l2 * G)),
    "strength for gradient": _moves(lambda W, G, a, l2: W - a * l2 * W),
    "strength alone": _moves(lambda W, G, a, l2: W - a * (G + l2)),
    "sign": _moves(lambda W, G, a, l2: W - a * (G + l2 * np.sign(W))),
    "absolute value": _moves(lambda W, G, a, l2: W - a * (G + l2 * np.abs(W))),
    "squares": _moves(lambda W, G, a, l2: W - a * (G + l2 / 2 * W**2)),
    "sum of the squares": _moves(lambda W, G, a, l2: W - a * (G + l2 / 2 * np.sum(W**2))),
    "mean price": _moves(lambda W, G, a, l2: W - a * (G + l2 * W / W.size)),
    "price by inputs": _moves(lambda W, G, a, l2: W - a * (G + l2 * W / len(W))),
    "brackets": _moves(lambda W, G, a, l2: (W - a) * (G + l2 * W)),
    "gradient": _moves(lambda W, G, a, l2: G + l2 * W, lambda b, g, a, l2: g),
    "change": _moves(lambda W, G, a, l2: -a * (G + l2 * W), lambda b, g, a, l2: -a * g),
    "two steps": lambda P, G, **rates: _step(_step(P, G, **rates), G, **rates),
    "weights only": lambda P, G, **rates: _step(P, G, **rates)[::2],
    "weights first": lambda P, G, **rates: tuple(_step(P, G, **rates)[i] for i in (0, 2, 1, 3)),
    "output first": lambda P, G, **rates: tuple(_step(P, G, **rates)[i] for i in (2, 3, 0, 1)),
    "pairs": lambda P, G, **rates: (_step(P, G, **rates)[:2], _step(P, G, **rates)[2:]),
    "tuples multiplied": lambda P, G, *, learning_rate, l2: P - learning_rate * (G + l2 * P),
    "transposed": lambda P, G, **rates: Parameters(*(p.T for p in _step(P, G, **rates))),
    "float32": lambda P, G, **rates: Parameters(
        *(p.astype(np.float32) for p in _step(P, G, **rates))
    ),
    "in place": _subtracted_in_place,
    "weights spoiled": _spoiling(lambda P: P.W_h.fill(0)),
    "output biases spoiled": _spoiling(lambda P: P.b_y.fill(0)),
    "gradients spoiled": _spoiling(lambda G: G.W_y.fill(0), of_gradients=True),
}


def _waiting(new, more=0, *, anew=True, kept=lambda best, epoch: best + 1):
    def stopping(losses, patience):
        best = waited = epoch = 0
        for epoch in range(1, len(losses)):
            if new(losses[epoch], losses[best], losses[epoch - 1]):
                best, waited = epoch, 0 if anew else waited
            else:
                waited += 1
            if waited >= patience + more:
                break
        return kept(best, epoch)

    return stopping


def _lower(loss, lowest, before):
    return loss < lowest


def _stop(losses, patience):
    return _waiting(_lower, kept=lambda best, epoch: epoch + 1)(losses, patience)


def _sorted(losses, patience):
    losses.sort()
    return _stopping(losses, patience)


def _sorted_afterwards(losses, patience):
    epoch = _stopping(losses, patience)
    losses.sort()
    return epoch


def _marked(losses, patience):
    epoch = _stopping(losses, patience)
    losses[epoch - 1] = 0
    return epoch


def _nothing_without_a_stop(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best == patience:
            return best + 1
    return None


def _windows(losses, patience):
    for epoch in range(len(losses) - patience):
        if losses[epoch + 1 : epoch + 1 + patience].min() > losses[epoch]:
            return epoch + 1
    return len(losses)


def _rises_in_a_row(losses, patience):
    row = 0
    for epoch in range(1, len(losses)):
        row = row + 1 if losses[epoch] > losses[epoch - 1] else 0
        if row == patience:
            return epoch + 1 - patience
    return int(np.argmin(losses)) + 1


def _smoothed(losses, patience):
    means = np.convolve(losses, np.ones(2) / 2, mode="same")
    return _stopping(means, patience)


EARLY_STOPPING = {
    "lowest of all": lambda losses, patience: np.argmin(losses) + 1,
    "lowest of all, from 0": lambda losses, patience: np.argmin(losses),
    "lowest of all, the last of equals": lambda losses, patience: (
        len(losses) - np.argmin(losses[::-1])
    ),
    "from 0": lambda losses, patience: _stopping(losses, patience) - 1,
    "one too many": lambda losses, patience: _stopping(losses, patience) + 1,
    "last epoch": lambda losses, patience: len(losses),
    "epoch of the stop": _stop,
    "epoch after the stop": lambda losses, patience: _stop(losses, patience) + 1,
    "patience before the stop": lambda losses, patience: max(1, _stop(losses, patience) - patience),
    "too patient": _waiting(_lower, more=1),
    "far too patient": _waiting(_lower, more=2),
    "impatient": _waiting(_lower, more=-1),
    "no patience": lambda losses, patience: _stopping(losses, 1),
    "twice the patience": lambda losses, patience: _stopping(losses, 2 * patience),
    "never anew": _waiting(_lower, anew=False),
    "equal is new": _waiting(lambda loss, lowest, before: loss <= lowest),
    "below the one before": _waiting(lambda loss, lowest, before: loss < before),
    "higher is better": _waiting(lambda loss, lowest, before: loss > lowest),
    "highest": lambda losses, patience: np.argmax(losses) + 1,
    "lower by a millionth only": _waiting(lambda loss, lowest, before: loss < lowest - 1e-6),
    "no close loss": _waiting(
        lambda loss, lowest, before: loss < lowest and not np.isclose(loss, lowest)
    ),
    "much lower only": _waiting(lambda loss, lowest, before: loss < lowest - 0.05),
    "first rise": lambda losses, patience: (
        int(np.argmax(np.diff(losses) > 0)) + 1 if (np.diff(losses) > 0).any() else len(losses)
    ),
    "first epochs": lambda losses, patience: np.argmin(losses[:patience]) + 1,
    "last epochs": lambda losses, patience: (
        len(losses) - patience + np.argmin(losses[-patience:]) + 1
    ),
    "epoch of patience": lambda losses, patience: patience,
    "windows": _windows,
    "rises in a row": _rises_in_a_row,
    "smoothed": _smoothed,
    "nothing without a stop": _nothing_without_a_stop,
    "loss": lambda losses, patience: losses[_stopping(losses, patience) - 1],
    "lowest loss": lambda losses, patience: np.min(losses),
    "pair": lambda losses, patience: (_stopping(losses, patience), losses.min()),
    "vector of one": lambda losses, patience: np.array([_stopping(losses, patience)]),
    "text": lambda losses, patience: str(_stopping(losses, patience)),
    "losses until then": lambda losses, patience: losses[: _stopping(losses, patience)],
    "first": lambda losses, patience: 1,
    "sorted": _sorted,
    "sorted afterwards": _sorted_afterwards,
    "marked": _marked,
}

MISTAKES = {
    "regularized_loss": REGULARIZED_LOSS,
    "l2_step": L2_STEP,
    "early_stopping": EARLY_STOPPING,
}
