"""Turns our docstrings, which are plain text, into what Sphinx reads. For authors.

`name` is code, a line such as «X: examples (N, D).» begins a line of its own, indented lines are shown as
they are, and no other sign has a meaning.
"""

import re
from typing import Any

from sphinx.application import Sphinx

ARGUMENT = re.compile(r"(Result|Raises|[\w`]+(, [\w`]+)*): ")


def restructured(lines: list[str]) -> list[str]:
    """Write the lines of a docstring as reStructuredText."""
    return [
        line
        for paragraph in "\n".join(lines).strip("\n").split("\n\n")
        for line in (*_paragraph(paragraph.split("\n")), "")
    ]


def _paragraph(lines: list[str]) -> list[str]:
    if all(line.startswith("    ") for line in lines):
        return ["::", "", *lines]
    listed = all(line.startswith(("- ", "  ")) for line in lines)
    hanging = any(line.startswith(" ") for line in lines)
    if listed or not (hanging or any(map(ARGUMENT.match, lines))):
        return [_escaped(line) for line in lines]
    rows: list[str] = []
    for line in lines:
        if not rows or ARGUMENT.match(line) or (hanging and not line.startswith(" ")):
            rows.append(line)
        else:
            rows[-1] += " " + line.strip()
    return [f"| {_escaped(row)}" for row in rows]


def _escaped(line: str) -> str:
    parts = re.split(r"(``?[^`]+``?)", line)
    return "".join(
        "``" + part.strip("`") + "``"
        if part.startswith("`")
        else re.sub(r"([\\*_|])", r"\\\1", part)
        for part in parts
    )


def _process(_app: Sphinx, _what: str, _name: str, _thing: Any, _: Any, lines: list[str]) -> None:
    lines[:] = restructured(lines)


def _skip(_app: Sphinx, _what: str, name: str, thing: Any, skip: bool, _: Any) -> bool:
    """Leave out what a named tuple or a figure brings along."""
    text = getattr(thing, "__doc__", None) or ""
    return skip or name in ("set", "__new__") or text.startswith("Alias for field number")


def setup(app: Sphinx) -> dict[str, bool]:
    """Process what autodoc finds."""
    app.connect("autodoc-process-docstring", _process)
    app.connect("autodoc-skip-member", _skip)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
