"""The pages on the packages are complete: no module that somebody uses is without one."""

import ast
import importlib
import importlib.util
import itertools
import json
import pkgutil
import re
import sys
from pathlib import Path

import pytest
from solution_lines import hidden_lines, solution_lines, squeezed
from thinning import slow

import glm2mlp.derivations
import solutions
from autograder.authoring.build import release_notebook
from autograder.authoring.lectures import lecture_paths
from glm2mlp.catalogue import ASSIGNMENTS, COURSE
from glm2mlp.derivation import Derivation

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture(scope="module")
def site():
    spec = importlib.util.spec_from_file_location("site_generated", SITE / "generated.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(site):
    return site.api_pages()


def imported(notebook: str) -> set[str]:
    """The modules of the student package that a notebook imports, without the package's name."""
    cells = json.loads(notebook)["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    code = "\n".join(line for line in code.splitlines() if not line.startswith("%"))
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "glm2mlp":
            within = node.module.removeprefix("glm2mlp").removeprefix(".")
            names = {f"{within}.{alias.name}".removeprefix(".") for alias in node.names}
            found |= {name for name in names if is_module(name)} or {within}
    return found


def is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(f"glm2mlp.{name}") is not None
    except ModuleNotFoundError:  # its parent is no package
        return False


def test_imports_are_found():
    cell = {
        "cell_type": "code",
        "source": "from glm2mlp import data\nfrom glm2mlp.checks.suite import Suite",
    }
    assert imported(json.dumps({"cells": [cell]})) == {"data", "checks.suite"}


@slow
def test_every_module_of_the_student_package_has_a_page(pages):
    modules = {module.name for module in pkgutil.iter_modules(glm2mlp.__path__)}
    assert len(modules) > 15
    assert modules <= pages.keys()


def test_every_module_of_the_reference_has_a_page(site):
    modules = {module.name for module in pkgutil.iter_modules(solutions.__path__)}
    assert site.solutions_pages().keys() == {*modules, "index", "model_answers"}


@slow
@pytest.mark.parametrize(
    "path",
    [path.with_suffix(".ipynb") for path in lecture_paths(COURSE)],
    ids=lambda path: path.stem,
)
def test_what_lectures_import_has_a_page(path, pages):
    modules = imported(path.read_text(encoding="utf-8"))
    assert modules
    assert {name for name in modules if not name.startswith("derivations.")} <= pages.keys()


@slow
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_what_assignments_import_has_a_page(name, pages):
    modules = imported(release_notebook(ASSIGNMENTS[name]))
    assert modules
    assert modules <= pages.keys()


@slow
def test_the_index_lists_every_page(pages):
    for name in pages.keys() - {"index"}:
        assert f"({name}.md)" in pages["index"], name


@slow
@pytest.mark.parametrize(
    "name", [found.name for found in pkgutil.iter_modules(glm2mlp.derivations.__path__)]
)
def test_all_derivations_of_a_lecture_are_stated(name, pages):
    module = importlib.import_module(f"glm2mlp.derivations.{name}")
    part = pages["derivations"].split(f"`{module.__name__}`: ")[1].split("\n## ")[0]
    names = [name for name, thing in vars(module).items() if isinstance(thing, Derivation)]
    assert names
    assert [line[5:-1] for line in part.splitlines() if line.startswith("### ")] == names


def test_the_source_of_the_reference_is_shown(site):
    page = site.solutions_pages()["softmax_regression"]
    source = (Path(solutions.__file__).parent / "softmax_regression.py").read_text("utf-8")
    assert source in page


@pytest.fixture
def published(monkeypatch):
    """The names of the documents that the site shows."""
    monkeypatch.syspath_prepend(str(SITE))
    monkeypatch.delitem(sys.modules, "build", raising=False)
    return importlib.import_module("build").DOCUMENTS


def test_documents_show_no_hidden_test_and_no_solution(published):
    """Some are written by studies, which tell of tests."""
    secrets = [*hidden_lines(), *solution_lines()]
    for name in published:
        text = squeezed((SITE.parent / "docs" / name).read_text("utf-8"))
        assert [(name, *secret) for secret in secrets if squeezed(secret[1]) in text] == []


def test_documents_link_to_pages_of_the_site(published):
    pages = {f"about/{name}" for name in published} | {page.name for page in SITE.glob("pages/*")}

    linked = set()
    for name in published:
        text = (SITE.parent / "docs" / name).read_text("utf-8")
        linked |= {f"about/{link}" for link in re.findall(r"\]\(([\w-]+\.md)", text)}
    start = (SITE / "pages" / "instructors.md").read_text("utf-8")
    linked |= set(re.findall(r"\]\(([\w/-]+\.md)", start))

    assert linked
    assert linked <= pages | {"coverage.md"}


def test_every_column_of_a_table_has_a_head():
    """A screen reader says it before each entry."""
    pages = [*SITE.glob("pages/*.md"), *(SITE.parent / "docs").glob("*.md")]
    for page in pages:
        lines = page.read_text("utf-8").splitlines()
        heads = [
            above for above, line in itertools.pairwise(lines) if re.match(r"\|[-:| ]+\|$", line)
        ]
        assert not [head for head in heads if re.search(r"\| *\|", head)], page
