"""Slips of an epoch in its steps: their direction, their length, where they start. Trusted side."""

import numpy as np

from .sgd_epoch_parts import (
    Slip,
    always_from_the_first,
    descent,
    each,
    epoch,
    gradients_of_the_first,
    last_gradient,
    never_reset,
    one_mean_step,
    step,
)

AVERAGED = "The gradient of a batch is a mean already. Count how often you divide, and by what."
OF_ALL = (
    "Your steps get shorter when there are more batches of the same size. Over which examples is the "
    "gradient of a batch the mean?"
)
STEPS = (
    Slip(
        "ascent",
        "The steps go along the gradient.",
        "Your steps lead uphill. Compare the loss before and after a small step: where does the gradient "
        "point?",
        epoch(rate=lambda a, _: -a),
    ),
    Slip(
        "update-lost",
        "Each step starts from the parameters of the beginning.",
        "Of all your steps only the last has an effect. From which parameters should the second step start?",
        epoch(walk=always_from_the_first),
    ),
    Slip(
        "returned-as-they-came",
        "The parameters are returned unchanged.",
        "Your epoch returns the parameters that it was given. Where do your steps leave the new ones?",
        epoch(walk=lambda parameters, *_: parameters),
    ),
    Slip(
        "gradients-of-the-first",
        "All gradients are taken at the parameters of the beginning.",
        "All your gradients are taken at the parameters with which the epoch began. Where do the parameters "
        "stand when the second batch has its turn?",
        epoch(walk=gradients_of_the_first),
    ),
    Slip(
        "one-mean-step",
        "The gradients are averaged, and one step is made at the end.",
        "You make a single step, at the end of the epoch. When should the parameters move?",
        epoch(walk=one_mean_step),
    ),
    Slip(
        "never-reset",
        "The gradients of earlier batches stay in the sum.",
        "In each of your steps the gradients of all earlier batches come again. What should be left of them "
        "when a new batch begins?",
        epoch(walk=never_reset),
    ),
    Slip(
        "divided-by-batch",
        "The mean gradient is divided by the size of the batch once more.",
        AVERAGED,
        epoch(rate=lambda a, of: a / of.n),
    ),
    Slip(
        "divided-by-batch-size",
        "The mean gradient is divided by batch_size once more.",
        AVERAGED,
        epoch(rate=lambda a, of: a / of.batch_size),
    ),
    Slip(
        "short-batch-over-batch-size",
        "The last batch is averaged over batch_size, not over its own examples.",
        "When the last batch is short, your last step is too short as well. How many examples is its mean "
        "over?",
        epoch(rate=lambda a, of: a * of.n / of.batch_size),
    ),
    Slip(
        "summed",
        "The gradient of a batch is a sum.",
        "Your steps get longer when batches get larger. If a batch held each of its examples twice, should "
        "the step change?",
        epoch(rate=lambda a, of: a * of.n),
    ),
    Slip(
        "averaged-over-all",
        "The gradient of a batch is divided by the number of all examples.",
        OF_ALL,
        epoch(rate=lambda a, of: a * of.n / of.N),
    ),
    Slip(
        "divided-by-all",
        "The mean gradient is divided by the number of all examples.",
        OF_ALL,
        epoch(rate=lambda a, of: a / of.N),
    ),
    Slip(
        "rate-forgotten",
        "The gradient is subtracted as it is.",
        "Your steps do not depend on learning_rate. What should an epoch do if it is tiny?",
        epoch(rate=lambda *_: 1),
    ),
    Slip(
        "rate-twice",
        "The learning rate is multiplied in twice.",
        "Halve learning_rate, and your step shrinks to a quarter. Where does it come in a second time?",
        epoch(rate=lambda a, _: a**2),
    ),
    Slip(
        "from-zero",
        "The epoch starts from zeros.",
        "Your epoch starts from zeros and forgets all epochs before. Which parameters did the caller hand "
        "to you?",
        epoch(walk=lambda p, *rest: descent(each(np.zeros_like, p), *rest)),
    ),
    Slip(
        "gradient-returned",
        "The gradient of the last batch is returned.",
        "You return a gradient. Read in the docstring what the caller wants to go on with.",
        epoch(walk=last_gradient),
    ),
    Slip(
        "change-returned",
        "The sum of the steps is returned.",
        "You return by how much the parameters changed. Read in the docstring what the caller wants to go "
        "on with.",
        epoch(walk=lambda p, *rest: step(descent(p, *rest), 1, p)),
    ),
)
