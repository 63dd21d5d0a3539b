"""A notebook of any size is shown, and only what people read is made beautiful."""

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config, PyFileConfigLoader


@pytest.fixture
def page(built):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(built)).load_config()
    filters = config.HTMLExporter.filters

    def shown(*sources, kind=new_code_cell):
        exporter = HTMLExporter(config=Config(HTMLExporter={"filters": filters}))
        cells = [kind(source, id=f"a{i}") for i, source in enumerate(sources)]
        html, _ = exporter.from_notebook_node(new_notebook(cells=cells))
        return html[html.index("<body") :]

    return shown


def test_code_is_coloured(page):
    assert '<span class="k">def</span>' in page("def f(x): return x < 1")


@pytest.mark.parametrize(
    "sources", [["x = 1\n" * 50_000], ["x = 1\n"] * 501], ids=["long", "many cells"]
)
def test_what_would_take_all_memory_is_shown_as_it_stands(page, sources):
    html = page(*sources, "x = '<b>'")

    assert html.count("x = 1\n") == sum(source.count("\n") for source in sources)
    assert "x = '&lt;b&gt;'" in html


def test_cell_whose_colours_would_take_minutes_is_shown_as_it_stands(page):
    """Each blank line with a space in it would be looked at as often as there are others."""
    html = page("def f(x):" + " \n" * 5_000, "def g(x): return x < 1")

    assert "def f(x):" in html
    assert '<span class="k">def</span>' in html


def test_so_is_markdown_in_many_cells(page):
    html = page(*["*a* " * 2_000] * 26, kind=new_markdown_cell)

    assert html.count("*a*") == 52_000
    assert "<em>a</em>" in page("*a*", kind=new_markdown_cell)
