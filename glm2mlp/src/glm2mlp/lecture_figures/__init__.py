"""The lectures' pictures. Student side, public.

They look like those of `glm2mlp.figures`, compute what they show, and say it in their alternative text.
Figures that readers move are in `glm2mlp.interactive`.
"""

from glm2mlp.lecture_figures.networks import activations, convex_regions, glm_graph, network_graph
from glm2mlp.lecture_figures.probability import (
    equal_variances,
    likelihood_along_line,
    losses_over_slope,
    probability_surface,
    sigmoid_and_slope,
)
from glm2mlp.lecture_figures.training import (
    RateRun,
    dead_relus,
    deviation_through_depth,
    deviations,
    loss_and_accuracy,
    train_at_rates,
)

__all__ = [
    "RateRun",
    "activations",
    "convex_regions",
    "dead_relus",
    "deviation_through_depth",
    "deviations",
    "equal_variances",
    "glm_graph",
    "likelihood_along_line",
    "loss_and_accuracy",
    "losses_over_slope",
    "network_graph",
    "probability_surface",
    "sigmoid_and_slope",
    "train_at_rates",
]
