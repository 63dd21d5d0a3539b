"""The interactive figures' JavaScript computes what the reference and SciPy compute."""

from types import SimpleNamespace

import numpy as np
import pytest
from javascript import needs_node, node
from scipy import special, stats
from thinning import some

from glm2mlp import interactive
from glm2mlp.interactive.datasets import line_examples, plane_datasets, yes_or_no_examples
from solutions import features, linear_regression, logistic_regression, multilayer_perceptron
from solutions.multilayer_perceptron import Parameters

pytestmark = needs_node

EXACT = {"rtol": 0, "atol": 1e-9}

# The reference has ReLU; each other activation, and its slope by the unit's own value, takes its place.
ACTIVATIONS = {
    "relu": (multilayer_perceptron.relu, multilayer_perceptron.relu_derivative),
    "identity": (lambda z: z, np.ones_like),
    "sigmoid": (special.expit, lambda h: h * (1 - h)),
    "tanh": (np.tanh, lambda h: 1 - h**2),
}
DATASETS = plane_datasets()


@pytest.fixture(params=some(ACTIVATIONS), ids=ACTIVATIONS)
def activation(request, monkeypatch):
    f, slope = ACTIVATIONS[request.param]
    monkeypatch.setattr(multilayer_perceptron, "relu", f)
    monkeypatch.setattr(multilayer_perceptron, "relu_derivative", slope)
    return request.param


@pytest.fixture(params=some(["clouds", "spiral"]))
def case(request):
    """Return examples, and a network drawn for them."""
    X, t = np.array(DATASETS[request.param]["X"]), np.array(DATASETS[request.param]["t"])
    rng = np.random.default_rng(4)
    parameters = multilayer_perceptron.init_parameters(2, 7, t.max() + 1, rng)
    return SimpleNamespace(X=X, t=t, parameters=with_biases(parameters, rng), rng=rng)


def with_biases(parameters, rng):
    b_h, b_y = (rng.normal(size=b.shape) for b in (parameters.b_h, parameters.b_y))
    return parameters._replace(b_h=b_h, b_y=b_y)


class Orders:
    """A generator for the reference that hands out permutations made before."""

    def __init__(self, orders):
        self.orders = list(orders)

    def permutation(self, N):
        order = self.orders.pop(0)
        assert len(order) == N
        return order


def assert_equal(got, expected):
    for name, value in expected._asdict().items():
        np.testing.assert_allclose(np.array(got[name]), value, **EXACT, err_msg=name)


def test_forward_pass_loss_and_gradients(case, activation):
    values = {
        "p": case.parameters._asdict(),
        "X": case.X,
        "t": case.t,
        "f": activation,
    }
    got = node(
        "{...forward(p, X, f), loss: meanNll(p, X, t, f), g: lossGradients(p, X, t, f)}", **values
    )
    hidden, Y = multilayer_perceptron.forward(case.parameters, case.X)
    np.testing.assert_allclose(got["H"], hidden, **EXACT)
    np.testing.assert_allclose(np.exp(got["logY"]), Y, **EXACT)
    loss = multilayer_perceptron.nll(case.parameters, case.X, case.t)
    np.testing.assert_allclose(got["loss"], loss, **EXACT)
    assert_equal(got["g"], multilayer_perceptron.gradients(case.parameters, case.X, case.t))


@pytest.mark.parametrize("batch_size", [10, 64])  # 64 leaves a short last batch
def test_training_from_the_same_weights_in_the_same_order(case, activation, batch_size):
    orders = [case.rng.permutation(len(case.X)) for _ in range(5)]
    losses = []
    trained = multilayer_perceptron.train(
        case.parameters,
        case.X,
        case.t,
        epochs=5,
        batch_size=batch_size,
        learning_rate=0.1,
        rng=Orders(orders),
        on_epoch=lambda _, p: losses.append(multilayer_perceptron.nll(p, case.X, case.t)),
    )
    got = node(
        "orders.reduce(([p, losses], order) => {"
        " p = sgdEpoch(p, X, t, order, {batchSize, learningRate: 0.1, activation});"
        " return [p, [...losses, meanNll(p, X, t, activation)]];"
        "}, [p, []])",
        p=case.parameters._asdict(),
        X=case.X,
        t=case.t,
        orders=orders,
        batchSize=batch_size,
        activation=activation,
    )
    assert_equal(got[0], trained)
    np.testing.assert_allclose(got[1], losses, **EXACT)


def test_classes_and_ties():
    logY = [[-1.0, -0.5, -3.0], [-1.0, -1.0, -2.0], [-2.0, -1.0, -1.0]]
    assert node("classes(logY)", logY=logY) == [1, 0, 1]


@pytest.mark.parametrize("likely", [0, 1])
def test_loss_of_huge_logits_stays_right(likely):
    W_y = np.zeros((1, 2))
    W_y[0, likely] = 1
    p = Parameters(np.array([[1000.0], [0]]), np.zeros(1), W_y, np.zeros(2))._asdict()
    assert node("meanNll(p, [[1, 0]], [t], 'relu')", p=p, t=1 - likely) == 1000
    assert node("meanNll(p, [[1, 0]], [t], 'relu')", p=p, t=likely) == 0


def test_dead_units_are_those_that_no_example_moves():
    H = [[0, 0, 1, 0], [0, 2, 0, 0], [0, 0, 3, 0]]
    assert node("deadShare(H)", H=H) == 0.5


