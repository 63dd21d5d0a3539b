"""The built site holds no secret, no dead link, nothing from elsewhere. Run by `run`, after `make site`."""

import inspect
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from solution_lines import hidden_lines, solution_lines, squeezed

from autograder.authoring import load_reference, load_release
from autograder.authoring.cells import solved_cells
from glm2mlp.catalogue import ASSIGNMENTS

ROOT = Path(__file__).parents[3]
SITE = ROOT / "build" / "site"
PAGES = sorted(SITE.rglob("*.html"))
TEXTS = [path for path in SITE.rglob("*") if path.suffix in {".html", ".js", ".ipynb", ".md"}]


def content(path: Path) -> str:
    """What a file says, without HTML's tags."""
    text = path.read_text(encoding="utf-8")
    return squeezed(unescape(re.sub(r"<[^>]+>", "", text)) if path.suffix == ".html" else text)


@pytest.fixture(scope="session")
def contents() -> dict[str, str]:
    """What each file of ours says; the theme's scripts say nothing of the course."""
    return {
        path.relative_to(SITE).as_posix(): content(path)
        for path in TEXTS
        if "_static" not in path.parts
    }


def found_in(contents: dict[str, str], line: str) -> list[str]:
    wanted = squeezed(line)
    return [name for name, text in contents.items() if wanted in text]


def test_there_is_a_site():
    assert (SITE / "index.html").is_file(), "run `make site` first"


def test_there_are_secrets_to_look_for(contents):
    """The tests below would find what they look for, if it were there."""
    assert len(solution_lines()) > 20
    assert len(hidden_lines()) > 100
    page = contents["lectures/1_logistic_regression.html"]
    assert squeezed("losses.append(loss(w))") in page
    notebook = contents["downloads/assignments/logistic_regression.ipynb"]
    assert squeezed("raise NotImplementedError") in notebook


def test_no_line_of_a_solution(contents):
    shown = [
        (exercise, line, name)
        for exercise, line in solution_lines()
        for name in found_in(contents, line)
    ]
    assert shown == []


def test_no_hidden_test(contents):
    shown = [(where, line) for where, line in hidden_lines() if found_in(contents, line)]
    assert shown == []


def test_no_right_letter_and_no_explanation(contents):
    for name in ASSIGNMENTS:
        for exercise, question in load_release(ASSIGNMENTS[name]).questions.items():
            for choice in question.choices.values():
                assert found_in(contents, choice.explanation[:60]) == [], exercise
    letters = re.compile(r"""return\s*\\?["'][A-E]\\?["']""")
    for path in TEXTS:
        text = unescape(re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")))
        assert "_static" in path.parts or not letters.search(text), path


def test_no_model_answer(contents):
    for name in ASSIGNMENTS:
        for cell in solved_cells(ASSIGNMENTS[name]):
            if cell.role == "written":
                for line in cell.source.splitlines()[1:-1]:
                    if len(squeezed(line)) > 40:
                        assert found_in(contents, line) == [], cell.grade_id


def test_reference_package_is_not_documented(contents):
    for name in ASSIGNMENTS:
        for function in load_reference(ASSIGNMENTS[name]).values():
            module = inspect.getmodule(function)
            assert module is not None
            assert found_in(contents, f"{module.__name__}.{function.__name__}") == []


class Links(HTMLParser):
    """Collects what a page refers to, and the places in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src") and value:
                self.links.append((tag, value))
            if key == "id" and value:
                self.places.add(value)


@pytest.fixture(scope="session")
def pages() -> dict[Path, Links]:
    return {path: Links(path) for path in PAGES}


def test_every_link_leads_somewhere(pages):
    dead = []
    for path, page in pages.items():
        for _, link in page.links:
            address = urlsplit(link)
            if address.scheme or address.netloc or link.startswith("#pst"):
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            places = pages[target].places if target in pages else set()
            if not target.is_file() or (
                address.fragment and unquote(address.fragment) not in places
            ):
                dead.append(f"{path.relative_to(SITE)}: {link}")
    assert dead == []


def test_nothing_comes_from_elsewhere(pages):
    """Links may lead away; scripts, styles and images stay."""
    for path, page in pages.items():
        away = [link for tag, link in page.links if tag != "a" and urlsplit(link).netloc]
        assert away == [], path
    for path in SITE.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", text), path


def test_downloads_are_the_repositorys_notebooks():
    for path in (SITE / "downloads").rglob("*.ipynb"):
        original = ROOT / path.relative_to(SITE / "downloads")
        assert json.loads(path.read_text("utf-8")) == json.loads(original.read_text("utf-8")), path


def test_a_page_is_light():
    """The limits are generous: a lecture with its pictures below 3 MB, the site's own parts below 8 MB."""
    for path in PAGES:
        assert path.stat().st_size < 3_000_000, path
    static = sum(path.stat().st_size for path in (SITE / "_static").rglob("*") if path.is_file())
    assert static < 8_000_000
