"""What a student writes in Markdown cannot run in the browser of whoever grades."""

from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

FILTERS = {"markdown2html": "autograder.safe_markdown.markdown_to_html"}


class Tags(HTMLParser):
    """The tags of a page below its body, and their attributes."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.text = set(), [], ""
        self.feed(page[page.index("<body") :])

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.text += data


def shown(source, **more):
    exporter = HTMLExporter(config=Config(HTMLExporter={"filters": FILTERS}))
    notebook = new_notebook(cells=[new_markdown_cell(source, id="a", **more)])
    page, _ = exporter.from_notebook_node(notebook)
    return Tags(page)


@pytest.mark.parametrize(
    "source",
    [
        "<script>evil()</script>",
        "text <img src=x onerror=evil()>",
        "```mermaid\n<script>evil()</script>\n```",
        '```"><script>evil()</script>\ncode\n```',
        "[link](javascript:evil())",
        "![](javascript:evil())",
        "$</span><script>evil()</script>$",
        "# <svg onload=evil()>",
        "![](attachment:<script>evil()</script>)",
    ],
)
def test_scripts_are_shown_as_text_or_not_at_all(source):
    page = shown(source)

    assert not page.names & {"script", "svg"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not [value for _, value in page.attributes if value and value.startswith("javascript")]


def test_honest_markdown_is_rendered():
    source = "**bold** $a < b$ [link](https://example.org) ![p](attachment:p.png)\n\n> quoted"

    page = shown(source, attachments={"p.png": {"image/png": "iVBORw0K"}})

    assert {"strong", "a", "img", "blockquote"} <= page.names
    assert {"https://example.org", "data:image/png;base64,iVBORw0K"} <= {
        v for _, v in page.attributes
    }
    assert "$a < b$" in page.text


def test_missing_picture_is_told():
    assert "the picture p.svg is missing" in shown("![p](attachment:p.svg)").text
