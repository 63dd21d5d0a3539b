"""Our own Markdown with LaTeX as HTML with MathML, which needs no script. Trusted side."""

from html import escape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

HEADING_LEVEL = 3  # of an exercise on its page: headings of its task stand below


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Formulas become MathML; links and pictures, which would lead away, become their texts."""

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return mathml(body, display="block")

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def heading(self, text: str, level: int, **_: object) -> str:
        below = min(level + HEADING_LEVEL - 1, 6)
        return f"<h{below}>{text}</h{below}>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        kind = "th" if head and text.strip() else "td"  # no head without a name
        style = f' style="text-align:{align}"' if align else ""
        return f"<{kind}{style}>{text}</{kind}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        return f"<em>{text}</em>"


def mathml(latex: str, display: str = "inline") -> str:
    """A formula as MathML."""
    # HTML knows what <math> is without the name of its space.
    found: str = convert(latex.strip(), display=display)
    found = found.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    # A long one is scrolled on a phone, by keyboard too.
    return found.replace('<math display="block">', '<math display="block" tabindex="0">')


def markdown_to_html(source: str) -> str:
    """The HTML of a text of ours; HTML in it is shown as text."""
    renderer = _Renderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    html: str = MarkdownWithMath(renderer=renderer).render(source)
    return html
