"""Data and training of the hidden tests of «What went wrong?». Trusted side: what it draws is secret.

A repair is called on examples, and what it returns crosses the wire. The locked cell's `train_case` then
trains with it in the sandbox, among given names, and returns the parameters; the classes of held-out
examples are predicted here and compared with labels that never cross. What could a cheat gain?

- Another `train_case` in the notebook: nothing, the locked cell's is called.
- NumPy or the course's package changed from within: they could return parameters that another training
  made. These still have to be parameters of this very model, with these features, and right on examples
  unknown to it: whoever does that has repaired the case, in another place. The report keeps the code.
- A table of the public data sets in the answer: features that hold the labels would pass. The pixels and
  widths carry noise, so that no exact look-up finds them; a look-up of the nearest is a classifier of its
  own, and more work than the repair.

Measured, accuracies on the held-out examples of 200 seeds (the majority: 0.64 to 0.76):

    case  unchanged      least sensible repair         a good repair              refused below
    1     0.64 to 0.76   rate × 10:     0.86 to 0.97   rate × 30:  0.92 to 0.99   0.84
    2     0.67 to 0.67   |x|, rate / 3: 0.84 to 1.00   x and x²:   0.90 to 1.00   0.84
    3     0.64 to 0.76   rate / 100:    0.90 to 0.98   rate / 10:  0.94 to 1.00   0.84

Slow but right trainings sometimes meet an unlucky split or start: with one draw, 9 of 3,200 tests of the
slowest repairs that we know were refused. So up to three draws are made, of which one has to be passed. Who
has repaired nothing is as far from passing three times as once.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.testing import (
    REALS,
    Functions,
    Rng,
    as_array,
    as_number,
    assert_close,
    assert_unchanged,
    parts,
)
from glm2mlp import trainings

Array = NDArray[np.float64]

LEAST_ACCURACY = 0.84
LEAST_RECALL = 0.5
DRAWS = 3
MOST_FEATURES = 2_500  # of an example; all pixels and products of two are fewer
EXAMPLES = {1: 400, 2: 51, 3: 400}  # held out
NOISE = {1: 0.02, 2: 0.05, 3: 0.32}  # of each pixel or width, in its own units


class Batch(NamedTuple):
    """Examples X (N, D) with labels t (N,) to train with, and others that are held out."""

    X: Array
    t: NDArray[np.int64]
    X_held: Array
    t_held: NDArray[np.int64]


def batch(rng: Generator, case: int = 1) -> Batch:
    """A split of the case's data of its own, with noise, in an order of its own."""
    split = trainings.CASES[case].load(int(rng.integers(2**31)))
    held = slice(EXAMPLES[case])
    return Batch(
        _noisy(rng, split.X_train, case),
        split.t_train,
        _noisy(rng, split.X_test[held], case),
        split.t_test[held],
    )


def _noisy(rng: Generator, X: Array, case: int) -> Array:
    noisy = X + rng.uniform(-NOISE[case], NOISE[case], size=X.shape)
    return noisy if case == 2 else np.clip(noisy, 0, {1: 1, 3: 16}[case])


def repaired(value: object, N: int, name: str) -> tuple[Array, float]:
    """The features and the factor that a repair of N examples returned."""
    found = parts(value, ("features", "factor"), name)
    features: Any = found["features"]
    shape = features.shape if type(features) is np.ndarray and features.ndim == 2 else (N, 1)
    if shape[1] > MOST_FEATURES:
        raise AssertionError(f"{name!r} makes more than {MOST_FEATURES} features of an example")
    factor = as_number(found["factor"], f"{name}: factor")
    if factor <= 0:
        raise AssertionError(f"the factor of {name!r} is not above 0")
    return as_array(features, (N, shape[1]), f"{name}: features", REALS), factor


