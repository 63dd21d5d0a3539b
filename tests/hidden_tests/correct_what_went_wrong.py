"""Repairs as different students write them: every one of these is right."""

import numpy as np


def _blocks(X):
    """The mean of each 2 × 2 block of pixels."""
    return X.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(len(X), 16)


def _rows_and_columns(X):
    images = X.reshape(-1, 8, 8)
    return np.hstack([images.sum(axis=1), images.sum(axis=2), X])


def _row_by_row(X):
    features = np.empty((len(X), 64))
    for i, x in enumerate(X):
        for j, pixel in enumerate(x):
            features[i, j] = pixel / 16
    return features, 1


def _with_constant(X):
    return np.column_stack([X, np.ones(len(X))]), 30


def _random_directions(X):
    directions = np.random.default_rng(7).normal(size=(64, 64)) / 8
    return np.hstack([X, X @ directions]), 25


REPAIR_1 = {
    "× 10": lambda X: (X, 10),
    "× 20": lambda X: (X, 20.0),
    "× 50": lambda X: (X, 50),
    "× 100": lambda X: (X, 100),
    "a list": lambda X: [X, 30],
    "NumPy number": lambda X: (X, np.float64(30)),
    "array without axes": lambda X: (X, np.array(30)),
    "a copy": lambda X: (X.copy(), 40),
    "float32": lambda X: (X.astype(np.float32), 30),
    "as stored, ordinary pixels": lambda X: (X * 16, 1),
    "larger pixels, larger steps": lambda X: (4 * X, 5),
    "around 0": lambda X: (X - 0.5, 40),
    "from −1 to 1": lambda X: (2 * X - 1, 20),
    "squares too": lambda X: (np.hstack([X, X**2]), 20),
    "black and white": lambda X: (X > 0.5, 40),
    "integers": lambda X: (np.rint(16 * X).astype(int), 1),
    "constant": _with_constant,
    "random directions": _random_directions,
    "contrast of each image": lambda X: (X / X.max(axis=1, keepdims=True), 30),
}


def _bins(X):
    return (np.digitize(X, [-1, -0.6, 0, 0.6, 1]) == np.arange(6)).astype(float), 3


def _loop(X):
    return np.array([[x, x * x] for x in X[:, 0]]), 1


REPAIR_2 = {
    "square alone": lambda X: (X**2, 1),
    "column_stack": lambda X: (np.column_stack([X, X * X]), 1),
    "up to the cube": lambda X: (np.hstack([X, X**2, X**3]), 1),
    "up to the fourth": lambda X: (np.hstack([X**k for k in range(1, 5)]), 1),
    "square, larger steps": lambda X: (np.hstack([X, X**2]), 5),
    "square, smaller steps": lambda X: (np.hstack([X, X**2]), 0.3),
    "distance from the mean": lambda X: (np.abs(X), 2),
    "two hinges": lambda X: (np.hstack([np.maximum(0, X), np.maximum(0, -X)]), 2),
    "a bump": lambda X: (np.exp(-(X**2)), 2),
    "bumps": lambda X: (np.exp(-((X - np.linspace(-1.5, 1.5, 5)) ** 2)), 2),
    "cosine": lambda X: (np.cos(X), 3),
    "bins": _bins,
    "between two widths": lambda X: ((np.abs(X - 0.1) < 0.6).astype(float), 2),
    "booleans": lambda X: (np.hstack([X > -0.6, X > 0.7]), 3),
    "loop": _loop,
    "a list": lambda X: [np.hstack([X, X**2]), 1],
    "product of factors": lambda X: ((X + 0.6) * (X - 0.7), 1),
}

REPAIR_3 = {
    "× 0.05": lambda X: (X, 0.05),
    "× 0.02": lambda X: (X, 0.02),
    "× 0.01": lambda X: (X, 0.01),
    "a tenth": lambda X: (X, 1 / 10),
    "from 0 to 1": lambda X: (X / 16, 1),
    "by multiplication": lambda X: (X * 0.0625, 1.0),
    "from 0 to 2": lambda X: (X / 8, 1),
    "from −1 to 1": lambda X: (X / 8 - 1, 1),
    "row by row": _row_by_row,
    "both a little": lambda X: (X / 4, 0.2),
    "black and white": lambda X: (X > 8, 1),
    "contrast of each image": lambda X: (X / X.max(axis=1, keepdims=True), 1),
    "blocks": lambda X: (_blocks(X) / 16, 0.8),
    "rows and columns": lambda X: (_rows_and_columns(X / 16), 0.1),
    "float32": lambda X: (X.astype(np.float32) / 16, 1),
    "a list": lambda X: [X, 0.1],
    "integers": lambda X: (np.rint(X).astype(int), 0.05),
    "square root": lambda X: (np.sqrt(X) / 4, 1),
}


def _in_place(divisor, factor):
    def repair(X):
        X /= divisor
        return X, factor

    return repair


def _square_in_place(X):
    features = np.hstack([X, X**2])
    X *= 0
    return features, 1


def _standardized(factor):
    def repair(X):
        deviation = X.std(axis=0)
        return (X - X.mean(axis=0)) / np.where(deviation > 0, deviation, 1), factor

    return repair


def _square_around_the_mean(X):
    centred = X - X.mean(axis=0)
    return np.hstack([centred, centred**2]), 1


UNCHANGED, ALONE = {"test_argument_unchanged"}, {"test_each_example_by_itself"}

# Answers that break one promise, and the tests that they fail.
NEARLY = {
    "repair_1": {
        "in place": (_in_place(1 / 16, 1), UNCHANGED),
        "by the batch's largest pixel": (lambda X: (X / X.max(axis=0).clip(0.1), 20), ALONE),
    },
    "repair_2": {
        "in place": (_square_in_place, UNCHANGED),
        "around the mean of the batch": (_square_around_the_mean, ALONE),
    },
    "repair_3": {
        "in place": (_in_place(16, 1), UNCHANGED),
        "standardized by the batch": (_standardized(0.1), ALONE),
    },
}

CORRECT = {"repair_1": REPAIR_1, "repair_2": REPAIR_2, "repair_3": REPAIR_3}
