"""Plots of a feedback page as SVG that stands in the page and takes its colours from it. Trusted side.

Only numbers come from a report's plot, and its labels, which are ours and escaped all the same.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from autograder.report import Plot

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 40
FEW = 8  # entries with a label each; more are named by their arrays
MARK = 5.5  # half a marker's size


@dataclass(frozen=True)
class Figure:
    """An SVG with its caption, and what it shows in words."""

    svg: str
    caption: str
    description: str


def figure(plot: Plot, exercise: str) -> Figure:
    """Draw a plot of a report."""
    if plot.kind == "curve":
        caption = f"`{exercise}` over its argument: yours beside the right one."
        return _figure(plot, _curve(plot), caption, _worst(plot))
    if plot.kind == "sums":
        sums = ", ".join("no number" if got is None else f"{got:.4g}" for got in plot.got)
        caption = "What the rows of your result add up to. Each is a distribution: it has to be 1."
        return _figure(plot, _entries(plot), caption, f"The rows of your result add up to {sums}.")
    what = "weights after one epoch" if exercise == "sgd_epoch" else "slopes of the loss"
    caption = f"The entries of your result beside the right ones, the {what}."
    return _figure(plot, _entries(plot), caption, _worst(plot))


def _worst(plot: Plot) -> str:
    """In words, where the two differ most."""
    places = plot.labels or tuple(map(decimal, plot.x))
    gaps = [place for place, got in zip(places, plot.got, strict=True) if got is None]
    if gaps:
        return f"At {len(gaps)} of {len(places)} places your result is no finite number, first at {gaps[0]}."
    there = [got for got in plot.got if got is not None]
    pairs = zip(places, there, plot.expected, strict=True)
    place, got, expected = max(pairs, key=lambda pair: abs(pair[1] - pair[2]))
    numbers = f"yours is {decimal(got)} and the right one is {decimal(expected)}"
    return f"Your result differs most from the right one at {place}: {numbers}."


@dataclass(frozen=True)
class Axis:
    """From numbers to places on the drawing."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """The place of a number."""
        share = (number - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """A few round numbers."""
        rough = (self.high - self.low) / 5
        size = 10 ** math.floor(math.log10(rough))
        step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [step * number for number in range(first, last + 1)]


def _vertical(plot: Plot) -> Axis:
    numbers = [number for number in (*plot.got, *plot.expected, 0.0) if number is not None]
    low, high = min(numbers), max(numbers)
    margin = 0.06 * (high - low) or 1.0
    return Axis(low - margin, high + margin, HEIGHT - BOTTOM, TOP)


def _figure(plot: Plot, drawn: Iterator[str], caption: str, description: str) -> Figure:
    y = _vertical(plot)
    grid = "".join(
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y.at(tick)}" y2="{y.at(tick)}"/>'
        f'<text x="{LEFT - 8}" y="{y.at(tick) + 4}" text-anchor="end">{decimal(tick)}</text>'
        for tick in y.ticks()
    )
    zero = f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y.at(0)}" y2="{y.at(0)}"/>'
    label = escape(f"Plot. {caption.replace('`', '')} {description}", quote=True)
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f"{grid}{zero}{''.join(drawn)}</svg>"
    )
    return Figure(svg, caption, description)


def decimal(number: float) -> str:
    """A number as a reader meets it."""
    return f"{number:.4g}".replace("-", "−")


def _curve(plot: Plot) -> Iterator[str]:
    x, y = Axis(plot.x[0], plot.x[-1], LEFT, WIDTH - RIGHT), _vertical(plot)
    for tick in x.ticks():
        yield f'<text x="{x.at(tick)}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{decimal(tick)}</text>'
    for kind, numbers in (("right", plot.expected), ("yours", plot.got)):
        for points in _pieces(plot.x, numbers):
            line = " ".join(f"{x.at(a)},{y.at(b)}" for a, b in points)
            yield f'<polyline class="{kind}" points="{line}"/>'


def _pieces(
    x: Sequence[float], numbers: Sequence[float | None]
) -> Iterator[list[tuple[float, float]]]:
    """The parts of a line between its gaps."""
    pairs = zip(x, numbers, strict=True)
    for there, points in groupby(pairs, key=lambda pair: pair[1] is not None):
        if there:
            yield [(a, b) for a, b in points if b is not None]


def _entries(plot: Plot) -> Iterator[str]:
    count = len(plot.expected)
    x, y = Axis(-0.5, count - 0.5, LEFT, WIDTH - RIGHT), _vertical(plot)
    yield from _places(plot, x)
    for i, (got, expected) in enumerate(zip(plot.got, plot.expected, strict=True)):
        a, right = x.at(i), y.at(expected)
        if got is None:
            yield f'<text class="gap" x="{a}" y="{right - 10}" text-anchor="middle">no number</text>'
        else:
            yield f'<line class="between" x1="{a}" x2="{a}" y1="{right}" y2="{y.at(got)}"/>'
        yield f'<circle class="right" cx="{a}" cy="{right}" r="{MARK}"/>'
        if got is not None:
            yield _diamond(a, y.at(got))


def _diamond(x: float, y: float) -> str:
    corners = ((x, y - MARK), (x + MARK, y), (x, y + MARK), (x - MARK, y))
    points = " ".join(f"{round(a, 1)},{round(b, 1)}" for a, b in corners)
    return f'<polygon class="yours" points="{points}"/>'


def _places(plot: Plot, x: Axis) -> Iterator[str]:
    """Under each entry its place; of many, under the entries of each array its name."""
    below = HEIGHT - BOTTOM + 18
    count = len(plot.expected)
    labels = plot.labels or tuple(f"row {i + 1}" for i in range(count))
    if count <= FEW:
        for i, label in enumerate(labels):
            yield f'<text x="{x.at(i)}" y="{below}" text-anchor="middle">{escape(label)}</text>'
        return
    for name, group in groupby(range(count), key=lambda i: labels[i].partition("[")[0]):
        places = list(group)
        middle = x.at((places[0] + places[-1]) / 2)
        text = escape(name or "entries")
        yield f'<text x="{middle}" y="{below}" text-anchor="middle">{text}</text>'
        if places[0]:
            edge = x.at(places[0] - 0.5)
            yield f'<line class="grid" x1="{edge}" x2="{edge}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'


def legend(plot: Plot) -> tuple[str, str]:
    """The signs of yours and of the right one, as SVG."""
    if plot.kind == "curve":
        line = '<polyline class="{}" points="0,6 20,6"/>'
        return _key(line.format("yours")), _key(line.format("right"))
    return _key(_diamond(10, 6)), _key(f'<circle class="right" cx="10" cy="6" r="{MARK - 0.5}"/>')


def _key(sign: str) -> str:
    return f'<svg class="key" viewBox="0 0 20 12" aria-hidden="true">{sign}</svg>'
