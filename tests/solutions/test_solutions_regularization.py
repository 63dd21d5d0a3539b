"""Regularization by other means: the loss differentiated numerically, the epoch found by its definition."""

import itertools

import numpy as np
from numeric_gradient import central_differences, relative_error

from solutions.multilayer_perceptron import Parameters, gradients, nll
from solutions.regularization import early_stopping, l2_step, regularized_loss

rng = np.random.default_rng(0)
P = Parameters(*(rng.normal(size=shape) for shape in ((4, 5), 5, (5, 3), 3)))
X, t = rng.normal(size=(7, 4)), np.array([0, 1, 2, 0, 1, 2, 0])


def test_without_strength_it_is_the_loss():
    assert regularized_loss(P, 1.5, 0) == 1.5


def test_step_goes_down_the_slope_of_the_regularized_loss():
    settings = {"learning_rate": 0.3, "l2": 0.2}
    new = l2_step(P, gradients(P, X, t), **settings)
    for name in Parameters._fields:

        def loss(part, name=name):
            moved = P._replace(**{name: part})
            return regularized_loss(moved, nll(moved, X, t), settings["l2"])

        slope = central_differences(loss, getattr(P, name))
        moved = (getattr(P, name) - getattr(new, name)) / settings["learning_rate"]
        assert relative_error(moved, slope) < 1e-7, name


def kept(losses, patience):
    """The definition, word by word: training stops at the first epoch that ends such a row."""
    for end in range(1, len(losses) + 1):
        row = range(end - patience, end)  # the last `patience` epochs, from 0
        if row[0] > 0 and all(losses[i] >= min(losses[: row[0]]) for i in row):
            return losses.index(min(losses[:end])) + 1
    return losses.index(min(losses)) + 1


def test_epoch_of_every_short_course_of_losses():
    courses = 0
    for M in range(1, 7):
        for losses in itertools.product((1, 2, 3, 4), repeat=M):
            for patience in (1, 2, 3, 7):
                assert early_stopping(np.array(losses), patience) == kept(losses, patience)
                courses += 1
    assert courses == 4 * sum(4**M for M in range(1, 7))
