"""Mistakes that act on a right result: the same slip, and the same hint, in many exercises. Trusted side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.misconceptions import After, Function, Misconception

Arguments = tuple[Any, ...]


class NotApplicableError(Exception):
    """A mistake cannot be made on this value, so it explains nothing."""


@dataclass(frozen=True)
class Transformation:
    """A mistake by what it makes of the right result; `of` turns it into a misconception."""

    id: str
    belief: str
    hint: str
    after: After

    def of(self, right: Function, *, hint: str = "") -> Misconception:
        """The misconception of an exercise whose reference is `right`, with a hint of its own if given."""

        def wrong(*args: Any, **kwargs: Any) -> Any:
            return self.after(right(*args, **kwargs), args, kwargs)

        return Misconception(self.id, self.belief, hint or self.hint, wrong, self.after)


def each_part(change: Callable[[Any, Arguments], Any]) -> After:
    """`change` of an array or a number and the arguments, for each part of a tuple."""

    def after(value: Any, args: Arguments, kwargs: Mapping[str, Any]) -> Any:
        if isinstance(value, tuple):
            return tuple(after(part, args, kwargs) for part in value)
        if not isinstance(value, np.ndarray | np.generic | int | float):
            raise NotApplicableError
        return change(value, args)

    return after


def scaled(factor: Callable[[Arguments], float]) -> After:
    """The result times a factor that depends on the arguments."""
    return each_part(lambda value, args: value * factor(args))


def examples(args: Arguments) -> int:
    """N: the last positional argument that is an array has one row, or one entry, an example."""
    return len(next(arg for arg in reversed(args) if isinstance(arg, np.ndarray)))


NEGATED = Transformation(
    "sign",
    "The result has the opposite sign.",
    "Everything is right but the sign. Try one example whose sign you know without computing.",
    each_part(lambda value, _: -value),
)
SUMMED = Transformation(
    "sum-instead-of-mean",
    "The examples are added up, not averaged.",
    "Give your function the same examples twice, one after the other: should the result change?",
    scaled(examples),
)
AVERAGED_TWICE = Transformation(
    "averaged-twice",
    "The mean over the examples is taken twice.",
    "Your result shrinks when the batch grows. Count how often you divide by the number of examples.",
    scaled(lambda args: 1 / examples(args)),
)
DOUBLED = Transformation(
    "doubled",
    "There is a factor of 2 too many.",
    "Your result is twice what it should be. Which definition did the 2 come from?",
    scaled(lambda _: 2),
)
HALVED = Transformation(
    "halved",
    "There is a factor of ½ too many.",
    "Your result is half of what it should be. Where does your ½ come from, and does it belong here?",
    scaled(lambda _: 0.5),
)
TRANSPOSED = Transformation(
    "transposed",
    "Rows and columns are exchanged.",
    "Your numbers are right, but they lie on their side: compare the shape of your result with the one "
    "in the docstring.",
    each_part(lambda value, _: np.transpose(value)),
)
SINGLE_PRECISION = Transformation(
    "single-precision",
    "The result is kept in float32.",
    "Your result has half of the digits of its inputs. Where does float32 come in?",
    each_part(lambda value, _: np.asarray(value, dtype=np.float32)),
)
FLATTENED = Transformation(
    "flattened",
    "All axes are made one.",
    "The numbers are right, but their rows and columns are gone: compare the shapes of argument and result.",
    each_part(lambda value, _: np.ravel(value)),
)
LISTED = Transformation(
    "list",
    "A list is returned in the place of an array.",
    "Look at the type of your result: the docstring asks for an array.",
    each_part(lambda value, _: np.asarray(value).tolist()),
)
NOTHING_RETURNED = Transformation(
    "nothing-returned",
    "The result is computed and not returned.",
    "Your function returns None. Does every way through it end in a `return`?",
    lambda *_: None,
)
