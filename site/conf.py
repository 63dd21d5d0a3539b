"""Sphinx's configuration. `build.py` prepares the pages and calls Sphinx with this file."""

import os
import sys
import tomllib
from pathlib import Path

SITE = Path(__file__).parent
SOURCE = Path(os.environ["GLM2MLP_SOURCE"])  # where build.py has put the pages
sys.path[:0] = [str(SITE), str(SITE / "extensions")]

project = "glm2mlp"
copyright = "the authors of glm2mlp; text and figures CC BY-SA 4.0, code MIT"  # noqa: A001
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "docstrings", "katex", "lecture_pages", "prf"]
html_math_renderer = "katex"
exclude_patterns = ["_static", "_extra"]
nitpicky = True

# The lectures
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_cache_path = os.environ["GLM2MLP_CACHE"]
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_output_stderr = "error"  # a warning of a cell fails the build
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_ipywidgets_js = {}  # they would come from elsewhere
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"

# The interface of the student package
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say more: shapes
autodoc_default_options = {"members": True}
autodoc_class_signature = "separated"

# The look
html_theme = "pydata_sphinx_theme"
html_title = "glm2mlp"
html_static_path = [str(SOURCE / "_static")]
html_extra_path = [str(SOURCE / "_extra")]
html_css_files = ["katex/katex.min.css", "site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_favicon = str(SITE / "static" / "favicon.svg")
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_sidebars = {
    page: [] for page in ("index", "students", "instructors", "authors", "coverage", "assignments")
}
templates_path = ["templates"]
html_theme_options = {
    "logo": {"text": "glm2mlp", "alt_text": "glm2mlp, start page"},
    "navbar_align": "left",
    "header_links_before_dropdown": 8,
    "navigation_depth": 2,
    "show_toc_level": 1,
    "search_bar_text": "Search the course",
    "article_header_end": ["notebook-links"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_context = {
    "default_mode": "auto",
    **tomllib.loads((SITE / "settings.toml").read_text(encoding="utf-8")),
}
if "GLM2MLP_REPOSITORY" in os.environ:
    html_context["repository"] = os.environ["GLM2MLP_REPOSITORY"]
