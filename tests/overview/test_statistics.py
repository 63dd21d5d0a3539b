"""Numbers of small classes that one can work out by hand."""

import pytest

from autograder.overview.statistics import FEW, discriminations, distribution, shares


def test_distribution_counts_everybody_once():
    told = distribution([0, 0.5, 3, 3, 20, 20], 20)
    assert [(b.low, b.high) for b in told.bins] == [(i, i + 1) for i in range(20)]
    counts = {b.low: b.students for b in told.bins if b.students}
    assert counts == {0: 2, 3: 2, 19: 2}
    assert (told.lowest, told.median, told.highest) == (0, 3, 20)
    assert told.mean == pytest.approx(46.5 / 6)


@pytest.mark.parametrize("maximum", [0.5, 3, 7.5, 25, 26, 99.9, 1234])
def test_bins_are_few_and_reach_the_maximum(maximum):
    told = distribution([0, maximum / 3, maximum, maximum + 1e-12], maximum)
    assert 1 <= len(told.bins) <= 25
    assert told.bins[-1].high == maximum
    assert sum(b.students for b in told.bins) == 4


def test_nobody_has_no_distribution():
    assert distribution([], 20) is None


def test_pending_points_are_in_no_share():
    assert shares([2, None, 1], 4) == [0.5, 0.25]


def test_discrimination_is_the_correlation_with_the_rest_alone():
    good = [float(i >= 5) for i in range(10)]
    told = discriminations({"a": good, "b": good, "against": [1 - g for g in good], "c": good})
    assert told["a"] == pytest.approx(1)  # the rest: b + c − a + 1
    assert told["against"] == pytest.approx(-1)


def test_an_exercise_does_not_agree_with_itself():
    """Large points of its own would make any exercise look good, were they counted."""
    mine = [10.0, 0.0] * 6
    rest = [0.0, 1.0] * 6
    assert discriminations({"mine": mine, "rest": rest})["mine"] == pytest.approx(-1)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([1.0, 0.0] * 4, [1.0, 0.0] * 4),
        ([1.0] * FEW, [1.0, 0.0] * 5),
        ([1.0, 0.0] * 5, [2.0] * FEW),
    ],
    ids=["few", "constant", "the rest is constant"],
)
def test_where_a_correlation_says_nothing_there_is_none(a, b):
    assert discriminations({"a": a, "b": b})["a"] is None


def test_pending_students_are_left_out():
    a = [1.0, 0.0] * 5
    told = discriminations({"a": [*a, None], "b": [*a, 7.0]})
    assert told["a"] == pytest.approx(1)
