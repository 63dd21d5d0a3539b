"""What the derivation exercises ask, declared once. Student side, public.

Notebook, docstring, instant check and hidden test all mean these first and last lines.
"""

from dataclasses import dataclass
from typing import Any

from sympy import Derivative, exp, log, pi, sqrt, symbols


@dataclass(frozen=True)
class Task:
    """One derivation: from `first` to `last` in at least `least` different lines, both counted.

    The texts are the two formulas as a student would type them.
    """

    symbols: tuple[Any, ...]
    first: Any
    last: Any
    least: int
    first_text: str
    last_text: str


z, t = symbols("z t", real=True)
z_0, z_1, z_2 = symbols("z_0 z_1 z_2", real=True)
sigma = 1 / (1 + exp(-z))
S = exp(z_0) + exp(z_1) + exp(z_2)

# Two targets, each Normal around its prediction, with the variance v.
t_0, t_1, y_0, y_1 = symbols("t_0 t_1 y_0 y_1", real=True)
v = symbols("v", positive=True)
p_0 = exp(-((t_0 - y_0) ** 2) / (2 * v)) / sqrt(2 * pi * v)
p_1 = exp(-((t_1 - y_1) ** 2) / (2 * v)) / sqrt(2 * pi * v)
mean_square = ((t_0 - y_0) ** 2 + (t_1 - y_1) ** 2) / 2

TASKS = {
    "derive_sigmoid_derivative": Task(
        symbols=(z,),
        first=Derivative(sigma, z),
        last=sigma * (1 - sigma),
        least=4,
        first_text="Derivative(sigma, z)",
        last_text="sigma * (1 - sigma)",
    ),
    "derive_nll_gradient": Task(
        symbols=(z, t),
        first=Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z),
        last=sigma - t,
        least=4,
        first_text="Derivative(-t * log(sigma) - (1 - t) * log(1 - sigma), z)",
        last_text="sigma - t",
    ),
    "derive_softmax_gradient": Task(
        symbols=(z_0, z_1, z_2),
        first=Derivative(-log(exp(z_0) / S), z_0),
        last=exp(z_0) / S - 1,
        least=4,
        first_text="Derivative(-log(exp(z_0) / S), z_0)",
        last_text="exp(z_0) / S - 1",
    ),
    "derive_mse_from_gaussian": Task(
        symbols=(t_0, t_1, y_0, y_1, v),
        first=-log(p_0 * p_1) / 2,
        last=mean_square / (2 * v) + log(2 * pi * v) / 2,
        least=4,
        first_text="-log(p_0 * p_1) / 2",
        last_text="mean_square / (2 * v) + log(2 * pi * v) / 2",
    ),
}
