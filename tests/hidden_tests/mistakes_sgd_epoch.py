"""Mistakes in `sgd_epoch`, for both models; those of the list of mistakes carry their number."""

import numpy as np


def slices(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


def over(batches, gradient, rate=lambda step: 1.0):
    """An epoch over `batches(order, batch_size)`; right for `slices` and the right gradient."""

    def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for step, b in enumerate(batches(rng.permutation(len(t)), batch_size)):
            w = w - learning_rate * rate(step) * gradient(w, X[b], t[b], **l2)
        return w

    return sgd_epoch


def wrong_epochs(gradient):
    """Wrong versions of `sgd_epoch` around a right gradient."""
    right = over(slices, gradient)
    return (
        _wrong_orders(gradient)
        | _wrong_batches(gradient)
        | _wrong_steps(gradient, right)
        | _wrong_manners(gradient, right)
    )


def _wrong_orders(gradient):
    def ordered_by(draw):
        """An epoch whose order is `draw(rng, N)`: one for both, or a pair, for X and for t."""

        def sgd_epoch(w, X, t, *, batch_size, learning_rate, rng, **l2):
            drawn = draw(rng, len(t))
            order_X, order_t = drawn if isinstance(drawn, tuple) else (drawn, drawn)
            X, t = X[order_X], t[order_t]
            for b in slices(np.arange(len(t)), batch_size):
                w = w - learning_rate * gradient(w, X[b], t[b], **l2)
            return w

        return sgd_epoch

    def drawn_per_batch(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for i in range(0, len(t), batch_size):
            b = rng.permutation(len(t))[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    orders = {
        "M47 no shuffle": lambda rng, N: np.arange(N),
        "M47 drawn, but not used": lambda rng, N: [rng.permutation(N), np.arange(N)][1],
        "M48 global generator": lambda rng, N: np.random.permutation(N),
        "M49 X shuffled, t not": lambda rng, N: (rng.permutation(N), np.arange(N)),
        "t shuffled, X not": lambda rng, N: (np.arange(N), rng.permutation(N)),
        "two permutations": lambda rng, N: (rng.permutation(N), rng.permutation(N)),
        "M50 reseeds": lambda rng, N: np.random.default_rng(42).permutation(N),
        "with replacement": lambda rng, N: (rng.uniform(size=N) * N).astype(int),
        "sorted by uniform": lambda rng, N: np.argsort(rng.uniform(size=N)),
        "inverse permutation": lambda rng, N: np.argsort(rng.permutation(N)),
        "reversed": lambda rng, N: rng.permutation(N)[::-1],
        "order sorted": lambda rng, N: np.sort(rng.permutation(N)),
        "permutation of N − 1": lambda rng, N: rng.permutation(N - 1),
        "shuffled twice": lambda rng, N: rng.permutation(rng.permutation(N)),
    }
    epochs = {name: ordered_by(draw) for name, draw in orders.items()}
    return epochs | {"one permutation a batch": drawn_per_batch}


def _wrong_batches(gradient):
    def parts(order, size):
        return -(-len(order) // size)

    batches = {
        "last batch dropped": lambda order, size: [
            b for b in slices(order, size) if len(b) == size
        ],
        "last batch dropped always": lambda order, size: slices(order, size)[:-1],
        "first batch dropped": lambda order, size: slices(order, size)[1:],
        "only the first batch": lambda order, size: slices(order, size)[:1],
        "short batch first": lambda order, size: slices(order[::-1], size)[::-1],
        "equal parts": lambda order, size: np.array_split(order, parts(order, size)),
        "batch_size as number of batches": np.array_split,
        "every k-th example": lambda order, size: [
            order[i :: parts(order, size)] for i in range(parts(order, size))
        ],
        "full batch": lambda order, size: [order],
        "one at a time": lambda order, size: slices(order, 1),
        "one too many": lambda order, size: slices(order, size + 1),
        "one too few": lambda order, size: slices(order, size - 1),
        "overlapping": lambda order, size: [
            order[i : i + size + 1] for i in range(0, len(order), size)
        ],
        "last batch filled up": lambda order, size: slices(
            np.append(order, order[: -len(order) % size]), size
        ),
        "empty last batch": lambda order, size: [
            order[i * size : (i + 1) * size] for i in range(len(order) // size + 1)
        ],
    }
    return {name: over(cut, gradient) for name, cut in batches.items()}


def _wrong_steps(gradient, right):
    def divided_by_batch_size(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for b in slices(rng.permutation(len(t)), batch_size):
            w = w - learning_rate * gradient(w, X[b], t[b], **l2) * len(b) / batch_size
        return w

    def divided_by_all(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for b in slices(rng.permutation(len(t)), batch_size):
            w = w - learning_rate * gradient(w, X[b], t[b], **l2) * len(b) / len(t)
        return w

    def accumulated(w, X, t, *, batch_size, learning_rate, rng, **l2):
        g = np.zeros_like(w)
        for b in slices(rng.permutation(len(t)), batch_size):
            g = g + gradient(w, X[b], t[b], **l2)
            w = w - learning_rate * g
        return w

    def one_step_at_the_end(w, X, t, *, batch_size, learning_rate, rng, **l2):
        batches = slices(rng.permutation(len(t)), batch_size)
        steps = [gradient(w, X[b], t[b], **l2) for b in batches]
        return w - learning_rate * np.mean(steps, axis=0)

    def gradient_at_the_old_weights(w, X, t, *, batch_size, learning_rate, rng, **l2):
        new = w
        for b in slices(rng.permutation(len(t)), batch_size):
            new = new - learning_rate * gradient(w, X[b], t[b], **l2)
        return new

    def update_lost(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for b in slices(rng.permutation(len(t)), batch_size):
            new = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return new

    def with_rate(change):
        return lambda w, X, t, *, learning_rate, **settings: right(
            w, X, t, learning_rate=change(learning_rate), **settings
        )

    return {
        "M45 ascent": with_rate(lambda rate: -rate),
        "M46 update lost": update_lost,
        "M51 gradient not reset": accumulated,
        "divided by batch_size": divided_by_batch_size,
        "divided by N": divided_by_all,
        "sum": over(slices, lambda w, X, t, **l2: gradient(w, X, t, **l2) * len(t)),
        "normalized": over(
            slices, lambda *args, **l2: gradient(*args, **l2) / np.linalg.norm(gradient(*args))
        ),
        "weight decay": over(slices, lambda w, *args, **l2: gradient(w, *args, **l2) + 0.01 * w),
        "learning rate decays": over(slices, gradient, rate=lambda step: 0.9**step),
        "learning rate ignored": with_rate(lambda rate: 1.0),
        "learning rate squared": with_rate(lambda rate: rate**2),
        "starts from zero": lambda w, X, t, **settings: right(0 * w, X, t, **settings),
        "two epochs": lambda w, X, t, **settings: right(
            right(w, X, t, **settings), X, t, **settings
        ),
        "gradient at the old weights": gradient_at_the_old_weights,
        "one step at the end": one_step_at_the_end,
    }


def _wrong_manners(gradient, right):
    def weights_in_place(w, X, t, *, batch_size, learning_rate, rng, **l2):
        for b in slices(rng.permutation(len(t)), batch_size):
            w -= learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    def data_in_place(w, X, t, *, batch_size, learning_rate, rng, **l2):
        order = rng.permutation(len(t))
        X[:], t[:] = X[order], t[order]
        for b in slices(np.arange(len(t)), batch_size):
            w = w - learning_rate * gradient(w, X[b], t[b], **l2)
        return w

    def one_permutation_too_many(w, X, t, **settings):
        new = right(w, X, t, **settings)
        settings["rng"].permutation(len(t))
        return new

    def noise_drawn_first(w, X, t, **settings):
        settings["rng"].uniform(-0.1, 0.1, size=len(w))
        return right(w, X, t, **settings)

    def weights_as_they_came(w, X, t, **settings):
        right(w, X, t, **settings)
        return w

    return {
        "weights in place": weights_in_place,
        "data in place": data_in_place,
        "one permutation too many": one_permutation_too_many,
        "noise drawn first": noise_drawn_first,
        "M46 weights returned as they came": weights_as_they_came,
        "no return": lambda w, X, t, **settings: None,
        "tuple": lambda w, X, t, **settings: (right(w, X, t, **settings), 0.5),
        "list": lambda w, X, t, **settings: right(w, X, t, **settings).tolist(),
        "float32": lambda w, X, t, **settings: right(w, X, t, **settings).astype(np.float32),
        "update only": lambda w, X, t, **settings: right(w, X, t, **settings) - w,
    }
