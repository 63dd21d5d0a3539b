"""Misconceptions of what goes back through the network, for `gradients`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from solutions.multilayer_perceptron import Parameters

from .network import Way, before, way

# From prediction minus target (N, K), the parameters, the pre-activations and the hidden layer to what the
# hidden layer gets, (N, H).
Back = Callable[[np.ndarray, Parameters, np.ndarray, np.ndarray], np.ndarray]
# From the probabilities (N, K) and the targets (N, K), one-hot, to prediction minus target.
Error = Callable[[np.ndarray, np.ndarray], np.ndarray]
# All gradients from X, the hidden layer, and what reaches the output and the hidden layer.
Assembly = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], object]


def assembled(X: np.ndarray, hidden: np.ndarray, d_y: np.ndarray, d_h: np.ndarray) -> Parameters:
    """The right gradients from all that is needed for them."""
    return Parameters(X.T @ d_h, d_h.sum(axis=0), hidden.T @ d_y, d_y.sum(axis=0))


def right_back(d_y: np.ndarray, P: Parameters, _: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """What rightly comes back to the hidden layer."""
    return d_y @ P.W_y.T * (hidden > 0)


def gradients_by(
    *,
    through: Way | None = None,
    error: Error = np.subtract,
    back: Back = right_back,
    assembly: Assembly = assembled,
) -> Function:
    """The gradients with some steps exchanged; right without arguments."""

    def wrong(P: Parameters, X: np.ndarray, t: np.ndarray) -> object:
        hidden, Z = (through or way())(P, X)
        d_y = error(special.softmax(Z, axis=-1), np.eye(Z.shape[1])[t]) / len(t)
        return assembly(X, hidden, d_y, back(d_y, P, before(P, X), hidden))

    return wrong


def _labels(P: Parameters, X: np.ndarray, t: np.ndarray, targets: np.ndarray) -> object:
    """The labels themselves are subtracted."""
    return gradients_by(error=lambda Y, _: Y - targets)(P, X, t)


SHAPES = (
    "Write the shape under each factor: δʸ has a row for each example and a column for each class, and the "
    "hidden layer has to get a column for each unit. Over what does the sum in the text go?"
)
TARGETS = (
    "Look at the targets that you subtract: each row should say which class is the right one, by one number "
    "for each class. What stands in yours?"
)

WAY_BACK = (
    Misconception(
        "output-weights-not-turned",
        "δʸ is multiplied by W_y as it is.",
        SHAPES,
        gradients_by(back=lambda d_y, P, _, h: d_y @ P.W_y * (h > 0)),
    ),
    Misconception(
        "output-weights-first",
        "W_y stands left of δʸ, as in the text for one example.",
        SHAPES,
        gradients_by(back=lambda d_y, P, _, h: P.W_y @ d_y * (h > 0)),
    ),
    Misconception(
        "output-weights-forgotten",
        "δʸ itself comes back to the hidden layer.",
        SHAPES,
        gradients_by(back=lambda d_y, _, __, h: d_y * (h > 0)),
    ),
    Misconception(
        "back-through-the-hidden-weights",
        "What comes back goes through W_h.",
        "Between the output and the hidden layer lies one of the two matrices: through which one does δʸ "
        "come back?",
        gradients_by(back=lambda d_y, P, _, h: d_y @ P.W_h * (h > 0)),
    ),
    Misconception(
        "slope-at-the-output",
        "δʸ is multiplied by y(1 − y).",
        "For softmax with its loss the slope cancels: see what is left of the gradient with respect to "
        "the logits.",
        gradients_by(error=lambda Y, T: (Y - T) * Y * (1 - Y)),
    ),
    Misconception(
        "target-forgotten",
        "δʸ is the prediction.",
        "What should the gradient be for an example that is predicted perfectly? Yours does not depend on t.",
        gradients_by(error=lambda Y, _: Y),
    ),
    Misconception(
        "prediction-forgotten",
        "δʸ is minus the target.",
        "What should the gradient be for an example that is predicted perfectly? Yours does not depend on "
        "the prediction.",
        gradients_by(error=lambda _, T: -T),
    ),
    Misconception(
        "own-class-only",
        "Only the logit of the own class gets a gradient.",
        "In your δʸ all columns but that of the own class are 0. How does the loss change when the logit of "
        "another class grows?",
        gradients_by(error=lambda Y, T: (Y - T) * T),
    ),
    Misconception(
        "absent-classes-stay",
        "Classes that are not in the batch do not move.",
        "A class without an example in the batch is too probable, too, wherever it has a probability. What "
        "makes its column 0 in your code?",
        gradients_by(error=lambda Y, T: (Y - T) * T.any(axis=0)),
    ),
    Misconception(
        "decision-for-probability",
        "The prediction is the most probable class.",
        "You subtract the target from the decision. Then nothing is learned from an example that is right by "
        "a hair: which prediction has a gradient?",
        gradients_by(error=lambda Y, T: np.eye(Y.shape[1])[Y.argmax(axis=1)] - T),
    ),
    Misconception(
        "size-of-the-error",
        "δʸ is the size of the error.",
        "All your δʸ are positive. Should the logit of the own class be pushed in the same direction as the "
        "others?",
        gradients_by(error=lambda Y, T: np.abs(Y - T)),
    ),
    Misconception(
        "classes-from-1",
        "Classes are counted from 1.",
        "Your targets are a class too low. With which number do classes begin?",
        gradients_by(error=lambda Y, T: Y - np.roll(T, -1, axis=1)),
    ),
    Misconception(
        "labels-as-a-column",
        "The labels are subtracted from every probability.",
        TARGETS,
        lambda P, X, t: _labels(P, X, t, t[:, np.newaxis]),
    ),
    Misconception(
        "labels-as-they-are",
        "t has the shape of the output.",
        TARGETS,
        lambda P, X, t: _labels(P, X, t, t),
    ),
)
