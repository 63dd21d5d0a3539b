"""Misconceptions of `nll`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    NEGATED,
    NOTHING_RETURNED,
    Transformation,
    each_part,
)
from solutions.softmax_regression import log_softmax, nll, one_hot, softmax

from .log_softmax import floors
from .predict import ONES
from .regularization import (
    BIASES,
    LOSS_SLIPS,
    on_loss_of_data,
)

MINUS = "Your loss is negative. Which sign has the logarithm of a probability, and which a loss?"
OF_THE_EXAMPLES = (
    "With all weights zero every class has the probability 1/K. What does an example cost then, and what is "
    "your loss? Count the numbers that it is the mean of."
)
LOG_OF_0 = (
    "A probability may have been rounded to 0 before you take its logarithm. You have a function that gives "
    "logarithms of probabilities directly."
)
FLOOR = (
    "The small number under your logarithm keeps the loss finite, but wrong: every hopeless example costs "
    "the same. You have a function that gives logarithms of probabilities directly."
)


def _log_p(W: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The logarithm of the probability of each example's class."""
    return log_softmax(X @ W)[np.arange(len(t)), t]


def _squares(W: np.ndarray) -> float:
    return np.sum(W**2)


def _data(loss: Function) -> Function:
    """A wrong mean over the data, with the right regularization."""
    return lambda W, X, t, l2=0.0: loss(W, X, t) + l2 / 2 * _squares(W)


def _log_of(change: Function) -> Function:
    """The logarithm of probabilities that are computed first, and then changed."""
    return _data(lambda W, X, t: -np.mean(np.log(change(softmax(X @ W)[np.arange(len(t)), t]))))


def _unshifted(W: np.ndarray, X: np.ndarray, t: np.ndarray) -> float:
    E = np.exp(X @ W)
    return -np.mean(np.log((E / E.sum(axis=1, keepdims=True))[np.arange(len(t)), t]))


def _binary(W: np.ndarray, X: np.ndarray, t: np.ndarray) -> float:
    Y, T = softmax(X @ W), one_hot(t, W.shape[1])
    return -np.sum(T * np.log(Y) + (1 - T) * np.log(1 - Y)) / len(t)


