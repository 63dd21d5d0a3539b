"""Mistakes in the multilayer perceptron as runnable code; those of the list carry their number."""

import numpy as np
from correct_multilayer_perceptron import SGD_EPOCH as RIGHT_EPOCHS
from mistakes_activations import ACTIVATIONS
from mistakes_network_forward import FORWARD, NLL, examples_in_place, part_in_place
from mistakes_network_gradients import GRADIENTS
from mistakes_network_init import INIT_PARAMETERS
from mistakes_sgd_epoch import slices, wrong_epochs
from network_parts import Parameters, for_parameters, forward, gradients, logits, unshifted
from scipy import special


def _epoch(step):
    """Right but for the step: `step(P, X, t, learning_rate)` returns new Parameters."""

    def sgd_epoch(P, X, t, *, batch_size, learning_rate, rng):
        for b in slices(rng.permutation(len(t)), batch_size):
            P = step(P, X[b], t[b], learning_rate)
        return P

    return sgd_epoch


def _moved(names):
    """A step of these parameters only."""

    def step(P, X, t, a):
        g = gradients(P, X, t)
        return P._replace(**{name: getattr(P, name) - a * getattr(g, name) for name in names})

    return step


def _one_after_the_other(order):
    """Each parameter moves against a gradient at those that have moved before it."""

    def step(P, X, t, a):
        for name in order:
            g = gradients(P, X, t)
            P = P._replace(**{name: getattr(P, name) - a * getattr(g, name)})
        return P

    return step


def _with_gradients(wrong):
    def step(P, X, t, a):
        return Parameters(*(p - a * g for p, g in zip(P, wrong(P, X, t), strict=True)))

    return step


def _in_place(name):
    def sgd_epoch(P, X, t, *, batch_size, learning_rate, rng):
        parts = P._asdict()
        for b in slices(rng.permutation(len(t)), batch_size):
            g = gradients(tuple(parts.values()), X[b], t[b])._asdict()
            for other in parts:
                if other == name:
                    parts[other] -= learning_rate * g[other]
                else:
                    parts[other] = parts[other] - learning_rate * g[other]
        return Parameters(**parts)

    return sgd_epoch


def _all_in_place(P, X, t, *, batch_size, learning_rate, rng):
    for b in slices(rng.permutation(len(t)), batch_size):
        steps = zip(P, gradients(P, X[b], t[b]), strict=True)
        for part, g in steps:
            np.subtract(part, learning_rate * g, out=part)
    return P


def _half_the_rate_for_biases(P, X, t, a):
    g = gradients(P, X, t)
    return Parameters(
        P.W_h - a * g.W_h, P.b_h - a / 2 * g.b_h, P.W_y - a * g.W_y, P.b_y - a / 2 * g.b_y
    )


def _changed_epoch(change):
    right = RIGHT_EPOCHS["replaced"]
    return lambda P, X, t, **settings: change(right(P, X, t, **settings))


# Most of these speak of how an epoch deals with its arrays, which are others here. An empty batch does no
# harm, since here the mean is taken before the sum: it moves nothing.
OTHERWISE_HERE = {"weights in place", "tuple", "list", "no return", "empty last batch"}

SGD_EPOCH = {
    name: epoch
    for name, epoch in for_parameters(wrong_epochs).items()
    if name not in OTHERWISE_HERE
} | {
    "hidden weights only": _epoch(_moved(["W_h"])),
    "output layer only": _epoch(_moved(["W_y", "b_y"])),
    "hidden layer only": _epoch(_moved(["W_h", "b_h"])),
    "weights only": _epoch(_moved(["W_h", "W_y"])),
    "biases only": _epoch(_moved(["b_h", "b_y"])),
    "hidden biases stay": _epoch(_moved(["W_h", "W_y", "b_y"])),
    "output biases stay": _epoch(_moved(["W_h", "b_h", "W_y"])),
    "output before hidden": _epoch(_one_after_the_other(["W_y", "b_y", "W_h", "b_h"])),
    "hidden before output": _epoch(_one_after_the_other(["W_h", "b_h", "W_y", "b_y"])),
    "output weights first": _epoch(_with_gradients(GRADIENTS["output updated first"])),
    "no mask": _epoch(_with_gradients(GRADIENTS["M30 no mask"])),
    "K from the labels": _epoch(_with_gradients(GRADIENTS["K from the labels"])),
    "absent classes held": _epoch(_with_gradients(GRADIENTS["absent classes held"])),
    "squeezed": _epoch(_with_gradients(GRADIENTS["squeezed"])),
    "no mean": _epoch(_with_gradients(GRADIENTS["M35 no mean"])),
    "biases exchanged": _epoch(_with_gradients(GRADIENTS["sign of the biases"])),
    "half the rate for biases": _epoch(_half_the_rate_for_biases),
    "all in place": _all_in_place,
    "hidden weights in place": _in_place("W_h"),
    "hidden biases in place": _in_place("b_h"),
    "output weights in place": _in_place("W_y"),
    "output biases in place": _in_place("b_y"),
    "dict": _changed_epoch(lambda P: P._asdict()),
    "lists": _changed_epoch(lambda P: [part.tolist() for part in P]),
    "weights returned only": _changed_epoch(lambda P: P[::2]),
    "weights, then biases": _changed_epoch(lambda P: (*P[::2], *P[1::2])),
    "output layer first": _changed_epoch(lambda P: (*P[2:], *P[:2])),
    "transposed": _changed_epoch(lambda P: [part.T for part in P]),
    "loss beside": _changed_epoch(lambda P: (P, 0.5)),
    "no return": _changed_epoch(lambda P: None),
}


