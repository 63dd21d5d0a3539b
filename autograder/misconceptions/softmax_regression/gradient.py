"""Misconceptions of `gradient`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.softmax_regression.nll import Regularization
from autograder.misconceptions.softmax_regression.predict import ONES
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
)
from solutions.logistic_regression import sigmoid
from solutions.softmax_regression import gradient, log_softmax, one_hot, softmax

UPHILL = (
    "Nudge one weight along your gradient and compute the loss again: does it grow, as it should along a "
    "gradient?"
)
WRONG_COUNT = (
    "Give your function the same examples twice, one after the other: the mean stays. By what do you "
    "divide, and how often?"
)
PAIRS = (
    "Print the rows of probabilities before and after you subtract the labels. In each row exactly one entry "
    "should have changed."
)
IN_PLACE = (
    "Look at the arguments after the call: your function changed an array of the caller's. Which of your "
    "lines writes into it?"
)
REGULARIZED = (
    "What does regularization add? Subtract your gradient without l2 from the one with it, and compare with "
    "the derivative of the second term of the loss."
)


class _Now(NamedTuple):
    """What a gradient is made of: arguments, one-hot labels, probabilities."""

    W: np.ndarray
    X: np.ndarray
    t: np.ndarray
    T: np.ndarray
    Y: np.ndarray

    @property
    def N(self) -> int:
        """How many examples there are."""
        return len(self.X)


def _data(part: Callable[[_Now], Any]) -> Function:
    """A wrong gradient of the data's part of the loss, with the right regularization."""

    def wrong(W: np.ndarray, X: np.ndarray, t: np.ndarray, l2: float = 0.0) -> np.ndarray:
        T = one_hot(t, W.shape[1])
        return part(_Now(W, X, t, T, softmax(X @ W))) + l2 * W

    return wrong


def _errors(errors: Callable[[_Now], Any]) -> Function:
    """A gradient with something else in the place of Y − T."""
    return _data(lambda now: now.X.T @ errors(now) / now.N)


def _l2(term: Callable[[Regularization], Any]) -> Function:
    """A right gradient of the data's part, with another term for the regularization."""
    return lambda W, X, t, l2=0.0: gradient(W, X, t) + term(Regularization(W, l2, len(X)))


def _unshifted(now: _Now) -> np.ndarray:
    E = np.exp(now.X @ now.W)
    return E / E.sum(axis=1, keepdims=True) - now.T


def _one_denominator(now: _Now) -> np.ndarray:
    E = np.exp(now.X @ now.W)
    return E / E.sum() - now.T


def _all_pairs(now: _Now) -> np.ndarray:
    now.Y[:, now.t] -= 1
    return now.Y


def _labels_choose_rows(now: _Now) -> np.ndarray:
    now.Y[now.t, np.arange(now.N)] -= 1
    return now.Y


def _whole_rows(now: _Now) -> np.ndarray:
    now.Y[now.t] -= 1
    return now.Y


def _without_biases(W: np.ndarray) -> np.ndarray:
    return np.vstack([W[:-1], 0 * W[-1:]])


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


