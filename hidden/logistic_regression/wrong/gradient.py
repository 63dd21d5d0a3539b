"""Misconceptions of `gradient`. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Callable

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import DOUBLED, HALVED
from solutions.logistic_regression import gradient, sigmoid

from ...shared.linear_gradients import wrong_gradients

_HALF_OF_THEM = (
    "Take a batch of one class, then one of the other class: for one of them your gradient vanishes, "
    "however bad the weights are. What does an example of that class contribute?"
)
_NO_SIGMOID = (
    "A prediction is a probability here. Print what you subtract the labels from: does it stay between 0 "
    "and 1?"
)


def _mean_of(
    id_: str, belief: str, hint: str, pull: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> Misconception:
    """The mean of x times `pull` of the logits z (N,) and the labels t (N,)."""
    return Misconception(id_, belief, hint, lambda w, X, t: X.T @ pull(X @ w, t) / len(X))


MISCONCEPTIONS = (
    *wrong_gradients(gradient, sigmoid),
    DOUBLED.of(gradient),
    HALVED.of(gradient),
    _mean_of(
        "slope-of-the-sigmoid-too",
        "The residual is multiplied by the slope of the sigmoid, as for the squared error.",
        "Your gradient almost vanishes for sure mistakes, which should pull hardest. That is the gradient of "
        "the squared error; what does the slope of the sigmoid cancel against in your derivation?",
        lambda z, t: (sigmoid(z) - t) * sigmoid(z) * (1 - sigmoid(z)),
    ),
    _mean_of(
        "slope-for-the-residual",
        "The slope of the sigmoid is taken for the derivative of the loss.",
        "Your result does not depend on the labels. You differentiated the prediction; what is the loss "
        "made of it, and how does the chain rule go on?",
        lambda z, _: sigmoid(z) * (1 - sigmoid(z)),
    ),
    _mean_of(
        "derivative-by-the-probability",
        "The chain rule stops at the probability.",
        "You differentiated the loss by the probability. Which two steps lead from the probability back to "
        "the weights, and which of them is missing?",
        lambda z, t: (sigmoid(z) - t) / (sigmoid(z) * (1 - sigmoid(z))),
    ),
    _mean_of(
        "labels-plus-minus-one",
        "The labels are taken for −1 and 1.",
        "An example of class 0 that is predicted perfectly still pulls on the weights. Which values do the "
        "labels have here, and which have those of the perceptron?",
        lambda z, t: sigmoid(z) - (2 * t - 1),
    ),
    _mean_of(
        "no-sigmoid", "The logit is taken for the prediction.", _NO_SIGMOID, lambda z, t: z - t
    ),
    _mean_of("tanh", "tanh is taken for the sigmoid.", _NO_SIGMOID, lambda z, t: np.tanh(z) - t),
    _mean_of(
        "decisions",
        "The prediction is rounded to a class.",
        "An example that is just right pulls on no weight, and one that is just wrong pulls as hard as a "
        "sure mistake: that is the perceptron. Which prediction does the loss look at?",
        lambda z, t: (z >= 0) - t,
    ),
    _mean_of(
        "only-mistakes",
        "Only examples on the wrong side count.",
        "Examples on the right side of the boundary pull too, as long as they are not perfectly sure. Where "
        "do you leave them out?",
        lambda z, t: ((z >= 0) != t) * (sigmoid(z) - t),
    ),
    _mean_of(
        "sigmoid-of-minus-z",
        "The sigmoid falls.",
        "An example of class 1 pulls harder, the better it is predicted. Follow a large logit through your "
        "prediction: is it close to 1?",
        lambda z, t: sigmoid(-z) - t,
    ),
    _mean_of(
        "sigmoid-twice",
        "The sigmoid is applied twice.",
        "Your predictions are never below one half. How often do they pass through the sigmoid?",
        lambda z, t: sigmoid(sigmoid(z)) - t,
    ),
    _mean_of(
        "label-inside-the-sigmoid",
        "The label is subtracted before the sigmoid.",
        "Your pull is positive for every example, whatever its label. Which brackets does your line close "
        "first: those of the product, or those of the sigmoid?",
        lambda z, t: sigmoid(z - t),
    ),
    _mean_of(
        "only-class-1",
        "Only the term with t is differentiated.",
        _HALF_OF_THEM,
        lambda z, t: t * (sigmoid(z) - t),
    ),
    _mean_of(
        "only-class-0",
        "Only the term with 1 − t is differentiated.",
        _HALF_OF_THEM,
        lambda z, t: (1 - t) * sigmoid(z),
    ),
    _mean_of(
        "term-of-class-0-sign",
        "A minus is lost where log(1 − σ) is differentiated.",
        "Examples of class 0 pull in the wrong direction. What does the chain rule make of the minus inside "
        "the logarithm?",
        lambda z, t: t * (sigmoid(z) - 1) - (1 - t) * sigmoid(z),
    ),
    _mean_of(
        "sign-of-the-label",
        "The label decides only about the sign.",
        "Your pull is as hard for a sure prediction that is right as for one that is wrong. How far is each "
        "of them from its label?",
        lambda z, t: (1 - 2 * t) * sigmoid(z),
    ),
    _mean_of(
        "times-the-probability",
        "The residual is multiplied by the probability.",
        "A sure mistake of class 1 pulls hardly at all. One factor too many is left from the derivative of "
        "the sigmoid: what does it cancel against?",
        lambda z, t: (sigmoid(z) - t) * sigmoid(z),
    ),
    _mean_of(
        "log-loss-for-the-residual",
        "The loss of each example is multiplied by its features.",
        "An example of class 0 and one of class 1 pull in the same direction. You multiply the features by "
        "the loss; what should they be multiplied by?",
        lambda z, t: np.logaddexp(0, z) - t * z,
    ),
)
