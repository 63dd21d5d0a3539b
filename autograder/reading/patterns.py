"""What stands in the text of a cell, found by pattern. Trusted side.

Never by parsing: cells may hold magics or errors, and may come from an attacker. No line may take more than
linear time.
"""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

_DEFINED = re.compile(
    r"^(?:(?:async[ \t]+)?def[ \t]+(\w+)|class[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]*)?=(?!=))",
    re.MULTILINE,
)
# The possessive + gives nothing back, so that no line takes quadratic time.
_IMPORTED = re.compile(
    r"^[ \t]*+(?:from[ \t]++(\w++)[\w.]*+[ \t]++import\b|import[ \t]++([^\n#;]+))", re.MULTILINE
)
_NAME = re.compile(r"^[ \t]*+(\w++)(?![^\s.])")
_FUNCTION = re.compile(
    r"^(?:def[ \t]++(\w++)[ \t]*+\(|class[ \t]++(\w++)[ \t]*+[(:]|(\w++)[ \t]*+=[ \t]*+lambda\b)",
    re.MULTILINE,
)
_SIGNATURE = re.compile(r"^def[ \t]++(\w++)[ \t]*+\(([^()]*+)\)", re.MULTILINE)
_ENDS_OPEN = re.compile(r"[:,(\[{\\+\-*/@%=<>&|^]$")
_ENDS_A_BLOCK = re.compile(r"(?:return|raise|pass|break|continue)\b")


# Most cells of a notebook are the same in all of them. Longer ones are not remembered, nor more of them.
MAX_REMEMBERED = 4_000  # characters
MANY = 512

Found = TypeVar("Found")


def _remembered(find: Callable[[str], Found]) -> Callable[[str], Found]:
    """`find`, which does not look twice at what stands in a short text."""
    known = lru_cache(MANY)(find)

    @wraps(find)
    def look(source: str) -> Found:
        return (known if len(source) <= MAX_REMEMBERED else find)(source)

    return look


@_remembered
def plain(source: str) -> str:
    """A source without what front ends change on their own."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


@_remembered
def defined_names(source: str) -> frozenset[str]:
    """Names that a cell defines at its top level: `def name`, `class name`, `name = …`."""
    matches = _DEFINED.finditer(source)
    return frozenset(name for match in matches for name in match.groups() if name)


@_remembered
def defined_functions(source: str) -> frozenset[str]:
    """Of these, the functions and classes, which no prose defines by chance."""
    matches = _FUNCTION.finditer(source)
    return frozenset(name for match in matches for name in match.groups() if name)


def parameters(source: str) -> dict[str, tuple[str, ...]]:
    """The functions that a cell defines by `def`, with the names of their parameters."""
    return {
        match[1]: tuple(
            name
            for part in match[2].split(",")
            if (name := re.split("[:=]", part, maxsplit=1)[0].strip(" \t\n*/"))
        )
        for match in _SIGNATURE.finditer(source)
    }


def imported_libraries(source: str) -> set[str]:
    """Top-level names of the libraries that a cell imports."""
    found = set()
    for match in _IMPORTED.finditer(source):
        if match[1]:
            found.add(match[1])
        else:
            found |= {name for part in match[2].split(",") for name in _NAME.findall(part)[:1]}
    return found


def imports(source: str) -> set[str]:
    """The statements by which a cell imports, without what a front end or a comment adds."""
    return {
        " ".join(line.partition("#")[0].split())
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }


def fenced_code(source: str) -> str:
    """The code between the fences of a Markdown text; all of the text if it has none."""
    code: list[str] = []
    inside = False
    for line in source.split("\n"):
        if line.startswith("```"):
            inside = not inside
        elif inside:
            code.append(line)
    return "\n".join(code) or source


def goes_on(first: str, second: str) -> bool:
    """Whether `second` is the rest of a definition that breaks off at the end of `first`."""
    above, below = first.rstrip().split("\n")[-1], second.lstrip("\n")
    if first.count('"""') % 2 or first.count("'''") % 2:
        return bool(below)
    if below[:1] in (")", "]", "}"):
        return True
    indent, before = _indent(below), _indent(above)
    if not indent or not below.strip():
        return False
    if _ENDS_OPEN.search(above):
        return True
    ended = indent == before and _ENDS_A_BLOCK.match(above.strip())
    return indent <= before and not ended


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))
