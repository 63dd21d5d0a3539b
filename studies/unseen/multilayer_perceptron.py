"""Wrong answers to the exercises of multilayer_perceptron."""

from collections.abc import Callable
from typing import Any

from . import multilayer_perceptron_activations, multilayer_perceptron_layers

ANSWERS: dict[str, dict[str, Callable[..., Any]]] = (
    multilayer_perceptron_activations.ANSWERS | multilayer_perceptron_layers.ANSWERS
)
