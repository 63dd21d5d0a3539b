"""Misconceptions of `sgd_epoch` for any model, made from tables of slips. Trusted side."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    Transformation,
)

from .sgd_epoch_batches import BATCHES
from .sgd_epoch_orders import ORDERS, OWN_GENERATORS, WRITTEN_INTO
from .sgd_epoch_parts import each, epoch
from .sgd_epoch_steps import STEPS


def _written_over(value: Any, args: tuple[Any, ...], _: Mapping[str, Any]) -> Any:
    """The caller's parameters become the new ones."""
    if any(isinstance(value, kind) and isinstance(args[0], kind) for kind in (np.ndarray, tuple)):
        each(np.copyto, args[0], value)
    return value


IN_PLACE = Transformation(
    "in-place",
    "The caller's parameters are changed.",
    f"Look at the parameters that you were given, after the call: they have changed. {WRITTEN_INTO}",
    _written_over,
)


def misconceptions_of_epoch(
    gradient: Function, *, harmless: Collection[str] = ()
) -> tuple[Misconception, ...]:
    """The misconceptions of the `sgd_epoch` of a model, by its right gradient.

    `gradient` is called with (parameters, X, t) and, if the epoch gets one, the keyword l2; parameters are
    an array or a tuple of arrays. `harmless` are ids of slips that leave this model right.
    """
    right = epoch()(gradient)
    slips = (*ORDERS, *OWN_GENERATORS, *BATCHES, *STEPS)
    return (
        *(slip.of(gradient) for slip in slips if slip.id not in harmless),
        IN_PLACE.of(right),
        SINGLE_PRECISION.of(right),
        LISTED.of(right),
        NOTHING_RETURNED.of(right),
    )