def predictions(student: Functions, rng: Generator, case: int, drawn: Batch) -> NDArray[np.bool_]:
    """Train the case in the sandbox as the student's repair says, and predict the held-out examples."""
    name = f"repair_{case}"
    repair = getattr(student, name)
    F, factor = repaired(repair(drawn.X), len(drawn.X), name)
    F_held, _ = repaired(repair(drawn.X_held), len(drawn.X_held), name)
    start = Rng("Generator", int(rng.integers(2**31)))
    layers = trained(student.train_case(case, F, drawn.t, factor, start), case, F.shape[1])
    if F_held.shape[1] != F.shape[1]:
        raise AssertionError(f"{name!r} makes another number of features of other examples")
    with np.errstate(all="ignore"):
        return trainings.logits(layers, F_held) >= 0


def trained(value: object, case: int, D: int) -> trainings.Layers:
    """The layers that a training returned, finite and in the shapes of the case's model."""
    sizes = (D, trainings.CASES[case].hidden, 1) if trainings.CASES[case].hidden else (D, 1)
    names = tuple(f"layer {i}" for i in range(1, len(sizes)))
    pairs = parts(value, names, "train_case").values()
    layers = []
    for M, J, pair in zip(sizes, sizes[1:], pairs, strict=False):
        found = parts(pair, ("W", "b"), "train_case")
        layers.append((as_array(found["W"], (M, J), "W"), as_array(found["b"], (J,), "b")))
    return tuple(layers)


def assert_both_classes(student: Functions, rng: Generator, case: int) -> None:
    """Check that at least half of the held-out examples of either class are predicted as such."""

    def right(predicted: NDArray[np.bool_], t: NDArray[np.int64]) -> str:
        shares = [np.mean(predicted[t == k] == k) for k in (0, 1)]
        worst = int(np.argmin(shares))
        told = f"of class {worst}, {shares[worst]:.0%} of the held-out examples are right"
        return "" if shares[worst] >= LEAST_RECALL else told

    _drawn_and_right(student, rng, case, right)


def assert_repaired(student: Functions, rng: Generator, case: int) -> Batch:
    """Check that a training as the student's repair says is right on most held-out examples; returns them."""

    def right(predicted: NDArray[np.bool_], t: NDArray[np.int64]) -> str:
        accuracy = np.mean(predicted == t)
        told = f"case {case} is right on {accuracy:.0%} of the held-out examples"
        return "" if accuracy >= LEAST_ACCURACY else told

    return _drawn_and_right(student, rng, case, right)


def _drawn_and_right(
    student: Functions,
    rng: Generator,
    case: int,
    problem: Callable[[NDArray[np.bool_], NDArray[np.int64]], str],
) -> Batch:
    """Examples on which the repair has no `problem`; raises AssertionError if all that are drawn have one."""
    for _ in range(DRAWS):
        drawn = batch(rng, case)
        told = problem(predictions(student, rng, case, drawn), drawn.t_held)
        if not told:
            return drawn
    raise AssertionError(told)


def assert_examples_by_themselves(student: Functions, rng: Generator, case: int) -> None:
    """Check that a repair that works makes the same features of some examples as of all together.

    They are faint ones: by themselves they have another maximum than among the others.
    """
    name, drawn = f"repair_{case}", assert_repaired(student, rng, case)
    repair = getattr(student, name)
    some = rng.permutation(np.flatnonzero(drawn.t_held == 1))[:5]
    X = drawn.X_held.copy()
    X[some] /= 2
    together, _ = repaired(repair(X), len(X), name)
    alone, _ = repaired(repair(X[some]), len(some), name)
    assert_close(alone, together[some], f"{name}: features")


def assert_argument_unchanged(student: Functions, rng: Generator, case: int) -> None:
    """Check that a repair that works leaves the examples as they came."""
    name, drawn = f"repair_{case}", assert_repaired(student, rng, case)
    call = student.call(name, drawn.X)
    repaired(call.value, len(drawn.X), name)
    assert_unchanged(call, name, drawn.X)
