"""Repairs in another form than asked for, and wrong ideas that every case may show. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception, Shown

from .repairs import (
    Array,
    by_the_batch,
    factors,
    idea,
    number,
    scale,
    written_into,
)


def in_each(fits: Callable[[Array, Any], bool]) -> Shown:
    """Shown if every value fits, beside its examples."""
    return lambda calls: all(fits(call.args[0], call.value) for call in calls)


def pair_with(fits: Callable[[Array, Any, Any], bool]) -> Shown:
    """Shown if every value is a pair that fits, beside its examples."""
    return in_each(
        lambda X, value: (
            isinstance(value, tuple | list) and len(value) == 2 and fits(X, value[0], value[1])
        )
    )


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0


def _form(id: str, belief: str, hint: str, example: Function, shown: Shown) -> Misconception:  # noqa: A002
    return Misconception(id, belief, hint, example, shown=shown)


PAIR = (
    "A repair returns two things, features and factor, each in the form that the docstring says. Call yours "
    "with a few examples and look at what comes back."
)


def _forms(good: Callable[[Array], Array], factor: float) -> tuple[Misconception, ...]:
    """Answers in another form than asked for."""
    return (
        _form(
            "nothing-returned",
            "The repair is made and not returned.",
            "Your function returns None. Does every way through it end in a `return`?",
            lambda _: None,
            in_each(lambda _, value: value is None),
        ),
        _form(
            "features-alone",
            "Only the features are returned.",
            f"{PAIR} The factor is missing: which number leaves the learning rate as it is?",
            good,
            in_each(lambda _, value: _is_array(value)),
        ),
        _form(
            "factor-alone",
            "Only the factor is returned.",
            f"{PAIR} The features are missing: which ones, if they stay as they are?",
            lambda _: factor,
            in_each(lambda _, value: number(value)),
        ),
        _form(
            "more-than-two",
            "The number of epochs, or something else, can be returned too.",
            "You return more than two things. What is fixed in all cases, and what are the two things that "
            "a repair may change?",
            lambda X: (good(X), factor, 300),
            in_each(lambda _, value: isinstance(value, tuple | list) and len(value) > 2),
        ),
        _form(
            "exchanged",
            "The factor is returned first.",
            f"{PAIR} Which of the two comes first?",
            lambda X: (factor, good(X)),
            pair_with(lambda _, F, factor: number(F) and _is_array(factor)),
        ),
        _form(
            "factor-not-positive",
            "The factor is added to the learning rate.",
            "The learning rate is multiplied by your factor. In which direction do the steps lead if it is "
            "negative, and how far if it is 0?",
            lambda X: (good(X), -factor),
            pair_with(lambda _, F, factor: _is_array(F) and number(factor) and factor <= 0),
        ),
        _form(
            "factor-no-number",
            "The factor is an array or a text.",
            f"{PAIR} What is your factor?",
            lambda X: (good(X), np.array([factor])),
            pair_with(lambda _, F, factor: _is_array(F) and not number(factor)),
        ),
        _form(
            "features-as-a-list",
            "The features are a list.",
            f"{PAIR} Are your features an array?",
            lambda X: (good(X).tolist(), factor),
            pair_with(lambda _, F, __: isinstance(F, list)),
        ),
        _form(
            "features-as-a-vector",
            "A single feature needs no column.",
            "Look at the shape of your features: a row for each example, and a column for each feature, "
            "even if there is only one.",
            lambda X: (good(X)[:, 0], factor),
            pair_with(lambda _, F, __: isinstance(F, np.ndarray) and F.ndim == 1),
        ),
        _form(
            "features-on-their-side",
            "Each feature is a row.",
            "Look at the shape of your features: which axis should hold the examples?",
            lambda X: (good(X).T, factor),
            pair_with(
                lambda X, F, _: _is_array(F) and F.ndim == 2 and F.shape[1] == len(X) != len(F)
            ),
        ),
        _form(
            "rows-changed",
            "There are more or fewer rows than examples.",
            "Count the rows of your features: each example needs one of its own. Along which axis do you put "
            "things together, or leave them out?",
            lambda X: (np.concatenate([X, good(X)[:, :1] + 0 * X]), factor),
            pair_with(lambda X, F, _: _is_array(F) and F.ndim == 2 and len(F) != len(X)),
        ),
    )


def ideas_of_any_case(good: Callable[[Array], Array], factor: float) -> tuple[Misconception, ...]:
    """Wrong ideas that every case may show, beside good features and a good factor."""

    def in_place(X: Array) -> tuple[Array, float]:
        features = good(X)
        X *= 0.5
        return features, factor

    return (
        *_forms(good, factor),
        _form(
            "written-into",
            "X may be written into.",
            "Look at X after the call: your function changed the caller's examples. Which of your lines "
            "writes into them?",
            in_place,
            written_into,
        ),
        idea(
            "not-finite",
            "A function may be taken of any number.",
            "Some of your features are no numbers. What do a logarithm, a root or a quotient make of 0, and "
            "of numbers below 0?",
            lambda X: (np.log(X), factor),
            lambda repairs: not all(np.isfinite(F).all() for _, F, _ in repairs),
        ),
        idea(
            "by-the-batch",
            "Features are standardized by the examples that come along.",
            "Give your function one example, and then the same one among others: its features change. Means "
            "and the like would have to come from the training examples only, and your function does not "
            "see which those are.",
            lambda X: (good(X) - good(X).mean(axis=0), factor),
            by_the_batch,
        ),
        idea(
            "nothing-changed",
            "The case is trained as it was found.",
            "Your repair changes nothing. Which cause did you find, and which of the two things that you "
            "return has to do with it?",
            lambda X: (X, 1),
            lambda repairs: scale(repairs) == 1 and factors(repairs) == 1,
        ),
    )
