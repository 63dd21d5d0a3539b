"""Makes pages of nbgrader's from cells of Markdown: JSON in, pages as HTML out, one for each protection.

`control` has none of ours, `filter` our Markdown alone, `mathjax` our MathJax alone, `both` both, as in
formgrader; `feedback` is what `nbgrader generate_feedback` writes.
"""

import json
import sys
from html import escape
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from autograder.safe_pages import SafeExporter

FILTERS = {
    "markdown2html": "autograder.safe_markdown.markdown_to_html",
    "highlight_code": "autograder.safe_code.code_to_html",
}


def passed(source: str) -> str:
    """A cell, one formula a paragraph, as if our filter had passed it all."""
    return "".join(
        f'<p><span class="tex2jax_process">{escape(formula)}</span></p>'
        for formula in source.split("\n\n")
    )


def exporter(name: str) -> HTMLExporter:
    """The exporter of a page."""
    config = Config()
    config.HTMLExporter.template_name = "feedback" if name == "feedback" else "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    config.HTMLExporter.extra_template_paths = [
        str(Path(handlers.static_path, "node_modules/bootstrap/dist/css"))
    ]
    if name == "filter":
        config.HTMLExporter.filters = FILTERS
    if name == "mathjax":
        config.HTMLExporter.filters = {"markdown2html": passed}
    return (HTMLExporter if name in ("control", "filter") else SafeExporter)(config=config)


def page(name: str, cells: list[str]) -> str:
    """The page that shows these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(c) for c in cells])
    of_nbgrader = {"notebook": "n", "score": 0, "max_score": 0, "late_penalty": 0}
    resources = {"base_url": "", "index": 0, "total": 1, "nbgrader": of_nbgrader}
    html: str = exporter(name).from_notebook_node(notebook, resources)[0]
    return html


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump([page(each["name"], each["cells"]) for each in asked], sys.stdout)
