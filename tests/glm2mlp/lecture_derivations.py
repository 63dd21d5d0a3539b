"""All derivations of the lectures, by the names of their modules; imported when one is asked for.

Writing them checks every line. That takes seconds, which a process that collects tests need not spend.
"""

import importlib
import re
from pathlib import Path
from types import ModuleType

import glm2mlp.derivations
from glm2mlp.derivation import Derivation

(FOLDER,) = map(Path, glm2mlp.derivations.__path__)
LECTURES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def lecture(name: str) -> ModuleType:
    """The module with the derivations of a lecture."""
    return importlib.import_module(f"glm2mlp.derivations.{name}")


def derivation(name: str) -> Derivation:
    """A derivation by its full name."""
    module, derivation = name.split(".")
    found = getattr(lecture(module), derivation)
    assert isinstance(found, Derivation)
    return found


def written(name: str) -> list[str]:
    """The names of the derivations in a lecture's module."""
    return re.findall(r"^(\w+) = Derivation\(", (FOLDER / f"{name}.py").read_text("utf-8"), re.M)


NAMES = [f"{name}.{derivation}" for name in LECTURES for derivation in written(name)]
