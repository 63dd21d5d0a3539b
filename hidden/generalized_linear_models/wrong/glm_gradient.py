"""Misconceptions of `glm_gradient`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    DOUBLED,
    FLATTENED,
    HALVED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    SUMMED,
    TRANSPOSED,
)
from solutions.glm import glm_gradient
from solutions.logistic_regression import sigmoid
from solutions.softmax_regression import one_hot, softmax

from ...softmax_regression.wrong.errors import ERRORS, WRONG_COUNT, Now
from ...softmax_regression.wrong.gradient import IN_PLACE
from ...softmax_regression.wrong.predict import ONES

MODELS = ("linear", "logistic", "softmax")
UPHILL = "Is your error positive where the prediction is too large, or where it is too small?"
UNIT_VARIANCE = (
    "The linear model's loss is not the mean of squares here, but the one of your table, with variance 1. "
    "Take its derivative once more: what becomes of the ½?"
)
SLOPE = (
    "You multiply by y(1 − y) as well. Look at the slopes of the losses in your table: where has the slope "
    "of the activation gone?"
)


def _predictions(model: str, Z: np.ndarray) -> np.ndarray:
    activations: dict[str, Function] = {
        "linear": np.asarray,
        "logistic": sigmoid,
        "softmax": softmax,
    }
    return activations[model](Z)


def _in(
    models: str | tuple[str, ...], change: Callable[[Now], Any], linear: Function = np.matmul
) -> Function:
    """A wrong gradient in some of the models, and a right one in the others."""

    def wrong(model: str, W: np.ndarray, X: np.ndarray, t: np.ndarray) -> Any:
        if model not in models:
            return glm_gradient(model, W, X, t)
        T = one_hot(t, W.shape[1]) if model == "softmax" else t
        return change(Now(W, X, t, T, _predictions(model, linear(X, W))))

    return wrong


def _mean(now: Now, errors: np.ndarray) -> np.ndarray:
    return now.X.T @ errors / len(now.X)


def _errors(models: str | tuple[str, ...], errors: Callable[[Now], Any]) -> Function:
    """A gradient with something else in the place of Y − T, in some of the models."""
    return _in(models, lambda now: _mean(now, errors(now)))


def _slope(now: Now) -> np.ndarray:
    return (now.Y - now.T) * now.Y * (1 - now.Y)


def _step_in_place(model: str, W: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
    g = glm_gradient(model, W, X, t)
    W -= g
    return g


def _without_biases(g: np.ndarray) -> np.ndarray:
    g[-1] = 0
    return g


def _one_model(model: str) -> tuple[Misconception, ...]:
    """Slips in one of three branches; in all of them, they have an entry of their own."""
    return (
        Misconception(
            f"sign-{model}",
            f"In the {model} model, predictions are subtracted from targets.",
            f"Your {model} model is the odd one out. {UPHILL}",
            _errors((model,), lambda now: now.T - now.Y),
        ),
        Misconception(
            f"sum-{model}",
            f"In the {model} model the mean is forgotten.",
            f"In the {model} model, give your function the same examples twice, one after the other: should "
            "the gradient change?",
            _in((model,), lambda now: now.X.T @ (now.Y - now.T)),
        ),
        Misconception(
            f"none-{model}",
            f"The {model} model has no branch, or one that returns nothing.",
            f"Your function returns None for the {model} model. Compare the names that you ask for with "
            "those in the docstring, and look where each branch ends.",
            _in((model,), lambda _: None),
        ),
    )


MISCONCEPTIONS = (
    *(misconception for model in MODELS for misconception in _one_model(model)),
    *(slip.by(partial(_errors, ("softmax",))) for slip in ERRORS),
    Misconception(
        "no-activation",
        "All models predict by the linear part.",
        "Only your linear model is right. What do the other two make of the linear part before it is "
        "compared with a target?",
        _errors(("logistic", "softmax"), lambda now: now.X @ now.W - now.T),
    ),
    Misconception(
        "always-linear",
        "The name of the model is not used.",
        "Your function does not look at the model. In what do the three differ: in the activation, in the "
        "targets, or in both?",
        _errors(MODELS, lambda now: now.X @ now.W - now.t),
    ),
    Misconception(
        "always-softmax",
        "Every model has K classes.",
        "In two of the models W is a vector and has no second axis. In which model are the targets classes "
        "out of K, and what are they in the others?",
        lambda _, W, X, t: glm_gradient("softmax", W, X, t),
    ),
    Misconception(
        "logistic-without-activation",
        "The logistic model predicts by its logit.",
        "Your logistic model predicts numbers beyond 0 and 1. Which activation belongs to it?",
        _errors(("logistic",), lambda now: now.X @ now.W - now.T),
    ),
    Misconception(
        "linear-with-sigmoid",
        "The linear model has the sigmoid too.",
        "Can your linear model ever predict 5? Look up its activation in your table.",
        _errors(("linear",), lambda now: sigmoid(now.X @ now.W) - now.T),
    ),
    Misconception(
        "logistic-by-softmax-of-the-batch",
        "The softmax of all logits replaces the sigmoid of each.",
        "In the logistic model the predictions of your whole batch add up to 1. Each example has a "
        "probability of its own: which function makes it from one logit?",
        _errors(("logistic",), lambda now: softmax(now.X @ now.W) - now.T),
    ),
    Misconception(
        "the-other-class",
        "The logistic model predicts the probability of C₀.",
        "What does your logistic model predict for a large positive logit? Which class has the label 1?",
        _errors(("logistic",), lambda now: 1 - now.Y - now.T),
    ),
    Misconception(
        "decisions",
        "The logistic model compares decisions with the labels.",
        "You compare labels with decisions, as the perceptron does. An example that is right, but barely "
        "so, should still pull: what does the model say besides the decision?",
        _errors(("logistic",), lambda now: (now.Y >= 0.5) - now.T),
    ),
    Misconception(
        "labels-plus-minus-1",
        "The labels of the logistic model are −1 and 1.",
        "Which values may your prediction take in the logistic model, and which do you compare it with? "
        "Read which labels there are.",
        _errors(("logistic",), lambda now: now.Y - (2 * now.t - 1)),
    ),
    Misconception(
        "slope-of-the-sigmoid",
        "In the logistic model the slope of the activation is still a factor.",
        SLOPE,
        _errors(("logistic",), _slope),
    ),
    Misconception(
        "slope-of-both",
        "In both models of classes the slope of the activation is still a factor.",
        SLOPE,
        _errors(("logistic", "softmax"), _slope),
    ),
    Misconception(
        "squared-error",
        "The linear model's loss is the mean of the squares, with its 2.",
        UNIT_VARIANCE,
        _errors(("linear",), lambda now: 2 * (now.Y - now.T)),
    ),
    Misconception(
        "halved-linear",
        "The ½ of the linear model's loss is kept.",
        UNIT_VARIANCE,
        _errors(("linear",), lambda now: (now.Y - now.T) / 2),
    ),
    Misconception(
        "targets-forgotten",
        "The predictions are not compared with the targets.",
        "Your gradient does not depend on t. At a perfect prediction it should be zero.",
        _errors(MODELS, lambda now: now.Y),
    ),
    Misconception(
        "absolute-errors",
        "Errors have no sign.",
        "All your errors push in the same direction. What tells a prediction that is too small from one "
        "that is too large?",
        _errors(MODELS, lambda now: np.abs(now.Y - now.T)),
    ),
    Misconception(
        "averaged-over-features",
        "The sum is divided by the number of features.",
        WRONG_COUNT,
        _in(MODELS, lambda now: now.X.T @ (now.Y - now.T) / len(now.W)),
    ),
    Misconception(
        "X-not-transposed",
        "X is multiplied as it is.",
        "Write the shapes of X and of your errors beside each other: over which axis should the product "
        "sum?",
        _in(MODELS, lambda now: now.X @ (now.Y - now.T) / len(now.X)),
    ),
    Misconception(
        "features-forgotten",
        "The errors alone are averaged.",
        "Where does x come into your gradient? A weight whose feature is 0 should not move.",
        _in(MODELS, lambda now: np.mean(now.Y - now.T, axis=0)),
    ),
    Misconception(
        "errors-only",
        "The errors of the examples are returned.",
        "You return something for each example. What shape has the gradient, and where does x come in?",
        _in(MODELS, lambda now: now.Y - now.T),
    ),
    Misconception(
        "column",
        "A vector of weights has a gradient with a single column.",
        "Compare the shapes of W and of your gradient, in the linear and in the logistic model.",
        _in(("linear", "logistic"), lambda now: _mean(now, (now.Y - now.T)[:, None])),
    ),
    Misconception(
        "N-by-N-errors",
        "A column of predictions meets a row of targets.",
        "Print the shape of your errors in the linear model: each prediction has met every target. What "
        "makes a column of one of them?",
        _in(("linear", "logistic"), lambda now: _mean(now, now.Y[:, None] - now.T)),
    ),
    Misconception(
        "biases-twice",
        "The biases are added to the product.",
        ONES,
        _in(MODELS, lambda now: _mean(now, now.Y - now.T), lambda X, W: X @ W + W[-1]),
    ),
    Misconception(
        "biases-do-not-learn",
        "The last weights have no gradient.",
        "The last entry, or row, of your gradient is zero. What do the last weights stand for, and should "
        "they learn?",
        lambda *args: _without_biases(glm_gradient(*args)),
    ),
    Misconception(
        "stepped",
        "The new weights are returned.",
        "You return weights after a step. The function is called gradient: what should become of W comes "
        "later.",
        lambda model, W, X, t: W - glm_gradient(model, W, X, t),
    ),
    Misconception("step-in-place", "A step is made with the caller's W.", IN_PLACE, _step_in_place),
    NEGATED.of(glm_gradient, hint=UPHILL),
    SUMMED.of(glm_gradient),
    AVERAGED_TWICE.of(glm_gradient),
    DOUBLED.of(glm_gradient),
    HALVED.of(glm_gradient),
    TRANSPOSED.of(glm_gradient),
    FLATTENED.of(glm_gradient),
    SINGLE_PRECISION.of(glm_gradient),
    LISTED.of(glm_gradient),
    NOTHING_RETURNED.of(glm_gradient),
)
