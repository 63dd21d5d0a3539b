"""Lectures 5 and 6: back-propagation through one hidden layer, all four gradients (S42). Student side."""

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.notation import (
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
    row,
    rows,
    same,
    scalar,
    size,
    total,
    vector,
)

N, D, H, K = size("N"), size("D"), size("H"), size("K")
n, feature = index("n", N), index("d", D)
j, m = index("j", H), index("m", H)
i, k, t = index("i", K), index("k", K), index("t", K)
W_h, b_h = matrix("W", D, H, mark="(h)"), row("b", H, mark="(h)")
W_y, b_y = matrix("W", H, K, mark="(y)"), row("b", K, mark="(y)")

z, u = vector("z", K), scalar("z")
f = function("f", u)
softmax = function(r"\operatorname{softmax}", z, means=array(i, exp(z[i]) / total(k, exp(z[k]))))

# One example.
x = vector("x", D)
z_h = define("z", array(j, total(feature, x[feature] * W_h[feature, j]) + b_h[j]), mark="(h)")
h = define("h", array(j, f(z_h[j])))
z_y = define("z", array(k, total(j, h[j] * W_y[j, k]) + b_y[k]), mark="(y)")
y = define("y", softmax(z_y))
L = define("L", -log(softmax(z_y)[t]))
delta_y = define(r"\delta", array(k, y[k] - same(k, t)), mark="(y)")
delta_h = define(
    r"\delta", array(j, f.prime(z_h[j]) * total(k, W_y[j, k] * delta_y[k])), mark="(h)"
)

OUTPUT_WEIGHTS = Derivation(
    d(L, W_y[j, k]),
    (total(i, d(L, z_y[i]) * d(z_y[i], W_y[j, k])), "chain rule"),
    (total(i, (y[i] - same(i, t)) * h[j] * same(i, k)), "gradient with respect to the logits"),
    (h[j] * (y[k] - same(k, t)), "of the sum, only $i = k$ counts"),
    (h[j] * delta_y[k], r"definition of $\delta^{(y)}$"),
)

OUTPUT_BIAS = Derivation(
    d(L, b_y[k]),
    (total(i, d(L, z_y[i]) * d(z_y[i], b_y[k])), "chain rule"),
    (total(i, delta_y[i] * same(i, k)), "gradient with respect to the logits"),
    (delta_y[k], "of the sum, only $i = k$ counts"),
)

HIDDEN_LAYER = Derivation(
    d(L, z_h[j]),
    (d(L, h[j]) * d(h[j], z_h[j]), "chain rule: unit $j$ sees $z_j$ only"),
    (total(k, d(L, z_y[k]) * d(z_y[k], h[j])) * f.prime(z_h[j]), "chain rule again"),
    (total(k, delta_y[k] * W_y[j, k]) * f.prime(z_h[j]), "weights carry the errors back"),
    (delta_h[j], r"definition of $\delta^{(h)}$"),
)

HIDDEN_WEIGHTS = Derivation(
    d(L, W_h[feature, j]),
    (total(m, d(L, z_h[m]) * d(z_h[m], W_h[feature, j])), "chain rule"),
    (total(m, delta_h[m] * x[feature] * same(m, j)), "gradient with respect to the hidden layer"),
    (x[feature] * delta_h[j], "of the sum, only $m = j$ counts"),
)

HIDDEN_BIAS = Derivation(
    d(L, b_h[j]),
    (total(m, d(L, z_h[m]) * d(z_h[m], b_h[j])), "chain rule"),
    (total(m, delta_h[m] * same(m, j)), "gradient with respect to the hidden layer"),
    (delta_h[j], "of the sum, only $m = j$ counts"),
)

# A batch: the examples are rows.
X, targets = matrix("X", N, D), labels("t", N, K)
Z_h = define("Z", X @ W_h + b_h, mark="(h)")
H_ = define("H", f(Z_h))
Z_y = define("Z", H_ @ W_y + b_y, mark="(y)")
z_n = rows(Z_y, "z")
Y = define("Y", array(n, k, softmax(z_n[n])[k]))
T = define("T", array(n, k, same(targets[n], k)))
E = define("E", 1 / N * total(n, -log(Y[n, targets[n]])))
Delta_y = define(r"\Delta", 1 / N * (Y - T), mark="(y)")
Delta_h = define(r"\Delta", hadamard(Delta_y @ W_y.T, f.prime(Z_h)), mark="(h)")
row_y, row_h = rows(Delta_y, r"\delta", mark="(y)"), rows(Delta_h, r"\delta", mark="(h)")

BATCH_LOGITS = Derivation(
    nabla(Z_y, E),
    (1 / N * (Y - T), "each row is one example"),
    (Delta_y, r"definition of $\boldsymbol{\Delta}^{(y)}$"),
)
BATCH_HIDDEN = Derivation(
    nabla(Z_h, E),
    (hadamard(nabla(H_, E), f.prime(Z_h)), "chain rule, entry by entry"),
    (hadamard(nabla(Z_y, E) @ W_y.T, f.prime(Z_h)), "weights carry the errors back"),
    (Delta_h, r"definition of $\boldsymbol{\Delta}^{(h)}$"),
)
BATCH_OUTPUT_WEIGHTS = Derivation(
    nabla(W_y, E),
    (H_.T @ nabla(Z_y, E), "chain rule, summed over examples"),
    (H_.T @ Delta_y, "gradient with respect to the logits"),
)

BATCH_OUTPUT_BIAS = Derivation(
    nabla(b_y, E),
    (total(n, row_y[n].T), "every example adds its own row"),
)

BATCH_HIDDEN_WEIGHTS = Derivation(
    nabla(W_h, E),
    (X.T @ nabla(Z_h, E), "chain rule, summed over examples"),
    (X.T @ Delta_h, "gradient with respect to the hidden layer"),
)

BATCH_HIDDEN_BIAS = Derivation(
    nabla(b_h, E),
    (total(n, row_h[n].T), "every example adds its own row"),
)
