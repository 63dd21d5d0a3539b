"""Advice: what may be said of an accepted answer, without loss of points. Trusted side.

The texts of warnings come from the worker, which has seen hidden inputs. Only which of a few known ones came
is used, and one of them is told: no text of the student's passes through here.
"""

import re
from collections.abc import Sequence

from autograder.grading.diagnosis import Observed
from autograder.testing import Call

OPERATIONS = (
    "add|cosh|divide|dot|exp|exp2|expm1|log|log10|log1p|log2|matmul|multiply|power|reduce|sinh|square|"
    "subtract|true_divide"
)
FORM = re.compile(
    rf"(overflow|divide by zero|invalid value) encountered in (?:scalar )?({OPERATIONS})"
)
COSTS_NOTHING = "The results are right all the same, so it costs nothing."
# The first that came is told: a later one often only follows from it.
NEXT_STEPS = {
    "overflow": (
        "a number became too large for a float (overflow in `{operation}`). {costs_nothing} Could what goes "
        "into `{operation}` be kept small? And mind that `np.where` computes both of its branches for every "
        "entry."
    ),
    "divide by zero": (
        "something was divided by 0, or the logarithm of 0 was taken (in `{operation}`). {costs_nothing} Can "
        "you write the formula so that it never asks for that? And mind that `np.where` computes both of its "
        "branches for every entry."
    ),
    "invalid value": (
        "a result on the way was not a number (in `{operation}`), as in ∞ − ∞ or 0 · ∞. {costs_nothing} "
        "Print the steps for a very large argument: which one is the first `nan`?"
    ),
}


def advice(exercise: str, calls: Sequence[Observed]) -> tuple[str, ...]:
    """At most one remark on the warnings that NumPy gave in these calls of an answer."""
    known = sorted({warning for call in calls for warning in _known(call)})
    for kind, text in NEXT_STEPS.items():
        for found, operation in known:
            if found == kind:
                said = text.format(operation=operation, costs_nothing=COSTS_NOTHING)
                return (f"`{exercise}` makes NumPy warn: {said}",)
    return ()


def _known(call: Observed) -> set[tuple[str, str]]:
    """Kind and operation of the warnings that NumPy gives in these words."""
    warned = call.ended.warned if isinstance(call.ended, Call) else ()
    if type(warned) is not list:
        return set()
    forms = [FORM.fullmatch(text) for text in warned if type(text) is str]
    return {(form[1], form[2]) for form in forms if form}
