"""The table of generalized linear models, as far as the lectures have come. Student side, public.

Every entry is declared once, with the lecture from which on it is known; a gradient is the last line of
the checked derivation. What is not known yet is shown as a question mark.
"""

from dataclasses import dataclass

from glm2mlp.derivation import Derivation
from glm2mlp.derivation.latex import latex
from glm2mlp.derivations import logistic_regression, softmax_regression

HEAD = ("model", "activation", "distribution", "loss", "gradient")
EARLIER = 0  # known before lecture 1


@dataclass(frozen=True)
class Entry:
    """A cell of the table: Markdown, or a derivation whose last line it is; known after `lecture`.

    `later` replaces it from a later lecture on.
    """

    content: str | Derivation
    lecture: int
    later: "Entry | None" = None

    def text(self, lecture: int) -> str:
        """Return the Markdown that the table shows after `lecture`."""
        if lecture < self.lecture:
            return "?"
        if self.later and lecture >= self.later.lecture:
            return self.later.text(lecture)
        if isinstance(self.content, str):
            return self.content
        return f"${latex(self.content.lines[-1].term)}$"


ROWS = {
    "linear regression": (
        Entry("identity, $\\bar{y}$", EARLIER),
        Entry("Normal, $\\mathcal{N}(t; y, \\sigma^2)$", 2),
        Entry(
            "$\\mathrm{MSE} \\propto \\mathbb{E}\\bigl[(y(\\boldsymbol{x}) - t)^2\\bigr]$",
            EARLIER,
            Entry(
                "$\\mathrm{NLL} \\propto \\mathrm{MSE} \\propto "
                "\\mathbb{E}\\bigl[(y(\\boldsymbol{x}) - t)^2\\bigr]$",
                2,
            ),
        ),
        Entry("$\\bigl(y(\\boldsymbol{x}; \\boldsymbol{w}) - t\\bigr) \\boldsymbol{x}$", EARLIER),
    ),
    "logistic regression": (
        Entry("$\\sigma(\\bar{y})$", EARLIER),
        Entry("Bernoulli", EARLIER),
        Entry(
            "$\\mathrm{NLL} \\propto \\mathbb{E}\\bigl[-\\log p(t \\mid \\boldsymbol{x})\\bigr]$",
            EARLIER,
        ),
        Entry(logistic_regression.GRADIENT, 1),
    ),
    "softmax regression": (
        Entry("$\\operatorname{softmax}(\\bar{\\boldsymbol{y}})$", 3),
        Entry("categorical", 3),
        Entry(
            "$\\mathrm{NLL} \\propto \\mathbb{E}\\bigl[-\\log p(C_t \\mid \\boldsymbol{x})\\bigr]$",
            3,
        ),
        Entry(softmax_regression.GRADIENT, 3),
    ),
}


class Table:
    """The table after a lecture; the last expression of a cell shows it."""

    def __init__(self, lecture: int) -> None:
        self._lecture = lecture

    def _repr_markdown_(self) -> str:
        rows = (
            (name, *(entry.text(self._lecture) for entry in entries))
            for name, entries in ROWS.items()
            if any(entry.lecture <= self._lecture for entry in entries)
        )
        lines = (HEAD, [":--"] * len(HEAD), *rows)
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def __repr__(self) -> str:
        return self._repr_markdown_()


def show(lecture: int) -> Table:
    """Return the table as it stands after a lecture; 0 is before the first."""
    return Table(lecture)
