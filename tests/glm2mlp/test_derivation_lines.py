"""Derivations in lectures: cannot be built wrong, and render aligned with their reasons."""

import pytest
from sympy import Derivative, Function, exp, log, pi, sqrt, symbols, tanh

from glm2mlp.derivation import Derivation, DerivationError

z = symbols("z", real=True)
t, y = symbols("t y", real=True)
s2 = symbols("sigma2", positive=True)
sigma = 1 / (1 + exp(-z))
s = Function("sigma")(z)
e = exp(-z)

STEPS = [
    (Derivative(s, z), ""),
    (-Derivative(1 + e, z) / (1 + e) ** 2, "derivative of $1/g$"),
    (e / (1 + e) ** 2, "derivative of $e^g$"),
    (s * (1 - s), "$e^{-z} = (1 + e^{-z}) - 1$"),
]


def test_a_shorthand_may_stand_in_a_line():
    derivation = Derivation(STEPS, where={s: sigma})
    assert [line.proof for line in derivation.lines] == ["", "symbolic", "symbolic", "symbolic"]
    assert derivation.lines[0].expression == Derivative(s, z)


@pytest.mark.parametrize("i", [1, 2, 3])
def test_a_wrong_line_cannot_be_written(i):
    steps = list(STEPS)
    steps[i] = (-steps[i][0], steps[i][1])
    with pytest.raises(DerivationError, match=f"Step {i + 1} does not follow"):
        Derivation(steps, where={s: sigma})


def test_what_sympy_cannot_decide_is_marked_numeric(monkeypatch):
    monkeypatch.setattr("sympy.simplify", lambda difference: difference)
    derivation = Derivation([(tanh(z), ""), (2 / (1 + exp(-2 * z)) - 1, "")])
    assert derivation.lines[1].proof == "numeric"


def test_a_positive_symbol_keeps_its_sign():
    density = exp(-((t - y) ** 2) / (2 * s2)) / sqrt(2 * pi * s2)
    Derivation([(-log(density), "Gaussian"), (log(2 * pi * s2) / 2 + (t - y) ** 2 / (2 * s2), "")])


def test_lines_are_aligned_with_reasons_at_the_right():
    markdown = Derivation(STEPS, where={s: sigma})._repr_markdown_()
    assert markdown.startswith("$$\n\\begin{aligned}\n")
    assert markdown.endswith("\\end{aligned}\n$$")
    rows = markdown.split("\\\\\n")
    assert len(rows) == 4
    assert r"\sigma{\left(z \right)}" in rows[0]
    assert "=" not in rows[0]
    assert all(row.startswith("={}& ") for row in rows[1:])
    assert r"&& \text{derivative of $1/g$}" in rows[1]


@pytest.mark.parametrize("steps", [[], [(log(-exp(z)), ""), (log(-exp(z)), "")]])
def test_nothing_to_compare_is_told(steps):
    with pytest.raises(DerivationError, match=r"at least one line|cannot be compared"):
        Derivation(steps)
