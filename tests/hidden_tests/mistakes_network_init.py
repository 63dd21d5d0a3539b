"""Mistakes in the initialisation of the multilayer perceptron; those of the list carry their number."""

import numpy as np
from network_parts import Parameters, init_parameters


def _drawn(hidden, output):
    """Zero biases, and weights that are drawn by functions of (rng, inputs, outputs)."""
    return lambda D, H, K, rng: Parameters(
        hidden(rng, D, H), np.zeros(H), output(rng, H, K), np.zeros(K)
    )


def _both(draw):
    return _drawn(draw, draw)


def _uniform(bound):
    return lambda rng, M, n: rng.uniform(-bound(M, n), bound(M, n), size=(M, n))


def _right(rng, M, n):
    return rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M), size=(M, n))


def _changed(**changes):
    """Right but for some parts, each changed by a function of the right part."""

    def wrong(D, H, K, rng):
        P = init_parameters(D, H, K, rng)
        return P._replace(**{name: change(getattr(P, name)) for name, change in changes.items()})

    return wrong


def _output_first(D, H, K, rng):
    W_y = _right(rng, H, K)
    return Parameters(_right(rng, D, H), np.zeros(H), W_y, np.zeros(K))


def _biases_drawn_too(D, H, K, rng):
    P = init_parameters(D, H, K, rng)
    rng.uniform(-0.1, 0.1, size=H)
    return P


def _biases_drawn_in_between(D, H, K, rng):
    W_h = _right(rng, D, H)
    rng.uniform(size=H)
    return Parameters(W_h, np.zeros(H), _right(rng, H, K), np.zeros(K))


def _random_biases(D, H, K, rng):
    P = init_parameters(D, H, K, rng)
    return P._replace(b_h=rng.uniform(-0.1, 0.1, H), b_y=rng.uniform(-0.1, 0.1, K))


def _own_generator(make):
    return lambda D, H, K, rng: init_parameters(D, H, K, make())


