"""Misconceptions of `repair_1`, where the learning rate is too low. Trusted side."""

import numpy as np

from .forms import ideas_of_any_case
from .repairs import (
    factors,
    idea,
    scale,
    size,
)

MISCONCEPTIONS = (
    *ideas_of_any_case(lambda X: X, 30.0),
    idea(
        "pixels-left-out",
        "Fewer features are easier to learn.",
        "You throw information away: with fewer pixels the classes are harder to tell apart. What do "
        "the curves say, has the model failed with these features, or not got far yet?",
        lambda X: (X[:, 16:48], 1),
        lambda repairs: all(F.shape[1] < X.shape[1] for X, F, _ in repairs),
    ),
    idea(
        "rate-turned-down",
        "The learning rate is too high.",
        "You make the steps smaller. Look at the ReLUs, hardly one is dead, and at the loss, which "
        "still falls at the end: what does a training need that is on its way? Try both directions with "
        "`experiment`.",
        lambda X: (X, 0.1),
        lambda repairs: factors(repairs) < 1 and size(repairs) <= 1,
    ),
    idea(
        "features-made-smaller",
        "Smaller features train better.",
        "Gradients grow with the features, and shrink with them. Does this training suffer from steps "
        "that are too large, or from steps that are too small?",
        lambda X: (X / 16, 1),
        lambda repairs: (scale(repairs) or 1) < 1,
    ),
    idea(
        "too-timid",
        "A little more learning rate will do.",
        "The direction is right. Compare the training loss with and without your repair: how far has it "
        "come down? Be bolder, until the training arrives in its 30 epochs.",
        lambda X: (X, 2),
        lambda repairs: 1 < factors(repairs) * (scale(repairs) or 0) ** 2 < 50,
    ),
    idea(
        "too-bold",
        "The higher the learning rate, the better.",
        "The direction is right, but you go too far: look how many ReLUs are dead after your training. "
        "What lies between the rate as it was and yours?",
        lambda X: (X, 1000),
        lambda repairs: factors(repairs) * (scale(repairs) or 0) ** 2 >= 50,
    ),
    idea(
        "features-instead-of-the-rate",
        "The features do not suffice.",
        "You change the features and leave the rate as it is. Let the model train for ten times as many "
        "epochs with the pixels as they are: does it fail for lack of features?",
        lambda X: (np.hstack([X, X**2]), 1),
        lambda repairs: scale(repairs) is None and factors(repairs) == 1,
    ),
)
