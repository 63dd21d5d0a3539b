"""Markdown in formgrader and nbgrader's feedback, without what a student could do by it. Trusted side.

nbconvert's own filter passes HTML on; in formgrader it would run with the rights of whoever grades. Addresses
are no less: whoever asks formgrader for `/formgrader?path=FOLDER` has the `nbgrader_config.py` of that folder
run, and a picture asks without a click. So nothing of a student's text makes the browser ask for an address,
but for pictures beside the notebook.
"""

import re
from html import escape
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.safe_code import is_long

# A picture in the submission's own folder; no part of the path begins with a dot.
PICTURE = re.compile(r"(?:[\w -][\w. -]*/)*[\w -][\w. -]*\.(?:png|jpe?g|gif)", re.IGNORECASE)
# Nobody writes more than a few pages in a cell. nbconvert looks for the end of each formula through all of
# the text, so that a megabyte of beginnings would keep formgrader busy for hours; and emphasis in emphasis
# takes half a second for as many characters as here, and twenty for five times as many.
MAX_TEXT, MAX_FORMULAS = 10_000, 100
FORMULA = re.compile(r"\\\\[(\[]|\\begin\{")
# MathJax makes links by it, wherever in the text it finds a formula; a formula with a tag in it stays text.
LINK_IN_FORMULA = re.compile(r"\\(?=href(?![A-Za-z]))")
# nbgrader's templates look for links to `files/` in the HTML, from each [ to the end of its line: a megabyte
# of them would keep formgrader busy for hours.
BRACKET = "&#91;"


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Shows HTML and addresses as text, and does not fail where a picture is missing."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        super().__init__(
            escape=True,
            allow_harmful_protocols=False,
            exclude_anchor_links=True,
            attachments=attachments,
        )
        self._embedded: set[str] = set()

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002 - mistune's
        """Without colours: for some languages, which the student may name, they take an hour a page."""
        return f"<pre><code>{escape(code)}</code></pre>"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's
        address = escape(url)
        return text if text == address else f"{text} <code>{address}</code>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = url.removeprefix("attachment:")
        if name == url and not PICTURE.fullmatch(unquote(url)):
            return f"<em>(a picture from elsewhere is not loaded: {escape(url)})</em>"
        if name != url and name not in self.attachments:
            return f"<em>(the picture {escape(name)} is missing)</em>"
        if name != url:
            # It stands in the page as a whole: a megabyte named a thousand times would be a gigabyte.
            if name in self._embedded:
                return f"<em>(the picture {escape(name)} again, as above)</em>"
            self._embedded.add(name)
        html: str = super().image(text, url, title)
        return html


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """The HTML of a cell's Markdown; a filter for nbconvert's templates."""
    return _html(context, source).replace("[", BRACKET)


def _html(context: Any, source: str) -> str:
    if len(source) > MAX_TEXT or len(FORMULA.findall(source)) > MAX_FORMULAS or is_long(context):
        return f"<pre>{escape(source)}</pre>"
    renderer = _Renderer(context.get("cell", {}).get("attachments", {}))
    html: str = MarkdownWithMath(renderer=renderer).render(source)
    return LINK_IN_FORMULA.sub(r"<span>\\</span>", html)
