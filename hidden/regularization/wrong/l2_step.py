"""Misconceptions of `l2_step`. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import NOTHING_RETURNED
from solutions.multilayer_perceptron import Parameters
from solutions.regularization import l2_step

from ...multilayer_perceptron.wrong.parts import (
    LAYERS_AS_PAIRS,
    OUTPUT_FIRST,
    WEIGHTS_FIRST,
    WEIGHTS_ONLY,
)
from ...shared.linear import IN_PLACE

# From a part, its gradient, the learning rate and the strength to the new part.
Move = Callable[[Any, Any, float, float], Any]

_AT_ZERO = "Set the gradients to zero: {} What does the formula leave over?"
_WHO_PAYS = (
    "Set the gradients to zero: {} Which arrays hold weights, and which of them pay a price?"
)


def _right(W: Any, G: Any, a: float, l2: float) -> Any:
    return W - a * (G + l2 * W)


def _plain(b: Any, g: Any, a: float, _: float) -> Any:
    return b - a * g


def _moves(
    weights: Move = _right,
    biases: Move = _plain,
    hidden: Move | None = None,
    output: Move | None = None,
) -> Function:
    """A step that moves weights and biases so; the weights of one layer may move in another way."""
    order = (hidden or weights, biases, output or weights, biases)

    def step(
        P: Parameters, gradients: Parameters, *, learning_rate: float, l2: float
    ) -> Parameters:
        parts = zip(order, P, gradients, strict=True)
        return Parameters(*(move(part, g, learning_rate, l2) for move, part, g in parts))

    return step


def _squares(P: Parameters) -> Any:
    return np.sum(P.W_h**2) + np.sum(P.W_y**2)


def _price_as_number(
    P: Parameters, G: Parameters, *, learning_rate: float, l2: float
) -> Parameters:
    price = l2 / 2 * _squares(P)
    return l2_step(
        P, G._replace(W_h=G.W_h + price, W_y=G.W_y + price), learning_rate=learning_rate, l2=0
    )


def _weights_in_place(P: Any, G: Any, *, learning_rate: float, l2: float) -> Any:
    for name in ("W_h", "W_y"):
        W = getattr(P, name)
        W -= learning_rate * (getattr(G, name) + l2 * W)
    return P._replace(b_h=P.b_h - learning_rate * G.b_h, b_y=P.b_y - learning_rate * G.b_y)


def _decayed_in_place(P: Any, G: Any, *, learning_rate: float, l2: float) -> Any:
    for name in ("W_h", "W_y"):
        W = getattr(P, name)
        W *= 1 - learning_rate * l2
    return l2_step(P, G, learning_rate=learning_rate, l2=0)


def _all_in_place(P: Any, G: Any, *, learning_rate: float, l2: float) -> Any:
    for part, new in zip(P, l2_step(P, G, learning_rate=learning_rate, l2=l2), strict=True):
        np.subtract(part, part - new, out=part)
    return P


def _gradients_in_place(P: Any, G: Any, *, learning_rate: float, l2: float) -> Any:
    for name in ("W_h", "W_y"):
        slope = getattr(G, name)
        slope += l2 * getattr(P, name)
    return l2_step(P, G, learning_rate=learning_rate, l2=0)


def _attribute_set(P: Any, G: Any, *, learning_rate: float, l2: float) -> Any:
    P.W_h = P.W_h - learning_rate * (G.W_h + l2 * P.W_h)
    return P


MISCONCEPTIONS = (
    Misconception(
        "biases-pay",
        "Biases pay like weights.",
        _WHO_PAYS.format("your biases shrink."),
        _moves(biases=_right),
    ),
    Misconception(
        "biases-stay",
        "Biases do not move at all.",
        "Compare the biases before and after your step. To pay no price does not mean to learn nothing: "
        "what is "
        "their gradient for?",
        _moves(biases=lambda b, *_: b),
    ),
    Misconception(
        "no-price",
        "It is a step of plain gradient descent.",
        _WHO_PAYS.format("nothing moves."),
        _moves(weights=_plain),
    ),
    Misconception(
        "hidden-only",
        "Only the weights of the hidden layer pay.",
        _WHO_PAYS.format("the weights of the output stay as they are."),
        _moves(output=_plain),
    ),
    Misconception(
        "output-only",
        "Only the weights of the output pay.",
        _WHO_PAYS.format("the weights of the hidden layer stay as they are."),
        _moves(hidden=_plain),
    ),
    Misconception(
        "half-a-price",
        "The ½ of the price is kept in its derivative.",
        "The price of a weight is λ/2 · w². Differentiate it on paper: what becomes of the ½?",
        _moves(lambda W, G, a, l2: W - a * (G + l2 / 2 * W)),
    ),
    Misconception(
        "double-price",
        "The derivative of λw² is taken.",
        "The price of a weight is λ/2 · w². Differentiate it on paper: what becomes of the 2?",
        _moves(lambda W, G, a, l2: W - a * (G + 2 * l2 * W)),
    ),
    Misconception(
        "price-without-rate",
        "The learning rate does not reach the price.",
        _AT_ZERO.format("your weights shrink by the same factor for every learning rate."),
        _moves(lambda W, G, a, l2: W - a * G - l2 * W),
    ),
    Misconception(
        "price-outside-brackets",
        "The brackets around gradient and price are left out.",
        _AT_ZERO.format("your weights grow, by the same factor for every learning rate."),
        _moves(lambda W, G, a, l2: W - a * G + l2 * W),
    ),
    Misconception(
        "rate-twice",
        "The learning rate multiplies the price twice.",
        _AT_ZERO.format("halve the learning rate, and your weights move by a quarter."),
        _moves(lambda W, G, a, l2: W - a * (G + a * l2 * W)),
    ),
    Misconception(
        "weights-grow",
        "The price has the opposite sign.",
        _AT_ZERO.format("your weights grow with each step."),
        _moves(lambda W, G, a, l2: W - a * (G - l2 * W)),
    ),
    Misconception(
        "ascent",
        "The step goes along the gradient.",
        "Your step makes the loss larger. In which direction does a gradient point?",
        _moves(lambda W, G, a, l2: W + a * (G + l2 * W), lambda b, g, a, _: b + a * g),
    ),
    Misconception(
        "ascent-of-weights",
        "The weights go along the gradient.",
        "Your weights go where the loss becomes larger, and your biases do not. Compare the signs.",
        _moves(lambda W, G, a, l2: W + a * (G + l2 * W)),
    ),
    Misconception(
        "decay-afterwards",
        "The new weights shrink, not the old ones.",
        "Gradient and price belong to the same point, the weights before the step. Which weights do you "
        "multiply "
        "by 1 − αλ?",
        _moves(lambda W, G, a, l2: (1 - a * l2) * (W - a * G)),
    ),
    Misconception(
        "gradient-multiplied",
        "λ multiplies the gradient.",
        _AT_ZERO.format("nothing moves. You multiply something by λ:"),
        _moves(lambda W, G, a, l2: W - a * (G + l2 * G)),
    ),
    Misconception(
        "strength-added",
        "λ itself is added to the gradient.",
        _AT_ZERO.format(
            "all your weights move by the same number. Large weights should move further:"
        ),
        _moves(lambda W, G, a, l2: W - a * (G + l2)),
    ),
    Misconception(
        "price-as-number",
        "The price itself is added to each gradient.",
        "You add the whole price, one number, to each entry of the gradient. What is needed there is how the "
        "price changes with that very weight.",
        _price_as_number,
    ),
    Misconception(
        "signs",
        "The derivative of the absolute value is taken, as in L¹.",
        _AT_ZERO.format("large and small weights move equally far. What is the slope of a square?"),
        _moves(lambda W, G, a, l2: W - a * (G + l2 * np.sign(W))),
    ),
    Misconception(
        "squares",
        "The squares are added to the gradient.",
        "A negative weight moves away from 0 in your step. What is the derivative of w², and which sign "
        "has it?",
        _moves(lambda W, G, a, l2: W - a * (G + l2 * W**2)),
    ),
    Misconception(
        "half-squares",
        "λ/2 times the squares is added to the gradient.",
        "A negative weight moves away from 0 in your step. What is the derivative of w², and which sign "
        "has it?",
        _moves(lambda W, G, a, l2: W - a * (G + l2 / 2 * W**2)),
    ),
    Misconception(
        "averaged",
        "The price is divided by the number of weights.",
        "Your price is the smaller, the larger the matrix. Is there a mean over weights in the formula?",
        _moves(lambda W, G, a, l2: W - a * (G + l2 * W / np.size(W))),
    ),
    Misconception(
        "without-rate",
        "The learning rate is left out.",
        "Your step is the same for every learning rate. Where does α stand in the formula?",
        _moves(lambda W, G, _, l2: W - (G + l2 * W), lambda b, g, *_: b - g),
    ),
    Misconception(
        "gradient-returned",
        "The gradient is returned, without a step.",
        "You return in which direction the loss grows. Asked for are the parameters after a step against it.",
        _moves(lambda W, G, _, l2: G + l2 * W, lambda _, g, *__: g),
    ),
    Misconception(
        "change-returned",
        "Only the change is returned.",
        "You return by how much the parameters move. Asked for is where they are afterwards.",
        _moves(lambda W, G, a, l2: -a * (G + l2 * W), lambda _, g, a, __: -a * g),
    ),
    Misconception(
        "nothing-moved",
        "The old parameters are returned.",
        "You return the parameters that came in. What becomes of the new ones in your function?",
        _moves(lambda W, *_: W, lambda b, *_: b),
    ),
    Misconception(
        "weights-in-place", "The weights are changed where they stand.", IN_PLACE, _weights_in_place
    ),
    Misconception(
        "decayed-in-place", "The weights shrink where they stand.", IN_PLACE, _decayed_in_place
    ),
    Misconception(
        "all-in-place", "All arrays are changed where they stand.", IN_PLACE, _all_in_place
    ),
    Misconception(
        "gradients-in-place",
        "The price is added to the gradients where they stand.",
        IN_PLACE,
        _gradients_in_place,
    ),
    Misconception(
        "attribute-set",
        "A part of the named tuple is assigned to.",
        "A named tuple cannot be changed. Which function makes a new one?",
        _attribute_set,
    ),
    *(slip.of(l2_step) for slip in (WEIGHTS_FIRST, OUTPUT_FIRST, WEIGHTS_ONLY, LAYERS_AS_PAIRS)),
    NOTHING_RETURNED.of(l2_step),
)
