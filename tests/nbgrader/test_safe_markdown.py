"""What a student writes in Markdown cannot run in the browser of whoever grades."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder import safe_markdown
from autograder.authoring import load_release
from autograder.safe_markdown import COMMANDS, PICTURE, is_mathematics, markdown_to_html
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

FILTERS = {"markdown2html": "autograder.safe_markdown.markdown_to_html"}


class Tags(HTMLParser):
    """The tags of a page below its body, and their attributes."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.pieces = set(), [], []
        self.formulas, self.typeset = [], False  # those that MathJax may read
        self.feed(page[page.index("<body") :])

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes
        self.typeset = ("class", "tex2jax_process") in attributes

    def handle_data(self, data):
        self.pieces.append(data)
        if self.typeset:
            self.formulas.append(data)
            self.typeset = False

    @property
    def text(self):
        return "".join(self.pieces)


def shown(source, **more):
    exporter = HTMLExporter(config=Config(HTMLExporter={"filters": FILTERS}))
    notebook = new_notebook(cells=[new_markdown_cell(source, id="a", **more)])
    page, _ = exporter.from_notebook_node(notebook)
    return Tags(page)


def rendered(source):
    return Tags(f"<body>{markdown_to_html({}, source)}")


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


@pytest.mark.parametrize(
    "source",
    [
        r"$\frac{1}{1+e^{-z}} < \sqrt[3]{x}, \; \mathrm{softmax}(z)_k$",
        r"$$\left\{ x \in \mathbb{R}^{D} \mid \lVert x \rVert_2 \le 1 \right\}$$",
        "$$\n\\begin{aligned}\n a &= b \\\\[1ex]\n   &= \\text{so, if } c > 0\n\\end{aligned}\n$$",
        r"\begin{align*} p(C_k \mid x) &= \frac{e^{a_k}}{\sum_j e^{a_j}} \end{align*}",
        r"$\begin{pmatrix} \begin{array}{c|c} 1 & 2 \end{array} \end{pmatrix}$",
        r"$\text{přesnost } \varepsilon = 5\,\%$",
    ],
)
def test_mathematics_is_typeset(source):
    assert rendered(source).formulas == [source]


@pytest.mark.parametrize("command", ["alpha", "Bigl", "operatorname", "hline"])
def test_listed_command_is_typeset_and_a_longer_one_is_not(command):
    assert rendered(rf"$\{command}{{x}}$").formulas
    assert not rendered(rf"$\{command}x$").formulas


REFUSED = [
    *(
        rf"\{name}{{{ADDRESS}}}{{x}}"
        for name in ("href", "style", "class", "cssId", "HREF", "Href")
    ),
    *(
        rf"\{name} x"
        for name in ("def", "let", "newcommand", "newenvironment", "require", "csname")
    ),
    rf'\mmlToken{{mglyph}}[src="http:{ADDRESS}"]{{}}',
    r"\unicode{x41}",
    r"\ce{H2O}",
    r"\(x\)",
    r"\[x\]",
    r"\text{\href{x}{y}}",
    "^^5chref{x}{y}",
    "x % }",
    "#1",
    "a~b",
    "\\\nx",
    "x\\",
    r"\text{\$}",
    "a\x00b",
    "a\u202eb",
    "x_{",
    "}{",
    r"\begin{CD} a \end{CD}",
    r"\begin{aligned} a \end{gathered}",
    r"\begin{aligned} a",
    r"\begin {aligned} a \end {aligned}",
    r"{\begin{aligned} } \end{aligned}",
    "{" * 21 + "}" * 21,
    " ",
]


@pytest.mark.parametrize("tex", REFUSED)
@pytest.mark.parametrize(("begin", "end"), [("$", "$"), ("$$", "$$"), (r"\\(", r"\\)")])
def test_other_tex_is_shown_as_text(tex, begin, end):
    page = rendered(f"{begin}{tex}{end}")

    assert not page.formulas
    if begin[0] == "$" and tex.isprintable() and tex[-1] not in " \\" and "$" not in tex:
        assert f"{begin}{tex}{end}" in page.text


