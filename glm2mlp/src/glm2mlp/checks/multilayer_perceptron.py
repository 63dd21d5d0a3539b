"""The visible tests of the assignment `multilayer_perceptron`. Student side, public.

Numbers were worked out by hand, with logits that are multiples of log 2.
"""

from typing import Any

import numpy as np
from scipy import special

from glm2mlp.checks.activations import suite
from glm2mlp.checks.compare import Unexpected, expect
from glm2mlp.checks.parameters import (
    Parameters,
    described_shape,
    expect_parameters,
    expect_parts,
)
from glm2mlp.checks.shared import (
    add_unchanged,
    central_differences,
)
from glm2mlp.checks.suite import Student

check, check_all, ready = suite.check, suite.check_all, suite.ready

NAMES = Parameters._fields

# Pre-activations [1 2 1], [2 −1 −3], [−1 3 −1], [0 1 −3], [1 −1 −5]; the logits are multiples of log 2.
NETWORK = Parameters(
    np.array([[1.0, -1, 0], [0, 1, 2]]),
    np.array([0.0, 1, -3]),
    np.log(2) * np.eye(3, 4),
    np.log(2) * np.array([0.0, 0, 0, 1]),
)
X = np.array([[1.0, 2], [2, 0], [-1, 1], [0, 0], [1, -1]])
t = np.array([1, 0, 1, 3, 0])
HIDDEN = np.array([[1.0, 2, 1], [2, 0, 0], [0, 3, 0], [0, 1, 0], [1, 0, 0]])
OUTPUT = np.array(
    [
        [2 / 10, 4 / 10, 2 / 10, 2 / 10],
        [4 / 8, 1 / 8, 1 / 8, 2 / 8],
        [1 / 12, 8 / 12, 1 / 12, 2 / 12],
        [1 / 6, 2 / 6, 1 / 6, 2 / 6],
        [2 / 6, 1 / 6, 1 / 6, 2 / 6],
    ]
)

# One example: the first unit is on with 3, the second off with −3, the third exactly at the kink.
# The logits are 0, so that both classes are equally probable.
ONE = Parameters(
    np.array([[1.0, -1, 2], [1, -1, -1]]),
    np.zeros(3),
    np.array([[1.0, -1], [2, 5], [1, 4]]),
    np.array([-3.0, 3]),
)
ONE_X, ONE_T = np.array([[1.0, 2]]), np.array([0])
ONE_GRADIENTS = Parameters(
    np.array([[-1.0, 0, 0], [-2, 0, 0]]),
    np.array([-1.0, 0, 0]),
    np.array([[-3 / 2, 3 / 2], [0, 0], [0, 0]]),
    np.array([-1 / 2, 1 / 2]),
)

# Weights and biases that are nothing special, and no unit near the kink.
GENERAL = Parameters(
    np.array([[0.5, -0.8, 0.3, 1.1], [-0.6, 0.9, 0.7, -0.4]]),
    np.array([0.2, -0.3, 0.5, 0.1]),
    np.array([[0.4, -0.9, 0.6], [-0.7, 0.2, 0.8], [1.0, -0.3, -0.5], [0.3, 0.6, -1.1]]),
    np.array([0.1, -0.2, 0.4]),
)
GENERAL_T = np.array([2, 0, 1, 2, 1])


@suite.of("init_parameters")
def parameters_have_their_shapes(student: Student) -> None:
    """For D = 2, H = 3 and K = 4, the shapes are (2, 3), (3,), (3, 4) and (4,)."""
    parts = expect_parts(student.init_parameters(2, 3, 4, np.random.default_rng(1)), NAMES)
    for name, part, shape in zip(NAMES, parts, [(2, 3), (3,), (3, 4), (4,)], strict=True):
        if not isinstance(part, np.ndarray) or part.shape != shape:
            raise Unexpected(
                f"{name}, an array of shape {shape}",
                f"{name}, {described_shape(part)}",
                "A weight joins an input (row) and a unit (column) of its layer; a bias belongs to"
                " a unit: H of them in the hidden layer, K at the output.",
            )


