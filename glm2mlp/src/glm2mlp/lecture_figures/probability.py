"""Pictures of probabilities, likelihoods and losses. Student side, public."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from scipy import special, stats

from glm2mlp.figures import BLACK, BLUE, COLOURS, GREEN, LINES, MARKERS, ORANGE, Picture, _new
from glm2mlp.lecture_figures.panels import Array, panels

# From class 0 to class 1 by way of white, as in the decision regions.
BOTH_CLASSES = LinearSegmentedColormap.from_list("classes", [BLUE, "white", ORANGE])


def sigmoid_and_slope() -> Picture:
    """Draw σ, its tangent at 0 and σ′."""
    figure, axes = _new("The sigmoid and its slope", "z", "value")
    z = np.linspace(-6, 6, 241)
    axes.plot(z, special.expit(z), LINES[0], color=BLUE, label="σ(z)")
    axes.plot(z, special.expit(z) * special.expit(-z), LINES[1], color=ORANGE, label="σ′(z)")
    near = np.array([-1.6, 1.6])
    axes.plot(near, 0.5 + near / 4, LINES[3], color=BLACK, label="tangent, slope ¼")
    axes.plot([0, 0], [0.5, 0.25], "o", color=BLACK, markersize=4)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.legend(frameon=False)
    figure.alt = (
        "Two curves over z from −6 to 6: σ rises from 0 to 1, is ½ at z = 0 and has slope ¼ there, which"
        " its tangent shows; σ′ is a bell whose top is that ¼."
    )
    return figure


def probability_surface(probability: Callable[[Array], Array], X: Array, t: Array) -> Picture:
    """Draw p(C₁ | x) over the plane as a surface, and as lines of equal probability.

    probability: takes points like X and returns p(C₁ | x) (M,).
    X: examples (N, 2), or (N, 3) with ones in the last column.  t: classes (N,), 0 or 1.
    """
    title = "p(C₁ | x) over the plane"
    figure = Picture(figsize=(8.8, 4), facecolor="white", layout="constrained")
    figure.suptitle(title, color=BLACK)
    left = figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    right = figure.add_subplot(1, 2, 2)
    x_1, x_2 = (
        np.linspace(X[:, i].min() - 0.7, X[:, i].max() + 0.7, 120) for i in (0, 1)
    )  # fmt: skip
    grid = np.meshgrid(x_1, x_2)
    points = np.ones((grid[0].size, X.shape[1]))
    points[:, :2] = np.column_stack([axis.ravel() for axis in grid])
    p = probability(points).reshape(grid[0].shape)

    left.plot_surface(*grid, p, cmap=BOTH_CLASSES, vmin=0, vmax=1, rcount=40, ccount=40)
    left.contour(*grid, p, [0.5], colors=BLACK, linewidths=2, zorder=10)
    left.set_title("a surface", color=BLACK, fontsize="medium")
    left.set(xlabel="x₁", ylabel="x₂", zlabel="p(C₁ | x)", zlim=(0, 1))
    left.view_init(elev=28, azim=-70)
    left.set_box_aspect(None, zoom=1.1)

    levels = [0.1, 0.25, 0.5, 0.75, 0.9]
    right.imshow(
        p,
        origin="lower",
        extent=(x_1[0], x_1[-1], x_2[0], x_2[-1]),
        aspect="auto",
        cmap=BOTH_CLASSES,
        vmin=-0.6,  # paler than the surface, for the examples lie on it
        vmax=1.6,
    )
    right.contour(*grid, p, levels, colors=BLACK, linewidths=[0.8, 0.8, 2, 0.8, 0.8])
    for k in (0, 1):
        right.scatter(
            X[t == k, 0],
            X[t == k, 1],
            color=COLOURS[k],
            marker=MARKERS[k],
            edgecolors="white",
            label=f"class {k}",
        )
    right.set_title("lines where p is 0.1, 0.25, ½, 0.75, 0.9", color=BLACK, fontsize="medium")
    right.set(xlabel="x₁", ylabel="x₂")
    right.legend(framealpha=0.9, fontsize="small")
    share = np.mean((probability(X) >= 0.5) == t)
    figure.alt = (
        f"{title}, as a surface that rises like a sigmoid from 0 to 1, and as straight parallel lines of"
        f" equal probability from 0.1 to 0.9 among {len(X)} examples; {share:.0%} of them lie on their"
        " class's side of the line ½."
    )
    return figure


def likelihood_along_line(X: Array, t: Array, w: Array, sigma: float) -> Picture:
    """Draw the density p(t | x) = N(t; y, σ²) as a ribbon around the line y = w₁x + w₂.

    X: examples (N, 2), a feature and ones.  t: targets (N,).  w: slope and bias.
    Beside four of the examples stands the density that belongs to their x.
    """
    title = "A prediction is a distribution around y"
    figure, axes = _new(title, "x", "t", size=(6.4, 4))
    x, y = X[:, 0], X @ w
    left, right = x.min() - 0.3, x.max() + 0.9
    low, high = min(t.min(), y.min() - 3 * sigma), max(t.max(), y.max() + 3 * sigma)
    grid_x, grid_t = np.meshgrid(np.linspace(left, right, 200), np.linspace(low, high, 200))
    density = stats.norm.pdf(grid_t, w[0] * grid_x + w[1], sigma)
    fade = LinearSegmentedColormap.from_list("fade", ["white", "#7fb8d8"])
    axes.imshow(density, origin="lower", extent=(left, right, low, high), aspect="auto", cmap=fade)
    ends = np.array([left, right])
    axes.plot(ends, w[0] * ends + w[1], color=BLUE, label="y, the mean of t")
    axes.plot(x, t, "o", color=BLACK, markersize=3, alpha=0.5, label="examples")

    # The bells are as wide as a tenth of the picture.
    scale = 0.1 * (right - left) / stats.norm.pdf(0, 0, sigma)
    for i in np.argsort(x)[np.linspace(0, len(x) - 1, 4).round().astype(int)]:
        around = y[i] + sigma * np.linspace(-3, 3, 91)
        bell = stats.norm.pdf(around, y[i], sigma)
        axes.plot(x[i] + scale * bell, around, color=ORANGE, linewidth=1.4)
        axes.plot([x[i], x[i]], around[[0, -1]], color=ORANGE, linewidth=0.8)
        reach = x[i] + scale * stats.norm.pdf(t[i], y[i], sigma)
        axes.plot([x[i], reach], [t[i], t[i]], color=BLACK, linewidth=1.4)
        axes.plot(x[i], t[i], "o", color=BLACK, markersize=5)
    axes.plot([], [], color=ORANGE, label="p(t | x) at one x")
    axes.plot([], [], color=BLACK, label="likelihood of one example")
    axes.set(xlim=(left, right), ylim=(low, high))
    axes.legend(frameon=False, fontsize="small", loc="upper left")
    mean = np.mean(-stats.norm.logpdf(t, y, sigma))
    figure.alt = (
        f"{title}: {len(t)} examples around a line of slope {w[0]:.2f}, with a ribbon that is darkest on"
        f" the line and fades over a few standard deviations of {sigma:.2f}. At four examples a bell"
        " curve stands on its side; its value at the target is the example's likelihood. The mean of"
        f" −log p over all examples is {mean:.3f}."
    )
    return figure


def equal_variances(variance: float = 1.0) -> Picture:
    """Draw Normal, Laplace and uniform densities of one variance, with their entropies."""
    sigma = np.sqrt(variance)
    half = np.sqrt(3) * sigma
    distributions = {
        "Normal": stats.norm(scale=sigma),
        "Laplace": stats.laplace(scale=sigma / np.sqrt(2)),
        "uniform": stats.uniform(-half, 2 * half),
    }
    title = f"Of equal variance, {variance:g}, the Normal has the most entropy"
    figure, (left, right) = panels(title, ("densities", "entropy in nats"), (8.8, 3.2))
    # Just beside the uniform's edges as well, so that they are upright.
    edges = half * np.array([-1, 1])
    t = np.sort(np.append(np.linspace(-4, 4, 401) * sigma, [*edges * 0.9999, *edges * 1.0001]))
    entropies = {name: float(d.entropy()) for name, d in distributions.items()}
    for i, (name, distribution) in enumerate(distributions.items()):
        left.plot(t, distribution.pdf(t), LINES[i], color=COLOURS[i], label=name)
    left.set(xlabel="t − y", ylabel="density")
    left.legend(frameon=False)
    bars = right.barh(list(entropies), list(entropies.values()), color=COLOURS[:3], height=0.55)
    right.bar_label(bars, fmt="{:.4f}", padding=4)
    right.invert_yaxis()
    right.margins(x=0.2)
    right.set(xlabel="entropy", ylabel="distribution")
    listed = ", ".join(f"{name} {entropy:.4f}" for name, entropy in entropies.items())
    figure.alt = f"{title}: three densities and a bar of entropy for each, in nats: {listed}."
    return figure


def losses_over_slope(X: Array, t: Array, variances: Sequence[float] = (0.5, 1, 4)) -> Picture:
    """Draw MSE and, for several σ², mean NLL over the slope, with their one minimiser.

    X: examples (N, 2), a feature and ones.  t: targets (N,).  The bias is that of least squares.
    """
    title = "MSE and Gaussian NLL have one minimiser, whatever σ² is"
    figure, (left, right) = panels(title, ("mean squared error", "mean of −log p"))
    slope, bias = np.linalg.lstsq(X, t, rcond=None)[0]
    slopes = slope + np.linspace(-2, 2, 161)
    errors = slopes[:, np.newaxis] * X[:, 0] + bias - t
    curve = np.mean(errors**2, axis=1)
    left.plot(slopes, curve, color=BLACK)
    left.plot(slope, curve.min(), "D", color=BLACK)
    parts = []
    for i, variance in enumerate(variances):
        losses = np.mean(-stats.norm.logpdf(errors, 0, np.sqrt(variance)), axis=1)
        best = slopes[losses.argmin()]
        right.plot(slopes, losses, LINES[i % 4], color=COLOURS[i % 5], label=f"σ² = {variance:g}")
        right.plot(best, losses.min(), MARKERS[i % 5], color=COLOURS[i % 5])
        parts.append(f"for σ² = {variance:g} at slope {best:.2f}, where it is {losses.min():.2f}")
    for axes, ylabel in ((left, "MSE"), (right, "mean NLL")):
        axes.axvline(slope, linestyle=LINES[3], color=GREEN, zorder=0)
        axes.set(xlabel="slope w", ylabel=ylabel)
    right.margins(y=0.15)
    right.legend(frameon=False, ncols=len(variances), loc="upper center")
    figure.alt = (
        f"{title}: parabolas over the slope. The MSE is lowest at slope {slope:.2f}, where it is"
        f" {curve.min():.2f}; the mean NLL is lowest " + ", ".join(parts) + "."
    )
    return figure
