"""Misconceptions that go through a row of `glm_table`: one mistake, several wrong entries. Trusted side."""

from typing import Any

from sympy import exp, log

from solutions.derivations import glm_table, t, z

from .glm_table_entries import bernoulli, mistake, p, y

falling = 1 / (1 + exp(z))


def _row_of(other: str, model: str) -> dict[str, Any]:
    """The entries of one model in the place of another's."""
    return {f"{model} {entry}": value for entry, value in glm_table()[other].items()}


ROWS = (
    mistake(
        "logistic-for-linear",
        "Linear regression gets the row of logistic regression.",
        "This is the row of another model: its target is 0 or 1. Which values may the target of linear "
        "regression take?",
        _row_of("logistic", "linear"),
    ),
    mistake(
        "linear-for-logistic",
        "Logistic regression gets the row of linear regression.",
        "This is the row of another model: its target is any number. Which values may the target of "
        "logistic regression take?",
        _row_of("linear", "logistic"),
    ),
    mistake(
        "normal-for-bernoulli",
        "Logistic regression is treated as linear regression through a σ: Normal, squares, and their slope.",
        "Your entries fit each other, but not the target: it is 0 or 1, and no noise around a number. "
        "Begin with the distribution and work the loss out anew.",
        {
            "logistic distribution": "Normal",
            "logistic loss": (y - t) ** 2 / 2,
            "logistic gradient": (y - t) * y * (1 - y),
        },
    ),
    mistake(
        "squares-as-they-are",
        "The loss is the square without its ½, and the gradient follows it.",
        "Your two entries fit each other, so it is one mistake: the loss. Write −log of the density out by "
        "hand; which factor does the square bring along?",
        {"linear loss": (z - t) ** 2, "linear gradient": 2 * (z - t)},
        {"linear loss": (z - t) ** 2, "linear gradient": 2 * (t - z)},
    ),
    mistake(
        "likelihood-throughout",
        "The log-likelihood and its slope are given.",
        "Your loss and your gradient fit each other, so it is one mistake: a loss should fall when the "
        "prediction gets better. What stands before the logarithm?",
        {
            "linear loss": -((z - t) ** 2) / 2,
            "linear gradient": t - z,
            "logistic loss": -bernoulli,
            "logistic gradient": t - y,
            "softmax loss": log(p[0]),
            "softmax gradient": [1 - p[0], -p[1], -p[2]],
        },
    ),
    mistake(
        "one-class-throughout",
        "Loss and gradient of logistic regression are those of one class.",
        "Your loss and your gradient fit each other, so it is one mistake: examples of one of the two "
        "classes cost nothing. What should your loss say of them?",
        {"logistic loss": -t * log(y), "logistic gradient": -t * (1 - y)},
        {"logistic loss": -(1 - t) * log(1 - y), "logistic gradient": (1 - t) * y},
        {"logistic loss": -log(y), "logistic gradient": y - 1},
    ),
    mistake(
        "another-class-throughout",
        "Loss and gradient of softmax regression are those of another class.",
        "Your loss and your gradient fit each other, so it is one mistake. Which class is the right one "
        "here? The docstring says it.",
        {"softmax loss": -log(p[1]), "softmax gradient": [p[0], p[1] - 1, p[2]]},
        {"softmax loss": -log(p[2]), "softmax gradient": [p[0], p[1], p[2] - 1]},
    ),
    mistake(
        "exponent-sign-throughout",
        "The exponent of σ has the wrong sign, and loss and gradient are made of it.",
        "All of this row comes from one mistake, in the activation. Put a large logit in: should it make "
        "class 1 more probable or less?",
        *(
            {
                "logistic activation": falling,
                "logistic loss": -t * log(falling) - (1 - t) * log(1 - falling),
                "logistic gradient": gradient,
            }
            for gradient in (falling - t, t - falling)
        ),
    ),
)
