"""Mistakes in the gradients of the multilayer perceptron; those of the list carry their number."""

import numpy as np
from network_parts import Parameters, forward, gradients, one_hot
from scipy import special


def _steps(P, X, t):
    """Pre-activations, hidden layer, and the mean of prediction minus target."""
    Z = X @ P.W_h + P.b_h
    hidden, Y = forward(P, X)
    return Z, hidden, (Y - one_hot(t, len(P.b_y))) / len(t)


def _assembled(X, hidden, D, D_h):
    return Parameters(X.T @ D_h, D_h.sum(axis=0), hidden.T @ D, D.sum(axis=0))


def _with_slope(slope):
    """Right but for the slope, of pre-activations and hidden layer."""

    def wrong(P, X, t):
        Z, hidden, D = _steps(P, X, t)
        return _assembled(X, hidden, D, D @ P.W_y.T * slope(Z, hidden))

    return wrong


def _with_error(error):
    """Right but for the mean of prediction minus target, of probabilities, targets and logits."""

    def wrong(P, X, t):
        Z, hidden, _ = _steps(P, X, t)
        logits = hidden @ P.W_y + P.b_y
        D = error(special.softmax(logits, axis=1), t, logits)
        return _assembled(X, hidden, D, D @ P.W_y.T * (Z > 0))

    return wrong


def _with_parts(**changes):
    """Right but for some parts, each changed by a function of the right part and of (P, X, t)."""

    def wrong(P, X, t):
        right = gradients(P, X, t)
        changed = {name: change(getattr(right, name), P, X, t) for name, change in changes.items()}
        return right._replace(**changed)

    return wrong


def _all(change):
    return lambda P, X, t: Parameters(*(change(part) for part in gradients(P, X, t)))


def _zero(part, *_):
    return np.zeros_like(part)


def _biases(change):
    return _with_parts(b_h=change, b_y=change)


def _weights(change):
    return _with_parts(W_h=change, W_y=change)


def _hidden_part(back):
    """Wrong in what comes back to the hidden layer: `back` of the error, P and the pre-activations."""

    def wrong(P, X, t):
        Z, hidden, D = _steps(P, X, t)
        return _assembled(X, hidden, D, back(D, P, Z))

    return wrong


def _in_place(name):
    def wrong(P, X, t):
        g = gradients(P, X, t)
        part = getattr(P, name)
        part -= 0.1 * getattr(g, name)
        return g

    return wrong


def _examples_in_place(P, X, t):
    g = gradients(P, X, t)
    X *= 0.5
    return g


def _labels_in_place(P, X, t):
    g = gradients(P, X, t)
    t += 1
    return g


def _output_updated_first(P, X, t):
    """The hidden layer is asked with output weights that have moved already."""
    g = gradients(P, X, t)
    moved = P._replace(W_y=P.W_y - 0.1 * g.W_y, b_y=P.b_y - 0.1 * g.b_y)
    later = gradients(moved, X, t)
    return g._replace(W_h=later.W_h, b_h=later.b_h)


def _new_output_in_between(P, X, t):
    Z, hidden, D = _steps(P, X, t)
    W_y = P.W_y - 0.01 * hidden.T @ D
    return _assembled(X, hidden, D, D @ W_y.T * (Z > 0))


def _hidden_bias_ignored(P, X, t):
    return gradients(P._replace(b_h=0 * P.b_h), X, t)


def _output_bias_ignored(P, X, t):
    return gradients(P._replace(b_y=0 * P.b_y), X, t)


def _no_hidden_activation(P, X, t):
    hidden = X @ P.W_h + P.b_h
    Y = special.softmax(hidden @ P.W_y + P.b_y, axis=1)
    D = (Y - one_hot(t, len(P.b_y))) / len(t)
    return _assembled(X, hidden, D, D @ P.W_y.T)


def _pre_activation_for_hidden(P, X, t):
    Z, _, D = _steps(P, X, t)
    return _assembled(X, Z, D, D @ P.W_y.T * (Z > 0))


def _tanh_network(P, X, t):
    hidden = np.tanh(X @ P.W_h + P.b_h)
    Y = special.softmax(hidden @ P.W_y + P.b_y, axis=1)
    D = (Y - one_hot(t, len(P.b_y))) / len(t)
    return _assembled(X, hidden, D, D @ P.W_y.T * (1 - hidden**2))


def _last_example(P, X, t):
    g = gradients(P, X[-1:], t[-1:])
    return Parameters(*(part / len(t) for part in g))


