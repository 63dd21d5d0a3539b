"""The lectures' derivations end where the reference is: same definitions, same last lines.

What a line says is checked against the line before; here the ends are tied to code that trains.
"""

import numpy as np
import pytest
import scipy.special
import scipy.stats
from lecture_derivations import LECTURES, NAMES, derivation, lecture, written
from thinning import slow, some

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.numeric import World, value
from glm2mlp.derivation.symbolic import equal
from solutions import linear_regression as linear
from solutions import logistic_regression as logistic
from solutions import multilayer_perceptron as mlp
from solutions import softmax_regression as softmax

RELU = 2  # its place among the examples of a function without a formula


def points(derivation, example=None):
    """The points of a derivation, and how a symbol's numbers are had from them as arrays."""
    for (world, *_), turn in zip(derivation.worlds(), range(3), strict=False):
        used = World(world.sizes, world.values, turn if example is None else example)

        def array(name, world=world):
            number = world.values[name.data if name.op == "index" else name]
            kind = int if name.over is not None or name.op == "index" else float
            return np.array(number, dtype=kind) if np.ndim(number) else kind(number)

        yield used, array


def last(derivation, world):
    """The value of the last line as an array or a number."""
    number = value(derivation.lines[-1].term, world)
    return np.array(number, dtype=float) if np.ndim(number) else float(number)


@pytest.mark.parametrize("name", some(LECTURES))
def test_names_are_found_without_an_import(name):
    things = vars(lecture(name)).items()
    assert [name for name, thing in things if isinstance(thing, Derivation)] == written(name)


@pytest.mark.parametrize("name", some(NAMES))
def test_sympy_decides_every_line_for_every_size(name):
    assert all(derivation(name).proofs)


def test_sigmoid_softmax_and_tanh_are_what_everybody_calls_so():
    logistic, softmax, network = map(
        lecture, ("logistic_regression", "softmax_regression", "multilayer_perceptron")
    )
    z, u = logistic.z, softmax.z
    for world, _ in points(softmax.GRADIENT_BY_LOGITS):
        vector = np.array(world.values[u], dtype=float)
        expected = scipy.special.softmax(vector, axis=0)
        assert np.allclose(value(softmax.softmax(u), world).astype(float), expected)
        for number in vector.ravel():
            at = World({}, {z: world.values[u][0, 0] * 0 + number})
            for sigma in (logistic.sigma, network.sigma):
                assert np.isclose(float(value(sigma(z), at)), scipy.special.expit(number))
            assert np.isclose(float(value(network.tanh(z), at)), np.tanh(number))


def test_the_density_is_the_normal_one():
    m = lecture("mse_as_mle")
    for world, array in points(m.NLL_GRADIENT):
        mean, deviation = (array(m.x).T @ array(m.w)).item(), array(m.sigma)
        expected = scipy.stats.norm.pdf(array(m.t), mean, deviation)
        assert np.isclose(float(value(m.p(m.t, m.x), world)), expected)


def test_gradients_of_logistic_regression():
    m = lecture("logistic_regression")
    for world, array in points(m.GRADIENT):
        expected = logistic.gradient(array(m.w)[:, 0], array(m.x).T, np.array([array(m.t)]))
        assert np.allclose(last(m.GRADIENT, world)[:, 0], expected)
    for world, array in points(m.BATCH_GRADIENT):
        expected = logistic.gradient(array(m.w)[:, 0], array(m.X), array(m.targets)[:, 0])
        assert np.allclose(last(m.BATCH_GRADIENT, world)[:, 0], expected)


def test_mse_and_its_gradient():
    m = lecture("mse_as_mle")
    for world, array in points(m.MSE_AS_MLE):
        X, w, t = array(m.X), array(m.w)[:, 0], array(m.targets)[:, 0]
        objective = float(value(m.MSE_AS_MLE.lines[-1].term.parts[0], world))
        assert np.isclose(objective, linear.mse(X @ w, t))
        assert np.allclose(last(m.MSE_GRADIENT, world)[:, 0], 2 * linear.gradient(w, X, t))


def test_gradients_of_softmax_regression():
    m = lecture("softmax_regression")
    for world, array in points(m.GRADIENT):
        t = np.array([array(m.t)])
        expected = softmax.gradient(array(m.W), array(m.x).T, t)
        assert np.allclose(last(m.GRADIENT, world), expected)
    for world, array in points(m.L2_GRADIENT):
        W, X, t, l2 = array(m.W), array(m.X), array(m.targets)[:, 0], array(m.lam)
        assert np.allclose(last(m.BATCH_GRADIENT, world), softmax.gradient(W, X, t))
        assert np.allclose(last(m.L2_GRADIENT, world), softmax.gradient(W, X, t, l2))
        first = m.L2_GRADIENT.lines[0].term.parts[0]
        assert np.isclose(float(value(first, world)), softmax.nll(W, X, t, l2))


@slow
def test_the_four_gradients_of_the_perceptron():
    m = lecture("training")
    batch = (
        m.BATCH_HIDDEN_WEIGHTS,
        m.BATCH_HIDDEN_BIAS,
        m.BATCH_OUTPUT_WEIGHTS,
        m.BATCH_OUTPUT_BIAS,
    )
    for world, array in points(m.BATCH_HIDDEN_WEIGHTS, example=RELU):
        parameters = mlp.Parameters(array(m.W_h), array(m.b_h)[0], array(m.W_y), array(m.b_y)[0])
        X, t = array(m.X), array(m.targets)[:, 0]
        assert np.isclose(float(value(m.E, world)), mlp.nll(parameters, X, t))
        for each, expected in zip(batch, mlp.gradients(parameters, X, t), strict=True):
            assert np.allclose(np.squeeze(last(each, world)), np.squeeze(expected))


def test_the_three_activations_are_slopes():
    m = lecture("generalized_linear_models")
    assert equal(m.NORMAL_ACTIVATION.lines[-1].term, m.u)
    assert equal(m.BERNOULLI_ACTIVATION.lines[-1].term, m.sigma(m.u))
    assert equal(m.CATEGORICAL_ACTIVATION.lines[-1].term, m.softmax(m.z)[m.k])
