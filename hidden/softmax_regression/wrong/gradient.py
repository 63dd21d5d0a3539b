"""Misconceptions of `gradient`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
    Transformation,
)
from solutions.softmax_regression import gradient, one_hot, softmax

from .errors import ERRORS, WRONG_COUNT, Now
from .predict import ONES
from .regularization import (
    BIASES,
    GRADIENT_SLIPS,
    on_gradient_of_data,
    without_biases,
)

UPHILL = (
    "Nudge one weight along your gradient and compute the loss again: does it grow, as it should along a "
    "gradient?"
)
ON_ITS_SIDE = (
    "Write the shape of W beside that of the matrix that you make of features and errors: which of them goes "
    "along the rows?"
)
IN_PLACE = (
    "Look at the arguments after the call: your function changed an array of the caller's. Which of your "
    "lines writes into it?"
)


def _data(part: Callable[[Now], Any]) -> Function:
    """A wrong gradient of the data's part of the loss, with the right regularization."""

    def wrong(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
        T = one_hot(t, W.shape[1])
        return part(Now(W, X, t, T, softmax(X @ W))) + l2 * W

    return wrong


def _errors(errors: Callable[[Now], Any]) -> Function:
    """A gradient with something else in the place of Y − T."""
    return _data(lambda now: now.X.T @ errors(now) / now.N)


def _by_product(product: Function) -> Function:
    """The product of X as it is with the errors."""
    return _data(lambda now: product(now.X, now.Y - now.T) / now.N)


def _unshifted(now: Now) -> np.ndarray:
    E = np.exp(now.X @ now.W)
    return E / E.sum(axis=1, keepdims=True) - now.T


def _biases_zeroed(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
    g = gradient(W, X, t)
    W[-1] = 0
    return g + l2 * W


def _decay_in_place(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
    g = gradient(W, X, t)
    W *= l2
    return g + W


def _step_in_place(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
    g = gradient(W, X, t, l2)
    W -= g
    return g


def _outer_exchanged(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
    g = np.zeros_like(W)
    for x, error in zip(X, softmax(X @ W) - one_hot(t, W.shape[1]), strict=True):
        g += np.outer(error, x)
    return g / len(X) + l2 * W


DATA_SLIPS = (
    Transformation(
        "sign-of-the-data",
        "The probabilities are subtracted from the labels.",
        UPHILL,
        on_gradient_of_data(lambda g, _: -g),
    ),
    Transformation(
        "sum-instead-of-mean",
        "The examples are added up, not averaged.",
        "Give your function the same examples twice, one after the other: should the gradient change?",
        on_gradient_of_data(lambda g, N: g * N),
    ),
    Transformation(
        "averaged-twice",
        "The mean over the examples is taken twice.",
        WRONG_COUNT,
        on_gradient_of_data(lambda g, N: g / N),
    ),
    Transformation(
        "doubled",
        "There is a factor of 2, as in a squared error.",
        "Without regularization your gradient is twice what it should be. From which other loss does the 2 "
        "come?",
        on_gradient_of_data(lambda g, _: 2 * g),
    ),
)

MISCONCEPTIONS = (
    # In the order in which one is made on top of the other.
    *(slip.of(gradient) for slip in (*DATA_SLIPS, *GRADIENT_SLIPS)),
    NEGATED.of(gradient, hint=UPHILL),
    Misconception(
        "everything-summed",
        "The gradients of the examples are summed, and each has the regularization.",
        "Give your function the same examples twice, one after the other: should the gradient change? The "
        "regularization does not belong to an example.",
        lambda W, X, t, l2=0.0: len(t) * gradient(W, X, t, l2),
    ),
    Misconception(
        "data-transposed",
        "The gradient of the data is transposed.",
        ON_ITS_SIDE,
        _data(lambda now: (now.Y - now.T).T @ now.X / now.N),
    ),
    Misconception(
        "outer-exchanged",
        "The outer product of an example has its factors exchanged.",
        ON_ITS_SIDE,
        _outer_exchanged,
    ),
    *(slip.by(_errors) for slip in ERRORS),
    Misconception(
        "averaged-over-classes",
        "The sum is divided by the number of classes.",
        WRONG_COUNT,
        _data(lambda now: now.X.T @ (now.Y - now.T) / now.W.shape[1]),
    ),
    Misconception(
        "averaged-over-features",
        "The sum is divided by the number of features.",
        WRONG_COUNT,
        _data(lambda now: now.X.T @ (now.Y - now.T) / len(now.W)),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "With large logits your gradient is not a number. You have a softmax that stands any logit.",
        _errors(_unshifted),
    ),
    Misconception(
        "decisions",
        "The predicted class is compared with the labels.",
        "You compare labels with decisions, as the perceptron does. An example that is right, but barely so, "
        "should still pull: what does the model say besides the decision?",
        _errors(lambda now: one_hot(np.argmax(now.Y, axis=1), now.W.shape[1]) - now.T),
    ),
    Misconception(
        "absolute-errors",
        "Errors have no sign.",
        "All your errors push in the same direction. What tells a probability that is too small from one "
        "that is too large?",
        _errors(lambda now: np.abs(now.Y - now.T)),
    ),
    *(
        Misconception(
            name,
            "X is multiplied as it is.",
            "Write the shapes of X and of your errors beside each other: over which axis should the product "
            "sum?",
            _by_product(product),
        )
        for name, product in (
            ("X-not-transposed", np.matmul),
            ("X-not-transposed-in-dot", np.dot),
        )
    ),
    Misconception(
        "by-the-examples",
        "The gradient goes by X, not by W.",
        "Your result has a row for each example. With respect to what do you differentiate, and what shape "
        "has that?",
        _data(lambda now: (now.Y - now.T) @ now.W.T / now.N),
    ),
    Misconception(
        "features-forgotten",
        "The errors alone are averaged.",
        "All features get the same share in your gradient, whatever their values. Where does x come in?",
        _data(lambda now: np.mean(now.Y - now.T, axis=0)),
    ),
    Misconception(
        "errors-only",
        "The errors of the examples are returned.",
        "You return a row for each example. What shape has the gradient, and where does x come in?",
        lambda W, X, t, l2=0.0: softmax(X @ W) - one_hot(t, W.shape[1]) + 0 * l2,
    ),
    Misconception(
        "product-of-means",
        "The mean of a product is the product of the means.",
        "You average the features and the errors before you multiply. Is a mean of products the product of "
        "the means? Try it with two examples.",
        _data(lambda now: np.outer(now.X.mean(axis=0), (now.Y - now.T).mean(axis=0))),
    ),
    Misconception(
        "last-example-only",
        "In a loop, each example takes the place of the one before.",
        "Your gradient depends on one example only. Is something added up in your loop, or replaced?",
        _data(lambda now: np.outer(now.X[-1], (now.Y - now.T)[-1]) / now.N),
    ),
    Misconception(
        "first-example-only",
        "The loop ends with its first example.",
        "Your gradient depends on the first example only. Where does your `return` stand?",
        _data(lambda now: np.outer(now.X[0], (now.Y - now.T)[0])),
    ),
    Misconception(
        "one-number",
        "The gradient is averaged to one number.",
        "You return one number for all weights. How does each weight learn which way to go?",
        lambda W, X, t, l2=0.0: np.mean(gradient(W, X, t, l2)),
    ),
    Misconception(
        "one-gradient-per-example",
        "The mean over the examples is not taken.",
        "You return a gradient for each example. What makes one of them?",
        lambda W, X, t, l2=0.0: (
            X[:, :, None] * (softmax(X @ W) - one_hot(t, W.shape[1]))[:, None, :] + l2 * W
        ),
    ),
    Misconception(
        "biases-twice",
        "The biases are added to the product.",
        ONES,
        _errors(lambda now: softmax(now.X @ now.W + now.W[-1]) - now.T),
    ),
    Misconception(
        "biases-do-not-learn",
        "The last row of W has no gradient.",
        "The last row of your gradient is zero. What does the last row of W hold, and should it learn?",
        _data(lambda now: without_biases(now.X.T @ (now.Y - now.T) / now.N)),
    ),
    Misconception(
        "unit-length",
        "A gradient has length 1.",
        "Your gradient is as long in a flat place as on a steep slope. What would tell descent that it has "
        "arrived?",
        _data(lambda now: gradient(*now[:3]) / np.linalg.norm(gradient(*now[:3]))),
    ),
    Misconception(
        "stepped",
        "The new weights are returned.",
        "You return weights after a step. The function is called gradient: what should become of W comes "
        "later.",
        lambda W, X, t, l2=0.0: W - gradient(W, X, t, l2),
    ),
    Misconception(
        "biases-zeroed-in-place",
        "The biases are set to zero in the caller's W, to spare them.",
        f"{IN_PLACE} {BIASES}",
        _biases_zeroed,
    ),
    Misconception(
        "decay-in-place", "The caller's weights are shrunk for the sum.", IN_PLACE, _decay_in_place
    ),
    Misconception(
        "step-in-place", "A step is made with the caller's weights.", IN_PLACE, _step_in_place
    ),
    TRANSPOSED.of(gradient),
    FLATTENED.of(gradient),
    SINGLE_PRECISION.of(gradient),
    LISTED.of(gradient),
    NOTHING_RETURNED.of(gradient),
)
