"""A feedback page as HTML: one file, without scripts, and nothing from elsewhere. Trusted side.

Everything is escaped by the template engine; what is not (formulas, plots) is made here of our own texts
and of numbers. The page also forbids itself scripts and requests, should anything slip through.
"""

import re
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.feedback.content import Page, number
from autograder.feedback.figures import figure, legend
from autograder.feedback.maths import markdown_to_html
from autograder.report import Plot, PublicCheck

MARKS = {"full": "✓ right", "part": "◐ in part", "none": "✗ not yet", "pending": "… pending"}


def to_html(page: Page) -> str:
    """The page as one HTML file."""
    return _environment().get_template("page.html.jinja").render(page=page)


@cache
def _environment() -> Environment:
    loader = PackageLoader("autograder", "feedback")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    style, _, _ = loader.get_source(environment, "style.css")
    environment.globals.update(figure=figure, legend=_legend, marks=MARKS, style=Markup(style))  # noqa: S704 - ours
    environment.filters.update(
        prose=prose, number=number, points=points, markdown=markdown, evidence=evidence
    )
    return environment


def prose(text: str) -> Markup:
    """A text of one paragraph with `code` in it; nothing else in it is taken for a sign."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S704 - escaped


def markdown(text: str) -> Markup:
    """A text of ours with Markdown and formulas."""
    return Markup(markdown_to_html(text))  # noqa: S704 - of our own texts, and HTML in them is escaped


def _legend(plot: Plot) -> tuple[Markup, Markup]:
    yours, right = legend(plot)
    return Markup(yours), Markup(right)  # noqa: S704 - constants


def points(value: float | None) -> str:
    """Points that may still be open."""
    return "–" if value is None else number(value)


def evidence(check: PublicCheck) -> list[tuple[str, str]]:
    """What there is to see of a check, with names."""
    raised = check.expected == "a result"
    parts = (
        ("you call", check.call),
        ("expected", "" if raised else check.expected),
        ("it raises" if raised else "you get", check.got),
    )
    return [(name, text) for name, text in parts if text]
