"""Slips in the errors Y − T of softmax regression, whatever gradient they go into. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.logistic_regression import sigmoid
from solutions.softmax_regression import log_softmax, one_hot, softmax

WRONG_COUNT = (
    "Give your function the same examples twice, one after the other: the mean stays. By what do you "
    "divide, and how often?"
)
PAIRS = (
    "Print the rows of probabilities before and after you subtract the labels. In each row exactly one entry "
    "should have changed."
)


class Now(NamedTuple):
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


@dataclass(frozen=True)
class ErrorSlip:
    """Something else in the place of Y − T."""

    id: str
    belief: str
    hint: str
    errors: Callable[[Now], Any]

    def by(self, gradient: Callable[[Callable[[Now], Any]], Function]) -> Misconception:
        """The misconception of an exercise that `gradient` writes around errors."""
        return Misconception(self.id, self.belief, self.hint, gradient(self.errors))


def _one_denominator(now: Now) -> np.ndarray:
    E = np.exp(now.X @ now.W)
    return E / E.sum() - now.T


def _all_pairs(now: Now) -> np.ndarray:
    now.Y[:, now.t] -= 1
    return now.Y


def _labels_choose_rows(now: Now) -> np.ndarray:
    now.Y[now.t, np.arange(now.N)] -= 1
    return now.Y


def _whole_rows(now: Now) -> np.ndarray:
    now.Y[now.t] -= 1
    return now.Y


ERRORS = (
    ErrorSlip(
        "softmax-forgotten",
        "The labels are subtracted from the logits.",
        "What do you subtract the labels from? Logits can be anything: the prediction of this model is a "
        "distribution.",
        lambda now: now.X @ now.W - now.T,
    ),
    ErrorSlip(
        "sigmoids",
        "Each logit is made a probability by itself.",
        "Add up your probabilities of one example. Which activation makes the classes compete?",
        lambda now: sigmoid(now.X @ now.W) - now.T,
    ),
    ErrorSlip(
        "log-softmax",
        "The labels are subtracted from the logarithms of the probabilities.",
        "Your predictions are negative. Are they probabilities, or their logarithms?",
        lambda now: log_softmax(now.X @ now.W) - now.T,
    ),
    ErrorSlip(
        "softmax-over-the-examples",
        "The probabilities are normalized over the examples.",
        "Over what do your probabilities add up to 1: over the classes of an example, or over the examples?",
        lambda now: softmax((now.X @ now.W).T).T - now.T,
    ),
    ErrorSlip(
        "one-denominator",
        "All probabilities together add up to 1.",
        "What do the probabilities of a single example add up to in your function?",
        _one_denominator,
    ),
    ErrorSlip(
        "slope-of-the-activation",
        "The slope of the activation is still a factor.",
        "You multiply by y(1 − y) as well. Go through the derivation once more: what becomes of the slope "
        "when the activation fits the loss?",
        lambda now: (now.Y - now.T) * now.Y * (1 - now.Y),
    ),
    ErrorSlip(
        "labels-forgotten",
        "The probabilities are not compared with the labels.",
        "Your gradient does not depend on the labels. At a perfect prediction it should be zero.",
        lambda now: now.Y,
    ),
    ErrorSlip(
        "probabilities-forgotten",
        "Only the labels pull at the weights.",
        "Without regularization your gradient does not depend on the weights. When would descent ever come "
        "to rest?",
        lambda now: -now.T,
    ),
    ErrorSlip(
        "own-class-only",
        "Only the weights of the example's class move.",
        "For a single example, only one column of your gradient is not zero. If one class becomes more "
        "probable, what happens to the others?",
        lambda now: (now.Y - now.T) * now.T,
    ),
    ErrorSlip(
        "other-classes-only",
        "The column of the example's class is set to zero.",
        "For a single example, the column of its own class is zero in your gradient. Should its weights not "
        "move too?",
        lambda now: now.Y * (1 - now.T),
    ),
    ErrorSlip(
        "counted-from-1",
        "The first class has the number 1.",
        "Which column do you take for class 0? Read which numbers t may hold.",
        lambda now: now.Y - one_hot(now.t - 1, now.W.shape[1]),
    ),
    ErrorSlip(
        "K-of-the-batch",
        "The largest label tells how many classes there are.",
        "A batch may lack some classes, also the last one: which of the arguments knows how many there are?",
        lambda now: now.Y - one_hot(now.t, now.t.max() + 1),
    ),
    ErrorSlip(
        "absent-classes-stay",
        "The weights of a class that the batch lacks stay as they are.",
        "A class without examples in the batch still got some probability. What should become of it?",
        lambda now: (now.Y - now.T) * now.T.any(axis=0),
    ),
    ErrorSlip(
        "labels-as-numbers",
        "The number of the class is subtracted from each of its probabilities.",
        "You subtract the number of a class from probabilities, so that class 3 weighs three times as much "
        "as class 1. How are labels written so that they can be compared with a distribution?",
        lambda now: now.Y - now.t[:, None],
    ),
    ErrorSlip(
        "labels-as-they-are",
        "t has the shape of the probabilities.",
        "Write the shapes of your probabilities and of t beside each other. How are labels written so that "
        "they can be compared with a distribution?",
        lambda now: now.Y - now.t,
    ),
    ErrorSlip(
        "averaged-over-all-entries",
        "The sum is divided by the number of examples and of classes.",
        WRONG_COUNT,
        lambda now: (now.Y - now.T) / now.W.shape[1],
    ),
    ErrorSlip("all-pairs", "A slice picks one entry of each row.", PAIRS, _all_pairs),
    ErrorSlip(
        "labels-choose-rows",
        "The label chooses the row, the example the column.",
        PAIRS,
        _labels_choose_rows,
    ),
    ErrorSlip(
        "whole-rows",
        "The label alone is an index of the probabilities.",
        PAIRS,
        _whole_rows,
    ),
)
