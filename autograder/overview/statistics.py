"""What numbers say of a class: distribution, difficulty, discrimination. Trusted side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

FEW = 10  # a correlation over fewer students says next to nothing
MOST_BINS = 25


@dataclass(frozen=True)
class Bin:
    """How many students have points from `low` on, below `high`; the last bin has its upper end too."""

    low: float
    high: float
    students: int


@dataclass(frozen=True)
class Distribution:
    """The points that students earned, of `maximum`; extra credit can make more of them."""

    maximum: float
    bins: tuple[Bin, ...]
    mean: float
    lowest: float
    lower_quartile: float
    median: float
    upper_quartile: float
    highest: float


def distribution(points: Sequence[float], maximum: float) -> Distribution | None:
    """Of the points of at least one student."""
    if not points:
        return None
    width = next(
        step
        for scale in (1, 10, 100, 1000)
        for step in (scale, 2 * scale, 5 * scale)
        if maximum / step <= MOST_BINS
    )
    edges = [float(width * i) for i in range(math.ceil(maximum / width))] + [float(maximum)]
    counts, _ = np.histogram(
        np.minimum(points, maximum), bins=edges
    )  # 0.1 three times is above 0.3
    bins = tuple(
        Bin(low, high, int(count))
        for low, high, count in zip(edges, edges[1:], counts, strict=False)
    )
    lowest, lower, median, upper, highest = map(float, np.quantile(points, [0, 0.25, 0.5, 0.75, 1]))
    mean = float(np.mean(points))
    return Distribution(maximum, bins, mean, lowest, lower, median, upper, highest)


def shares(earned: Sequence[float | None], maximum: float) -> list[float]:
    """What part of its points an exercise gave to each student whose points are known."""
    return [points / maximum for points in earned if points is not None]


def discriminations(earned: Mapping[str, Sequence[float | None]]) -> dict[str, float | None]:
    """For each exercise the correlation of its points with those of all others together.

    The exercise itself is left out of the sum (the corrected item-total correlation): it would always agree
    with itself. A student counts where all points are known. None where a correlation says nothing: for
    less than ten students, or where everybody has the same.
    """
    rows = np.array(list(earned.values()), dtype=float)  # None becomes nan
    rows = rows[:, ~np.isnan(rows).any(axis=0)] if rows.size else rows
    return {
        name: _correlation(row, rows.sum(axis=0) - row)
        for name, row in zip(earned, rows, strict=True)
    }


def _correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    if a.size < FEW or np.ptp(a) == 0 or np.ptp(b) < 1e-9:
        return None
    return float(np.corrcoef(a, b)[0, 1])