def _K_from_the_labels(P, X, t):
    hidden, Y = forward(P, X)
    D = (Y - np.eye(t.max() + 1)[t]) / len(t)
    return _assembled(X, hidden, D, D @ P.W_y.T * (hidden > 0))


def _squeezed(P, X, t):
    Z, hidden, D = _steps(P, X, t)
    return _assembled(np.squeeze(X), hidden, D, D @ P.W_y.T * (Z > 0))


def _square_only(wrong):
    """A mistake that shows where all sizes are equal only."""

    def sometimes(P, X, t):
        return wrong(P, X, t) if X.shape == P.W_h.shape == P.W_y.shape else gradients(P, X, t)

    return sometimes


def _y_minus_t(P, X, t):
    Z, hidden, _ = _steps(P, X, t)
    D = (forward(P, X)[1] - t[:, None]) / len(t)
    return _assembled(X, hidden, D, D @ P.W_y.T * (Z > 0))


def _differences(P, X, t, h=1e-3):
    def loss(P):
        log_p = np.log(forward(P, X)[1][np.arange(len(t)), t])
        return -log_p.mean()

    parts = []
    for name, part in P._asdict().items():
        g = np.zeros_like(part)
        for i in np.ndindex(part.shape):
            up, down = part.copy(), part.copy()
            up[i] += h
            down[i] -= h
            g[i] = (loss(P._replace(**{name: up})) - loss(P._replace(**{name: down}))) / (2 * h)
        parts.append(g)
    return Parameters(*parts)


