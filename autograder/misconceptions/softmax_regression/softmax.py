"""Misconceptions of `softmax`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Callable, Iterator

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    TRANSPOSED,
    WHOLE_NUMBERS,
)
from solutions.logistic_regression import sigmoid
from solutions.softmax_regression import softmax

IN_PLACE = (
    "Look at the argument after the call: your function changed the caller's array. Which of your lines "
    "writes into it?"
)
PYTHON_MAX = (
    "Python's own `max` works for a vector. Of a matrix it compares whole rows, and cannot: which of NumPy's "
    "functions knows axes?"
)
ANOTHER_SHIFT = (
    "You subtract a constant from the logits of a row, and with another constant it would be safer: look "
    "for a row of whose exponentials one overflows, or all become 0."
)


def _max(Z: np.ndarray) -> np.ndarray:
    return Z.max(axis=-1, keepdims=True)


def _normalized(E: np.ndarray) -> np.ndarray:
    return E / E.sum(axis=-1, keepdims=True)


def _exp(Z: np.ndarray) -> np.ndarray:
    return np.exp(Z - _max(Z))


def _unshifted(Z: np.ndarray) -> np.ndarray:
    return _normalized(np.exp(Z))


def _shift_in_place(Z: np.ndarray) -> np.ndarray:
    Z -= _max(Z)
    return _unshifted(Z)


def _result_in_place(Z: np.ndarray) -> np.ndarray:
    Z[...] = softmax(Z)
    return Z


# Wrong sums, with whatever shift: (id, belief, hint, denominator, largest).
_Part = Callable[[np.ndarray], np.ndarray]
SUMS: tuple[tuple[str, str, str, _Part, _Part], ...] = (
    (
        "axis-0",
        "Columns are made distributions, not rows.",
        "Each example is a row. Add up your result along each axis: which of the sums should be 1?",
        lambda E: E.sum(axis=0),
        lambda Z: Z.max(axis=0),
    ),
    (
        "axis-1",
        "The classes lie along axis 1, however many axes there are.",
        "Give your function a single example, a vector of logits: it has no axis 1. How do you name the last "
        "axis of any array?",
        lambda E: E.sum(axis=1, keepdims=True),
        lambda Z: Z.max(axis=1, keepdims=True),
    ),
    (
        "one-denominator",
        "One sum over the whole array divides every row.",
        "Each row is a distribution of its own. What does one row of your result add up to, when there are "
        "two of them?",
        np.sum,
        _max,
    ),
)


def _wrong_sums() -> Iterator[Misconception]:
    def over(denominator: _Part, shift: _Part) -> Callable[[np.ndarray], np.ndarray]:
        return lambda Z: np.exp(Z - shift(Z)) / denominator(np.exp(Z - shift(Z)))

    for name, belief, hint, denominator, largest in SUMS:
        yield Misconception(name, belief, hint, over(denominator, largest))
        yield Misconception(f"{name}-with-one-shift", belief, hint, over(denominator, np.max))
        yield Misconception(
            f"{name}-not-shifted",
            f"{belief[:-1]}, and the exponentials are taken of the logits as they are.",
            f"{hint} Then try a logit of 1000.",
            over(denominator, np.zeros_like),
        )


MISCONCEPTIONS = (
    *_wrong_sums(),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "Try one row with a logit of 1000. A constant added to all logits of a row changes nothing: which "
        "constant keeps every exponential at 1 or below?",
        _unshifted,
    ),
    Misconception(
        "nan-replaced",
        "What overflowed is replaced by a number afterwards.",
        "Replacing NaN hides the overflow, but the probabilities are lost. A constant added to all logits of "
        "a row changes nothing: how could it keep the exponentials small?",
        lambda Z: np.nan_to_num(_unshifted(Z)),
    ),
    Misconception(
        "cut-off",
        "Logits are kept from overflowing by cutting them off.",
        "You cut large logits off. What becomes of two logits that both lie beyond your limit? There is a "
        "way to make exponents small that changes no probability.",
        lambda Z: _unshifted(np.clip(Z, -500, 500)),
    ),
    Misconception(
        "divided-by-the-largest",
        "The logits are divided by their largest, not shifted by it.",
        "Softmax does not notice a constant that is added to all logits of a row. Does it notice a factor? "
        "Try a row of two logits.",
        lambda Z: softmax(Z / _max(Z)),
    ),
    Misconception(
        "shift-added",
        "The maximum is added to the logits.",
        "Try one row with a logit of 1000: you make the largest exponent larger still.",
        lambda Z: _unshifted(Z + _max(Z)),
    ),
    Misconception(
        "shift-by-the-smallest",
        "The smallest logit is subtracted.",
        ANOTHER_SHIFT,
        lambda Z: _unshifted(Z - Z.min(axis=-1, keepdims=True)),
    ),
    Misconception(
        "shift-by-the-mean",
        "The mean of the logits is subtracted.",
        ANOTHER_SHIFT,
        lambda Z: _unshifted(Z - Z.mean(axis=-1, keepdims=True)),
    ),
    Misconception(
        "shift-by-the-largest-size",
        "The largest absolute value is subtracted.",
        ANOTHER_SHIFT,
        lambda Z: _unshifted(Z - np.abs(Z).max(axis=-1, keepdims=True)),
    ),
    Misconception(
        "one-shift",
        "One maximum of the whole array is subtracted from every row.",
        "Your shift comes from the largest logit of all rows. What is left of a row whose logits are all far "
        "below it?",
        lambda Z: _normalized(np.exp(Z - Z.max())),
    ),
    Misconception(
        "shift-by-columns",
        "The maximum of each column is subtracted.",
        "A shift is harmless if it is the same for all logits of one example. Along which axis did you take "
        "the maximum?",
        lambda Z: _normalized(np.exp(Z - Z.max(axis=0))),
    ),
    Misconception(
        "shift-in-the-numerator-only",
        "Numerator and denominator have different exponents.",
        "Do the exponentials that you divide, and those that you add up, come from the same logits? Check "
        "with the sum of a row.",
        lambda Z: _exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True),
    ),
    Misconception(
        "keepdims-forgotten",
        "The sums of the rows lost an axis, so that they are spread over the columns.",
        "Print the shape of your denominator beside that of the exponentials. Along which axis does NumPy "
        "line them up?",
        lambda Z: _exp(Z) / _exp(Z).sum(axis=-1),
    ),
    Misconception(
        "keepdims-forgotten-in-the-shift",
        "The maxima of the rows lost an axis, so that they are spread over the columns.",
        "Print the shape of the maxima beside that of Z. Along which axis does NumPy line them up?",
        lambda Z: _normalized(np.exp(Z - Z.max(axis=-1))),
    ),
    Misconception(
        "not-normalized",
        "The exponentials are returned.",
        "Your numbers are positive, but do they add up to 1? Something is left to be done.",
        _exp,
    ),
    Misconception(
        "not-normalized-not-shifted",
        "The exponentials of the logits are returned.",
        "Your numbers are positive, but do they add up to 1? Something is left to be done, and a logit of "
        "1000 is still too much.",
        np.exp,
    ),
    Misconception(
        "no-exponential",
        "The logits themselves are normalized.",
        "You divide by a sum, and the sum is 1 then. But look for negative probabilities in your result: "
        "what makes every logit positive first?",
        _normalized,
    ),
    Misconception(
        "sigmoids",
        "Each logit is made a probability by itself.",
        "You have made a probability of each logit alone. Here the classes compete: what should the "
        "probabilities of one example add up to?",
        sigmoid,
    ),
    Misconception(
        "sign",
        "The exponents have a minus.",
        "Which class gets your largest probability, that with the largest logit or that with the smallest?",
        lambda Z: softmax(-Z),
    ),
    Misconception(
        "python-max",
        "Python's `max` looks for the largest entry.",
        PYTHON_MAX,
        lambda Z: _normalized(np.exp(Z - max(Z))),
    ),
    Misconception(
        "always-a-matrix",
        "A vector of logits is made a matrix of one row.",
        "Give your function a single vector: the result has an axis more than the argument.",
        lambda Z: softmax(np.atleast_2d(Z)),
    ),
    Misconception(
        "squeezed",
        "Axes of length 1 are dropped from the result.",
        "Give your function a matrix of a single row: the result has an axis less than the argument.",
        lambda Z: np.squeeze(softmax(Z)),
    ),
    Misconception(
        "shift-in-place",
        "The maximum is subtracted from the caller's array.",
        IN_PLACE,
        _shift_in_place,
    ),
    Misconception(
        "result-in-place",
        "The probabilities are written into the caller's array.",
        IN_PLACE,
        _result_in_place,
    ),
    WHOLE_NUMBERS.of(softmax),
    TRANSPOSED.of(softmax),
    SINGLE_PRECISION.of(softmax),
    LISTED.of(softmax),
    NOTHING_RETURNED.of(softmax),
)