@suite.of("init_parameters")
def biases_start_at_zero(student: Student) -> None:
    """Biases are 0; weights are not."""
    W_h, b_h, W_y, b_y = expect_parts(
        student.init_parameters(2, 3, 4, np.random.default_rng(1)), NAMES
    )
    expect(b_h, np.zeros(3), "One zero for each hidden unit.")
    expect(b_y, np.zeros(4), "One zero for each class.")
    for name, weights in (("W_h", W_h), ("W_y", W_y)):
        if len(np.unique(weights)) < np.size(weights):
            hint = "Weights are random: equal units would learn the same for ever."
            raise Unexpected(f"different numbers in {name}", f"{weights}", hint, known=True)


@suite.of("init_parameters")
def weights_are_drawn_in_their_range(student: Student) -> None:
    """W_h, then W_y are drawn from `rng`, each from the range that belongs to its inputs."""
    D, H, K = 4, 9, 5
    for make in (np.random.default_rng, np.random.RandomState):
        rng, twin = make(3), make(3)
        drawn = expect_parts(student.init_parameters(D, H, K, rng), NAMES)
        following = rng.uniform()
        if following == make(3).uniform():
            hint = "np.random or a generator of your own draws other numbers: call `rng.uniform`."
            wanted = "weights drawn from the `rng` that is passed"
            raise Unexpected(wanted, "nothing was drawn from it", hint, known=True)
        hint = "W_h is drawn by one call of `rng.uniform`, from the range that belongs to its D inputs."
        last = make(3)
        last.uniform(size=(H, K))
        h = twin.uniform(-1, 1, size=(D, H))
        slips = [
            (h / D, "1/√D, not 1/D."),
            (h / 3, "The inputs of the hidden layer are D, not H."),
            (h, "The range is missing: from −1/√D to 1/√D."),
            (last.uniform(-1, 1, size=(D, H)) / 2, "W_h is drawn before W_y."),
            (
                make(3).normal(size=(D, H)) / 2,
                "Draw from the uniform distribution, not the Normal.",
            ),
        ]
        expect(drawn[0], h / 2, hint, slips)
        y = twin.uniform(-1, 1, size=(H, K))
        slips = [
            (y / H, "1/√H, not 1/H."),
            (y / 2, "The inputs of the output are the H hidden units."),
            (y, "The range is missing: from −1/√H to 1/√H."),
        ]
        expect(drawn[2], y / 3, "The range of W_y belongs to its H inputs.", slips)
        if following != twin.uniform():
            hint = "Draw W_h by one call of `rng.uniform`, W_y by another; biases are not drawn."
            raise Unexpected("nothing else drawn from rng", "something else was drawn", hint)


@suite.of("forward")
def hidden_layer_by_hand(student: Student) -> None:
    """Five examples through three hidden units, worked out by hand."""
    hidden, _ = expect_parts(student.forward(NETWORK, X), ("H", "Y"))
    before = np.array([[1, 2, 1], [2, -1, -3], [-1, 3, -1], [0, 1, -3], [1, -1, -5]])
    expect(
        hidden,
        HIDDEN,
        "relu(X W_h + b_h): the bias goes in before the activation.",
        slips=[
            (before, "These are the pre-activations: return what comes out of relu."),
            (np.maximum(0, before - NETWORK.b_h), "b_h is missing."),
        ],
    )


@suite.of("forward")
def output_by_hand(student: Student) -> None:
    """Their probabilities, worked out by hand: each row sums to one."""
    _, Y = expect_parts(student.forward(NETWORK, X), ("H", "Y"))
    logits = HIDDEN @ NETWORK.W_y + NETWORK.b_y
    expect(
        Y,
        OUTPUT,
        "softmax(H W_y + b_y), where H is the hidden layer after relu.",
        slips=[
            (logits, "These are the logits: softmax is missing."),
            (special.softmax(logits - NETWORK.b_y, axis=1), "b_y is missing."),
            (special.softmax(logits), "Each row is a distribution of its own: axis −1."),
            (special.softmax(logits, axis=0), "Each row is a distribution of its own: axis −1."),
        ],
    )


