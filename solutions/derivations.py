"""Derivations, step by step in SymPy: each step equals the one before it, and looks different."""

from sympy import Derivative, Expr, exp, log, symbols

z, t = symbols("z t", real=True)
sigma = 1 / (1 + exp(-z))

z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)
S = exp(z_0) + exp(z_1) + exp(z_2)


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
    """Derive the slope of −log p(t | z) by the logit z, where t is 0 or 1 (S12, S13).

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
    """Derive the slope of −log softmax(z)₀ by z₀, of three classes the right one (S31, S32).

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