@pytest.mark.parametrize(
    "source",
    [
        *(
            r"`$x$`",
            "    $$x$$",
            "```\n$$x$$\n```",
            r"\$x\$",
            r"\(x\)",
            r"\[x\]",
            "$x",
            "<b>$</b>x",
        ),
        *(r"\begin {align}x\end {align}", r"\ref{x}", "[a](<$x$>)", "![$x$](http://a.org)"),
        "![a](attachment:$x$)",
    ],
)
def test_no_formula_is_found_where_markdown_has_none(source):
    html = markdown_to_html({}, source)

    assert html.startswith('<div class="tex2jax_ignore">')
    assert "tex2jax_process" not in html


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_formulas_of_our_assignments_are_typeset(name):
    cells = [c.source for c in load_release(ASSIGNMENTS[name]).cells if c.cell_type == "markdown"]
    pages = [markdown_to_html({}, source) for source in cells]

    assert any("tex2jax_process" in page for page in pages)
    assert not any("pre-wrap" in page for page in pages)  # a formula that is shown as text


def test_formulas_of_our_lectures_are_mathematics():
    texts = [path.read_text() for path in sorted(COURSE.path("lectures").glob("*.md"))]
    found = re.findall(r"\$\$(.+?)\$\$|(?<![\\$`])\$([^$\n]+)\$", "\n".join(texts), re.DOTALL)

    formulas = [one or other for one, other in found]
    assert len(formulas) > 500
    assert [tex for tex in formulas if not is_mathematics(tex)] == []


TAGS = {
    "body",
    *("blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("img", "li", "ol", "p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr"),
    "ul",
}
ATTRIBUTES = {
    *(
        ("class", "tex2jax_ignore"),
        ("class", "tex2jax_process"),
        ("style", "white-space: pre-wrap"),
    ),
    *(("style", f"text-align:{side}") for side in ("left", "center", "right")),
}
PIECES = r"""
$ $ $$ $$ \ \\( \\) { } \begin{align} \end{align} \frac \href \mmlToken{mglyph}[src=x] \def ~ % # ^ ` ``` |
[ ]( ) ![ < > &lt; * ** _ http://a.org /x?path=y x.png " ' : ~~ [a]:/x </code> <svg/onload=x>
"""
SPACED = ["\n", "\n\n", "    ", "|--|\n", "# ", "- ", "1. ", "> ", "<b onclick=x>", "<a href=x>"]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES.split() + SPACED) | st.text(max_size=3), max_size=30).map(
        "".join
    )
)
def test_whatever_is_written_makes_only_listed_html_and_tex(source):
    page = rendered(source)

    assert page.names <= TAGS
    for name, value in page.attributes:
        assert (
            (name, value) in ATTRIBUTES
            or name in ("alt", "title")
            or (name == "start" and value.isdigit())
            or (name == "src" and PICTURE.fullmatch(unquote(value)))
        ), (name, value)
    for formula in page.formulas:
        assert set(re.findall(r"\\([A-Za-z]+)", formula)) <= {"frac", "begin", "end"} | COMMANDS
        assert not re.search(r"[~#]|\^\^|(?<!\\)%", formula)
        assert re.fullmatch(r"\$[^$]+\$|\$\$[^$]+\$\$|\\begin\{align\}[^$]*\\end\{align\}", formula)


def test_construct_that_is_on_no_list_shows_the_cell_as_it_stands(monkeypatch):
    monkeypatch.setattr(safe_markdown, "RULES", safe_markdown.RULES | {"inline_html"})

    assert "<pre>**a** &lt;b&gt;</pre>" in markdown_to_html({}, "**a** <b>")


def test_emphasis_in_emphasis_without_end_is_shown_as_it_stands():
    source = "*a **b " * 1_000 + "c** d* " * 1_000

    assert f"<pre>{source}</pre>" in markdown_to_html({}, source)


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
    assert page.formulas == ["$a < b$"]


@pytest.mark.parametrize("source", [r"\\[" * 101, r"\begin{a}" * 101, "a" * 50_001])
def test_what_would_keep_formgrader_busy_is_shown_as_it_stands(source):
    page = shown(f"**a** <b> {source}")

    assert f"**a** <b> {source}" in page.text
    assert "strong" not in page.names


def test_missing_picture_is_told():
    assert "the picture p.svg is missing" in shown("![p](attachment:p.svg)").text
