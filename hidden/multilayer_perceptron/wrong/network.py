"""Slips on the way through the network, for all exercises that go it: forward, loss, gradients, decision.

Trusted side.
"""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from solutions.multilayer_perceptron import Parameters

# From (parameters, X) to the hidden layer (N, H) and the logits (N, K).
Way = Callable[[Parameters, np.ndarray], tuple[np.ndarray, np.ndarray]]
Hidden = Callable[[Parameters, np.ndarray], np.ndarray]


def hidden_layer(P: Parameters, X: np.ndarray) -> np.ndarray:
    """Compute the right hidden layer."""
    return np.maximum(0, before(P, X))


def before(P: Parameters, X: np.ndarray) -> np.ndarray:
    """Compute the pre-activations of the hidden layer."""
    return X @ P.W_h + P.b_h


def logits(P: Parameters, hidden: np.ndarray) -> np.ndarray:
    """Compute the right logits of this hidden layer."""
    return hidden @ P.W_y + P.b_y


def way(hidden: Hidden = hidden_layer, output: Hidden = logits) -> Way:
    """The way through the network by these two steps; the right one without arguments."""

    def layers(P: Parameters, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        h = hidden(P, X)
        return h, output(P, h)

    return layers


@dataclass(frozen=True)
class Slip:
    """A wrong way through the network."""

    id: str
    belief: str
    hint: str
    way: Way

    def of(self, exercise: Callable[[Way], Function]) -> Misconception:
        """The misconception of an exercise that is written around a way through the network."""
        return Misconception(self.id, self.belief, self.hint, exercise(self.way))


def slips_of(
    exercise: Callable[[Way], Function], *, but: Collection[str] = ()
) -> tuple[Misconception, ...]:
    """The misconceptions of an exercise by these slips; `but` are ids of those that it cannot show."""
    return tuple(slip.of(exercise) for slip in SLIPS if slip.id not in but)


TURNED = (
    "Write the shape under each factor: rows of X are examples, and each column of a weight matrix belongs "
    "to one unit. Which axes does your product sum over?"
)
ANOTHER_ACTIVATION = (
    "Your hidden units end in an upper limit. Which activation does this network have in its hidden "
    "layer?"
)

SLIPS = (
    Slip(
        "hidden-bias-missing",
        "The hidden layer has no biases.",
        "Add 100 to one bias of the hidden layer: does anything change in your result?",
        way(lambda P, X: np.maximum(0, X @ P.W_h)),
    ),
    Slip(
        "output-bias-missing",
        "The output has no biases.",
        "Add 100 to one bias of the output: does anything change in your result?",
        way(output=lambda P, h: h @ P.W_y),
    ),
    Slip(
        "no-biases",
        "Biases are left out in both layers.",
        "Which of the four parameters does your code use? Two of them change nothing in your result.",
        way(lambda P, X: np.maximum(0, X @ P.W_h), lambda P, h: h @ P.W_y),
    ),
    Slip(
        "bias-after-the-activation",
        "The bias is added to what comes out of ReLU.",
        "In your network a bias cannot switch a unit on or off. Which comes first, the bias or the "
        "activation?",
        way(lambda P, X: np.maximum(0, X @ P.W_h) + P.b_h),
    ),
    Slip(
        "bias-subtracted",
        "A bias is a threshold that is subtracted.",
        "Raise a bias of the hidden layer a little: does its unit become more active? The text adds biases.",
        way(lambda P, X: np.maximum(0, X @ P.W_h - P.b_h)),
    ),
    Slip(
        "no-activation",
        "The hidden layer is linear.",
        "Look for negative numbers in your hidden layer. Without an activation two layers do no more than "
        "one.",
        way(before),
    ),
    Slip(
        "relu-on-logits",
        "Every layer ends in ReLU, the output too.",
        "A logit may be negative: that is how a network says that a class is unlikely. Which activation "
        "does the output have?",
        way(output=lambda P, h: np.maximum(0, logits(P, h))),
    ),
    Slip(
        "relu-before-the-weights",
        "ReLU is applied to the inputs of the layer.",
        "Your ReLU stands at the wrong end of the layer: it changes X, and the hidden layer stays linear.",
        way(lambda P, X: np.maximum(0, X) @ P.W_h + P.b_h),
    ),
    Slip(
        "step",
        "A hidden unit is 0 or 1.",
        "Your hidden units know only on and off. Do you call the activation, or its slope?",
        way(lambda P, X: (before(P, X) > 0).astype(float)),
    ),
    Slip(
        "tanh",
        "The hidden layer has tanh.",
        ANOTHER_ACTIVATION,
        way(lambda P, X: np.tanh(before(P, X))),
    ),
    Slip(
        "sigmoid",
        "The hidden layer has the sigmoid.",
        ANOTHER_ACTIVATION,
        way(lambda P, X: special.expit(before(P, X))),
    ),
    Slip(
        "softmax-in-both",
        "The hidden layer has softmax as well.",
        "Each row of your hidden layer sums to one. Only the output is a distribution; which activation do "
        "hidden units have?",
        way(lambda P, X: special.softmax(before(P, X), axis=-1)),
    ),
    Slip(
        "output-from-the-pre-activation",
        "The output sees the pre-activations.",
        "Your hidden layer is right, but the output does not see it. What should it be computed from, and "
        "what did you give it?",
        lambda P, X: (hidden_layer(P, X), logits(P, before(P, X))),
    ),
    Slip(
        "hidden-weights-turned",
        "The hidden layer is X times W_h transposed.",
        TURNED,
        way(lambda P, X: np.maximum(0, X @ P.W_h.T + P.b_h)),
    ),
    Slip(
        "output-weights-turned",
        "The logits are H times W_y transposed.",
        TURNED,
        way(output=lambda P, h: h @ P.W_y.T + P.b_y),
    ),
    Slip(
        "weights-left",
        "The weights stand left of the examples, as in W x.",
        TURNED,
        way(lambda P, X: np.maximum(0, P.W_h @ X + P.b_h)),
    ),
    Slip(
        "turned-weights-left",
        "The weights stand left of the examples, as in Wᵀ x.",
        TURNED,
        way(lambda P, X: np.maximum(0, P.W_h.T @ X + P.b_h)),
    ),
    Slip(
        "entry-by-entry",
        "* multiplies matrices.",
        "`*` multiplies entry by entry. Which operator multiplies matrices?",
        way(lambda P, X: np.maximum(0, X * P.W_h + P.b_h)),
    ),
    Slip(
        "bias-along-the-examples",
        "The biases are added down the examples.",
        "A bias belongs to a unit, so all examples get the same. Along which axis do the units lie, and "
        "along which do you add?",
        way(lambda P, X: np.maximum(0, X @ P.W_h + P.b_h[:, np.newaxis])),
    ),
)
