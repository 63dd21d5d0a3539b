"""Misconceptions of `predict`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import LISTED, NOTHING_RETURNED
from solutions.softmax_regression import one_hot, predict, softmax

ONES = "The last column of X is all ones. What does it contribute to the product, and what is left to do?"
AXIS_0 = (
    "Count your labels: is there one for each example, or one for each class? Along which axis of your "
    "matrix do the classes of one example lie?"
)
NO_AXIS = "Your function gives one number for the whole batch. What does `argmax` do when you name no axis?"
A_CLASS = "a class for each example, as a whole number"
TWO_CLASSES = (
    "Your rule is the one for two classes. With more of them, may a class win whose probability is below ½, "
    "and can several logits be positive?"
)
OF_EQUALS = (
    "Try an example for which two classes are equally probable, and read in the docstring what should "
    "happen then."
)


def _unshifted(Z: np.ndarray) -> np.ndarray:
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


MISCONCEPTIONS = (
    Misconception(
        "axis-0",
        "The largest logit of each column is looked for.",
        AXIS_0,
        lambda W, X: np.argmax(X @ W, axis=0),
    ),
    Misconception(
        "axis-0-of-probabilities",
        "The largest probability of each column is looked for.",
        AXIS_0,
        lambda W, X: np.argmax(softmax(X @ W), axis=0),
    ),
    Misconception(
        "no-axis",
        "The largest of all logits is looked for.",
        NO_AXIS,
        lambda W, X: np.argmax(X @ W),
    ),
    Misconception(
        "no-axis-of-probabilities",
        "The largest of all probabilities is looked for.",
        NO_AXIS,
        lambda W, X: np.argmax(softmax(X @ W)),
    ),
    Misconception(
        "exchanged-factors",
        "The logits are W times X.",
        "Write the shapes of W and of X beside each other: in which order do they fit, and do they fit only "
        "by chance?",
        lambda W, X: np.argmax(W @ X, axis=1),
    ),
    Misconception(
        "transposed-weights",
        "W is transposed before the product.",
        "Write the shapes of X and of W beside each other, before and after your transposition: which two "
        "numbers have to meet?",
        lambda W, X: np.argmax(X @ W.T, axis=1),
    ),
    Misconception(
        "ones-added-again",
        "The column of ones is still missing.",
        "Count the columns of X and the rows of W. Does X have its column of ones already?",
        lambda W, X: np.argmax(np.hstack([X, np.ones((len(X), 1))]) @ W, axis=1),
    ),
    Misconception(
        "biases-apart",
        "The last row of W is the biases, and X has no column for it.",
        ONES,
        lambda W, X: np.argmax(X @ W[:-1] + W[-1], axis=1),
    ),
    Misconception(
        "biases-twice",
        "The biases are added to the product.",
        ONES,
        lambda W, X: np.argmax(X @ W + W[-1], axis=1),
    ),
    Misconception(
        "biases-forgotten",
        "The last row of W is not used.",
        "Your decision does not depend on the last row of W. What does that row hold?",
        lambda W, X: np.argmax(X[:, :-1] @ W[:-1], axis=1),
    ),
    Misconception(
        "smallest",
        "The smallest logit wins.",
        "Does a larger logit make a class more probable, or less? Look at what you search for.",
        lambda W, X: np.argmin(X @ W, axis=1),
    ),
    Misconception(
        "absolute-value",
        "The logit of the largest size wins.",
        "Try an example with the logits −3 and 1. Which of its classes is more probable?",
        lambda W, X: np.argmax(np.abs(X @ W), axis=1),
    ),
    Misconception(
        "last-of-equals",
        "Of equally probable classes the last one wins.",
        OF_EQUALS,
        lambda W, X: W.shape[1] - 1 - np.argmax((X @ W)[:, ::-1], axis=1),
    ),
    Misconception(
        "all-of-equals",
        "All classes that are equal to the maximum are collected.",
        f"Count your labels when there is a tie. {OF_EQUALS}",
        lambda W, X: np.where((X @ W).max(axis=1, keepdims=True) == X @ W)[1],
    ),
    Misconception(
        "counted-from-1",
        "The first class has the number 1.",
        "What does your function call the first class? Compare with the labels in t.",
        lambda W, X: np.argmax(X @ W, axis=1) + 1,
    ),
    Misconception(
        "above-one-half",
        "A class is predicted if its probability is above ½.",
        TWO_CLASSES,
        lambda W, X: np.argmax(softmax(X @ W) > 0.5, axis=1),
    ),
    Misconception(
        "positive-logit",
        "A class is predicted if its logit is positive.",
        TWO_CLASSES,
        lambda W, X: np.argmax(X @ W >= 0, axis=1),
    ),
    Misconception(
        "zero-or-one",
        "Each logit is a decision between 0 and 1.",
        f"{TWO_CLASSES} The result should be {A_CLASS}.",
        lambda W, X: (X @ W >= 0).astype(int),
    ),
    Misconception(
        "above-one-half-as-booleans",
        "Each probability is compared with ½.",
        f"{TWO_CLASSES} The result should be {A_CLASS}.",
        lambda W, X: softmax(X @ W) > 0.5,
    ),
    Misconception(
        "rounded-to-floats",
        "Each probability is rounded.",
        f"{TWO_CLASSES} The result should be {A_CLASS}.",
        lambda W, X: np.round(softmax(X @ W)),
    ),
    Misconception(
        "largest-from-zero",
        "The search for the largest logit begins with 0.",
        "Try an example whose logits are all negative. With what does your search begin?",
        lambda W, X: np.argmax(np.maximum(X @ W, 0), axis=1),
    ),
    Misconception(
        "rounded-probabilities",
        "Each probability is rounded to 0 or 1.",
        f"{TWO_CLASSES} The result should be {A_CLASS}.",
        lambda W, X: np.round(softmax(X @ W)).astype(int),
    ),
    Misconception(
        "not-shifted",
        "The probabilities come from exponentials of the logits as they are.",
        "With large logits your probabilities are not numbers any more. You have a better softmax; or does "
        "the decision need one at all?",
        lambda W, X: np.argmax(_unshifted(X @ W), axis=1),
    ),
    Misconception(
        "softmax-over-the-examples",
        "The probabilities are normalized over the examples.",
        "Your prediction for one example changes with the others in the batch. Over what do probabilities "
        "add up to 1?",
        lambda W, X: np.argmax(softmax((X @ W).T).T, axis=1),
    ),
    Misconception(
        "probabilities",
        "The probabilities are returned.",
        f"You return probabilities. The result should be {A_CLASS}: which one do they speak for?",
        lambda W, X: softmax(X @ W),
    ),
    Misconception(
        "logits",
        "The logits are returned.",
        f"You return logits. The result should be {A_CLASS}: which one do they speak for?",
        lambda W, X: X @ W,
    ),
    Misconception(
        "largest-logit",
        "The largest logit itself is returned.",
        "You return how large the largest logit is. Where does it stand?",
        lambda W, X: np.max(X @ W, axis=1),
    ),
    Misconception(
        "largest-probability",
        "The largest probability itself is returned.",
        "You return how probable the most probable class is. Which one is it?",
        lambda W, X: np.max(softmax(X @ W), axis=1),
    ),
    Misconception(
        "one-hot",
        "The classes are returned as rows of zeros and a one.",
        f"You return a row for each example. The result should be {A_CLASS}.",
        lambda W, X: one_hot(predict(W, X), W.shape[1]),
    ),
    Misconception(
        "first-example",
        "Only the first row of X is looked at.",
        "Your function gives one label, whatever the batch. What about the other rows of X?",
        lambda W, X: np.argmax(X[0] @ W),
    ),
    Misconception(
        "column",
        "The labels are a column.",
        "Look at the shape of your result: it has an axis too many.",
        lambda W, X: np.argmax(X @ W, axis=1, keepdims=True),
    ),
    Misconception(
        "squeezed",
        "The label of a single example is a plain number.",
        "Give your function an X with a single row: the result is still an array, with one label.",
        lambda W, X: np.squeeze(predict(W, X)),
    ),
    Misconception(
        "floats",
        "Labels are floats.",
        "Look at the dtype of your labels. Others will use them as indices: what kind of number must an "
        "index be?",
        lambda W, X: predict(W, X).astype(float),
    ),
    LISTED.of(predict),
    NOTHING_RETURNED.of(predict),
)
