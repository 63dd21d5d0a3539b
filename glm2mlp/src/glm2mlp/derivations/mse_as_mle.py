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
i = index("i", N)

y = function("y", x, ";", w, means=x.T @ w)
density = 1 / sqrt(2 * PI * sigma**2) * exp(-((t - y(x)) ** 2 / (2 * sigma**2)))
p = function("p", t, "|", x, ";", w, means=density)
likelihood = function("p", targets, "|", X, ";", w, means=product(i, p(targets[i], examples[i])))

errors = (targets[i] - y(examples[i])) ** 2
constant = -N * log((2 * PI * sigma**2) ** (-(number(1) / 2)))

LINEAR = r"$\nabla_{\boldsymbol{w}}\, \boldsymbol{x}^T \boldsymbol{w} = \boldsymbol{x}$"

MSE_AS_MLE = Derivation(
    argmax(w, likelihood(targets, X)),
    (argmax(w, product(i, p(targets[i], examples[i]))), "the examples are independent"),
    (argmin(w, total(i, -log(p(targets[i], examples[i])))), (LOG, NEGATIVE)),
    (
        argmin(
            w,
            -total(i, log(sqrt(1 / (2 * PI * sigma**2)) * exp(-(errors / (2 * sigma**2))))),
        ),
        "normal distribution",
    ),
    (argmin(w, constant - total(i, -(errors / (2 * sigma**2)))), "logarithm of the product"),
    (argmin(w, total(i, errors / (2 * sigma**2))), less(constant)),
    (argmin(w, 1 / N * total(i, (y(examples[i]) - targets[i]) ** 2)), times(2 * sigma**2 / N)),
)

mse = 1 / N * total(i, (y(examples[i]) - targets[i]) ** 2)
predictions = define("y", array(i, y(examples[i])))

MSE_GRADIENT = Derivation(
    nabla(w, mse),
    (1 / N * total(i, 2 * (y(examples[i]) - targets[i]) * nabla(w, y(examples[i]))), "chain rule"),
    (2 / N * total(i, (y(examples[i]) - targets[i]) * examples[i]), LINEAR),
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
