"""What frequent errors of Python and NumPy mean in an answer, and what to do. Student side, public."""

import re

SHAPES = "The shapes do not fit: print them, and write down which axis is which."

# Part of the error's text → one next step; the first that fits is taken.
MEANINGS = (
    (
        r"loop of ufunc does not support|no callable \w+ method",
        "NumPy's functions compute with numbers, SymPy's make formulas: in a formula write `exp` and `pi`, "
        "for arrays `np.exp` and `np.pi`.",
    ),
    (
        r"[Cc]annot convert expression to float",
        "A formula is no number: build it of the given symbols and SymPy's functions.",
    ),
    (
        r"only (0-dimensional|length-1|size-1) arrays",
        "A function for single numbers was given an array: use NumPy's, such as np.exp.",
    ),
    (
        r"truth value of an array",
        "`if`, `and`, `max` need one yes or no; np.where and np.maximum go entry by entry.",
    ),
    (r"could not be broadcast|core dimension|not aligned", SHAPES),
    (
        r"inhomogeneous shape",
        "The parts differ in shape: take the one you need, or make them alike (np.zeros_like).",
    ),
    (
        r"^axis 1 is out of bounds",
        "One example alone has a single axis: axis=-1 is the last, however many there are.",
    ),
    (
        r"can't set attribute",
        "A named tuple cannot be changed: compute new arrays and make a new one of them.",
    ),
    (
        r"can't multiply sequence|unsupported operand .*'(Parameters|tuple)'",
        "A tuple of arrays is no array: go through its parts.",
    ),
    (r"name '[A-E]' is not defined", 'A letter is text: write it in quotes, such as "B".'),
)


def meaning(error: BaseException) -> str:
    """Return what to do about an error, or "" if its own text has to be enough."""
    text = str(error)
    return next((step for pattern, step in MEANINGS if re.search(pattern, text)), "")
