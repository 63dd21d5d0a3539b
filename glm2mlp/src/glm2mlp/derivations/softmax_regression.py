"""Lecture 3: softmax, its symmetries and its gradients, with L² too (S20–S32). Student side."""

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.notation import (
    array,
    d,
    define,
    exp,
    function,
    index,
    labels,
    listed,
    log,
    matrix,
    nabla,
    rows,
    same,
    scalar,
    size,
    total,
    vector,
)

N, D, K = size("N"), size("D"), size("K")
n, feature, other = index("n", N), index("d", D), index("m", D)
j, k, t = index("j", K), index("k", K), index("t", K)
z, c, alpha, lam = vector("z", K), scalar("c"), scalar(r"\alpha"), scalar(r"\lambda")
x, W, G = vector("x", D), matrix("W", D, K), matrix("G", D, K)
X, targets = matrix("X", N, D), labels("t", N, K)
examples = rows(X, "x")
u = scalar("z")

sigma = function(r"\sigma", u, means=1 / (1 + exp(-u)))
softmax = function(r"\operatorname{softmax}", z, means=array(k, exp(z[k]) / total(j, exp(z[j]))))
one_hot = function(r"\boldsymbol{1}", t, means=array(k, same(k, t)), subscript=True)
p = function("p", "C_", t, "|", x, ";", W, means=softmax(W.T @ x)[t])
prediction = function(r"\boldsymbol{y}", x, ";", W, means=softmax(W.T @ x))
y_bar = define("y", W.T @ x, bar=True)
y = define("y", softmax(y_bar))
Y = define("Y", array(n, k, prediction(examples[n])[k]))
T = define("T", array(n, k, same(targets[n], k)))

SIGMOID_AS_SOFTMAX = Derivation(
    softmax(listed(u, 0))[0],
    (exp(u) / (exp(u) + exp(0)), "definition of softmax"),
    (1 / (1 + exp(-u)), "divide both by $e^z$"),
    (sigma(u), r"definition of $\sigma$"),
)

SHIFT = Derivation(
    softmax(z + c)[k],
    (exp(z[k] + c) / total(j, exp(z[j] + c)), "definition of softmax"),
    (exp(z[k]) * exp(c) / total(j, exp(z[j]) * exp(c)), "$e^{a + b} = e^a e^b$"),
    (exp(z[k]) / total(j, exp(z[j])) * (exp(c) / exp(c)), "$e^c$ does not depend on $j$"),
    (softmax(z)[k], "definition of softmax"),
)

LOGITS = Derivation(
    log(softmax(z)[k]),
    (log(exp(z[k]) / total(j, exp(z[j]))), "definition of softmax"),
    (z[k] - log(total(j, exp(z[j]))), "logarithm of a fraction"),
)

GRADIENT_BY_LOGITS = Derivation(
    d(-log(softmax(z)[t]), z[k]),
    (d(-log(exp(z[t]) / total(j, exp(z[j]))), z[k]), "definition of softmax"),
    (d(-z[t] + log(total(j, exp(z[j]))), z[k]), "logarithm of a fraction"),
    (
        -d(z[t], z[k]) + 1 / total(j, exp(z[j])) * d(total(j, exp(z[j])), z[k]),
        r"derivative of $\log g$",
    ),
    (-same(k, t) + exp(z[k]) / total(j, exp(z[j])), "of the sum, only $j = k$ counts"),
    (softmax(z)[k] - same(k, t), "definition of softmax"),
)

GRADIENT_BY_LOGITS_VECTOR = Derivation(
    nabla(z, -log(softmax(z)[t])),
    (array(k, d(-log(softmax(z)[t]), z[k])), "entry by entry"),
    (array(k, softmax(z)[k] - same(k, t)), "gradient by one logit"),
    (softmax(z) - one_hot(t), r"definition of $\boldsymbol{1}_t$"),
)

loss = -log(softmax(y_bar)[t])

GRADIENT = Derivation(
    nabla(W, -log(p(t, x))),
    (array(feature, k, d(loss, W[feature, k])), "entry by entry"),
    (array(feature, k, total(j, d(loss, y_bar[j]) * d(y_bar[j], W[feature, k]))), "chain rule"),
    (
        array(feature, k, total(j, (y[j] - same(j, t)) * same(j, k) * x[feature])),
        "gradient with respect to the logits",
    ),
    (array(feature, k, (y[k] - same(k, t)) * x[feature]), "of the sum, only $j = k$ counts"),
    (x @ (y - one_hot(t)).T, "a column times a row"),
    (((y - one_hot(t)) @ x.T).T, "$(A B)^T = B^T A^T$"),
)

BATCH_GRADIENT = Derivation(
    nabla(W, 1 / N * total(n, -log(p(targets[n], examples[n])))),
    (1 / N * total(n, nabla(W, -log(p(targets[n], examples[n])))), "derivative of a sum"),
    (
        1 / N * total(n, examples[n] @ (prediction(examples[n]) - one_hot(targets[n])).T),
        "gradient of one example",
    ),
    (1 / N * (X.T @ (Y - T)), "the sum as a product"),
)

E = function("E", W, means=1 / N * total(n, -log(p(targets[n], examples[n]))))
squares = total(other, total(j, W[other, j] ** 2))

L2_GRADIENT = Derivation(
    nabla(W, E(W) + lam / 2 * squares),
    (
        nabla(W, E(W)) + lam / 2 * array(feature, k, d(squares, W[feature, k])),
        "derivative of a sum",
    ),
    (
        nabla(W, E(W))
        + lam
        / 2
        * array(
            feature, k, total(other, total(j, 2 * W[other, j] * same(other, feature) * same(j, k)))
        ),
        "derivative of a square",
    ),
    (
        nabla(W, E(W)) + lam / 2 * array(feature, k, 2 * W[feature, k]),
        "of the sum, only $m = d$, $j = k$ counts",
    ),
    (nabla(W, E(W)) + lam * W, "the entries of $\\boldsymbol{W}$"),
)

WEIGHT_DECAY = Derivation(
    W - alpha * (G + lam * W),
    (W - alpha * G - alpha * lam * W, "multiply out"),
    ((1 - alpha * lam) * W - alpha * G, r"factor out $\boldsymbol{W}$"),
)
