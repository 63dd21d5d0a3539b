"""The class that is graded: made-up students of `softmax_regression`, and what their answers must earn."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

NAME = "softmax_regression"
POINTS = {each.name: each.points for each in ASSIGNMENTS[NAME].exercises if each.kind != "written"}

# Mistakes that students make, by the exercise they are made in.
MISTAKES = {
    "softmax": "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum()\n",
    "gradient": (
        "def gradient(W, X, t, l2=0.0):\n"
        "    return X.T @ (softmax(X @ W) - one_hot(t, W.shape[1]))\n"
    ),
    "predict": "def predict(W, X):\n    return (X @ W).argmin(axis=1)\n",
}
# As right as the reference's, and as long; its lines, but the first and the last, are one student's own.
OWN_LINES = """\
def derive_softmax_gradient():
    return [
        Derivative(-log(exp(z_0) / S), z_0),
        Derivative({k} * log(S) - {k} * z_0, z_0) / {k},
        Derivative({k} * log(S), z_0) / {k} - 1,
        Derivative({k} * S, z_0) / ({k} * S) - 1,
        exp(z_0) / S - 1,
    ]
"""
# What uses a mistaken exercise may lose points or not: graders differ in that.
USES = {"softmax": ("gradient",), "gradient": (), "predict": ()}
# Half has solved everything, a quarter made one of the mistakes, a quarter left the second half.
MIXTURE = 4 * len(
    MISTAKES
)  # so many students have each kind once, those without a mistake several times


def student(number: int) -> str:
    """The name of a student."""
    return f"student_{number:02}"


def hand_in(
    course: Path, released: dict[str, Any], submissions: int, *, own_lines: bool = False
) -> None:
    """Put the notebooks of a class where `autograder collect` and nbgrader put them.

    `own_lines`: no two of them have the same derivation.
    """
    for number in range(submissions):
        answers = dict(answers_of(number))
        if own_lines and "derive_softmax_gradient" in answers:
            answers["derive_softmax_gradient"] = OWN_LINES.format(k=number + 2)
        cells = [
            {**cell, "source": answers.get(cell["id"], cell["source"])}
            for cell in released["cells"]
        ]
        path = course / "submitted" / student(number) / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({**released, "cells": cells}))


def answers_of(number: int) -> Iterator[tuple[str, str]]:
    """The answers of one student, by exercise."""
    yield from solutions()[: _done(number)]
    if mistaken := _mistaken(number):
        yield mistaken, MISTAKES[mistaken]


@cache
def solutions() -> tuple[tuple[str, str], ...]:
    """The right answers in the order of the notebook."""
    return tuple(
        (cell.grade_id, cell.source)
        for cell in solved_cells(ASSIGNMENTS[NAME])
        if cell.role == "answer"
    )


def wrong_score(number: int, scores: Mapping[str, float]) -> str | None:
    """Why the scores that a grader gave, by exercise, can't be those of this student; None if they can."""
    names = [name for name, _ in solutions()]
    mistaken = _mistaken(number)
    unsure = (mistaken, *USES[mistaken]) if mistaken else ()
    for name in names[: _done(number)]:
        if name not in unsure and scores.get(name) != POINTS[name]:
            return f"{name}: {scores.get(name)} of {POINTS[name]:g} points for a right answer"
    for name in [mistaken] if mistaken else names[_done(number) :]:
        score = scores.get(name)
        if score is None or not score < POINTS[name]:
            return f"{name}: {score} of {POINTS[name]:g} points for a wrong answer"
        if score and not mistaken:
            return f"{name}: {score:g} points for no answer"
    return None


def _done(number: int) -> int:
    """How many exercises the student has answered."""
    return len(solutions()) // 2 if number % 4 == 3 else len(solutions())


def _mistaken(number: int) -> str | None:
    """The exercise in which the student made a mistake."""
    return list(MISTAKES)[number // 4 % len(MISTAKES)] if number % 4 == 1 else None
