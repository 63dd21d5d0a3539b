"""Slips of the L² regularization in `nll` and in `gradient`, on top of whatever else. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from autograder.misconceptions import After
from autograder.misconceptions.transformations import (
    Arguments,
    NotApplicableError,
    Transformation,
)


class _Term(NamedTuple):
    """What a term is made of."""

    W: np.ndarray
    l2: float
    N: int


Term = Callable[[_Term], Any]


def _instead_of(right: Term) -> Callable[[Term], After]:
    """What makes of a result with a right term the one with a wrong term."""

    def by(wrong: Term) -> After:
        def after(value: Any, args: Arguments, kwargs: Mapping[str, Any]) -> Any:
            if not isinstance(value, np.ndarray | np.generic | float):
                raise NotApplicableError
            term = _Term(args[0], kwargs.get("l2", 0.0), len(args[1]))
            return value if term.l2 == 0 else value - right(term) + wrong(term)

        return after

    return by


def _on_data(right: Term) -> Callable[[Callable[[Any, int], Any]], After]:
    """What changes a result's part of the data, and leaves a right term as it is."""

    def by(change: Callable[[Any, int], Any]) -> After:
        def after(value: Any, args: Arguments, kwargs: Mapping[str, Any]) -> Any:
            if not isinstance(value, np.ndarray | np.generic | float):
                raise NotApplicableError
            term = _Term(args[0], kwargs.get("l2", 0.0), len(args[1]))
            if term.l2 == 0:  # what is not added cannot overflow
                return change(value, term.N)
            return change(value - right(term), term.N) + right(term)

        return after

    return by


def _squares(W: np.ndarray) -> float:
    return np.sum(W**2)


def _of_loss(r: _Term) -> float:
    return r.l2 / 2 * _squares(r.W)


def _of_gradient(r: _Term) -> np.ndarray:
    return r.l2 * r.W


def without_biases(W: np.ndarray) -> np.ndarray:
    """W with zeros in its last row."""
    return np.vstack([W[:-1], 0 * W[-1:]])


BIASES = (
    "Your biases are spared. Often that is done, but read in the docstring which entries of W belong to the "
    "regularization here."
)
_OF_LOSS = (
    "What does regularization add? Subtract your loss without l2 from the one with it, and compare with the "
    "formula, factor by factor."
)
_OF_GRADIENT = (
    "What does regularization add? Subtract your gradient without l2 from the one with it, and compare with "
    "the derivative of the second term of the loss."
)
_in_loss, on_loss_of_data = _instead_of(_of_loss), _on_data(_of_loss)
_in_gradient, on_gradient_of_data = _instead_of(_of_gradient), _on_data(_of_gradient)

LOSS_SLIPS = (
    Transformation(
        "l2-forgotten",
        "The regularization is left out.",
        "Does your loss change when l2 does? Look at the second term of the formula.",
        _in_loss(lambda _: 0),
    ),
    *(
        Transformation(f"l2-{name}", belief, _OF_LOSS, _in_loss(term))
        for name, belief, term in (
            ("not-halved", "The ½ is left out.", lambda r: r.l2 * _squares(r.W)),
            ("over-N", "The squares are averaged.", lambda r: r.l2 / 2 * _squares(r.W) / r.N),
            ("by-mean", "The squares are averaged over W.", lambda r: r.l2 / 2 * np.mean(r.W**2)),
            ("of-the-norm", "The norm is not squared.", lambda r: r.l2 / 2 * np.linalg.norm(r.W)),
            ("of-sizes", "Sizes are summed, not squares.", lambda r: r.l2 / 2 * np.abs(r.W).sum()),
            ("of-products", "WᵀW is summed.", lambda r: r.l2 / 2 * np.sum(r.W.T @ r.W)),
            ("of-the-sum", "The sum is squared.", lambda r: r.l2 / 2 * np.sum(r.W) ** 2),
        )
    ),
    Transformation(
        "l2-as-a-matrix",
        "WᵀW is the sum of the squares, as for a vector.",
        "With regularization you return a matrix. What is WᵀW when W is not a vector?",
        _in_loss(lambda r: r.l2 / 2 * r.W.T @ r.W),
    ),
    Transformation(
        "l2-subtracted",
        "The regularization is subtracted.",
        "Large weights make your loss smaller. Should they?",
        _in_loss(lambda r: -r.l2 / 2 * _squares(r.W)),
    ),
    Transformation(
        "l2-without-biases",
        "The biases are not regularized.",
        BIASES,
        _in_loss(lambda r: r.l2 / 2 * _squares(r.W[:-1])),
    ),
)

GRADIENT_SLIPS = (
    Transformation(
        "l2-forgotten",
        "The regularization is left out.",
        "Does your gradient change when l2 does? Look at the second term of the loss.",
        _in_gradient(lambda _: 0),
    ),
    *(
        Transformation(f"l2-{name}", belief, _OF_GRADIENT, _in_gradient(term))
        for name, belief, term in (
            ("halved", "The ½ of the loss stays.", lambda r: r.l2 / 2 * r.W),
            ("doubled", "The square gives a 2, and the ½ is forgotten.", lambda r: 2 * r.l2 * r.W),
            ("over-N", "The term is averaged over the examples.", lambda r: r.l2 / r.N * r.W),
            ("squared", "The weights stay squared.", lambda r: r.l2 * r.W**2),
            ("value", "The term of the loss is added.", lambda r: r.l2 / 2 * _squares(r.W)),
            ("of-the-sum", "All weights are summed.", lambda r: r.l2 * r.W.sum()),
            ("by-sign", "The loss has the sum of sizes.", lambda r: r.l2 * np.sign(r.W)),
            ("without-W", "The slope is l2 itself.", lambda r: r.l2),
        )
    ),
    Transformation(
        "l2-subtracted",
        "The regularization is subtracted.",
        "Descent along your gradient makes large weights larger still. In which direction should "
        "regularization pull?",
        _in_gradient(lambda r: -r.l2 * r.W),
    ),
    Transformation(
        "l2-without-biases",
        "The biases are not regularized.",
        BIASES,
        _in_gradient(lambda r: r.l2 * without_biases(r.W)),
    ),
)
