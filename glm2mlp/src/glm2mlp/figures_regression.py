"""Pictures for regression: losses over a weight, predictions with their spread. Student side, public."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from glm2mlp.figures import BLACK, BLUE, COLOURS, LINES, MARKERS, ORANGE, Picture, _new

Array = np.ndarray[Any, Any]


def loss_curves(
    slopes: Array, curves: Mapping[float, Sequence[float]], title: str = "The loss over the slope"
) -> Picture:
    """Draw one loss curve for each variance, its lowest point marked.

    slopes: (M,).  curves: variance → losses (M,).
    """
    figure, axes = _new(title, "slope w", "mean of −log p")
    parts = []
    lowest = min(min(losses) for losses in curves.values())
    bottom, top = lowest - 1, lowest + 9
    for i, (variance, losses) in enumerate(curves.items()):
        best = int(np.argmin(losses))
        axes.plot(slopes, losses, LINES[i % 4], color=COLOURS[i % 5], label=f"σ² = {variance:g}")
        axes.plot(slopes[best], losses[best], MARKERS[i % 5], color=COLOURS[i % 5])
        axes.vlines(slopes[best], bottom, losses[best], color=BLACK, linewidth=0.8, zorder=0)
        parts.append(
            f"for σ² = {variance:g} at slope {slopes[best]:.2f}, where it is {losses[best]:.2f}"
        )
    axes.set_ylim(bottom, top)
    axes.legend(frameon=False)
    figure.alt = (
        f"{title}: parabolas of different width; the lowest point is " + ", ".join(parts) + "."
    )
    return figure


def normal_ribbon(X: Array, t: Array, w: Array, sigma: float) -> Picture:
    """Draw examples and a line, with ribbons of one and of two standard deviations around it.

    X: (N, 2), a feature and ones.  t: (N,).  w: slope and bias.
    """
    title = "Prediction with its Normal distribution"
    figure, axes = _new(title, "x", "t")
    x = np.linspace(X[:, 0].min() - 0.2, X[:, 0].max() + 0.2, 100)
    y = w[0] * x + w[1]
    for width, alpha in ((2, 0.15), (1, 0.3)):
        low, high = y - width * sigma, y + width * sigma
        name = "y ± σ" if width == 1 else "y ± 2σ"
        axes.fill_between(x, low, high, color=BLUE, alpha=alpha, linewidth=0, label=name)
    axes.plot(x, y, color=BLUE, label="y")
    axes.plot(X[:, 0], t, "o", color=ORANGE, markersize=4, label="examples")
    axes.legend(frameon=False, loc="upper left")
    inner, both = _inside(X @ w - t, sigma)
    figure.alt = (
        f"{title}: {len(t)} examples around a line of slope {w[0]:.2f}; {inner:.0%} of them lie within"
        f" one standard deviation, {sigma:.2f}, of the line, {both:.0%} within two."
    )
    return figure


def learning_curves_with_levels(
    history: Mapping[str, Sequence[float]],
    levels: Mapping[str, float],
    ylabel: str = "mean squared error",
    reached_by: str = "closed form",
) -> Picture:
    """Draw a curve for each entry of `history`, and the level of the same name as a dashed line."""
    title = "Learning curves"
    figure, axes = _new(title, "epoch", ylabel)
    parts = []
    for i, (name, values) in enumerate(history.items()):
        colour = COLOURS[i % 5]
        epochs = np.arange(1, len(values) + 1)
        axes.plot(epochs, values, MARKERS[i % 5] + "-", color=colour, markevery=0.1, label=name)
        label = f"{name}, {reached_by}"
        axes.axhline(levels[name], linestyle=LINES[i % 3 + 1], color=colour, label=label)
        parts.append(
            f"{name} goes from {values[0]:.4g} to {values[-1]:.4g}"
            f" ({reached_by}: {levels[name]:.4g})"
        )
    lowest = min(levels.values())
    axes.set_ylim(0.8 * lowest, 3 * lowest)
    axes.legend(frameon=False)
    figure.alt = f"{title}: {ylabel} after each epoch; " + ", ".join(parts) + "."
    return figure


def errors_and_density(errors: Array, sigma: float) -> Picture:
    """Draw a histogram of errors (N,) and the Normal density with mean 0 and this deviation."""
    title = "Errors on the test examples, and what was promised"
    figure, axes = _new(title, "y − t", "density")
    reach = max(3 * sigma, float(np.abs(errors).max()))
    e = np.linspace(-reach, reach, 200)
    axes.hist(errors, bins=15, density=True, color=ORANGE, alpha=0.5, label="errors")
    axes.plot(e, _normal_density(e, sigma), color=BLUE, label=f"Normal, σ = {sigma:.3g}")
    for width, name in ((1, "σ"), (2, "2σ")):
        at = width * sigma
        height = _normal_density(at, sigma)
        axes.vlines([-at, at], 0, height, linestyle=LINES[width], color=BLACK, linewidth=1)
        axes.annotate(name, (at, height), xytext=(3, 3), textcoords="offset points", color=BLACK)
    axes.legend(frameon=False, loc="upper left")
    inner, both = _inside(errors, sigma)
    axes.set_xlabel(f"y − t   ({inner:.0%} within ± σ, {both:.0%} within ± 2σ)")
    figure.alt = (
        f"{title}: a histogram of {len(errors)} errors with the Normal density of standard deviation"
        f" {sigma:.3g} over it; {inner:.0%} of the errors lie within one standard deviation of 0,"
        f" {both:.0%} within two."
    )
    return figure


def _normal_density(e: Any, sigma: float) -> Any:
    return np.exp(-(e**2) / (2 * sigma**2)) / np.sqrt(2 * np.pi * sigma**2)


def _inside(errors: Array, sigma: float) -> tuple[float, float]:
    """Return which shares of the errors lie within one and within two standard deviations."""
    distances = np.abs(errors) / sigma
    return float(np.mean(distances <= 1)), float(np.mean(distances <= 2))
