"""Mistakes with the four parts that travel together: W_h, b_h, W_y, b_y. Trusted side."""

from collections.abc import Callable, Mapping
from typing import Any

from autograder.misconceptions import After
from autograder.misconceptions.transformations import (
    Arguments,
    NotApplicableError,
    Transformation,
)
from solutions.multilayer_perceptron import Parameters


def of_parts(change: Callable[[Parameters, Arguments], object]) -> After:
    """`change` of a result that has the four parts, and of the arguments."""

    def after(value: Any, args: Arguments, kwargs: Mapping[str, Any]) -> object:
        del kwargs
        if not isinstance(value, tuple) or len(value) != len(Parameters._fields):
            raise NotApplicableError
        return change(Parameters(*value), args)

    return after


WEIGHTS_FIRST = Transformation(
    "weights-first",
    "The order is both weight matrices, then both biases.",
    "You return the right four arrays, but in another order: compare with that of `Parameters`.",
    of_parts(lambda value, _: (*value[::2], *value[1::2])),
)
OUTPUT_FIRST = Transformation(
    "output-first",
    "The parts of the output come first.",
    "You return the right four arrays, but in another order: compare with that of `Parameters`.",
    of_parts(lambda value, _: (*value[2:], *value[:2])),
)
WEIGHTS_ONLY = Transformation(
    "weights-only",
    "Only the weight matrices are returned.",
    "You return two arrays, and there are four: where are the biases?",
    of_parts(lambda value, _: tuple(value[::2])),
)
LAYERS_AS_PAIRS = Transformation(
    "layers-as-pairs",
    "Each layer is a pair of its own.",
    "You return a pair of pairs: four arrays side by side were asked for, see `Parameters`.",
    of_parts(lambda value, _: (tuple(value[:2]), tuple(value[2:]))),
)
