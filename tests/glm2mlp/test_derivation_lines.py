"""Derivations in lectures: cannot be built wrong, and render aligned with their reasons."""

import re

import pytest

from glm2mlp.derivation import LOG, NEGATIVE, Derivation, DerivationError, less, times
from glm2mlp.derivation.notation import (
    argmax,
    argmin,
    array,
    d,
    define,
    exp,
    function,
    hadamard,
    index,
    labels,
    log,
    matrix,
    nabla,
    product,
    row,
    rows,
    same,
    scalar,
    size,
    sqrt,
    total,
    vector,
)

N, D, K = size("N"), size("D"), size("K")
z, t, s = scalar("z"), scalar("t"), scalar("s", positive=True)
x, w, u = vector("x", D), vector("w", D), vector("u", K)
W, X = matrix("W", D, K), matrix("X", N, D)
i, j, n = index("i", K), index("j", K), index("n", N)
b, classes = row("b", K), labels("t", N, K)
sigma = function(r"\sigma", z, means=1 / (1 + exp(-z)))
f = function("f", z)

STEPS = [
    (d(1 / (1 + exp(-z)), z), "definition"),
    (-(d(1 + exp(-z), z) / (1 + exp(-z)) ** 2), r"derivative of $\frac{1}{g}$"),
    (sigma(z) * (1 - sigma(z)), ""),
]


def test_lines_that_follow_are_a_derivation():
    derivation = Derivation(d(sigma(z), z), *STEPS)
    assert [line.reason for line in derivation.lines] == ["", *(reason for _, reason in STEPS)]
    assert derivation.proofs == (True, True, True)


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_an_error_names_the_first_wrong_step_its_rule_and_where_the_sides_differ(wrong):
    steps = list(STEPS)
    steps[wrong] = (-steps[wrong][0], f"rule {wrong}")
    with pytest.raises(DerivationError) as caught:
        Derivation(d(sigma(z), z), *steps)
    assert caught.value.step == wrong + 2
    start = f"Step {wrong + 2} («rule {wrong}») does not follow from step {wrong + 1}: at z = "
    assert str(caught.value).startswith(start)
    assert re.search(r"at z = -?\d\.\d+ the two are (-?\d\.\d+) and \S+\.$", str(caught.value))


def test_an_error_of_arrays_tells_sizes_labels_and_the_entry():
    with pytest.raises(DerivationError, match=r"at K = 2, t = 0, entry \(0, 0\) the two are"):
        Derivation(
            array(j, same(j, index("t", K)) * u[j]), (array(j, 2 * u[j]), ""), (u, "never reached")
        )


@pytest.mark.parametrize(
    "write",
    [
        lambda: x @ w,
        lambda: W @ X,
        lambda: x + u,
        lambda: x * w,
        lambda: 1 / x,
        lambda: exp(x),
        lambda: W[i],
        lambda: x[i],
        lambda: u[0],
        lambda: i + 1,
        lambda: classes[n] * z,
        lambda: 2 * classes,
        lambda: same(i, n),
        lambda: u[x],
        lambda: hadamard(W, X),
        lambda: rows(X, "x")[i],
        lambda: d(x, z),
        lambda: d(z, x),
        lambda: d(z, t),
        lambda: d(u[i], j),
        lambda: nabla(z, z**2),
        lambda: nabla(sigma(z), sigma(z)),
        lambda: sigma(z, t),
        lambda: function("g", u, means=total(i, u[i])).prime(u),
        lambda: z * 0.5,
        lambda: vector("v", z),
        lambda: b @ X,
    ],
)
def test_what_does_not_fit_together_cannot_be_written(write):
    with pytest.raises(DerivationError):
        write()


def test_a_bias_row_is_added_to_every_row():
    assert (X @ W + b).shape == ("N", "K")
    with pytest.raises(DerivationError):
        X @ W + u


def test_a_definition_cannot_use_the_index_of_a_sum():
    y = define("y", u[i] ** 2)
    with pytest.raises(DerivationError, match="cannot use the index i"):
        total(i, y)
    with pytest.raises(DerivationError, match="cannot use the index i"):
        array(i, y + function("g", z, means=z * u[i])(t))


