"""Reads the lectures' text, makes the notebooks beside it and runs them. Trusted side; for authors.

A lecture is MyST text: prose, code cells (```{code-cell} ipython3) and, above a piece of prose, a
line that says which items of the lecture and which exam topics it covers:

    +++ {"items": ["S2", "S3"], "exam": ["8"]}

Jupytext reads the cells; here every mistake is an error with file, line and remedy.
"""

import asyncio
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Literal, NamedTuple

import nbformat
from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from autograder.authoring.cells import WORDS
from autograder.authoring.lecture_markdown import DIRECTIVES, for_jupyter
from autograder.authoring.source import SourceError
from autograder.courses import course_at
from glm2mlp.course import Course

FRONT_MATTER = """\
---
file_format: mystnb
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---
"""
TAG_FORM = 'write e.g. `+++ {"items": ["S2", "S3"], "exam": ["8"]}`'
WIDTH = 84
WORDS_A_MINUTE, LINES_A_MINUTE = 80, 5  # that a reader follows, with pencil and paper
OPENING = ("**Objectives**", "**Prerequisites**", "**Reading time**")
FENCE = re.compile(r"(?P<fence>`{3,}|:{3,})(?P<what>.*)")
DIRECTIVE = re.compile(r"\{(?P<name>[^}]*)\} ?(?P<title>.*)")
RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+\s*")
WORD = re.compile(r"\w")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
ROLE = re.compile(r"\{[a-z:]+\}`")
# Of every kernel's own: a warning of these says nothing about the lecture.
STRICT = """\
import warnings
warnings.simplefilter("error")
for name in ("IPython", "ipykernel", "traitlets", "zmq", "tornado", "jupyter_client"):
    warnings.filterwarnings("ignore", module=name)
"""


@dataclass(frozen=True)
class LectureCell:
    """A cell: where it begins, its text, what it covers, and the heading that it stands under."""

    line: int
    cell_type: Literal["markdown", "code"]
    source: str
    heading: str
    tags: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    exam: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lecture:
    """A lecture as written. Its file is called for its number and name: 1_logistic_regression.md."""

    path: Path
    cells: tuple[LectureCell, ...]

    @property
    def name(self) -> str:
        """The name of the file, such as 1_logistic_regression."""
        return self.path.stem

    @property
    def title(self) -> str:
        """The heading of the first cell."""
        return self.cells[0].heading


def lecture_paths(course: Course) -> list[Path]:
    """List the lectures, in order."""
    return [course.path("lectures", f"{name}.md") for name in course.lectures]


def lecture_notebooks(course: Course) -> Iterator[tuple[Path, str]]:
    """Make the notebook of each lecture, as JSON, with the path beside the text."""
    for path in lecture_paths(course):
        yield path.with_suffix(".ipynb"), notebook_text(read_lecture(path, course))


def notebook_text(lecture: Lecture) -> str:
    """Make the lecture's notebook, as JSON."""
    return str(nbformat.writes(lecture_notebook(lecture))) + "\n"


def read_lecture(path: Path, course: Course) -> Lecture:
    """Read the cells of the lecture at `path`; raises SourceError at the first mistake."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith(FRONT_MATTER):
        raise SourceError(
            path, 1, "the head is not that of a lecture", f"begin with\n{FRONT_MATTER}"
        )
    _check_lines(path, text.splitlines(), course)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            notebook = myst_to_notebook(text, add_source_map=True)
    except (MystMetadataParsingError, UserWarning) as error:
        match = re.search(r"at line (\d+)", str(error))
        line = int(match[1]) if match else 1
        raise SourceError(path, line, str(error), "mend the options of the code cell") from None
    cells = tuple(_cells(path, notebook))
    _check_opening(path, cells[0])
    return Lecture(path, cells)


def explained(course: Course) -> dict[str, list[tuple[Lecture, str]]]:
    """Say of each item and each exam topic under which headings of which lectures it is explained."""
    keys = (*course.items, *course.exam_topics)
    found: dict[str, list[tuple[Lecture, str]]] = {key: [] for key in keys}
    for lecture in (read_lecture(path, course) for path in lecture_paths(course)):
        for cell in lecture.cells:
            for key in (*cell.items, *cell.exam):
                if (lecture, cell.heading) not in found[key]:
                    found[key].append((lecture, cell.heading))
    return found


def reading_minutes(lecture: Lecture) -> int:
    """Estimate the time to read a lecture, in steps of five minutes, from its words and its visible code."""
    words = lines = 0
    for cell in lecture.cells:
        if cell.cell_type == "markdown":
            words += len(WORDS.findall(FORMULA.sub(" ", cell.source)))
        elif "hide-input" not in cell.tags:
            lines += sum(1 for line in cell.source.splitlines() if line.strip())
    return 5 * round((words / WORDS_A_MINUTE + lines / LINES_A_MINUTE) / 5)


def lecture_notebook(lecture: Lecture) -> nbformat.NotebookNode:
    """Make the notebook that readers download: no outputs, ids that say where a cell stands."""
    kernelspec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(
        metadata={"kernelspec": kernelspec, "language_info": {"name": "python"}},
        cells=[
            _notebook_cell(cell, id_)
            for cell, id_ in zip(lecture.cells, _ids(lecture), strict=True)
        ],
    )


def execute(lecture: Lecture) -> nbformat.NotebookNode:
    """Run the lecture's code; a cell that raises, warns or writes to stderr raises SourceError."""
    return asyncio.run(_execute(lecture))


