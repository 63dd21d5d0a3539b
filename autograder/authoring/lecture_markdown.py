"""Writes a lecture's Markdown so that plain Jupyter shows it well. Trusted side; for authors.

The site knows definitions, theorems and asides; Jupyter, Colab and GitHub do not, and would show
their fences. There they become quotations with a bold beginning.
"""

import re

# What an author may open by :::{name}, and the word before its title; None: the title stands alone.
DIRECTIVES: dict[str, str | None] = {
    "prf:definition": "Definition",
    "prf:theorem": "Theorem",
    "prf:proof": "Proof",
    "admonition": None,
}

BLOCK = re.compile(
    r"^:::\{(?P<name>[^}]*)\} ?(?P<title>[^\n]*)\n(?::\w+:[^\n]*\n)*(?P<body>.*?)^:::$",
    re.MULTILINE | re.DOTALL,
)
DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
LINK = re.compile(r"(\]\((?:\.\./)?[\w./]*\d_\w+)\.md(?=[)#])")


def for_jupyter(text: str) -> str:
    """Turn directives into quotations, and links to lectures into links to their notebooks."""
    return LINK.sub(r"\1.ipynb", BLOCK.sub(_quotation, text))


def named(directive: str, title: str) -> str:
    """Write the head of a block: its title, after the word for what it is."""
    word = DIRECTIVES[directive]
    return title if word is None else f"{word} ({title})" if title else word


def _quotation(block: re.Match[str]) -> str:
    name = named(block["name"], block["title"].strip())
    stop = "" if name.endswith((".", "?", "!")) else "."
    # A formula within a quotation keeps to one line: Jupyter would read the marks at the lines'
    # beginnings as signs of the formula.
    body = DISPLAY.sub(lambda formula: " ".join(formula[0].split()), block["body"].strip())
    paragraphs = [_one_line(paragraph) for paragraph in re.split(r"\n\s*\n", body)]
    paragraphs[0] = f"**{name}{stop}** {paragraphs[0]}"
    return "\n>\n".join("> " + paragraph.replace("\n", "\n> ") for paragraph in paragraphs)


def _one_line(paragraph: str) -> str:
    """Join the lines of a paragraph, for the same reason; lists stay as they are."""
    if re.match(r"([-*]|\d+\.) ", paragraph):
        return paragraph
    return " ".join(paragraph.split("\n"))
