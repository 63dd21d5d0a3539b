"""Mistakes in the network's output and loss; those of the list carry their number."""

import numpy as np
from network_parts import forward, unshifted
from scipy import special


def _forward_with(hidden=None, logits=None, output=None):
    """Right but for the hidden layer of (P, X), the logits of (P, hidden), or the output of logits."""

    def wrong(P, X):
        H = hidden(P, X) if hidden else np.maximum(0, X @ P.W_h + P.b_h)
        Z = logits(P, H) if logits else H @ P.W_y + P.b_y
        return H, output(Z) if output else special.softmax(Z, axis=1)

    return wrong


def part_in_place(name, right):
    def wrong(P, *args):
        result = right(P, *args)
        part = getattr(P, name)
        part *= 0.9
        return result

    return wrong


def examples_in_place(right):
    def wrong(P, X, *args):
        result = right(P, X, *args)
        X[X < 0] = 0
        return result

    return wrong


def _hidden_bias_in_place(P, X):
    Z = X @ P.W_h
    part = P.b_h
    part += Z.mean(axis=0)
    part -= Z.mean(axis=0)
    part[0] += 1e-9
    return forward(P, X)


def _changed_forward(change):
    return lambda P, X: change(*forward(P, X))


FORWARD = {
    "M37 hidden bias missing": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h)),
    "output bias missing": _forward_with(logits=lambda P, H: H @ P.W_y),
    "no biases": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h), lambda P, H: H @ P.W_y),
    "M38 no hidden activation": _forward_with(lambda P, X: X @ P.W_h + P.b_h),
    "M39 ReLU on logits": _forward_with(logits=lambda P, H: np.maximum(0, H @ P.W_y + P.b_y)),
    "M40 returns pre-activation": lambda P, X: (X @ P.W_h + P.b_h, forward(P, X)[1]),
    "bias after the activation": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h) + P.b_h),
    "bias subtracted": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h - P.b_h)),
    "bias twice": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h + 2 * P.b_h)),
    "bias summed": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h + P.b_h.sum())),
    "largest bias": _forward_with(lambda P, X: np.maximum(0, X @ P.W_h + P.b_h.max())),
    "output bias twice": _forward_with(logits=lambda P, H: H @ P.W_y + 2 * P.b_y),
    "output bias summed": _forward_with(logits=lambda P, H: H @ P.W_y + P.b_y.sum()),
    "tanh": _forward_with(lambda P, X: np.tanh(X @ P.W_h + P.b_h)),
    "sigmoid": _forward_with(lambda P, X: special.expit(X @ P.W_h + P.b_h)),
    "leaky": _forward_with(
        lambda P, X: np.where(X @ P.W_h + P.b_h > 0, 1, 0.01) * (X @ P.W_h + P.b_h)
    ),
    "softplus": _forward_with(lambda P, X: np.logaddexp(0, X @ P.W_h + P.b_h)),
    "absolute value": _forward_with(lambda P, X: np.abs(X @ P.W_h + P.b_h)),
    "slope for the activation": _forward_with(lambda P, X: 1.0 * (X @ P.W_h + P.b_h > 0)),
    "cut off at 1": _forward_with(lambda P, X: np.clip(X @ P.W_h + P.b_h, 0, 1)),
    "largest unit only": _forward_with(
        lambda P, X: np.maximum(0, X @ P.W_h + P.b_h).max(axis=1, keepdims=True) + 0 * (X @ P.W_h)
    ),
    "hidden normalized": _forward_with(lambda P, X: special.softmax(X @ P.W_h + P.b_h, axis=1)),
    "output from the pre-activation": lambda P, X: (
        forward(P, X)[0],
        special.softmax((X @ P.W_h + P.b_h) @ P.W_y + P.b_y, axis=1),
    ),
    "SciPy's softmax over all": _forward_with(output=special.softmax),
    "softmax over axis 0": _forward_with(output=lambda Z: special.softmax(Z, axis=0)),
    "axis 0 where sizes agree": _forward_with(
        output=lambda Z: special.softmax(Z, axis=int(Z.shape[0] != Z.shape[1]))
    ),
    "softmax not shifted": _forward_with(output=unshifted),
    "shifted by the largest of all": _forward_with(
        output=lambda Z: np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True)
    ),
    "no keepdims": _forward_with(output=lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1)),
    "log softmax": _forward_with(output=lambda Z: special.log_softmax(Z, axis=1)),
    "sigmoid at the output": _forward_with(output=special.expit),
    "logits": _forward_with(output=lambda Z: Z),
    "ReLU at the output": _forward_with(output=lambda Z: np.maximum(0, Z)),
    "classes": _forward_with(output=lambda Z: Z.argmax(axis=1)),
    "one-hot": _forward_with(output=lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)]),
    "probabilities rounded": _forward_with(output=lambda Z: np.round(special.softmax(Z, 1), 4)),
    "kept off 0": _forward_with(output=lambda Z: np.clip(special.softmax(Z, axis=1), 1e-7, 1)),
    "weights transposed where sizes agree": lambda P, X: (
        forward(P._replace(W_h=P.W_h.T), X)
        if X.shape == P.W_h.shape == P.W_y.shape
        else forward(P, X)
    ),
    "output weights transposed where sizes agree": lambda P, X: (
        forward(P._replace(W_y=P.W_y.T), X)
        if X.shape == P.W_h.shape == P.W_y.shape
        else forward(P, X)
    ),
    "bias along the examples where sizes agree": _forward_with(
        lambda P, X: np.maximum(0, X @ P.W_h + (P.b_h[:, None] if len(X) == len(P.b_h) else P.b_h))
    ),
    "exchanged": _changed_forward(lambda H, Y: (Y, H)),
    "output only": _changed_forward(lambda H, Y: Y),
    "hidden only": _changed_forward(lambda H, Y: H),
    "three": lambda P, X: (X @ P.W_h, *forward(P, X)),
    "side by side": _changed_forward(lambda H, Y: np.hstack([H, Y])),
    "dict": _changed_forward(lambda H, Y: {"H": H, "Y": Y}),
    "lists": _changed_forward(lambda H, Y: (H.tolist(), Y.tolist())),
    "transposed": _changed_forward(lambda H, Y: (H.T, Y.T)),
    "squeezed": _changed_forward(lambda H, Y: (np.squeeze(H), np.squeeze(Y))),
    "float32": _changed_forward(lambda H, Y: (H.astype(np.float32), Y.astype(np.float32))),
    "first example": _changed_forward(lambda H, Y: (H[:1], Y[:1])),
    "mean": _changed_forward(lambda H, Y: (H.mean(axis=0), Y.mean(axis=0))),
    "hidden weights in place": part_in_place("W_h", forward),
    "hidden biases in place": _hidden_bias_in_place,
    "output weights in place": part_in_place("W_y", forward),
    "output biases in place": part_in_place("b_y", forward),
    "examples in place": examples_in_place(forward),
    "no return": lambda P, X: None,
}
