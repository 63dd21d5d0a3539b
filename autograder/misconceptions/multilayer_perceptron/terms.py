"""Misconceptions of what an example costs, for `nll`. Trusted side.

A probability that is kept off 0 by a small number, added or by clipping, gives the same losses; so do the
logarithms of a product and of its factors, as long as the product is not too small.
"""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.multilayer_perceptron.network import logits, way
from solutions.multilayer_perceptron import Parameters, forward, nll
from solutions.softmax_regression import log_softmax


def of_logits(loss: Callable[[np.ndarray, np.ndarray], object]) -> Function:
    """Another loss, of the right logits and t."""
    return lambda P, X, t: loss(way()(P, X)[1], t)


def of_log_p(loss: Callable[[np.ndarray, np.ndarray], object]) -> Function:
    """Another loss, of the right log-probabilities and t."""
    return of_logits(lambda Z, t: loss(log_softmax(Z), t))


def one_hot(t: np.ndarray, K: int) -> np.ndarray:
    """Rows with a 1 in the column of the class."""
    return np.eye(K)[t]


def _of_p(loss: Callable[[np.ndarray], object]) -> Function:
    """Another loss of the probabilities of the own classes, which may be 0."""
    return lambda P, X, t: loss(forward(P, X)[1][np.arange(len(t)), t])


def _kept_off(small: float) -> Function:
    return _of_p(lambda p: np.mean(-np.log(p + small)))


def _binary(P: Parameters, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    _, Y = forward(P, X)
    T = one_hot(t, Y.shape[1])
    return -np.mean(np.sum(T * np.log(Y) + (1 - T) * np.log(1 - Y), axis=1))


def _squared(P: Parameters, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    _, Y = forward(P, X)
    return np.mean(np.sum((Y - one_hot(t, Y.shape[1])) ** 2, axis=1))


def _exchanged(P: Parameters, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    Y, _ = reversed(forward(P, X))
    return np.mean(-log_softmax(logits(P, Y))[np.arange(len(t)), t])


NOT_A_NUMBER = (
    "Try an example whose logits are 0 and 1000 and whose class is 0: what becomes of its probability, and "
    "of the logarithm? Which of the given functions never makes that probability?"
)
ANOTHER_BASE = "At probability ½ an example should cost 0.69. Which logarithm did you take?"

TERMS = (
    Misconception(
        "not-logarithm",
        "The probabilities are averaged.",
        "Your loss cannot tell «almost impossible» from «rather unlikely». Which function does the formula "
        "apply to each probability?",
        _of_p(lambda p: -np.mean(p)),
    ),
    Misconception(
        "one-minus-p",
        "An example costs 1 − p.",
        "Your loss never exceeds one. Which function does the formula apply to each probability?",
        _of_p(lambda p: np.mean(1 - p)),
    ),
    Misconception(
        "logarithm-of-the-mean",
        "The logarithm is taken of the mean.",
        "Which comes first, the mean or the logarithm? One example with a probability near 0 should cost "
        "much, whatever the others do.",
        _of_p(lambda p: -np.log(np.mean(p))),
    ),
    Misconception(
        "logarithm-of-softmax",
        "The logarithm of a probability is taken as it is.",
        NOT_A_NUMBER,
        _of_p(lambda p: np.mean(-np.log(p))),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        NOT_A_NUMBER,
        of_logits(
            lambda Z, t: np.mean(
                -np.log((np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))[np.arange(len(t)), t])
            )
        ),
    ),
    *(
        Misconception(
            f"kept-off-0-by-{small:g}",
            "A small number keeps the probability off 0.",
            "Your small number decides what a sure mistake costs, and caps it. The logits still know the "
            "true loss: start from them.",
            _kept_off(small),
        )
        for small in (2.0**-52, 1e-16, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
    ),
    Misconception(
        "logit-only",
        "The logit of the own class is the log-probability.",
        "You use one logit of each example. Add the same number to all logits: the probabilities stay, but "
        "your loss changes.",
        of_logits(lambda Z, t: np.mean(-Z[np.arange(len(t)), t])),
    ),
    Misconception(
        "normalizer-only",
        "The loss is the logarithm of the sum of exponentials.",
        "Your loss does not depend on t. Which of the two terms of a log-probability is missing?",
        of_logits(lambda Z, _: np.mean(special.logsumexp(Z, axis=1))),
    ),
    Misconception(
        "softmax-twice",
        "log_softmax takes the probabilities.",
        "Your loss is far from 0 even for a network that is sure and right. What does `log_softmax` expect: "
        "logits, or probabilities?",
        lambda P, X, t: np.mean(-log_softmax(forward(P, X)[1])[np.arange(len(t)), t]),
    ),
    Misconception(
        "hidden-for-logits",
        "The hidden layer holds the logits.",
        "What you give to `log_softmax` has a column for each hidden unit. What has one for each class?",
        lambda P, X, t: np.mean(-log_softmax(forward(P, X)[0])[np.arange(len(t)), t]),
    ),
    Misconception(
        "output-for-hidden",
        "forward returns the output first.",
        "Print the shape of what you take for the hidden layer. In which order does `forward` return its "
        "pair?",
        _exchanged,
    ),
    Misconception(
        "entropy",
        "The loss is the entropy of the output.",
        "Your loss does not depend on t. What does it measure then, and what should it?",
        of_log_p(lambda log_p, _: -np.sum(np.exp(log_p) * log_p) / len(log_p)),
    ),
    Misconception(
        "binary-cross-entropy",
        "Each class costs as in logistic regression.",
        "You also count how sure the network is of each of the other classes. With softmax the own class "
        "alone tells the loss.",
        _binary,
    ),
    Misconception(
        "squared-error",
        "The loss is the squared error.",
        "You measure squared distances, which belong to targets with Normal noise. Which distribution do the "
        "classes have?",
        _squared,
    ),
    Misconception(
        "base-2",
        "The logarithm is that of base 2.",
        ANOTHER_BASE,
        lambda *args: nll(*args) / np.log(2),
    ),
    Misconception(
        "base-10",
        "The logarithm is that of base 10.",
        ANOTHER_BASE,
        lambda *args: nll(*args) / np.log(10),
    ),
)
