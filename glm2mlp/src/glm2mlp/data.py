"""Small data sets for the assignments' pictures and final stages. Student side, public.

Linear models absorb the bias: the last column of every X is ones, unless said. A `seed` is any whole number
from 0; pictures pass on the student's own.
"""

import operator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]


class Split(NamedTuple):
    """Training and test examples: X (N, D) and t (N,)."""

    X_train: Array
    t_train: Array
    X_test: Array
    t_test: Array


class ThreeWay(NamedTuple):
    """Training, validation and test examples: X (N, D) and t (N,)."""

    X_train: Array
    t_train: Array
    X_validation: Array
    t_validation: Array
    X_test: Array
    t_test: Array


def two_classes(seed: int = 42, N: int = 100) -> tuple[Array, Array]:
    """Draw two overlapping clouds: X (N, 3), the last column ones, and t (N,), 0 or 1."""
    return _clouds(seed, N, centres=[(-1.2, -0.6), (1.2, 0.8)])


def three_classes(seed: int = 42, N: int = 150) -> tuple[Array, Array]:
    """Draw three overlapping clouds: X (N, 3), the last column ones, and t (N,), 0, 1 or 2."""
    return _clouds(seed, N, centres=[(-2, -1), (2, -1), (0, 2)])


def ring(seed: int = 42, N: int = 160) -> tuple[Array, Array]:
    """Draw one class around the other: X (N, 2), no ones, and t (N,), 0 in the middle, 1 around it."""
    rng = np.random.default_rng(_whole(seed))
    t = np.arange(N) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, N), np.where(t, 2.6, 0.9) + 0.35 * rng.normal(size=N)
    return radius[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)]), t


def noisy_line(seed: int = 42, N: int = 60) -> tuple[Array, Array]:
    """Draw targets around a line: X (N, 2), a feature and a one; t (N,) with Normal noise."""
    rng = np.random.default_rng(_whole(seed))
    x = rng.uniform(-2, 2, N)
    return _with_ones(x[:, np.newaxis]), 1.5 * x + 0.5 + 0.8 * rng.normal(size=N)


def groups_on_a_line(K: int, seed: int = 42, N: int = 60) -> tuple[Array, Array]:
    """Draw K groups along one feature: X (N, 2), the feature and a one; t (N,), from 0 to K − 1."""
    rng = np.random.default_rng(_whole(seed))
    t = np.arange(N) % K
    x = np.linspace(-1.5, 1.5, K)[t] + 0.9 * rng.normal(size=N)
    return _with_ones(x[:, np.newaxis]), t


def diabetes(seed: int = 42, test_size: int = 100) -> Split:
    """Load scikit-learn's 442 patients, split at random; 342 are for training unless said.

    X (N, 11): ten measurements, standardized by the training examples, then a one; t (N,): how far
    the disease had progressed a year later, from 25 to 346.
    """
    from sklearn.datasets import load_diabetes

    X, t = load_diabetes(return_X_y=True)
    return _standardized(_split(_with_ones(X), t, test_size, seed))


def patients(seed: int = 42) -> ThreeWay:
    """Load scikit-learn's 442 patients, half of them for training, a quarter each for validation and test.

    X (N, 10): ten measurements, standardized by the training examples, without ones; t (N,): 1 if the
    disease had progressed further than 200 a year later, else 0.
    """
    from sklearn.datasets import load_diabetes

    X, progress = load_diabetes(return_X_y=True)
    far = (progress > 200).astype(np.int64)
    X_train, t_train, X_rest, t_rest = _split(X, far, 0.5, seed, stratify=far)
    rest = _split(X_rest, t_rest, 0.5, seed, stratify=t_rest)
    mean, scale = X_train.mean(axis=0), X_train.std(axis=0)
    X_train, X_validation, X_test = (
        (part - mean) / scale for part in (X_train, rest.X_train, rest.X_test)
    )
    return ThreeWay(X_train, t_train, X_validation, rest.t_train, X_test, rest.t_test)


def digits(seed: int = 42, test_size: int = 797) -> Split:
    """Load scikit-learn's 1797 digits, split at random; 1000 are for training unless said.

    X (N, 65): 8 × 8 pixels from 0 to 1, then a one; t (N,): 0 to 9.
    """
    pixels, t = _load_digits()
    return _split(_with_ones(pixels / 16), t, test_size, seed)


def threes_and_eights(seed: int = 42, test_size: int = 157) -> Split:
    """Load scikit-learn's 357 threes and eights, split at random; 200 are for training unless said.

    X (N, 65): 8 × 8 pixels from 0 to 1, then a one; t (N,): 1 for an 8, 0 for a 3.
    """
    pixels, digit = _load_digits()
    chosen = np.isin(digit, [3, 8])
    t = (digit[chosen] == 8).astype(np.int64)
    return _split(_with_ones(pixels[chosen] / 16), t, test_size, seed)


