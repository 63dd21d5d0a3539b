"""All derivations of the lectures, under the names of their modules."""

import importlib
import pkgutil

import glm2mlp.derivations
from glm2mlp.derivation import Derivation

DERIVATIONS = {
    f"{module.name}.{name}": derivation
    for module in pkgutil.iter_modules(glm2mlp.derivations.__path__)
    for name, derivation in vars(
        importlib.import_module(f"glm2mlp.derivations.{module.name}")
    ).items()
    if isinstance(derivation, Derivation)
}
