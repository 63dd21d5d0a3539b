"""Markdown in formgrader and nbgrader's feedback, without what a student could do by it. Trusted side.

nbconvert's own filter passes HTML on, and MathJax knows commands that load pictures, make links and define
new commands; in formgrader all of that has the rights of whoever grades. So lists say what a student may use
of Markdown and of TeX. Everything else, HTML too, is shown as text. Only pictures beside the notebook make
the browser ask for an address.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from mistune.plugins import import_plugin
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autograder.safe_code import is_long

# A picture in the submission's own folder; no part of the path begins with a dot.
PICTURE = re.compile(r"(?:[\w -][\w. -]*/)*[\w -][\w. -]*\.(?:png|jpe?g|gif)", re.IGNORECASE)
# Nobody writes more than a few pages in a cell. nbconvert looks for the end of each formula through all of
# the text, so that a megabyte of beginnings would keep formgrader busy for hours; and emphasis in emphasis
# takes half a second for as many characters as here, and twenty for five times as many.
MAX_TEXT, MAX_FORMULAS = 10_000, 100
FORMULA = re.compile(r"\\\\[(\[]|\\begin\{")
# nbgrader's templates look for links to `files/` in the HTML, from each [ to the end of its line: a megabyte
# of them would keep formgrader busy for hours.
BRACKET = "&#91;"

# What mistune looks for: not HTML, bare addresses and definitions of addresses, so they stay text.
_RULES = """
atx_heading axt_heading blank_line block_quote fenced_code indent_code list multiline_math nptable
paragraph setex_heading table thematic_break block_math_latex block_math_tex codespan emphasis
escape inline_math_latex inline_math_tex latex_environment linebreak link link_close softbreak
strikethrough
"""
RULES = frozenset(_RULES.split())
PLUGINS = ("strikethrough", "table")
# What it may find by these rules; another version may find more.
_CONSTRUCTS = """
blank_line block_code block_math block_quote block_text codespan emphasis heading image
inline_math latex_environment linebreak link list list_item paragraph softbreak strikethrough
strong table table_body table_cell table_head table_row text thematic_break
"""
CONSTRUCTS = frozenset(_CONSTRUCTS.split())

# TeX, as MathJax 2.7.7 knows it: letters; operators and functions; relations and arrows; fractions, roots,
# accents; delimiters; fonts; dots and spaces. None of these takes an address, a style, a class or an id, and
# none defines a command. \boldsymbol loads its extension from where MathJax comes from.
_COMMANDS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi
omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta
Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath Re Im aleph wp partial nabla infty
emptyset varnothing
sum prod coprod int iint iiint oint bigcup bigcap bigoplus bigotimes bigodot bigvee bigwedge
limits nolimits arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg
lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh argmax argmin mod bmod pmod pm mp
times div cdot circ bullet ast star odot oplus ominus otimes oslash cap cup vee wedge land lor
lnot neg setminus wr dagger
le leq leqslant ge geq geqslant ne neq ll gg equiv sim simeq approx cong propto doteq asymp prec
preceq succ succeq subset subseteq supset supseteq in ni notin mid nmid parallel perp vdash models
not to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow
longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow mapsto
longmapsto implies impliedby iff uparrow downarrow updownarrow Uparrow Downarrow nearrow searrow
hookrightarrow forall exists nexists top bot angle triangle square therefore because coloneqq
triangleq xrightarrow xleftarrow
frac dfrac tfrac cfrac binom dbinom tbinom sqrt over choose hat widehat bar overline underline
tilde widetilde vec dot ddot check breve acute grave mathring overrightarrow overleftarrow
overbrace underbrace overset underset stackrel substack prime
left middle right big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm
Biggm langle rangle lvert rvert lVert rVert vert Vert lbrace rbrace lbrack rbrack lfloor rfloor
lceil rceil backslash
text textrm textit textbf textsf texttt mbox mathrm mathbf mathit mathsf mathtt mathbb mathcal
mathfrak mathscr boldsymbol operatorname rm bf it cal displaystyle textstyle scriptstyle
scriptscriptstyle
dots ldots cdots vdots ddots dotsb dotsc dotsm quad qquad hline boxed phantom nonumber notag
"""
COMMANDS = frozenset(_COMMANDS.split())
SYMBOLS = frozenset(r"\,;:>!{}|%&#_ ")
_ENVIRONMENTS = """
align align* aligned alignat alignat* array bmatrix Bmatrix cases equation equation* gather
gather* gathered matrix multline multline* pmatrix smallmatrix split vmatrix Vmatrix
"""
ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())
# A control sequence; two hats, by which TeX spells any sign; or one sign.
TOKEN = re.compile(
    r"\\(?P<mark>begin|end)\{(?P<name>[a-zA-Z]+\*?)\}|\\(?P<word>[a-zA-Z]+)|\\(?P<symbol>.)|\^\^|(?P<sign>.)",
    re.DOTALL,
)
# A comment, an argument of a macro, a sign that is a command, and what ends a formula.
SPECIAL = frozenset("%#~$\\")
MAX_DEPTH = 20  # of braces and environments in each other


