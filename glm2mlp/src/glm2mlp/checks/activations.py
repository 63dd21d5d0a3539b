"""The first visible tests of `multilayer_perceptron`: activations and their slopes. Student side, public.

Numbers were worked out by hand, with tanh(½ log 3) = ½.
"""

import numpy as np
from scipy import special

from glm2mlp.catalogue import MULTILAYER_PERCEPTRON
from glm2mlp.checks.compare import expect, expect_dtype
from glm2mlp.checks.shared import add_unchanged
from glm2mlp.checks.suite import Student, Suite

suite = Suite(MULTILAYER_PERCEPTRON)

L = float(np.log(3) / 2)  # tanh L = ½
GRID = np.array([[-2.0, -0.5, 0.3, 1.0], [0.1, 3.0, -1.5, -0.2]])


@suite.of("relu")
def relu_known_values(student: Student) -> None:
    """ReLU of −2, 0 and 3 is 0, 0 and 3."""
    expect(
        student.relu(np.array([-2.0, 0, 3])),
        [0, 0, 3],
        "max(0, z) of each entry.",
        slips=[([2, 0, 3], "That is |z|: negative numbers become 0.")],
    )


@suite.of("relu")
def relu_of_any_shape(student: Student) -> None:
    """It works on an array of any shape, entry by entry, and on a single number."""
    hint = "np.maximum compares entry by entry; Python's max does not."
    expect(student.relu(np.array([[[-1.0, 2]], [[4, -3]]])), [[[0, 2]], [[4, 0]]], hint)
    expect(student.relu(-1.5), 0, "np.asarray(z, dtype=float) makes an array of a number.")


@suite.of("relu")
def relu_of_whole_numbers(student: Student) -> None:
    """Of whole numbers it makes floats."""
    activated = student.relu(np.array([-1, 0, 2]))
    expect(activated, [0, 0, 2], "max(0, z) of each entry.")
    expect_dtype(activated, np.float64)


add_unchanged(suite, "relu", GRID)


@suite.of("relu_derivative")
def slope_of_relu_on_both_sides(student: Student) -> None:
    """The slope is 0 left of zero and 1 right of it, however far."""
    expect(
        student.relu_derivative(np.array([[-2.0, -0.1], [0.1, 30]])),
        [[0, 0], [1, 1]],
        "A slope, not a value: ReLU is flat on the left and rises by one per step on the right.",
        slips=[(np.array([[0, 0], [0.1, 30]]), "That is ReLU itself; its slope is 0 or 1.")],
    )


@suite.of("relu_derivative")
def slope_of_relu_at_the_kink(student: Student) -> None:
    """At zero, where ReLU has no slope, 0 was agreed on."""
    hint = "Ask for z > 0, not for z ≥ 0."
    expect(student.relu_derivative(np.array([0.0, 1.0])), [0, 1], hint)


@suite.of("relu_derivative")
def slope_of_relu_is_float(student: Student) -> None:
    """It gives floats, for whole numbers and for a single number too."""
    slopes = student.relu_derivative(np.array([-1, 2]))
    expect_dtype(slopes, np.float64)
    expect(slopes, [0, 1], "1 where z > 0, else 0.")
    expect(student.relu_derivative(2.5), 1, "np.asarray(z) makes an array of a number.")


add_unchanged(suite, "relu_derivative", GRID)


@suite.of("tanh")
def tanh_known_values(student: Student) -> None:
    """tanh(0) is 0, tanh(½ log 3) is ½, tanh(−½ log 3) is −½."""
    expect(
        student.tanh(np.array([0, L, -L])),
        [0, 1 / 2, -1 / 2],
        "Twice the sigmoid of 2z, minus one.",
        slips=[
            (special.expit([0, L, -L]), "That is σ(z): it has to be stretched and moved."),
            (np.tanh(np.array([0, L, -L]) / 2), "σ at 2z, not at z."),
            ([0, -1 / 2, 1 / 2], "tanh rises with z: look at the sign of the exponent."),
        ],
    )


@suite.of("tanh")
def tanh_of_any_shape(student: Student) -> None:
    """It works on an array of any shape, entry by entry, and on a single number."""
    expect(student.tanh(GRID), 2 * special.expit(2 * GRID) - 1, "Use NumPy's functions throughout.")
    expect(student.tanh(L), 1 / 2, "np.asarray(z, dtype=float) makes an array of a number.")


@suite.of("tanh")
def tanh_far_out(student: Student) -> None:
    """Far out it ends in −1 and 1."""
    expect(
        student.tanh(np.array([-1000.0, 1000])),
        [-1, 1],
        "Which exponential grows beyond all bounds? Does it stand in numerator and denominator?",
    )


@suite.of("tanh_derivative")
def slope_of_tanh_known_values(student: Student) -> None:
    """The slope is 1 at zero, and ¾ at ½ log 3 and −½ log 3."""
    expect(
        student.tanh_derivative(np.array([0, L, -L])),
        [1, 3 / 4, 3 / 4],
        "1 − tanh²(z), where the argument is z itself.",
        slips=[
            ([1, 1 / 2, 3 / 2], "1 − tanh²: the square is missing."),
            (1 - np.array([0, L, -L]) ** 2, "The argument is z itself, not tanh(z)."),
        ],
    )


@suite.of("tanh_derivative")
def slope_of_tanh_agrees_with_differences(student: Student) -> None:
    """It is the slope of the curve, measured between nearby points, in any shape."""
    h = 1e-5
    slope = (np.tanh(GRID + h) - np.tanh(GRID - h)) / (2 * h)
    expect(student.tanh_derivative(GRID), slope, "1 − tanh²(z).", rtol=1e-7)


@suite.of("tanh_derivative")
def slope_of_tanh_far_out(student: Student) -> None:
    """Far out it is 0; a single number works too."""
    expect(student.tanh_derivative(np.array([-1000.0, 1000])), [0, 0], "Which term overflows?")
    expect(student.tanh_derivative(0.0), 1, "np.asarray(z) makes an array of a number.")
