"""Misconceptions of `mle_variance`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import DOUBLED, HALVED
from solutions.linear_regression import gaussian_nll, mle_variance

from .squares import wrong_squares

_TWO = (
    "Both terms of the loss have a 2 in them. Differentiate each on paper, set the sum to zero, and watch "
    "what becomes of the two of them."
)
MISCONCEPTIONS = (
    *wrong_squares(mle_variance),
    HALVED.of(mle_variance, hint=_TWO),
    DOUBLED.of(mle_variance, hint=_TWO),
    Misconception(
        "standard-deviation-around-their-mean",
        "`np.std` of the errors is taken.",
        "The docstring asks for σ², not for σ. And make all predictions too high by 5: should your result "
        "stay as it is?",
        lambda y, t: np.std(y - t),
    ),
    Misconception(
        "two-less",
        "The sum is divided by N − 2, as for an unbiased estimate of a line's variance.",
        "Maximum likelihood does not ask for an unbiased estimate. Where does your derivative vanish, and "
        "what is divided by there?",
        lambda y, t: np.sum((y - t) ** 2) / (len(t) - 2),
    ),
    Misconception(
        "precision",
        "One over the variance is returned.",
        "The larger the errors, the larger should the variance be. What did you solve your equation for?",
        lambda y, t: 1 / mle_variance(y, t),
    ),
    Misconception(
        "logarithm",
        "The logarithm of the variance is returned.",
        "Your result is negative for small errors, and a variance never is. Which letter did you solve for?",
        lambda y, t: np.log(mle_variance(y, t)),
    ),
    Misconception(
        "least-loss",
        "The least loss is returned, not the place where it is reached.",
        "You return the height of the lowest point of the curve. Which coordinate of that point is asked "
        "for?",
        lambda y, t: gaussian_nll(y, t, mle_variance(y, t)),
    ),
    Misconception(
        "squared-twice",
        "The variance is squared once more.",
        "Double all errors: your result becomes sixteen times as large. Is σ² what you solved for, or σ?",
        lambda y, t: mle_variance(y, t) ** 2,
    ),
    Misconception(
        "covariance",
        "The covariance of predictions and targets is taken.",
        "Your result says how predictions and targets vary together. Which spread does σ² measure: that of "
        "the targets around what?",
        lambda y, t: np.mean((y - y.mean()) * (t - t.mean())),
    ),
    Misconception(
        "covariance-with-one-less",
        "`np.cov` is taken.",
        "Your result says how predictions and targets vary together. Which spread does σ² measure: that of "
        "the targets around what?",
        lambda y, t: np.cov(y, t)[0, 1],
    ),
    Misconception(
        "mean-and-variance",
        "The mean of the errors is estimated too.",
        "You return two numbers. The means of the distributions are given by the predictions: is one of your "
        "numbers too many, and does the other need it?",
        lambda y, t: (np.mean(y - t), np.var(y - t)),
    ),
    Misconception(
        "divided-by-the-spread-of-targets",
        "The result is divided by the variance of the targets.",
        "Multiply predictions and targets by 10: a variance becomes a hundred times as large, yours stays as "
        "it is. What do you divide by?",
        lambda y, t: mle_variance(y, t) / np.var(t),
    ),
)
