"""Misconceptions of `gradients`. Trusted side."""

# mypy: no-warn-return-any
# (np.ndarray without a dtype, as in the reference; its sums and products are Any)

import numpy as np

from autograder.misconceptions import Misconception
from autograder.misconceptions.transformations import (
    AVERAGED_TWICE,
    DOUBLED,
    FLATTENED,
    HALVED,
    LISTED,
    NEGATED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    SUMMED,
    TRANSPOSED,
)
from solutions.multilayer_perceptron import Parameters, gradients
from solutions.softmax_regression import one_hot

from .backward import (
    WAY_BACK,
    assembled,
    gradients_by,
)
from .gradient_parts import PARTS, WHICH_SUM
from .network import before, slips_of
from .parts import (
    LAYERS_AS_PAIRS,
    OUTPUT_FIRST,
    WEIGHTS_FIRST,
    WEIGHTS_ONLY,
)
from .slopes import SLOPES
from .some_parts import (
    BIASES_AS_COLUMNS,
    BIASES_AS_ROWS,
)


def _labels_of_the_batch(P: Parameters, X: np.ndarray, t: np.ndarray) -> object:
    """As many classes as the labels of the batch say."""
    targets = one_hot(t, t.max() + 1)
    return gradients_by(error=lambda Y, _: Y - targets)(P, X, t)


def _last_example(P: Parameters, X: np.ndarray, t: np.ndarray) -> Parameters:
    return gradients(P, X[-1:], t[-1:])


def _last_of_the_sum(P: Parameters, X: np.ndarray, t: np.ndarray) -> Parameters:
    return Parameters(*(part / len(t) for part in _last_example(P, X, t)))


OWN_INPUT = (
    "A weight's gradient is what comes back to its unit times what went into the weight. What goes into "
    "each of the two layers?"
)
LAST_ONLY = (
    "Your result depends on the last example only. Does your loop add to what it has, or begin anew each "
    "time?"
)

MISCONCEPTIONS = (
    *SLOPES,
    *WAY_BACK,
    # Another activation has its own slope: see SLOPES.
    *slips_of(
        lambda way: gradients_by(through=way), but=("step", "tanh", "sigmoid", "softmax-in-both")
    ),
    *(part.of(gradients) for part in PARTS),
    Misconception(
        "mask-missing-for-biases",
        "The hidden bias gets what comes back as it is.",
        "Your W_h is right and b_h is not: the slope of the activation stands between the output and the "
        "bias as well.",
        lambda P, X, t: gradients(P, X, t)._replace(
            b_h=gradients_by(assembly=lambda _, __, d_y, ___: (d_y @ P.W_y.T).sum(axis=0))(P, X, t)
        ),
    ),
    Misconception(
        "bias-sums-over-units",
        "The sum for the biases goes over the columns.",
        WHICH_SUM,
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(
                b_h=d_h.sum(axis=1), b_y=d_y.sum(axis=1)
            )
        ),
    ),
    Misconception(
        "biases-not-summed",
        "A bias gets what comes back of each example.",
        WHICH_SUM,
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(b_h=d_h, b_y=d_y)
        ),
    ),
    Misconception(
        "product-of-means",
        "The mean of the products is the product of the means.",
        "You average the inputs and what comes back before you multiply them. Try two examples with opposite "
        "inputs: which comes first, the product or the mean?",
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(
                W_h=np.outer(X.mean(axis=0), d_h.sum(axis=0)),
                W_y=np.outer(h.mean(axis=0), d_y.sum(axis=0)),
            )
        ),
    ),
    Misconception(
        "X-not-turned",
        "X times δʰ sums over the examples.",
        "Over which axis does your product of X and δʰ sum? The examples should be summed over, and inputs "
        "and units stay.",
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(W_h=X @ d_h)
        ),
    ),
    Misconception(
        "X-for-the-hidden-layer",
        "The weights of the output see X.",
        OWN_INPUT,
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(W_y=X.T @ d_y)
        ),
    ),
    Misconception(
        "hidden-layer-for-X",
        "The weights of the hidden layer see its units.",
        OWN_INPUT,
        gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(W_h=h.T @ d_h)
        ),
    ),
    Misconception(
        "pre-activation-for-the-hidden-layer",
        "The weights of the output see the pre-activations.",
        OWN_INPUT,
        lambda P, X, t: gradients_by(
            assembly=lambda X, h, d_y, d_h: assembled(X, h, d_y, d_h)._replace(
                W_y=before(P, X).T @ d_y
            )
        )(P, X, t),
    ),
    Misconception(
        "classes-of-the-batch",
        "There are as many classes as the largest label of the batch says.",
        "Try a batch that lacks the last class: how many columns do your targets have then? How many classes "
        "there are is known to the network.",
        _labels_of_the_batch,
    ),
    Misconception("last-example", "The loop keeps the last example.", LAST_ONLY, _last_example),
    Misconception(
        "last-of-the-sum",
        "The loop keeps the last example, and divides by N.",
        LAST_ONLY,
        _last_of_the_sum,
    ),
    NEGATED.of(
        gradients,
        hint="All four have the opposite sign. If a logit is too large for its class, should its gradient be "
        "positive or negative?",
    ),
    SUMMED.of(gradients),
    AVERAGED_TWICE.of(gradients),
    DOUBLED.of(gradients),
    HALVED.of(gradients),
    TRANSPOSED.of(gradients),
    BIASES_AS_ROWS.of(gradients),
    BIASES_AS_COLUMNS.of(gradients),
    WEIGHTS_FIRST.of(gradients),
    OUTPUT_FIRST.of(gradients),
    WEIGHTS_ONLY.of(gradients),
    LAYERS_AS_PAIRS.of(gradients),
    FLATTENED.of(gradients),
    SINGLE_PRECISION.of(gradients),
    LISTED.of(gradients),
    NOTHING_RETURNED.of(gradients),
)
