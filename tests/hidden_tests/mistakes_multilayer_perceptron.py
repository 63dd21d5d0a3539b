"""Mistakes in the multilayer perceptron as runnable code; those of the list carry their number."""

from mistakes_activations import ACTIVATIONS
from mistakes_network_forward import FORWARD
from mistakes_network_gradients import GRADIENTS
from mistakes_network_init import INIT_PARAMETERS

MISTAKES = ACTIVATIONS | {
    "init_parameters": INIT_PARAMETERS,
    "forward": FORWARD,
    "gradients": GRADIENTS,
}
