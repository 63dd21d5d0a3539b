"""Figures with ipywidgets' sliders, for JupyterLab with a running kernel. Student side, public.

They draw with Python, so that a notebook's own functions can be explored too: see `explore`.
"""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets  # type: ignore[import-untyped]
import numpy as np
from scipy import special, stats

from glm2mlp.figures import BLACK, BLUE, COLOURS, GREEN, LINES, MARKERS, ORANGE, Picture, _new
from glm2mlp.interactive.datasets import line_examples, yes_or_no_examples

Array = np.ndarray[Any, Any]

COLDEST = -0.7  # the decimal logarithm of the lowest temperature
LONGEST = 4  # the largest shift
WHOLE_LABEL = {"description_width": "initial"}


def explore(draw: Callable[..., Picture], **sliders: ipywidgets.Widget) -> ipywidgets.VBox:
    """Show what `draw` makes of the sliders' values, and draw again when one moves.

    The sliders go by the names of the arguments of `draw`, which returns a picture.
    """
    screen = ipywidgets.HTML()

    def update(_: object = None) -> None:
        screen.value = draw(**{name: s.value for name, s in sliders.items()})._repr_html_()

    for slider in sliders.values():
        slider.observe(update, names="value")
    update()
    return ipywidgets.VBox([*sliders.values(), screen])


def linear_slider(label: str, low: float, high: float, value: float) -> ipywidgets.FloatSlider:
    """Make a slider with equal steps of a tenth."""
    return ipywidgets.FloatSlider(
        value, min=low, max=high, step=0.1, description=label, style=WHOLE_LABEL
    )


def log_slider(label: str, low: float, high: float) -> ipywidgets.FloatLogSlider:
    """Make a slider from 10^low to 10^high that starts at 1."""
    return ipywidgets.FloatLogSlider(
        1.0, min=low, max=high, step=0.05, description=label, style=WHOLE_LABEL
    )


def sigmoid_curve(
    x: Sequence[float] | None = None, t: Sequence[int] | None = None
) -> ipywidgets.VBox:
    """σ(wx + b) with sliders for w and b, and the mean NLL of examples: x (N,), t (N,), 0 or 1."""
    if x is None or t is None:
        x, t = yes_or_no_examples()
    X, T = np.array(x), np.array(t)

    def draw(w: float, b: float) -> Picture:
        # −log σ(z) where t is 1, −log σ(−z) where it is 0
        loss = -np.mean(special.log_expit(np.where(T == 1, 1, -1) * (w * X + b)))
        figure, axes = _new(f"p(C₁ | x) = σ(wx + b); mean NLL {loss:.3f}", "x", "probability")
        grid = np.linspace(-6, 6, 241)
        axes.plot(grid, special.expit(w * grid + b), color=BLACK, label="σ(wx + b)")
        where = "the same for every x"
        if w:
            middle = -b / w + 0.0  # never −0
            where = f"½ at x = {middle:.2f}, where its slope is {w / 4:.3f}"
            axes.plot(grid, 0.5 + w / 4 * (grid - middle), LINES[1], color=GREEN, label="tangent")
        for k in (0, 1):
            axes.plot(X[k == T], T[k == T], MARKERS[k], color=COLOURS[k], label=f"class {k}")
        axes.set(xlim=(-6, 6), ylim=(-0.08, 1.08))
        axes.legend(frameon=False, fontsize="small")
        figure.alt = (
            f"Curve of σ(wx + b) for w = {w:.2f} and b = {b:.2f}: it is {where}. {len(X)} examples of"
            f" two classes on the lines 0 and 1 have mean NLL {loss:.3f}."
        )
        return figure

    return explore(draw, w=linear_slider("weight w", -5, 5, 1), b=linear_slider("bias b", -5, 5, 0))


