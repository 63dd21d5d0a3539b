"""The directives of definitions, theorems and proofs: `:::{prf:theorem} Name`. For authors.

They are admonitions whose title says what they are; in notebooks `lecture_markdown` writes the same words.
"""

from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.util.docutils import SphinxDirective

from autograder.authoring.lecture_markdown import DIRECTIVES, named


class Statement(SphinxDirective):
    """A definition, a theorem or a proof, with a name if it has one."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return an admonition with the title, whose text may hold formulas."""
        kind = self.name.removeprefix("prf:")
        text = named(self.name, self.arguments[0] if self.arguments else "")
        children, messages = self.state.inline_text(text, self.lineno)
        block = nodes.admonition("", classes=["prf", f"prf-{kind}"])
        block += nodes.title(text, "", *children)
        self.set_source_info(block)
        self.state.nested_parse(self.content, self.content_offset, block)
        return [block, *messages]


class Statements(Domain):
    """The domain that the directives belong to; nothing refers to them."""

    name = "prf"
    label = "Statements"
    directives: ClassVar = {
        name.removeprefix("prf:"): Statement for name in DIRECTIVES if name.startswith("prf:")
    }

    def merge_domaindata(self, docnames: set[str], otherdata: dict[str, object]) -> None:
        """Nothing is stored, so there is nothing to merge."""

    def resolve_any_xref(self, *_: object) -> list[tuple[str, nodes.reference]]:
        """Nothing is stored, so there is nothing to find."""
        return []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the domain."""
    app.add_domain(Statements)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
