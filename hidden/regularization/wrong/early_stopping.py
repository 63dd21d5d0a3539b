"""Misconceptions of `early_stopping`. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import NOTHING_RETURNED, Transformation, each_part
from solutions.regularization import early_stopping

from ...shared.linear import IN_PLACE

# Whether a loss brings something new, given it, the lowest one so far and the one before it.
New = Callable[[float, float, float], bool]

_BEGIN = (
    "Multiply all losses by a million: your result changes, although the lowest one is the same. With which "
    "number does your search begin?"
)
_COUNT = "Write down for the example of the notebook, epoch by epoch, how long it has been waited: "


def _stopped(losses: Any, patience: int) -> int | None:
    """The epoch after which training stops, from 1; None if patience never runs out."""
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best == patience:
            return epoch + 1
    return None


def _waiting(new: New, more: int = 0, *, anew: bool = True) -> Function:
    """Early stopping that waits for `new` losses, `more` epochs longer, counting `anew` after each."""

    def stopping(losses: Any, patience: int) -> int:
        best = waited = 0
        for epoch in range(1, len(losses)):
            if new(losses[epoch], losses[best], losses[epoch - 1]):
                best, waited = epoch, 0 if anew else waited
            else:
                waited += 1
            if waited >= patience + more:
                break
        return best + 1

    return stopping


def _lower(loss: float, lowest: float, _: float) -> bool:
    return loss < lowest


def _begun_with_1(first: int) -> Function:
    """Early stopping whose lowest loss is 1 at the start, as if it were that of the epoch `first`."""

    def stopping(losses: Any, patience: int) -> int:
        lowest, best, waited = 1.0, first, 0
        for epoch, loss in enumerate(losses, 1):
            if loss < lowest:
                lowest, best, waited = loss, epoch, 0
            else:
                waited += 1
                if waited == patience:
                    break
        return best

    return stopping


def _against_the_one_before(losses: Any, patience: int) -> int:
    """Waits while losses are not below the one before, and keeps the lowest of those that were seen."""
    waited, epoch = 0, 1
    while epoch < len(losses) and waited < patience:
        waited = 0 if losses[epoch] < losses[epoch - 1] else waited + 1
        epoch += 1
    return int(np.argmin(losses[:epoch])) + 1


def _kept_by_window(losses: Any, patience: int) -> int:
    """Keeps the epoch that lies `patience` epochs before the end of training."""
    stop = _stopped(losses, patience) or len(losses)
    return max(1, stop - patience)


def _sorted_in_place(losses: Any, patience: int) -> int:
    epoch = early_stopping(losses, patience)
    losses.sort()
    return epoch


MISCONCEPTIONS = (
    Misconception(
        "patience-ignored",
        "The lowest of all losses is taken.",
        "Your result is the same for every patience. Which losses would nobody know, because training had "
        "ended "
        "before?",
        lambda losses, _: np.argmin(losses) + 1,
    ),
    Misconception(
        "patience-ignored-from-0",
        "The lowest of all losses is taken, and epochs are counted from 0.",
        "Your result is the same for every patience. And which number has the first epoch?",
        lambda losses, _: np.argmin(losses),
    ),
    Transformation(
        "from-0",
        "Epochs are counted from 0.",
        "Which number has the first epoch, and which index has its loss?",
        each_part(lambda value, _: value - 1),
    ).of(early_stopping),
    Transformation(
        "one-too-many",
        "The epoch after the best one is returned.",
        "Your epoch is the one after the lowest loss. How do you come from an index to the number of an "
        "epoch?",
        each_part(lambda value, _: value + 1),
    ).of(early_stopping),
    Misconception(
        "last-epoch",
        "The number of epochs is returned.",
        "Your result is how many losses there are. Whose parameters are worth keeping?",
        lambda losses, _: len(losses),
    ),
    Misconception(
        "epoch-of-the-stop",
        "The epoch is returned after which training stops.",
        "You return when training stops. By then the loss has been higher for a while: whose parameters are "
        "kept?",
        lambda losses, patience: _stopped(losses, patience) or len(losses),
    ),
    Misconception(
        "epoch-of-the-stop-if-any",
        "The epoch is returned after which training stops, else that with the lowest loss.",
        "You return when training stops, if it does. By then the loss has been higher for a while: whose "
        "parameters are kept?",
        lambda losses, patience: _stopped(losses, patience) or early_stopping(losses, patience),
    ),
    Misconception(
        "nothing-without-a-stop",
        "If patience never runs out, nothing is returned.",
        "What does your function return if its loop comes to the end of the losses?",
        lambda losses, patience: (
            early_stopping(losses, patience) if _stopped(losses, patience) else None
        ),
    ),
    Misconception(
        "last-without-a-stop",
        "If patience never runs out, the last epoch is kept.",
        "Patience may last until the end, although the lowest loss came before it. What do you return "
        "after the "
        "loop?",
        lambda losses, patience: (
            early_stopping(losses, patience) if _stopped(losses, patience) else len(losses)
        ),
    ),
    Misconception(
        "before-the-end-of-patience",
        "The kept epoch is always `patience` epochs before the last one.",
        "Patience may last until the end; then the lowest loss lies nearer to it than you count. Remember "
        "the "
        "epoch in which it was.",
        _kept_by_window,
    ),
    Misconception(
        "too-patient",
        "Training goes on for one epoch more.",
        f"{_COUNT}is it patience that has run out, or only nearly?",
        _waiting(_lower, more=1),
    ),
    Misconception(
        "impatient",
        "Training stops one epoch too early.",
        f"{_COUNT}with patience 2, how many epochs without a new lowest loss are allowed to pass?",
        _waiting(_lower, more=-1),
    ),
    Misconception(
        "first-rise",
        "Training stops as soon as a loss rises.",
        "Your training stops at the first loss that is not lower, whatever the patience is. What is "
        "patience for?",
        lambda losses, _: early_stopping(losses, 1),
    ),
    Misconception(
        "never-anew",
        "All epochs without a new lowest loss are counted together.",
        "A new lowest loss came, and still your patience is shorter than at the start. When does waiting "
        "begin "
        "anew?",
        _waiting(_lower, anew=False),
    ),
    Misconception(
        "against-the-one-before",
        "Each loss is compared with that of the epoch before.",
        "Your patience is renewed by a loss that is below the one before it, but above the lowest. With "
        "which "
        "loss should you compare?",
        _against_the_one_before,
    ),
    Misconception(
        "lower-than-the-one-before-is-kept",
        "The last epoch is kept whose loss was below that of the epoch before.",
        "You keep an epoch because its loss is below that of the epoch before. Is it the lowest so far?",
        _waiting(lambda loss, _, before: loss < before),
    ),
    Misconception(
        "equal-is-new",
        "An equal loss counts as a new lowest one.",
        "Let all losses be equal: your training never stops. Is a loss that is equal to the lowest one "
        "below it?",
        _waiting(lambda loss, lowest, _: loss <= lowest),
    ),
    Misconception(
        "hardly-lower-is-not-new",
        "A loss has to be lower by some least amount, as in libraries with a `min_delta`.",
        "Let the losses fall by a millionth of a millionth in each epoch: you keep the first one. Is a loss "
        "that is hardly lower below the lowest one?",
        _waiting(lambda loss, lowest, _: loss < lowest - 1e-3),
    ),
    Misconception(
        "begins-with-1", "Losses are taken to be below 1.", _BEGIN, _begun_with_1(first=1)
    ),
    Misconception(
        "begins-with-1-at-0",
        "Losses are taken to be below 1, and the number of the best epoch is 0 at the start.",
        _BEGIN,
        _begun_with_1(first=0),
    ),
    Misconception(
        "highest",
        "The highest loss is looked for.",
        "You keep the epoch with the highest loss, as if it were an accuracy. Which losses are wanted?",
        lambda losses, _: np.argmax(losses) + 1,
    ),
    Misconception(
        "improving-when-higher",
        "A higher loss counts as better.",
        "You wait for a higher loss, as if it were an accuracy. Which losses are wanted?",
        _waiting(lambda loss, lowest, _: loss > lowest),
    ),
    Misconception(
        "loss-returned",
        "The lowest loss is returned.",
        "You return a loss; asked for is the number of its epoch.",
        lambda losses, patience: losses[early_stopping(losses, patience) - 1],
    ),
    Misconception(
        "epoch-and-loss",
        "The epoch is returned together with its loss.",
        "You return two things; the docstring asks for one number.",
        lambda losses, patience: (
            early_stopping(losses, patience),
            losses[early_stopping(losses, patience) - 1],
        ),
    ),
    Misconception(
        "losses-returned",
        "The losses until the kept epoch are returned.",
        "You return losses; asked for is one number, that of an epoch.",
        lambda losses, patience: losses[: early_stopping(losses, patience)],
    ),
    Misconception(
        "window-of-patience",
        "Only the first `patience` epochs are looked at.",
        "Of ten losses with patience 3 you look at the first few only. From which epoch on is it waited?",
        lambda losses, patience: np.argmin(losses[:patience]) + 1,
    ),
    Misconception("sorted-in-place", "The losses are sorted.", IN_PLACE, _sorted_in_place),
    NOTHING_RETURNED.of(early_stopping),
)
