"""Pictures of trainings side by side, and of a probability over one feature. Student side, public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from glm2mlp.checks.report import row, table
from glm2mlp.figures import BLACK, BLUE, COLOURS, GREEN, LINES, MARKERS, ORANGE, Picture
from glm2mlp.trainings import CASES, Layers, Run, accuracy, loss

Array = np.ndarray[Any, Any]

WHAT = ("loss", "accuracy")


def training_curves(runs: Sequence[Run]) -> Picture:
    """Draw losses above and accuracies below, a column for each run of a case."""
    majorities = [float(run.confusion.sum(axis=1).max() / run.confusion.sum()) for run in runs]
    return model_curves({_name(run): run.history for run in runs}, majorities)


def model_curves(
    histories: Mapping[str, Mapping[str, Sequence[float]]], majorities: Sequence[float] = ()
) -> Picture:
    """Draw losses above and accuracies below, a column for each history, from before the first epoch on.

    histories: title → history, as `glm2mlp.trainings.recorder` makes it.  majorities: for each column the
    accuracy that always predicting the majority would have, if it is to be shown.
    """
    figure = _wide(len(histories), height=4.8)
    figure.suptitle("Losses and accuracies", color=BLACK)
    columns = figure.subplots(2, len(histories), squeeze=False, sharex="col").T
    parts = []
    for i, (title, history) in enumerate(histories.items()):
        column = columns[i]
        told = [_curves(axes, history, what) for axes, what in zip(column, WHAT, strict=True)]
        if majorities:
            column[1].axhline(
                majorities[i], linestyle=":", color=BLACK, label="always the majority"
            )
            told.append(f"the majority's share is {majorities[i]:.0%}")
        column[0].set_title(title, color=BLACK)
        column[0].set_ylim(bottom=0)
        column[1].set(ylim=(0, 1.02), xlabel="epoch")
        parts.append(f" {title}: " + "; ".join(told) + ".")
    columns[0, 0].set_ylabel("mean NLL")
    columns[0, 1].set_ylabel("accuracy")
    for axes in columns[0]:
        axes.legend(frameon=False, fontsize="small")
    figure.alt = (
        "Losses and accuracies over the epochs (before the first epoch, after a third of them, at the end)."
        + "".join(parts)
    )
    return figure


def _curves(axes: Axes, history: Mapping[str, Sequence[float]], what: str) -> str:
    """Draw the curves of the losses or of the accuracies; return them in words."""
    told = []
    for i, key in enumerate(key for key in history if key.endswith(what)):
        values, name = history[key], key.removesuffix(f" {what}")
        step = max(1, len(values) // 3)
        markers = (i * step // 2, step)  # where two curves coincide, one sees both
        line = LINES[i] + MARKERS[i]
        axes.plot(values, line, color=COLOURS[i], markevery=markers, label=name)
        some = (f"{values[place]:.2f}" for place in (0, len(values) // 3, -1))
        told.append(f"{name} {what} " + ", ".join(some))
    axes.spines[["top", "right"]].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    return "; ".join(told)


def stopped_curves(
    histories: Mapping[str, Mapping[str, Sequence[float]]], kept: Mapping[str, int], patience: int
) -> Picture:
    """Draw losses over the epochs, from 1, a column for each training, with the epoch that is kept.

    histories: title → name → losses.  kept: title → epoch.  Where patience has run out, the ground is grey.
    """
    figure = _wide(len(histories), height=4.2)
    figure.suptitle("Losses, and the epoch that is kept", color=BLACK)
    columns = figure.subplots(1, len(histories), squeeze=False, sharey=True)[0]
    parts = []
    for axes, (title, history) in zip(columns, histories.items(), strict=True):
        best, told = kept[title], []
        for i, (name, losses) in enumerate(history.items()):
            epochs = np.arange(1, len(losses) + 1)
            axes.plot(epochs, losses, LINES[i], color=COLOURS[i], label=name)
            told.append(f"{name} {losses[0]:.2f}, {losses[best - 1]:.2f}, {losses[-1]:.2f}")
        axes.axvline(best, color=BLACK, linewidth=1, label="kept")
        if best + patience < len(epochs):
            axes.axvspan(best + patience, len(epochs), color="0.9", label="patience has run out")
        axes.set_title(f"{title}, kept: epoch {best}", color=BLACK)
        axes.set_xlabel("epoch")
        axes.spines[["top", "right"]].set_visible(False)
        parts.append(f"{title}, epoch {best}: " + "; ".join(told))
    columns[0].set_ylabel("mean NLL")
    columns[0].set_ylim(bottom=0)
    handles, labels = columns[0].get_legend_handles_labels()
    figure.legend(
        handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize="small"
    )
    figure.alt = (
        "Losses over the epochs (after the first epoch, the one that is kept, and the last). "
        + ". ".join(parts)
        + "."
    )
    return figure


def confusion_matrices(runs: Sequence[Run]) -> Picture:
    """Draw, for each run, how many validation examples of each class were predicted as which."""
    figure = _wide(len(runs), height=2.9)
    figure.suptitle("Confusion matrices of the validation examples", color=BLACK)
    parts = []
    for run, axes in zip(runs, figure.subplots(1, len(runs), squeeze=False)[0], strict=True):
        classes = CASES[run.case].classes
        shares = run.confusion / run.confusion.sum(axis=1, keepdims=True)
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=2)  # pale enough for dark counts
        for i, j in np.ndindex(2, 2):
            count = run.confusion[i, j]
            axes.text(j, i, count, ha="center", va="center", color=BLACK, fontsize="x-large")
        axes.set_title(_name(run), color=BLACK)
        axes.set(xlabel="predicted", ylabel="true")
        axes.set_xticks([0, 1], classes)
        axes.set_yticks([0, 1], classes, rotation=90, va="center")
        counts = (
            f"of {run.confusion[i].sum()} examples of «{classes[i]}» {run.confusion[i, i]} are predicted"
            " as such"
            for i in (0, 1)
        )
        parts.append(f"{_name(run)}: " + ", ".join(counts))
    figure.alt = "Confusion matrices. " + "; ".join(parts) + "."
    return figure


def probability_over_feature(
    x: Array,
    t: Array,
    curves: Mapping[str, tuple[Array, Array]],
    classes: tuple[str, str],
    xlabel: str,
) -> Picture:
    """Draw examples of two classes along a feature, and p(C₁ | x) as each of several models has it.

    x: (N,).  t: (N,), 0 or 1.  curves: name → (points (M,), probabilities (M,)).
    """
    title = f"p({classes[1]} | x) over one feature"
    figure = Picture(figsize=(5.6, 3.6), facecolor="white", layout="constrained")
    axes = figure.subplots()
    jitter = np.random.default_rng(0).uniform(-0.02, 0.02, len(x))
    for k, colour in ((0, ORANGE), (1, BLUE)):
        own = t == k
        height = k + jitter[own]
        axes.plot(x[own], height, MARKERS[k], color=colour, markersize=4, label=classes[k])
    parts = []
    for i, (name, (points, p)) in enumerate(curves.items()):
        axes.plot(points, p, LINES[i % 4], color=(BLACK, GREEN)[i % 2], label=name)
        parts.append(
            f"{name}: at most {p.max():.2f}, at x = {round(float(points[np.argmax(p)]), 1) + 0.0}"
        )
    axes.set_title(title, color=BLACK)
    axes.set(xlabel=xlabel, ylabel=f"p({classes[1]} | x)", ylim=(-0.06, 1.06))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize="small")
    low, high = x[t == 1].min(), x[t == 1].max()
    figure.alt = (
        f"{title}: the examples of «{classes[1]}» lie between {low:.1f} and {high:.1f}, the others on"
        " both sides of them. " + "; ".join(parts) + "."
    )
    return figure


def measurements(runs: Sequence[Run]) -> "Table":
    """Return what was measured at the end of each run, as a table."""
    heads = (
        *("case", "rate", "epochs", "training loss", "validation loss", "validation accuracy"),
        *("dead ReLUs", "gradient norm"),
    )
    rows = []
    for run in runs:
        last = {name: values[-1] for name, values in run.history.items()}
        rows.append(
            (
                f"{run.case}",
                f"× {run.factor:g}",
                f"{len(run.history['training loss']) - 1}",
                f"{last['training loss']:.3f}",
                f"{last['validation loss']:.3f}",
                f"{last['validation accuracy']:.1%}",
                "has none" if np.isnan(run.dead) else f"{run.dead:.0%}",
                f"{run.gradient_norm:.3f}",
            )
        )
    return Table("Measured at the end", heads, tuple(rows))


def tested(results: Sequence[tuple[str, int, Layers]], X: Array, t: Array) -> "Table":
    """Return the loss and the accuracy of networks on examples X (N, D), t (N,), as a table.

    results: of each network its training, its epoch, and its layers.
    """
    rows = (
        (title, f"{epoch}", f"{loss(layers, X, t):.3f}", f"{accuracy(layers, X, t):.1%}")
        for title, epoch, layers in results
    )
    return Table(f"On {len(X)} test examples", ("training", "epoch", "loss", "right"), tuple(rows))


@dataclass(frozen=True, repr=False)
class Table:
    """Texts in rows under heads: HTML in a notebook, aligned text elsewhere."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        lines = [self.heads, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = (
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
        return "\n".join([self.title, *texts])

    def _repr_html_(self) -> str:
        return table(
            self.title, self.heads, [row([escape(text) for text in texts]) for texts in self.rows]
        )


def _wide(columns: int, height: float) -> Picture:
    width = max(3.2 * columns, 4.4)
    return Picture(figsize=(width, height), facecolor="white", layout="constrained")


def _name(run: Run) -> str:
    return f"Case {run.case}"
