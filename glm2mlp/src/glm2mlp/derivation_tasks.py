"""What the derivation exercises ask, declared once. Student side, public.

Notebook, docstring, instant check and hidden test all mean these first and last lines.
"""

from dataclasses import dataclass
from typing import Any

from sympy import Derivative, exp, log, symbols


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
}
