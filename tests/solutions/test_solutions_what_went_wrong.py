"""The reference repairs: trained with them, each case becomes a good model, and only then."""

import inspect

import numpy as np
import pytest

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.trainings import CASES, experiment
from solutions import what_went_wrong

REPAIRS = {
    1: what_went_wrong.repair_1,
    2: what_went_wrong.repair_2,
    3: what_went_wrong.repair_3,
}


def test_they_are_the_exercises_in_the_order_of_the_notebook():
    own = [name for name, value in vars(what_went_wrong).items() if inspect.isfunction(value)]
    assert own == [e.name for e in ASSIGNMENTS["what_went_wrong"].exercises if e.kind == "function"]


@pytest.mark.parametrize("case", CASES)
def test_the_repaired_training_is_good(case):
    for seed in range(4):
        run = experiment(case, REPAIRS[case], seed)
        found = run.confusion.diagonal() / run.confusion.sum(axis=1)
        assert found.min() > 0.75
        assert run.history["validation accuracy"][-1] > 0.88
        assert run.history["training loss"][-1] < 0.3


@pytest.mark.parametrize("case", CASES)
def test_it_is_the_repair_that_helps(case):
    others = [REPAIRS[other] for other in CASES if other != case]
    for change in others:
        assert experiment(case, change).history["validation accuracy"][-1] < 0.8


@pytest.mark.parametrize("case", CASES)
def test_features_are_made_row_by_row_and_the_argument_stays(case):
    X = CASES[case].load(0).X_train[:5]
    before = X.copy()
    features, factor = REPAIRS[case](X)
    assert np.array_equal(X, before)
    assert features.dtype == np.float64
    assert type(factor) is float
    for i in range(5):
        assert np.array_equal(REPAIRS[case](X[i : i + 1])[0][0], features[i])
