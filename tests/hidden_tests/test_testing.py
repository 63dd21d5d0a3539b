"""The helpers of hidden tests: what they accept, and what they say of the rest."""

import numpy as np
import pytest

from autograder.testing import (
    Call,
    Expression,
    Rng,
    Unsendable,
    as_array,
    as_number,
    assert_close,
    assert_derivation,
    assert_distinct,
    assert_draws,
    assert_equal,
    assert_floats,
    assert_formula,
    assert_integers,
    assert_parts_close,
    assert_text,
    assert_unchanged,
    assert_uniform,
    entry,
    parts,
)
from glm2mlp.derivation import to_tree
from glm2mlp.derivation_tasks import t, z
from solutions import derivations


def said(check, *args, **kwargs):
    """What the AssertionError says."""
    with pytest.raises(AssertionError) as caught:
        check(*args, **kwargs)
    return str(caught.value)


def test_messages_say_what_was_expected_and_what_came():
    column = np.zeros((3, 1))

    assert said(assert_close, np.zeros(3), column, "gradient") == (
        "'gradient' does not have the expected shape — got (3,), expected (3, 1)"
    )
    assert said(assert_close, [0.0] * 3, column, "gradient") == (
        "'gradient' returned a list; expected an array of shape (3, 1)"
    )
    assert said(assert_close, None, column, "gradient") == (
        "'gradient' returned None (is a `return` missing?); expected an array of shape (3, 1)"
    )
    assert said(assert_close, column.astype(int), column, "gradient") == (
        "'gradient' does not have the expected dtype — got int64, expected float"
    )
    assert said(assert_close, column, 0.5, "nll") == (
        "'nll' returned an array of shape (3, 1); expected a number"
    )
    assert said(assert_close, column / 1 + [[0], [0.25], [0]], column, "gradient") == (
        "'gradient' is off by up to 0.25 (1 of 3 values)"
    )
    assert said(assert_equal, np.array([0, 1, 1]), np.array([0, 1, 2]), "predict") == (
        "'predict' has 1 of 3 values wrong"
    )


def test_messages_hold_neither_inputs_nor_expected_values():
    secret = np.array([0.123456789, 0.987654321])

    text = said(assert_close, secret + np.array([0, 1]), secret, "sigmoid")

    assert "123456" not in text
    assert "98765" not in text


@pytest.mark.parametrize(
    "loss", [1, 1.0, np.float64(1), np.float32(1), np.int64(1), np.array(1.0), np.array(1)]
)
def test_a_loss_may_be_any_real_number(loss):
    assert_close(loss, 1.0, "nll")


@pytest.mark.parametrize(
    "loss", [True, np.bool_(True), "1", b"1", [1.0], np.array([1.0]), 1 + 0j, np.complex128(1)]
)
def test_a_loss_is_a_number_of_its_own(loss):
    assert "expected a number" in said(assert_close, loss, 1.0, "nll")


@pytest.mark.parametrize("loss", [float("nan"), float("inf"), np.float64("-inf"), 10**400])
def test_a_loss_is_finite(loss):
    assert said(as_number, loss, "nll") == "'nll' is NaN or infinite"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_arrays_are_finite(value):
    assert said(as_array, np.array([0.0, value]), (2,), "softmax") == (
        "'softmax' contains NaN or infinity"
    )


def test_rounding_is_allowed_and_no_more():
    right = np.array([1.0, 0.0, 1e6])
    near_zero = np.array([0, 1e-11, 0])

    assert_close(right * (1 + 1e-10) + near_zero / 100, right, "softmax")
    assert "2 of 3" in said(assert_close, right * (1 + 1e-8), right, "softmax")
    assert "1 of 3" in said(assert_close, right + near_zero, right, "softmax")
    assert_close(right + near_zero, right, "softmax", scale=100)


def test_float32_is_told_from_a_wrong_formula():
    right = np.array([1 / 3, 0.1])

    assert said(assert_close, right.astype(np.float32), right, "softmax").endswith(
        "its dtype keeps few digits"
    )
    assert_close(np.array([0, 1], dtype=np.float32), np.array([0.0, 1.0]), "sigmoid")


def test_values_decide_about_labels():
    labels = np.array([0, 1, 1])

    for dtype in (np.int64, np.int8, np.uint64, np.float64, bool):
        assert_equal(labels.astype(dtype), labels, "predict")
    assert "dtype" in said(assert_equal, labels.astype(complex), labels, "predict")


