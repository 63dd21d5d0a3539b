"""The overview as one HTML file, without scripts, and nothing from elsewhere. Trusted side.

Everything is escaped by the template engine but pictures, which are made of numbers, and our own prose. The
page also forbids itself scripts and requests, should anything slip through.
"""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.feedback.content import number
from autograder.feedback.html import markdown, points, prose
from autograder.overview import figures
from autograder.overview.content import Overview
from autograder.overview.statistics import FEW


def to_html(overviews: Sequence[Overview], course: str) -> str:
    """The page of one assignment or several."""
    return _environment().get_template("page.html.jinja").render(overviews=overviews, course=course)


@cache
def _environment() -> Environment:
    loader = PackageLoader("autograder", "overview")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared, _, _ = PackageLoader("autograder", "feedback").get_source(environment, "style.css")
    own, _, _ = loader.get_source(environment, "style.css")
    environment.globals.update(
        histogram=figures.histogram,
        shares=figures.shares,
        states=figures.STATES,
        bar=_bar,
        few=FEW,
        style=Markup(shared + own),  # noqa: S704 - ours
    )
    environment.filters.update(
        markdown=markdown, prose=prose, number=number, points=points, share=_share, time=_time
    )
    return environment


def _bar(count: int, everybody: int) -> Markup:
    return Markup(figures.bar(count, everybody))  # noqa: S704 - of numbers


def _share(value: float | None) -> str:
    """A share or a correlation, to two places."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _time(seconds: float | None) -> str:
    return (
        "–"
        if seconds is None
        else f"{1000 * seconds:.0f} ms"
        if seconds < 1
        else f"{seconds:.1f} s"
    )
