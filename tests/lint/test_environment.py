"""environment.yml, the projects' files and the lock name the same packages."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
ASKED_FOR = {"numpy", "matplotlib", "jupyter", "nbgrader", "pytest"}


INSTRUCTORS = ROOT / "pyproject.toml"


def declared(*, optional: bool = False) -> dict[str, Requirement]:
    """The requirements of both distributions, without each other.

    The instructor's extras, for clusters and servers, are installed by who needs them: they are `optional`.
    What browsers lack («emscripten») everything else installs, so it is no condition here.
    """
    found = {}
    for project in (INSTRUCTORS, ROOT / "glm2mlp" / "pyproject.toml"):
        table = tomllib.loads(project.read_text())["project"]
        with_extras = optional or project != INSTRUCTORS
        extras = table.get("optional-dependencies", {}).values() if with_extras else ()
        lines = [*table["dependencies"], *(line for extra in extras for line in extra)]
        for requirement in map(Requirement, lines):
            if str(requirement.marker) == 'sys_platform != "emscripten"':
                requirement.marker = None
            if requirement.name != "glm2mlp":
                found[requirement.name] = requirement
    return found


def environment() -> dict[str, list]:
    """The conda part and the pip part of environment.yml."""
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    return {
        "conda": [line for line in dependencies if isinstance(line, str)],
        "pip": next(line["pip"] for line in dependencies if isinstance(line, dict)),
    }


def test_environment_names_what_the_projects_declare():
    lines = [line for line in environment()["pip"] if not line.startswith("-e")]
    assert {str(Requirement(line)) for line in lines} == {str(r) for r in declared().values()}
    assert {Requirement(line).name for line in lines} >= ASKED_FOR


def test_environment_installs_both_distributions_of_this_checkout():
    local = [line.removeprefix("-e ") for line in environment()["pip"] if line.startswith("-e")]
    names = {
        tomllib.loads((ROOT / p / "pyproject.toml").read_text())["project"]["name"] for p in local
    }
    assert names == {"glm2mlp", "glm2mlp-autograder"}


def test_conda_part_is_python_and_pip_only():
    assert environment()["conda"] == ["python>=3.11", "pip"]


def test_lock_file_is_up_to_date_in_names():
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    assert {name.lower() for name in declared(optional=True)} <= {
        package["name"] for package in lock["package"]
    }


def test_lock_file_names_no_index_of_one_machine():
    text = (ROOT / "uv.lock").read_text()
    assert set(re.findall(r"[a-z+]+://", text)) == {"https://"}
    assert not re.search(r"https://[^/\"]*(?:@|:\d|localhost|\d+\.\d+\.\d+\.\d+)", text)


# Imports each package while those above it are not to be had, and says what it has imported.
IMPORTS = """
import importlib, pkgutil, sys
packages = ["glm2mlp", "solutions", "autograder"]
for number, name in enumerate(packages):
    above = packages[number + 1 :]
    sys.modules.update(dict.fromkeys(above))
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
            print(module.name)
    for other in above:
        del sys.modules[other]
"""


def test_packages_import_without_the_others_above_them():
    """Arrows point down: glm2mlp needs no solutions, solutions no autograder."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORTS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = set(done.stdout.split())
    assert found > {"glm2mlp.checks.suite", "solutions.glm", "autograder.sandbox.host"}