def test_dtypes_are_asked_for_on_their_own():
    assert_integers(np.zeros(2, dtype=np.int8), "predict")
    assert_floats(np.zeros(2, dtype=np.float32), "one_hot")
    assert "expected integer" in said(assert_integers, np.zeros(2), "predict")
    assert "expected integer" in said(assert_integers, np.zeros(2, dtype=bool), "predict")
    assert "expected float" in said(assert_floats, np.zeros(2, dtype=int), "one_hot")
    assert "expected an array" in said(assert_floats, 0.5, "one_hot")


def test_a_changed_argument_is_named():
    w, X = np.zeros(2), np.ones((3, 2))

    assert_unchanged(Call(None, (w.copy(), X.copy())), "nll", w, X)
    assert said(assert_unchanged, Call(None, (w, 2 * X)), "nll", w, X) == (
        "'nll' changed its argument number 2"
    )
    for after in ((), None, (None, X), ([0, 0], X), (w.astype(int), X), (w[:, None], X)):
        assert "number 1" in said(assert_unchanged, Call(None, after), "nll", w, X)
    assert_unchanged(Call(None, ("linear", w)), "glm_gradient", "linear", w)
    for after in (("softmax", w), (None, w), (w, w)):
        assert "number 1" in said(assert_unchanged, Call(None, after), "glm_gradient", "linear", w)


def test_the_generator_is_left_where_the_reference_leaves_it():
    expected = Call(None, draws=(0.25,))

    assert_draws(Call(None, draws=(0.25,)), expected, "sgd_epoch")
    for draws in ((), (0.5,), (0.25, 0.25), None, ("0.25",), (None,)):
        said(assert_draws, Call(None, draws=draws), expected, "sgd_epoch")


@pytest.mark.parametrize(
    ("kind", "made"), [("Generator", np.random.default_rng), ("RandomState", np.random.RandomState)]
)
def test_a_generator_crosses_as_kind_and_seed(kind, made):
    np.testing.assert_array_equal(Rng(kind, 7).make().permutation(9), made(7).permutation(9))


def test_an_unusable_reference_is_our_fault():
    with pytest.raises(ValueError, match="reference"):
        assert_close(np.zeros(1), np.array([np.nan]), "softmax")


def test_the_parts_of_a_derivation_contain_one_another():
    name = "derive_sigmoid_derivative"
    lines = [Expression(to_tree(line)) for line in derivations.derive_sigmoid_derivative()]

    for part in ("start", "steps", "end"):
        assert_derivation(lines, name, part=part)
        assert_derivation(tuple(lines), name, part=part)
        said(assert_derivation, lines[1:], name, part=part)
    assert_derivation(lines[:2], name, part="start")
    said(assert_derivation, lines[:2], name, part="steps")
    assert_derivation(lines[:-1], name, part="steps")
    said(assert_derivation, lines[:-1], name, part="end")


@pytest.mark.parametrize("value", [None, "text", {}, 1, np.zeros(3), Expression(["Symbol", "z"])])
def test_a_derivation_is_a_list(value):
    assert "expected a list of expressions" in said(
        assert_derivation, value, "derive_sigmoid_derivative"
    )


TABLE = {"linear": {"loss": Expression(["Symbol", "z"]), "name": "Normal"}, "logistic": [1, 2]}


def test_an_entry_of_a_table_may_be_missing():
    assert entry(TABLE, "linear", "name") == "Normal"
    assert entry(TABLE, "linear", "gradient") is None
    assert "'logistic' is a list; expected a dict" in said(entry, TABLE, "logistic", "loss")
    assert "'softmax' is None" in said(entry, TABLE, "softmax", "loss")
    assert "'the answer' is a tuple" in said(entry, (), "linear", "loss")
    assert said(entry, {"linear": Unsendable("a Foo")}, "linear", "loss") == (
        "'linear' is a Foo; expected a dict"
    )


@pytest.mark.parametrize("text", ["Normal", "normal", " NORMAL\n"])
def test_capitals_and_spaces_are_no_matter(text):
    assert_text(text, "Normal", "distribution")


@pytest.mark.parametrize("value", [None, "", "Norm", "Laplace", 3, ["Normal"], Expression(["Pi"])])
def test_another_text_is_refused(value):
    said(assert_text, value, "Normal", "distribution")


POINTS = [{"z": 0.5, "t": 1.0}, {"z": -2.0, "t": 0.0}]


def sent(expression):
    return Expression(to_tree(expression))


def test_a_formula_is_compared_by_its_values():
    assert_formula(sent((z - t) ** 2), z**2 - 2 * z * t + t**2, POINTS, "loss")
    assert "off by up to" in said(assert_formula, sent(z - t), z + t, POINTS, "gradient")
    assert_formula(2, 0 * z + 2, POINTS, "loss")
    assert_formula(0.5, 0 * z + 0.5, POINTS, "loss")


