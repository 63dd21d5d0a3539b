"""The links on the pages of lectures: downloads always, Colab, Binder and JupyterLite with an address."""

import importlib.util
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture(scope="module")
def site():
    spec = importlib.util.spec_from_file_location("site_addresses", SITE / "addresses.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("repository", ["", "https://example.org/course"])
def test_without_an_address_on_github_there_are_downloads_only(site, repository):
    links = site.addresses("lectures/2_mse_as_mle", repository, "main")
    assert [link.url for link in links] == [
        "downloads/lectures/2_mse_as_mle.ipynb",
        "downloads/lectures/2_mse_as_mle.md",
    ]
    assert not any(link.public for link in links)


@pytest.mark.parametrize(
    "repository",
    ["https://github.com/a/b", "https://github.com/a/b/", "https://github.com/a/b.git"],
)
def test_with_an_address_the_notebook_opens_on_colab_and_binder(site, repository):
    links = {link.label: link for link in site.addresses("lectures/2_x", repository, "dev")}
    assert list(links) == ["Notebook", "Text", "Colab", "Binder"]
    colab = "https://colab.research.google.com/github/a/b/blob/dev/lectures/2_x.ipynb"
    binder = "https://mybinder.org/v2/gh/a/b/dev?urlpath=lab/tree/lectures/2_x.ipynb"
    assert (links["Colab"].url, links["Binder"].url) == (colab, binder)
    assert links["Colab"].public
    assert links["Binder"].public


@pytest.mark.parametrize("lite", ["https://example.org/lite", "https://example.org/lite/"])
def test_with_the_address_of_jupyterlite_the_lecture_opens_there(site, lite):
    link = site.addresses("lectures/2_x", "", "main", lite)[-1]
    assert link.url == "https://example.org/lite/lab/index.html?path=lectures/2_x.ipynb"
    assert link.public


@pytest.mark.parametrize("page", ["index", "students", "lectures/index", "api/data"])
def test_other_pages_have_no_links(site, page):
    assert site.addresses(page, "https://github.com/a/b", "main", "https://example.org") == []


def test_colab_is_told_what_to_install(site):
    assert site.installation("https://github.com/a/b/") == (
        "%pip install -q git+https://github.com/a/b#subdirectory=glm2mlp"
    )
