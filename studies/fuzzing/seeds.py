"""Where fuzzers start: real frames and notebooks, and the words that they are made of."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.authoring.cells import solved_cells
from autograder.report import Evidence, ExerciseResult, Plot, PublicCheck, Report, TestResult
from autograder.worker import wire
from glm2mlp.catalogue import ASSIGNMENTS
from studies.fuzzing.properties import ASSIGNMENT

WORDS = (
    *(f'"{tag}"' for tag in "ltbnaeur"),
    *(f'"{dtype}"' for dtype in sorted(wire.DTYPES)),
    *('"id"', '"value"', '"problem"', '"error"', '"unsendable"', '"missing"', '"memory"', '"type"'),
    *('"text"', '"line"', '"loan"', '"args"', '"kwargs"', '"draws"', '"warned"', '"replies"'),
    *('"resumed"', '"checks"', '"sentence"', '"status"', '"sigmoid"', '"l2"', '"Generator"'),
    *('"Parameters"', "null", "true", "NaN", "-Infinity", "1e999", "[", "]", "{", "}", "ID"),
    *('"\\\\ud800"', "\\x00", "9223372036854775808", '["a",0,"<f8",[2]]', '["b",0]'),
)
VALUES: tuple[Any, ...] = (
    None,
    [True, -1, 2.5, "text", b"bytes"],
    {"a": (1, [np.ones((2, 3)), np.arange(4) > 1]), "b": np.float32(2)},
    np.zeros((0, 3), dtype="<c16"),
    wire.Expression(["Add", 1, ["Symbol", "x"]]),
    {"value": {"W": object(), "b": np.arange(3, dtype="<i2")}},
)
CHECK = {
    **dict.fromkeys(("sentence", "call", "expected", "got", "hint"), "text"),
    "status": "failed",
}
REPLIES: tuple[dict[str, Any], ...] = (
    {"value": np.array([0.5, 0.5])},
    {"value": 1.0, "args": (np.ones(2), 3), "kwargs": {"l2": 0.5}, "draws": (), "warned": True},
    {"problem": "error", "type": "ValueError", "text": "shapes", "line": 3},
    {"problem": "unsendable", "text": "a list of Foo"},
    {"problem": "missing", "text": "sigmoid"},
    {"problem": "memory"},
    {"loan": "sigmoid", "args": (np.ones(2),), "kwargs": {}},
    {"replies": [{}]},
    {"replies": [{"problem": "error", "type": "E", "text": "t", "line": 1, "resumed": True}]},
    {"checks": [CHECK]},
)

REPORT = Report(
    "s1",
    ASSIGNMENT,
    "graded",
    1.5,
    3.0,
    key="abc",
    sandbox=("seccomp",),
    repairs=("cell 3: «nll» was mended",),
    exercises={
        "sigmoid": ExerciseResult(
            1.5,
            3.0,
            "failed",
            tests=(TestResult("test_sigmoid", "failed", "message"),),
            hint="Look again.",
            evidence=Evidence(
                (PublicCheck("sentence", "failed"),), Plot("curve", (1.0, None), (1.0, 2.0))
            ),
        )
    },
    answers=({"name": "sigmoid", "mode": "answer", "source": "def sigmoid(z): ..."},),
    seed=7,
    versions={"python": "3"},
)


def seeds(target: str) -> Iterator[bytes]:
    """Inputs of a target that are as they should be."""
    if target == "notebook":
        yield from notebooks()
    elif target == "report":
        yield json.dumps(REPORT, default=vars).encode()
    elif target == "reply":
        for reply in REPLIES:
            yield _header({"id": "ID", **reply}).replace(b'"ID"', b"ID")
    elif target == "tree":
        for value in (*VALUES, *REPLIES):
            yield _header(value)
    else:
        for value in (*VALUES, *REPLIES):
            yield b"\xff" + wire.framed(*wire.dumps(value, value, to_tree=_tree))


def _tree(value: object) -> Any:
    return value.tree if type(value) is wire.Expression else None


def _header(value: Any) -> bytes:
    """The header of a frame, and its buffers behind a zero byte."""
    return b"\0".join(wire.dumps(value, to_tree=_tree))


def notebooks() -> Iterator[bytes]:
    """A solved notebook, and small parts of it."""
    cells = [
        {
            "cell_type": cell.cell_type,
            "id": cell.grade_id,
            "metadata": {"nbgrader": {"grade_id": cell.grade_id}} if cell.tracked else {},
            "source": cell.source.splitlines(keepends=True),
            **({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {}),
        }
        for cell in solved_cells(ASSIGNMENTS[ASSIGNMENT])
    ]
    for part in (cells, cells[:6], cells[6:12], cells[-5:]):
        yield json.dumps(
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": part}
        ).encode()


ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1.5, 10**30, float("nan"), "", "x", "\ud800", "\0", "a\nb", [], {}, [[]]),
    *(
        "def sigmoid(z):\n    return z",
        "sigmoid = lambda z: z",
        "class nll(",
        "import os, numpy as np",
    ),
    *(
        "def logit(" * 50,
        "(" * 300,
        "```\ndef nll(w, X, t):\n    pass\n```",
        "\u202e# \ufeff",
        "\r\n\r",
    ),
    *('"""', "    return 1", "%%bash\nls", "!ls", [["x"]], ["a", "b"], ["a\n", 1], {"a": [1]}),
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A notebook with a few parts moved, copied, removed or replaced; other data as it is."""
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for _ in range(rng.randint(1, 6)):
        _mutate(notebook, rng)
    try:
        return json.dumps(notebook).encode()
    except (ValueError, RecursionError):
        return data


def _mutate(tree: Any, rng: random.Random) -> None:
    """Change one place of a tree of JSON."""
    places = [tree]
    while (inner := _inner(places[-1])) and rng.random() < 0.85:
        places.append(rng.choice(inner))
    at = next((place for place in reversed(places) if type(place) in (list, dict) and place), None)
    if at is None:
        return
    key = rng.choice(list(at) if type(at) is dict else range(len(at)))
    change = rng.randrange(5)
    if change == 0:
        at[key] = copy.deepcopy(rng.choice(ODD))  # what is put there will be changed, too
    elif change == 1 and type(at) is list:
        at.insert(rng.randrange(len(at) + 1), json.loads(json.dumps(at[key])))
    elif change == 2:
        del at[key]
    elif change == 3 and type(at) is list:
        rng.shuffle(at)
    elif type(at[key]) is str and at[key]:
        cut = rng.randrange(len(at[key]))
        at[key] = (
            at[key][:cut] + rng.choice(("", "\n", "x", "def nll(", '"""')) + at[key][cut + 1 :]
        )
    else:
        other = rng.choice(list(at) if type(at) is dict else range(len(at)))
        at[key], at[other] = at[other], at[key]


def _inner(tree: Any) -> list[Any]:
    return list(tree.values()) if type(tree) is dict else tree if type(tree) is list else []
