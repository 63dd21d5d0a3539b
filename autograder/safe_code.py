"""Code in formgrader and nbgrader's feedback, coloured where that takes no time. Trusted side.

Coloured code takes some twenty times its size as HTML, and a thousand times in memory: a few megabytes of a
student's would end formgrader. Some texts also take the square of their length in time, blank lines with a
space in them say: a tenth of a megabyte would keep it busy for minutes. So what nobody reads is shown without
colours.
"""

from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.highlight import Highlight2HTML

# Of a notebook. Those of our assignments, filled in, have at most 28754 characters in some seventy cells.
MAX_TEXT, MAX_CELLS = 200_000, 500
MAX_CELL = 4_000  # characters of one that is coloured; as released they have at most 1254


@pass_context
def code_to_html(
    context: Any, source: str, language: str | None = None, metadata: Any = None
) -> str:
    """The HTML of a cell's code; a filter for nbconvert's templates."""
    if len(source) > MAX_CELL or is_long(context):
        return f'<div class="highlight tex2jax_ignore"><pre>{escape(source)}</pre></div>'
    html: str = Highlight2HTML(pygments_lexer="python")(source, language, metadata)
    return f'<div class="tex2jax_ignore">{html}</div>'


def is_long(context: Any) -> bool:
    """Whether the notebook that a template shows is longer than anybody reads."""
    cells = context.get("nb", {}).get("cells", ())  # a comment of the instructor's may stand alone
    return len(cells) > MAX_CELLS or sum(len(cell.source) for cell in cells) > MAX_TEXT
