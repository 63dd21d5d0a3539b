"""Where a lecture's notebook and text are to be had. For authors."""

from typing import NamedTuple
from urllib.parse import urlsplit


class Address(NamedTuple):
    """A link on the page of a lecture; one that is not `public` is relative to the site's root."""

    label: str
    url: str
    public: bool


def addresses(page: str, repository: str, branch: str, lite: str = "") -> list[Address]:
    """Return the links for a page; only lectures have any.

    Colab and Binder need the public address of a repository on GitHub, «in the browser» that of what
    `make lite` builds.
    """
    if not page.startswith("lectures/") or page.endswith("index"):
        return []
    links = [
        Address("Notebook", f"downloads/{page}.ipynb", public=False),
        Address("Text", f"downloads/{page}.md", public=False),
    ]
    if lite:
        url = f"{lite.rstrip('/')}/lab/index.html?path={page}.ipynb"
        links.append(Address("Open in the browser", url, public=True))
    address = urlsplit(repository)
    if address.netloc != "github.com":
        return links
    name = address.path.strip("/").removesuffix(".git")
    colab = f"https://colab.research.google.com/github/{name}/blob/{branch}/{page}.ipynb"
    binder = f"https://mybinder.org/v2/gh/{name}/{branch}?urlpath=lab/tree/{page}.ipynb"
    return [*links, Address("Colab", colab, public=True), Address("Binder", binder, public=True)]


def installation(repository: str) -> str:
    """Return what a notebook on Colab has to run first."""
    return f"%pip install -q git+{repository.rstrip('/')}#subdirectory=glm2mlp"
