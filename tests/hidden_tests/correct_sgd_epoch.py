"""An epoch of SGD as different students write it; both models take them with their own gradient."""

import math

import numpy as np


def correct_epochs(gradient):
    """Right versions of `sgd_epoch`; `l2`, if the model has it, is passed on to `gradient`."""

    def slices(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            b = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    def shuffled_first(w, X, t, *, batch_size, learning_rate, rng, **l2):
        w = w.copy()
        order = rng.permutation(X.shape[0])
        X, t = X[order], t[order]
        for start in range(0, X.shape[0], batch_size):
            end = min(start + batch_size, X.shape[0])
            w -= learning_rate * gradient(w, X[start:end], t[start:end], **l2)
        return w

    def split(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = rng.permutation(np.arange(len(t)))
        for b in np.split(order, np.arange(batch_size, len(t), batch_size)):
            w = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    def while_any_are_left(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = list(rng.permutation(len(t)))
        while order:
            b, order = order[:batch_size], order[batch_size:]
            w = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    def counted(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = rng.permutation(len(t))
        for i in range(math.ceil(len(t) / batch_size)):
            b = order[i * batch_size : (i + 1) * batch_size]
            w = np.subtract(w, learning_rate * gradient(w, X[b, :], t[b], **l2))
        return w

    def own_shuffle(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = np.arange(len(t))
        rng.shuffle(order)
        for start in range(0, len(t), batch_size):
            b = order[start : start + batch_size]
            w = w + learning_rate * -gradient(w, X[b], t[b], **l2)
        return w

    def one_by_one(w, X, t, *, batch_size, learning_rate, rng, **l2):
        g, count = np.zeros_like(w), 0
        for number, n in enumerate(rng.permutation(len(t)), 1):
            g, count = g + gradient(w, X[n : n + 1], t[n : n + 1], **l2), count + 1
            if count == batch_size or number == len(t):
                w = w - learning_rate * g / count
                g, count = np.zeros_like(w), 0
        return w

    def rows_shuffled(w, X, t, *, batch_size, learning_rate, rng, **l2):
        both = rng.permutation(np.column_stack([X, t]))
        for start in range(0, len(both), batch_size):
            rows = both[start : start + batch_size]
            w = w - learning_rate * gradient(w, rows[:, :-1], rows[:, -1].astype(int), **l2)
        return w

    versions = (slices, shuffled_first, split, while_any_are_left, counted, own_shuffle)
    return {version.__name__: version for version in (*versions, one_by_one, rows_shuffled)}
