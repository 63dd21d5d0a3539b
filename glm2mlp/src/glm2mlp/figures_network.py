"""Pictures for the multilayer perceptron: activations, depth, regions, features. Student side, public."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.ticker import MaxNLocator

from glm2mlp.figures import BLACK, COLOURS, LINES, MARKERS, Picture, _new, decision_regions

Array = np.ndarray[Any, Any]
Function = Callable[[Array], Array]


def activations_and_slopes(functions: Mapping[str, tuple[Function, Function]]) -> Picture:
    """Draw activations, given by name with their slopes, in two panels."""
    figure = Picture(figsize=(9.0, 3.6), facecolor="white", layout="constrained")
    figure.suptitle("Activations and their slopes", color=BLACK)
    panels = figure.subplots(1, 2)
    z = np.linspace(-3, 3, 301)
    parts = []
    for i, (name, pair) in enumerate(functions.items()):
        values, slopes = (np.asarray(function(z)) for function in pair)
        for axes, curve in zip(panels, (values, slopes), strict=True):
            axes.plot(z, curve, LINES[i % 4], color=COLOURS[i % 5], label=name)
        parts.append(
            f"{name} goes from {values[0]:.2g} to {values[-1]:.2g}, its slope is {slopes[150]:.2g} at 0"
            f" and at most {slopes.max():.2g}"
        )
    for axes, label in zip(panels, ("f(z)", "f′(z)"), strict=True):
        axes.set(xlabel="z", ylabel=label)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
    panels[0].set_ylim(-1.2, 2.2)
    figure.alt = "Curves over z from −3 to 3: " + "; ".join(parts) + "."
    return figure


def depth_curves(spreads: Mapping[str, Sequence[float]]) -> Picture:
    """Draw the standard deviation of activations after each layer, on a logarithmic scale."""
    title = "How far a signal gets"
    figure, axes = _new(title, "hidden layer", "standard deviation of the activations")
    parts = []
    for i, (name, values) in enumerate(spreads.items()):
        style = LINES[i % 4] + MARKERS[i % 5]
        axes.plot(np.arange(1, len(values) + 1), values, style, color=COLOURS[i % 5], label=name)
        parts.append(f"{name} goes from {values[0]:.2g} to {values[-1]:.2g}")
    axes.set_yscale("log")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    figure.alt = f"{title}: standard deviation after each hidden layer; " + ", ".join(parts) + "."
    return figure


class Segments(NamedTuple):
    """What becomes of segments between two examples of the same predicted class.

    `share` of them leave its region somewhere; of these, `ends` (2, D) are the one that is longest outside.
    """

    share: float
    ends: Array | None


def segments_inside(predict: Function, X: Array, most: int = 2000) -> Segments:
    """Go along `most` random segments between examples X (N, D) of the same predicted class."""
    rng = np.random.default_rng(1)
    classes = np.asarray(predict(X))
    pairs = rng.integers(len(X), size=(most, 2))
    pairs = pairs[(classes[pairs[:, 0]] == classes[pairs[:, 1]]) & (pairs[:, 0] != pairs[:, 1])]
    mix = np.linspace(0, 1, 21)[:, np.newaxis, np.newaxis]
    points = mix * X[pairs[:, 0]] + (1 - mix) * X[pairs[:, 1]]
    along = np.asarray(predict(points.reshape(-1, X.shape[1]))).reshape(len(mix), -1)
    outside = np.mean(along != classes[pairs[:, 0]], axis=0)
    worst = pairs[np.argmax(outside)]
    return Segments(float(np.mean(outside > 0)), X[worst] if outside.any() else None)


def regions_with_segment(
    predict_probabilities: Function, X: Array, t: Array, ends: Array | None, title: str
) -> Picture:
    """Draw decision regions and, if there is one, a segment with its two ends (2, D)."""
    figure = decision_regions(predict_probabilities, X, t, title)
    if ends is None:
        figure.alt += " No segment between examples of one region was found that leaves it."
        return figure
    axes = figure.axes[0]
    axes.plot(ends[:, 0], ends[:, 1], "-", color="white", linewidth=4)
    axes.plot(ends[:, 0], ends[:, 1], "-D", color=BLACK, linewidth=1.6, label="a segment")
    axes.legend(framealpha=0.9, fontsize="small")
    figure.alt += " A segment joins two examples of one region and leaves it on the way."
    return figure


def weights_as_images(W: Array, title: str = "What hidden units look for") -> Picture:
    """Draw the weights (64, H) of up to twenty hidden units, those with the largest, as 8 × 8 images."""
    largest = np.argsort(-np.linalg.norm(W, axis=0))[:20]
    figure = Picture(figsize=(9.0, 2.6), facecolor="white", layout="constrained")
    figure.suptitle(title, color=BLACK)
    rows = figure.subplots(2, 10, squeeze=False)
    limit = np.abs(W[:, largest]).max()
    for axes in rows.ravel():
        axes.set_axis_off()
    for axes, unit in zip(rows.ravel(), largest, strict=False):
        image = axes.imshow(W[:, unit].reshape(8, 8), cmap="PuOr", vmin=-limit, vmax=limit)
    figure.colorbar(image, ax=rows, label="weight", shrink=0.8)
    figure.alt = (
        f"{title}: the weights of {len(largest)} of {W.shape[1]} hidden units, each as an image of"
        f" 8 × 8 pixels; they range from {W[:, largest].min():.2g} to {W[:, largest].max():.2g}."
    )
    return figure
