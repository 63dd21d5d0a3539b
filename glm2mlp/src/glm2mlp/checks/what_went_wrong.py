"""The visible tests of the assignment `what_went_wrong`. Student side, public.

The last one trains with the student's repair, as the notebook's own experiments do.
"""

from typing import Any

import numpy as np

from glm2mlp import trainings
from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import (
    Unexpected,
    described,
    expect,
    expect_shape,
    expect_unchanged,
    shown,
)
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["what_went_wrong"])
check, check_all, ready = suite.check, suite.check_all, suite.ready

ENOUGH = 0.9
SEED = 1
HINT = (
    "`return X, 1` is the form: the features as an array (N, any number of columns), then a number."
)


def examples(case: int, N: int = 6) -> np.ndarray[Any, Any]:
    """Examples of the shape and range that a case has, without its data."""
    rng = np.random.default_rng(case)
    if case == 2:
        return np.linspace(-1.5, 1.7, N)[:, np.newaxis]
    X = rng.integers(0, 17, size=(N, 64)) / (16 if case == 1 else 1)
    X[0] /= 2  # a faint image has by itself another maximum than among others
    return X


def pair(student: Student, case: int, X: np.ndarray[Any, Any]) -> tuple[Any, float]:
    """Call the repair; raise Unexpected unless it returns features (N, D′) and a factor above 0."""
    got = getattr(student, f"repair_{case}")(X)
    if not isinstance(got, tuple | list) or len(got) != 2:
        raise Unexpected("two things: the features and the factor", described(got), HINT)
    features, factor = got
    columns = features.shape[1] if isinstance(features, np.ndarray) and features.ndim == 2 else 1
    features = expect_shape(features, (len(X), columns), HINT)
    if columns == 0:
        raise Unexpected("at least one feature", "none", HINT)
    if not np.isfinite(features).all():
        hint = "Choose features that exist for every example; log and √, say, have none below 0."
        raise Unexpected("finite numbers", f"{shown(features)}", hint, known=True)
    expect_shape(factor, (), HINT)
    if not 0 < factor < np.inf:
        raise Unexpected("a factor above 0", f"{factor}", "1 keeps the learning rate as it is.")
    return features, float(factor)


def _add(case: int) -> None:
    name = f"repair_{case}"

    def form(student: Student) -> None:
        pair(student, case, examples(case))

    def alone(student: Student) -> None:
        X = examples(case)
        together, _ = pair(student, case, X)
        hint = "Means, maxima or the like may be taken along the columns of one row only (axis=1)."
        for i in (0, len(X) - 1):
            expect(pair(student, case, X[i : i + 1])[0], together[i : i + 1], hint)

    def unchanged(student: Student) -> None:
        X = examples(case)
        pair(student, case, X)
        expect_unchanged(student.arguments, [X])

    def trained(student: Student) -> None:
        columns: set[int] = set()

        def change(X: np.ndarray[Any, Any]) -> tuple[Any, float]:
            features, factor = pair(student, case, X)
            columns.add(features.shape[1])
            if len(columns) > 1:
                few, many = sorted(columns)
                hint = (
                    "How many features there are must not depend on how many examples come along."
                )
                got = f"{few} features of some examples, {many} of others"
                raise Unexpected("the same number of features always", got, hint, known=True)
            return features, factor

        run = trainings.experiment(case, change, SEED)
        reached = run.history["validation accuracy"][-1]
        if not reached >= ENOUGH:
            missed = run.confusion[1, 0] == run.confusion[1].sum()
            raise Unexpected(
                f"an accuracy of at least {ENOUGH:.0%}",
                f"{reached:.1%}, the rarer class is never predicted"
                if missed
                else f"{reached:.1%}",
                f"Look at experiment({case}, {name}, seed): do the losses fall further than before?",
            )

    suite.add(name, "It returns features, one row an example, and a factor above 0.", form)
    suite.add(name, "The features of an example depend on that example alone.", alone)
    suite.add(name, "Its argument stays as it was.", unchanged)
    suite.add(
        name, f"Trained with it, case {case} is right on {ENOUGH:.0%} of new examples.", trained
    )


for _case in trainings.CASES:
    _add(_case)
