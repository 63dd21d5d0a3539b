"""Markdown in formgrader and nbgrader's feedback, without the HTML that a student put in. Trusted side.

nbconvert's own filter passes HTML on; in formgrader it would run with the rights of whoever grades.
"""

from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Shows HTML as text, drops links that run code, and does not fail where a picture is missing."""

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{escape(code)}</pre>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = url.removeprefix("attachment:")
        if name != url and name not in self.attachments:
            return f"<em>(the picture {escape(name)} is missing)</em>"
        html: str = super().image(text, url, title)
        return html


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """The HTML of a cell's Markdown; a filter for nbconvert's templates."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = _Renderer(
        escape=True,
        allow_harmful_protocols=False,
        exclude_anchor_links=True,
        attachments=attachments,
    )
    html: str = MarkdownWithMath(renderer=renderer).render(source)
    return html
