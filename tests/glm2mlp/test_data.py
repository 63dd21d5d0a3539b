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


@pytest.mark.parametrize("draw", [data.two_classes, data.digits, data.threes_and_eights])
@pytest.mark.parametrize("seed", ["7", 1.5, None, -1, True, [1]])
def test_a_seed_that_is_no_whole_number_is_told(draw, seed):
    with pytest.raises(ValueError, match=r"the seed is .*; choose a whole number"):
        draw(seed)


@pytest.mark.parametrize("seed", [0, np.int64(7), 10**30])
def test_any_whole_number_is_a_seed(seed):
    for draw in (data.two_classes, data.three_classes, data.digits):
        assert np.array_equal(draw(seed)[0], draw(int(seed))[0])


def test_patients_are_in_three_parts():
    parts = data.patients(3)
    assert [X.shape for X in parts[::2]] == [(221, 10), (110, 10), (111, 10)]
    assert [t.shape for t in parts[1::2]] == [(221,), (110,), (111,)]
    assert all(abs(t.mean() - 0.27) < 0.01 for t in parts[1::2])
    assert np.allclose(parts.X_train.mean(axis=0), 0)
    assert np.allclose(parts.X_train.std(axis=0), 1)
    everyone = {tuple(row.round(6)) for X in parts[::2] for row in X * 1}
    assert len(everyone) == 442  # nobody is in two parts
    assert np.array_equal(parts.X_test, data.patients(3).X_test)
    assert not np.array_equal(parts.X_test, data.patients(4).X_test)


def test_digits_of_the_labs_are_the_same_pixels_in_their_own_range():
    small, large = data.digits(244), data.lab_digits(244, ones=True)
    assert np.array_equal(large.X_train[:, :64], 16 * small.X_train[:, :64])
    assert (large.X_test[:, 64] == 1).all()
    assert np.array_equal(large.t_test, small.t_test)
    bare = data.lab_digits(244, ones=False)
    assert np.array_equal(bare.X_test, large.X_test[:, :64])


def test_points_of_the_lab():
    lab = data.lab_points()
    assert lab.X_train.shape == lab.X_test.shape == (50, 3)
    assert (lab.X_train[:, 2] == 1).all()
    assert set(lab.t_train) == {0, 1}


def test_threes_and_eights():
    split, digits = data.threes_and_eights(3), data.digits()
    assert split.X_train.shape == (200, 65)
    assert split.X_test.shape == (157, 65)
    X, t = np.vstack([split.X_train, split.X_test]), np.concatenate([split.t_train, split.t_test])
    assert (X[:, 64] == 1).all()
    for label, digit in ((0, 3), (1, 8)):
        known = np.vstack(
            [digits.X_train[digits.t_train == digit], digits.X_test[digits.t_test == digit]]
        )
        assert sorted(map(tuple, X[t == label])) == sorted(map(tuple, known))
    assert t.dtype == np.int64
    assert np.array_equal(split.X_train, data.threes_and_eights(3).X_train)
    assert not np.array_equal(split.X_train, data.threes_and_eights(4).X_train)


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