def test_only_differences_count_where_that_is_said():
    others = [{"z": 1.0, "t": 1.0}, {"z": 3.0, "t": 0.0}]

    assert_formula(sent(z * t + t**2 + 7), z * t, POINTS, "loss", minus=others)
    said(assert_formula, sent(z * t + 7), z * t, POINTS, "loss")
    said(assert_formula, sent(z * t + z), z * t, POINTS, "loss", minus=others)
    said(assert_formula, sent(2 * z * t), z * t, POINTS, "loss", minus=others)


def test_a_list_of_formulas_is_compared_one_by_one():
    assert_formula((sent(z), 1), [z, t / t], POINTS, "gradient")
    assert "gradient: number 2" in said(
        assert_formula, [sent(z), sent(z)], [z, t], POINTS, "gradient"
    )
    assert "of 1" in said(assert_formula, [sent(z)], [z, t], POINTS, "gradient")
    said(assert_formula, sent(z), [z, t], POINTS, "gradient")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "None"),
        ("z", "a str"),
        (True, "a bool"),
        (float("nan"), "a float"),
        (10**400, "an int"),
        ([1], "a list"),
        (np.zeros(2), "an array of shape (2,)"),
        (Unsendable("a Matrix"), "is a Matrix; expected a formula"),
        (Expression(None), "not a formula"),
        (Expression(["Symbol", "x"]), "'x' is not one of those asked for"),
        (Expression(["Derivative", ["Symbol", "z"], ["Symbol", "z"]]), "work it out"),
        (Expression(["log", ["Symbol", "z"]]), "no value at"),
    ],
)
def test_what_is_no_formula_is_told(value, told):
    assert told in said(assert_formula, value, z, POINTS, "loss")


W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, -0.5])
BOTH = {"W": W, "b": b}


@pytest.mark.parametrize("kind", [tuple, list])
def test_parts_are_compared_one_by_one(kind):
    assert_parts_close(kind([W, b]), BOTH, "gradients")
    assert_parts_close(kind([None, b]), {"b": b}, "gradients", of=("W", "b"))
    assert parts(kind([W, b]), ("W", "b"), "gradients")["b"] is b
    assert said(assert_parts_close, kind([W, 2 * b]), BOTH, "gradients") == (
        "'gradients: b' is off by up to 0.5 (2 of 2 values)"
    )
    assert said(assert_parts_close, kind([W.T[:1], b]), BOTH, "gradients") == (
        "'gradients: W' does not have the expected shape — got (1, 2), expected (2, 2)"
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ((W,), "a tuple of 1"),
        ([W, b, b], "a list of 3"),
        ((), "a tuple"),
        (W, "an array of shape (2, 2)"),
        (BOTH, "a dict"),
        ("Wb", "a str"),
        (None, "None (is a `return` missing?)"),
    ],
    ids=repr,
)
def test_parts_that_are_not_there_are_told(value, told):
    assert said(assert_parts_close, value, BOTH, "gradients") == (
        f"'gradients' returned {told}; expected a tuple of W, b"
    )


def test_uniform_numbers_fill_their_range_and_keep_to_it():
    drawn = np.random.default_rng(0).uniform(-0.5, 0.5, size=(20, 30))

    assert_uniform(drawn, (20, 30), 0.5, "W_h")
    for wrong, told in [
        (drawn * 1.01, "leaves its range"),
        (drawn * 0.8, "does not fill its range"),
        (np.abs(drawn), "does not fill its range"),
        (np.round(drawn, 2), "repeats numbers"),
        (np.full((20, 30), 0.1), "repeats numbers"),
        (drawn.T, "does not have the expected shape"),
        (drawn * np.nan, "NaN"),
        (np.linspace(-0.5, 0.5, 600).reshape(20, 30), "is in order"),
        (np.linspace(0.5, -0.5, 600).reshape(20, 30, order="F"), "is in order"),
        (drawn.tolist(), "a list"),
    ]:
        assert told in said(assert_uniform, wrong, (20, 30), 0.5, "W_h")
    assert_distinct(drawn, (20, 30), "W_h")
    assert "repeats" in said(assert_distinct, np.zeros((20, 30)), (20, 30), "W_h")


def test_an_argument_of_several_arrays_is_looked_at_in_all_of_them():
    pair = (W.copy(), b.copy())

    assert_unchanged(Call(None, ((W, b), b)), "nll", pair, b)
    for after in (((W, 2 * b), b), ((W,), b), ((W, b, b), b), ([W, b], b), (W, b), (None, b)):
        assert said(assert_unchanged, Call(None, after), "nll", pair, b) == (
            "'nll' changed its argument number 1"
        )
