"""What `sgd_epoch` and `train` of every model have in common."""

from functools import partial
from typing import NamedTuple

import numpy as np
import pytest

from solutions import (
    linear_regression,
    logistic_regression,
    multilayer_perceptron,
    softmax_regression,
)

N, D, H, K = 10, 4, 5, 3
data = np.random.default_rng(0)
X = data.normal(size=(N, D))
classes = np.arange(N) % K


class Case(NamedTuple):
    """A model with parameters; its gradients take and give a list with one array a parameter."""

    model: object
    parameters: object
    t: np.ndarray
    gradients: object
    options: dict

    @property
    def epoch(self):
        return partial(self.model.sgd_epoch, **self.options)

    @property
    def train(self):
        return partial(self.model.train, **self.options)


def single(model, **options):
    return lambda w, X, t: [model.gradient(w[0], X, t, **options)]


LINEAR = Case(
    linear_regression, data.normal(size=D), data.normal(size=N), single(linear_regression), {}
)
LOGISTIC = Case(
    logistic_regression, data.normal(size=D), classes // 2, single(logistic_regression), {}
)
SOFTMAX = Case(
    softmax_regression, data.normal(size=(D, K)), classes, single(softmax_regression), {}
)
SOFTMAX_L2 = SOFTMAX._replace(gradients=single(softmax_regression, l2=0.3), options={"l2": 0.3})
MLP = Case(
    multilayer_perceptron,
    multilayer_perceptron.init_parameters(D, H, K, data),
    classes,
    lambda p, X, t: multilayer_perceptron.gradients(multilayer_perceptron.Parameters(*p), X, t),
    {},
)
every_model = pytest.mark.parametrize(
    "case",
    [LINEAR, LOGISTIC, SOFTMAX, SOFTMAX_L2, MLP],
    ids=["linear", "logistic", "softmax", "softmax with l2", "mlp"],
)
either_rng = pytest.mark.parametrize("make_rng", [np.random.RandomState, np.random.default_rng])


def as_list(parameters):
    return [parameters] if isinstance(parameters, np.ndarray) else list(parameters)


def assert_equal(actual, expected, rtol=0.0):
    for a, e in zip(as_list(actual), as_list(expected), strict=True):
        assert np.shape(a) == np.shape(e)
        np.testing.assert_allclose(a, e, rtol=rtol, atol=rtol)


@every_model
@either_rng
def test_an_epoch_example_by_example(case, make_rng):
    rng = make_rng(3)
    actual = case.epoch(case.parameters, X, case.t, batch_size=4, learning_rate=0.1, rng=rng)

    same = make_rng(3)
    order = list(same.permutation(N))
    expected = as_list(case.parameters)
    for batch in (order[0:4], order[4:8], order[8:10]):
        steps = [case.gradients(expected, X[i : i + 1], case.t[i : i + 1]) for i in batch]
        means = [sum(step) / len(batch) for step in zip(*steps, strict=True)]
        expected = [p - 0.1 * g for p, g in zip(expected, means, strict=True)]
    assert_equal(actual, expected, rtol=1e-13)
    assert rng.uniform() == same.uniform(), "an epoch draws one permutation and nothing else"


@every_model
@pytest.mark.parametrize("batch_size", [N, 3 * N])
def test_one_batch_of_everything_is_gradient_descent(case, batch_size):
    rng = np.random.default_rng(0)
    actual = case.epoch(
        case.parameters, X, case.t, batch_size=batch_size, learning_rate=0.5, rng=rng
    )
    old = as_list(case.parameters)
    steps = case.gradients(old, X, case.t)
    assert_equal(actual, [p - 0.5 * g for p, g in zip(old, steps, strict=True)], rtol=1e-13)


@every_model
def test_train_is_one_epoch_after_the_other(case):
    seen = []
    trained = case.train(
        case.parameters,
        X,
        case.t,
        epochs=3,
        batch_size=3,
        learning_rate=0.1,
        rng=np.random.RandomState(1),
        on_epoch=lambda epoch, parameters: seen.append((epoch, parameters)),
    )
    rng, expected = np.random.RandomState(1), case.parameters
    assert [epoch for epoch, _ in seen] == [1, 2, 3]
    for _, parameters in seen:
        expected = case.epoch(expected, X, case.t, batch_size=3, learning_rate=0.1, rng=rng)
        assert_equal(parameters, expected)
        assert type(parameters) is type(case.parameters)
    assert_equal(trained, expected)


@every_model
def test_train_without_on_epoch_or_epochs(case):
    flags = {"batch_size": 3, "learning_rate": 0.1}
    rng = np.random.default_rng
    once = case.train(case.parameters, X, case.t, epochs=1, rng=rng(0), **flags)
    assert_equal(once, case.epoch(case.parameters, X, case.t, rng=rng(0), **flags))
    never = case.train(case.parameters, X, case.t, epochs=0, rng=rng(0), **flags)
    assert_equal(never, case.parameters)


@every_model
def test_training_lowers_the_loss(case):
    def loss(parameters):
        if case.model is linear_regression:
            return linear_regression.mse(X @ parameters, case.t)
        return case.model.nll(parameters, X, case.t, **case.options)

    trained = case.train(
        case.parameters,
        X,
        case.t,
        epochs=100,
        batch_size=4,
        learning_rate=0.1,
        rng=np.random.default_rng(0),
    )
    assert loss(trained) < 0.9 * loss(case.parameters)


@every_model
def test_options_are_by_keyword_only(case):
    with pytest.raises(TypeError, match="positional"):
        case.model.sgd_epoch(case.parameters, X, case.t, 3, 0.1, np.random.default_rng(0))
    with pytest.raises(TypeError, match="positional"):
        case.model.train(case.parameters, X, case.t, 1, 3, 0.1, np.random.default_rng(0))


@every_model
def test_no_argument_is_changed(case):
    arguments = [*as_list(case.parameters), X, case.t]
    copies = [a.copy() for a in arguments]
    trained = case.train(
        case.parameters,
        X,
        case.t,
        epochs=2,
        batch_size=3,
        learning_rate=0.1,
        rng=np.random.default_rng(0),
    )
    for argument, copy in zip(arguments, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)
        assert not any(np.shares_memory(argument, p) for p in as_list(trained))