def _of_logits(choose):
    return lambda P, X: choose(logits(P, X))


PREDICT = {
    "M52 axis 0": _of_logits(lambda Z: np.argmax(Z, axis=0)),
    "N = K silently": _of_logits(lambda Z: np.argmax(Z, axis=int(Z.shape[0] != Z.shape[1]))),
    "argmax over all": _of_logits(np.argmax),
    "of the hidden layer": lambda P, X: forward(P, X)[0].argmax(axis=1) % len(P.b_y),
    "of the pair": lambda P, X: np.argmax(np.hstack(forward(P, X)), axis=1) % len(P.b_y),
    "last of equals": _of_logits(lambda Z: Z.shape[1] - 1 - np.argmax(Z[:, ::-1], axis=1)),
    "sorted": _of_logits(lambda Z: np.argsort(Z, axis=1, kind="stable")[:, -1]),
    "argmin": _of_logits(lambda Z: np.argmin(Z, axis=1)),
    "absolute value": _of_logits(lambda Z: np.argmax(np.abs(Z), axis=1)),
    "counted from 1": _of_logits(lambda Z: np.argmax(Z, axis=1) + 1),
    "class 0 left out": _of_logits(lambda Z: np.argmax(Z[:, 1:], axis=1) + 1),
    "last class left out": _of_logits(lambda Z: np.argmax(Z[:, :-1], axis=1)),
    "second best": _of_logits(lambda Z: np.argsort(Z, axis=1)[:, -2]),
    "softmax not shifted": _of_logits(lambda Z: np.argmax(unshifted(Z), axis=1)),
    "softmax over axis 0": _of_logits(lambda Z: np.argmax(special.softmax(Z, axis=0), axis=1)),
    "SciPy's softmax over all": _of_logits(lambda Z: np.argmax(special.softmax(Z), axis=1)),
    "logits cut off": _of_logits(lambda Z: np.argmax(np.clip(Z, 0, 1), axis=1)),
    "logits rounded": _of_logits(lambda Z: np.argmax(np.round(Z / 10), axis=1)),
    "M53 threshold": _of_logits(lambda Z: (Z >= 0.5).argmax(axis=1)),
    "probability above ½": _of_logits(lambda Z: (special.softmax(Z, axis=1) > 0.5).argmax(axis=1)),
    "rounded probabilities": _of_logits(
        lambda Z: np.round(special.softmax(Z, axis=1), 1).argmax(axis=1)
    ),
    "largest logit": _of_logits(lambda Z: Z.max(axis=1)),
    "probabilities": lambda P, X: forward(P, X)[1],
    "one-hot": _of_logits(lambda Z: np.eye(Z.shape[1])[np.argmax(Z, axis=1)]),
    "booleans": _of_logits(lambda Z: Z.max(axis=1, keepdims=True) == Z),
    "floats": _of_logits(lambda Z: np.argmax(Z, axis=1).astype(float)),
    "text": _of_logits(lambda Z: [str(k) for k in np.argmax(Z, axis=1)]),
    "list": _of_logits(lambda Z: np.argmax(Z, axis=1).tolist()),
    "squeezed": _of_logits(lambda Z: np.squeeze(np.argmax(Z, axis=1))),
    "column": _of_logits(lambda Z: np.argmax(Z, axis=1, keepdims=True)),
    "where": _of_logits(lambda Z: np.where(Z.max(axis=1, keepdims=True) == Z)[1]),
    "M37 hidden bias missing": lambda P, X: logits(P._replace(b_h=0 * P.b_h), X).argmax(axis=1),
    "output bias missing": lambda P, X: logits(P._replace(b_y=0 * P.b_y), X).argmax(axis=1),
    "M38 no hidden activation": lambda P, X: np.argmax((X @ P.W_h + P.b_h) @ P.W_y + P.b_y, axis=1),
    "tanh": lambda P, X: np.argmax(np.tanh(X @ P.W_h + P.b_h) @ P.W_y + P.b_y, axis=1),
    "M39 ReLU on logits": _of_logits(lambda Z: np.argmax(np.maximum(0, Z - 2.6), axis=1)),
    "hidden weights in place": part_in_place("W_h", lambda P, X: logits(P, X).argmax(1)),
    "hidden biases in place": part_in_place("b_h", lambda P, X: logits(P, X).argmax(1)),
    "output weights in place": part_in_place("W_y", lambda P, X: logits(P, X).argmax(1)),
    "output biases in place": part_in_place("b_y", lambda P, X: logits(P, X).argmax(1)),
    "examples in place": examples_in_place(lambda P, X: logits(P, X).argmax(1)),
    "random": lambda P, X: np.random.default_rng(0).integers(len(P.b_y), size=len(X)),
    "zeros": lambda P, X: np.zeros(len(X), int),
    "no return": lambda P, X: None,
}

MISTAKES = ACTIVATIONS | {
    "init_parameters": INIT_PARAMETERS,
    "forward": FORWARD,
    "nll": NLL,
    "gradients": GRADIENTS,
    "sgd_epoch": SGD_EPOCH,
    "predict": PREDICT,
}