def softmax_bars(z: Sequence[float] = (2.0, 1.0, 0.0, -1.0)) -> ipywidgets.VBox:
    """Softmax of logits z (K,) with sliders for a temperature and a shift of all of them."""
    Z = np.array(z, dtype=float)
    furthest = np.append(Z / 10**COLDEST, 0)  # one scale for all temperatures and shifts

    def draw(temperature: float, shift: float) -> Picture:
        moved = Z / temperature + shift
        p = special.softmax(moved)
        figure = Picture(figsize=(8, 3.2), facecolor="white", layout="constrained")
        left, right = figure.subplots(1, 2)
        for axes, values, title, label in (
            (left, moved, "logits zₖ / τ + c", "logit"),
            (right, p, "softmax", "probability"),
        ):
            bars = axes.bar(range(len(Z)), values, color=BLUE)
            axes.bar_label(bars, fmt="{:.3g}", padding=2)
            axes.axhline(0, color=BLACK, linewidth=0.8)
            axes.set_title(title, color=BLACK)
            axes.set(xlabel="class", ylabel=label, xticks=range(len(Z)))
            axes.spines[["top", "right"]].set_visible(False)
        left.set_ylim(furthest.min() - LONGEST - 1, furthest.max() + LONGEST + 1)
        right.set_ylim(0, 1.1)
        figure.alt = (
            f"Bars of the logits {_list(moved, 1)} and of their softmax {_list(p, 3)}, at temperature"
            f" {temperature:.2f} and shift {shift:.1f}."
        )
        return figure

    return explore(
        draw,
        temperature=log_slider("temperature τ", COLDEST, 1),
        shift=linear_slider("shift c", -LONGEST, LONGEST, 0),
    )


def normal_variance(
    x: Sequence[float] | None = None, t: Sequence[float] | None = None, intercept: float = 0.5
) -> ipywidgets.VBox:
    """A line y = wx + intercept with its Normal distribution, and the loss over w.

    Sliders for σ² and w.  x (N,), t (N,).
    """
    if x is None or t is None:
        x, t = line_examples()
    X, T = np.array(x), np.array(t)
    best = float(X @ (T - intercept) / (X @ X))

    def mean_nll(w: float, variance: float) -> float:
        return float(-np.mean(stats.norm.logpdf(T, w * X + intercept, np.sqrt(variance))))

    def draw(variance: float, w: float) -> Picture:
        figure = Picture(figsize=(8, 3.4), facecolor="white", layout="constrained")
        data, loss = figure.subplots(1, 2)
        data.plot(X, T, "o", color=ORANGE, markersize=4)
        line, sigma = w * X + intercept, np.sqrt(variance)
        order = np.argsort(X)
        data.plot(X[order], line[order], color=BLUE)
        for width in (1, 2):
            low, high = line - width * sigma, line + width * sigma
            data.fill_between(X[order], low[order], high[order], color=BLUE, alpha=0.2, linewidth=0)
        data.set(xlabel="x", ylabel="t", ylim=(T.min() - 2, T.max() + 2))
        data.set_title("y = wx + b with y ± σ, y ± 2σ", color=BLACK)
        slopes = np.linspace(best - 3, best + 3, 101)
        loss.plot(slopes, [mean_nll(slope, variance) for slope in slopes], color=BLUE)
        loss.axvline(best, linestyle=LINES[3], color=BLACK, linewidth=1)
        loss.plot(w, mean_nll(w, variance), MARKERS[1], color=ORANGE)
        loss.plot(best, mean_nll(best, variance), MARKERS[0], color=BLACK)
        loss.set(xlabel="slope w", ylabel="mean NLL", ylim=(0, 8))
        loss.set_title(f"mean of −log p, lowest at w = {best:.3f}", color=BLACK)
        for axes in (data, loss):
            axes.spines[["top", "right"]].set_visible(False)
        figure.alt = (
            f"{len(X)} examples around the line of slope {w:.2f} with ribbons of one and two standard"
            f" deviations, {sigma:.2f}; the mean NLL over the slope is a parabola, lowest at slope"
            f" {best:.3f}, where it is {mean_nll(best, variance):.3f}; at slope {w:.2f} it is"
            f" {mean_nll(w, variance):.3f}."
        )
        return figure

    return explore(
        draw,
        variance=log_slider("variance σ²", -1.5, 1.5),
        w=linear_slider("slope w", round(best - 3, 1), round(best + 3, 1), round(best - 1, 1)),
    )


def _list(values: Array, digits: int) -> str:
    return ", ".join(f"{value:.{digits}f}" for value in values)
