"""Trainings, three of which fail, and what can be measured of them. Student side, public.

`descend` trains a linear model by a gradient that the caller has written. All others train two classes, by
logistic regression or a perceptron with one hidden layer of ReLUs. Both have one logit, whose sigmoid is
p(C₁ | x). `layers` are their parameters: a pair (W, b) for each layer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from glm2mlp import data

Array = np.ndarray[Any, Any]
Layers = tuple[tuple[Array, Array], ...]
Change = Callable[[Array], tuple[Array, float]]

EPOCHS = 30


def descend(
    slope: Callable[[Any, Array, Array], Any],
    W: Any,
    X: Array,
    t: Array,
    *,
    epochs: int,
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator | np.random.RandomState,
    on_epoch: Callable[[int, Any], None] | None = None,
) -> Any:
    """Train W by minibatch SGD along `slope(W, X, t)`, the gradient of a batch.

    W: weights (D,) or (D, K), or a named tuple of arrays.  X: examples (N, D).  t: targets or classes (N,).
    One `rng.permutation(N)` an epoch.
    `on_epoch(epoch, W)` is called after each epoch, epochs from 1.
    """
    for epoch in range(1, epochs + 1):
        shuffled = rng.permutation(len(X))
        for rows in np.split(shuffled, range(batch_size, len(X), batch_size)):
            W = _moved(W, slope(W, X[rows], t[rows]), learning_rate)
        if on_epoch is not None:
            on_epoch(epoch, W)
    return W


def _moved(parameters: Any, steepness: Any, learning_rate: float) -> Any:
    """Step against the slopes; the parts of a named tuple move at once."""
    if not isinstance(parameters, tuple):
        return parameters - learning_rate * steepness
    steps = zip(parameters, steepness, strict=True)
    return type(parameters)(*(part - learning_rate * step for part, step in steps))


def fit(
    X: Array,
    t: Array,
    *,
    hidden: int,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    on_epoch: Callable[[Layers], None] | None = None,
) -> Layers:
    """Train a model by minibatch SGD, from random weights and zero biases.

    X: examples (N, D).  t: classes (N,), 0 or 1.  hidden: the number of ReLUs, 0 for logistic regression.
    `on_epoch` gets the layers before the first epoch and after each.
    """
    X = np.asarray(X, dtype=float)
    sizes = [X.shape[1], hidden, 1] if hidden else [X.shape[1], 1]
    layers = _drawn(sizes, rng)
    with np.errstate(all="ignore"):  # a training may diverge: that is one of the lessons
        for epoch in range(epochs + 1):
            if epoch:
                shuffled = rng.permutation(len(X))
                for rows in np.split(shuffled, range(batch_size, len(X), batch_size)):
                    layers = _step(layers, slopes(layers, X[rows], t[rows]), learning_rate)
            if on_epoch is not None:
                on_epoch(layers)
    return layers


def _step(layers: Layers, steepness: Layers, learning_rate: float) -> Layers:
    steps = zip(layers, steepness, strict=True)
    return tuple((W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in steps)


def _drawn(sizes: list[int], rng: np.random.Generator) -> Layers:
    """Draw random weights and zero biases; `sizes` are those of the inputs and of each layer."""
    return tuple(
        (rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M), size=(M, J)), np.zeros(J))
        for M, J in pairwise(sizes)
    )


def network(D: int, H: int, rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """Draw the parameters W_h, b_h, W_y, b_y of a network with D inputs, H ReLUs and one logit."""
    (W_h, b_h), (W_y, b_y) = _drawn([D, H, 1], rng)
    return W_h, b_h, W_y, b_y


def fit_by(
    step: Callable[[Any, Any], Any],
    parameters: Any,
    X: Array,
    t: Array,
    *,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    on_epoch: Callable[[Any], None],
) -> Any:
    """Train a network with one logit by a step of the caller's own, from `parameters` on.

    step: takes the parameters and their gradients of a minibatch, named tuples of W_h, b_h, W_y, b_y, and
    returns new parameters.  `on_epoch` gets the parameters after each epoch.
    """
    made = type(parameters)
    for _ in range(epochs):
        shuffled = rng.permutation(len(X))
        for rows in np.split(shuffled, range(batch_size, len(X), batch_size)):
            hidden, output = slopes(layers_of(parameters), X[rows], t[rows])
            parameters = made(*step(parameters, made(*hidden, *output)))
        on_epoch(parameters)
    return parameters


def layers_of(parameters: Any) -> Layers:
    """Return W_h, b_h, W_y, b_y as layers."""
    return tuple(parameters[:2]), tuple(parameters[2:])


def inputs_of(layers: Layers, X: Array) -> list[Array]:
    """Return what enters each layer: the examples, then the hidden units after ReLU."""
    inputs = [np.asarray(X, dtype=float)]
    for W, b in layers[:-1]:
        inputs.append(np.maximum(inputs[-1] @ W + b, 0))
    return inputs


def logits(layers: Layers, X: Array) -> Array:
    """Return the logit of each example (N,)."""
    W, b = layers[-1]
    return np.asarray((inputs_of(layers, X)[-1] @ W + b)[:, 0])


def probabilities(layers: Layers, X: Array) -> Array:
    """Return p(C₁ | x) of each example (N,)."""
    return np.asarray(np.exp(-np.logaddexp(0, -logits(layers, X))))


def loss(layers: Layers, X: Array, t: Array) -> float:
    """Return the mean over the examples of −log p(C_t | x)."""
    z = logits(layers, X)
    return float(np.mean(np.logaddexp(0, z) - t * z))


def accuracy(layers: Layers, X: Array, t: Array) -> float:
    """Return the share of the examples whose class is predicted."""
    return float(np.mean((logits(layers, X) >= 0) == t))


def slopes(layers: Layers, X: Array, t: Array) -> Layers:
    """Return the slope of `loss` along each parameter, in the shape of the layers."""
    inputs = inputs_of(layers, X)
    W, b = layers[-1]
    delta = (np.exp(-np.logaddexp(0, -(inputs[-1] @ W + b))) - t[:, None]) / len(t)
    found: Layers = ()
    for i in reversed(range(len(layers))):
        found = ((inputs[i].T @ delta, delta.sum(axis=0)), *found)
        if i:
            delta = delta @ layers[i][0].T * (inputs[i] > 0)
    return found


def gradient_norm(layers: Layers, X: Array, t: Array) -> float:
    """Return the length of the gradient of `loss` with respect to the weights that the features enter."""
    return float(np.linalg.norm(slopes(layers, X, t)[0][0]))


def dead_share(layers: Layers, X: Array) -> float:
    """Return the share of the hidden units that are 0 for each of the examples; NaN if there are none."""
    hidden = inputs_of(layers, X)[1:]
    return float(np.mean([units.max(axis=0) <= 0 for units in hidden])) if hidden else float("nan")


@dataclass(frozen=True)
class Case:
    """A training that fails: what it is about, and what is fixed of it.

    `load` makes the data from a seed; `classes` names class 0 and class 1.
    """

    load: Callable[[int], data.Split]
    classes: tuple[str, str]
    hidden: int
    learning_rate: float
    batch_size: int


SYMMETRIC = ("another digit", "0, 1 or 8")
CASES = {
    1: Case(data.zero_one_eight, SYMMETRIC, hidden=20, learning_rate=0.006, batch_size=20),
    2: Case(
        data.petal_widths,
        ("another iris", "versicolor"),
        hidden=0,
        learning_rate=0.3,
        batch_size=10,
    ),
    3: Case(
        partial(data.zero_one_eight, largest=16),
        SYMMETRIC,
        hidden=20,
        learning_rate=0.5,
        batch_size=20,
    ),
}


@dataclass(frozen=True)
class Run:
    """A training of a case that was run: its layers, and its history from before the first epoch on.

    `confusion` counts the validation examples, a row for each true class, a column for each predicted one.
    """

    case: int
    factor: float
    layers: Layers
    history: dict[str, list[float]]
    confusion: Array
    dead: float
    gradient_norm: float

    def __repr__(self) -> str:
        last = {name: values[-1] for name, values in self.history.items()}
        parts = [
            f"training loss {last['training loss']:.3f}",
            f"validation loss {last['validation loss']:.3f}",
            f"validation accuracy {last['validation accuracy']:.1%}",
            "no ReLUs" if np.isnan(self.dead) else f"{self.dead:.0%} of the ReLUs dead",
            f"gradient norm {self.gradient_norm:.3f}",
        ]
        epochs = len(self.history["training loss"]) - 1
        return f"case {self.case}, rate × {self.factor:g}, {epochs} epochs: " + ", ".join(parts)


def train_case(
    case: int,
    features: Array,
    t: Array,
    factor: float,
    rng: np.random.Generator,
    *,
    epochs: int = EPOCHS,
    on_epoch: Callable[[Layers], None] | None = None,
) -> Layers:
    """Train the model of a case on these features (N, D′), with its learning rate times `factor`."""
    fixed = CASES[case]
    return fit(
        features,
        t,
        hidden=fixed.hidden,
        learning_rate=fixed.learning_rate * factor,
        epochs=epochs,
        batch_size=fixed.batch_size,
        rng=rng,
        on_epoch=on_epoch,
    )


def as_it_was(X: Array) -> tuple[Array, float]:
    """Change nothing of a case: its own features, its own learning rate."""
    return X, 1


def experiment(case: int, change: Change = as_it_was, seed: int = 1, epochs: int = EPOCHS) -> Run:
    """Train a case, with a change if you like, and measure how it went.

    change: takes examples X (N, D) and returns (features, factor): the features (N, D′) that the model
    gets in the place of X, and the factor by which the learning rate is multiplied.
    seed: draws the data, the first weights and the batches.
    """
    if case not in CASES:
        raise ValueError(f"there is no case {case!r}; the cases are {', '.join(map(str, CASES))}")
    split = CASES[case].load(seed)
    (F, factor), (F_validation, _) = (_changed(change, X) for X in (split.X_train, split.X_test))
    history, record = recorder(split._replace(X_train=F, X_test=F_validation))
    rng = np.random.default_rng(seed)
    layers = train_case(case, F, split.t_train, factor, rng, epochs=epochs, on_epoch=record)
    with np.errstate(all="ignore"):
        predicted = (logits(layers, F_validation) >= 0).astype(int)
        confusion = np.zeros((2, 2), dtype=int)
        np.add.at(confusion, (split.t_test, predicted), 1)
        steepness = gradient_norm(layers, F, split.t_train)
        return Run(case, factor, layers, history, confusion, dead_share(layers, F), steepness)


def _changed(change: Change, X: Array) -> tuple[Array, float]:
    """Return what the change makes of X; raises ValueError if that is not features and a factor."""
    made = change(X)
    if not isinstance(made, tuple | list) or len(made) != 2:
        raise ValueError("the change has to return two things: the features, and a factor")
    features, factor = made
    return np.asarray(features, dtype=float), float(factor)


def recorder(
    split: data.Split, other: str = "validation"
) -> tuple[dict[str, list[float]], Callable[[Layers], None]]:
    """Return a history and a function that adds the losses and accuracies of layers to it.

    `other` names the examples that are not for training.
    """
    parts = {"training": (split.X_train, split.t_train), other: (split.X_test, split.t_test)}
    history: dict[str, list[float]] = {
        f"{name} {what}": [] for what in ("loss", "accuracy") for name in parts
    }

    def record(layers: Layers) -> None:
        for name, (X, t) in parts.items():
            history[f"{name} loss"].append(loss(layers, X, t))
            history[f"{name} accuracy"].append(accuracy(layers, X, t))

    return history, record
