"""Pictures of the overview as SVG in the page's own colours. Trusted side.

Only numbers and our own words are in them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from autograder.feedback.content import number
from autograder.feedback.figures import Axis, Figure, decimal
from autograder.overview.content import ExerciseFigures
from autograder.overview.statistics import Distribution

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 62
FEWEST_TICKS = 4
BAR = 100.0  # the length of a whole bar
SHAPE = 'preserveAspectRatio="none" aria-hidden="true"'


def histogram(points: Distribution) -> Figure:
    """How many students have how many points; below it the middle half of them, and the median."""
    x = Axis(0, points.maximum, LEFT, WIDTH - RIGHT)
    most = max(1, *(each.students for each in points.bins))
    y = Axis(0, most, HEIGHT - BOTTOM, TOP)
    caption = (
        f"Points out of {points.maximum:g}, and how many students have them. "
        "The band below is the middle half of the class, the mark in it the median."
    )
    description = (
        f"Median {number(points.median)}, mean {number(points.mean)}; half of the students have "
        f"{number(points.lower_quartile)} to {number(points.upper_quartile)}, all have "
        f"{number(points.lowest)} to {number(points.highest)}."
    )
    drawn = "".join((*_grid(most, y), *_bars(points, x, y), *_ticks(x), *_spread(points, x)))
    label = escape(f"Histogram. {caption} {description}", quote=True)
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{drawn}</svg>'
    return Figure(svg, caption, description)


def _grid(most: int, y: Axis) -> Iterator[str]:
    step = max(1, math.ceil(most / FEWEST_TICKS))
    for students in range(0, most + 1, step):
        at = y.at(students)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}"/>'
        yield f'<text x="{LEFT - 8}" y="{at + 5}" text-anchor="end">{students}</text>'


def _bars(points: Distribution, x: Axis, y: Axis) -> Iterator[str]:
    for each in points.bins:
        if each.students:
            left, right, top = x.at(each.low) + 1, x.at(each.high) - 1, y.at(each.students)
            yield (
                f'<rect class="count" x="{left}" y="{top}" width="{right - left:.1f}" '
                f'height="{HEIGHT - BOTTOM - top:.1f}"/>'
            )


def _ticks(x: Axis) -> Iterator[str]:
    for tick in x.ticks():
        yield (
            f'<text x="{x.at(tick)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{decimal(tick)}</text>'
        )


def _spread(points: Distribution, x: Axis) -> Iterator[str]:
    quartiles = (points.lower_quartile, points.median, points.upper_quartile)
    low, middle, high = (x.at(min(each, points.maximum)) for each in quartiles)
    top = HEIGHT - BOTTOM + 34
    width = max(high - low, 2)
    yield f'<rect class="half" x="{low}" y="{top}" width="{width:.1f}" height="12"/>'
    yield f'<rect class="median" x="{middle - 2:.1f}" y="{top - 4}" width="4" height="20"/>'


@dataclass(frozen=True)
class Shares:
    """A bar of how an exercise went, and the same in words."""

    svg: str
    words: str


STATES = (
    ("full", "full points"),
    ("part", "in part"),
    ("none", "no points"),
    ("absent", "no answer"),
    ("pending", "pending"),
)


def shares(exercise: ExerciseFigures) -> Shares:
    """How many students earned all, some or none of the points."""
    counts = (exercise.full, exercise.part, exercise.none, exercise.missing, exercise.pending)
    total = sum(counts) or 1
    at, drawn, words = 0.0, [], []
    for (state, name), count in zip(STATES, counts, strict=True):
        if count:
            width = BAR * count / total
            drawn.append(
                f'<rect class="{state}" x="{at:.2f}" y="0" width="{width:.2f}" height="8"/>'
            )
            words.append(f"{round(100 * count / total)} % {name}")
            at += width
    return Shares(
        f'<svg class="share" viewBox="0 0 100 8" {SHAPE}>{"".join(drawn)}</svg>', ", ".join(words)
    )


def bar(count: int, everybody: int) -> str:
    """A count as a part of everybody."""
    width = BAR * count / everybody
    rect = f'<rect class="count" x="0" y="0" width="{width:.2f}" height="8"/>'
    return f'<svg class="share" viewBox="0 0 100 8" {SHAPE}>{rect}</svg>'
