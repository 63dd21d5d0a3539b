"""Misconceptions of `regularized_loss`. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import NOTHING_RETURNED, SINGLE_PRECISION
from solutions.multilayer_perceptron import Parameters
from solutions.regularization import regularized_loss

from ...shared.linear import IN_PLACE

_WHO_PAYS = (
    "Set all {} to zero: your result stays as it is. Which of the arrays hold weights that pay?"
)
_DOUBLE = (
    "Double all weights, with a loss of 0: your result becomes {}, and should become four times as large. "
    "What "
    "happens to a single weight in the formula?"
)
_HOW_MANY = (
    "Add a hidden unit: its weights cost something, so your result should grow. Does the formula add up the "
    "squares, or divide by how many there are?"
)
_OTHER_SIGN = (
    "Take one weight 1 and one weight −1, with a loss of 0: your result is 0, as if they cost nothing. "
    "What is "
    "done first in the formula, and what afterwards?"
)


def _squares(P: Parameters) -> float:
    return np.sum(P.W_h**2) + np.sum(P.W_y**2)


def _priced(price: Callable[[Parameters], object]) -> Function:
    """The loss plus half the strength times what stands in the place of the squares."""
    return lambda P, loss, l2: loss + l2 / 2 * price(P)


def _in_place(P: Parameters, loss: float, l2: float) -> float:
    for W in (P.W_h, P.W_y):
        np.square(W, out=W)
    return loss + l2 / 2 * (P.W_h.sum() + P.W_y.sum())


MISCONCEPTIONS = (
    Misconception(
        "biases-pay",
        "The biases have a price too.",
        "Set all biases to zero: your result changes. Over which parameters does the sum in the formula go?",
        _priced(lambda P: sum(np.sum(part**2) for part in P)),
    ),
    Misconception(
        "hidden-biases-pay",
        "The hidden biases have a price too.",
        "Set the hidden biases to zero: your result changes. Over which parameters does the sum go?",
        _priced(lambda P: _squares(P) + np.sum(P.b_h**2)),
    ),
    Misconception(
        "hidden-only",
        "Only the hidden layer pays.",
        _WHO_PAYS.format("weights of the output"),
        _priced(lambda P: np.sum(P.W_h**2)),
    ),
    Misconception(
        "output-only",
        "Only the output layer pays.",
        _WHO_PAYS.format("weights of the hidden layer"),
        _priced(lambda P: np.sum(P.W_y**2)),
    ),
    Misconception(
        "no-half",
        "The price is λ times the squares.",
        "Take one weight 1, a loss of 0 and the strength 1: what does the formula say, and what do you "
        "return?",
        lambda P, loss, l2: loss + l2 * _squares(P),
    ),
    Misconception(
        "length",
        "The length of all weights is taken.",
        _DOUBLE.format("twice as large"),
        _priced(lambda P: np.sqrt(_squares(P))),
    ),
    Misconception(
        "lengths-of-layers",
        "The lengths of both matrices are added.",
        _DOUBLE.format("twice as large"),
        _priced(lambda P: np.linalg.norm(P.W_h) + np.linalg.norm(P.W_y)),
    ),
    Misconception(
        "absolute",
        "The absolute values are added up, as in L¹.",
        _DOUBLE.format("twice as large"),
        _priced(lambda P: np.sum(np.abs(P.W_h)) + np.sum(np.abs(P.W_y))),
    ),
    Misconception(
        "largest-singular-value",
        "`np.linalg.norm(W, 2)` is taken for the length of all entries.",
        "For a matrix NumPy's norm of order two is not the root of the sum of all squares: look at its "
        "page, or "
        "write the sum yourself.",
        _priced(lambda P: sum(np.linalg.norm(W, 2) ** 2 for W in (P.W_h, P.W_y))),
    ),
    Misconception(
        "square-of-the-sum",
        "The weights of each layer are added up before they are squared.",
        _OTHER_SIGN,
        _priced(lambda P: np.sum(P.W_h) ** 2 + np.sum(P.W_y) ** 2),
    ),
    Misconception(
        "square-of-the-whole-sum",
        "All weights are added up before they are squared.",
        _OTHER_SIGN,
        _priced(lambda P: (np.sum(P.W_h) + np.sum(P.W_y)) ** 2),
    ),
    Misconception(
        "not-squared",
        "The weights are added up as they are.",
        _OTHER_SIGN,
        _priced(lambda P: np.sum(P.W_h) + np.sum(P.W_y)),
    ),
    Misconception(
        "averaged-by-layer",
        "The squares of each layer are averaged.",
        _HOW_MANY,
        _priced(lambda P: np.mean(P.W_h**2) + np.mean(P.W_y**2)),
    ),
    Misconception(
        "averaged",
        "The squares of all weights are averaged.",
        _HOW_MANY,
        _priced(lambda P: _squares(P) / (P.W_h.size + P.W_y.size)),
    ),
    Misconception(
        "subtracted",
        "The price is subtracted.",
        "Training makes your result small. Which weights would it choose to do so, and which ones are "
        "wanted?",
        lambda P, loss, l2: loss - l2 / 2 * _squares(P),
    ),
    Misconception(
        "price-alone",
        "The loss is left out.",
        "Your result is the same whatever the first loss is. A network that ignores its examples would be "
        "the "
        "best: what is missing?",
        lambda P, _, l2: l2 / 2 * _squares(P),
    ),
    Misconception(
        "loss-alone",
        "The price is left out.",
        "Your result is the same whatever the weights are. What has been added in the formula?",
        lambda _, loss, __: loss,
    ),
    Misconception(
        "strength-squared",
        "λ is squared together with the weights.",
        "Double the strength, with a loss of 0: your result becomes four times as large. What is squared "
        "in the "
        "formula?",
        lambda P, loss, l2: loss + l2**2 / 2 * _squares(P),
    ),
    Misconception(
        "strength-for-hidden-only",
        "λ/2 multiplies the squares of the hidden layer only.",
        "Set the strength to 0: your result still depends on the weights of the output. Where do your "
        "brackets end?",
        lambda P, loss, l2: loss + l2 / 2 * np.sum(P.W_h**2) + np.sum(P.W_y**2),
    ),
    Misconception(
        "loss-scaled-too",
        "λ/2 multiplies the loss too.",
        "Set the strength to 0: your result is 0, and should be the loss. Where do your brackets end?",
        lambda P, loss, l2: l2 / 2 * (loss + _squares(P)),
    ),
    Misconception(
        "halved-whole",
        "The ½ takes the loss with it.",
        "Set the strength to 0: your result is half of the loss. Where do your brackets end?",
        lambda P, loss, l2: (loss + l2 * _squares(P)) / 2,
    ),
    Misconception(
        "mixture",
        "Loss and price share a weight of one.",
        "You mix loss and price as if λ were a share. With the strength 1, what is left of the loss?",
        lambda P, loss, l2: (1 - l2) * loss + l2 / 2 * _squares(P),
    ),
    Misconception(
        "multiplied",
        "The price multiplies the loss.",
        "Set the loss to 0: your result is 0 for all weights. Is the price added, or is it a factor?",
        lambda P, loss, l2: loss * (1 + l2 / 2 * _squares(P)),
    ),
    Misconception(
        "each-layer-with-its-loss",
        "The loss is added once for each layer.",
        "Set the strength to 0: your result is twice the loss. How often is it added?",
        lambda P, loss, l2: 2 * loss + l2 / 2 * _squares(P),
    ),
    Misconception(
        "whole-division",
        "The division drops what is behind the point.",
        "Set the strength to 1: your price is 0. Which of Python's two divisions do you use?",
        lambda P, loss, l2: loss + l2 // 2 * _squares(P),
    ),
    Misconception(
        "squares-in-place", "The squares are written over the weights.", IN_PLACE, _in_place
    ),
    SINGLE_PRECISION.of(regularized_loss),
    NOTHING_RETURNED.of(regularized_loss),
)
