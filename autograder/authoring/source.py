"""Reads the text source of an assignment: py:percent cells with short markers. Trusted side.

    # %% [markdown]                               prose
    # %% given="imports"                          locked code that answers need
    # %% given="train" reference="train"          the same, its text taken from the reference
    # %% exercise="softmax"                       an answer, generated from the reference
    # %% [markdown] exercise="explain_regions"    a written answer; the text is the model answer
    # %% [markdown] exercise="choose_shift"       a multiple-choice question (see `_question`)
    # %% show="digits"                            locked code that only displays

Jupytext reads these files too, but forgives what it does not understand; here every mistake is an
error with file, line and remedy.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from autograder.release import Choice, Question
from glm2mlp.course import LETTERS, Assignment

Kind = Literal["prose", "given", "exercise", "show"]

MARKER = re.compile(r'# %%(?P<markdown> \[markdown\])?(?P<keys>( [a-z]+="[^"]*")*)')
NAME = re.compile(r"[a-z][a-z0-9_]*")
CHOICE = re.compile(r"- \[(?P<mark>[ x])\] (?P<text>\S.*)")
GENERATED = ("heading", "how_to_work", "seed", "checks", "before_you_submit", "check_all")
FORM = 'write e.g. `# %% [markdown]`, `# %% exercise="softmax"`, `# %% show="digits"`'
CHOICE_FORM = "write `- [ ] text` (`- [x]` for the right one) and, below it, `  > explanation`"


class SourceError(ValueError):
    """A mistake in a text source: where it is, what it is, and what to do."""

    def __init__(self, path: Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {remedy}")


@dataclass(frozen=True)
class SourceCell:
    """A cell as written. Prose has no `name`; `reference` names a function to be shown whole.

    `line` is that of the marker, `text_line` that in which the text begins. `question` is what the text
    of a multiple-choice exercise says.
    """

    line: int
    cell_type: Literal["code", "markdown"]
    kind: Kind
    name: str
    reference: str
    text: str
    text_line: int
    question: Question | None = None


def read_source(path: Path, assignment: Assignment) -> tuple[SourceCell, ...]:
    """Read the cells of the text source at `path`, checked against its declaration."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("# %%")]
    if not starts or any(line.strip() for line in lines[: starts[0] - 1]):
        raise SourceError(path, 1, "text before the first cell", "start with `# %% [markdown]`")
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    cells = tuple(
        _cell(path, start, lines[start - 1], lines[start:end])
        for start, end in zip(starts, ends, strict=True)
    )
    if cells[0].kind != "prose":
        remedy = "start with `# %% [markdown]`; it goes under the title"
        raise SourceError(path, cells[0].line, "no introduction", remedy)
    _check_names(path, cells, assignment)
    choices = {each.name: each.choices for each in assignment.exercises if each.kind == "choice"}
    return tuple(
        replace(cell, question=_question(path, cell, choices[cell.name]))
        if cell.kind == "exercise" and cell.name in choices
        else cell
        for cell in cells
    )


def _cell(path: Path, line: int, marker: str, body: list[str]) -> SourceCell:
    match = MARKER.fullmatch(marker.rstrip())
    if match is None:
        raise SourceError(path, line, f"cannot read the marker {marker.strip()!r}", FORM)
    pairs = re.findall(r'([a-z]+)="([^"]*)"', match["keys"])
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise SourceError(path, line, "a key is given twice", FORM)
    cell_type: Literal["code", "markdown"] = "markdown" if match["markdown"] else "code"
    kind, name = _kind(path, line, cell_type, keys)
    texts = _uncomment(path, line, body) if cell_type == "markdown" else body
    first = next((i for i, text in enumerate(texts, line + 1) if text), line)
    text = "\n".join(texts).strip("\n")
    cell = SourceCell(line, cell_type, kind, name, keys.get("reference", ""), text, first)
    _check_text(path, cell)
    return cell


def _kind(path: Path, line: int, cell_type: str, keys: dict[str, str]) -> tuple[Kind, str]:
    kinds: tuple[Kind, ...] = ("given", "exercise", "show")
    found = [kind for kind in kinds if kind in keys]
    unknown = keys.keys() - {*kinds, "reference"}
    if unknown:
        known = ", ".join((*kinds, "reference"))
        raise SourceError(path, line, f"unknown key {min(unknown)!r}", f"use one of {known}")
    if len(found) > 1:
        raise SourceError(path, line, "a cell has one role", f"keep one of {', '.join(found)}")
    if "reference" in keys and found != ["given"]:
        raise SourceError(path, line, "reference= without given=", "only given cells quote it")
    if cell_type == "markdown" and found not in ([], ["exercise"]):
        raise SourceError(path, line, f"{found[0]}= marks code", "drop [markdown] or the key")
    if not found:
        if cell_type == "code":
            raise SourceError(path, line, "a code cell without a role", FORM)
        return "prose", ""
    name = keys[found[0]]
    if not NAME.fullmatch(name):
        remedy = "use lower-case letters, digits and _"
        raise SourceError(path, line, f"{name!r} is not a name", remedy)
    return found[0], name


def _uncomment(path: Path, line: int, body: list[str]) -> list[str]:
    texts = []
    for number, text in enumerate(body, line + 1):
        if text.strip() and not re.match(r"#( |$)", text):
            remedy = "begin each line of a markdown cell with `# `"
            raise SourceError(path, number, "code in a markdown cell", remedy)
        texts.append(text[2:].rstrip())
    return texts


