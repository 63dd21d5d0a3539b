"""Pictures of activations, decision regions and networks as graphs. Student side, public."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from scipy import special

from glm2mlp.figures import BLACK, BLUE, COLOURS, GREEN, LINES, ORANGE, PINK, Picture
from glm2mlp.interactive import LINEAR, TWO_WEDGES, Network
from glm2mlp.lecture_figures.panels import Array, panels


def activations() -> Picture:
    """Draw identity, σ, tanh and ReLU with their derivatives."""
    title = "Activations and their derivatives"
    figure, (left, right) = panels(title, ("activation f(z)", "derivative f′(z)"))
    z = np.linspace(-4, 4, 401)
    # (values, slopes), with a gap where ReLU's slope jumps; its value at 0 is a convention, 0.
    curves = {
        "ReLU": (np.maximum(z, 0), np.where(z == 0, np.nan, z > 0)),
        "tanh": (np.tanh(z), 1 / np.cosh(z) ** 2),
        "σ": (special.expit(z), special.expit(z) * special.expit(-z)),
        "identity": (z, np.ones_like(z)),
    }
    for (name, (values, slopes)), style, colour in zip(
        curves.items(), LINES, (ORANGE, GREEN, BLUE, BLACK), strict=True
    ):
        left.plot(z, values, style, color=colour, label=name, linewidth=2)
        right.plot(z, slopes, style, color=colour, linewidth=2)
    right.plot(0, 0, "o", color=ORANGE)
    right.annotate("ReLU at 0: by convention 0", (0.2, -0.07), color=BLACK, fontsize="small")
    left.set(xlabel="z", ylabel="f(z)", ylim=(-1.6, 2.6))
    right.set(xlabel="z", ylabel="f′(z)", ylim=(-0.1, 1.15))
    for axes in (left, right):
        axes.grid(color="#dddddd", linewidth=0.6)
    left.legend(frameon=False, loc="upper left")
    figure.alt = (
        f"{title} over z from −4 to 4. The identity has slope 1 everywhere; σ goes from 0 to 1 and its"
        " slope is at most ¼, at z = 0; tanh goes from −1 to 1 and its slope is at most 1, at z = 0;"
        " ReLU is 0 with slope 0 on the left and z with slope 1 on the right."
    )
    return figure


def convex_regions(
    W: Sequence[Sequence[float]] = LINEAR,
    network: Network = TWO_WEDGES,
    a: tuple[float, float] = (-2.0, -0.6),
    b: tuple[float, float] = (0.8, 2.2),
) -> Picture:
    """Draw a segment over the regions of softmax regression and of an MLP with ReLU.

    W: (3, K), the last row the biases.  network: (W_h, b_h, W_y, b_y).  a, b: ends of the segment.
    """
    title = "Regions of a linear model are convex; those of a network need not be"
    figure, axes = panels(title, ("softmax regression", "multilayer perceptron"), (8.8, 4.2))
    weights = np.array(W)
    W_h, b_h, W_y, b_y = (np.array(part) for part in network)

    def linear(x: Array) -> Array:
        return np.asarray(x @ weights[:-1] + weights[-1])

    def bent(x: Array) -> Array:
        return np.asarray(np.maximum(x @ W_h + b_h, 0) @ W_y + b_y)

    told = []
    for panel, logits in zip(axes, (linear, bent), strict=True):
        _regions(panel, logits)
        told.append(_segment(panel, logits, np.array(a), np.array(b)))
    figure.alt = (
        f"{title}: two planes with decision regions and the same segment from A to B."
        f" Softmax regression: {told[0]}. Multilayer perceptron: {told[1]}."
    )
    return figure


def glm_graph(D: int = 4, K: int = 3) -> Picture:
    """Draw a generalized linear model as a graph: D inputs, K outputs."""
    title = "A generalized linear model as a graph"
    figure = Picture(figsize=(5.6, 4), facecolor="white", layout="constrained")
    layers = [("input layer", "x", D), ("output layer, activation a", "y", K)]
    _graph(figure, title, layers, [("W", "b")])
    figure.alt = (
        f"{title}: {D} inputs x, each joined to each of {K} outputs y by an edge with a weight of W, and"
        " a unit 1 joined to each output by its bias in b. An output is a of the weighted sum."
    )
    return figure


def network_graph(D: int = 4, H: int = 5, K: int = 3) -> Picture:
    """Draw a multilayer perceptron as a graph: D inputs, H hidden units, K outputs."""
    title = "A multilayer perceptron as a graph"
    figure = Picture(figsize=(7.6, 4.4), facecolor="white", layout="constrained")
    layers = [
        ("input layer", "x", D),
        ("hidden layer, activation f", "h", H),
        ("output layer, activation a", "y", K),
    ]
    _graph(figure, title, layers, [("W_h", "b_h"), ("W_y", "b_y")])
    figure.alt = (
        f"{title}: {D} inputs x, each joined to each of {H} hidden units h by an edge with a weight of"
        f" W_h; each hidden unit joined to each of {K} outputs y by an edge with a weight of W_y. A unit 1"
        " is joined to every hidden unit by its bias in b_h, another to every output by its bias in b_y."
    )
    return figure


def _regions(axes: Axes, logits: Callable[[Array], Array]) -> None:
    """Colour a plane from −3 to 3 by the class with the largest logit, and write its number there."""
    line = np.linspace(-3, 3, 300)
    x_1, x_2 = np.meshgrid(line, line)
    k = logits(np.column_stack([x_1.ravel(), x_2.ravel()])).argmax(axis=1)
    colours = np.array([to_rgb(colour) for colour in COLOURS])[k]
    axes.imshow(
        (1 - 0.25 * (1 - colours)).reshape(*x_1.shape, 3), origin="lower", extent=(-3, 3, -3, 3)
    )
    places = [(i, j) for i in (-2.25, -0.75, 0.75, 2.25) for j in (-2.25, -0.75, 0.75, 2.25)]
    for place, winner in zip(places, logits(np.array(places)).argmax(axis=1), strict=True):
        axes.annotate(str(winner), place, color=BLACK, ha="center", va="center", fontsize="small")
    axes.set(xlabel="x₁", ylabel="x₂")


def _segment(axes: Axes, logits: Callable[[Array], Array], a: Array, b: Array) -> str:
    """Draw the segment, and return in words which classes it meets."""
    way = np.linspace(0, 1, 401)[:, np.newaxis]
    x = way * a + (1 - way) * b
    met = logits(x).argmax(axis=1)
    home = met[0]
    axes.plot(*x.T, color=BLACK, linewidth=1.6)
    outside = np.where(met == home, np.nan, x[:, 1])
    axes.plot(x[:, 0], outside, color=PINK, linewidth=5, solid_capstyle="butt", zorder=3)
    for name, end in (("A", a), ("B", b)):
        axes.plot(*end, "o", color="white", markeredgecolor=BLACK, markersize=15, zorder=4)
        axes.annotate(
            name, (end[0], end[1]), color=BLACK, ha="center", va="center", weight="bold", zorder=5
        )
    others = sorted({int(k) for k in met} - {int(home)})
    if met[-1] != home:
        return f"A lies in the region of class {met[-1]}, B in that of class {home}"
    if not others:
        return f"the whole segment lies in the region of class {home}"
    classes = " and ".join(map(str, others))
    return f"both ends lie in the region of class {home}, but the segment crosses that of class {classes}"


def _graph(
    figure: Picture,
    title: str,
    layers: Sequence[tuple[str, str, int]],
    names: Sequence[tuple[str, str]],
) -> None:
    """Draw layers (caption, letter, units), each joined to the next; `names` of weights and biases."""
    axes = figure.subplots()
    axes.set_title(title, color=BLACK)
    axes.set_axis_off()
    tallest = max(units for _, _, units in layers)
    heights = [
        [(units - 1) / 2 - i + (tallest - 1) / 2 for i in range(units)] for _, _, units in layers
    ]
    one = tallest + 0.25  # the units 1 stand above all others
    for i, (weights, bias) in enumerate(names):
        for end in heights[i + 1]:
            for start in heights[i]:
                axes.plot([2 * i, 2 * i + 2], [start, end], color=BLUE, linewidth=0.9, zorder=1)
            axes.plot([2 * i + 0.55, 2 * i + 2], [one, end], LINES[1], color=ORANGE, linewidth=0.9)
        _unit(axes, (2 * i + 0.55, one), "1", ORANGE)
        shape = f"{len(heights[i])} × {len(heights[i + 1])}"
        low = (heights[i][-1] + heights[i + 1][-1]) / 2 - 0.45
        _label(axes, (2 * i + 1, low), f"${weights}$  ({shape})", BLUE)
        _label(axes, (2 * i + 1.5, one), f"${bias}$  ({len(heights[i + 1])})", ORANGE)
    for i, ((caption, letter, units), places) in enumerate(zip(layers, heights, strict=True)):
        first = (
            0 if letter == "y" else 1
        )  # classes are counted from 0, features and hidden units from 1
        for j, place in enumerate(places, first):
            _unit(axes, (2 * i, place), f"${letter}_{j}$" if units > 1 else f"${letter}$", BLACK)
        axes.annotate(
            caption.replace(", ", "\n"), (2 * i, -0.6), ha="center", va="top", color=BLACK
        )
    axes.set(xlim=(-0.7, 2 * len(layers) - 1.3), ylim=(-1.4, one + 0.4))


def _unit(axes: Axes, place: tuple[float, float], name: str, colour: str) -> None:
    axes.plot(*place, "o", markersize=24, color="white", markeredgecolor=colour, zorder=2)
    _label(axes, place, name, BLACK)


def _label(axes: Axes, place: tuple[float, float], text: str, colour: str) -> None:
    axes.annotate(text, place, color=colour, ha="center", va="center", zorder=3)
