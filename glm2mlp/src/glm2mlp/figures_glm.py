"""Pictures for generalized linear models: three models side by side. Student side, public."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from scipy import special

from glm2mlp.data import Split
from glm2mlp.figures import BLACK, BLUE, COLOURS, LINES, MARKERS, ORANGE, Picture, _new

Array = np.ndarray[Any, Any]


class Fitted(NamedTuple):
    """A trained model of one feature: its examples X (N, 2), t (N,), and `mean`, which predicts."""

    X: Array
    t: Array
    mean: Callable[[Array], Array]


class Training(NamedTuple):
    """An error after each epoch, by the name of the curve, and the one that scikit-learn reaches."""

    error: str
    history: Mapping[str, Sequence[float]]
    level: float


def judged(model: str, split: Split, weights: Sequence[Array]) -> Training:
    """Return the errors of the weights after each epoch, and of scikit-learn's model of this kind."""
    from sklearn.linear_model import LinearRegression, LogisticRegression

    rival = LinearRegression() if model == "linear" else LogisticRegression(max_iter=2000)
    rival.fit(split.X_train, split.t_train)
    return Training(
        "root of the MSE" if model == "linear" else "share of wrong answers",
        {
            "training": [
                _error(model, _answers(model, split.X_train @ W), split.t_train) for W in weights
            ],
            "test": [
                _error(model, _answers(model, split.X_test @ W), split.t_test) for W in weights
            ],
        },
        _error(model, rival.predict(split.X_test), split.t_test),
    )


def _answers(model: str, Z: Array) -> Array:
    return np.asarray({"linear": Z, "logistic": Z >= 0, "softmax": np.argmax(Z, axis=-1)}[model])


def _error(model: str, answers: Array, t: Array) -> float:
    if model == "linear":
        return float(np.sqrt(np.mean((answers - t) ** 2)))
    return float(np.mean(answers != t))


def sigmoid_twice(sigmoid: Callable[[Array], Array]) -> Picture:
    """Draw SciPy's σ, and a student's on top of it."""
    title = "Two ways to one curve"
    figure, axes = _new(title, "z", "probability of class 1")
    z = np.linspace(-6, 6, 61)
    yours, theirs = sigmoid(z), special.expit(z)
    axes.plot(z, theirs, color=BLUE, linewidth=5, alpha=0.4, label="σ(z)")
    axes.plot(z, yours, LINES[1], color=BLACK, label="by softmax of [z, 0]")
    axes.legend(frameon=False)
    apart = float(np.abs(yours - theirs).max())
    figure.alt = (
        f"{title}: over z from −6 to 6, σ as a broad line and yours as a dashed one. They are at most"
        f" {apart:.1g} apart."
    )
    return figure


def three_models(linear: Fitted, logistic: Fitted, softmax: Fitted) -> Picture:
    """Draw for each model its mean and, as a ribbon, one standard deviation of its distribution.

    `softmax` has three classes.
    """
    title = "Prediction: mean ± standard deviation of its distribution"
    figure = Picture(figsize=(10.5, 3.6), facecolor="white", layout="constrained")
    figure.suptitle(title, color=BLACK)
    first, second, third = figure.subplots(1, 3)
    x = _feature(linear.X)
    y = linear.mean(x)
    slope = (y[-1] - y[0]) / (x[-1, 0] - x[0, 0])
    _ribbon(first, x, y, np.ones_like(y), 0)
    first.plot(linear.X[:, 0], linear.t, MARKERS[0], color=ORANGE, markersize=3)
    first.set(title="linear: Normal, variance 1", xlabel="x", ylabel="t")
    x = _feature(logistic.X)
    y = logistic.mean(x)
    half = x[np.abs(y - 1 / 2).argmin(), 0]
    _ribbon(second, x, y, np.sqrt(y * (1 - y)), 0)
    second.plot(logistic.X[:, 0], logistic.t, MARKERS[0], color=ORANGE, markersize=3)
    second.set(title="logistic: Bernoulli", xlabel="x", ylabel="t, and p(class 1)")
    x = _feature(softmax.X)
    Y = softmax.mean(x)
    for k in range(Y.shape[1]):
        _ribbon(third, x, Y[:, k], np.sqrt(Y[:, k] * (1 - Y[:, k])), k)
        group = softmax.X[softmax.t == k, 0]
        third.plot(
            group, np.full(len(group), -0.15 - 0.07 * k), MARKERS[k], color=COLOURS[k], markersize=3
        )
        at, side = Y[:, k].argmax(), ("left", "center", "right")[k]
        third.annotate(
            f"class {k}",
            (x[at, 0], Y[at, k]),
            xytext=(0, 8),
            textcoords="offset points",
            color=COLOURS[k],
            horizontalalignment=side,
        )
    third.set(title="softmax: categorical", xlabel="x", ylabel="p(class k); examples below")
    for axes in (second, third):
        axes.set_ylim(-0.4, 1.4)
    winners = Y.argmax(axis=1)
    spans = ", ".join(
        f"class {k} from {x[winners == k, 0].min():.1f} to {x[winners == k, 0].max():.1f}"
        for k in np.unique(winners)
    )
    figure.alt = (
        f"{title}, over one feature. Linear: a line of slope {slope:.2f} with a ribbon of equal width."
        f" Logistic: a curve from {y[0]:.2f} to {y[-1]:.2f}, nearest to ½ at x = {half:.2f}, where its ribbon"
        f" is widest. Softmax: three curves that sum to 1, with ribbons; the highest one is {spans}."
    )
    return figure


def three_trainings(trainings: Mapping[str, Training]) -> Picture:
    """Draw the errors of several trainings side by side, each with that of scikit-learn's model."""
    figure = Picture(figsize=(10.5, 3.4), facecolor="white", layout="constrained")
    figure.suptitle("One training function, three data sets", color=BLACK)
    parts = []
    for axes, (title, training) in zip(
        figure.subplots(1, len(trainings)), trainings.items(), strict=True
    ):
        told = []
        for i, (name, values) in enumerate(training.history.items()):
            epochs = np.arange(1, len(values) + 1)
            axes.plot(
                epochs,
                values,
                LINES[i],
                marker=MARKERS[i],
                color=COLOURS[i],
                markevery=0.2,
                label=name,
            )
            told.append(f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}")
        axes.axhline(training.level, linestyle=":", color=BLACK, label="test, scikit-learn")
        axes.set(title=title, xlabel="epoch", ylabel=training.error)
        axes.set_ylim(0, max(2.5 * training.level, 1.1 * min(map(max, training.history.values()))))
        axes.spines[["top", "right"]].set_visible(False)
        parts.append(
            f"{title}, {training.error}: {', '.join(told)} (scikit-learn: {training.level:.3g})"
        )
    figure.axes[0].legend(frameon=False)
    figure.alt = "Learning curves of three trainings. " + "; ".join(parts) + "."
    return figure


def _feature(X: Array) -> Array:
    """Return points along the feature of X, with ones."""
    x = np.linspace(X[:, 0].min() - 0.5, X[:, 0].max() + 0.5, 101)
    return np.column_stack([x, np.ones_like(x)])


def _ribbon(axes: Axes, x: Array, y: Array, spread: Array, k: int) -> None:
    axes.fill_between(x[:, 0], y - spread, y + spread, color=COLOURS[k], alpha=0.15, linewidth=0)
    axes.plot(x[:, 0], y, LINES[k], color=COLOURS[k])
    axes.spines[["top", "right"]].set_visible(False)
