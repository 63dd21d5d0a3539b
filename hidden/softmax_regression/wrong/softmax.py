"""Misconceptions of `softmax`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import math
from collections.abc import Iterator

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.logistic_regression import sigmoid
from solutions.softmax_regression import log_softmax, softmax

from .rows import (
    keepdims_slips,
    row_max,
    shift_slips,
    slips,
)

ANOTHER_SHIFT = (
    "You subtract a constant from the logits of a row, and with another constant it would be safer: look "
    "for a row of whose exponentials one overflows, or all become 0."
)


def _normalized(E: np.ndarray) -> np.ndarray:
    return E / E.sum(axis=-1, keepdims=True)


def _exp(Z: np.ndarray) -> np.ndarray:
    return np.exp(Z - row_max(Z))


def _unshifted(Z: np.ndarray) -> np.ndarray:
    return _normalized(np.exp(Z))


def _softmax_by(largest: Function, total: Function) -> Function:
    return lambda Z: np.exp(Z - largest(Z)) / total(np.exp(Z - largest(Z)))


# Wrong sums, with whatever shift: (id, belief, hint, denominator, largest).
SUMS: tuple[tuple[str, str, str, Function, Function], ...] = (
    (
        "axis-0",
        "Columns are made distributions, not rows.",
        "Each example is a row. Add up your result along each axis: which of the sums should be 1?",
        lambda E: E.sum(axis=0),
        lambda Z: Z.max(axis=0),
    ),
    (
        "one-denominator",
        "One sum over the whole array divides every row.",
        "Each row is a distribution of its own. What does one row of your result add up to, when there are "
        "two of them?",
        np.sum,
        row_max,
    ),
)


def _wrong_sums() -> Iterator[Misconception]:
    for name, belief, hint, total, largest in SUMS:
        yield Misconception(name, belief, hint, _softmax_by(largest, total))
        yield Misconception(f"{name}-with-one-shift", belief, hint, _softmax_by(np.max, total))
        yield Misconception(
            f"{name}-not-shifted",
            f"{belief[:-1]}, and the exponentials are taken of the logits as they are.",
            f"{hint} Then try a logit of 1000.",
            _softmax_by(np.zeros_like, total),
        )


MISCONCEPTIONS = (
    *_wrong_sums(),
    *keepdims_slips(_softmax_by),
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
        lambda Z: softmax(Z / row_max(Z)),
    ),
    Misconception(
        "shift-added",
        "The maximum is added to the logits.",
        "Try one row with a logit of 1000: you make the largest exponent larger still.",
        lambda Z: _unshifted(Z + row_max(Z)),
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
    *shift_slips(softmax, _unshifted),
    Misconception(
        "logarithm",
        "The logarithms of the probabilities are returned.",
        "Your numbers are negative. Those are logarithms of probabilities; look at the name of the function.",
        log_softmax,
    ),
    Misconception(
        "math",
        "A function of `math` is called for each entry of Z.",
        "A loop over a matrix meets rows, and `math` knows single numbers only. What does NumPy have that "
        "does the same for every entry of an array at once?",
        lambda Z: np.array([math.exp(z) for z in Z]) / sum(math.exp(z) for z in Z),
    ),
    *slips(softmax, of_a_number=1),
)