class Run(NamedTuple):
    """A lecture that was run: how many seconds it took, and what its cells printed."""

    seconds: float
    printed: str


def execute_all(course: Course, at_once: int = 2) -> dict[str, Run]:
    """Run the lectures of a course, `at_once` at a time, by name."""

    async def run_one(path: Path, places: asyncio.Semaphore) -> Run:
        async with places:
            start = perf_counter()
            notebook = await _execute(read_lecture(path, course))
            outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
            return Run(perf_counter() - start, "".join(each.get("text", "") for each in outputs))

    paths = lecture_paths(course)

    async def run() -> list[Run]:
        places = asyncio.Semaphore(at_once)
        return await asyncio.gather(*(run_one(path, places) for path in paths))

    return dict(zip((path.stem for path in paths), asyncio.run(run()), strict=True))


async def _execute(lecture: Lecture) -> nbformat.NotebookNode:
    notebook = lecture_notebook(lecture)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    resources = {"metadata": {"path": str(lecture.path.parent)}}
    client = NotebookClient(notebook, timeout=120, resources=resources, allow_errors=True)
    try:
        await client.async_execute()
    except CellExecutionError as error:
        raise SourceError(lecture.path, 1, str(error), "make the cell quicker") from None
    for cell, run in zip(lecture.cells, notebook.cells[1:], strict=True):
        for output in run.get("outputs", ()):
            if output.output_type == "error":
                problem = f"the cell fails: {output.ename}: {output.evalue}"
                raise SourceError(lecture.path, cell.line, problem, "mend the code")
            if output.get("name") == "stderr":
                problem = f"the cell writes to stderr: {output.text.strip()}"
                raise SourceError(lecture.path, cell.line, problem, "mend what it complains of")
    return notebook


def _check_lines(path: Path, lines: list[str], course: Course) -> None:
    """Check what can be seen line by line: tags, fences, roles."""
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if opened and opened[-1][1].startswith("`"):
            if line.rstrip() == opened[-1][1]:
                opened.pop()
        elif fence and not fence["what"].strip():
            if not opened or opened[-1][1] != fence["fence"]:
                raise SourceError(path, number, "a fence closes nothing", "open it with its name")
            opened.pop()
        elif fence:
            if opened:
                raise SourceError(path, number, "a fence within a fence", "close the first one")
            _check_fence(path, number, fence["fence"], fence["what"])
            opened.append((number, fence["fence"]))
        elif line.startswith("+++"):
            if opened:
                raise SourceError(path, number, "a tag within a fence", "close the fence first")
            _check_tag(path, number, line[3:].strip(), course)
        elif role := ROLE.search(line):
            remedy = "Jupyter does not know roles: write Markdown, a link for instance"
            raise SourceError(path, number, f"{role[0]}…` is a role", remedy)
        elif RULE.fullmatch(line) and not all(map(WORD.search, _heads(lines[number - 2]))):
            remedy = "name each in words too, `target $t$`: screen readers say it before each entry"
            raise SourceError(path, number - 1, "a column of the table has no name", remedy)
    if opened:
        raise SourceError(path, opened[0][0], "a fence stays open", f"close it by {opened[0][1]}")


def _heads(row: str) -> list[str]:
    """The heads of a table, without their formulas."""
    return [re.sub(r"\$[^$]*\$", "", head) for head in row.strip().strip("|").split("|")]


