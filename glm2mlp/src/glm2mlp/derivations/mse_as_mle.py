"""Lecture 2: the mean squared error as maximum likelihood, and its gradient (S15–S19). Student side."""

from glm2mlp.derivation import LOG, NEGATIVE, Derivation, less, times
from glm2mlp.derivation.notation import (
    PI,
    argmax,
    argmin,
    array,
    define,
    exp,
    function,
    index,
    log,
    matrix,
    nabla,
    number,
    product,
    rows,
    scalar,
    size,
    sqrt,
    total,
    vector,
)

N, D = size("N"), size("D")
X, w = matrix("X", N, D), vector("w", D)
examples, targets = rows(X, "x"), vector("t", N)
x, t = vector("x", D), scalar("t")
sigma = scalar(r"\sigma", positive=True)
n = index("n", N)

y = function("y", x, ";", w, means=x.T @ w)
density = 1 / sqrt(2 * PI * sigma**2) * exp(-((t - y(x)) ** 2 / (2 * sigma**2)))
p = function("p", t, "|", x, ";", w, means=density)
likelihood = function("p", targets, "|", X, ";", w, means=product(n, p(targets[n], examples[n])))

errors = (targets[n] - y(examples[n])) ** 2
constant = -N * log((2 * PI * sigma**2) ** (-(number(1) / 2)))

LINEAR = r"$\nabla_{\boldsymbol{w}}\, \boldsymbol{x}^T \boldsymbol{w} = \boldsymbol{x}$"

MSE_AS_MLE = Derivation(
    argmax(w, likelihood(targets, X)),
    (argmax(w, product(n, p(targets[n], examples[n]))), "the examples are independent"),
    (argmin(w, total(n, -log(p(targets[n], examples[n])))), (LOG, NEGATIVE)),
    (
        argmin(
            w,
            -total(n, log(sqrt(1 / (2 * PI * sigma**2)) * exp(-(errors / (2 * sigma**2))))),
        ),
        "normal distribution",
    ),
    (argmin(w, constant - total(n, -(errors / (2 * sigma**2)))), "logarithm of the product"),
    (argmin(w, total(n, errors / (2 * sigma**2))), less(constant)),
    (argmin(w, 1 / N * total(n, (y(examples[n]) - targets[n]) ** 2)), times(2 * sigma**2 / N)),
)

mse = 1 / N * total(n, (y(examples[n]) - targets[n]) ** 2)
predictions = define("y", array(n, y(examples[n])))

MSE_GRADIENT = Derivation(
    nabla(w, mse),
    (1 / N * total(n, 2 * (y(examples[n]) - targets[n]) * nabla(w, y(examples[n]))), "chain rule"),
    (2 / N * total(n, (y(examples[n]) - targets[n]) * examples[n]), LINEAR),
    (2 / N * (X.T @ (predictions - targets)), "the sum as a product"),
)

NLL_GRADIENT = Derivation(
    nabla(w, -log(p(t, x))),
    (
        nabla(w, (y(x) - t) ** 2 / (2 * sigma**2) + log(sqrt(2 * PI * sigma**2))),
        "normal distribution",
    ),
    (2 * (y(x) - t) / (2 * sigma**2) * nabla(w, y(x)), "chain rule"),
    (1 / sigma**2 * (y(x) - t) * x, LINEAR),
)
