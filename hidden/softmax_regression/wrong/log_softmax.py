"""Misconceptions of `log_softmax`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

from collections.abc import Iterator
from functools import partial

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import NEGATED, Transformation, scaled
from solutions.softmax_regression import log_softmax, softmax

from .rows import (
    keepdims_slips,
    row_max,
    shift_slips,
    slips,
)

PLUS = (
    "Is your result ever positive, though a probability is never above 1? Write down what the logarithm "
    "makes of a fraction."
)
SHIFT_INSIDE = (
    "Is your result ever positive, though a probability is never above 1? The logits inside your sum were "
    "shifted: what about the one outside?"
)
OTHER_LOGARITHM = (
    "Of two equally probable classes each has the value {} in your result. Of which logarithm is that the "
    "value?"
)
BASE_2 = Transformation(
    "base-2",
    "The logarithm has base 2.",
    OTHER_LOGARITHM.format("−1"),
    scaled(lambda _: 1 / np.log(2)),
)
BASE_10 = Transformation(
    "base-10",
    "The logarithm has base 10.",
    OTHER_LOGARITHM.format("−0.301"),
    scaled(lambda _: 1 / np.log(10)),
)
FLOOR = (
    "The small number under your logarithm keeps it finite, and wrong: every hopeless class gets the same "
    "value. Write the logarithm of the fraction out first."
)
LOG_OF_SOFTMAX = (
    "You take the logarithm of a probability, which may have been rounded to 0. Write the logarithm of the "
    "fraction out first: which part of it needs no exponential at all?"
)


def _log_sum(Z: np.ndarray) -> np.ndarray:
    return np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _shifted(Z: np.ndarray) -> np.ndarray:
    return Z - row_max(Z)


def _unshifted(Z: np.ndarray) -> np.ndarray:
    return Z - _log_sum(Z)


def _log_of_unshifted(Z: np.ndarray) -> np.ndarray:
    return np.log(np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True))


def _log_softmax_by(largest: Function, total: Function) -> Function:
    return lambda Z: Z - largest(Z) - np.log(total(np.exp(Z - largest(Z))))


def floors() -> Iterator[tuple[str, Function]]:
    """What is done to probabilities so that none of them is 0, with a name."""
    # Adding so small a number and cutting off at it are the same but for the largest of these.
    for small in (1e-300, 1e-16, float(np.finfo(float).eps), 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7):
        yield f"at-least-{small:.2g}", partial(np.maximum, small)


def _log_of(floored: Function) -> Function:
    return lambda Z: np.log(floored(softmax(Z)))


# Wrong sums, with the shift that goes with them: (id, belief, hint, sum, largest).
SUMS: tuple[tuple[str, str, str, Function, Function], ...] = (
    (
        "axis-0",
        "The sum goes over the examples.",
        "Each example is a row. Add up the exponentials of your result along each axis: which of the sums "
        "should be 1?",
        lambda E: E.sum(axis=0),
        lambda Z: Z.max(axis=0),
    ),
    (
        "one-sum",
        "One sum over the whole array serves every row.",
        "Each row is a distribution of its own. What do the exponentials of one row of your result add up "
        "to, when there are two of them?",
        np.sum,
        np.max,
    ),
)


def _wrong_sums() -> Iterator[Misconception]:
    for name, belief, hint, total, largest in SUMS:
        yield Misconception(name, belief, hint, _log_softmax_by(largest, total))
        yield Misconception(
            f"{name}-not-shifted",
            f"{belief[:-1]}, and the exponentials are taken of the logits as they are.",
            f"{hint} Then try a logit of 1000.",
            _log_softmax_by(np.zeros_like, total),
        )


MISCONCEPTIONS = (
    *_wrong_sums(),
    *keepdims_slips(_log_softmax_by),
    Misconception(
        "log-of-softmax",
        "The logarithm of a stable softmax is stable.",
        LOG_OF_SOFTMAX,
        lambda Z: np.log(softmax(Z)),
    ),
    Misconception(
        "log-of-softmax-not-shifted",
        "The logarithm of the fraction is taken as it is.",
        f"{LOG_OF_SOFTMAX} Then try a logit of 1000.",
        _log_of_unshifted,
    ),
    *(
        Misconception(name, "A small number keeps the logarithm finite.", FLOOR, _log_of(floored))
        for name, floored in floors()
    ),
    *(
        Misconception(
            f"added-{small:.2g}",
            "A small number keeps the logarithm finite.",
            FLOOR,
            _log_of(partial(np.add, small)),
        )
        for small in (1e-8, 1e-7)
    ),
    Misconception(
        "infinities-replaced",
        "The logarithm of 0 is replaced by a number afterwards.",
        "Replacing infinities hides that the value is lost: a hopeless class has an ordinary logarithm. "
        "Write the logarithm of the fraction out first.",
        lambda Z: np.nan_to_num(np.log(softmax(Z))),
    ),
    Misconception(
        "logits-cut-off",
        "Logits are kept from overflowing by cutting them off.",
        "You cut large logits off. What becomes of two logits that both lie beyond your limit? There is a "
        "way to make exponents small that changes no probability.",
        lambda Z: log_softmax(np.clip(Z, -500, 500)),
    ),
    Misconception(
        "not-shifted",
        "The exponentials are taken of the logits as they are.",
        "Try one row with a logit of 1000. A constant added to all logits of a row changes nothing: which "
        "constant keeps every exponential at 1 or below?",
        _unshifted,
    ),
    Misconception(
        "shifted-in-the-sum-only",
        "The maximum is subtracted inside the sum, and not accounted for outside.",
        SHIFT_INSIDE,
        lambda Z: Z - _log_sum(_shifted(Z)),
    ),
    Misconception(
        "shift-added-outside",
        "The maximum is subtracted inside the sum, and added outside.",
        SHIFT_INSIDE,
        lambda Z: Z + row_max(Z) - _log_sum(_shifted(Z)),
    ),
    Misconception(
        "denominator-only",
        "The logarithm of the denominator is returned.",
        "Your result has one number for each example. Write down what the logarithm makes of a fraction: "
        "what has become of its numerator?",
        lambda Z: row_max(Z) + _log_sum(_shifted(Z)),
    ),
    Misconception(
        "logarithm-of-the-sum-of-probabilities",
        "The probabilities are summed where the exponentials should be.",
        "Your result is Z itself, but for rounding. What do the probabilities of a row add up to, and what "
        "is the logarithm of that?",
        lambda Z: Z - np.log(softmax(Z).sum(axis=-1, keepdims=True)),
    ),
    BASE_2.of(log_softmax),
    Misconception(
        "base-2-of-softmax",
        "The logarithm of a stable softmax is stable, and has base 2.",
        f"Two things. {BASE_2.hint} And: {LOG_OF_SOFTMAX}",
        lambda Z: np.log2(softmax(Z)),
    ),
    BASE_10.of(log_softmax),
    Misconception(
        "shifted-outside-only",
        "The logit is shifted, those in the sum are not.",
        "Your logit was shifted, but those in the sum were not. What do the exponentials of your row add up "
        "to?",
        lambda Z: _shifted(Z) - _log_sum(Z),
    ),
    Misconception(
        "shifted-twice",
        "The maximum is subtracted once more from the shifted result.",
        "You shift the logits, and then account for the shift as if you had not. What do the exponentials of "
        "your row add up to?",
        lambda Z: _shifted(Z) - row_max(Z) - _log_sum(_shifted(Z)),
    ),
    Misconception(
        "shift-only",
        "The shifted logits are returned.",
        "Your largest value is 0 in each row, which would be a probability of 1. What is left to be "
        "subtracted?",
        _shifted,
    ),
    Misconception(
        "one-shift",
        "One maximum of the whole array is subtracted from every row.",
        "Your shift comes from the largest logit of all rows. What is left of a row whose logits are all far "
        "below it?",
        lambda Z: _unshifted(Z - Z.max()),
    ),
    Misconception(
        "logarithm-forgotten",
        "The sum of the exponentials is subtracted, without its logarithm.",
        "Write down what the logarithm makes of a fraction: it acts on numerator and denominator.",
        lambda Z: Z - np.exp(_shifted(Z)).sum(axis=-1, keepdims=True),
    ),
    Misconception(
        "sum-of-logarithms",
        "The logarithm of a sum is taken for the sum of logarithms.",
        "Try your rule for a logarithm of a sum with two numbers: is log(2 + 2) what you say?",
        lambda Z: Z - np.log(np.exp(Z)).sum(axis=-1, keepdims=True),
    ),
    Misconception(
        "mean-in-the-logarithm",
        "The exponentials are averaged, not summed.",
        "What do the exponentials of your row add up to? Compare with the number of classes.",
        lambda Z: _shifted(Z) - np.log(np.exp(_shifted(Z)).mean(axis=-1, keepdims=True)),
    ),
    Misconception(
        "plus",
        "The logarithm of the denominator is added.",
        PLUS,
        lambda Z: Z + row_max(Z) + _log_sum(_shifted(Z)),
    ),
    Misconception(
        "plus-after-the-shift",
        "The logarithm of the denominator is added to the shifted logits.",
        PLUS,
        lambda Z: _shifted(Z) + _log_sum(_shifted(Z)),
    ),
    Misconception(
        "softmax",
        "The probabilities are returned.",
        "Your numbers lie between 0 and 1. Those are the probabilities; look at the name of the function.",
        softmax,
    ),
    *shift_slips(log_softmax, _unshifted),
    NEGATED.of(
        log_softmax,
        hint="All your values are positive. What sign has the logarithm of a number between 0 and 1?",
    ),
    *slips(log_softmax, of_a_number=0),
)