def _check_fence(path: Path, line: int, fence: str, what: str) -> None:
    directive = DIRECTIVE.fullmatch(what.strip())
    if directive is None:
        return  # code that is only shown
    name = directive["name"]
    if name == "code-cell":
        if fence != "```" or directive["title"] != "ipython3":
            raise SourceError(path, line, "a code cell", "write ```{code-cell} ipython3")
    elif fence.startswith("`"):
        raise SourceError(path, line, f"{name} in backticks", f"write :::{{{name}}}")
    elif name not in DIRECTIVES:
        known = ", ".join(DIRECTIVES)
        raise SourceError(path, line, f"unknown directive {name!r}", f"use one of {known}")
    elif not directive["title"] and DIRECTIVES[name] is None:
        raise SourceError(path, line, f"{name} without a title", f"write :::{{{name}}} Title")


def _check_tag(path: Path, line: int, text: str, course: Course) -> None:
    try:
        tag = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise SourceError(path, line, f"the tag is not JSON: {error.msg}", TAG_FORM) from None
    known = {"items": list(course.items), "exam": list(course.exam_topics)}
    if not isinstance(tag, dict) or tag.keys() - known:
        raise SourceError(path, line, "a tag has items and exam, nothing else", TAG_FORM)
    for key, values in tag.items():
        if not isinstance(values, list) or not values:
            raise SourceError(path, line, f"{key} is not a list of names", TAG_FORM)
        for value in values:
            if value not in known[key]:
                remedy = f"take one of {known[key][0]} … {known[key][-1]}"
                raise SourceError(path, line, f"unknown {value!r} in {key}", remedy)


def _cells(path: Path, notebook: nbformat.NotebookNode) -> Iterator[LectureCell]:
    heading = ""
    for start, cell in zip(notebook.metadata.source_map, notebook.cells, strict=True):
        metadata: dict[str, Any] = cell.metadata
        if cell.cell_type == "code":
            unknown = metadata.keys() - {"tags"}
            if unknown:
                problem = f"unknown option {min(unknown)!r} of a code cell"
                raise SourceError(path, start, problem, "the only one is :tags: [hide-input]")
            tags = tuple(metadata.get("tags", ()))
            for text in cell.source.splitlines():
                if len(text) > WIDTH:
                    problem = f"a code line of {len(text)} signs, {text.strip()[:30]!r}"
                    raise SourceError(path, start, problem, f"the page shows {WIDTH}: break it")
            yield LectureCell(start, "code", cell.source, heading, tags)
            continue
        headings = re.findall(r"^#+ (.*)$", cell.source, re.MULTILINE)
        first_here = re.match(r"#+ (.*)", cell.source)
        heading = first_here[1] if first_here else heading
        items, exam = (tuple(metadata.get(key, ())) for key in ("items", "exam"))
        # The map counts from 0 and from the break, so this is the first line after it.
        yield LectureCell(start + 1, "markdown", cell.source, heading, (), items, exam)
        heading = headings[-1] if headings else heading


def _check_opening(path: Path, cell: LectureCell) -> None:
    if cell.cell_type != "markdown" or not cell.source.startswith("# "):
        raise SourceError(path, cell.line, "no title", "begin with prose, `# 1 Title`")
    for part in OPENING:
        if part not in cell.source:
            raise SourceError(
                path, cell.line, f"the first cell lacks {part}", "add it below the title"
            )


def _ids(lecture: Lecture) -> Iterator[str]:
    """Name each cell for its heading, and number those below one heading."""
    counts: dict[str, int] = {}
    for cell in lecture.cells:
        slug = re.sub(r"[^a-z0-9]+", "-", cell.heading.lower()).strip("-")[:50]
        counts[slug] = counts.get(slug, 0) + 1
        yield f"{slug}-{counts[slug]}"


def _notebook_cell(cell: LectureCell, id_: str) -> nbformat.NotebookNode:
    if cell.cell_type == "markdown":
        return nbformat.v4.new_markdown_cell(for_jupyter(cell.source), id=id_)
    metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
    if "hide-input" in cell.tags:
        metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(cell.source, id=id_, metadata=metadata)


if __name__ == "__main__":
    for each, (took, _) in execute_all(course_at(Path.cwd())).items():
        print(f"{each}: {took:.1f} s")  # noqa: T201
