"""What a student writes in Markdown cannot run in the browser of whoever grades."""

from html import unescape
from html.parser import HTMLParser

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder.safe_markdown import markdown_to_html

FILTERS = {"markdown2html": "autograder.safe_markdown.markdown_to_html"}


class Tags(HTMLParser):
    """The tags of a page below its body, and their attributes."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.pieces = set(), [], []
        self.feed(page[page.index("<body") :])

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.pieces.append(data)

    @property
    def text(self):
        return "".join(self.pieces)


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


@pytest.mark.parametrize("language", ["python", "autohotkey"])
def test_code_in_a_language_that_the_student_names_is_shown_as_it_stands(language):
    page = shown(f"```{language}\nif x < 1:\n \n```")

    assert "if x < 1:\n \n" in page.pieces


def test_picture_stands_once_in_the_page_however_often_it_is_named():
    page = shown("![p](attachment:p.png)\n" * 100, attachments={"p.png": {"image/png": "iVBORw0K"}})

    assert [value for _, value in page.attributes].count("data:image/png;base64,iVBORw0K") == 1
    assert page.text.count("the picture p.png again, as above") == 99


ADDRESS = "/formgrader?path=submitted/eve/softmax_regression"  # would run Eve's nbgrader_config.py


@pytest.mark.parametrize(
    "source",
    [
        f"![p]({ADDRESS})",
        "![p](../..?path=submitted/eve)",
        "![p](http://127.0.0.1:8888/p.png)",
        "![p](//127.0.0.1:8888/p.png)",
        "![p](..%2f..%2fp.png)",
        "![p](.png)",
        "![p][r]\n\n[r]: /formgrader.png?path=evil.png",
        f"[look]({ADDRESS})",
        f"<http://127.0.0.1:8888{ADDRESS}>",
        f"http://127.0.0.1:8888{ADDRESS}",
        f"[look][r]\n\n[r]: {ADDRESS}",
        f"[![p](p)]({ADDRESS})",
    ],
)
def test_no_address_is_asked_for_and_none_can_be_clicked(source):
    page = shown(source)

    assert not page.names & {"a", "img"}
    assert not {"src", "href"} & {name for name, _ in page.attributes}


@pytest.mark.parametrize("begin, end", [("$", "$"), ("$$", "$$"), (r"\\(", r"\\)")])  # noqa: PT006
def test_formula_is_no_link(begin, end):
    page = shown(rf"{begin}\href{{{ADDRESS}}}{{x}}{end}")

    assert rf"\href{{{ADDRESS}}}" in page.text
    assert page.pieces.count("\\") == 1  # in a tag of its own, so that MathJax sees no formula


def test_emphasis_in_emphasis_without_end_is_shown_as_it_stands():
    source = "*a **b " * 1_000 + "c** d* " * 1_000

    assert markdown_to_html({}, source) == f"<pre>{source}</pre>"


@pytest.mark.parametrize("count", [20, 20_000])
def test_nothing_looks_for_the_ends_of_links_that_do_not_end(count):
    """Templates do, in the HTML that comes, for each bracket anew."""
    html = markdown_to_html({}, "![a" * count)

    assert "[" not in html
    assert unescape(html).count("![a") == count


def test_honest_markdown_is_rendered():
    source = (
        "**bold** $a < b$ [link](https://example.org) ![p](attachment:p.png) ![q](plots/my%20q.png)"
        "\n\n> quoted"
    )

    page = shown(source, attachments={"p.png": {"image/png": "iVBORw0K"}})

    assert {"strong", "img", "blockquote"} <= page.names
    assert {"data:image/png;base64,iVBORw0K", "plots/my%20q.png"} <= {v for _, v in page.attributes}
    assert "link https://example.org" in page.text
    assert "$a < b$" in page.text


@pytest.mark.parametrize("source", [r"\\[" * 101, r"\begin{a}" * 101, "a" * 50_001])
def test_what_would_keep_formgrader_busy_is_shown_as_it_stands(source):
    page = shown(f"**a** <b> {source}")

    assert f"**a** <b> {source}" in page.text
    assert "strong" not in page.names


def test_missing_picture_is_told():
    assert "the picture p.svg is missing" in shown("![p](attachment:p.svg)").text
