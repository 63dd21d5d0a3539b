"""Expands a text source into the cells of a notebook, solved or as released. Trusted side."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from autograder.authoring.source import SourceCell, read_source
from autograder.authoring.stubs import (
    BEGIN,
    CODE_STUB,
    END,
    TEXT_STUB,
    answer_cell,
    choice_cell,
    reference_text,
    shown_whole,
    strip_solution,
    written_cell,
)
from autograder.release import Cell, Question, Release
from glm2mlp.course import Assignment, Exercise

WORDS = re.compile(r"[^\W\d_]{2,}")  # one that is read, and no letter of a formula

HOW_TO_WORK = """\
**How to work**

- Go from top to bottom. In an answer cell, replace the line that raises `NotImplementedError`, and
  keep the function's name and arguments. The docstring says what comes in and what has to come out.
- Run the cell below your answer. It checks a few cases and, if one fails, says what to look at.
  Grading uses other inputs, of every kind that the docstring allows.
- A later exercise may call your earlier functions. A mistake costs its own points only: where an earlier
  function is still wrong, grading lends you a right one.
- Add cells of your own wherever you want to try something.
- First choose a `seed`, any whole number, in the next cell. The data of your pictures are drawn from it, so
  that yours are not your neighbour's. It has no influence on points."""

SEED = "seed = 1  # any whole number of your own: it draws the data of your pictures"

BEFORE_YOU_SUBMIT = """\
## Before you submit

1. Restart the kernel and run all cells (menu *Kernel*), since what lives only in an old session is
   missing in grading. The run stops at the first check that fails.
2. Look at the list that the next cell shows: it says of each exercise whether its checks pass. What
   you leave unfinished costs its own points only.
3. Save the notebook, then submit it."""


@cache
def load_release(assignment: Assignment) -> Release:
    """Make the cells that students receive of an assignment, in memory and without nbgrader.

    They are what nbgrader makes of the source notebook; a test compares the two.
    """
    cells = (
        replace(cell, source=strip_solution(cell.source, stub))
        for cell in solved_cells(assignment)
        for stub in [TEXT_STUB if cell.role == "written" else CODE_STUB]
    )
    questions = {cell.name: cell.question for cell in _source(assignment) if cell.question}
    return Release(assignment, tuple(cells), questions)


def solved_cells(assignment: Assignment) -> tuple[Cell, ...]:
    """Make the cells of nbgrader's source notebook of an assignment, with the solutions.

    The text source holds the substance; what is the same in each notebook is put around it.
    """
    introduction, *source = _source(assignment)
    cells = tuple(_expand(source, assignment))
    title = heading(assignment, introduction.text, _minutes(cells))
    imports = f"from glm2mlp.checks.{assignment.name} import check, check_all, ready"
    return (
        Cell("heading", "prose", "markdown", title),
        Cell("how_to_work", "prose", "markdown", HOW_TO_WORK),
        Cell("seed", "seed", "code", SEED),
        Cell("checks", "show", "code", imports),
        *cells,
        Cell("before_you_submit", "prose", "markdown", BEFORE_YOU_SUBMIT),
        Cell("check_all", "show", "code", "check_all()"),
    )


def _source(assignment: Assignment) -> tuple[SourceCell, ...]:
    path = assignment.course.path("hidden", assignment.name, "text.py")
    return read_source(path, assignment)


def _expand(source: list[SourceCell], assignment: Assignment) -> Iterator[Cell]:
    exercises = {exercise.name: exercise for exercise in assignment.exercises}
    followers = [*source[1:], None]
    for cell, grade_id, follower in zip(source, _ids(source), followers, strict=True):
        if cell.kind == "prose":
            text = cell.text
            if follower and follower.kind == "exercise" and not follower.question:
                text += "\n\n" + worth(exercises[follower.name])
            yield Cell(grade_id, "prose", "markdown", text)
        elif cell.question:
            text = question_text(cell.question) + "\n\n" + worth(exercises[cell.name])
            yield Cell(f"prose_{cell.name}", "prose", "markdown", text)
            yield Cell(grade_id, "answer", "code", choice_cell(cell.name, cell.question))
            yield _check_cell(cell.name)
        elif cell.kind == "exercise" and cell.cell_type == "markdown":
            yield Cell(grade_id, "written", "markdown", written_cell(cell.text))
        elif cell.kind == "exercise":
            yield Cell(
                grade_id, "answer", "code", answer_cell(reference_text(assignment, cell.name))
            )
            yield _check_cell(cell.name)
        elif cell.reference:
            text = shown_whole(reference_text(assignment, cell.reference))
            yield Cell(grade_id, cell.kind, "code", text)
        else:
            yield Cell(grade_id, cell.kind, "code", cell.text)


