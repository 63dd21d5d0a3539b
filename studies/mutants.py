"""Mutants of the reference: each function with one small change, by the operators of cosmic-ray."""

import contextlib
import difflib
import linecache
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from autograder.authoring import load_reference
from autograder.authoring.stubs import reference_text, shown_whole
from glm2mlp.catalogue import ASSIGNMENTS

# Need names to exchange, which they would take from nowhere.
UNUSED = {"core/VariableReplacer", "core/VariableInserter"}


@dataclass(frozen=True)
class Mutant:
    """A function that differs from the reference in one place, and the lines that differ."""

    change: str
    function: Callable[..., Any]


def mutants(assignment: str, exercise: str) -> Iterator[Mutant]:
    """Every mutant of the reference function of an exercise; two operators may make the same one, once."""
    right = load_reference(ASSIGNMENTS[assignment])[exercise]
    # Without annotations, which are no code to mutate.
    source = shown_whole(reference_text(ASSIGNMENTS[assignment], exercise))
    seen = {source}
    for name in operator_names():
        if name in UNUSED:
            continue
        for changed in _occurrences(source, get_operator(name)()):
            if changed not in seen:
                seen.add(changed)
                # An operator may take the bare * among parameters for a product, which is no Python.
                with contextlib.suppress(SyntaxError):
                    yield Mutant(_change(source, changed), _compiled(right, changed))


def _occurrences(source: str, operator: Any) -> Iterator[str]:
    occurrence = 0
    while (changed := mutate_code(source.encode(), operator, occurrence)) is not None:
        yield changed
        occurrence += 1


def _change(source: str, changed: str) -> str:
    """The lines that a mutant has in the place of the reference's, on one line."""
    lines = difflib.ndiff(source.splitlines(), changed.splitlines())
    return " ⏎ ".join(" ".join(line[2:].split()) for line in lines if line.startswith("+ "))


def _compiled(right: Callable[..., Any], source: str) -> Callable[..., Any]:
    """The function of a changed source, with the reference's own module around it."""
    names = dict(vars(sys.modules[right.__module__]))
    file = f"<mutant {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec", dont_inherit=True), names)  # noqa: S102 (our own source)
    function: Callable[..., Any] = names[right.__name__]
    return function
