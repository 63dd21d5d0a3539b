"""Misconceptions of the slope of the activation, for `gradients`. Trusted side.

A mask by h ≥ 0 is no mask at all, since ReLU is never negative: both are «no-mask».
"""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from solutions.multilayer_perceptron import Parameters

from .backward import gradients_by
from .network import before, way


def _slope(slope: Callable[[np.ndarray, np.ndarray], object]) -> Function:
    """Another slope, of the pre-activations and the hidden layer."""
    return gradients_by(back=lambda d_y, P, z, h: d_y @ P.W_y.T * slope(z, h))


def _tanh_network(P: Parameters, X: np.ndarray, t: np.ndarray) -> object:
    through = way(lambda P, X: np.tanh(before(P, X)))
    return gradients_by(through=through, back=lambda d_y, P, _, h: d_y @ P.W_y.T * (1 - h**2))(
        P, X, t
    )


WHOSE_SLOPE = (
    "You use the slope of another activation. Which one has the hidden layer of this network, and which "
    "values has its slope?"
)

SLOPES = (
    Misconception(
        "no-mask",
        "What comes back goes through all units, or through those with h ≥ 0, which are all.",
        "A unit that is off passes nothing back. Which of yours are off, and can h tell it by being "
        "negative?",
        _slope(lambda *_: 1),
    ),
    Misconception(
        "on-at-the-kink",
        "A unit is on if z ≥ 0.",
        "Everything is right but where a pre-activation is exactly 0. Which slope was agreed on there?",
        _slope(lambda z, _: z >= 0),
    ),
    Misconception(
        "times-h",
        "The slope of ReLU is h.",
        "You multiply by how active a unit is, instead of by how steep its activation is there. Which "
        "values can the slope have?",
        _slope(lambda _, h: h),
    ),
    Misconception(
        "times-z",
        "The slope of ReLU is z.",
        "You multiply by the pre-activation, negative ones too. Which values can the slope have?",
        _slope(lambda z, _: z),
    ),
    Misconception(
        "h-times-1-minus-h",
        "Every slope is h(1 − h).",
        WHOSE_SLOPE,
        _slope(lambda _, h: h * (1 - h)),
    ),
    Misconception(
        "slope-of-the-sigmoid",
        "The slope is that of the sigmoid.",
        WHOSE_SLOPE,
        _slope(lambda z, _: special.expit(z) * special.expit(-z)),
    ),
    Misconception(
        "one-minus-h-squared", "The slope is 1 − h².", WHOSE_SLOPE, _slope(lambda _, h: 1 - h**2)
    ),
    Misconception(
        "slope-of-tanh",
        "The slope is that of tanh.",
        WHOSE_SLOPE,
        _slope(lambda z, _: 1 - np.tanh(z) ** 2),
    ),
    Misconception(
        "linear-network",
        "There is no activation, neither forward nor back.",
        "Your hidden layer has no activation at all, neither on the way forward nor on the way back. Where "
        "does ReLU come in?",
        gradients_by(through=way(before), back=lambda d_y, P, *_: d_y @ P.W_y.T),
    ),
    Misconception("tanh-network", "The hidden layer has tanh.", WHOSE_SLOPE, _tanh_network),
    Misconception(
        "off-units",
        "The units that are off pass something back.",
        "Your mask is turned round: which units can change the loss a little when their weights change a "
        "little, those that are on or those that are off?",
        _slope(lambda _, h: h <= 0),
    ),
    Misconception(
        "sign-of-z",
        "A unit that is off passes back the opposite.",
        "A unit that is off turns what comes back around in your code. How steep is ReLU left of zero?",
        _slope(lambda z, _: np.sign(z)),
    ),
    Misconception(
        "mask-by-what-comes-back",
        "ReLU is applied to what comes back.",
        "You let pass what is positive on its way back. It is the way forward that decides: which units "
        "were on?",
        gradients_by(back=lambda d_y, P, *_: np.maximum(0, d_y @ P.W_y.T)),
    ),
    Misconception(
        "mask-by-the-mean",
        "A unit is on if its mean over the batch is.",
        "A unit may be on for one example and off for another. How many numbers has your mask?",
        _slope(lambda z, _: z.mean(axis=0) > 0),
    ),
    Misconception(
        "mask-by-any",
        "A unit is on if it is on for some example.",
        "A unit may be on for one example and off for another. How many numbers has your mask?",
        _slope(lambda _, h: (h > 0).any(axis=0)),
    ),
)
