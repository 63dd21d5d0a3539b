"""Misconceptions of `repair_3`, where the learning rate is too high. Trusted side."""

from collections.abc import Sequence

import numpy as np

from .forms import ideas_of_any_case
from .repairs import (
    Repair,
    factors,
    idea,
    scale,
    size,
)


def _shifted(repairs: Sequence[Repair]) -> bool:
    return all(F.shape == X.shape and np.ptp(F - X) <= 1e-6 for X, F, _ in repairs)


MISCONCEPTIONS = (
    *ideas_of_any_case(lambda X: X / 16, 1.0),
    idea(
        "pixels-left-out",
        "Fewer features are easier to learn.",
        "You throw information away: with fewer pixels the classes are harder to tell apart. What "
        "killed the ReLUs, the number of pixels, or the size of the steps?",
        lambda X: (X[:, 16:48], 1),
        lambda repairs: all(F.shape[1] < X.shape[1] for X, F, _ in repairs),
    ),
    idea(
        "rate-turned-up",
        "The learning rate is too low.",
        "You make the steps larger. Look how many ReLUs are dead, and when the loss stops falling: what "
        "happened in the first steps? Try both directions with `experiment`.",
        lambda X: (X, 10),
        lambda repairs: factors(repairs) > 1 and size(repairs) >= 1,
    ),
    idea(
        "features-made-larger",
        "Larger features, or their squares, tell more.",
        "The gradient of a weight grows with the feature that it multiplies, and so do the steps. What "
        "do your features do to steps that are too large already?",
        lambda X: (np.hstack([X, X**2]), 1),
        lambda repairs: factors(repairs) == 1 and size(repairs) > 1,
    ),
    idea(
        "only-shifted",
        "The pixels have to lie around 0.",
        "You shift the pixels, but they differ as much as before. What is it about them that makes the "
        "steps so large?",
        lambda X: (X - 8, 1),
        lambda repairs: _shifted(repairs) and scale(repairs) is None,
    ),
    idea(
        "too-timid",
        "Slightly smaller steps will do.",
        "The direction is right. Look how many ReLUs are still dead after your training, and be bolder: "
        "change rates by factors of 10.",
        lambda X: (X, 0.7),
        lambda repairs: 1 > factors(repairs) * (scale(repairs) or 0) ** 2 >= 0.02,
    ),
    idea(
        "two-repairs-at-once",
        "The pixels and the learning rate are both made smaller.",
        "Either of your two changes makes the steps smaller, and together they make them tiny. Now it "
        "is case 1: try each of them alone.",
        lambda X: (X / 16, 0.001),
        lambda repairs: factors(repairs) < 1 and (scale(repairs) or 1) < 1,
    ),
    idea(
        "too-small-steps",
        "The smaller the steps, the better.",
        "No ReLU is dead now, but the loss hardly falls: you have made case 1 of case 3. What lies "
        "between the steps as they were and yours?",
        lambda X: (X, 1e-5),
        lambda repairs: factors(repairs) * (scale(repairs) or 1) ** 2 < 0.02,
    ),
)
