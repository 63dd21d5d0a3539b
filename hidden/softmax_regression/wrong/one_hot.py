"""Misconceptions of `one_hot`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    FLATTENED,
    LISTED,
    NOTHING_RETURNED,
    TRANSPOSED,
)
from solutions.softmax_regression import one_hot

K_OF_THE_BATCH = (
    "You take the number of classes from the labels. A batch may lack some classes: who knows how many "
    "there are?"
)
COLUMNS = "Count your columns. Does their number belong to the batch, or to the model?"
NEXT = "Where does the row of the last class have its one? Read which numbers t may hold."


def _as(dtype: type, K: int, t: np.ndarray) -> np.ndarray:
    return one_hot(t, K).astype(dtype)


def _all_pairs(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[:, t] = 1
    return rows


def _rows_are_classes(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[t, np.arange(len(t))] = 1
    return rows


def _counted_from_1(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[np.arange(len(t)), t - 1] = 1
    return rows


def _counted_from_1_in_place(t: np.ndarray, K: int) -> np.ndarray:
    t -= 1
    return one_hot(t, K)


def _next_column(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[np.arange(len(t)), t + 1] = 1
    return rows


def _one_after_another(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[range(len(t)), range(len(t))] = 1
    return rows


def _columns(count: Function) -> Function:
    def wrong(t: np.ndarray, K: int) -> np.ndarray:
        rows = np.zeros((len(t), count(t, K)))
        rows[np.arange(len(t)), t] = 1
        return rows

    return wrong


def _in_rows_of_classes(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((K, K))
    rows[np.arange(len(t)), t] = 1
    return rows


def _whole_rows(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[t] = 1
    return rows


def _first_only(t: np.ndarray, K: int) -> np.ndarray:
    rows = np.zeros((len(t), K))
    rows[0, t[0]] = 1
    return rows


MISCONCEPTIONS = (
    Misconception(
        "counted-from-1",
        "The first class has the number 1.",
        "Where does the row of class 0 have its one? Read which numbers t may hold.",
        _counted_from_1,
    ),
    Misconception(
        "counted-from-1-in-place",
        "The first class has the number 1, and the caller's labels are renumbered.",
        "Two things. Where does the row of class 0 have its one? And look at the labels after the call: "
        "which of your lines writes into the caller's array?",
        _counted_from_1_in_place,
    ),
    Misconception(
        "next-row-of-the-identity",
        "The class is one more than its label.",
        NEXT,
        lambda t, K: np.eye(K)[t + 1],
    ),
    Misconception(
        "next-column", "The one stands after the column of its label.", NEXT, _next_column
    ),
    Misconception(
        "K-of-the-batch",
        "The largest label tells how many classes there are.",
        K_OF_THE_BATCH,
        lambda t, K: np.eye(t.max() + 1)[t],  # noqa: ARG005 (the argument that is forgotten)
    ),
    Misconception(
        "seen-classes",
        "There is a column for each class that occurs.",
        K_OF_THE_BATCH,
        lambda t, K: (t[:, None] == np.unique(t)).astype(float),  # noqa: ARG005
    ),
    *(
        Misconception(name, "As many columns as the batch has examples.", COLUMNS, wrong)
        for name, wrong in (
            ("N-columns", _columns(lambda t, _: len(t))),
            ("N-columns-of-an-identity", lambda t, _: np.eye(len(t))[t]),
        )
    ),
    Misconception(
        "count-of-seen-classes",
        "There are as many classes as different labels.",
        K_OF_THE_BATCH,
        lambda t, _: np.eye(len(np.unique(t)))[t],
    ),
    Misconception(
        "K-rows",
        "The array has a row for each class.",
        "Your array has K rows, and a batch may have more examples, or fewer. Of what should there be a row "
        "each?",
        _in_rows_of_classes,
    ),
    Misconception(
        "whole-rows",
        "The label alone is an index.",
        "Your result has rows full of ones. Which two indices does an entry have, and which of them is the "
        "label?",
        _whole_rows,
    ),
    Misconception(
        "compared-as-they-are",
        "Labels and classes are compared in their shapes.",
        "Write the shapes of the labels and of the classes beside each other. Each label should meet every "
        "class: along which axes should they lie?",
        lambda t, K: (t == np.arange(K)).astype(float),
    ),
    Misconception(
        "compared-with-1-to-K",
        "The classes are the numbers from 1 to K.",
        "Where does the row of class 0 have its one? Read which numbers t may hold.",
        lambda t, K: (t[:, None] == np.arange(1, K + 1)).astype(float),
    ),
    Misconception(
        "first-example-only",
        "The loop ends with its first example.",
        "Only the first row of your result has a one. Where does your `return` stand?",
        _first_only,
    ),
    Misconception(
        "labels-forgotten",
        "The i-th example is of the i-th class.",
        "Your rows do not depend on the labels. Where in your code does t choose the column?",
        _one_after_another,
    ),
    Misconception(
        "all-pairs",
        "An array of labels as index picks one column for each row.",
        "Look at a single row of your result: it has several ones. A slice together with an array of labels "
        "means every row with every label; you want them in pairs.",
        _all_pairs,
    ),
    Misconception(
        "rows-are-classes",
        "The label chooses the row.",
        "The first index of your array is the row. Is that the example, or the class?",
        _rows_are_classes,
    ),
    Misconception(
        "as-many-rows-as-classes",
        "The identity is the answer.",
        "Your result has a row for each class. It should have one for each example: how can the labels pick "
        "rows?",
        lambda t, K: np.eye(K),  # noqa: ARG005 (the argument that is forgotten)
    ),
    Misconception(
        "one-column-too-many",
        "K is the number of the last class.",
        "Count your columns: with K classes, what is the number of the last one?",
        lambda t, K: np.eye(K + 1)[t],
    ),
    Misconception(
        "one-column-too-few",
        "The first class needs no column.",
        "Count your columns. Each class has one, the first too.",
        lambda t, K: one_hot(t, K)[:, 1:],
    ),
    Misconception(
        "last-class-without-column",
        "The last class needs no column.",
        "Count your columns. Each class has one, the last too.",
        lambda t, K: one_hot(t, K)[:, :-1],
    ),
    Misconception(
        "labels-as-values",
        "The label stands in the column of its class.",
        "What is the largest number in your result? Each row should be a distribution: what does it add up "
        "to?",
        lambda t, K: one_hot(t, K) * t[:, None],
    ),
    Misconception(
        "complement",
        "Zeros and ones are exchanged.",
        "Count the ones of a row. How many classes does an example have?",
        lambda t, K: 1 - one_hot(t, K),
    ),
    Misconception(
        "thermometer",
        "All columns up to the class are ones.",
        "Count the ones of a row. How many classes does an example have?",
        lambda t, K: (np.arange(K) <= t[:, None]).astype(float),
    ),
    Misconception(
        "reversed",
        "The columns go from the last class to the first.",
        "Where does the row of class 0 have its one? Your columns are in the opposite order.",
        lambda t, K: one_hot(t, K)[:, ::-1],
    ),
    Misconception(
        "counts",
        "The examples of each class are counted.",
        "You have counted how often each class occurs. The result should have a row for each example.",
        lambda t, K: np.bincount(t, minlength=K).astype(float),
    ),
    Misconception(
        "squeezed",
        "Axes of length 1 are dropped from the result.",
        "Give your function a single label: the result should have a row for it, and not be one.",
        lambda t, K: np.squeeze(one_hot(t, K)),
    ),
    Misconception(
        "whole-numbers",
        "Ones and zeros are integers.",
        "Look at the dtype of your result. Probabilities will be subtracted from it: which dtype does the "
        "docstring ask for?",
        lambda t, K: _as(int, K, t),
    ),
    Misconception(
        "booleans",
        "A comparison is what is asked for.",
        "Your result holds True and False. Look at the dtype that the docstring asks for.",
        lambda t, K: _as(bool, K, t),
    ),
    TRANSPOSED.of(one_hot),
    FLATTENED.of(one_hot),
    LISTED.of(one_hot),
    NOTHING_RETURNED.of(one_hot),
)