def _check_cell(exercise: str) -> Cell:
    return Cell(f"test_{exercise}", "test", "code", f'check("{exercise}")')


def question_text(question: Question) -> str:
    """Write a multiple-choice question as students read it: the prompt, then the lettered choices."""
    choices = (
        f"- **{letter}.** " + choice.text.replace("\n", "\n  ")
        for letter, choice in question.choices.items()
    )
    return "\n".join((question.prompt, "", *choices))


def minutes(assignment: Assignment) -> int:
    """Estimate the minutes that an assignment takes a student who knows the lecture, in steps of ten.

    One minute for 120 words to read and for each figure to look at, two for each line of the solution and for
    each answer to be checked and mended, ten for an explanation. What all notebooks have is left out.
    """
    _, *source = _source(assignment)
    return _minutes(_expand(source, assignment))


def _minutes(cells: Iterable[Cell]) -> int:
    needed = 0.0
    for cell in cells:
        if cell.role == "written":
            needed += 10
        elif cell.cell_type == "markdown":
            needed += len(WORDS.findall(cell.source)) / 120
        elif cell.role == "answer":
            _, _, marked = cell.source.partition(BEGIN)
            solution, _, _ = marked.partition(END)
            lines = [line.strip() for line in solution.splitlines()]
            needed += 2 + 2 * sum(
                1 for line in lines if line.strip("#") and not line.startswith("# ")
            )
        elif cell.role == "show":
            needed += 1
    return 10 * round(needed / 10)


def about(minutes: int) -> str:
    """Write a time as people say it."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest)
    return "about " + " ".join(parts)


def heading(assignment: Assignment, introduction: str, time: int) -> str:
    """Write the first cell: what it is about, what is learnt, how long it takes, what counts."""
    objectives = dict.fromkeys(exercise.objective for exercise in assignment.exercises)
    rows = (f"| `{each.name}` | {each.points:g} |" for each in assignment.exercises)
    return "\n".join(
        (
            f"# {assignment.title}",
            "",
            introduction,
            "",
            "**What you will learn**",
            "",
            *(f"- {assignment.course.objectives[name]}" for name in sorted(objectives)),
            "",
            f"**Estimated time**: {about(time)}. "
            f"**Your answers may import**: {', '.join(assignment.imports)}.",
            "",
            "| exercise | points |",
            "|:--|--:|",
            *rows,
            f"| **all** | **{assignment.max_points:g}** |",
        )
    )


def worth(exercise: Exercise) -> str:
    """Write the lines under an exercise's prompt: points, and the rubric if any."""
    lines = [f"*`{exercise.name}` · {_points(exercise.points)}*"]
    if exercise.rubric:
        criteria = (f"- {text} ({_points(points)})" for text, points in exercise.rubric)
        lines += ["", "What earns the points:", "", *criteria]
    return "\n".join(lines)


def _points(points: float) -> str:
    return "1 point" if points == 1 else f"{points:g} points"


def _ids(source: list[SourceCell]) -> list[str]:
    """Give each cell its name as id; prose gets that of the next named cell, and a number.

    So a new paragraph renames at most the paragraphs of its own section. A question counts as prose.
    """
    ids: list[str] = []
    section, count = "end", 0
    for cell in reversed(source):
        if cell.kind == "prose":
            count += 1
            ids.append(f"prose_{section}_{count}" if count > 1 else f"prose_{section}")
        else:
            section, count = cell.name, int(cell.question is not None)
            ids.append(cell.name)
    return ids[::-1]