def breast_cancer(seed: int = 42, test_size: int = 169) -> Split:
    """Load scikit-learn's 569 tumours, split at random; 400 are for training unless said.

    X (N, 31): thirty measurements of the cells, standardized by the training examples, then a one;
    t (N,): 1 if the tumour is benign, else 0.
    """
    from sklearn.datasets import load_breast_cancer

    X, t = load_breast_cancer(return_X_y=True)
    return _standardized(_split(_with_ones(X), t, test_size, seed))


def lab_points() -> Split:
    """Draw the two classes of points in the plane that the course's own lab draws: 50 and 50."""
    from sklearn.datasets import make_classification

    X, t = make_classification(100, 2, n_informative=2, n_redundant=0, random_state=42)
    return _split(_with_ones(X), t, 0.5, seed=42)


def lab_digits(seed: int, *, ones: bool) -> Split:
    """Load the digits as the labs do: pixels from 0 to 16, with or without `ones` as last column."""
    pixels, t = _load_digits()
    return _split(_with_ones(pixels) if ones else pixels, t, 797, seed)


def zero_one_eight(seed: int = 42, largest: float = 1) -> Split:
    """Load the digits, to tell 0, 1 and 8 from all others; 600 are for training, 1197 for testing.

    X (N, 64), no ones: 8 × 8 pixels from 0 to `largest`; t (N,): 1 for a 0, 1 or 8, else 0.
    """
    pixels, digit = _load_digits()
    t = np.isin(digit, [0, 1, 8]).astype(np.int64)
    return _split(pixels * largest / 16, t, 1197, seed)


def petal_widths(seed: int = 42) -> Split:
    """Load 150 irises, to tell versicolor from the others; 99 are for training, 33 of each species.

    X (N, 1), no ones: the width of the petals, standardized; t (N,): 1 for versicolor, else 0.
    """
    from sklearn.datasets import load_iris

    measured, species = load_iris(return_X_y=True)
    width = measured[:, 3:]
    X = (width - width.mean()) / width.std()
    split = _split(X, species, 51, seed, stratify=species)
    return split._replace(
        t_train=(split.t_train == 1).astype(np.int64), t_test=(split.t_test == 1).astype(np.int64)
    )


def tumours(seed: int = 42) -> Split:
    """Load scikit-learn's 569 tumours, split at random into halves; the question is: benign or not.

    X (N, 10): nine measurements (texture, symmetry and fractal dimension: mean, error and worst),
    standardized by the training examples, then a one; t (N,): 1 for benign, else 0.
    """
    from sklearn.datasets import load_breast_cancer

    X, t = load_breast_cancer(return_X_y=True)
    return _standardized(_split(_with_ones(X[:, [1, 8, 9, 11, 18, 19, 21, 28, 29]]), t, 0.5, seed))


def wines(seed: int = 42) -> Split:
    """Load scikit-learn's 178 wines, split at random into halves; the question is: first grower or not.

    X (N, 13), no ones: measurements in their own units, from 0.1 to 1680; t (N,): 1 for the first
    grower, else 0.
    """
    from sklearn.datasets import load_wine

    X, grower = load_wine(return_X_y=True)
    return _split(X, (grower == 0).astype(np.int64), 0.5, seed)


def images(X: Array) -> Array:
    """Return the rows of a digits' X, (N, 64) or (N, 65) with ones, as pictures (N, 8, 8)."""
    return X[:, :64].reshape(-1, 8, 8)


@cache
def _load_digits() -> tuple[Array, Array]:
    from sklearn.datasets import load_digits  # slow, and not everybody needs it

    pixels, t = load_digits(return_X_y=True)
    return pixels, t


def _clouds(seed: int, N: int, centres: list[tuple[float, float]]) -> tuple[Array, Array]:
    rng = np.random.default_rng(_whole(seed))
    t = np.arange(N) % len(centres)
    points = np.array(centres)[t] + rng.normal(size=(N, 2))
    return _with_ones(points), t


def _with_ones(X: Array) -> Array:
    return np.column_stack([X, np.ones(len(X))])


def _split(X: Array, t: Array, test_size: float, seed: int, stratify: Array | None = None) -> Split:
    from sklearn.model_selection import train_test_split

    state = _whole(seed) % 2**32  # which is as much as scikit-learn takes
    X_train, X_test, t_train, t_test = train_test_split(
        X, t, test_size=test_size, random_state=state, stratify=stratify
    )
    return Split(X_train, t_train, X_test, t_test)


def _standardized(split: Split) -> Split:
    """Shift and scale every feature but the ones, by what the training examples say."""
    mean, scale = split.X_train.mean(axis=0), split.X_train.std(axis=0)
    mean[-1], scale[-1] = 0, 1
    return split._replace(
        X_train=(split.X_train - mean) / scale, X_test=(split.X_test - mean) / scale
    )


def _whole(seed: object) -> int:
    """Return `seed` as an integer; raise ValueError unless it is a whole number from 0."""
    try:
        number = operator.index(seed)  # type: ignore[arg-type]
    except TypeError:
        number = -1
    if number < 0 or isinstance(seed, bool):
        raise ValueError(f"the seed is {seed!r}; choose a whole number from 0, such as 1 or 2024")
    return number
