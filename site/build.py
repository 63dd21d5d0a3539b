"""Builds the site: `make site`, or python site/build.py [--instructor | --preview LECTURE]. For authors.

The pages are put together in build/work-…: those written in `pages/`, the lectures, and what is generated
from the declarations. Sphinx makes build/site of them. The site for instructors, which holds solutions, and
previews of one lecture land in folders of their own.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from generated import api_pages, assignments_page, lectures_page, solutions_pages

from autograder.authoring.build import release_notebook
from autograder.authoring.coverage import coverage_page, unexplained
from autograder.authoring.lectures import Lecture, lecture_paths, notebook_text, read_lecture
from autograder.authoring.source import SourceError
from glm2mlp.catalogue import ASSIGNMENTS, COURSE

SITE = Path(__file__).parent
ROOT = SITE.parent
BUILD = ROOT / "build"
KATEX = BUILD / "site-npm" / "node_modules" / "katex" / "dist"
DOCUMENTS = (
    *("attacks.md", "classroom.md", "container.md", "decisions.md", "derivations.md", "faq.md"),
    *("feedback.md", "fuzzing.md", "instructor.md", "jupyterhub.md", "lite.md", "nothing-lost.md"),
    *("performance.md", "scale.md", "scale-measured.md", "security.md"),
)

TO_ASSIGNMENT = re.compile(r"\]\((?:\.\./)*assignments/(\w+)\.ipynb\)")
TO_LECTURE = re.compile(
    r"\[(?P<text>[^]]*)\]\((?:\.\./lectures/)?(?P<name>\d_\w+)\.md(?P<place>#[^)]*)?\)"
)


@dataclass(frozen=True)
class Site:
    """What is built: for whom, with which lectures, and where."""

    lectures: tuple[Lecture, ...]
    output: Path
    instructor: bool = False
    preview: bool = False

    @property
    def source(self) -> Path:
        """The folder of the pages that Sphinx reads."""
        return BUILD / f"work-{self.output.name}" / "source"


def main() -> int:
    """Build the site; returns Sphinx's exit code."""
    parser = argparse.ArgumentParser(description="Builds the site in build/site.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--instructor", action="store_true", help="add solutions; lands in build/site-instructor"
    )
    which.add_argument(
        "--preview",
        metavar="LECTURE",
        help="this lecture only, e.g. 2_mse_as_mle; in build/preview-…",
    )
    options = parser.parse_args()
    if options.preview:
        (path,) = (path for path in lecture_paths(COURSE) if path.stem == options.preview)
        output = BUILD / f"preview-{options.preview}"
        return build(Site((read_lecture(path, COURSE),), output, preview=True))
    if missing := unexplained(COURSE):
        sys.exit(f"No lecture explains {', '.join(missing)}: tag the cell that does, or write one.")
    output = BUILD / ("site-instructor" if options.instructor else "site")
    return build(
        Site(
            tuple(read_lecture(path, COURSE) for path in lecture_paths(COURSE)),
            output,
            options.instructor,
        )
    )


def build(site: Site) -> int:
    """Put the pages together and run Sphinx; returns its exit code."""
    install_katex()
    shutil.rmtree(site.source.parent, ignore_errors=True)
    shutil.rmtree(site.output, ignore_errors=True)
    write_pages(site)
    copy_static(site)
    copy_downloads(site)
    environment = {
        **os.environ,
        "GLM2MLP_CACHE": str(BUILD / "site-cache" / key_of_results()),
        "GLM2MLP_SOURCE": str(site.source),
        "NODE_PATH": str(KATEX.parents[1]),
    }
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-n", "--keep-going", "-q"]
    command += ["-c", str(SITE), "-d", str(site.source.parent / "doctrees")]
    command += [str(site.source), str(site.output)]
    code = subprocess.run(command, env=environment, check=False).returncode
    for pattern in (".buildinfo", "objects.inv", "_static/**/*.map", "_static/webpack-macros.html"):
        for left_over in site.output.glob(pattern):  # nothing that a reader needs
            left_over.unlink()
    if code == 0:
        print(f"The site stands in {site.output.relative_to(ROOT)}/index.html")  # noqa: T201
    return code


