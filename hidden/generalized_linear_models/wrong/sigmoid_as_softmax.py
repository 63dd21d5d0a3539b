"""Misconceptions of `sigmoid_as_softmax`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np
from scipy import special

from autograder.misconceptions import Misconception
from solutions.glm import sigmoid_as_softmax
from solutions.softmax_regression import softmax

from ...shared.entrywise import IN_PLACE, slips

PAIRS_LAST = (
    "The given softmax goes along the last axis. Print the shape of your pairs: are z and its zero "
    "neighbours along that axis, for a vector and for a matrix of logits?"
)
ONE_DISTRIBUTION = (
    "Your probability for one logit changes with the other logits. Which logits should compete with each "
    "other: those of different examples, or the two of one pair?"
)
WHICH_ENTRY = (
    "Print the shape of the probabilities before you pick. Which index belongs to the example, and which to "
    "the place in the pair?"
)


def _pairs(z: np.ndarray) -> np.ndarray:
    return np.stack([z, np.zeros_like(z)], axis=-1)


def _zeroed_in_place(z: np.ndarray) -> np.ndarray:
    p = sigmoid_as_softmax(z)
    z *= 0  # as the second logit of the pair
    return p


MISCONCEPTIONS = (
    Misconception(
        "the-other-class",
        "The probability of the other class is returned.",
        "What does your function say of a large positive z? Which of the two classes has the logit z, and "
        "where does it stand in the pair?",
        lambda z: softmax(_pairs(z))[..., 1],
    ),
    Misconception(
        "both-probabilities",
        "Both probabilities of the pair are returned.",
        "Your result has an axis more than z. One of the two probabilities is asked for.",
        lambda z: softmax(_pairs(z)),
    ),
    Misconception(
        "softmax-of-z",
        "The softmax is taken of the logits of all examples, or of z and zeros along the first axis.",
        ONE_DISTRIBUTION,
        softmax,
    ),
    Misconception(
        "over-everything",
        "SciPy's softmax goes along the last axis by itself.",
        f"{ONE_DISTRIBUTION} Look up what SciPy's softmax does when you name no axis.",
        lambda z: special.softmax(_pairs(z))[..., 0],
    ),
    Misconception(
        "over-the-examples",
        "The softmax goes along the first axis.",
        ONE_DISTRIBUTION,
        lambda z: special.softmax(_pairs(z), axis=0)[..., 0],
    ),
    Misconception(
        "first-axis-last-index",
        "z and the zeros are stacked along the first axis, and the last index is set.",
        PAIRS_LAST,
        lambda z: softmax(np.stack([z, np.zeros_like(z)]))[..., 0],
    ),
    Misconception(
        "axis-1",
        "The pairs lie along axis 1, whatever shape z has.",
        PAIRS_LAST,
        lambda z: softmax(np.stack([z, np.zeros_like(z)], axis=1))[:, 0],
    ),
    Misconception(
        "columns",
        "z is a vector that becomes the first of two columns.",
        PAIRS_LAST,
        lambda z: softmax(np.column_stack([z, np.zeros_like(z)]))[:, 0],
    ),
    Misconception(
        "transposed-rows",
        "z is a vector that becomes the first of two rows, which are transposed.",
        PAIRS_LAST,
        lambda z: softmax(np.array([z, np.zeros_like(z)]).T)[:, 0],
    ),
    *(
        Misconception(f"pairs-{name}", "z is a vector.", PAIRS_LAST, wrong)
        for name, wrong in (
            ("axis-1-last", lambda z: softmax(np.stack([z, np.zeros_like(z)], axis=1))[:, 1]),
            ("columns-by-length", lambda z: softmax(np.column_stack([z, np.zeros(len(z))]))[:, 0]),
            ("columns-by-axes", lambda z: softmax(np.c_[z[:, None], np.zeros((len(z), 1))])[:, 0]),
            ("rows", lambda z: softmax(np.vstack([z, np.zeros_like(z)]))[0]),
            ("rows-transposed", lambda z: softmax(np.vstack([z, np.zeros_like(z)]).T)[:, 0]),
            ("array-transposed", lambda z: softmax(np.array([z, np.zeros(len(z))]).T)[:, 0]),
            ("array-of-both", lambda z: softmax(np.array([z, 0]))[0]),
            ("appended", lambda z: softmax(np.hstack([z, 0]))[0]),
        )
    ),
    Misconception(
        "vectors-only",
        "A loop over z meets one logit after the other.",
        "Your loop goes along the first axis only. What does it meet if z has several axes?",
        lambda z: np.array([softmax(np.array([logit, 0]))[0] for logit in z]),
    ),
    Misconception(
        "one-zero-for-all",
        "A single zero is appended to the logits.",
        ONE_DISTRIBUTION,
        lambda z: softmax(np.append(z, 0))[:-1],
    ),
    Misconception(
        "one-zero-first-entry",
        "A single zero is appended to the logits, and one probability is returned.",
        ONE_DISTRIBUTION,
        lambda z: softmax(np.append(z, 0))[0],
    ),
    Misconception(
        "zeros-behind-all",
        "The zeros are appended behind all logits.",
        ONE_DISTRIBUTION,
        lambda z: softmax(np.concatenate([z, np.zeros_like(z)]))[: len(z)],
    ),
    Misconception(
        "ones",
        "The other logit is 1.",
        "At z = 0 both classes are equally probable for the sigmoid. Are they in your pair?",
        lambda z: softmax(np.stack([z, np.ones_like(z)], axis=-1))[..., 0],
    ),
    Misconception(
        "minus-z",
        "The other logit is −z.",
        "At z = 0 your value is right, but your curve is twice as steep as the sigmoid there. How far are "
        "the two logits of your pair apart?",
        lambda z: softmax(np.stack([z, -np.asarray(z)], axis=-1))[..., 0],
    ),
    Misconception(
        "one-minus-z",
        "The other logit is 1 − z, as with probabilities.",
        "Two probabilities add up to 1, two logits need not. At z = 0 both classes are equally probable "
        "for the sigmoid: are they in your pair?",
        lambda z: softmax(np.stack([z, 1 - np.asarray(z)], axis=-1))[..., 0],
    ),
    Misconception(
        "z-twice",
        "Both logits are z.",
        "Your result is ½ everywhere. What tells the two logits of your pair apart?",
        lambda z: softmax(np.stack([z, z], axis=-1))[..., 0],
    ),
    Misconception(
        "first-pair",
        "The first index picks the place in the pair.",
        WHICH_ENTRY,
        lambda z: softmax(_pairs(z))[0],
    ),
    Misconception(
        "second-index",
        "The second index picks the place in the pair, whatever shape z has.",
        WHICH_ENTRY,
        lambda z: softmax(_pairs(z))[:, 0],
    ),
    Misconception(
        "axis-kept",
        "The axis of the pair is kept.",
        "Your result has an axis more than z, of length 1. What is the difference between an index and a "
        "slice?",
        lambda z: softmax(_pairs(z))[..., :1],
    ),
    Misconception(
        "decision",
        "The more probable class is returned.",
        "Your result holds decisions. The sigmoid is a probability.",
        lambda z: np.argmax(softmax(_pairs(z)), axis=-1),
    ),
    Misconception(
        "larger-probability",
        "The larger probability of the pair is returned.",
        "Your result is never below ½. What should it be for a very negative z?",
        lambda z: np.max(softmax(_pairs(z)), axis=-1),
    ),
    Misconception(
        "overflow",
        "The fraction is written out with exponentials of z.",
        "For large z you divide infinity by infinity. The given softmax stands any logit: which pair makes "
        "the sigmoid of it?",
        lambda z: np.exp(z) / (np.exp(z) + 1),
    ),
    Misconception("zeroed-in-place", "z *= 0 makes the zeros.", IN_PLACE, _zeroed_in_place),
    *slips(sigmoid_as_softmax),
)
