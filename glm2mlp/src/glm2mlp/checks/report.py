"""How the result of a check is shown: as text in a terminal, as an accessible table in a notebook.

Student side. The HTML inherits the notebook's colours, so that it reads in dark mode too, and says
«passed» or «failed» in words, never by colour alone.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

PUBLIC = "Public checks only: the hidden tests look at more."
ONE_HINT = "One hint at a time: follow it, then run this cell again."
MARKS = {"passed": "✓ passed", "failed": "✗ failed", "not checked": "– not checked"}
CELL = "text-align: left; vertical-align: top; padding: 0.3em 0.8em; color: inherit;"
CODE = (
    "margin: 0; padding: 0; white-space: pre-wrap; font-family: monospace; color: inherit;"
    " background: none;"
)


@dataclass(frozen=True)
class Result:
    """One visible test: its sentence, how it went and, if not well, what helps.

    `known` says that the hint names the cause, and does not only guess at it.
    """

    sentence: str
    status: Literal["passed", "failed", "not checked"]
    call: str = ""
    expected: str = ""
    got: str = ""
    hint: str = ""
    known: bool = False

    @property
    def details(self) -> list[tuple[str, str]]:
        """Return the parts that help, with their names."""
        parts = [
            ("call", self.call),
            ("expected", self.expected),
            ("got", self.got),
            ("hint", self.hint),
        ]
        return [(name, text) for name, text in parts if text]


@dataclass(frozen=True, repr=False)
class Report:
    """All visible tests of one exercise. `problem` is set if there was nothing to test."""

    exercise: str
    results: tuple[Result, ...] = ()
    advice: tuple[str, ...] = ()
    problem: str = ""
    by_hand: bool = False

    @property
    def failures(self) -> list[Result]:
        """Return the tests that failed."""
        return [result for result in self.results if result.status == "failed"]

    @property
    def remarks(self) -> list[str]:
        """Return what stands below the table."""
        if not self.results:
            return []
        more = len(self.failures) > 1 and any(result.hint for result in self.failures)
        return [ONE_HINT, PUBLIC] if more else [PUBLIC]

    @property
    def passed(self) -> list[Result]:
        """Return the tests that passed."""
        return [result for result in self.results if result.status == "passed"]

    @property
    def complete(self) -> bool:
        """Tell whether there are tests, and every one passed."""
        return 0 < len(self.passed) == len(self.results)

    @property
    def title(self) -> str:
        """Return the one-line result."""
        if self.by_hand:
            return f"{self.exercise}: graded by hand"
        if self.problem:
            return f"{self.exercise}: {self.problem}"
        return f"{self.exercise}: {len(self.passed)} of {len(self.results)} public checks passed"

    def __repr__(self) -> str:
        lines = [self.title]
        for result in self.results:
            lines.append(f"  {MARKS[result.status]:<14} {result.sentence}")
            for name, text in result.details:
                indented = text.replace("\n", "\n" + " " * 28)
                lines.append(f"{'':17}{name:<9}  {indented}")
        lines += [f"  advice: {advice}" for advice in self.advice]
        return "\n".join([*lines, *self.remarks])

    def _repr_html_(self) -> str:
        rows = [
            row([MARKS[result.status], _prose(result.sentence) + details(result.details)])
            for result in self.results
        ]
        advice = "".join(f"<p><strong>Advice:</strong> {_prose(text)}</p>" for text in self.advice)
        head = table(self.title, ["Result", "Check"], rows) if rows else paragraph(self.title)
        return f"<div>{head}{advice}{''.join(map(paragraph, self.remarks))}</div>"


@dataclass(frozen=True, repr=False)
class Overview:
    """All exercises of an assignment: (name, points, state) each."""

    title: str
    lines: tuple[tuple[str, float, str], ...]
    summary: str

    def __repr__(self) -> str:
        width = max(len(name) for name, _, _ in self.lines)
        lines = [f"  {name:<{width}}  {points:>3g}  {state}" for name, points, state in self.lines]
        return "\n".join([f"{self.title} (exercise, points, state)", *lines, self.summary])

    def _repr_html_(self) -> str:
        rows = [
            row([f"<code>{escape(name)}</code>", f"{points:g}", escape(state)])
            for name, points, state in self.lines
        ]
        head = table(self.title, ["Exercise", "Points", "State"], rows)
        return f"<div>{head}{paragraph(self.summary)}</div>"


def show(report: object) -> None:
    """Show a report of any kind below the notebook's cell, or print it where there is no notebook."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(report)
    else:
        sys.stdout.write(f"{report}\n")


def table(title: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """Return an HTML table with a caption and heads."""
    cells = "".join(f'<th scope="col" style="{CELL}">{head}</th>' for head in heads)
    caption = (
        '<caption style="caption-side: top; text-align: left; font-weight: bold; color: inherit;">'
        f"{escape(title)}</caption>"
    )
    return (
        f'<table style="border-collapse: collapse;">{caption}'
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def row(cells: list[str]) -> str:
    """Return a row of such a table, its cells HTML."""
    # A result such as «✓ passed» stays on one line.
    styles = [f"{CELL} white-space: nowrap;", *([CELL] * (len(cells) - 1))]
    data = (f'<td style="{style}">{cell}</td>' for style, cell in zip(styles, cells, strict=True))
    return f"<tr>{''.join(data)}</tr>"


def details(named: list[tuple[str, str]]) -> str:
    """Return named texts as HTML: hints as prose, others as they are."""
    parts = [
        f'<dt>{name}</dt><dd style="margin: 0; white-space: pre-line;">'
        + (_prose(text) if name == "hint" else f'<pre style="{CODE}">{escape(text)}</pre>')
        + "</dd>"
        for name, text in named
    ]
    grid = "display: grid; grid-template-columns: max-content 1fr; gap: 0.1em 1em; margin: 0.3em 0;"
    return f'<dl style="{grid}">{"".join(parts)}</dl>' if parts else ""


def paragraph(text: str) -> str:
    """Return a text with `code` as an HTML paragraph."""
    return f"<p>{_prose(text)}</p>"


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
