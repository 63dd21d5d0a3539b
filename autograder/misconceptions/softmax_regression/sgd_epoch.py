"""Misconceptions of `sgd_epoch`: those of any model, and those of regularization. Trusted side."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.epochs import misconceptions_of_epoch
from autograder.misconceptions.epochs.parts import shuffled
from solutions.softmax_regression import gradient, sgd_epoch


class _Now(NamedTuple):
    """What a step is made of: weights, those of the beginning, the batch's gradient without l2, sizes."""

    W: Any
    first: Any
    g: Any
    a: float
    l2: float
    n: int
    N: int


def _steps(step: Callable[[_Now], Any]) -> Function:
    """An epoch by these steps."""

    def steps(
        W: Any, X: Any, t: Any, *, batch_size: int, learning_rate: float, rng: Any, l2: float = 0.0
    ) -> Any:
        first = W
        for batch in shuffled(rng, len(t), batch_size):
            g = gradient(W, X[batch], t[batch])
            W = step(_Now(W, first, g, learning_rate, l2, len(batch), len(t)))
        return W

    return steps


def _decaying(decay: Callable[[_Now], Any]) -> Function:
    """An epoch with another part of the gradient in the place of l2 · W."""
    return _steps(lambda now: now.W - now.a * (now.g + decay(now)))


def _but_biases(W: Any) -> Any:
    return np.vstack([W[:-1], 0 * W[-1:]])


def _once_at_the_end(W: Any, X: Any, t: Any, *, l2: float = 0.0, **settings: Any) -> Any:
    return sgd_epoch(W, X, t, **settings) * (1 - settings["learning_rate"] * l2)


def _once_at_the_start(W: Any, X: Any, t: Any, *, l2: float = 0.0, **settings: Any) -> Any:
    return sgd_epoch(W * (1 - settings["learning_rate"] * l2), X, t, **settings)


SHARED_OUT = (
    "You share the regularization out among the examples or the batches. The loss has two terms: is the "
    "second one a mean too?"
)
ONCE = (
    "The weights shrink once an epoch. Regularization is a part of the loss whose gradient you take: how "
    "often do you take it?"
)

FORGOTTEN = "Your epoch takes l2 and does nothing with it. Which of the functions that you call asks for it?"
# Slips that many make, and may make besides.
FREQUENT = (
    *("no-shuffle", "order-not-used", "t-not-shuffled", "two-orders", "data-in-place"),
    *("order-per-batch", "own-RandomState-0", "own-default_rng-0", "own-default_rng-42"),
    *("short-batch-dropped", "last-batch-dropped", "first-batch-only", "full-batch"),
    *("ascent", "update-lost", "gradients-of-the-first", "summed", "divided-by-batch", "in-place"),
)


def _without_l2(W: Any, X: Any, t: Any, **_: float) -> Any:
    return gradient(W, X, t)


MISCONCEPTIONS = (
    *misconceptions_of_epoch(gradient),
    Misconception(
        "l2-forgotten",
        "The regularization is not handed on to the gradient.",
        FORGOTTEN,
        _decaying(lambda _: 0),
    ),
    *(
        Misconception(
            f"{slip.id} + l2-forgotten",
            f"{slip.belief[:-1]}, and the regularization is not handed on.",
            f"Two things. {slip.hint} And: {FORGOTTEN}",
            slip.wrong,
        )
        for slip in misconceptions_of_epoch(_without_l2)
        if slip.id in FREQUENT
    ),
    Misconception(
        "l2-twice",
        "The regularization is added to a gradient that contains it already.",
        "The weights shrink twice as fast as they should. Does your gradient contain the regularization "
        "already, and does a factor of 2 cancel somewhere?",
        _decaying(lambda now: 2 * now.l2 * now.W),
    ),
    Misconception(
        "l2-halved",
        "The ½ of the loss is kept in the gradient.",
        "The weights shrink half as fast as they should. What is the derivative of a half of a square?",
        _decaying(lambda now: now.l2 / 2 * now.W),
    ),
    Misconception(
        "l2-sign",
        "The weights are driven away from zero.",
        "With regularization your weights grow. In which direction should it pull them?",
        _decaying(lambda now: -now.l2 * now.W),
    ),
    Misconception(
        "l2-without-biases",
        "The biases are not regularized.",
        "Your biases are spared. Often that is done, but read in the docstring over which entries of W the "
        "sum of squares goes here.",
        _decaying(lambda now: now.l2 * _but_biases(now.W)),
    ),
    Misconception(
        "l2-averaged-over-the-batch",
        "The regularization is divided by the size of the batch.",
        SHARED_OUT,
        _decaying(lambda now: now.l2 / now.n * now.W),
    ),
    Misconception(
        "l2-averaged-over-all",
        "The regularization is divided by the number of all examples.",
        SHARED_OUT,
        _decaying(lambda now: now.l2 / now.N * now.W),
    ),
    Misconception(
        "l2-by-share",
        "Each batch gets its share of the regularization.",
        SHARED_OUT,
        _decaying(lambda now: now.l2 * now.n / now.N * now.W),
    ),
    Misconception(
        "l2-without-the-rate",
        "The regularization is subtracted without the learning rate.",
        "With a tiny learning_rate your weights still shrink. Which part of your step does it not reach?",
        _steps(lambda now: now.W - now.a * now.g - now.l2 * now.W),
    ),
    Misconception(
        "l2-after-the-step",
        "The weights shrink after the step, not within it.",
        "You step, and then shrink what the step has led to. Both are one step, by one gradient: at which "
        "weights is it taken?",
        _steps(lambda now: (now.W - now.a * now.g) * (1 - now.a * now.l2)),
    ),
    Misconception(
        "l2-of-the-first-weights",
        "The regularization takes the weights of the beginning.",
        "Your regularization always takes the weights with which the epoch began. Where do they stand when "
        "the second batch has its turn?",
        _decaying(lambda now: now.l2 * now.first),
    ),
    Misconception(
        "l2-once-at-the-end", "The weights shrink after the epoch.", ONCE, _once_at_the_end
    ),
    Misconception(
        "l2-once-at-the-start", "The weights shrink before the epoch.", ONCE, _once_at_the_start
    ),
)
