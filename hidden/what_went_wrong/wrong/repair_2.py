"""Misconceptions of `repair_2`, where the feature does not suffice. Trusted side."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.misconceptions import Misconception

from .forms import ideas_of_any_case
from .repairs import (
    Repair,
    factors,
    idea,
    scale,
)


def _linear(repairs: Sequence[Repair]) -> bool:
    """Whether all features are the same lines in the width, for all calls."""
    if len({F.shape[1] for _, F, _ in repairs}) > 1:
        return False
    X, F = (np.vstack(parts) for parts in list(zip(*repairs, strict=True))[:2])
    lines = np.hstack([X, np.ones_like(X)])
    fitted = lines @ np.linalg.lstsq(lines, F, rcond=None)[0]
    return bool(np.abs(fitted - F).max() <= 1e-6 * np.abs(F).max())


def _one_way(repairs: Sequence[Repair]) -> bool:
    """Whether each feature rises all the way, or falls all the way."""
    if len({F.shape[1] for _, F, _ in repairs}) > 1:
        return False
    X, F = (np.vstack(parts) for parts in list(zip(*repairs, strict=True))[:2])
    steps = np.diff(F[np.argsort(X[:, 0], kind="stable")], axis=0)
    noise = 1e-9 * np.abs(F).max()
    return bool(((steps >= -noise).all(axis=0) | (steps <= noise).all(axis=0)).all())


def _hstack(X: Any) -> Any:
    return np.hstack(X, X**2), 1  # type: ignore[call-overload]


MISCONCEPTIONS = (
    *ideas_of_any_case(lambda X: np.hstack([X, X**2]), 1.0),
    idea(
        "rate-turned-up",
        "The learning rate is too low.",
        "With ten times the rate the loss is the same as before, and the gradient at the end is "
        "near 0: this training has arrived. What cannot be reached from there by any step?",
        lambda X: (X, 10),
        lambda repairs: scale(repairs) == 1 and factors(repairs) > 1,
    ),
    idea(
        "rate-turned-down",
        "The learning rate is too high.",
        "With a tenth of the rate the loss is no lower than before, and no ReLU can die, since "
        "there are none. The training has arrived: what cannot be reached from there by any step?",
        lambda X: (X, 0.1),
        lambda repairs: scale(repairs) == 1 and factors(repairs) < 1,
    ),
    idea(
        "lines",
        "The width scaled, shifted or doubled is another feature.",
        "All your features are lines in the width, and a sum of lines is a line. The picture asks "
        "for a curve that is high in the middle only: can you draw it with a ruler?",
        lambda X: (np.hstack([X, 2 * X + 1]), 1),
        _linear,
    ),
    idea(
        "one-way",
        "Any bent curve will do.",
        "Your features are bent, but each of them rises all the way, or falls all the way, as the "
        "width does. Narrow and wide petals are the same class: what have they in common?",
        lambda X: (np.exp(X), 1),
        _one_way,
    ),
    idea(
        "rate-spoiled",
        "The learning rate has to be changed as well.",
        "Your features can do it, but now the training does not arrive. What did the experiments "
        "say about the learning rate of this case?",
        lambda X: (np.hstack([X, X**2]), 0.01),
        lambda repairs: not 0.5 <= factors(repairs) <= 2,
    ),
    Misconception(
        "arrays-one-by-one",
        "hstack takes the arrays as arguments of their own.",
        "Look up what `np.hstack` takes: the arrays are one argument, in brackets of their own.",
        _hstack,
    ),
)
