"""Lecture 4: why every gradient is (y − t)x: the canonical link (S8–S10, S14, S19). Student side.

All three distributions are p(t) = h(t) e^{t z − A(z)}: the activation is A′, and the gradient follows.
"""

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.notation import (
    array,
    d,
    define,
    exp,
    function,
    index,
    log,
    nabla,
    scalar,
    size,
    total,
    vector,
)

D, K = size("D"), size("K")
k, j = index("k", K), index("j", K)
t, u, x, w, z = scalar("t"), scalar("z"), vector("x", D), vector("w", D), vector("z", K)

A = function("A", u)
sigma = function(r"\sigma", u, means=1 / (1 + exp(-u)))
softmax = function(r"\operatorname{softmax}", z, means=array(k, exp(z[k]) / total(j, exp(z[j]))))
y_bar = define("y", x.T @ w, bar=True)
y = define("y", A.prime(y_bar))

CANONICAL_GRADIENT = Derivation(
    nabla(w, -(t * y_bar - A(y_bar))),
    (-(t * nabla(w, y_bar) - A.prime(y_bar) * nabla(w, y_bar)), "chain rule"),
    ((A.prime(y_bar) - t) * nabla(w, y_bar), "factor out"),
    ((A.prime(y_bar) - t) * x, r"$\bar{y} = \boldsymbol{x}^T \boldsymbol{w}$"),
    ((y - t) * x, "the activation is $A'$"),
)

NORMAL_ACTIVATION = Derivation(d(u**2 / 2, u), (u, "derivative of a square"))

BERNOULLI_ACTIVATION = Derivation(
    d(log(1 + exp(u)), u),
    (exp(u) / (1 + exp(u)), r"derivative of $\log g$"),
    (1 / (1 + exp(-u)), "divide both by $e^z$"),
    (sigma(u), r"definition of $\sigma$"),
)

CATEGORICAL_ACTIVATION = Derivation(
    d(log(total(j, exp(z[j]))), z[k]),
    (1 / total(j, exp(z[j])) * d(total(j, exp(z[j])), z[k]), r"derivative of $\log g$"),
    (exp(z[k]) / total(j, exp(z[j])), "of the sum, only $j = k$ counts"),
    (softmax(z)[k], "definition of softmax"),
)