def install_katex() -> None:
    """Install the pinned KaTeX into build/, unless it is there."""
    home = KATEX.parents[2]
    files = [SITE / "package.json", SITE / "package-lock.json"]
    copies = [home / file.name for file in files]
    if KATEX.exists() and [f.read_bytes() for f in files] == [f.read_bytes() for f in copies]:
        return
    if not shutil.which("npm"):
        sys.exit("KaTeX writes the site's formulas: install Node.js with npm, then try again.")
    home.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, home)
    npm = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(npm, cwd=home, check=True)


def write_pages(site: Site) -> None:
    """Write the pages that Sphinx reads."""
    shutil.copytree(SITE / "pages", site.source)
    coverage = "# What is covered\n" if site.preview else coverage_page(COURSE)
    pages = {
        "assignments.md": assignments_page(),
        "coverage.md": for_site(coverage, "", site),
        "lectures/index.md": for_site(lectures_page(site.lectures), "../", site),
        **{
            f"lectures/{lecture.path.name}": for_site(lecture.path.read_text("utf-8"), "../", site)
            for lecture in site.lectures
        },
        **{
            f"about/{name}": for_site((ROOT / "docs" / name).read_text("utf-8"), "../", site)
            for name in DOCUMENTS
        },
        **{f"api/{name}.md": text for name, text in api_pages().items()},
    }
    start = (SITE / "pages" / "index.md").read_text("utf-8")
    if site.instructor:
        pages |= {f"solutions/{name}.md": text for name, text in solutions_pages().items()}
        start = start.replace("<api/index>", "<api/index>\nSolutions <solutions/index>")
    pages["index.md"] = for_site(start, "", site)
    for name, text in pages.items():
        path = site.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for picture in (ROOT / "docs").glob("*.svg"):
        shutil.copy(picture, site.source / "about")


def for_site(text: str, up: str, site: Site) -> str:
    """Write links as the site needs them; one to a lecture that is not there becomes plain text."""

    def to_lecture(link: re.Match[str]) -> str:
        if link["name"] not in {lecture.name for lecture in site.lectures}:
            return link["text"]
        return f"[{link['text']}]({up}lectures/{link['name']}.md{link['place'] or ''})"

    text = TO_ASSIGNMENT.sub(
        lambda link: f"]({up}assignments.md#{link[1].replace('_', '-')})", text
    )
    text = text.replace("](../site/pages/", f"]({up}")
    return TO_LECTURE.sub(to_lecture, text.replace("](lectures/", "]("))


def copy_static(site: Site) -> None:
    """Copy style and script, and of KaTeX what the reader needs: its CSS and one kind of font."""
    static = site.source / "_static"
    shutil.copytree(SITE / "static", static)
    fonts = static / "katex" / "fonts"
    fonts.mkdir(parents=True)
    css = (KATEX / "katex.min.css").read_text(encoding="utf-8")
    css = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", css)
    (fonts.parent / "katex.min.css").write_text(css, encoding="utf-8")
    for font in (KATEX / "fonts").glob("*.woff2"):
        shutil.copy(font, fonts)


def copy_downloads(site: Site) -> None:
    """Write what the reader may download: notebooks and texts of lectures, notebooks of assignments."""
    downloads = site.source / "_extra" / "downloads"
    for folder in ("lectures", "assignments"):
        (downloads / folder).mkdir(parents=True)
    for lecture in site.lectures:
        (downloads / "lectures" / f"{lecture.name}.ipynb").write_text(
            notebook_text(lecture), "utf-8"
        )
        shutil.copy(lecture.path, downloads / "lectures")
    for name in ASSIGNMENTS:
        notebook = release_notebook(ASSIGNMENTS[name])
        (downloads / "assignments" / f"{name}.ipynb").write_text(notebook, "utf-8")


def key_of_results() -> str:
    """Name what the lectures' outputs depend on besides their text: the package and its dependencies."""
    key = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    package = ROOT / "glm2mlp" / "src" / "glm2mlp"
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            key.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return key.hexdigest()[:16]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SourceError as error:
        sys.exit(str(error))
