"""Slips in the terms of the loss, each in the textbook formula and in its stable form. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.logistic_regression import sigmoid


class Terms(NamedTuple):
    """What a loss is made of: log p(C₁|x) and log p(C₀|x) of each example, labels t, all (N,), and D."""

    one: np.ndarray
    zero: np.ndarray
    t: np.ndarray
    D: int

    @property
    def log_p(self) -> np.ndarray:
        """The logarithm of the probability of each example's own class (N,)."""
        return self.t * self.one + (1 - self.t) * self.zero


class Picked(Terms):
    """The terms, of which the label picks one."""

    @property
    def log_p(self) -> np.ndarray:
        """As of other terms; but the logarithm of 0 that is not picked does no harm."""
        return np.where(self.t == 1, self.one, self.zero)


def textbook(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> Terms:
    """Take the terms as the formula says, with logarithms of 0 for sure mistakes."""
    y = sigmoid(X @ w)
    return Terms(np.log(y), np.log(1 - y), t, len(w))


def _picked(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> Terms:
    return Picked(*textbook(w, X, t))


def stable(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> Terms:
    """Take the terms without rounded probabilities."""
    z = X @ w
    return Terms(-np.logaddexp(0, -z), -np.logaddexp(0, z), t, len(w))


class Slip(NamedTuple):
    """A slip in what is made of the terms."""

    id: str
    belief: str
    hint: str
    loss: Callable[[Terms], Any]


_CLASS_MISSING = (
    "Take a batch in which all examples are of one class, then one of the other class: once your loss is 0, "
    "however bad the weights are. Which part of the formula speaks for those examples?"
)
_BASE = (
    "Zero weights give each class one half. Which loss belongs to that, with the natural logarithm?"
)
_OTHER_MEAN = (
    "Put the same batch in twice, then with one more column of zeros and a weight for it: in neither case "
    "should the loss change. What do you divide by?"
)
_FOR_ALL = (
    "Exchange all labels: your loss stays as it is. Where does t choose between the probabilities?"
)
# In the two terms.
_SLIPS_IN_TERMS = (
    Slip(
        "class-0-missing", "Only t log p counts.", _CLASS_MISSING, lambda p: -np.mean(p.t * p.one)
    ),
    Slip(
        "class-1-missing",
        "Only (1 − t) log(1 − p) counts.",
        _CLASS_MISSING,
        lambda p: -np.mean((1 - p.t) * p.zero),
    ),
    Slip(
        "minus-on-one-term",
        "The minus is put before the first term only.",
        "An example of class 0 lowers your loss, and the more so the worse it is predicted. How far does the "
        "minus at the beginning of your line reach?",
        lambda p: np.mean(-p.t * p.one + (1 - p.t) * p.zero),
    ),
    Slip(
        "brackets",
        "1 − t is not put in brackets.",
        "Python multiplies before it subtracts. Which factor should 1 − t be, and what does your line "
        "make of it?",
        lambda p: -np.mean(p.t * p.one + 1 - p.t * p.zero),
    ),
    Slip(
        "class-1-for-all",
        "The probability of class 1 is taken for every example.",
        _FOR_ALL,
        lambda p: -np.mean(p.one),
    ),
    Slip(
        "class-0-for-all",
        "The probability of class 0 is taken for every example.",
        _FOR_ALL,
        lambda p: -np.mean(p.zero),
    ),
    Slip(
        "one-minus-the-logarithm",
        "1 − log p is taken for log(1 − p).",
        "An example of class 0 that is predicted perfectly does not cost 0. Which is subtracted from 1: the "
        "probability, or its logarithm?",
        lambda p: -np.mean(p.t * p.one + (1 - p.t) * (1 - p.one)),
    ),
    Slip(
        "mean-of-each-class",
        "Each class is averaged on its own.",
        "Every example should count the same, however many there are of its class. And what is the mean "
        "over a class that the batch does not have?",
        lambda p: (
            -p.one[p.t == 1].sum() / np.sum(p.t == 1) - p.zero[p.t == 0].sum() / np.sum(p.t == 0)
        ),
    ),
    Slip(
        "labels-of-another-kind",
        "The labels are taken for −1 and 1.",
        "An example of class 0 costs the same whatever its logit. For which two values of t does your "
        "formula hold?",
        lambda p: -np.mean(np.where(p.t, p.one, -np.log(2))),
    ),
    Slip(
        "logarithm-of-the-mean",
        "The mean is taken before the logarithm.",
        "Two examples with p = 1 and p = 0 have a mean of one half. Should a mistake be so cheap? What comes "
        "first in the formula of the loss, the mean or the logarithm?",
        lambda p: -np.log(np.mean(np.exp(p.log_p))),
    ),
)
# In what is made of the logarithm of the probability of each example's own class.
_SLIPS_IN_SUMS = (
    Slip(
        "classes-swapped",
        "σ is taken for the probability of class 0.",
        "Make an example of class 1 surer by a larger logit: your loss grows. Which class does σ belong to, "
        "and which of the two terms is left when t = 1?",
        lambda p: -np.mean(p._replace(t=1 - p.t).log_p),
    ),
    Slip("base-2", "The logarithm has base 2.", _BASE, lambda p: -np.mean(p.log_p) / np.log(2)),
    Slip("base-10", "The logarithm has base 10.", _BASE, lambda p: -np.mean(p.log_p) / np.log(10)),
    Slip(
        "not-averaged",
        "The losses of the examples are returned one by one.",
        "Your result is an array with one loss for each example; the docstring asks for one number.",
        lambda p: -p.log_p,
    ),
    Slip(
        "mean-over-features",
        "The sum is divided by D.",
        _OTHER_MEAN,
        lambda p: -np.sum(p.log_p) / p.D,
    ),
    Slip(
        "mean-over-all-entries",
        "The sum is divided by N·D.",
        _OTHER_MEAN,
        lambda p: -np.mean(p.log_p) / p.D,
    ),
)


def _in(terms: Function, slip: Slip) -> Function:
    return lambda w, X, t: slip.loss(terms(w, X, t))


def wrong_terms() -> Iterator[Misconception]:
    """Each slip in all forms that differ."""
    for slip in _SLIPS_IN_TERMS:
        yield from _forms(slip, {"": stable, "-textbook": textbook})
    for slip in _SLIPS_IN_SUMS:
        yield from _forms(slip, {"": stable, "-textbook": textbook, "-picked": _picked})


def _forms(slip: Slip, forms: Mapping[str, Function]) -> Iterator[Misconception]:
    for form, terms in forms.items():
        belief, hint = slip.belief, slip.hint
        if form:
            belief = f"{belief[:-1]}, and logarithms are taken of rounded probabilities."
            hint += " Then try a sure mistake: an example of class 1 with a logit of −1000."
        yield Misconception(f"{slip.id}{form}", belief, hint, _in(terms, slip))
