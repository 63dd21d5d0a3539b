"""Misconceptions of `gradient`. Trusted side."""

# mypy: no-warn-return-any

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.linear import IN_PLACE
from autograder.misconceptions.linear_gradients import wrong_gradients
from autograder.misconceptions.transformations import DOUBLED, HALVED, WHOLE_NUMBERS
from solutions.linear_regression import gaussian_nll, gradient, mse
from solutions.logistic_regression import sigmoid


def _targets_in_place(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    t -= X @ w
    return -X.T @ t / len(X)


def _entries_in_place(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    g = np.zeros_like(w)
    for x, target in zip(X, t, strict=True):
        g += (x @ w - target) * x / len(X)
    return g


_LOGISTIC = (
    "That belongs to logistic regression. Here the prediction is the linear part itself: what is its "
    "derivative by that?"
)
_LOSS = (
    "You return the loss, one number. The gradient has an entry for each weight: how does the loss change "
    "when that weight does?"
)
MISCONCEPTIONS = (
    *wrong_gradients(gradient, lambda z: z),
    DOUBLED.of(
        gradient,
        hint="That is the gradient of the mean squared error. The docstring names another loss: by which "
        "factor do the two differ?",
    ),
    HALVED.of(
        gradient,
        hint="There is a ½ in the loss, and something falls from the square when you differentiate it. Does "
        "your ½ meet it?",
    ),
    Misconception(
        "squared-residuals",
        "The residual is squared.",
        "A prediction may be too high or too low, and both should pull in opposite directions. What does the "
        "square leave behind when it is differentiated?",
        lambda w, X, t: X.T @ (X @ w - t) ** 2 / len(X),
    ),
    Misconception(
        "signs-of-residuals",
        "Only the sign of the residual counts.",
        "A prediction that is far off pulls no harder than one that is nearly right: so it would be for the "
        "mean of the distances. What does the square leave behind when it is differentiated?",
        lambda w, X, t: X.T @ np.sign(X @ w - t) / len(X),
    ),
    Misconception(
        "sigmoid",
        "The prediction is the sigmoid of the linear part.",
        _LOGISTIC,
        lambda w, X, t: X.T @ (sigmoid(X @ w) - t) / len(X),
    ),
    Misconception(
        "slope-of-a-sigmoid",
        "The residual is multiplied by y (1 − y).",
        _LOGISTIC,
        lambda w, X, t: X.T @ ((X @ w - t) * (X @ w) * (1 - X @ w)) / len(X),
    ),
    Misconception(
        "times-the-prediction",
        "The residual is multiplied by the prediction.",
        "A prediction of 0 pulls on no weight in your result, however far it is off. The chain rule "
        "multiplies by the derivative of the prediction with respect to the weight: what is it?",
        lambda w, X, t: X.T @ ((X @ w - t) * (X @ w)) / len(X),
    ),
    Misconception(
        "divided-by-the-variance",
        "The gradient is divided by the best variance.",
        "You divide by a variance that you estimate. Which variance does the docstring fix?",
        lambda w, X, t: gradient(w, X, t) / mse(X @ w, t),
    ),
    Misconception(
        "solved",
        "The weights of the minimum are computed.",
        "Your result does not depend on w: you solved for the best weights. Here the slope at the given "
        "weights is asked for.",
        lambda _, X, t: np.linalg.lstsq(X, t, rcond=None)[0],
    ),
    Misconception(
        "loss", "The mean squared error is returned.", _LOSS, lambda w, X, t: mse(X @ w, t)
    ),
    Misconception(
        "gaussian-loss", "The loss is returned.", _LOSS, lambda w, X, t: gaussian_nll(X @ w, t, 1)
    ),
    Misconception(
        "entries-in-place",
        "The entries are collected in an array like w, which may hold integers.",
        "Try weights that are whole numbers. What is the dtype of the array in which you collect the "
        "entries, and from where does it take it over?",
        _entries_in_place,
    ),
    Misconception(
        "targets-in-place",
        "The predictions are subtracted where t stands.",
        IN_PLACE,
        _targets_in_place,
    ),
    WHOLE_NUMBERS.of(gradient),
)
