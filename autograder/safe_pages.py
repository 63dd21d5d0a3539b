"""formgrader and nbgrader's feedback, closed to what a submission could make them do. Trusted side.

Four doors, each closed by itself:

- MathJax's own language can ask for addresses. The pages of `SafeExporter` let it see only formulas that
  `autograder.safe_markdown` has passed, and tell it to take no address at all.
- `/formgrader?path=FOLDER` runs the `nbgrader_config.py` of that folder, without a token, so a picture in any
  page could run what a student wrote. No request that names a path reaches formgrader.
- formgrader writes names of students and parts of addresses into HTML and scripts as they are. Here names are
  text, and an address with signs of HTML in it is refused. JSON, in which such texts are too, is sent as HTML
  by all of nbgrader's extensions; here it is sent as text.
- Jupyter loads formgrader through this module only: the configuration that is installed beside it
  (`jupyter_server_config.json`) switches nbgrader's own entry off. If this module fails, there is no
  formgrader, not an open one.
"""

from html import escape
from typing import Any

from jinja2 import DictLoader
from jupyter_server.base.handlers import JupyterHandler
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.assignment_list import handlers as assignment_list
from nbgrader.server_extensions.course_list import handlers as course_list
from nbgrader.server_extensions.formgrader import apihandlers, base, formgrader
from nbgrader.server_extensions.formgrader.handlers import SubmissionFilesHandler
from nbgrader.server_extensions.validate_assignment import handlers as validate_assignment
from tornado.web import HTTPError
from traitlets import default

REFUSAL = (
    "formgrader takes no path: it would run the nbgrader_config.py of that folder, which a student may have "
    "written. Start JupyterLab in the course's own directory, and open /formgrader there.\n"
)

TEXT = ("Content-Type", "text/plain; charset=UTF-8")
# Of what formgrader tells its page of a submission: what students choose themselves.
CHOSEN = ("student", "first_name", "last_name", "notebook_path")
SIGNS = frozenset('<>"')  # no id has these, see `autograder.roster.is_folder_name`

# The version that the tests try; nbconvert's own address loads the newest 2.x.
SOURCE = (
    "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/MathJax.js?config=TeX-AMS_CHTML-full,Safe"
)
# A page is closed to MathJax, but for elements of the class that a formula gets when it has passed.
MATHJAX = """
{%- macro mathjax() -%}
<script type="text/x-mathjax-config">
MathJax.Hub.Config({
  Safe: {
    allow: {URLs: "none", classes: "none", cssIDs: "none", styles: "none", fontsize: "none", require: "none"}
  },
  TeX: {equationNumbers: {autoNumber: "AMS", useLabelIds: false}},
  tex2jax: {
    inlineMath: [["$", "$"]],
    displayMath: [["$$", "$$"]],
    processEnvironments: true,
    processRefs: false,
    ignoreClass: ".*",
    processClass: "tex2jax_process"
  },
  menuSettings: {inTabOrder: false},
  messageStyle: "none",
  CommonHTML: {linebreaks: {automatic: true}}
});
</script>
<script src="SOURCE"></script>
{%- endmacro %}
""".replace("SOURCE", SOURCE)


class SafeExporter(HTMLExporter):  # type: ignore[misc]
    """nbconvert's exporter to HTML with our filters, whatever the course's configuration says of MathJax."""

    @default("filters")  # type: ignore[untyped-decorator]
    def _filters(self) -> dict[str, str]:
        return {
            "markdown2html": "autograder.safe_markdown.markdown_to_html",
            "highlight_code": "autograder.safe_code.code_to_html",
        }

    @default("extra_loaders")  # type: ignore[untyped-decorator]
    def _loaders(self) -> list[DictLoader]:
        return [DictLoader({"mathjax.html.j2": MATHJAX})]

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """The page of a submission, in which the names that students chose are text."""
        told = {**(resources or {})}
        told |= {name: escape(told[name]) for name in CHOSEN if told.get(name)}
        return super().from_filename(filename, told, **options)


async def _prepare(self: Any, *args: Any, **options: Any) -> None:
    """Refuse a request that names a path or has HTML in its address, before formgrader sees it."""
    if any(self.get_arguments("path")):
        self.log.warning("formgrader refused the path of %r", self.request.uri)
        self.set_status(403)
        self.set_header(*TEXT)
        self.finish(REFUSAL)
        return
    parts = (*self.path_args, *self.path_kwargs.values())
    if any(SIGNS & {*part} for part in parts if part) or isinstance(self, SubmissionFilesHandler):
        raise HTTPError(404)
    await JupyterHandler.prepare(self, *args, **options)


def _as_text(self: Any) -> None:
    """Let a handler send text unless it says otherwise: the scripts read JSON from it themselves."""
    JupyterHandler.set_default_headers(self)
    self.set_header(*TEXT)


for _module in (apihandlers, assignment_list, course_list, validate_assignment):
    for _, _handler in _module.default_handlers:
        _handler.set_default_headers = _as_text
base.BaseHandler.prepare = _prepare  # of every request to formgrader, whatever handler answers it
formgrader.HTMLExporter = SafeExporter


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "autograder.safe_pages"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Load formgrader into a Jupyter server."""
    formgrader.load_jupyter_server_extension(server)
