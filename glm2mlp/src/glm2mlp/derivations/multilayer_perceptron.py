"""Lecture 5: activations, and why a linear hidden layer is none (S38–S41). Student side."""

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.notation import d, exp, function, matrix, row, scalar, size

N, D, H, K = size("N"), size("D"), size("H"), size("K")
z = scalar("z")
sigma = function(r"\sigma", z, means=1 / (1 + exp(-z)))
tanh = function(r"\tanh", z, means=(exp(z) - exp(-z)) / (exp(z) + exp(-z)))

X = matrix("X", N, D)
W_h, b_h = matrix("W", D, H, mark="(h)"), row("b", H, mark="(h)")
W_y, b_y = matrix("W", H, K, mark="(y)"), row("b", K, mark="(y)")

TANH = Derivation(
    tanh(z),
    ((exp(z) - exp(-z)) / (exp(z) + exp(-z)), r"definition of $\tanh$"),
    ((1 - exp(-2 * z)) / (1 + exp(-2 * z)), "divide both by $e^z$"),
    ((2 - (1 + exp(-2 * z))) / (1 + exp(-2 * z)), "$1 = 2 - 1$"),
    (2 / (1 + exp(-2 * z)) - 1, "two fractions"),
    (2 * sigma(2 * z) - 1, r"definition of $\sigma$"),
)

TANH_DERIVATIVE = Derivation(
    d(tanh(z), z),
    (d(2 * sigma(2 * z) - 1, z), r"$\tanh$ by $\sigma$"),
    (4 * sigma(2 * z) * (1 - sigma(2 * z)), r"derivative of $\sigma$; chain rule"),
    ((1 + tanh(z)) * (1 - tanh(z)), r"$2\sigma(2z) = 1 + \tanh(z)$"),
    (1 - tanh(z) ** 2, "multiply out"),
)

LINEAR_HIDDEN_LAYER = Derivation(
    (X @ W_h + b_h) @ W_y + b_y,
    (X @ W_h @ W_y + b_h @ W_y + b_y, "multiply out"),
    (X @ (W_h @ W_y) + (b_h @ W_y + b_y), "one matrix and one bias"),
)
