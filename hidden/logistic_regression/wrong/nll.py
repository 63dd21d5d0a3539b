"""Misconceptions of `nll`. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    HALVED,
    NEGATED,
    NOTHING_RETURNED,
    SUMMED,
)
from solutions.logistic_regression import nll, sigmoid

from ...shared.linear import IN_PLACE, wrong_linear_parts
from .nll_guards import guards
from .nll_terms import (
    Terms,
    stable,
    textbook,
    wrong_terms,
)

_LOG_OF_0 = (
    "For a sure mistake the probability is rounded to 0, and its logarithm is infinite. Put the sigmoid into "
    "the logarithm and simplify on paper, before any exponential is computed."
)

_TWO_PARTS = (
    "Simplify once more, for one class and then for the other: if an example is surely right, the two parts "
    "of its loss should cancel. Do their signs let them?"
)


def _over(log_p: Function) -> Function:
    """The mean loss, where `log_p` gives (log p(C₁|x), log p(C₀|x)) of the logits."""

    def loss(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> Any:
        one, zero = log_p(X @ w)
        return -np.mean(Terms(one, zero, t, len(w)).log_p)

    return loss


def _of_logits(z: np.ndarray, _: np.ndarray, t: np.ndarray) -> Any:
    return np.mean(np.logaddexp(0, z) - t * z)


def _labels_in_place(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    t[t == 0] = -1
    return np.mean(np.logaddexp(0, -t * (X @ w)))


def _one_example(which: str, index: int, belief: str, hint: str) -> Iterator[Misconception]:
    def loss(terms: Function) -> Function:
        return lambda w, X, t: -terms(w, X, t).log_p[index] / (len(t) if index else 1)

    yield Misconception(f"{which}-example", belief, hint, loss(stable))
    # If that example is predicted neither way surely, both forms are the same.
    yield Misconception(f"{which}-example-textbook", belief, hint, loss(textbook))


MISCONCEPTIONS = (
    *wrong_terms(),
    *guards(),
    *wrong_linear_parts(_of_logits),
    *_one_example(
        "first",
        0,
        "The function returns inside the loop.",
        "Only the first example counts. How far is your `return` indented?",
    ),
    *_one_example(
        "last",
        -1,
        "The loop overwrites the sum.",
        "Only the last example counts. Does your loop add each loss to the others, or replace them?",
    ),
    Misconception(
        "log-of-0-times-0",
        "The textbook formula is computed as it stands.",
        _LOG_OF_0,
        lambda w, X, t: -np.mean(textbook(w, X, t).log_p),
    ),
    Misconception(
        "log-of-0",
        "The probability of the true class is computed, and then its logarithm.",
        _LOG_OF_0,
        lambda w, X, t: -np.mean(np.log(np.where(t == 1, sigmoid(X @ w), 1 - sigmoid(X @ w)))),
    ),
    Misconception(
        "infinities-replaced",
        "The logarithm of 0 is replaced by 0.",
        "An infinite loss that is replaced afterwards makes the worst mistakes cheap. Simplify the logarithm "
        "of the sigmoid on paper: then none arises.",
        lambda w, X, t: -np.mean(np.nan_to_num(textbook(w, X, t).log_p, neginf=0)),
    ),
    Misconception(
        "one-in-logaddexp",
        "`logaddexp(1, z)` is taken for log(1 + eᶻ).",
        "Look up what `np.logaddexp` does to both of its arguments before it adds: which one becomes a 1?",
        lambda w, X, t: np.mean(np.logaddexp(1, np.where(t == 1, -(X @ w), X @ w))),
    ),
    Misconception(
        "logaddexp2",
        "`logaddexp2` is taken for `logaddexp`.",
        "NumPy has two functions of almost the same name, with different bases. Which base has the sigmoid?",
        lambda w, X, t: np.mean(np.logaddexp2(0, np.where(t == 1, -(X @ w), X @ w))),
    ),
    Misconception(
        "sign-of-the-label-term",
        "In the simplified form the term with t is added.",
        _TWO_PARTS,
        lambda w, X, t: np.mean(np.logaddexp(0, X @ w) + t * (X @ w)),
    ),
    Misconception(
        "sign-of-the-other-label-term",
        "In the simplified form the term with 1 − t is subtracted.",
        _TWO_PARTS,
        lambda w, X, t: np.mean(np.logaddexp(0, -(X @ w)) - (1 - t) * (X @ w)),
    ),
    Misconception(
        "largest-part-only",
        "Only the part of the loss that is large far from the boundary is kept.",
        "An example that is right, but not sure, costs nothing in your loss. Which term did you leave out "
        "when you simplified? Try a logit of 0.",
        lambda w, X, t: np.mean(np.maximum(0, np.where(t == 1, -(X @ w), X @ w))),
    ),
    Misconception(
        "labels-as-indices",
        "The labels pick entries of the vector of probabilities.",
        "With t as an index you look at the examples number 0 and 1 only. Which example does a label "
        "belong to, and how should it choose between the two classes?",
        lambda w, X, t: -np.mean(textbook(w, X, t).one[t]),
    ),
    Misconception(
        "labels-as-columns",
        "Each label picks a column of a table of probabilities, as with several classes.",
        "With two classes you have one probability for each example, not a table with a column for each "
        "class. Whose probability is it, and how do you get that of the other class?",
        lambda w, X, t: -np.mean(np.log(sigmoid(X @ w)[np.arange(len(t)), t])),
    ),
    Misconception(
        "no-sigmoid",
        "The logit is taken for the probability.",
        "The logarithm of a negative number is none. What has to happen to the logit before it is a "
        "probability?",
        _over(lambda z: (np.log(z), np.log(1 - z))),
    ),
    Misconception(
        "sigmoid-twice",
        "The sigmoid is applied twice.",
        "However good the weights, your probabilities of class 1 stay between one half and three quarters. "
        "How often do they pass through the sigmoid?",
        _over(lambda z: (np.log(sigmoid(sigmoid(z))), np.log(1 - sigmoid(sigmoid(z))))),
    ),
    Misconception(
        "probability-not-logarithm",
        "The mean probability is returned, with a minus.",
        "The largest loss that your function can return is 0. What does the formula take of the probability "
        "before the minus?",
        lambda w, X, t: -np.mean(np.where(t == 1, sigmoid(X @ w), 1 - sigmoid(X @ w))),
    ),
    Misconception(
        "squared-error",
        "The squared error of the probabilities is returned.",
        "That is the loss of linear regression. What does maximum likelihood ask for when the targets are "
        "classes?",
        lambda w, X, t: np.mean((sigmoid(X @ w) - t) ** 2),
    ),
    Misconception(
        "squared-error-of-logits",
        "The squared error of the logits is returned.",
        "That is linear regression: the logits are compared with 0 and 1. Which function makes probabilities "
        "of them, and which loss does maximum likelihood ask for?",
        lambda w, X, t: np.mean((X @ w - t) ** 2),
    ),
    Misconception(
        "absolute-error",
        "The mean distance from the label is returned.",
        "A sure mistake costs at most 1 in your loss. What does the negative logarithm make of a probability "
        "close to 0?",
        lambda w, X, t: np.mean(np.abs(sigmoid(X @ w) - t)),
    ),
    Misconception(
        "error-rate",
        "The share of wrong decisions is returned.",
        "A small step of the weights leaves your result as it is, so that it has no slope to descend. The "
        "loss looks at probabilities, not at decisions.",
        lambda w, X, t: np.mean((X @ w >= 0) != t),
    ),
    Misconception(
        "labels-in-place",
        "Labels 0 are made −1 in the caller's array.",
        IN_PLACE,
        _labels_in_place,
    ),
    NEGATED.of(
        nll,
        hint="A probability is at most 1, so its logarithm is never positive. Should a loss be?",
    ),
    SUMMED.of(nll),
    AVERAGED_TWICE.of(nll),
    HALVED.of(nll),
    NOTHING_RETURNED.of(nll),
)
