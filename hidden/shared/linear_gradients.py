"""Slips in the gradient of a linear model with one output, the mean of (f(xᵀw) − t) x. Trusted side."""

# mypy: no-warn-return-any

from collections.abc import Iterator

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    SUMMED,
)

from .linear import IN_PLACE, wrong_linear_parts
from .residuals import SLIPS, Parts, Slip


def _step_in_place(gradient: Function) -> Function:
    def wrong(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
        g = gradient(w, X, t)
        w -= g
        return g

    return wrong


def _products_in_place(activation: Function) -> Function:
    def wrong(w: np.ndarray, X: np.ndarray, t: np.ndarray) -> np.ndarray:
        X *= (activation(X @ w) - t)[:, None]
        return X.mean(axis=0)

    return wrong


def _of_residuals(slip: Slip, activation: Function) -> Misconception:
    return Misconception(
        slip.id,
        slip.belief,
        slip.hint,
        lambda w, X, t: slip.gradient(Parts(activation(X @ w) - t, X, w)),
    )


def wrong_gradients(right: Function, activation: Function) -> Iterator[Misconception]:
    """All slips in `right`, the gradient of a model whose prediction is `activation` of Xw."""
    yield from (_of_residuals(slip, activation) for slip in SLIPS)
    yield from wrong_linear_parts(lambda z, X, t: X.T @ (activation(z) - t) / len(X))
    yield Misconception(
        "targets-forgotten",
        "The prediction itself is taken for the residual.",
        "At the best weights the pulls of the examples cancel; in your result they depend on X and w alone. "
        "Where do the targets come in?",
        lambda w, X, _: X.T @ activation(X @ w) / len(X),
    )
    yield Misconception(
        "sum-for-difference",
        "The target is added.",
        "An example that is predicted perfectly should pull on no weight. Which sign makes its pull vanish?",
        lambda w, X, t: X.T @ (activation(X @ w) + t) / len(X),
    )
    brackets = (
        "Python multiplies before it subtracts. What does your line multiply by the features: the residuals, "
        "or something else?"
    )
    yield Misconception(
        "brackets",
        "The residual is not put in brackets.",
        brackets,
        lambda w, X, t: X.T @ activation(X @ w) - t / len(X),
    )
    yield Misconception(
        "brackets-of-the-mean",
        "Only the targets are divided by N.",
        brackets,
        lambda w, X, t: X.T @ (activation(X @ w) - t / len(X)),
    )
    yield Misconception(
        "brackets-without-mean",
        "The residual is not put in brackets.",
        brackets,
        lambda w, X, t: X.T @ activation(X @ w) - t,
    )
    yield Misconception(
        "weights-in-place", "A step is taken on the way.", IN_PLACE, _step_in_place(right)
    )
    yield Misconception(
        "products-in-place",
        "X is multiplied by the residuals where it stands.",
        IN_PLACE,
        _products_in_place(activation),
    )
    yield NEGATED.of(
        right,
        hint="Descent would go uphill. Take one example whose prediction is too high: to which side should "
        "its weights be changed, if a step goes against the gradient?",
    )
    # Not SUMMED.of(right): of whole numbers the sum is one, the mean times N is a float.
    yield Misconception(
        SUMMED.id,
        SUMMED.belief,
        SUMMED.hint,
        lambda w, X, t: X.T @ (activation(X @ w) - t),
        SUMMED.after,
    )
    for slip in (AVERAGED_TWICE, SINGLE_PRECISION, LISTED, NOTHING_RETURNED):
        yield slip.of(right)