MISCONCEPTIONS = (
    NEGATED.of(gradient, hint=UPHILL),
    Misconception(
        "sign-of-the-data",
        "The probabilities are subtracted from the labels.",
        UPHILL,
        _errors(lambda now: now.T - now.Y),
    ),
    Misconception(
        "sum-instead-of-mean",
        "The examples are added up, not averaged.",
        "Give your function the same examples twice, one after the other: should the gradient change?",
        _data(lambda now: now.X.T @ (now.Y - now.T)),
    ),
    Misconception(
        "averaged-twice",
        "The mean over the examples is taken twice.",
        WRONG_COUNT,
        _errors(lambda now: (now.Y - now.T) / now.N),
    ),
    Misconception(
        "averaged-over-all-entries",
        "The sum is divided by the number of examples and of classes.",
        WRONG_COUNT,
        _errors(lambda now: (now.Y - now.T) / now.W.shape[1]),
    ),
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
        "doubled",
        "There is a factor of 2, as in a squared error.",
        "Without regularization your gradient is twice what it should be. From which other loss does the 2 "
        "come?",
        _errors(lambda now: 2 * (now.Y - now.T)),
    ),
    Misconception(
        "softmax-forgotten",
        "The labels are subtracted from the logits.",
        "What do you subtract the labels from? Logits can be anything: the prediction of this model is a "
        "distribution.",
        _errors(lambda now: now.X @ now.W - now.T),
    ),
    Misconception(
        "sigmoids",
        "Each logit is made a probability by itself.",
        "Add up your probabilities of one example. Which activation makes the classes compete?",
        _errors(lambda now: sigmoid(now.X @ now.W) - now.T),
    ),
    Misconception(
        "log-softmax",
        "The labels are subtracted from the logarithms of the probabilities.",
        "Your predictions are negative. Are they probabilities, or their logarithms?",
        _errors(lambda now: log_softmax(now.X @ now.W) - now.T),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "With large logits your gradient is not a number. You have a softmax that stands any logit.",
        _errors(_unshifted),
    ),
    Misconception(
        "softmax-over-the-examples",
        "The probabilities are normalized over the examples.",
        "Over what do your probabilities add up to 1: over the classes of an example, or over the examples?",
        _errors(lambda now: softmax((now.X @ now.W).T).T - now.T),
    ),
    Misconception(
        "one-denominator",
        "All probabilities together add up to 1.",
        "What do the probabilities of a single example add up to in your function?",
        _errors(_one_denominator),
    ),
    Misconception(
        "slope-of-the-activation",
        "The slope of the activation is still a factor.",
        "You multiply by y(1 − y) as well. Go through the derivation once more: what becomes of the slope "
        "when the activation fits the loss?",
        _errors(lambda now: (now.Y - now.T) * now.Y * (1 - now.Y)),
    ),
    Misconception(
        "labels-forgotten",
        "The probabilities are not compared with the labels.",
        "Your gradient does not depend on the labels. At a perfect prediction it should be zero.",
        _errors(lambda now: now.Y),
    ),
    Misconception(
        "probabilities-forgotten",
        "Only the labels pull at the weights.",
        "Without regularization your gradient does not depend on the weights. When would descent ever come "
        "to rest?",
        _errors(lambda now: -now.T),
    ),
    Misconception(
        "decisions",
        "The predicted class is compared with the labels.",
        "You compare labels with decisions, as the perceptron does. An example that is right, but barely so, "
        "should still pull: what does the model say besides the decision?",
        _errors(lambda now: one_hot(np.argmax(now.Y, axis=1), now.W.shape[1]) - now.T),
    ),
    Misconception(
        "own-class-only",
        "Only the weights of the example's class move.",
        "For a single example, only one column of your gradient is not zero. If one class becomes more "
        "probable, what happens to the others?",
        _errors(lambda now: (now.Y - now.T) * now.T),
    ),
    Misconception(
        "other-classes-only",
        "The column of the example's class is set to zero.",
        "For a single example, the column of its own class is zero in your gradient. Should its weights not "
        "move too?",
        _errors(lambda now: now.Y * (1 - now.T)),
    ),
    Misconception(
        "absolute-errors",
        "Errors have no sign.",
        "All your errors push in the same direction. What tells a probability that is too small from one "
        "that is too large?",
        _errors(lambda now: np.abs(now.Y - now.T)),
    ),
    Misconception(
        "counted-from-1",
        "The first class has the number 1.",
        "Which column do you take for class 0? Read which numbers t may hold.",
        _errors(lambda now: now.Y - one_hot(now.t - 1, now.W.shape[1])),
    ),
    Misconception(
        "K-of-the-batch",
        "The largest label tells how many classes there are.",
        "A batch may lack some classes, also the last one: which of the arguments knows how many there are?",
        _errors(lambda now: now.Y - one_hot(now.t, now.t.max() + 1)),
    ),
    Misconception(
        "absent-classes-stay",
        "The weights of a class that the batch lacks stay as they are.",
        "A class without examples in the batch still got some probability. What should become of it?",
        _errors(lambda now: (now.Y - now.T) * now.T.any(axis=0)),
    ),
    Misconception(
        "labels-as-numbers",
        "The number of the class is subtracted from each of its probabilities.",
        "You subtract the number of a class from probabilities, so that class 3 weighs three times as much "
        "as class 1. How are labels written so that they can be compared with a distribution?",
        _errors(lambda now: now.Y - now.t[:, None]),
    ),
    Misconception(
        "labels-as-they-are",
        "t has the shape of the probabilities.",
        "Write the shapes of your probabilities and of t beside each other. How are labels written so that "
        "they can be compared with a distribution?",
        _errors(lambda now: now.Y - now.t),
    ),
    Misconception("all-pairs", "A slice picks one entry of each row.", PAIRS, _errors(_all_pairs)),
    Misconception(
        "labels-choose-rows",
        "The label chooses the row, the example the column.",
        PAIRS,
        _errors(_labels_choose_rows),
    ),
    Misconception(
        "whole-rows",
        "The label alone is an index of the probabilities.",
        PAIRS,
        _errors(_whole_rows),
    ),
    Misconception(
        "X-not-transposed",
        "X is multiplied as it is.",
        "Write the shapes of X and of your errors beside each other: over which axis should the product sum?",
        _data(lambda now: now.X @ (now.Y - now.T) / now.N),
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
        _data(lambda now: _without_biases(now.X.T @ (now.Y - now.T) / now.N)),
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
        "l2-forgotten",
        "The regularization is left out.",
        "Does your gradient change when l2 does? Look at the second term of the loss.",
        _l2(lambda _: 0),
    ),
    *(
        Misconception(f"l2-{name}", belief, REGULARIZED, _l2(term))
        for name, belief, term in (
            ("halved", "The ½ of the loss stays.", lambda r: r.l2 / 2 * r.W),
            ("doubled", "The square gives a 2, and the ½ is forgotten.", lambda r: 2 * r.l2 * r.W),
            ("over-N", "The penalty is averaged over the examples.", lambda r: r.l2 / r.N * r.W),
            ("squared", "The weights stay squared.", lambda r: r.l2 * r.W**2),
            ("value", "The penalty itself is added.", lambda r: r.l2 / 2 * np.sum(r.W**2)),
            ("of-the-sum", "All weights are summed.", lambda r: r.l2 * r.W.sum()),
            ("by-sign", "The penalty is the sum of sizes.", lambda r: r.l2 * np.sign(r.W)),
            ("without-W", "The penalty has the slope l2.", lambda r: r.l2),
        )
    ),
    Misconception(
        "l2-subtracted",
        "The regularization is subtracted.",
        "Descent along your gradient makes large weights larger still. In which direction should "
        "regularization pull?",
        _l2(lambda r: -r.l2 * r.W),
    ),
    Misconception(
        "l2-without-biases",
        "The biases are not regularized.",
        "Your biases are spared. Often that is done, but read in the docstring what belongs to the "
        "regularization here.",
        _l2(lambda r: r.l2 * _without_biases(r.W)),
    ),
    Misconception(
        "biases-zeroed-in-place",
        "The biases are set to zero in the caller's W, to spare them.",
        f"{IN_PLACE} And read in the docstring whether the biases belong to the regularization here.",
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
