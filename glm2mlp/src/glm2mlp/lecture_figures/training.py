"""Pictures of training: losses and accuracies, dead ReLUs, initial weights. Student side, public."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from glm2mlp.figures import BLACK, COLOURS, LINES, MARKERS, Picture
from glm2mlp.lecture_figures.panels import Array, panels


class RateRun(NamedTuple):
    """What training at one learning rate came to, a value an epoch."""

    dead: list[float]  # share of hidden ReLUs that are 0 for every example
    accuracy: list[float]  # on the training examples
    largest_class: list[float]  # share of the examples that get the most frequent prediction


def loss_and_accuracy(
    losses: Mapping[str, Sequence[float]],
    accuracies: Mapping[str, Sequence[float]],
    title: str = "Learning curves",
    majority: float | None = None,
) -> Picture:
    """Draw losses and accuracies, a value an epoch, epochs from 1; `majority` as a level."""
    figure, (left, right) = panels(title, ("loss", "accuracy"), (8.8, 3.4))
    told = [f"loss: {name}" for name in _curves(left, losses)]
    told += [f"accuracy: {name}" for name in _curves(right, accuracies)]
    left.set_ylabel("mean NLL")
    right.set_ylabel("accuracy")
    if majority is not None:
        _level(right, majority, "always the majority class")
        told.append(f"always the majority class would be right in {majority:.3g}")
    for axes in (left, right):
        axes.legend(frameon=False, fontsize="small")
    figure.alt = f"{title}, over epochs; " + "; ".join(told) + "."
    return figure


def train_at_rates(
    X: Array,
    t: Array,
    rates: Iterable[float],
    *,
    epochs: int = 5,
    hidden: int = 50,
    seed: int = 42,
) -> dict[float, RateRun]:
    """Train scikit-learn's perceptron with ReLU by plain SGD, batches of 10, at each learning rate.

    X: examples (N, D), without ones.  t: classes (N,).  All rates begin with the same weights.
    """
    from sklearn.neural_network import MLPClassifier

    runs = {}
    for rate in rates:
        model = MLPClassifier(
            (hidden,),
            solver="sgd",
            momentum=0,
            alpha=0,
            batch_size=10,
            learning_rate_init=rate,
            random_state=seed,
        )
        run = RateRun([], [], [])
        for _ in range(epochs):
            model.partial_fit(X, t, classes=np.unique(t))
            pre_activations = X @ model.coefs_[0] + model.intercepts_[0]
            predicted = model.predict(X)
            run.dead.append(float(np.mean(np.all(pre_activations <= 0, axis=0))))
            run.accuracy.append(float(np.mean(predicted == t)))
            run.largest_class.append(
                float(np.unique(predicted, return_counts=True)[1].max() / len(t))
            )
        runs[rate] = run
    return runs


def dead_relus(runs: Mapping[float, RateRun], majority: float) -> Picture:
    """Draw what `train_at_rates` found; `majority` is the share of the most frequent class."""
    title = "Too high a learning rate kills ReLUs"
    figure, (left, right) = panels(title, ("dead hidden units", "accuracy"), (8.8, 3.6))
    _curves(left, {f"α = {rate:g}": run.dead for rate, run in runs.items()})
    _curves(right, {f"α = {rate:g}": run.accuracy for rate, run in runs.items()})
    _level(right, majority, "always the majority class")
    left.set(ylabel="share of the hidden units", ylim=(-0.04, 1.04))
    right.set_ylabel("accuracy")
    left.legend(frameon=False, fontsize="small")
    right.legend(frameon=False, fontsize="small")
    told = [
        f"at α = {rate:g} {run.dead[-1]:.0%} of the ReLUs are dead and the accuracy is"
        f" {run.accuracy[-1]:.1%}"
        for rate, run in runs.items()
    ]
    epochs = len(next(iter(runs.values())).dead)
    figure.alt = (
        f"{title}. After {epochs} epochs: "
        + "; ".join(told)
        + ". Always the majority class would be"
        f" right in {majority:.1%}."
    )
    return figure


def deviations(
    activation: Callable[[Array], Array],
    reach: float = 1.0,
    *,
    depth: int = 10,
    width: int = 256,
    seed: int = 42,
) -> list[float]:
    """Return the standard deviation of each layer's activations, for Normal inputs.

    The weights come from U[−r, r] with r = reach / √width; there are no biases.
    """
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(500, width))
    found = []
    for _ in range(depth):
        r = reach / np.sqrt(width)
        X = activation(X @ rng.uniform(-r, r, size=(width, width)))
        found.append(float(X.std()))
    return found


def deviation_through_depth(depth: int = 10, width: int = 256) -> Picture:
    """Draw how far activations spread in each layer, for three activations and ranges."""
    title = "Standard deviation of the activations, layer by layer"
    functions: dict[str, Callable[[Array], Array]] = {
        "identity": lambda z: z,
        "tanh": np.tanh,
        "ReLU": lambda z: np.maximum(z, 0),
    }
    ranges = {"1/√M": 1.0, "√3/√M": np.sqrt(3), "√6/√M": np.sqrt(6)}
    figure, row = panels(title, tuple(functions), (9.6, 3.6), share_y=True)
    layers, told = np.arange(1, depth + 1), []
    for axes, (function, activation) in zip(row, functions.items(), strict=True):
        for i, (name, reach) in enumerate(ranges.items()):
            found = deviations(activation, reach, depth=depth, width=width)
            style = LINES[i] + MARKERS[i]
            axes.plot(
                layers, found, style, color=COLOURS[i], markersize=4, label=f"U[−{name}, {name}]"
            )
            told.append(f"{function} with {name} from {found[0]:.2g} to {found[-1]:.2g}")
        axes.set(yscale="log", xlabel="layer")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(color="#dddddd", linewidth=0.6)
    row[0].set_ylabel("standard deviation")
    row[0].legend(frameon=False, fontsize="small", loc="lower left")
    figure.alt = (
        f"{title}, on a logarithmic scale, for weights from U[−r, r] and M = {width} inputs of each"
        " layer: " + ", ".join(told) + "."
    )
    return figure


def _curves(axes: Axes, curves: Mapping[str, Sequence[float]]) -> list[str]:
    """Draw one curve for each entry, a value an epoch; return each in words."""
    told = []
    for i, (name, values) in enumerate(curves.items()):
        epochs = np.arange(1, len(values) + 1)
        style = LINES[i % 4] + MARKERS[i % 5]
        axes.plot(epochs, values, style, color=COLOURS[i % 5], markevery=0.1, label=name)
        told.append(f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}")
    axes.set_xlabel("epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return told


def _level(axes: Axes, height: float, name: str) -> None:
    axes.axhline(height, linestyle=LINES[3], color=BLACK, linewidth=1.5, label=name)