def is_mathematics(tex: str) -> bool:
    """Whether a formula holds only what is listed, well nested, so that it ends where it seems to end."""
    opened: list[str] = []
    for token in TOKEN.finditer(tex):
        mark, name, word, symbol, sign = token.groups()
        if mark == "begin" or sign == "{":
            opened.append(name or "{")
        elif (mark == "end" or sign == "}") and not (opened and opened.pop() == (name or "{")):
            return False
        if len(opened) > MAX_DEPTH or not (
            name in ENVIRONMENTS
            or word in COMMANDS
            or symbol in SYMBOLS
            or (sign and sign not in SPECIAL and (sign.isprintable() or sign in "\n\t"))
        ):
            return False
    return bool(tex.strip()) and not opened


class _UnknownError(Exception):
    """Mistune found a construct that is on no list."""


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """Shows HTML and addresses as text, and does not fail where a picture is missing."""

    def __init__(self, attachments: dict[str, Any]) -> None:
        super().__init__(
            escape=True,
            allow_harmful_protocols=False,
            exclude_anchor_links=True,
            attachments=attachments,
        )
        self._embedded: set[str] = set()

    def _get_method(self, name: str) -> Callable[..., str]:
        if name not in CONSTRUCTS:
            raise _UnknownError
        method: Callable[..., str] = super()._get_method(name)
        return method

    def inline_math(self, body: str) -> str:
        return _formula(f"${body}$", body)

    def block_math(self, body: str) -> str:
        return _formula(f"$${body}$$", body)

    def latex_environment(self, name: str, body: str) -> str:
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return _formula(source, source)

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002 - mistune's
        """Without colours: for some languages, which the student may name, they take an hour a page."""
        return f"<pre><code>{escape(code)}</code></pre>"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - mistune's
        address = escape(url)
        return text if text == address else f"{text} <code>{address}</code>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = url.removeprefix("attachment:")
        if name == url and not PICTURE.fullmatch(unquote(url)):
            return f"<em>(a picture from elsewhere is not loaded: {escape(url)})</em>"
        if name != url and name not in self.attachments:
            return f"<em>(the picture {escape(name)} is missing)</em>"
        if name != url:
            # It stands in the page as a whole: a megabyte named a thousand times would be a gigabyte.
            if name in self._embedded:
                return f"<em>(the picture {escape(name)} again, as above)</em>"
            self._embedded.add(name)
        html: str = super().image(text, url, title)
        return html


def _formula(source: str, body: str) -> str:
    """A formula, marked for MathJax if it may read it."""
    shown = escape(source, quote=False)
    if is_mathematics(body):
        return f'<span class="tex2jax_process">{shown}</span>'
    return f'<code style="white-space: pre-wrap">{shown}</code>'


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """The HTML of a cell's Markdown; a filter for nbconvert's templates."""
    html = _html(context, source).replace("[", BRACKET)
    # MathJax looks for formulas in no other element, wherever it would find one itself.
    return f'<div class="tex2jax_ignore">{html}</div>'


def _html(context: Any, source: str) -> str:
    plain = f"<pre>{escape(source)}</pre>"
    if len(source) > MAX_TEXT or len(FORMULA.findall(source)) > MAX_FORMULAS or is_long(context):
        return plain
    renderer = _Renderer(context.get("cell", {}).get("attachments", {}))
    markdown = MarkdownWithMath(renderer, plugins=map(import_plugin, PLUGINS))
    block = markdown.block
    for rules in (block.rules, block.block_quote_rules, block.list_rules, markdown.inline.rules):
        rules[:] = [rule for rule in rules if rule in RULES]
    try:
        html: str = markdown.render(source)
    except _UnknownError:
        return plain
    return html
