"""Guards against large exponentials, and against 0 and 1, that spoil the sigmoid. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Iterator

import numpy as np

from autograder.misconceptions import Misconception
from solutions.logistic_regression import sigmoid

from ...shared.entrywise import IN_PLACE

_KEPT_OFF = (
    "Far out your result stays a little off 0 or 1. Is that the sigmoid, or a helper against trouble "
    "that arises elsewhere? The logarithm of 0 is a question for the loss, not for this function."
)


def _clipped_by_assignment(limit: int) -> Misconception:
    def wrong(z: np.ndarray) -> np.ndarray:
        z[z < -limit] = -limit
        return sigmoid(z)

    return Misconception(
        f"clipped-in-place-at-{limit}", "Very negative logits are cut off.", IN_PLACE, wrong
    )


def _kept_off(distance: float) -> Misconception:
    return Misconception(
        f"kept-{distance:g}-off-0-and-1",
        "The result is clipped, so that a later logarithm never sees 0.",
        _KEPT_OFF,
        lambda z: np.clip(sigmoid(z), distance, 1 - distance),
    )


def _cut_off(limit: int) -> Misconception:
    return Misconception(
        f"cut-off-at-{limit}",
        "Large logits are cut off, to keep the exponential small.",
        "Your curve stops rising too early: compare your results for two large logits. How large may z be "
        "before e⁻ᶻ makes any trouble at all, and on which side?",
        lambda z: sigmoid(np.clip(z, -limit, limit)),
    )


def guards() -> Iterator[Misconception]:
    """Guards of all usual sizes."""
    yield from (_clipped_by_assignment(limit) for limit in (100, 700))
    yield from (_cut_off(limit) for limit in (5, 10, 20))
    yield from (_kept_off(distance) for distance in (1e-8, 1e-7, 1e-6, 1e-5))
