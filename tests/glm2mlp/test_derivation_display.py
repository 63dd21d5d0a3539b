"""What is printed is what is checked: a reader that knows only the printed text finds the values."""

import numpy as np
import pytest
from latex_reader import Reader
from latex_values import Scope, evaluate, mp, read_legend
from lecture_derivations import NAMES, derivation
from thinning import some

from glm2mlp.derivation.latex import latex
from glm2mlp.derivation.numeric import value
from glm2mlp.derivation.terms import walk


def scope_of(derivation, world):
    """The printed legend, and the point's numbers under their printed names."""
    scope = read_legend(derivation.legend)
    numbers = {("name", letter, ""): length for letter, length in world.sizes.items()}
    for key, number in world.values.items():
        text = key.name if hasattr(key, "size") else latex(key)
        exact = isinstance(number, int) or getattr(key, "over", None) is not None
        numbers[Reader(text).whole()] = number if exact else np.frompyfunc(mp.mpf, 1, 1)(number)
    for line in derivation.lines:
        for index in (part.data for part in walk(line.term, hidden=True) if part.op == "index"):
            numbers["range", ("name", index.name, "")] = world.sizes.get(index.size)
    return Scope(scope.definitions, numbers, world.example)


@pytest.mark.parametrize("name", some(NAMES))
def test_the_printed_lines_have_the_values_that_were_checked(name):
    checked = derivation(name)
    worlds = [worlds[0] for worlds in checked.worlds()[:2]]
    for line in checked.lines:
        term = line.term.parts[0] if line.term.op in ("argmin", "argmax") else line.term
        node = Reader(latex(line.term)).whole()
        for world in worlds:
            read = evaluate(node, scope_of(checked, world))
            difference = np.max(np.abs(read - value(term, world)))
            assert difference < 1e-25, latex(line.term)
