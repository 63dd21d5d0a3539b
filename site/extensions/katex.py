r"""Writes formulas by KaTeX while the site is built: HTML and MathML, no script for the reader. For authors.

One process of node renders all formulas. A formula that KaTeX cannot read is a warning with its place, which
fails the build. Formulas in the HTML that cells show (`<span class="math">\(…\)</span>`, as in a
quiz) are rendered as well.
"""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

SERVER = Path(__file__).with_name("katex_server.cjs")
IN_HTML = re.compile(
    r'<span class="math">\\\((?P<tex>.*?)\\\)</span>(?P<after>[.,;:!?)]*)', re.DOTALL
)
STOPS = re.compile(r"[.,;:!?)]+")
END = "</span></span></span>"  # of the last box of a formula, of its boxes, and of the formula

logger = logging.getLogger(__name__)


class Renderer:
    """Renders formulas in a process of node that lives until the build ends."""

    def __init__(self) -> None:
        self._node: subprocess.Popen[str] | None = None
        self._known: dict[tuple[str, bool], str] = {}

    def html(self, tex: str, *, display: bool, place: Any) -> str:
        """Return the formula as HTML; a mistake in it is a warning at `place`."""
        key = (tex, display)
        if key not in self._known:
            answer = self._ask({"tex": tex, "display": display})
            if "error" in answer:
                logger.warning("KaTeX cannot read %r: %s", tex, answer["error"], location=place)
            self._known[key] = answer.get("html", "")
        return self._known[key]

    def close(self, *_: object) -> None:
        """End the process."""
        if self._node is not None:
            self._node.communicate()
            self._node = None

    def _ask(self, question: dict[str, Any]) -> dict[str, str]:
        if self._node is None:
            self._node = subprocess.Popen(
                ["node", str(SERVER)],  # noqa: S607
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(question) + "\n")
        self._node.stdin.flush()
        answer: dict[str, str] = json.loads(self._node.stdout.readline())
        return answer


RENDERER = Renderer()


def inline(tex: str, after: str, place: Any) -> str:
    """Return a formula in a line, with the stop after it in its last box: no line begins with a stop."""
    html = RENDERER.html(tex, display=False, place=place)
    if not after or not html.endswith(END):
        return html + after
    return f'{html.removesuffix(END)}<span class="after">{after}</span>{END}'


def _visit_inline(self: Any, node: nodes.math) -> None:
    self.body.append(inline(node.astext(), node.get("after", ""), node))
    raise nodes.SkipNode


def _visit_block(self: Any, node: nodes.math_block) -> None:
    # A wide formula is scrolled, by keyboard too: site.js makes it a stop where it is too wide.
    formula = RENDERER.html(node.astext(), display=True, place=node)
    self.body.append(f'<div class="math-block">{formula}</div>\n')
    raise nodes.SkipNode


def _render(app: Sphinx, doctree: nodes.document, _: str) -> None:
    """Render the formulas in HTML, and tell those in lines which stop follows."""
    if app.builder.format != "html":
        return
    for math in doctree.findall(nodes.math):
        text = math.next_node(descend=False, siblings=True)
        if isinstance(text, nodes.Text) and (stop := STOPS.match(text.astext())):
            math["after"] = stop[0]
            text.parent.replace(text, nodes.Text(text.astext()[stop.end() :]))
    for node in doctree.findall(nodes.raw):
        if "html" in node.get("format", "").split():
            text = IN_HTML.sub(
                lambda found, node=node: inline(unescape(found["tex"]), found["after"], node),
                node.astext(),
            )
            if text != node.astext():
                node.children = [nodes.Text(text)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer as `katex`."""
    app.add_html_math_renderer("katex", (_visit_inline, None), (_visit_block, None))
    app.connect("doctree-resolved", _render)
    app.connect("build-finished", RENDERER.close)
    # Children of one process would talk to one node at the same time.
    return {"parallel_read_safe": True, "parallel_write_safe": False}
