"""An interactive figure as a piece of HTML that holds all it needs. Student side, public.

Style and scripts live in `static/`: `mlp.js` and `curves.js` are mathematics without a page, `kit.js`
what all figures share, and each figure has a file that defines `draw`.
"""

import json
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

SHARED = ("mlp.js", "curves.js", "kit.js")


class Interactive:
    """A figure that readers move: HTML in a notebook or a page, its alternative text elsewhere."""

    def __init__(self, figure: str, alt: str, settings: dict[str, Any]) -> None:
        """Take the name of a script in `static/`, a text in the figure's place, and what it draws."""
        self.alt = alt
        self._figure, self._settings = figure, settings

    def _repr_html_(self) -> str:
        scripts = "\n".join(_static(name) for name in (*SHARED, f"{self._figure}.js"))
        # The script finds its own element, so that any number of figures share a page without names.
        # Keys that move a figure are none of JupyterLab's shortcuts: it looks for the `data-lm` attribute.
        return (
            f'<div class="glm2mlp-figure" data-figure="{self._figure}" data-lm-suppress-shortcuts="true">'
            f"<p>{escape(self.alt)}</p>"
            '<script>(() => {\n"use strict";\n'
            f"{scripts}\n"
            "draw({host: document.currentScript.parentElement,"
            f" css: {_literal(_static('figure.css'))}, settings: {_literal(self._settings)}}});\n"
            "})();</script></div>"
        )

    def __repr__(self) -> str:
        return f"Interactive figure: {self.alt}"


@cache
def _static(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text("utf-8")


def _literal(value: object) -> str:
    """Write a value for a script; no text in it can end the script."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False).replace("<", "\\u003c")
