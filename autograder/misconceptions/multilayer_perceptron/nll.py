"""Misconceptions of `nll`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np
from scipy import special

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.multilayer_perceptron.network import Way, slips_of
from autograder.misconceptions.multilayer_perceptron.terms import (
    TERMS,
    of_log_p,
    of_logits,
    one_hot,
)
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    NEGATED,
    NOTHING_RETURNED,
    NUMBER_AS_VECTOR,
    SUMMED,
    Transformation,
    scaled,
)
from solutions.multilayer_perceptron import Parameters, nll
from solutions.softmax_regression import log_softmax


def _nll(through: Way) -> Function:
    """The right loss on a way through the network."""

    def wrong(P: Parameters, X: np.ndarray, t: np.ndarray) -> np.ndarray:
        _, Z = through(P, X)
        return np.mean(-log_softmax(Z)[np.arange(len(t)), t])

    return wrong


PAIRS = (
    "Each example costs by its own class: one number a row. How many entries do you pick, and from which "
    "rows and columns?"
)

MISCONCEPTIONS = (
    *slips_of(_nll, but=("output-from-the-pre-activation",)),  # as no activation
    *TERMS,
    NEGATED.of(
        nll,
        hint="Your loss is negative. What sign has the logarithm of a probability, and what is it that "
        "should become small?",
    ),
    SUMMED.of(nll),
    AVERAGED_TWICE.of(nll),
    Transformation(
        "averaged-over-classes-too",
        "The mean is taken over all entries, classes too.",
        "With three times as many classes your loss is a third. Over what does the formula average?",
        scaled(lambda args: 1 / len(args[0].b_y)),
    ).of(nll),
    Transformation(
        "divided-by-classes",
        "The sum is divided by the number of classes.",
        "Which number do you divide by? In the formula it counts examples.",
        scaled(lambda args: len(args[2]) / len(args[0].b_y)),
    ).of(nll),
    Misconception(
        "columns-of-all",
        "log_p[:, t] pairs each row with its class.",
        PAIRS,
        of_log_p(lambda log_p, t: np.mean(-log_p[:, t])),
    ),
    Misconception(
        "rows-of-classes",
        "log_p[t] picks the classes.",
        PAIRS,
        of_log_p(lambda log_p, t: np.mean(-log_p[t])),
    ),
    Misconception(
        "rows-and-columns-exchanged",
        "The class is the row.",
        PAIRS,
        of_log_p(lambda log_p, t: np.mean(-log_p[t, np.arange(len(t))])),
    ),
    Misconception(
        "all-classes",
        "Each example costs by all its classes.",
        PAIRS,
        of_log_p(lambda log_p, _: -log_p.sum() / len(log_p)),
    ),
    Misconception(
        "predicted-class",
        "Each example costs by the class that is predicted.",
        "Where the network is sure of a wrong class, you find a small loss. Whose probability does the "
        "formula ask for?",
        of_log_p(lambda log_p, _: np.mean(-log_p.max(axis=1))),
    ),
    Misconception(
        "classes-from-1",
        "Classes are counted from 1.",
        "Your examples cost by the class before their own. With which number do classes begin?",
        of_log_p(lambda log_p, t: np.mean(-log_p[np.arange(len(t)), t - 1])),
    ),
    Misconception(
        "classes-from-the-labels",
        "There are as many classes as the largest label says.",
        "Try a batch that lacks the last class: how many columns does your table of targets have then? How "
        "many classes there are is known to the network.",
        of_log_p(lambda log_p, t: -np.sum(one_hot(t, t.max() + 1) * log_p) / len(t)),
    ),
    Misconception(
        "axis-0",
        "The probabilities go over the examples.",
        "Along which axis do your probabilities sum to one? The given functions go the right way by "
        "themselves.",
        of_logits(lambda Z, t: np.mean(-special.log_softmax(Z, axis=0)[np.arange(len(t)), t])),
    ),
    Misconception(
        "one-distribution",
        "The probabilities go over the whole array.",
        "Your probabilities sum to one over all examples together. SciPy's function behaves so without "
        "`axis`; which one was given in the notebook?",
        of_logits(lambda Z, t: np.mean(-special.log_softmax(Z)[np.arange(len(t)), t])),
    ),
    Misconception(
        "loss-of-each",
        "Each example has its own loss.",
        "You return a number for each example; one number is asked for.",
        of_log_p(lambda log_p, t: -log_p[np.arange(len(t)), t]),
    ),
    NUMBER_AS_VECTOR.of(nll),
    NOTHING_RETURNED.of(nll),
)
