"""Changes that repair nothing, or not enough, and answers in another form than asked."""

import numpy as np


def _rates(*factors):
    return {f"rate × {factor:g}": lambda X, factor=factor: (X, factor) for factor in factors}


def _shuffled(X):
    return X[np.random.default_rng().permutation(len(X))]


def _form(good, factor):
    """Answers in another form, made of good features and a good factor."""
    return {
        "features only": good,
        "factor only": lambda X: factor,
        "the wrong way round": lambda X: (factor, good(X)),
        "three things": lambda X: (good(X), factor, 30),
        "a dict": lambda X: {"features": good(X), "factor": factor},
        "factor as text": lambda X: (good(X), str(factor)),
        "factor as an array": lambda X: (good(X), np.array([factor])),
        "no factor": lambda X: (good(X), None),
        "factor 0": lambda X: (good(X), 0),
        "factor below 0": lambda X: (good(X), -factor),
        "factor not a number": lambda X: (good(X), np.nan),
        "factor infinite": lambda X: (good(X), np.inf),
        "features as a list": lambda X: (good(X).tolist(), factor),
        "features transposed": lambda X: (good(X).T, factor),
        "first example only": lambda X: (good(X)[:1], factor),
        "last example left out": lambda X: (good(X)[:-1], factor),
        "one feature as a vector": lambda X: (good(X)[:, 0], factor),
        "features with NaN": lambda X: (np.where(X[:, :1] == X[0, 0], np.nan, good(X)), factor),
        "rows in another order": lambda X: (_shuffled(good(X)), factor),
        "chance": lambda X: (np.random.default_rng().normal(size=X.shape), factor),
        "ones": lambda X: (np.ones_like(X), factor),
        "mean over the examples": lambda X: (
            np.broadcast_to(good(X).mean(axis=0), X.shape),
            factor,
        ),
        "examples by examples": lambda X: (X @ X.T, factor),
        "no features": lambda X: (np.empty((len(X), 0)), factor),
    }


# Case 1, too low a rate: pixels from 0 to 1.
REPAIR_1 = (
    _form(lambda X: X, 30)
    | _rates(1, 0.1, 0.01, 1e-6, 0.5, 1.2, 1000, 1e4, 1e6, 1e300)
    | {
        "diagnosis: features": lambda X: (np.hstack([X, X**2]), 1),
        "squares": lambda X: (X**2, 1),
        "smaller pixels": lambda X: (X / 16, 1),
        "around 0 only": lambda X: (X - 0.5, 1),
        "diagnosis: too high": lambda X: (X, 0.1),
        "brightness only": lambda X: (X.mean(axis=1, keepdims=True), 30),
        "one pixel": lambda X: (X[:, 27:28], 30),
        "the other way of another case": lambda X: (X / 16, 30),
    }
)

# Case 2, features: standardized widths.
REPAIR_2 = (
    _form(lambda X: np.hstack([X, X**2]), 1)
    | _rates(1, 0.01, 0.1, 0.3, 3, 10, 100, 1e4)
    | {
        "linear": lambda X: (2 * X + 1, 1),
        "larger": lambda X: (10 * X, 1),
        "twice": lambda X: (np.hstack([X, X]), 1),
        "a constant": lambda X: (np.hstack([X, np.ones_like(X)]), 1),
        "noise": lambda X: (np.hstack([X, np.random.default_rng().normal(size=X.shape)]), 1),
        "bent, but rising": lambda X: (np.tanh(X), 1),
        "exponential": lambda X: (np.exp(X), 1),
        "cube": lambda X: (np.hstack([X, X**3]), 1),
        "sign": lambda X: (np.sign(X), 1),
        "root": lambda X: (np.sqrt(X + 2), 1),
        "one step": lambda X: ((X > 0.7).astype(float), 1),
        "logarithm": lambda X: (np.log(X + 2), 1),
    }
)

# Case 3, too high a rate: pixels from 0 to 16.
REPAIR_3 = (
    _form(lambda X: X / 16, 1)
    | _rates(1, 2, 10, 100, 1e4, 1e300, 0.7, 1e-5, 1e-6, 1e-9)
    | {
        "diagnosis: features": lambda X: (np.hstack([X, X**2]), 1),
        "squares": lambda X: (X**2, 1),
        "larger pixels": lambda X: (X * 16, 1),
        "around 0 only": lambda X: (X - 8, 1),
        "diagnosis: too low": lambda X: (X, 10),
        "far too small": lambda X: (X / 4096, 1),
        "brightness only": lambda X: (X.mean(axis=1, keepdims=True) / 16, 1),
        "both, too much": lambda X: (X / 16, 0.003),
    }
)

MISTAKES = {"repair_1": REPAIR_1, "repair_2": REPAIR_2, "repair_3": REPAIR_3}
