"""Answers that are formulas in SymPy: derivations, step by step, and the table of linear models."""

from typing import Any

from sympy import Derivative, Expr, exp, log, pi, sqrt, symbols

z, t = symbols("z t", real=True)
sigma = 1 / (1 + exp(-z))

z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)
S = exp(z_0) + exp(z_1) + exp(z_2)

t_0, t_1, y_0, y_1 = symbols("t_0 t_1 y_0 y_1", real=True)
v = symbols("v", positive=True)
p_0 = exp(-((t_0 - y_0) ** 2) / (2 * v)) / sqrt(2 * pi * v)
p_1 = exp(-((t_1 - y_1) ** 2) / (2 * v)) / sqrt(2 * pi * v)
mean_square = ((t_0 - y_0) ** 2 + (t_1 - y_1) ** 2) / 2


def derive_sigmoid_derivative() -> list[Expr]:
    """Derive σ′(z) = σ(z) (1 − σ(z)) (S11).

    First form: Derivative(sigma, z)
    Last form: sigma * (1 - sigma)
    Least number of steps: 4, both forms included.
    """
    return [
        Derivative(sigma, z),
        -Derivative(1 + exp(-z), z) / (1 + exp(-z)) ** 2,
        exp(-z) / (1 + exp(-z)) ** 2,
        sigma - sigma**2,  # e⁻ᶻ = (1 + e⁻ᶻ) − 1
        sigma * (1 - sigma),
    ]


def derive_nll_gradient() -> list[Expr]:
    """Derive the slope of −log p(t | z) with respect to the logit z, where t is 0 or 1 (S12, S13).

    First form: Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z)
    Last form: sigma - t
    Least number of steps: 4, both forms included.
    """
    return [
        Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        -t * Derivative(log(sigma), z) - (1 - t) * Derivative(log(1 - sigma), z),
        -t * Derivative(sigma, z) / sigma + (1 - t) * Derivative(sigma, z) / (1 - sigma),
        -t * (1 - sigma) + (1 - t) * sigma,  # σ′ = σ(1 − σ)
        sigma - t,
    ]


def derive_softmax_gradient() -> list[Expr]:
    """Derive the slope of −log softmax(z)₀ with respect to z₀, of three classes the right one (S31, S32).

    First form: Derivative(-log(exp(z_0) / S), z_0)
    Last form: exp(z_0) / S - 1
    Least number of steps: 4, both forms included.
    """
    return [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative(log(S) - z_0, z_0),
        Derivative(log(S), z_0) - 1,
        Derivative(S, z_0) / S - 1,
        exp(z_0) / S - 1,
    ]


def derive_mse_from_gaussian() -> list[Expr]:
    """Derive the mean −log-likelihood of two targets, Normal around y_0 and y_1 (S16, S17).

    First form: -log(p_0 * p_1) / 2
    Last form: mean_square / (2 * v) + log(2 * pi * v) / 2
    Least number of steps: 4, both forms included.
    """
    square_0, square_1 = (t_0 - y_0) ** 2, (t_1 - y_1) ** 2
    return [
        -log(p_0 * p_1) / 2,
        -(log(p_0) + log(p_1)) / 2,
        square_0 / (4 * v) + square_1 / (4 * v) + log(sqrt(2 * pi * v)),  # log eᵃ = a
        square_0 / (4 * v) + square_1 / (4 * v) + log(2 * pi * v) / 2,
        mean_square / (2 * v) + log(2 * pi * v) / 2,
    ]


def glm_table() -> dict[str, dict[str, Any]]:
    """Fill in the table of generalized linear models (S9, S14, S19, S31, S37).

    Result: {"linear": row, "logistic": row, "softmax": row}; each row is a dict with four entries:

    "activation"    y = a(z), the mean of the target's distribution, by the logit z.
    "distribution"  of the target t around y, one of these names: "Bernoulli", "categorical",
                    "Laplace", "Normal" (with variance 1), "Poisson", "uniform".
    "loss"          -log p(t) of one example, with the activation put in.  Terms that contain no
                    logit may be left out; factors may not.
    "gradient"      the slope of this loss with respect to the logit, worked out: no Derivative is left in it.

    Formulas of "linear" and "logistic" are in the logit z and the target t; in "logistic" t is 0 or 1.
    Those of "softmax" are in its three logits z_0, z_1, z_2, and the right class is class 0: its
    "activation" is the list of the probabilities of classes 0, 1, 2, its "loss" one formula, and its
    "gradient" the list of the slopes of the loss by z_0, z_1, z_2.

    Each entry counts by itself; one that you do not know yet is None.
    """
    y = 1 / (1 + exp(-z))
    total = exp(z_0) + exp(z_1) + exp(z_2)
    y_0, y_1, y_2 = exp(z_0) / total, exp(z_1) / total, exp(z_2) / total
    rows = {
        "linear": (z, "Normal", (z - t) ** 2 / 2, z - t),
        "logistic": (y, "Bernoulli", -t * log(y) - (1 - t) * log(1 - y), y - t),
        "softmax": ([y_0, y_1, y_2], "categorical", -log(y_0), [y_0 - 1, y_1, y_2]),
    }
    names = ("activation", "distribution", "loss", "gradient")
    return {model: dict(zip(names, row, strict=True)) for model, row in rows.items()}
