"""Tells the template where a lecture's notebook and text lie, and mends a label. For authors."""

from typing import Any

from addresses import addresses, installation
from sphinx.application import Sphinx


def _add(_app: Sphinx, page: str, _: str, context: dict[str, Any], __: object) -> None:
    # A screen reader should say what is written there: «Show the code».
    body = context.get("body", "")
    context["body"] = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    repository = context["repository"]
    context["addresses"] = addresses(page, repository, context["branch"], context["lite"])
    context["installation"] = installation(repository)


def setup(app: Sphinx) -> dict[str, bool]:
    """Fill the context of every page."""
    app.connect("html-page-context", _add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