@suite.of("forward")
def negative_logits_stay_negative(student: Student) -> None:
    """Logits log ½ and log ¼ give 2/3 and 1/3: the output has no ReLU."""
    network = Parameters(np.ones((1, 1)), np.zeros(1), -np.log([[2.0, 4]]), np.zeros(2))
    _, Y = expect_parts(student.forward(network, np.ones((1, 1))), ("H", "Y"))
    hint = "The activation of the output is softmax alone."
    expect(Y, [[2 / 3, 1 / 3]], hint, slips=[([[1 / 2, 1 / 2]], hint)])


@suite.of("forward")
def huge_logits(student: Student) -> None:
    """Logits of ±1000 give probabilities, not nan."""
    network = Parameters(np.ones((1, 1)), np.zeros(1), np.array([[1000.0, -1000]]), np.zeros(2))
    _, Y = expect_parts(student.forward(network, np.ones((1, 1))), ("H", "Y"))
    expect(Y, [[1, 0]], "Use the given `softmax`, or subtract the largest logit of each row.")


add_unchanged(suite, "forward", NETWORK, X)


@suite.of("gradients")
def gradients_by_hand(student: Student) -> None:
    """One example by hand: one hidden unit is on, one off, one exactly at the kink."""
    back = np.array([-1, 3 / 2, 3 / 2])
    kink = np.array([-1, 0, 3 / 2])
    off = "A unit that is off (z ≤ 0) has the slope 0, and nothing gets past it. (H ≥ 0 holds always.)"
    times_h = "You multiply by the hidden layer itself; its slope is 1 where it is on, else 0."
    sigmoid_slope = "h (1 − h) is the slope of σ; ReLU has the slope 1 where it is on, else 0."
    at_kink = "At the kink the slope is 0: ask for > 0, not for ≥ 0."
    expect_parameters(
        student.gradients(ONE, ONE_X, ONE_T),
        ONE_GRADIENTS,
        "Prediction minus target goes back through W_y, then through the slope of relu.",
        slips={
            "W_h": [
                (np.outer(ONE_X, back), off),
                (np.outer(ONE_X, kink), at_kink),
                (3 * ONE_GRADIENTS.W_h, times_h),
                (-6 * ONE_GRADIENTS.W_h, sigmoid_slope),
                (-ONE_GRADIENTS.W_h, "It is prediction minus target."),
            ],
            "b_h": [
                (back, off),
                (kink, at_kink),
                (np.zeros(3), "Biases learn too: a bias sees an input of 1."),
            ],
            "W_y": [(-ONE_GRADIENTS.W_y, "It is prediction minus target.")],
            "b_y": [(np.zeros(2), "Biases learn too: a bias sees an input of 1.")],
        },
    )


@suite.of("gradients")
def gradients_average_over_the_examples(student: Student) -> None:
    """The same example three times has the same gradients as once."""
    thrice = student.gradients(ONE, np.tile(ONE_X, (3, 1)), np.tile(ONE_T, 3))
    sums = {
        name: [
            (3 * part, "Average over the examples, the biases too."),
            (part / 3, f"You averaged {name} twice."),
        ]
        for name, part in ONE_GRADIENTS._asdict().items()
    }
    hint = "The sum over the examples is axis 0; all four are means over the batch."
    expect_parameters(thrice, ONE_GRADIENTS, hint, sums)


@suite.of("gradients")
def gradients_are_the_slopes_of_nll(student: Student) -> None:
    """They are the slopes of `nll`, measured between nearby parameters."""

    def slope(name: str) -> Any:
        def loss(part: Any) -> Any:
            return student.nll(GENERAL._replace(**{name: part}), X, GENERAL_T)

        return central_differences(loss, getattr(GENERAL, name))

    slopes = Parameters(*map(slope, NAMES))
    hint = "Write down the shape of each step: which products sum over the examples?"
    expect_parameters(student.gradients(GENERAL, X, GENERAL_T), slopes, hint, rtol=1e-7)


add_unchanged(suite, "gradients", GENERAL, X, GENERAL_T)