def test_two_things_of_one_name_are_refused():
    for one, other in [
        (z, vector("z", K)[i] * 0 + scalar("z", positive=True)),
        (define("y", z), define("y", t)),
        (sigma(z), function(r"\sigma", z, means=2 * z)(z)),
        (total(n, rows(X, "x")[n]), total(n, rows(2 * X, "x")[n])),
    ]:
        with pytest.raises(DerivationError, match="two different things"):
            Derivation(one, (other, ""))


def test_a_line_of_another_shape_is_refused():
    with pytest.raises(DerivationError, match=r"Step 2 .*: the two are D × 1 and 1 × D\."):
        Derivation(x, (x.T, ""))


def test_a_derivative_does_not_hide_a_wrong_constant():
    with pytest.raises(DerivationError, match="Step 2"):
        Derivation(d(z**2 + t, z), (d(z**2, z), ""), (2 * z, ""))
    Derivation(d(z**2 + t, z), (d(z**2, z), less(t)), (2 * z, ""))
    with pytest.raises(DerivationError, match="would change it"):
        Derivation(d(z**2, z), (d(3 * z**2, z), times(3 + 0 * t)))


def test_equal_values_are_not_yet_equal_functions_of_a_name():
    y = define("y", x.T @ w)
    Derivation(d(y**2, y), (2 * y, ""))
    with pytest.raises(DerivationError, match="Step 2"):
        Derivation(d(y**2, y), (d(y * (x.T @ w), y), ""))


P = function("p", w, means=product(n, exp(-((rows(X, "x")[n].T @ w) ** 2)) / s))
SQUARES = total(n, (rows(X, "x")[n].T @ w) ** 2)


def test_moves_keep_the_minimiser():
    derivation = Derivation(
        argmax(w, P(w)),
        (argmin(w, SQUARES + N * log(s)), (LOG, NEGATIVE)),
        (argmin(w, SQUARES), less(N * log(s))),
        (argmin(w, SQUARES / N), times(1 / N)),
    )
    assert derivation.proofs == (True, True, True)
    assert r"\text{$N \log s$ does not depend on $\boldsymbol{w}$}" in derivation.latex()
    assert r"\text{a factor $\frac{1}{N} > 0$ moves no minimum}" in derivation.latex()


@pytest.mark.parametrize(
    ("line", "moves", "message"),
    [
        (argmin(w, SQUARES + N * log(s)), "no move", "a largest value is taken for a smallest"),
        (argmax(w, SQUARES + N * log(s)), (LOG, NEGATIVE), "a largest value is taken"),
        (argmax(w, SQUARES + N * log(s)), LOG, "the two are"),
        (argmin(w, SQUARES), (LOG, NEGATIVE), "the two are"),
        (argmin(s, SQUARES + N * log(s)), (LOG, NEGATIVE), "search for different things"),
        (argmax(w, P(w) - P(w)), less(P(w)), r"p\(.*\) depends on"),
        (argmax(w, P(w) * (0 - s)), times(0 - s), "is not positive"),
        (argmax(w, P(w) / SQUARES), times(1 / SQUARES), "depends on"),
        (P(w), "", "a minimiser is no value"),
    ],
)
def test_a_wrong_move_is_refused(line, moves, message):
    with pytest.raises(DerivationError, match=message):
        Derivation(argmax(w, P(w)), (line, moves))


def test_the_logarithm_of_something_negative_is_refused():
    with pytest.raises(DerivationError, match="has no value"):
        Derivation(argmax(w, -exp(SQUARES)), (argmax(w, log(-exp(SQUARES))), LOG))


def test_only_what_is_minimised_or_differentiated_can_be_moved():
    with pytest.raises(DerivationError, match="can be moved"):
        Derivation(z, (z - t, less(t)))


def test_an_amount_may_hold_a_letter_of_its_own():
    with pytest.raises(DerivationError, match="the two are"):
        Derivation(argmin(w, SQUARES), (argmin(w, SQUARES), less(t)))


def test_a_derivation_has_steps():
    with pytest.raises(DerivationError, match="at least one step"):
        Derivation(z)


def test_a_size_may_have_any_letter():
    v = vector("v", size("M"))
    assert Derivation(v.T @ v, ((v.T @ v) + 0 * v[index("m", size("M"))], "")).points.sizes == (
        "M",
    )


