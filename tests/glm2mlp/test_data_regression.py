"""The data sets of regression: shapes as documented, standardized by the training examples."""

import numpy as np
import pytest

from glm2mlp import data


@pytest.mark.parametrize(
    ("load", "D", "sizes"), [(data.diabetes, 11, (342, 100)), (data.breast_cancer, 31, (400, 169))]
)
def test_real_data_are_standardized_by_the_training_examples(load, D, sizes):
    split = load(3)
    assert split.X_train.shape == (sizes[0], D)
    assert split.X_test.shape == (sizes[1], D)
    np.testing.assert_allclose(split.X_train[:, :-1].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(split.X_train[:, :-1].std(axis=0), 1, rtol=1e-12)
    assert (np.abs(split.X_test[:, :-1].mean(axis=0)) > 1e-3).any()
    assert (split.X_train[:, -1] == 1).all()
    assert (split.X_test[:, -1] == 1).all()
    assert np.array_equal(load(3).t_test, split.t_test)
    assert not np.array_equal(load(4).t_test, split.t_test)


def test_targets():
    assert data.diabetes().t_train.min() >= 25
    assert data.diabetes().t_train.max() <= 346
    assert set(data.breast_cancer().t_train) == {0, 1}


def test_a_noisy_line():
    X, t = data.noisy_line(3, N=500)
    assert X.shape == (500, 2)
    assert (X[:, 1] == 1).all()
    slope, bias = np.linalg.lstsq(X, t, rcond=None)[0]
    assert (slope, bias) == pytest.approx((1.5, 0.5), abs=0.1)
    assert not np.array_equal(data.noisy_line(4)[1], data.noisy_line(3)[1])


@pytest.mark.parametrize("K", [2, 3])
def test_groups_on_a_line(K):
    X, t = data.groups_on_a_line(K, 3, N=300)
    assert X.shape == (300, 2)
    assert (X[:, 1] == 1).all()
    assert set(t) == set(range(K))
    means = [X[t == k, 0].mean() for k in range(K)]
    assert means == sorted(means)


@pytest.mark.parametrize("draw", [data.noisy_line, data.diabetes, data.breast_cancer])
def test_a_seed_that_is_no_whole_number_is_told(draw):
    with pytest.raises(ValueError, match="choose a whole number"):
        draw("7")