@pytest.mark.parametrize(("initialisation", "factor"), [("zero", 0), ("lecture", 1), ("large", 10)])
def test_initial_weights_keep_to_their_bounds(initialisation, factor):
    p = node("initialParameters(4, 400, 3, how, randomNumbers(1))", how=initialisation)
    for name, M in (("W_h", 4), ("W_y", 400)):
        W, bound = np.array(p[name]), factor / np.sqrt(M)
        assert np.abs(W).max() <= bound
        if factor:
            assert np.abs(W).max() > 0.99 * bound
            assert W.std() == pytest.approx(bound / np.sqrt(3), rel=0.05)
    assert np.array(p["W_h"]).shape == (4, 400)
    assert np.array(p["W_y"]).shape == (400, 3)
    assert not np.any(p["b_h"] + p["b_y"])


def test_random_numbers_are_uniform_and_belong_to_their_seed():
    numbers = np.array(
        node("[1, 1, 2].map(randomNumbers).map((r) => Array.from({length: 4000}, r))")
    )
    assert np.array_equal(numbers[0], numbers[1])
    assert stats.kstest(numbers[0], "uniform").pvalue > 0.01
    assert stats.kstest(numbers[2], "uniform").pvalue > 0.01
    assert abs(np.corrcoef(numbers[0], numbers[2])[0, 1]) < 0.05


def test_orders_are_permutations_and_every_place_is_as_likely():
    orders = node("(() => {const r = randomNumbers(5);"
                  " return Array.from({length: 3000}, () => permutation(4, r));})()")  # fmt: skip
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    counts = np.unique(orders, axis=0, return_counts=True)[1]
    assert len(counts) == 24
    assert stats.chisquare(counts).pvalue > 0.01


def test_logistic_function_at_every_scale():
    z = np.array([-1e300, -800, -30, -0.5, 0, 0.5, 30, 800, 1e300])
    np.testing.assert_allclose(node("z.map(logistic)", z=z), special.expit(z), rtol=1e-14)


@pytest.mark.parametrize(("w", "b"), [(1, 0), (-2.5, 3), (500, -200), (0, 0)])
def test_loss_of_the_sigmoid(w, b):
    x, t = yes_or_no_examples()
    X = features.add_bias(np.array(x)[:, np.newaxis])
    expected = logistic_regression.nll(np.array([w, b], dtype=float), X, np.array(t))
    assert node("logisticNll(w, b, x, t)", w=w, b=b, x=x, t=t) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("temperature", "shift"), [(1, 0), (0.2, -4), (10, 1e4)])
def test_softmax_of_tempered_logits(temperature, shift):
    z = np.array([2.0, 1, 0, -1])
    got = node("probabilities(temperedLogits(z, tau, c))", z=z, tau=temperature, c=shift)
    np.testing.assert_allclose(got, special.softmax(z / temperature), **EXACT)


@pytest.mark.parametrize("variance", [0.03, 1, 20])
def test_losses_of_a_line(variance):
    x, t = line_examples()
    y = 0.7 * np.array(x) + 0.5
    got = node("meanSquares(0.7, 0.5, x, t)", x=x, t=t)
    assert got == pytest.approx(linear_regression.mse(y, np.array(t)), abs=1e-9)
    expected = linear_regression.gaussian_nll(y, np.array(t), variance)
    assert node("normalNll(mse, v)", mse=got, v=variance) == pytest.approx(expected, abs=1e-9)


def test_best_slope_is_that_of_least_squares():
    x, t = line_examples()
    expected = np.linalg.lstsq(np.array(x)[:, np.newaxis], np.array(t) - 0.5, rcond=None)[0][0]
    assert node("bestSlope(0.5, x, t)", x=x, t=t) == pytest.approx(expected, abs=1e-9)


def test_logits_of_both_models_along_a_segment():
    rng = np.random.default_rng(8)
    a, b, W = rng.normal(size=2), rng.normal(size=2), rng.normal(size=(3, 3))
    p = with_biases(multilayer_perceptron.init_parameters(2, 5, 3, rng), rng)
    x = 0.3 * a + 0.7 * b
    got = node(
        "(() => {const x = between(a, b, 0.3); return [linearLogits(W, x), networkLogits(p, x)];})()",
        a=a, b=b, W=W, p=p._asdict(),
    )  # fmt: skip
    np.testing.assert_allclose(got[0], np.append(x, 1) @ W, **EXACT)
    hidden, _ = multilayer_perceptron.forward(p, x[np.newaxis])
    np.testing.assert_allclose(got[1], (hidden @ p.W_y + p.b_y)[0], **EXACT)


def test_classes_that_a_segment_meets():
    """Both models of the figure, on segments with ends in one region."""
    rng = np.random.default_rng(9)
    ends = rng.uniform(-3, 3, size=(60, 2, 2))
    W_h, b_h, W_y, b_y = interactive.TWO_WEDGES
    network = {"W_h": W_h, "b_h": b_h, "W_y": W_y, "b_y": b_y}
    linear, bent = node(
        "[(x) => linearLogits(W, x), (x) => networkLogits(network, x)].map("
        " (f) => ends.map(([a, b]) => classesAlong(f, a, b)))",
        W=interactive.LINEAR,
        network=network,
        ends=ends,
    )
    at_home = [met for met in linear if met[0] == met[-1]]
    assert len(at_home) > 10
    assert all(len(met) == 1 for met in at_home)
    for (a, b), met in zip(ends, bent, strict=True):
        quadrant = np.sign(np.linspace(b, a, 401)).prod(axis=1) < 0
        assert met == [int(k) for i, k in enumerate(quadrant) if i == 0 or k != quadrant[i - 1]]
    assert any(len(met) == 3 and met[0] == met[-1] for met in bent)
