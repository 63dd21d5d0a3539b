"""Formulas as bounded plain data: what goes over the wire, and what is refused."""

import json

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import (
    Derivative,
    E,
    Eq,
    Float,
    Function,
    I,
    Matrix,
    Mul,
    Rational,
    Sum,
    Symbol,
    UnevaluatedExpr,
    exp,
    log,
    pi,
    sqrt,
    symbols,
    tanh,
    zoo,
)

from glm2mlp.derivation import DerivationError, from_tree, to_tree, to_trees
from glm2mlp.derivation.trees import MAX_INTEGER

z, t = symbols("z t", real=True)
Z = ["Symbol", "z"]

pytestmark = pytest.mark.timeout(30)  # a bound for hostile input, not a measurement


def expressions():
    leaves = st.sampled_from([z, t, sympy.Integer(2), Rational(-3, 7), pi, E])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda ab: ab[0] + ab[1]),
            st.tuples(inner, inner).map(lambda ab: ab[0] * ab[1]),
            st.sampled_from([exp, tanh, sympy.cosh]).flatmap(inner.map),
            inner.map(lambda a: 1 / (1 + a**2)),
            inner.map(lambda a: sqrt(a**2 + 1)),
            inner.map(lambda a: Derivative(a.doit(), z)),
        ),
        max_leaves=8,
    )


@settings(max_examples=60)
@given(expressions())
def test_a_tree_gives_the_expression_back(expression):
    assume(all(max(abs(n.p), n.q) <= MAX_INTEGER for n in expression.atoms(sympy.Rational)))
    tree = json.loads(json.dumps(to_tree(expression)))
    assert (from_tree(tree, [z, t]).doit() - expression.doit()).equals(0) in (True, None)
    assert to_tree(from_tree(tree, [z, t])) == tree


def test_the_tree_of_a_formula():
    assert to_tree(exp(2 * z)) == ["exp", ["Mul", ["Integer", 2], ["Symbol", "z"]]]


@pytest.mark.parametrize(
    ("number", "tree"),
    [
        (3, ["Integer", 3]),
        (np.int64(3), ["Integer", 3]),
        (0.5, ["Rational", 1, 2]),
        (Float("0.1"), ["Rational", 1, 10]),
        (2.0, ["Integer", 2]),
        (np.float64(0.25), ["Rational", 1, 4]),
        (sympy.S.Half, ["Rational", 1, 2]),
        (pi, ["Pi"]),
        (E, ["Exp1"]),
    ],
)
def test_numbers_are_exact(number, tree):
    assert to_tree(number) == tree


def test_an_unevaluated_part_is_transparent():
    assert to_tree(UnevaluatedExpr(z)) == Z


def test_a_second_derivative_is_nested():
    assert to_tree(Derivative(z**2, z, z)) == to_tree(Derivative(Derivative(z**2, z), z))


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        (Function("f")(z), "undefined function"),
        (Eq(z, t), "relation"),
        (z < t, "relation"),
        (Matrix([z]), "not a formula"),
        ("z", "not a formula"),
        (None, "return"),
        (True, "truth value"),
        (zoo, "divided by zero"),
        (sympy.nan, "divided by zero"),
        (1 / 3, "Rational"),
        (float("nan"), "not exact"),
        (float("inf"), "not exact"),
        (Sum(z, (z, 0, 3)), "not known"),
        (z + I, "not known"),
        (10**13 * z, "too large"),
        (Derivative(z**5, (z, 3)), "second derivative"),
    ],
)
def test_what_is_no_formula_is_told(formula, complaint):
    with pytest.raises(DerivationError, match=complaint):
        to_tree(formula)


def test_a_formula_nested_too_deep_is_told():
    tower = z
    for _ in range(70):
        tower = exp(tower, evaluate=False)
    with pytest.raises(DerivationError, match="nested"):
        to_tree(tower)


def test_a_bad_step_is_named():
    with pytest.raises(DerivationError, match=r"^Step 2: ") as caught:
        to_trees([z, "z", None])
    assert caught.value.step == 2


@pytest.mark.parametrize("steps", [None, z, {"a": z}, "z"])
def test_what_is_no_list_is_told(steps):
    with pytest.raises(DerivationError, match="list of formulas"):
        to_trees(steps)


class Sly(list):
    """A list that is not plain data."""


@pytest.mark.parametrize(
    "tree",
    [
        None,
        3,
        "z",
        {},
        [],
        [[]],
        ["z"],
        ["Symbol"],
        ["Symbol", 3],
        ["Symbol", "q"],
        ["Symbol", "z", "z"],
        ["Integer", True],
        ["Integer", 1.0],
        ["Integer", float("nan")],
        ["Integer", "3"],
        ["Integer", 10**5000],
        ["Rational", 1, 0],
        ["Rational", 1, -2],
        ["Rational", 1],
        ["Float", "0.5"],
        ["Add"],
        ["Pow", Z],
        ["exp", Z, Z],
        ["Pi", Z],
        ["Derivative", Z],
        ["Derivative", Z, ["Integer", 10**9]],
        ["Derivative", Z, ["exp", Z]],
        ["__class__", Z],
        ["Lambda", Z, Z],
        [["Add"], Z],
        Sly(Z),
        ["exp", Sly(Z)],
    ],
)
def test_a_malformed_tree_is_refused(tree):
    with pytest.raises(DerivationError):
        from_tree(tree, [z])


def test_an_unknown_symbol_is_named():
    with pytest.raises(DerivationError, match="'q' is not one of those asked for"):
        from_tree(["exp", ["Symbol", "q"]], [z, t])


def test_texts_of_strangers_are_cut_short():
    with pytest.raises(DerivationError) as caught:
        from_tree(["Symbol", "q" * 10**6], [z])
    assert len(str(caught.value)) < 200


def nested(kind, depth):
    tree = Z
    for _ in range(depth):
        tree = [kind, tree]
    return tree


@pytest.mark.parametrize("tree", [nested("exp", 61), nested("exp", 5000), ["Add", *[Z] * 2500]])
def test_a_tree_that_is_too_large_is_refused(tree):
    with pytest.raises(DerivationError, match=r"nested|long"):
        from_tree(tree, [z])


def test_nothing_is_evaluated():
    tower = ["Pow", ["Integer", 10], ["Pow", ["Integer", 10], ["Pow", ["Integer", 10], Z]]]
    tree = ["Pow", tower, ["Pow", ["Integer", 10], ["Integer", 10**12]]]
    assert isinstance(from_tree(tree, [z]), sympy.Pow)


def test_unevaluated_sums_stay_as_written():
    tree = ["Add", ["Integer", 1], ["Integer", 1]]
    assert from_tree(tree, [z]).args == (1, 1)
    assert to_tree(Mul(z, z, evaluate=False)) == ["Mul", Z, Z]


def test_a_symbol_counts_by_its_name():
    assert to_tree(log(Symbol("z"))) == to_tree(log(z))
