"""The small data sets: shapes as documented, the same for the same seed."""

import numpy as np
import pytest

from glm2mlp import data


@pytest.mark.parametrize(("draw", "K"), [(data.two_classes, 2), (data.three_classes, 3)])
def test_clouds(draw, K):
    X, t = draw(seed=3, N=31)
    assert X.shape == (31, 3)
    assert t.shape == (31,)
    assert (X[:, 2] == 1).all()
    assert set(t) == set(range(K))
    assert t.dtype == np.int64
    again, other = draw(seed=3, N=31)[0], draw(seed=4, N=31)[0]
    assert np.array_equal(X, again)
    assert not np.array_equal(X, other)


@pytest.mark.parametrize(("draw", "K"), [(data.two_classes, 2), (data.three_classes, 3)])
def test_clouds_overlap_but_not_much(draw, K):
    X, t = draw()
    centres = np.array([X[t == k].mean(axis=0) for k in range(K)])
    nearest = np.argmin(((X[:, None] - centres) ** 2).sum(axis=-1), axis=1)
    assert 0.85 < np.mean(nearest == t) < 1


def test_digits():
    digits = data.digits()
    assert digits.X_train.shape == (1000, 65)
    assert digits.X_test.shape == (797, 65)
    assert (digits.X_train[:, 64] == 1).all()
    assert digits.X_train.min() == 0
    assert digits.X_train.max() == 1
    assert set(digits.t_test) == set(range(10))
    assert data.images(digits.X_test).shape == (797, 8, 8)
    assert np.array_equal(data.images(digits.X_test)[0].ravel(), digits.X_test[0, :64])