def _biases_zeroed(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> float:
    loss = nll(W, X, t)
    W[-1] = 0
    return loss + l2 / 2 * _squares(W)


NUMBER_AS_VECTOR = Transformation(
    "number-as-vector",
    "The loss is an array of one number.",
    "You return an array with one number in it. A loss is the number itself: what leaves no axis?",
    each_part(lambda value, _: np.atleast_1d(value)),
)
DATA_SLIPS = (
    Transformation(
        "base-2",
        "The logarithm has base 2.",
        "With all weights zero and two classes your loss is exactly 1. Of which logarithm is that the value?",
        on_loss_of_data(lambda loss, _: loss / np.log(2)),
    ),
    Transformation(
        "base-10",
        "The logarithm has base 10.",
        "With all weights zero and ten classes your loss is exactly 1. Of which logarithm is that the value?",
        on_loss_of_data(lambda loss, _: loss / np.log(10)),
    ),
    Transformation(
        "minus-forgotten",
        "The logarithms of the probabilities are averaged as they are.",
        MINUS,
        on_loss_of_data(lambda loss, _: -loss),
    ),
    Transformation(
        "sum-instead-of-mean",
        "The costs of the examples are summed.",
        "Give your function the same examples twice, one after the other: should the loss change?",
        on_loss_of_data(lambda loss, N: loss * N),
    ),
)

MISCONCEPTIONS = (
    # In the order in which one is made on top of the other.
    *(slip.of(nll) for slip in (*DATA_SLIPS, *LOSS_SLIPS)),
    NEGATED.of(nll, hint=MINUS),
    Misconception(
        "everything-summed",
        "The costs of the examples are summed, and each has the regularization.",
        "Give your function the same examples twice, one after the other: should the loss change? The "
        "regularization does not belong to an example.",
        lambda W, X, t, l2=0.0: len(t) * nll(W, X, t, l2),
    ),
    NUMBER_AS_VECTOR.of(nll),
    Misconception(
        "mean-over-all-entries",
        "The mean goes over examples and classes.",
        OF_THE_EXAMPLES,
        _data(lambda W, X, t: -np.mean(one_hot(t, W.shape[1]) * log_softmax(X @ W))),
    ),
    Misconception(
        "mean-over-classes",
        "The sum is divided by the number of classes.",
        OF_THE_EXAMPLES,
        _data(lambda W, X, t: -_log_p(W, X, t).sum() / W.shape[1]),
    ),
    Misconception(
        "mean-over-features",
        "The sum is divided by the number of features.",
        OF_THE_EXAMPLES,
        _data(lambda W, X, t: -_log_p(W, X, t).sum() / X.shape[1]),
    ),
    Misconception(
        "all-pairs",
        "A slice together with the labels picks one entry of each row.",
        "Print the shape of what you pick: every row has met every label. Each row should meet its own one "
        "only.",
        _data(lambda W, X, t: -log_softmax(X @ W)[:, t].mean()),
    ),
    Misconception(
        "row-and-column-exchanged",
        "The label chooses the row, the example the column.",
        "The first index of your matrix is the row. Is that the example, or the class?",
        _data(lambda W, X, t: -log_softmax(X @ W)[t, np.arange(len(t))].mean()),
    ),
    Misconception(
        "all-classes",
        "All classes of an example cost something.",
        "An example costs the same in your loss whatever its label is. Which class's probability counts?",
        _data(lambda W, X, t: -log_softmax(X @ W).sum() / len(t)),
    ),
    Misconception(
        "all-classes-and-examples",
        "The mean goes over all the logarithms.",
        "An example costs the same in your loss whatever its label is. Which class's probability counts?",
        _data(lambda W, X, _: -log_softmax(X @ W).mean()),
    ),
    Misconception(
        "predicted-class",
        "The probability of the predicted class counts.",
        "An example costs the same in your loss whatever its label is. Which class's probability counts?",
        _data(lambda W, X, _: -log_softmax(X @ W).max(axis=1).mean()),
    ),
    Misconception(
        "counted-from-1",
        "The first class has the number 1.",
        "Which column do you take for class 0? Read which numbers t may hold.",
        _data(lambda W, X, t: -_log_p(W, X, t - 1).mean()),
    ),
    Misconception(
        "softmax-over-the-examples",
        "The probabilities are normalized over the examples.",
        "The cost of an example changes with the others in the batch. Over what do probabilities add up to "
        "1?",
        _data(lambda W, X, t: -log_softmax((X @ W).T).T[np.arange(len(t)), t].mean()),
    ),
    Misconception(
        "no-logarithm",
        "The probabilities themselves are averaged.",
        "How much does an example cost you whose class is as good as impossible? It should cost very much: "
        "what makes it so?",
        _data(lambda W, X, t: -np.exp(_log_p(W, X, t)).mean()),
    ),
    Misconception(
        "log-of-the-mean",
        "The mean of the probabilities is taken before the logarithm.",
        "One hopeless example among many good ones hardly costs you anything. In which order do logarithm "
        "and mean come?",
        _data(lambda W, X, t: -np.log(np.exp(_log_p(W, X, t)).mean())),
    ),
    Misconception(
        "logits-only",
        "The logit of the class is its log probability.",
        "Add a constant to all logits of an example: your loss changes, though no probability does. What is "
        "missing?",
        _data(lambda W, X, t: -(X @ W)[np.arange(len(t)), t].mean()),
    ),
    Misconception(
        "other-classes-too",
        "The other classes cost −log(1 − p), as in the binary case.",
        "You also charge for what the other classes got. Their probabilities add up with that of the right "
        "class: have they not been paid for already?",
        _data(_binary),
    ),
    Misconception(
        "squared-error",
        "The loss is the squared distance of the probabilities.",
        "Yours is a squared error. Read the name of the function: where is the logarithm of a likelihood?",
        _data(lambda W, X, t: np.sum((softmax(X @ W) - one_hot(t, W.shape[1])) ** 2) / len(t)),
    ),
    Misconception(
        "log-of-softmax",
        "The logarithm of a stable softmax is stable.",
        LOG_OF_0,
        _log_of(lambda p: p),
    ),
    Misconception(
        "one-hot-times-log",
        "The logarithms of all probabilities are multiplied by a zero or a one.",
        f"Zero times an infinite number is not a number. {LOG_OF_0}",
        _data(lambda W, X, t: -np.sum(one_hot(t, W.shape[1]) * np.log(softmax(X @ W))) / len(t)),
    ),
    *(
        Misconception(name, "A small number keeps the logarithm finite.", FLOOR, _log_of(floored))
        for name, floored in floors()
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "With large logits your loss is not a number. You have a function that gives logarithms of "
        "probabilities without such an overflow.",
        _data(_unshifted),
    ),
    Misconception(
        "biases-twice",
        "The biases are added to the product.",
        ONES,
        _data(lambda W, X, t: -np.mean(log_softmax(X @ W + W[-1])[np.arange(len(t)), t])),
    ),
    Misconception(
        "biases-forgotten",
        "The last row of W is not used.",
        "Your loss does not change with the last row of W. What does that row hold?",
        _data(lambda W, X, t: nll(W[:-1], X[:, :-1], t)),
    ),
    Misconception(
        "one-loss-per-example",
        "Each example keeps its loss.",
        "You return a loss for each example. What makes one number of them?",
        _data(lambda W, X, t: -_log_p(W, X, t)),
    ),
    Misconception(
        "biases-zeroed-in-place",
        "The biases are set to zero in the caller's W, to spare them.",
        f"Look at W after the call: you have changed the caller's array. {BIASES}",
        _biases_zeroed,
    ),
    NOTHING_RETURNED.of(nll),
)