INIT_PARAMETERS = {
    "M41 zeros": _both(lambda rng, M, n: np.zeros((M, n))),
    "M41 hidden zeros": _drawn(lambda rng, M, n: np.zeros((M, n)), _right),
    "M41 output zeros": _drawn(_right, lambda rng, M, n: np.zeros((M, n))),
    "constants": _both(lambda rng, M, n: np.full((M, n), 1 / np.sqrt(M))),
    "one number for all": _both(lambda rng, M, n: np.full((M, n), rng.uniform(-0.1, 0.1))),
    "one number a unit": _both(
        lambda rng, M, n: np.tile(rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M), n), (M, 1))
    ),
    "M42 1/M": _both(_uniform(lambda M, n: 1 / M)),
    "no range": _both(lambda rng, M, n: rng.uniform(-1, 1, size=(M, n))),
    "±0.1 as in the lab": _both(_uniform(lambda M, n: 0.1)),
    "outputs instead of inputs": _both(_uniform(lambda M, n: 1 / np.sqrt(n))),
    "Glorot": _both(_uniform(lambda M, n: np.sqrt(6 / (M + n)))),
    "He": _both(_uniform(lambda M, n: np.sqrt(6 / M))),
    "√M": _both(_uniform(lambda M, n: np.sqrt(M))),
    "1/M²": _both(_uniform(lambda M, n: 1 / M**2)),
    "1/√(M + 1)": _both(_uniform(lambda M, n: 1 / np.sqrt(M + 1))),
    "1/√(M·n)": _both(_uniform(lambda M, n: 1 / np.sqrt(M * n))),
    "hidden range for both": lambda D, H, K, rng: Parameters(
        _right(rng, D, H),
        np.zeros(H),
        rng.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), (H, K)),
        np.zeros(K),
    ),
    "output range for both": lambda D, H, K, rng: Parameters(
        rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), (D, H)),
        np.zeros(H),
        _right(rng, H, K),
        np.zeros(K),
    ),
    "positive only": _both(lambda rng, M, n: rng.uniform(0, 1 / np.sqrt(M), size=(M, n))),
    "half the range": _both(_uniform(lambda M, n: 0.5 / np.sqrt(M))),
    "range as width": _both(
        lambda rng, M, n: rng.uniform(size=(M, n)) / np.sqrt(M) - 0.5 / np.sqrt(M)
    ),
    "M44 normal": _both(lambda rng, M, n: rng.normal(0, 1 / np.sqrt(M), size=(M, n))),
    "M44 normal of the same spread": _both(
        lambda rng, M, n: rng.normal(0, 1 / np.sqrt(3 * M), size=(M, n))
    ),
    "normal, cut off": _both(
        lambda rng, M, n: np.clip(rng.normal(0, 1 / np.sqrt(M), (M, n)), -(M**-0.5), M**-0.5)
    ),
    "binary": _both(lambda rng, M, n: np.sign(_right(rng, M, n)) / np.sqrt(M)),
    "rounded": _both(lambda rng, M, n: np.round(_right(rng, M, n), 2)),
    "M43 random biases": _random_biases,
    "M43 biases of one": _changed(b_h=lambda b: b + 1, b_y=lambda b: b + 1),
    "hidden biases of 0.01": _changed(b_h=lambda b: b + 0.01),
    "output biases of 0.01": _changed(b_y=lambda b: b + 0.01),
    "tiny biases": _changed(b_h=lambda b: b + 1e-8),
    "biases as one number": _changed(b_h=lambda b: 0.0, b_y=lambda b: 0.0),
    "biases as rows": _changed(b_h=lambda b: b[None], b_y=lambda b: b[None]),
    "biases as columns": _changed(b_h=lambda b: b[:, None], b_y=lambda b: b[:, None]),
    "biases as lists": _changed(b_h=lambda b: b.tolist(), b_y=lambda b: b.tolist()),
    "biases exchanged": lambda D, H, K, rng: init_parameters(D, H, K, rng)._replace(
        b_h=np.zeros(K), b_y=np.zeros(H)
    ),
    "no biases": lambda D, H, K, rng: init_parameters(D, H, K, rng)[::2],
    "biases are None": _changed(b_h=lambda b: None, b_y=lambda b: None),
    "transposed": _changed(W_h=np.transpose, W_y=np.transpose),
    "drawn transposed": lambda D, H, K, rng: Parameters(
        rng.uniform(-(D**-0.5), D**-0.5, (H, D)).T,
        np.zeros(H),
        rng.uniform(-(H**-0.5), H**-0.5, (K, H)).T,
        np.zeros(K),
    ),
    "a row for the biases": lambda D, H, K, rng: Parameters(
        _right(rng, D + 1, H), np.zeros(H), _right(rng, H + 1, K), np.zeros(K)
    ),
    "output drawn first": _output_first,
    "biases drawn too": _biases_drawn_too,
    "biases drawn in between": _biases_drawn_in_between,
    "M48 global generator": lambda D, H, K, rng: init_parameters(D, H, K, np.random.mtrand._rand),
    "M50 generator of its own": _own_generator(lambda: np.random.default_rng(42)),
    "legacy generator of its own": _own_generator(lambda: np.random.RandomState(42)),
    "drawn twice": lambda D, H, K, rng: [init_parameters(D, H, K, rng) for _ in range(2)][1],
    "permutation drawn first": lambda D, H, K, rng: [
        rng.permutation(D),
        init_parameters(D, H, K, rng),
    ][1],
    "signs turned": _changed(W_h=np.negative, W_y=np.negative),
    "float32": _changed(W_h=lambda W: W.astype(np.float32), W_y=lambda W: W.astype(np.float32)),
    "flattened": _changed(W_h=np.ravel, W_y=np.ravel),
    "weights, then biases": lambda D, H, K, rng: (
        *init_parameters(D, H, K, rng)[::2],
        np.zeros(H),
        np.zeros(K),
    ),
    "output layer first": lambda D, H, K, rng: (
        *init_parameters(D, H, K, rng)[2:],
        *init_parameters(D, H, K, rng)[:2],
    ),
    "dict": lambda D, H, K, rng: init_parameters(D, H, K, rng)._asdict(),
    "no return": lambda D, H, K, rng: None,
}
