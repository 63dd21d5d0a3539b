"""Lecture 1: the derivative of the sigmoid, the logit, the gradient (S5, S11–S13). Student side."""

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.notation import (
    array,
    d,
    define,
    exp,
    function,
    index,
    log,
    matrix,
    nabla,
    rows,
    scalar,
    size,
    total,
    vector,
)

z, t = scalar("z"), scalar("t")
N, D = size("N"), size("D")
n = index("n", N)
x, w = vector("x", D), vector("w", D)

sigma = function(r"\sigma", z, means=1 / (1 + exp(-z)))
y_bar = define("y", x.T @ w, bar=True)
y = function("y", x, ";", w, means=sigma(x.T @ w))
p = function("p", t, "|", x, ";", w, means=y(x) ** t * (1 - y(x)) ** (1 - t))

X, targets = matrix("X", N, D), vector("t", N)
examples = rows(X, "x")
predictions = define("y", array(n, y(examples[n])))

SIGMOID_DERIVATIVE = Derivation(
    d(sigma(z), z),
    (d(1 / (1 + exp(-z)), z), r"definition of $\sigma$"),
    (-(d(1 + exp(-z), z) / (1 + exp(-z)) ** 2), r"derivative of $\frac{1}{g}$"),
    (1 / (1 + exp(-z)) * (exp(-z) / (1 + exp(-z))), r"derivative of $e^g$; two factors"),
    (sigma(z) * ((exp(-z) + 1 - 1) / (1 + exp(-z))), r"definition of $\sigma$; $+1 - 1$"),
    (sigma(z) * (1 - sigma(z)), r"definition of $\sigma$"),
)

LOGIT = Derivation(
    log(sigma(z) / (1 - sigma(z))),
    (log(1 / (1 + exp(-z)) * ((1 + exp(-z)) / exp(-z))), r"definition of $\sigma$"),
    (log(1 / exp(-z)), "the denominators cancel"),
    (z, r"$\log e^z = z$"),
)

s = sigma(y_bar)

GRADIENT = Derivation(
    nabla(w, -log(p(t, x))),
    (nabla(w, -log(s**t * (1 - s) ** (1 - t))), "Bernoulli distribution"),
    (nabla(w, -t * log(s) - (1 - t) * log(1 - s)), "logarithm of products and powers"),
    (
        -t * (1 / s) * nabla(w, s) - (1 - t) * (1 / (1 - s)) * nabla(w, 1 - s),
        r"derivative of $\log g$",
    ),
    (
        -t * (1 / s) * d(s, y_bar) * nabla(w, y_bar)
        + (1 - t) * (1 / (1 - s)) * d(s, y_bar) * nabla(w, y_bar),
        "chain rule",
    ),
    (
        -t * (1 / s) * s * (1 - s) * nabla(w, y_bar)
        + (1 - t) * (1 / (1 - s)) * s * (1 - s) * nabla(w, y_bar),
        r"derivative of $\sigma$",
    ),
    ((-t + t * s + s - t * s) * nabla(w, y_bar), "fractions cancel"),
    ((s - t) * x, r"$\nabla_{\boldsymbol{w}}\, \boldsymbol{x}^T \boldsymbol{w} = \boldsymbol{x}$"),
    ((y(x) - t) * x, "definition of $y$"),
)

BATCH_GRADIENT = Derivation(
    nabla(w, 1 / N * total(n, -log(p(targets[n], examples[n])))),
    (1 / N * total(n, nabla(w, -log(p(targets[n], examples[n])))), "derivative of a sum"),
    (1 / N * total(n, (y(examples[n]) - targets[n]) * examples[n]), "gradient of one example"),
    (1 / N * (X.T @ (predictions - targets)), "the sum as a product"),
)
