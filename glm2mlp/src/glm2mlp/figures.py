"""The assignments' pictures, drawn with the student's own functions. Student side, public.

Every picture stands on a white card with dark text: that has the same contrast in a light and in a
dark notebook, on paper and on a projector. The colours are Okabe and Ito's, which survive colour
blindness; classes differ in marker, and curves in line style, as well.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

Array = np.ndarray[Any, Any]

BLUE, ORANGE, GREEN, PINK, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#222222"
COLOURS = (BLUE, ORANGE, GREEN, PINK, BLACK)
MARKERS = "osv^D"
LINES = ("-", "--", "-.", ":")


class Picture(Figure):
    """A figure that a notebook shows with its alternative text."""

    alt = ""

    def _repr_html_(self) -> str:
        return _image(self, self.alt)


class Shown:
    """An image with alternative text: HTML in a notebook, the text itself elsewhere."""

    def __init__(self, html: str, alt: str) -> None:
        self._html, self._alt = html, alt

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return f"Picture: {self._alt}"


def show(figure: Figure, alt: str) -> Shown:
    """Return any figure as an image with alternative text, to end a cell with."""
    return Shown(_image(figure, alt), alt)


def sigmoid_curves(
    sigmoid: Callable[[Array], Array], sigmoid_derivative: Callable[[Array], Array]
) -> Picture:
    """Draw σ and σ′."""
    figure, axes = _new("The sigmoid and its derivative", "z", "value")
    z = np.linspace(-6, 6, 241)
    axes.plot(z, sigmoid(z), LINES[0], color=BLUE, label="σ(z)")
    axes.plot(z, sigmoid_derivative(z), LINES[1], color=ORANGE, label="σ′(z)")
    axes.legend(frameon=False)
    figure.alt = (
        "Two curves over z from −6 to 6: σ rises from 0 to 1 and is ½ at z = 0; σ′ is a bell with"
        " its top, ¼, at z = 0."
    )
    return figure


def learning_curves(
    history: Mapping[str, Sequence[float]], ylabel: str = "mean NLL", title: str = "Learning curves"
) -> Picture:
    """Draw one curve for each entry of `history`, a value an epoch, epochs from 1."""
    figure, axes = _new(title, "epoch", ylabel)
    parts = []
    for i, (name, values) in enumerate(history.items()):
        epochs = np.arange(1, len(values) + 1)
        axes.plot(
            epochs,
            values,
            LINES[i % 4] + MARKERS[i % 5],
            color=COLOURS[i % 5],
            markevery=0.1,
            label=name,
        )
        parts.append(f"{name} goes from {values[0]:.3g} to {values[-1]:.3g}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False)
    figure.alt = f"{title}: {ylabel} after each epoch; " + ", ".join(parts) + "."
    return figure


def decision_regions(
    predict_probabilities: Callable[[Array], Array],
    X: Array,
    t: Array,
    title: str = "Decision regions",
) -> Picture:
    """Draw examples and what the model thinks of every point around them.

    predict_probabilities: takes points like X and returns p(C₁ | x) (M,) or all classes (M, K).
    X: examples (N, 2), or (N, 3) with ones in the last column.  t: classes (N,).
    Colours grow paler where the model is unsure; lines run where two classes draw.
    """
    figure, axes = _new(title, "x₁", "x₂", size=(5.6, 4.6))
    (left, right), (bottom, top) = ((X[:, i].min() - 0.7, X[:, i].max() + 0.7) for i in (0, 1))
    x_1, x_2 = np.meshgrid(np.linspace(left, right, 200), np.linspace(bottom, top, 200))
    points = np.ones((x_1.size, X.shape[1]))
    points[:, 0], points[:, 1] = x_1.ravel(), x_2.ravel()
    p = _all_classes(predict_probabilities(points))
    K = p.shape[1]
    axes.imshow(
        _shades(p).reshape(*x_1.shape, 3),
        origin="lower",
        extent=(left, right, bottom, top),
        aspect="auto",
    )
    for k in range(K):
        others = np.delete(p, k, axis=1).max(axis=1)
        lead = (p[:, k] - others).reshape(x_1.shape)
        if lead.min() < 0 < lead.max():
            axes.contour(x_1, x_2, lead, [0], colors=BLACK, linewidths=1.2)
        axes.scatter(
            X[t == k, 0],
            X[t == k, 1],
            color=COLOURS[k],
            marker=MARKERS[k],
            edgecolors="white",
            label=f"class {k}",
        )
    axes.legend(framealpha=0.9, fontsize="small")
    at_home = np.mean(_all_classes(predict_probabilities(X)).argmax(axis=1) == t)
    figure.alt = (
        f"{title}: {len(X)} examples of {K} classes over two features, on regions coloured by the"
        f" most probable class; {at_home:.0%} of the examples lie in the region of their class."
    )
    return figure


def digits_with_probabilities(
    images: Array,
    probabilities: Array,
    labels: Array,
    title: str = "True class → predicted class",
    names: Sequence[str] = tuple("0123456789"),
) -> Picture:
    """Draw up to eight digits (N, 8, 8), each above its probabilities (N, K); labels are (N,).

    `names` are those of the K classes.
    """
    n = min(len(images), 8)
    figure = Picture(figsize=(1.35 * n, 3.4), facecolor="white", layout="constrained")
    figure.suptitle(f"{title} (dark bar: probability of the true class)", color=BLACK)
    rows = figure.subplots(2, n, squeeze=False, height_ratios=(1, 1.3))
    parts = []
    for i, (picture, bars) in enumerate(rows.T):
        picture.imshow(images[i], cmap="gray_r")
        best = int(np.argmax(probabilities[i]))
        verdict = f"{names[labels[i]]} → {names[best]}"
        picture.set_title(verdict, fontsize="medium", color=BLACK)
        picture.set_axis_off()
        classes = np.arange(probabilities.shape[1])
        colours = [BLACK if k == labels[i] else ORANGE for k in classes]
        bars.barh(classes, probabilities[i], color=colours)
        bars.set(xlim=(0, 1), xlabel="p", ylabel="class" if i == 0 else "")
        bars.set_yticks(classes, names[: len(classes)])
        bars.invert_yaxis()
        bars.tick_params(labelsize="x-small")
        bars.spines[["top", "right"]].set_visible(False)
        parts.append(f"{verdict} with p = {probabilities[i, best]:.2f}")
    figure.alt = f"{title}: " + ", ".join(parts) + "."
    return figure


def pixel_weights(w: Array, names: tuple[str, str]) -> Picture:
    """Draw the weights (64,) of 8 × 8 pixels as an image; `names` are those of classes 0 and 1."""
    title = "What each pixel says"
    figure, axes = _new(title, "", "")
    limit = np.abs(w).max()
    image = axes.imshow(w.reshape(8, 8), cmap="PuOr", vmin=-limit, vmax=limit)
    axes.set_axis_off()
    bar = figure.colorbar(image, ax=axes, label="weight of the pixel")
    bar.ax.set_title(f"dark pixel: {names[1]}", fontsize="medium", color=BLACK)
    bar.ax.set_xlabel(f"dark pixel: {names[0]}", fontsize="medium", color=BLACK)
    for_1, for_0 = w.argmax(), w.argmin()
    figure.alt = (
        f"{title}: 8 × 8 weights from {w.min():.2g} to {w.max():.2g}. Strongest for {names[1]} is the pixel"
        f" in row {for_1 // 8 + 1}, column {for_1 % 8 + 1}; strongest for {names[0]} that in row"
        f" {for_0 // 8 + 1}, column {for_0 % 8 + 1}."
    )
    return figure


def _new(
    title: str, xlabel: str, ylabel: str, size: tuple[float, float] = (5.6, 3.6)
) -> tuple[Picture, Axes]:
    # Not by pyplot: nothing is kept alive, nothing is shown twice.
    figure = Picture(figsize=size, facecolor="white", layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, color=BLACK)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _all_classes(p: Array) -> Array:
    """Write p(C₁ | x) (M,) as both classes (M, 2)."""
    p = np.asarray(p)
    return np.column_stack([1 - p, p]) if p.ndim == 1 else p


def _shades(p: Array) -> Array:
    """Return the colour of the most probable class (M, 3), paler the less sure it is."""
    K = p.shape[1]
    colours = np.array([to_rgb(colour) for colour in COLOURS[:K]])[p.argmax(axis=1)]
    sureness = (p.max(axis=1, keepdims=True) - 1 / K) / (1 - 1 / K)
    return np.asarray(1 - (0.1 + 0.4 * sureness) * (1 - colours))


def _image(figure: Figure, alt: str) -> str:
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=160)
    source = base64.b64encode(buffer.getvalue()).decode()
    width = round(figure.get_figwidth() * 80)
    return (
        f'<img src="data:image/png;base64,{source}" alt="{escape(alt)}" width="{width}"'
        ' style="max-width: 100%; height: auto;">'
    )
