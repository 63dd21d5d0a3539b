"""Misconceptions of `sgd_epoch`: of any model, and of a step with four parameters. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.epochs import misconceptions_of_epoch
from autograder.misconceptions.epochs.parts import shuffled
from autograder.misconceptions.multilayer_perceptron.network import hidden_layer
from autograder.misconceptions.multilayer_perceptron.parts import (
    LAYERS_AS_PAIRS,
    OUTPUT_FIRST,
    WEIGHTS_FIRST,
    WEIGHTS_ONLY,
)
from solutions.multilayer_perceptron import Parameters, forward, gradients, sgd_epoch

# From the parameters, the batch and the learning rate to new parameters.
Step = Callable[[Parameters, Any, Any, float], Any]


def _steps(step: Step) -> Function:
    """An epoch by these steps."""

    def epoch(P: Any, X: Any, t: Any, *, batch_size: int, learning_rate: float, rng: Any) -> Any:
        for batch in shuffled(rng, len(t), batch_size):
            P = step(P, X[batch], t[batch], learning_rate)
        return P

    return epoch


def _with_rates(W_h: float = 1, b_h: float = 1, W_y: float = 1, b_y: float = 1) -> Function:
    """Each parameter with its share of the learning rate."""
    shares = (W_h, b_h, W_y, b_y)

    def step(P: Parameters, X: Any, t: Any, a: float) -> Parameters:
        moves = zip(P, gradients(P, X, t), shares, strict=True)
        return Parameters(*(p - a * share * g for p, g, share in moves))

    return _steps(step)


def _one_after_the_other(*order: str) -> Function:
    """Each part moves by a gradient at the parts that have moved before."""

    def step(P: Parameters, X: Any, t: Any, a: float) -> Parameters:
        for name in order:
            P = P._replace(**{name: getattr(P, name) - a * getattr(gradients(P, X, t), name)})
        return P

    return _steps(step)


def _back_through_new_weights(P: Parameters, X: Any, t: Any, a: float) -> Parameters:
    hidden, Y = forward(P, X)
    d_y = (Y - np.eye(Y.shape[1])[t]) / len(t)
    W_y, b_y = P.W_y - a * hidden.T @ d_y, P.b_y - a * d_y.sum(axis=0)
    d_h = d_y @ W_y.T * (hidden > 0)
    return Parameters(P.W_h - a * X.T @ d_h, P.b_h - a * d_h.sum(axis=0), W_y, b_y)


def _forward_through_new_weights(P: Parameters, X: Any, t: Any, a: float) -> Parameters:
    g = gradients(P, X, t)
    W_h, b_h = P.W_h - a * g.W_h, P.b_h - a * g.b_h
    hidden = hidden_layer(P._replace(W_h=W_h, b_h=b_h), X)
    d_y = (forward(P, X)[1] - np.eye(len(P.b_y))[t]) / len(t)
    return Parameters(W_h, b_h, P.W_y - a * hidden.T @ d_y, P.b_y - a * d_y.sum(axis=0))


def _attributes_set(P: Any, X: Any, t: Any, a: float) -> Any:
    P.W_h = P.W_h - a * gradients(P, X, t).W_h
    return P


def _tuple_scaled(P: Any, X: Any, t: Any, a: Any) -> Any:
    return P - a * gradients(P, X, t)


LEFT_BEHIND = (
    "Compare all four parameters before and after your epoch: which of them have not moved?"
)
ONE_POINT = (
    "All four gradients belong to the parameters before the step. In your step some parameters have moved "
    "already when another gradient is computed: when should the first one move?"
)
NOT_NUMBERS = (
    "The four parameters travel in a tuple, and so do the gradients. A tuple is no array: what do `*`, `-` "
    "and `+` do with tuples? Take the arrays out one by one."
)

MISCONCEPTIONS = (
    # The gradients of an empty batch are sums over no examples, which are 0.
    *misconceptions_of_epoch(gradients, harmless=("empty-batch",)),
    Misconception("output-only", "Only the output learns.", LEFT_BEHIND, _with_rates(W_h=0, b_h=0)),
    Misconception(
        "hidden-only", "Only the hidden layer learns.", LEFT_BEHIND, _with_rates(W_y=0, b_y=0)
    ),
    Misconception("biases-stay", "Biases do not learn.", LEFT_BEHIND, _with_rates(b_h=0, b_y=0)),
    Misconception(
        "hidden-biases-stay", "The hidden biases do not learn.", LEFT_BEHIND, _with_rates(b_h=0)
    ),
    Misconception(
        "output-biases-stay",
        "The biases of the output do not learn.",
        LEFT_BEHIND,
        _with_rates(b_y=0),
    ),
    Misconception(
        "hidden-weights-stay", "The hidden weights do not learn.", LEFT_BEHIND, _with_rates(W_h=0)
    ),
    Misconception(
        "output-weights-stay",
        "The weights of the output do not learn.",
        LEFT_BEHIND,
        _with_rates(W_y=0),
    ),
    Misconception("weights-stay", "Only biases learn.", LEFT_BEHIND, _with_rates(W_h=0, W_y=0)),
    Misconception(
        "biases-climb",
        "The biases' steps have the opposite sign.",
        "Your weights go downhill and your biases uphill. Compare the signs in your four updates.",
        _with_rates(b_h=-1, b_y=-1),
    ),
    Misconception(
        "hidden-layer-climbs",
        "The hidden layer's steps have the opposite sign.",
        "Your output goes downhill and your hidden layer uphill. Compare the signs in your four updates.",
        _with_rates(W_h=-1, b_h=-1),
    ),
    Misconception(
        "in-their-order",
        "Each parameter moves before the next gradient is computed.",
        ONE_POINT,
        _one_after_the_other("W_h", "b_h", "W_y", "b_y"),
    ),
    Misconception(
        "against-their-order",
        "Each parameter moves before the next gradient is computed, the output first.",
        ONE_POINT,
        _one_after_the_other("W_y", "b_y", "W_h", "b_h"),
    ),
    Misconception(
        "back-through-new-weights",
        "The output has moved when δ goes back through it.",
        ONE_POINT,
        _steps(_back_through_new_weights),
    ),
    Misconception(
        "forward-through-new-weights",
        "The hidden layer has moved when the output's gradient is computed from it.",
        ONE_POINT,
        _steps(_forward_through_new_weights),
    ),
    Misconception(
        "attributes-set",
        "The parts of a named tuple can be assigned.",
        "A named tuple cannot be changed, as the error says. Compute new arrays, and make new Parameters of "
        "them.",
        _steps(_attributes_set),
    ),
    Misconception(
        "tuple-as-array", "Tuples calculate like arrays.", NOT_NUMBERS, _steps(_tuple_scaled)
    ),
    WEIGHTS_FIRST.of(sgd_epoch),
    OUTPUT_FIRST.of(sgd_epoch),
    WEIGHTS_ONLY.of(sgd_epoch),
    LAYERS_AS_PAIRS.of(sgd_epoch),
)
