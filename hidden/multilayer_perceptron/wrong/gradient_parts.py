"""Mistakes in some of the four gradients, when the rest is right. Trusted side."""

from autograder.misconceptions.transformations import Transformation, scaled
from solutions.multilayer_perceptron import Parameters

from .parts import of_parts
from .some_parts import each_of


def _stepped(value: Parameters, P: Parameters) -> Parameters:
    return Parameters(*(p - part for p, part in zip(P, value, strict=True)))


BIAS_STAYS = (
    "Some of your bias gradients are always 0. Nudge such a bias a little: does the loss stay? A bias is a "
    "weight whose input is always 1."
)
WHICH_SUM = (
    "A bias gets a sum over the examples, one for each unit. How many numbers do you return for it, and "
    "which axis holds the examples?"
)
OWN_SIDE = (
    "A gradient has the shape of what it belongs to, and one of yours lies on its side. Which factor of the "
    "product has to be turned?"
)

PARTS = (
    Transformation(
        "hidden-bias-forgotten",
        "The hidden biases have no gradient.",
        BIAS_STAYS,
        each_of("b_h", change=lambda g, _: 0 * g),
    ),
    Transformation(
        "output-bias-forgotten",
        "The biases of the output have no gradient.",
        BIAS_STAYS,
        each_of("b_y", change=lambda g, _: 0 * g),
    ),
    Transformation(
        "biases-forgotten",
        "Biases have no gradient.",
        BIAS_STAYS,
        each_of("b_h", "b_y", change=lambda g, _: 0 * g),
    ),
    Transformation(
        "hidden-layer-forgotten",
        "Only the output has gradients.",
        "Your hidden layer would never learn. How does the loss change with one of its weights?",
        each_of("W_h", "b_h", change=lambda g, _: 0 * g),
    ),
    Transformation(
        "biases-summed",
        "Only the weights' gradients are means.",
        "Give your function the same examples twice: do the bias gradients change? All four are means.",
        each_of("b_h", "b_y", change=lambda g, N: g * N),
    ),
    Transformation(
        "weights-summed",
        "Only the biases' gradients are means.",
        "Give your function the same examples twice: do the weight gradients change? All four are means.",
        each_of("W_h", "W_y", change=lambda g, N: g * N),
    ),
    Transformation(
        "biases-averaged-twice",
        "The biases' gradients are means of what is divided by N already.",
        "Your bias gradients shrink when the batch grows. Count how often you divide by the number of "
        "examples on the way to them.",
        each_of("b_h", "b_y", change=lambda g, N: g / N),
    ),
    Transformation(
        "weights-averaged-twice",
        "The weights' gradients are divided by N once more.",
        "Your weight gradients shrink when the batch grows. Count how often you divide by the number of "
        "examples on the way to them.",
        each_of("W_h", "W_y", change=lambda g, N: g / N),
    ),
    Transformation(
        "hidden-layer-summed",
        "The mean is taken for the output only.",
        "Give your function the same examples twice: do the gradients of the hidden layer change? All four "
        "are means.",
        each_of("W_h", "b_h", change=lambda g, N: g * N),
    ),
    Transformation(
        "hidden-layer-averaged-twice",
        "What comes back to the hidden layer is divided by N once more.",
        "The gradients of your hidden layer shrink when the batch grows. What comes back from the output: "
        "is it divided by N already?",
        each_of("W_h", "b_h", change=lambda g, N: g / N),
    ),
    Transformation(
        "output-layer-summed",
        "The mean is taken for the hidden layer only.",
        "Give your function the same examples twice: do the gradients of the output change? All four are "
        "means.",
        each_of("W_y", "b_y", change=lambda g, N: g * N),
    ),
    Transformation(
        "averaged-over-classes-too",
        "The mean is taken over classes as well.",
        "With more classes your gradients shrink. Over what is the loss a mean?",
        scaled(lambda args: 1 / len(args[0].b_y)),
    ),
    Transformation(
        "biases-in-one",
        "A layer's bias gradient is one number.",
        WHICH_SUM,
        each_of("b_h", "b_y", change=lambda g, _: g.sum()),
    ),
    Transformation(
        "hidden-weights-on-their-side",
        "The gradient of W_h has a row for each unit.",
        OWN_SIDE,
        each_of("W_h", change=lambda g, _: g.T),
    ),
    Transformation(
        "output-weights-on-their-side",
        "The gradient of W_y has a row for each class.",
        OWN_SIDE,
        each_of("W_y", change=lambda g, _: g.T),
    ),
    Transformation(
        "hidden-layer-sign",
        "The gradients of the hidden layer have the opposite sign.",
        "Your output is right, your hidden layer is not: it would climb. Where does a minus come in on the "
        "way back?",
        each_of("W_h", "b_h", change=lambda g, _: -g),
    ),
    Transformation(
        "output-layer-sign",
        "The gradients of the output have the opposite sign.",
        "Your hidden layer is right, your output is not: it would climb. Is its δʸ another one than the one "
        "that goes back?",
        each_of("W_y", "b_y", change=lambda g, _: -g),
    ),
    Transformation(
        "step-made",
        "The parameters are moved already.",
        "You return parameters that have moved. Here only the gradients are asked for; the step comes in "
        "the next exercise.",
        of_parts(lambda value, args: _stepped(value, args[0])),
    ),
)
