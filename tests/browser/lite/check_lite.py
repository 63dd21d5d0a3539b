"""What `make lite` built: what students receive, no secret, nothing that Pyodide lacks. Run by `run`."""

import json
from email import message_from_bytes
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from solution_lines import (
    LETTER,
    NOTEBOOKS,
    PLAIN,
    beliefs,
    files,
    hidden_lines,
    said,
    shown,
    solution_lines,
    unzipped,
    words_of_solutions,
)

from autograder.authoring.build import source_notebook
from glm2mlp.catalogue import ASSIGNMENTS

ROOT = Path(__file__).parents[3]
LITE = ROOT / "build" / "lite"
NPM = ROOT / "build" / "browser" / "lite" / "node_modules" / "pyodide"
INSTRUCTORS = ("importsolutions", "solutions.", "autograder", "course.key", "BEGINSOLUTION")


@pytest.fixture(scope="module")
def contents() -> dict[str, str]:
    """What our files say, those in wheels too; JupyterLite's own say nothing of the course."""
    ours = {name: data for part in ("files", "pypi") for name, data in files(LITE / part).items()}
    return said(ours | {"index.html": (LITE / "index.html").read_bytes()})


def wheels() -> dict[str, bytes]:
    return {name: data for name, data in files(LITE / "pypi").items() if name.endswith(".whl")}


def test_there_are_the_notebooks_and_nothing_else():
    assert set(files(LITE / "files")) == NOTEBOOKS
    assert {name.partition("-")[0] for name in wheels()} == {"comm", "glm2mlp"}


@pytest.mark.parametrize("name", sorted(NOTEBOOKS))
def test_notebook_is_the_one_that_students_receive_with_a_cell_that_loads_the_package(name):
    there = nbformat.read(LITE / "files" / name, as_version=4)
    code = [cell for cell in there.cells if cell.cell_type == "code"]
    assert code[0].source.splitlines()[-1] == "%pip install -q glm2mlp"
    there.cells.remove(code[0])
    assert there == nbformat.read(ROOT / name, as_version=4)


def test_front_page_leads_to_every_notebook():
    page = (LITE / "index.html").read_text(encoding="utf-8")
    assert all(f'href="lab/index.html?path={name}"' in page for name in NOTEBOOKS)
    assert "$" not in page


def test_nothing_secret(contents):
    secrets = [secret for secret in solution_lines() if secret[1] != PLAIN]
    secrets += [*hidden_lines(), *beliefs(), *words_of_solutions()]
    assert shown(contents, secrets) == []
    assert [name for name, text in contents.items() if LETTER.search(text)] == []


def test_nothing_names_what_only_instructors_have(contents):
    """But the front page tells who studies alone of `autograder self-check`."""
    notebooks = {name: text for name, text in contents.items() if name != "index.html"}
    assert shown(notebooks, [("instructors", word) for word in INSTRUCTORS]) == []


def test_a_secret_would_be_found():
    solved = {f"{name}.ipynb": source_notebook(ASSIGNMENTS[name]).encode() for name in ASSIGNMENTS}
    found = {line for _, line, _ in shown(said(solved), solution_lines())}
    assert found == {line for _, line in solution_lines()}


def test_pyodide_is_asked_for_in_the_version_that_is_tested():
    version = json.loads((NPM / "package.json").read_text())["version"]
    settings = json.loads((LITE / "jupyter-lite.json").read_text())["jupyter-config-data"]
    kernel = settings["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["pyodideUrl"] == f"https://cdn.jsdelivr.net/pyodide/v{version}/full/pyodide.js"


def test_pyodide_has_all_that_the_student_package_needs():
    packages = json.loads((NPM / "pyodide-lock.json").read_text())["packages"]
    (wheel,) = (data for name, data in wheels().items() if name.startswith("glm2mlp"))
    (about,) = (data for name, data in unzipped(wheel).items() if name.endswith("/METADATA"))
    lines = message_from_bytes(about).get_all("Requires-Dist") or []
    browser = {"sys_platform": "emscripten", "extra": ""}
    requirements = [Requirement(line) for line in lines]
    needed = [r for r in requirements if not r.marker or r.marker.evaluate(browser)]
    assert {r.name for r in needed} >= {"numpy", "sympy"}
    assert {r.name for r in needed}.isdisjoint({"jupyterlab", "nbgrader"})
    for requirement in needed:
        assert Version(packages[requirement.name]["version"]) in requirement.specifier, requirement
