"""Expands a text source into the cells of a notebook, solved or as released. Trusted side."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import autograder
from autograder.authoring.source import SourceCell, read_source
from autograder.authoring.stubs import (
    CODE_STUB,
    TEXT_STUB,
    answer_cell,
    load_given,
    load_reference,
    source_of,
    strip_solution,
    written_cell,
)
from autograder.release import Cell, Release
from glm2mlp.catalogue import ASSIGNMENTS, OBJECTIVES, Assignment, Exercise


def assignments_directory() -> Path:
    """Where the text sources are: in an installed package inside it, else beside it."""
    package = Path(autograder.__file__).parent
    installed = package / "_assignments"
    return installed if installed.is_dir() else package.parent / "assignments"


@cache
def load_release(name: str) -> Release:
    """The cells that students receive of assignment `name`, in memory and without nbgrader.

    They are what nbgrader makes of the source notebook; a test compares the two.
    """
    cells = (
        replace(cell, source=strip_solution(cell.source, stub))
        for cell in solved_cells(name)
        for stub in [TEXT_STUB if cell.role == "written" else CODE_STUB]
    )
    return Release(ASSIGNMENTS[name], tuple(cells))


def solved_cells(name: str) -> tuple[Cell, ...]:
    """The cells of nbgrader's source notebook of assignment `name`, with the solutions."""
    assignment = ASSIGNMENTS[name]
    source = read_source(assignments_directory() / f"{name}.py", assignment)
    reference = load_reference(name)
    cells = [Cell("heading", "prose", "markdown", heading(assignment))]
    for cell, grade_id, following in zip(source, _ids(source), [*source[1:], None], strict=True):
        if cell.kind == "prose":
            text = cell.text
            if following is not None and following.kind == "exercise":
                text += "\n\n" + worth(assignment.exercise(following.name))
            cells.append(Cell(grade_id, "prose", "markdown", text))
        elif cell.kind == "exercise" and cell.cell_type == "markdown":
            cells.append(Cell(grade_id, "written", "markdown", written_cell(cell.text)))
        elif cell.kind == "exercise":
            cells.append(Cell(grade_id, "answer", "code", answer_cell(reference[cell.name])))
            cells.append(Cell(f"test_{cell.name}", "test", "code", f'check("{cell.name}")'))
        else:
            text = source_of(load_given(name, cell.reference)) if cell.reference else cell.text
            cells.append(Cell(grade_id, cell.kind, "code", text))
    return tuple(cells)


def heading(assignment: Assignment) -> str:
    """The first cell: what is learnt, how long it takes, what it is worth."""
    objectives = dict.fromkeys(exercise.objective for exercise in assignment.exercises)
    rows = (
        f"| `{exercise.name}` | {', '.join(exercise.items)} | {exercise.objective} "
        f"| {exercise.points:g} |"
        for exercise in assignment.exercises
    )
    return "\n".join(
        (
            f"# {assignment.title}",
            "",
            "**What you will learn**",
            "",
            *(f"- {name}: {OBJECTIVES[name]}" for name in sorted(objectives)),
            "",
            f"**Estimated time**: {_hours(assignment.minutes)}. "
            f"**Your answers may import**: {', '.join(assignment.imports)}.",
            "",
            "| exercise | lecture items | objective | points |",
            "|:--|:--|:--|--:|",
            *rows,
            f"| **all** | | | **{assignment.max_points:g}** |",
        )
    )


def worth(exercise: Exercise) -> str:
    """The line under an exercise's prompt: its points and where the lecture tells of it."""
    points = "1 point" if exercise.points == 1 else f"{exercise.points:g} points"
    line = f"*`{exercise.name}` · {points} · lecture {', '.join(exercise.items)}*"
    criteria = (f"- {text} ({points:g})" for text, points in exercise.rubric)
    return "\n".join((line, *(("", "What earns the points:", "", *criteria) if exercise.rubric else ())))


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest)
    return "about " + " ".join(parts)


def _ids(source: tuple[SourceCell, ...]) -> list[str]:
    """An id for each cell: its name; for prose, that of the next named cell and a number.

    So a new paragraph renames at most the paragraphs of its own section.
    """
    ids: list[str] = []
    section, count = "end", 0
    for cell in reversed(source):
        if cell.kind == "prose":
            count += 1
            ids.append(f"prose_{section}_{count}" if count > 1 else f"prose_{section}")
        else:
            section, count = cell.name, 0
            ids.append(cell.name)
    return ids[::-1]
