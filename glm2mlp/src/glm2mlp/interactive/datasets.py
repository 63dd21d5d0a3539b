"""The small data sets of the interactive figures. Student side, public."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def yes_or_no_examples() -> tuple[list[float], list[int]]:
    """Return twelve x (N,) of two classes t (N,) that overlap, so that a best w and b exist."""
    x = [-4.6, -3.5, -2.8, -1.9, -0.7, 0.8, -1.2, 0.3, 1.4, 2.6, 3.7, 4.9]
    return x, [0] * 6 + [1] * 6


def line_examples(seed: int = 3, N: int = 40) -> tuple[list[float], list[float]]:
    """Draw x (N,) and t (N,) around the line 1.2 x + 0.5, with Normal noise of variance 1."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-2, 2, N)
    return _short(x), _short(1.2 * x + 0.5 + rng.normal(size=N))


def plane_datasets(seed: int = 1, N: int = 150) -> dict[str, dict[str, Any]]:
    """Draw five data sets in the plane, each with its name, X (N, 2) within ±3 and t (N,)."""
    rng = np.random.default_rng(seed)
    drawn = {
        "clouds": ("three clouds", _clouds(N, rng)),
        "ring": ("ring", _ring(N, rng)),
        "xor": ("xor", _xor(N, rng)),
        "moons": ("two moons", _moons(N, rng)),
        "spiral": ("two spirals", _spiral(N, rng)),
    }
    return {
        key: {"name": name, "X": [_short(x) for x in np.clip(X, -2.9, 2.9)], "t": t.tolist()}
        for key, (name, (X, t)) in drawn.items()
    }


def _clouds(N: int, rng: np.random.Generator) -> tuple[Array, Array]:
    t = np.arange(N) % 3
    centres = np.array([(-1.4, -0.9), (1.4, -0.9), (0, 1.3)])
    return centres[t] + 0.6 * rng.normal(size=(N, 2)), t


def _ring(N: int, rng: np.random.Generator) -> tuple[Array, Array]:
    t = np.arange(N) % 2
    radius = np.where(t == 0, np.sqrt(rng.uniform(0, 1, N)), rng.uniform(1.6, 2.5, N))
    return _polar(radius, rng.uniform(0, 2 * np.pi, N)), t


def _xor(N: int, rng: np.random.Generator) -> tuple[Array, Array]:
    signs = rng.choice([-1, 1], size=(N, 2))
    return signs * rng.uniform(0.2, 2.4, size=(N, 2)), (signs.prod(axis=1) < 0).astype(int)


def _moons(N: int, rng: np.random.Generator) -> tuple[Array, Array]:
    t = np.arange(N) % 2
    moon = _polar(np.full(N, 1.6), rng.uniform(0, np.pi, N))
    turned = np.where(t[:, np.newaxis] == 0, moon, -moon)
    return turned + np.where(t == 0, -1, 1)[:, np.newaxis] * (0.8, 0.35) + 0.18 * rng.normal(
        size=(N, 2)
    ), t


def _spiral(N: int, rng: np.random.Generator) -> tuple[Array, Array]:
    t = np.arange(N) % 2
    way = np.sqrt(rng.uniform(0.02, 1, N))
    angle = 1.3 * np.pi * 2 * way + np.pi * t
    return _polar(2.6 * way, angle) + 0.09 * rng.normal(size=(N, 2)), t


def _polar(radius: Array, angle: Array) -> Array:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _short(values: Array) -> list[float]:
    """Round to what a page needs to carry."""
    return [round(float(value), 2) for value in values]
