"""Notebooks that are made to be misread. Without right answers, so that nothing may be earned."""

import json
from functools import partial

from attack import Attack, everywhere, first_function
from engine_kit import SOFTMAX, cell, notebook, solved

from glm2mlp.catalogue import ASSIGNMENTS

confusing = partial(Attack, "confusing the reader")
SOFTMAX_FUNCTIONS = [e.name for e in ASSIGNMENTS[SOFTMAX].exercises if e.kind == "function"]


def whole(tries, content, **more):
    """Hand in whatever `content` makes of the untouched cells."""
    return confusing(tries, content=lambda cells, _: content(cells), **more)


def marked(tries, change):
    """Change every cell's nbgrader metadata; `change` also gets the name of the first function."""

    def content(cells, assignment):
        for one in cells:
            if "nbgrader" in one["metadata"]:
                change(one["metadata"]["nbgrader"], first_function(assignment))
        return cells

    return confusing(tries, content=content)


def _right(name, assignment=SOFTMAX):
    cells = solved(assignment)
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def _all_return(n):
    return "\n".join(f"def {name}(*_):\n    return {n}" for name in SOFTMAX_FUNCTIONS)


def _text(cells, **top):
    return json.dumps({**notebook(cells), **top})


ATTACKS = (
    whole("a hundred thousand brackets", lambda cells: "[" * 100_000),
    whole("an object in an object in an object", lambda cells: '{"cells":' * 50_000),
    whole("two lists of cells", lambda cells: _text(cells)[:-1] + ', "cells": []}'),
    whole(
        "a number of ten thousand digits",
        lambda cells: _text(cells, nbformat=4, x=0)[:-2] + "9" * 10_000 + "}",
    ),
    whole(
        "NaN and infinity in the metadata",
        lambda cells: _text(cells, metadata={"a": float("nan"), "b": float("inf")}),
    ),
    whole("nbformat infinity", lambda cells: _text(cells, nbformat=float("inf"))),
    whole("nbformat as text", lambda cells: _text(cells, nbformat="4")),
    whole("nbformat 99", lambda cells: _text(cells, nbformat=99)),
    whole("cells that are no cells", lambda cells: _text([None, 3, "x", [], {}, *cells])),
    whole("cells in cells", lambda cells: _text([{"cells": cells}])),
    whole(
        "metadata as a list",
        lambda cells: _text([{**c, "metadata": [c["metadata"]]} for c in cells]),
    ),
    whole(
        "sources that are no text",
        lambda cells: _text([{**c, "source": {"a": c["source"]}} for c in cells]),
    ),
    whole(
        "sources of a million empty lines", lambda cells: _text([*cells, cell(["\n"] * 1_000_000)])
    ),
    whole("a hundred thousand cells", lambda cells: _text([*cells, *[cell("x = 1")] * 100_000])),
    whole("bytes that are no text", lambda cells: b"\xff\xfe" + _text(cells).encode("utf-16-le")),
    whole("lone surrogates", lambda cells: _text([*cells, cell("x = '\ud800'")])),
    whole("null characters", lambda cells: _text([*cells, cell("x = '\0'")])),
    marked("a thousand points a cell", lambda mark, _: mark.update(points=1000, grade=True)),
    marked("points below zero", lambda mark, _: mark.update(points=-1e308)),
    marked("points that are NaN", lambda mark, _: mark.update(points=float("nan"))),
    marked("locks opened", lambda mark, _: mark.update(locked=False, solution=True)),
    marked("a schema of the future", lambda mark, _: mark.update(schema_version=10**6)),
    marked("every cell has the same name", lambda mark, first: mark.update(grade_id=first)),
    marked("names that climb", lambda mark, first: mark.update(grade_id=f"../../s1/{first}")),
    marked("names that are lists", lambda mark, first: mark.update(grade_id=[first])),
    marked(
        "names with invisible characters",
        lambda mark, first: mark.update(grade_id=f"{first}\u200b"),
    ),
    marked(
        "names of a hundred thousand letters", lambda mark, _: mark.update(grade_id="a" * 100_000)
    ),
    confusing(
        "functions whose names only look right",
        answers={"softmax": _right("softmax")["source"].replace("softmax", "softm\u0430x")},
    ),
    confusing(
        "a right answer in a text cell only",
        content=lambda cells, assignment: [
            *cells,
            cell(_right(first_function(assignment), assignment)["source"], cell_type="markdown"),
        ],
    ),
    confusing(
        "a right answer in a comment, a text and a branch that never runs",
        (
            "# " + _right("softmax")["source"].replace("\n", "\n# "),
            'x = """' + _right("predict")["source"].replace('"""', "") + '"""',
        ),
        on=SOFTMAX,
    ),
    confusing(
        "the harness, defined anew",
        (
            "def check(*a, **k): return 22\ncheck_all = ready = check\nclass Worker: pass\n"
            "__name__ = 'autograder.grading.grade'\nreport = {'points': 22}\n",
        ),
        everywhere("return report"),
    ),
    confusing(
        "a text that claims to be the seed, and a seed that claims to be an answer",
        content=lambda cells, assignment: [
            cell("raise SystemExit", "seed"),
            *cells,
            cell("seed = 10**5000", "seed"),
            cell("seed = 7", first_function(assignment)),
        ],
    ),
    confusing(
        "a definition in three hundred pieces, none of which ends",
        content=lambda cells, assignment: [
            *cells,
            *[cell(f"def {first_function(assignment)}(\n    Z,")] * 2,
            *[cell("    Z,")] * 300,
        ],
    ),
    confusing(
        "a cell that claims to be the test cell, another the imports",
        content=lambda cells, assignment: [
            *cells,
            cell("raise SystemExit", "imports"),
            cell("assert True  # passed", f"test_{first_function(assignment)}"),
            cell("points = 22", "explain_convex_regions"),
        ],
    ),
    confusing(
        "outputs that say how well it went",
        content=lambda cells, _: [
            {
                **c,
                "outputs": [
                    {
                        "output_type": "execute_result",
                        "data": {"text/plain": "22.0"},
                        "metadata": {},
                        "execution_count": 1,
                    }
                ],
            }
            for c in cells
        ],
    ),
    confusing(
        "scripts in outputs, attachments, names and prose",
        content=lambda cells, _: [
            *cells,
            {
                **cell("<script>alert(1)</script>", cell_type="markdown"),
                "attachments": {"x": {"text/html": "<script>alert(1)</script>"}},
            },
            {
                **cell("x = 1"),
                "outputs": [
                    {
                        "output_type": "display_data",
                        "metadata": {},
                        "data": {"text/html": "<script>alert(1)</script>"},
                    }
                ],
            },
        ],
    ),
    confusing(
        "scripts, links and control signs in what seems to be imported",
        answers={
            name: f'def {name}(*_):\n    """\nimport {text}\n"""\n    raise ValueError'
            for name, text in (
                ("softmax", "<script>alert(1)</script>"),
                ("log_softmax", "[here](javascript:alert(1))"),
                ("nll", "\x1b]0;title\x07"),
                ("gradient", ", ".join(f"m{n}" for n in range(5000))),
            )
        },
    ),
    confusing(
        "a kernel of its own choice",
        content=lambda cells, _: _text(
            cells, metadata={"kernelspec": {"name": "../../bin/sh", "argv": ["sh", "-c", "id"]}}
        ),
    ),
    whole(
        "thousands of cells that define everything, each otherwise",
        lambda cells: [*cells, *(cell(_all_return(n)) for n in range(1500))],
        on=SOFTMAX,
    ),
    whole(
        "thousands of cells that say that they are a locked one",
        lambda cells: [*cells, *(cell(f"x{n} = 1", "imports") for n in range(4900))],
    ),
    whole(
        "thousands of cells that raise above a function",
        lambda cells: [*cells, *(cell("1 / 0\ndef f(): pass") for _ in range(1500))],
    ),
)
