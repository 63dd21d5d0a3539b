"""The lines of code that exercises ask for, as nothing that students get may show them."""

import re

from autograder.authoring import load_release
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

RENAMING = re.compile(r"[\w, ]+ = \w+")  # W_h, b_h = parameters: nothing to find out


def squeezed(text: str) -> str:
    """The text without spaces and signs of quotation, as which code survives colouring and JSON."""
    return re.sub(r"[\s\"'\\]+", "", text)


def code_lines(source: str) -> list[str]:
    """The lines of some code that say something of their own."""
    lines = (line.split("  #")[0].strip() for line in source.splitlines())
    return [
        line
        for line in lines
        if len(squeezed(line)) >= 16 and not line.startswith("#") and not RENAMING.fullmatch(line)
    ]


def solution_lines() -> list[tuple[str, str]]:
    """The lines of all solutions but those that notebooks give, each with the exercise's name."""
    return [
        (cell.grade_id, line)
        for name in ASSIGNMENTS
        for given in [squeezed("\n".join(cell.source for cell in load_release(name).cells))]
        for cell in solved_cells(name)
        if cell.role == "answer"
        for body in re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.DOTALL)
        for line in code_lines(body)
        if squeezed(line) not in given
    ]
