"""The first visible tests of `multilayer_perceptron`: ReLU and its slope. Student side, public."""

import numpy as np

from glm2mlp.catalogue import ASSIGNMENTS
from glm2mlp.checks.compare import expect
from glm2mlp.checks.shared import add_unchanged
from glm2mlp.checks.suite import Student, Suite

suite = Suite(ASSIGNMENTS["multilayer_perceptron"])

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
    """It works on an array of any shape, entry by entry."""
    hint = "np.maximum compares entry by entry; Python's max does not."
    expect(student.relu(np.array([[[-1.0, 2]], [[4, -3]]])), [[[0, 2]], [[4, 0]]], hint)


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


add_unchanged(suite, "relu_derivative", GRID)