def _check_text(path: Path, cell: SourceCell) -> None:
    generated = cell.reference or (cell.kind == "exercise" and cell.cell_type == "code")
    if generated and cell.text:
        problem = f"the text of {cell.name!r} is generated from solutions/"
        raise SourceError(path, cell.line, problem, "change it there and leave this cell empty")
    if not generated and not cell.text:
        raise SourceError(path, cell.line, "an empty cell", "fill it or delete its marker")


def _question(path: Path, cell: SourceCell, number: int) -> Question:
    """Read the text of a multiple-choice exercise: a prompt, then `number` choices like these.

    - [ ] A wrong answer, on one line
      or on several.
      > Why it is wrong: what a student who chose it reads after grading.
    - [x] The right answer.
      > Why it is right.
    """
    prompt: list[str] = []
    drafts: list[_Draft] = []
    for line, text in enumerate(cell.text.split("\n"), cell.text_line):
        if match := CHOICE.fullmatch(text):
            drafts.append(_Draft(line, match["mark"] == "x", [match["text"]], []))
        elif text.startswith("- ["):
            raise SourceError(path, line, "cannot read this choice", CHOICE_FORM)
        elif not drafts:
            prompt.append(text)
        elif text.startswith("  >"):
            drafts[-1].explanation.append(text[3:].strip())
        elif text.startswith("  ") and not drafts[-1].explanation:
            drafts[-1].text.append(text.strip())
        elif text:
            raise SourceError(path, line, "text that belongs to no choice", CHOICE_FORM)
    _check_question(path, cell, "".join(prompt), drafts, number)
    letters = LETTERS[: len(drafts)]
    choices = {
        letter: Choice("\n".join(draft.text), " ".join(draft.explanation))
        for letter, draft in zip(letters, drafts, strict=True)
    }
    right = next(letter for letter, draft in zip(letters, drafts, strict=True) if draft.right)
    return Question("\n".join(prompt).strip("\n"), choices, right)


@dataclass(frozen=True)
class _Draft:
    """A choice as far as it is read."""

    line: int
    right: bool
    text: list[str]
    explanation: list[str]


def _check_question(
    path: Path, cell: SourceCell, prompt: str, drafts: list[_Draft], number: int
) -> None:
    if not prompt:
        raise SourceError(path, cell.line, f"{cell.name!r} asks nothing", "put a question first")
    if len(drafts) != number or not 3 <= number <= len(LETTERS):
        problem = f"{cell.name!r} has {len(drafts)} choices, assignment.toml says {number}"
        remedy = f"give it 3 to {len(LETTERS)}, and say `choices = …` in assignment.toml unless 4"
        raise SourceError(path, cell.line, problem, remedy)
    texts = set()
    for draft in drafts:
        if not any(draft.explanation):
            raise SourceError(path, draft.line, "a choice without an explanation", CHOICE_FORM)
        if tuple(draft.text) in texts:
            raise SourceError(path, draft.line, "the same choice again", "give another one")
        texts.add(tuple(draft.text))
    right = sum(draft.right for draft in drafts)
    if right != 1:
        problem = f"{cell.name!r} has {right} right choices"
        raise SourceError(path, cell.line, problem, "mark one by `- [x]`")


def _check_names(path: Path, cells: Iterable[SourceCell], assignment: Assignment) -> None:
    """Each name once, and the exercises exactly those of assignment.toml, in its order."""
    kinds = {exercise.name: exercise.kind for exercise in assignment.exercises}
    lines: dict[str, int] = {}
    order = []
    before: Kind | None = None
    for cell in cells:
        before, previous = cell.kind, before
        if cell.kind == "prose":
            continue
        if cell.name in lines:
            problem = f"{cell.name!r} stands already in line {lines[cell.name]}"
            raise SourceError(path, cell.line, problem, "give each cell a name of its own")
        if cell.name in GENERATED or cell.name.startswith(("test_", "prose_")):
            problem = f"{cell.name!r} is the name of a generated cell"
            raise SourceError(path, cell.line, problem, "choose another")
        lines[cell.name] = cell.line
        if cell.kind != "exercise":
            continue
        if cell.name not in kinds:
            problem = f"assignment.toml has no exercise {cell.name!r}"
            raise SourceError(path, cell.line, problem, f"use one of {', '.join(kinds)}")
        if (kinds[cell.name] in ("written", "choice")) != (cell.cell_type == "markdown"):
            problem = f"{cell.name!r} is of kind {kinds[cell.name]!r} in assignment.toml"
            remedy = "[markdown] is for written answers and multiple choice"
            raise SourceError(path, cell.line, problem, remedy)
        if previous != "prose" and kinds[cell.name] != "choice":
            problem = f"{cell.name!r} has no prompt"
            raise SourceError(path, cell.line, problem, "put a [markdown] cell before it")
        order.append(cell.name)
    missing = [name for name in kinds if name not in order]
    if missing:
        remedy = f'add `# %% exercise="{missing[0]}"`, or take it out of assignment.toml'
        raise SourceError(path, 1, f"no cell for {', '.join(missing)}", remedy)
    if order != list(kinds):
        remedy = f"assignment.toml says {', '.join(kinds)}"
        raise SourceError(path, lines[order[0]], "the exercises are in another order", remedy)
