"""Misconceptions of `glm_table`: of its form here, of its entries in the modules beside. Trusted side."""

from typing import Any

from sympy import Eq, Function, Symbol, sin

from autograder.misconceptions import Misconception
from glm2mlp.formulas import ENTRIES, MODELS
from solutions.derivations import glm_table, t, z

from .glm_table_activations import (
    ACTIVATIONS,
    DISTRIBUTIONS,
)
from .glm_table_entries import mistake
from .glm_table_gradients import GRADIENTS
from .glm_table_losses import LOSSES
from .glm_table_parts import PARTS
from .glm_table_rows import ROWS

FORMULAS = tuple(
    f"{model} {entry}" for model in MODELS for entry in ENTRIES if entry != "distribution"
)


def _anywhere(formula: Any) -> tuple[dict[str, Any], ...]:
    """A formula in any place of a formula."""
    return tuple({place: formula} for place in FORMULAS)


FORM = (
    Misconception(
        "nothing-returned",
        "The table is written, and not returned.",
        "Your function returns None. Does the table stand behind `return`?",
        lambda: None,
    ),
    Misconception(
        "nothing-filled-in",
        "The table of the exercise is returned as it was.",
        "All entries are None. Begin with what you know for certain: each entry counts by itself.",
        lambda: {model: dict.fromkeys(ENTRIES) for model in MODELS},
    ),
    Misconception(
        "list-of-rows",
        "The rows are returned in a list, without the names of the models.",
        "The rows stand in a list, so nobody knows which model is which. Return a dict with the names of "
        "the docstring.",
        lambda: list(glm_table().values()),
        also=(lambda: tuple(glm_table().values()),),
    ),
    Misconception(
        "columns-first",
        "Rows and columns of the table are exchanged.",
        "Your table begins with the entries, and the models stand within. The docstring has it the other "
        "way round.",
        lambda: {
            entry: {model: row[entry] for model, row in glm_table().items()} for entry in ENTRIES
        },
    ),
    Misconception(
        "names-of-the-models",
        "The models are called otherwise than in the docstring.",
        "The rows are looked for by the names in the docstring, and yours are others. Copy them from there.",
        lambda: {f"{model} regression": row for model, row in glm_table().items()},
        also=(dict,),
    ),
    Misconception(
        "names-of-the-entries",
        "The entries are called otherwise than in the docstring.",
        "The entries are looked for by the names in the docstring, and yours are others. Copy them from "
        "there.",
        lambda: {
            model: {entry.upper(): value for entry, value in row.items()}
            for model, row in glm_table().items()
        },
    ),
    Misconception(
        "rows-without-names",
        "Each row is a list of its entries.",
        "Each row is a dict too, with the names of its entries: a list does not say which is which.",
        lambda: {model: list(row.values()) for model, row in glm_table().items()},
        also=(lambda: {model: tuple(row.values()) for model, row in glm_table().items()},),
    ),
)

READING = (
    mistake(
        "another-symbol",
        "A letter is used that the entry does not have.",
        "There is a letter that this entry does not have. An activation is written in the logits alone; "
        "loss and gradient have the target besides, in softmax not even that. Weights and features come "
        "later.",
        *_anywhere(Symbol("w")),
    ),
    mistake(
        "undefined-function",
        "A function is named and not written out.",
        "You use a function that has only a name. Write its formula out, so that numbers can be put in.",
        *_anywhere(Function("f")(z)),
    ),
    mistake(
        "text-for-a-formula",
        "Formulas are written in quotation marks.",
        "A formula in quotation marks is text, and nobody can compute with it. Only the names of "
        "distributions are text.",
        *_anywhere("exp(z)"),
    ),
    mistake(
        "unknown-part",
        "A function is used that no entry needs.",
        "There is a function or an operation that is not known here. All entries can be written with exp, "
        "log, fractions and powers.",
        *_anywhere(sin(z)),
    ),
    mistake(
        "rounded-number",
        "A power such as 2**0.5 was worked out and rounded.",
        "A number in this formula has been rounded. Write roots with sqrt and fractions as fractions: "
        "SymPy keeps those exact.",
        *_anywhere(z * 2**0.5),
    ),
    mistake(
        "no-formula",
        "Something else stands in the place of a formula: a function, an array, a truth value.",
        "What stands here is no formula. Write one in the symbols of the cell above, as you would on "
        "paper; where three are asked for, make a list of them.",
        *_anywhere(True),
    ),
    mistake(
        "list-for-a-formula",
        "A list is given where one formula belongs.",
        "One formula belongs here, and no list: there is one logit in this model.",
        *({place: [z]} for place in (*FORMULAS[:3], "logistic loss", "logistic gradient")),
    ),
    mistake(
        "equation",
        "An equation is given in the place of a formula.",
        "Write a formula, not an equation: only what stands on its right-hand side.",
        *_anywhere(Eq(z, t)),
    ),
)

MISCONCEPTIONS = (
    *(*FORM, *READING, *ROWS),
    *(*ACTIVATIONS, *DISTRIBUTIONS, *LOSSES, *GRADIENTS, *PARTS),
)