GRADIENTS = {
    "M30 no mask": _with_slope(lambda Z, H: 1),
    "M31 h ≥ 0": _with_slope(lambda Z, H: H >= 0),
    "M31 z ≥ 0": _with_slope(lambda Z, H: Z >= 0),
    "half at the kink": _with_slope(lambda Z, H: np.heaviside(Z, 0.5)),
    "M32 times h": _with_slope(lambda Z, H: H),
    "M32 times z": _with_slope(lambda Z, H: Z),
    "M33 h(1 − h)": _with_slope(lambda Z, H: H * (1 - H)),
    "slope of the sigmoid": _with_slope(lambda Z, H: special.expit(Z) * (1 - special.expit(Z))),
    "slope of tanh": _with_slope(lambda Z, H: 1 - np.tanh(Z) ** 2),
    "1 − h²": _with_slope(lambda Z, H: 1 - H**2),
    "sign": _with_slope(lambda Z, H: np.sign(Z)),
    "off units": _with_slope(lambda Z, H: Z <= 0),
    "leaky": _with_slope(lambda Z, H: np.where(Z > 0, 1, 0.01)),
    "threshold one": _with_slope(lambda Z, H: Z > 1),
    "slope of the mean": _with_slope(lambda Z, H: Z.mean(axis=0) > 0),
    "slope of any example": _with_slope(lambda Z, H: (Z > 0).any(axis=0)),
    "slope of the first example": _with_slope(lambda Z, H: Z[0] > 0),
    "slope without the bias": lambda P, X, t: _with_slope(lambda Z, H: P.b_h < Z)(P, X, t),
    "no units on": _with_slope(lambda Z, H: 0.0),
    "M34 hidden bias forgotten": _with_parts(b_h=_zero),
    "M34 output bias forgotten": _with_parts(b_y=_zero),
    "M34 biases forgotten": _biases(_zero),
    "hidden weights forgotten": _with_parts(W_h=_zero),
    "output weights forgotten": _with_parts(W_y=_zero),
    "hidden layer forgotten": _with_parts(W_h=_zero, b_h=_zero),
    "output layer forgotten": _with_parts(W_y=_zero, b_y=_zero),
    "M35 no mean": lambda P, X, t: Parameters(*(len(t) * g for g in gradients(P, X, t))),
    "mean twice": lambda P, X, t: Parameters(*(g / len(t) for g in gradients(P, X, t))),
    "mean over N·K": lambda P, X, t: Parameters(*(g / len(P.b_y) for g in gradients(P, X, t))),
    "mean over H": lambda P, X, t: Parameters(
        *(g * len(t) / len(P.b_h) for g in gradients(P, X, t))
    ),
    "N − 1": lambda P, X, t: Parameters(
        *(g * len(t) / max(1, len(t) - 1) for g in gradients(P, X, t))
    ),
    "no mean of the biases": _biases(lambda g, P, X, t: g * len(t)),
    "biases averaged twice": _biases(lambda g, P, X, t: g / len(t)),
    "no mean of the weights": _weights(lambda g, P, X, t: g * len(t)),
    "no mean of the hidden layer": _with_parts(
        W_h=lambda g, P, X, t: g * len(t), b_h=lambda g, P, X, t: g * len(t)
    ),
    "hidden layer averaged twice": _with_parts(
        W_h=lambda g, P, X, t: g / len(t), b_h=lambda g, P, X, t: g / len(t)
    ),
    "M36 biases as one number": _biases(lambda g, *_: g.sum()),
    "M36 biases as one number each": _biases(lambda g, *_: np.full(g.shape, g.sum())),
    "biases averaged over units": _biases(lambda g, *_: np.full(g.shape, g.mean())),
    "biases as rows": _biases(lambda g, *_: g[np.newaxis]),
    "biases as columns": _biases(lambda g, *_: g[:, np.newaxis]),
    "biases over axis 1": lambda P, X, t: _with_parts(
        b_h=lambda g, *_: (_steps(P, X, t)[2] @ P.W_y.T * (_steps(P, X, t)[1] > 0)).sum(axis=1),
        b_y=lambda g, *_: _steps(P, X, t)[2].sum(axis=1),
    )(P, X, t),
    "biases over axis 1 where sizes agree": _square_only(
        lambda P, X, t: gradients(P, X, t)._replace(
            b_h=(_steps(P, X, t)[2] @ P.W_y.T * (_steps(P, X, t)[1] > 0)).sum(axis=1)
        )
    ),
    "biases per example": lambda P, X, t: gradients(P, X, t)._replace(b_y=_steps(P, X, t)[2]),
    "biases exchanged": lambda P, X, t: gradients(P, X, t)._replace(
        b_h=gradients(P, X, t).b_y, b_y=gradients(P, X, t).b_h
    ),
    "M45 sign": _all(np.negative),
    "sign of the hidden layer": _with_parts(W_h=lambda g, *_: -g, b_h=lambda g, *_: -g),
    "sign of the output layer": _with_parts(W_y=lambda g, *_: -g, b_y=lambda g, *_: -g),
    "sign of the biases": _biases(lambda g, *_: -g),
    "transposed": _all(np.transpose),
    "hidden weights transposed": _with_parts(W_h=lambda g, *_: g.T),
    "output weights transposed": _with_parts(W_y=lambda g, *_: g.T),
    "transposed where sizes agree": _square_only(
        lambda P, X, t: Parameters(*(part.T for part in gradients(P, X, t)))
    ),
    "output weights not transposed where sizes agree": _square_only(
        _hidden_part(lambda D, P, Z: D @ P.W_y * (Z > 0))
    ),
    "X not transposed where sizes agree": _square_only(
        lambda P, X, t: gradients(P, X, t)._replace(
            W_h=X @ (_steps(P, X, t)[2] @ P.W_y.T * (_steps(P, X, t)[1] > 0))
        )
    ),
    "M33 extra slope at the output": _with_error(
        lambda Y, t, _: (Y - one_hot(t, Y.shape[1])) * Y * (1 - Y) / len(t)
    ),
    "targets forgotten": _with_error(lambda Y, t, _: Y / len(t)),
    "predictions forgotten": _with_error(lambda Y, t, _: -one_hot(t, Y.shape[1]) / len(t)),
    "true class only": _with_error(lambda Y, t, _: (Y - 1) * one_hot(t, Y.shape[1]) / len(t)),
    "absent classes held": _with_error(
        lambda Y, t, _: (Y - one_hot(t, Y.shape[1])) * np.isin(np.arange(Y.shape[1]), t) / len(t)
    ),
    "logits": _with_error(lambda Y, t, Z: (Z - one_hot(t, Y.shape[1])) / len(t)),
    "log softmax": _with_error(lambda Y, t, _: (np.log(Y) - one_hot(t, Y.shape[1])) / len(t)),
    "sigmoid": _with_error(lambda Y, t, Z: (special.expit(Z) - one_hot(t, Y.shape[1])) / len(t)),
    "predicted class": _with_error(
        lambda Y, t, _: (np.eye(Y.shape[1])[Y.argmax(1)] - one_hot(t, Y.shape[1])) / len(t)
    ),
    "labels off by one": _with_error(lambda Y, t, _: (Y - one_hot(t - 1, Y.shape[1])) / len(t)),
    "y − t": _y_minus_t,
    "softmax over axis 0": _with_error(
        lambda Y, t, Z: (special.softmax(Z, axis=0) - one_hot(t, Y.shape[1])) / len(t)
    ),
    "SciPy's softmax over all": _with_error(
        lambda Y, t, Z: (special.softmax(Z) - one_hot(t, Y.shape[1])) / len(t)
    ),
    "softmax not shifted": _with_error(
        lambda Y, t, Z: (
            (np.exp(Z) / np.exp(Z).sum(1, keepdims=True) - one_hot(t, Y.shape[1])) / len(t)
        )
    ),
    "absolute error": _with_error(lambda Y, t, _: np.abs(Y - one_hot(t, Y.shape[1])) / len(t)),
    "doubled": _with_error(lambda Y, t, _: 2 * (Y - one_hot(t, Y.shape[1])) / len(t)),
    "K from the labels": _K_from_the_labels,
    "nothing comes back but signs": _hidden_part(lambda D, P, Z: np.sign(D @ P.W_y.T) * (Z > 0)),
    "error forgotten": _hidden_part(lambda D, P, Z: P.W_y.sum(axis=1) * (Z > 0) / len(Z)),
    "error summed": _hidden_part(
        lambda D, P, Z: D.sum(axis=1, keepdims=True) * P.W_y.sum(axis=1) * (Z > 0)
    ),
    "output weights forgotten on the way back": _hidden_part(
        lambda D, P, Z: np.abs(D).sum(axis=1, keepdims=True) * (Z > 0)
    ),
    "mask on the wrong side": _hidden_part(lambda D, P, Z: D @ (P.W_y.T * (Z > 0).any(axis=0))),
    "true class on the way back": _hidden_part(lambda D, P, Z: (D * (D < 0)) @ P.W_y.T * (Z > 0)),
    "X for the hidden layer": lambda P, X, t: gradients(P, X, t)._replace(
        W_y=np.resize(X.T @ _steps(P, X, t)[2], P.W_y.shape)
    ),
    "M39 pre-activation for the hidden layer": _pre_activation_for_hidden,
    "M38 no hidden activation": _no_hidden_activation,
    "tanh network": _tanh_network,
    "M37 hidden bias ignored": _hidden_bias_ignored,
    "output bias ignored": _output_bias_ignored,
    "output updated first": _output_updated_first,
    "new output weights in between": _new_output_in_between,
    "last example": _last_example,
    "squeezed": _squeezed,
    "wide differences": _differences,
    "normalized": lambda P, X, t: Parameters(
        *(g / (np.linalg.norm(g) + 1e-9) for g in gradients(P, X, t))
    ),
    "cut off": _all(lambda g: np.clip(g, -0.02, 0.02)),
    "weight decay": lambda P, X, t: Parameters(
        *(g + 1e-4 * p for g, p in zip(gradients(P, X, t), P, strict=True))
    ),
    "float32": _all(lambda g: g.astype(np.float32)),
    "lists": _all(lambda g: g.tolist()),
    "flattened": _all(np.ravel),
    "one vector": lambda P, X, t: np.concatenate([g.ravel() for g in gradients(P, X, t)]),
    "dict": lambda P, X, t: gradients(P, X, t)._asdict(),
    "weights only": lambda P, X, t: gradients(P, X, t)[::2],
    "output first": lambda P, X, t: (*gradients(P, X, t)[2:], *gradients(P, X, t)[:2]),
    "weights, then biases": lambda P, X, t: (*gradients(P, X, t)[::2], *gradients(P, X, t)[1::2]),
    "pairs": lambda P, X, t: (gradients(P, X, t)[:2], gradients(P, X, t)[2:]),
    "loss beside": lambda P, X, t: (0.5, gradients(P, X, t)),
    "one more": lambda P, X, t: (*gradients(P, X, t), 0.5),
    "new parameters": lambda P, X, t: Parameters(
        *(p - g for p, g in zip(P, gradients(P, X, t), strict=True))
    ),
    "hidden weights in place": _in_place("W_h"),
    "hidden biases in place": _in_place("b_h"),
    "output weights in place": _in_place("W_y"),
    "output biases in place": _in_place("b_y"),
    "examples in place": _examples_in_place,
    "labels in place": _labels_in_place,
    "zeros": _all(np.zeros_like),
    "no return": lambda P, X, t: None,
}
