r"""Asking for an address, or defining commands, by Markdown and TeX that somebody reads in a page.

Each text stands where formgrader shows it: in a cell of its own, in each written answer, in a comment of
code, in an output and in names. The address names a folder with a configuration that would run in
formgrader; `hostile_class.py` makes that folder before it opens the pages.
"""

from functools import partial
from typing import Any

from attack import Attack
from engine_kit import cell, grade_id, notebook

from glm2mlp.catalogue import ASSIGNMENTS

# An address that MathJax takes for a good one and the browser for one of the page's own host. WAS_HERE shows
# in every request that a browser makes for it.
WAS_HERE = "mallory-was-here"
ADDRESS = f"http:/formgrader?path=submitted/{WAS_HERE}"
PICTURE = rf'\mmlToken{{mglyph}}[src="{ADDRESS}",width="99"]{{}}'


def reading(tries: str, text: str) -> Attack:
    def content(cells: list[dict[str, Any]], assignment: str) -> Any:
        written = {e.name for e in ASSIGNMENTS[assignment].exercises if e.kind == "written"}
        for one in cells:
            if grade_id(one) in written:
                one["source"] = text
        code = cell("# " + text.replace("\n", "\n# ") + "\nx = 1")
        shown = {"text/markdown": text, "text/html": text, "text/latex": text, "text/plain": text}
        code["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": shown}]
        attached = {text[:60]: {"image/png": "AAAA"}}
        prose = {**cell(text, cell_type="markdown"), "attachments": attached}
        prose["metadata"]["name"] = text
        return notebook([prose, code, *cells]) | {"metadata": {"title": text, "authors": [text]}}

    return partial(Attack, "formulas")(tries, content=content)


ATTACKS = (
    reading("a picture in a formula", f"${PICTURE}$"),
    reading("a picture in a displayed formula", f"$${PICTURE}$$"),
    reading("a picture in an environment", rf"\begin{{align}}{PICTURE}\end{{align}}"),
    reading("a picture between other delimiters", rf"\\({PICTURE}\\) \\[{PICTURE}\\]"),
    reading("a link in a formula", rf"$\href{{{ADDRESS}}}{{x}}$"),
    reading("a link by a token", rf'$\mmlToken{{mtext}}[href="{ADDRESS}"]{{x}}$'),
    reading(
        "a command under another name", rf'$\let\x\mmlToken \x{{mglyph}}[src="{ADDRESS}"]{{}}$'
    ),
    reading("a command of its own", rf"$\newcommand{{\x}}{{{PICTURE}}}\x$ $\def\y{{{PICTURE}}}\y$"),
    reading(
        "an environment of its own",
        rf"$\newenvironment{{e}}{{{PICTURE}}}{{}}\begin{{e}}\end{{e}}$",
    ),
    reading("an extension that it requires", rf"$\require{{mhchem}}\ce{{{PICTURE}}}$"),
    reading(
        "a style with an address",
        rf"$\require{{HTML}}\style{{background:url({ADDRESS})}}{{x}} \class{{a}}{{x}} \cssId{{b}}{{x}}$",
    ),
    reading("a formula in a text of a formula", rf"$\text{{${PICTURE}$}}$"),
    reading("a formula that ends in a comment", f"$x % }}$ {PICTURE}"),
    reading("a command in hats", rf'$^^5cmmlToken{{mglyph}}[src="{ADDRESS}"]{{}}$'),
    reading("half a formula before an escaped one", rf"\$${PICTURE}\$ \\$${PICTURE}\\$"),
    reading("a formula in code", f"`${PICTURE}$`\n\n    $${PICTURE}$$\n\n```\n$${PICTURE}$$\n```"),
    reading(
        "a formula over several elements",
        f"$a\n\n- {PICTURE}\n- b$\n\n| $ |\n|---|\n| {PICTURE} $ |",
    ),
    reading(
        "an element that asks for formulas", f'<span class="tex2jax_process">${PICTURE}$</span>'
    ),
    reading("a script of MathJax's", f'<script type="math/tex">{PICTURE}</script>'),
    reading(
        "MathML", f'<math><mglyph src="{ADDRESS}"/><maction href="{ADDRESS}">x</maction></math>'
    ),
    reading(
        "pictures and links of Markdown", f"![x]({ADDRESS}) [x]({ADDRESS}) <{ADDRESS}> {ADDRESS}"
    ),
    reading("a picture in HTML", f'<img src="{ADDRESS}"><iframe src="{ADDRESS}"></iframe>'),
)