def test_a_first_line_without_a_value_is_told():
    with pytest.raises(DerivationError, match="no value at most points"):
        Derivation(log(-exp(z)), (log(-exp(z)) + 0, ""))


def test_any_function_means_any():
    Derivation(d(f(z) ** 2, z), (2 * f(z) * f.prime(z), "chain rule"))
    with pytest.raises(DerivationError):
        Derivation(f.prime(z), (1 - f(z) ** 2, "true of tanh only"))
    with pytest.raises(DerivationError):
        Derivation(f(z), ((z + sqrt(z**2)) / 2, "true of ReLU only"))


def test_parameters_after_a_semicolon_are_those_of_the_place_of_the_call():
    y = function("y", x, ";", w, means=x.T @ w)
    g = function("g", w, means=y(x))
    Derivation(g(2 * w), (2 * y(x), "linear"))


def test_how_it_was_checked_is_told(monkeypatch):
    derivation = Derivation(d(sigma(z), z), *STEPS)
    assert derivation.checked == "Every line checked with SymPy, and at 6 random points."
    one = Derivation(total(i, u[i]), (total(j, u[j]), ""))
    assert one.checked == (
        "Every line checked with SymPy for every K, and at 3 random points with K = 2, 3, 4."
    )
    monkeypatch.setattr("glm2mlp.derivation.lines.equal", lambda a, b: False)
    two = Derivation(x.T @ W, ((W.T @ x).T, ""))
    assert two.checked == (
        "Every line checked at 3 random points with (D, K) = (2, 3), (3, 4), (4, 2),"
        " and with SymPy for every D, K all but line 2."
    )


def test_lines_are_aligned_with_reasons_at_the_right():
    rows_ = Derivation(d(sigma(z), z), *STEPS).latex().split("\n")
    assert rows_[0] == r"\begin{aligned}"
    assert rows_[1].startswith(r"\frac{\partial}{\partial z} \sigma(z) &= ")
    assert rows_[1].endswith(r" && \text{definition} \\")
    assert rows_[2].startswith("&= ")
    assert rows_[3] == r"&= \sigma(z) \cdot \bigl(1 - \sigma(z)\bigr)"
    assert rows_[4] == r"\end{aligned}"


def test_a_wide_first_line_stands_alone_and_a_long_sum_is_broken():
    long = total(n, (rows(X, "x")[n].T @ w) ** 2 + (rows(X, "x")[n].T @ w) * t)
    rows_ = Derivation(long + long, (long + long + 0 * z, "nothing")).latex().split("\n")
    assert rows_[1].startswith(r"&\sum")
    assert rows_[2].startswith(r"&= ")
    assert rows_[2].endswith(r"&& \text{nothing} \\")
    assert rows_[3] == r"&\quad + 0 z"


def test_a_notebook_shows_formula_legend_and_how_it_was_checked():
    y = define("y", x.T @ w, bar=True)
    derivation = Derivation(nabla(w, sigma(y)), (d(sigma(y), y) * x, "chain rule"))
    assert derivation._repr_latex_() == f"$$\n{derivation.latex()}\n$$"
    formula, text = derivation._repr_markdown_().split("\n\n")
    assert formula == derivation._repr_latex_()
    assert text == (
        r"Here $\sigma(z) = \frac{1}{1 + e^{-z}}$, $\bar{y} = \boldsymbol{x}^T \boldsymbol{w}$,"
        r" $\boldsymbol{x} \in \mathbb{R}^{D}$, $\boldsymbol{w} \in \mathbb{R}^{D}$."
        f" *{derivation.checked}*"
    )


def test_the_legend_tells_labels_rows_positive_numbers_and_free_indices():
    term = total(n, rows(X, "x")[n] * s * u[classes[n]]) * u[i]
    assert Derivation(term, (term + 0 * term, "")).legend == (
        r"i \in \{0, \dots, K - 1\}",
        r"\boldsymbol{x}_{n} \text{ is row } n \text{ of } \boldsymbol{X}",
        r"\boldsymbol{X} \in \mathbb{R}^{N \times D}",
        "s > 0",
        r"\boldsymbol{u} \in \mathbb{R}^{K}",
        r"\boldsymbol{t} \in \{0, \dots, K - 1\}^{N}",
    )
