"""Misconceptions of `sgd_epoch`: those of any model, and gradients written anew within it. Trusted side."""

from collections.abc import Iterator

from autograder.misconceptions import Misconception
from solutions.logistic_regression import gradient

from . import gradient as wrong_gradients
from .sgd_epoch_parts import epoch
from .sgd_epoch_slips import misconceptions_of_epoch

# What goes wrong in a gradient that is written out within the loop.
_WRITTEN_ANEW = (
    "bias-not-trained",
    "decisions",
    "label-inside-the-sigmoid",
    "labels-plus-minus-one",
    "no-sigmoid",
    "only-mistakes",
    "slope-of-the-sigmoid-too",
    "targets-forgotten",
)


def _with_another_gradient() -> Iterator[Misconception]:
    for slip in wrong_gradients.MISCONCEPTIONS:
        if slip.id in _WRITTEN_ANEW:
            yield Misconception(
                f"gradient-{slip.id}",
                slip.belief,
                "The order and the batches are right, but your steps follow another gradient than the "
                f"one of your loss. {slip.hint}",
                epoch()(slip.wrong),
            )


MISCONCEPTIONS = (*misconceptions_of_epoch(gradient), *_with_another_gradient())
