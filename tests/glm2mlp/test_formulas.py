"""Formulas as answers: their values, and what is no formula of the symbols asked for."""

import numpy as np
import pytest
from sympy import Derivative, exp, log, symbols

from glm2mlp.derivation import to_tree
from glm2mlp.formulas import FormulaError, values

z, t = symbols("z t", real=True)
POINTS = [{"z": 0.5, "t": 2.0}, {"z": -1.25, "t": 0.0}]


def test_values_at_points():
    got = values(to_tree(exp(z) * (t - z) ** 2 / 3), POINTS)
    expected = [np.exp(p["z"]) * (p["t"] - p["z"]) ** 2 / 3 for p in POINTS]
    np.testing.assert_allclose(got, expected, rtol=1e-15)
    assert got.dtype == np.float64


def test_a_number_is_a_formula():
    assert values(["Rational", 1, 4], POINTS).tolist() == [0.25, 0.25]


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        (to_tree(symbols("q") + z), "'q' is not one of those asked for (t, z)"),
        (to_tree(log(z)), "no value at z = -1.25, t = 0."),
        (to_tree(exp(exp(exp(5 + t)))), "no value at z = 0.5, t = 2."),
        (to_tree(exp(400 + t)), "very large"),
        (to_tree(z * Derivative(t**2, t)), "a Derivative is left in it"),
        (None, "not a formula"),
        ("z", "not a formula"),
        (["exp"], "not written as it should be"),
        (["Add", *[["Symbol", "z"]] * 3000], "too long"),
    ],
)
def test_what_has_no_values_is_told(tree, told):
    with pytest.raises(FormulaError) as caught:
        values(tree, POINTS)
    assert told in str(caught.value)
