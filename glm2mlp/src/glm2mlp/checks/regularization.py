"""The visible tests of the assignment `regularization`. Student side, public.

Numbers were worked out by hand: the squares of the hidden weights add up to 10, those of the output to 14.
"""

import numpy as np

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect
from glm2mlp.checks.parameters import Parameters, expect_arrays, expect_parameters
from glm2mlp.checks.shared import add_unchanged, central_differences
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["regularization"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

P = Parameters(
    np.array([[1.0, -2, 0], [2, 0, -1]]),
    np.array([5.0, -5, 1]),
    np.array([[3.0, 0], [-1, 0], [0, -2]]),
    np.array([4.0, -3]),
)
G = Parameters(
    np.array([[2.0, 0, -1], [1, 3, 0]]),
    np.array([1.0, 2, -2]),
    np.array([[-1.0, 2], [0, 1], [4, 0]]),
    np.array([-2.0, 2]),
)
NO_GRADIENT = Parameters(*(0 * part for part in G))
LENGTH = np.sqrt(24)


@suite.of("regularized_loss")
def price_by_hand(student: Student) -> None:
    """With E = 3, λ = 0.4 and squares that add up to 10 and 14, E_λ is 3 + 0.2 · 24."""
    expect(
        student.regularized_loss(P, 3.0, 0.4),
        7.8,
        "Square each weight of both layers, add up the squares, times λ/2; then add E.",
        slips=[
            (3, "Where is the price? Square each weight first, so that signs do not cancel."),
            (12.6, "The price of a weight is λ/2 · w²: the ½ is missing."),
            (23, "The biases do not pay: only W_h and W_y are weights."),
            (5, "The weights of the output pay, too."),
            (5.8, "The weights of the hidden layer pay, too."),
            (4.8, "That is the price alone: add it to E."),
            (-1.8, "A price makes the loss larger: add it."),
            (5.4, "Square each weight; do not take its absolute value."),
            (3 + 0.2 * LENGTH, "No root: the price is the sum of the squares, times λ/2."),
            (3.4, "The squares are added up, not averaged."),
            (3.8, "The squares are added up, not averaged."),
            (4.92, "λ itself is not squared."),
        ],
    )


@suite.of("regularized_loss")
def biases_are_free(student: Student) -> None:
    """If all weights are 0, E_λ is E, whatever the biases are."""
    free = P._replace(W_h=0 * P.W_h, W_y=0 * P.W_y)
    expect(student.regularized_loss(free, 3.0, 0.4), 3, "Only W_h and W_y have a price.")


add_unchanged(suite, "regularized_loss", P, 3.0, 0.4)


@suite.of("l2_step")
def step_by_hand(student: Student) -> None:
    """With α = 0.5 and λ = 0.2, W becomes 0.9 W − 0.5 G, and b becomes b − 0.5 g."""
    expect_parameters(
        student.l2_step(P, G, learning_rate=0.5, l2=0.2),
        Parameters(
            0.9 * P.W_h - 0.5 * G.W_h,
            P.b_h - 0.5 * G.b_h,
            0.9 * P.W_y - 0.5 * G.W_y,
            P.b_y - 0.5 * G.b_y,
        ),
        "Weights: W − α (G + λW). Biases: b − α g.",
        slips={
            **{name: _weight_slips(*_both(name)) for name in ("W_h", "W_y")},
            **{name: _bias_slips(*_both(name)) for name in ("b_h", "b_y")},
        },
    )


def _both(name: str) -> tuple[np.ndarray, np.ndarray]:
    return getattr(P, name), getattr(G, name)


def _weight_slips(W: np.ndarray, G: np.ndarray) -> list[tuple[np.ndarray, str]]:
    return [
        (W - 0.5 * G, "These weights do not pay: λW is missing in the step."),
        (0.95 * W - 0.5 * G, "What is the slope of λ/2 · w²? The ½ has done its work."),
        (0.8 * W - 0.5 * G, "α multiplies G and λW alike: mind the brackets."),
        (1.1 * W - 0.5 * G, "The price pulls weights towards 0: look at its sign."),
        (1.1 * W + 0.5 * G, "Step against the gradient: minus."),
        (0.9 * W - 0.45 * G, "λW belongs to W before the step, not after it."),
        (G + 0.2 * W, "That is the gradient; make a step against it."),
        (-0.5 * (G + 0.2 * W), "That is the change; the new weights are W plus that."),
        (W, "Nothing has moved: return the new arrays."),
    ]


def _bias_slips(b: np.ndarray, g: np.ndarray) -> list[tuple[np.ndarray, str]]:
    return [
        (0.9 * b - 0.5 * g, "Biases do not pay: b − α g is all."),
        (b + 0.5 * g, "Step against the gradient: minus."),
        (b, "Biases learn too: b − α g."),
    ]


@suite.of("l2_step")
def without_gradient_weights_decay(student: Student) -> None:
    """Where G is 0, each weight shrinks by the factor 1 − αλ, and biases stay."""
    expect_parameters(
        student.l2_step(P, NO_GRADIENT, learning_rate=0.5, l2=0.2),
        P._replace(W_h=0.9 * P.W_h, W_y=0.9 * P.W_y),
        "Put G = 0 into W − α (G + λW): what is left?",
    )


@suite.of("l2_step")
def step_follows_the_slope_of_the_loss(student: Student) -> None:
    """Where G is 0, the step goes down by α times the slope of your own `regularized_loss`."""
    student.require("regularized_loss")
    new = student.l2_step(P, NO_GRADIENT, learning_rate=0.1, l2=0.3)
    moved = P.W_h - expect_arrays(new, P).W_h

    def price(W_h: np.ndarray) -> float:
        return float(student.regularized_loss(P._replace(W_h=W_h), 0.0, 0.3))

    expect(
        moved,
        0.1 * central_differences(price, P.W_h),
        "Differentiate your price by one weight.",
        rtol=1e-7,
    )


add_unchanged(suite, "l2_step", P, G, learning_rate=0.5, l2=0.2)


BEGIN = "Losses may be above 1: with which number does your search for the lowest one begin?"


@suite.of("early_stopping")
def patience_is_long(student: Student) -> None:
    """With more patience than losses, it is the epoch with the lowest of all."""
    expect(
        student.early_stopping(np.array([2.9, 2.7, 2.4, 2.5, 2.8]), 10),
        3,
        "Patience never runs out here: what does your function return after its loop?",
        slips=[
            (0, BEGIN),
            (1, BEGIN),
            (2, "Epochs are counted from 1."),
            (5, "That is the last epoch; kept is the one with the lowest loss."),
            (2.4, "That is the loss; asked for is the number of its epoch."),
        ],
    )


@suite.of("early_stopping")
def first_epoch_is_the_best(student: Student) -> None:
    """If the loss only rises, the first epoch is kept."""
    expect(
        student.early_stopping(np.array([0.5, 0.6, 0.7]), 1),
        1,
        "The lowest loss is that of epoch 1.",
        slips=[(0, "Epochs are counted from 1.")],
    )


@suite.of("early_stopping")
def equal_losses(student: Student) -> None:
    """Losses 0.5, 0.5, 0.6, 0.7, 0.4 with patience 2: the second one brings nothing new."""
    expect(
        student.early_stopping(np.array([0.5, 0.5, 0.6, 0.7, 0.4]), 2),
        1,
        "After epoch 1, which losses are below the lowest one so far?",
        slips=[
            (2, "An equal loss is not below the lowest one: it is waited on, the first is kept."),
            (5, "Patience has run out before epoch 5: what comes later does not count."),
        ],
    )


@suite.of("early_stopping")
def waiting_begins_anew(student: Student) -> None:
    """Losses 0.9, 0.8, 0.85, 0.7, 0.75, 0.6 with patience 2 never let it run out."""
    expect(
        student.early_stopping(np.array([0.9, 0.8, 0.85, 0.7, 0.75, 0.6]), 2),
        6,
        "With each new lowest loss waiting begins anew.",
        slips=[
            (2, "One epoch without a new lowest loss does not end training: patience is 2."),
            (4, "With each new lowest loss waiting begins anew: set your count back to 0."),
        ],
    )


@suite.of("early_stopping")
def lowest_not_previous(student: Student) -> None:
    """Losses 0.5, 0.9, 0.8, 0.7, 0.4 with patience 3: the three in the middle bring no lowest loss."""
    hint = "Compare with the lowest loss so far, not with that of the epoch before."
    expect(
        student.early_stopping(np.array([0.5, 0.9, 0.8, 0.7, 0.4]), 3), 1, hint, slips=[(5, hint)]
    )


EXAMPLE = np.array([0.9, 0.7, 0.8, 0.6, 0.65, 0.6, 0.5])


@suite.of("early_stopping")
def example_of_the_text(student: Student) -> None:
    """Of the seven losses in the table above, epoch 4 is kept."""
    expect(
        student.early_stopping(EXAMPLE, 2),
        4,
        "Go through the epochs one by one, as in the table.",
        slips=[
            (
                7,
                "Epoch 6 is no new lowest loss, so patience runs out there: epoch 7 does not count.",
            ),
            (6, "Training stops there; kept is the epoch with the lowest loss."),
        ],
    )


add_unchanged(suite, "early_stopping", EXAMPLE, 2)
