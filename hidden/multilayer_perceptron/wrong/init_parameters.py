"""Misconceptions of `init_parameters`. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from autograder.misconceptions.transformations import (
    LISTED,
    NOTHING_RETURNED,
    SINGLE_PRECISION,
    Transformation,
)
from solutions.multilayer_perceptron import Parameters, init_parameters

from .parts import (
    LAYERS_AS_PAIRS,
    OUTPUT_FIRST,
    WEIGHTS_FIRST,
    WEIGHTS_ONLY,
)
from .ranges import RANGES, drawn, right_range
from .some_parts import (
    BIASES_AS_COLUMNS,
    BIASES_AS_ROWS,
    each_of,
)

ONE_FOR_ALL = (
    "All weights of a layer are the same. Then all its units get the same gradient and stay equal for ever: "
    "what makes them differ?"
)
SIZES = (
    "Draw the network with D = 2, H = 3, K = 4: between which two layers does each matrix lie, and where "
    "does each bias belong?"
)


def _output_drawn_first(D: int, H: int, K: int, rng: Any) -> Parameters:
    W_y = right_range(rng, H, K)
    return Parameters(right_range(rng, D, H), np.zeros(H), W_y, np.zeros(K))


def _biases_drawn_in_order(D: int, H: int, K: int, rng: Any) -> Parameters:
    W_h, b_h = right_range(rng, D, H), rng.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), size=H)
    W_y, b_y = right_range(rng, H, K), rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), size=K)
    return Parameters(W_h, b_h, W_y, b_y)


def _biases_drawn_last(D: int, H: int, K: int, rng: Any) -> Parameters:
    W_h, W_y = right_range(rng, D, H), right_range(rng, H, K)
    b_h = rng.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), size=H)
    return Parameters(W_h, b_h, W_y, rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), size=K))


def _transposed(D: int, H: int, K: int, rng: Any) -> Parameters:
    return Parameters(
        rng.uniform(-1 / np.sqrt(D), 1 / np.sqrt(D), size=(H, D)),
        np.zeros(H),
        rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), size=(K, H)),
        np.zeros(K),
    )


def _row_for_biases(D: int, H: int, K: int, rng: Any) -> Parameters:
    return Parameters(
        right_range(rng, D + 1, H), np.zeros(H), right_range(rng, H + 1, K), np.zeros(K)
    )


def _turned(D: int, H: int, K: int, rng: Any) -> Parameters:
    drawn_so = _transposed(D, H, K, rng)
    return drawn_so._replace(W_h=drawn_so.W_h.T, W_y=drawn_so.W_y.T)


def _zeros(_: Any, M: int, n: int) -> Any:
    return np.zeros((M, n))


def _with_biases_of(sizes: Callable[[int, int, int], tuple[int, int]]) -> Function:
    def wrong(D: int, H: int, K: int, rng: Any) -> Parameters:
        hidden, output = sizes(D, H, K)
        right = init_parameters(D, H, K, rng)
        return right._replace(b_h=np.zeros(hidden), b_y=np.zeros(output))

    return wrong


def _own(make: Callable[[int], Any], seed: int) -> Function:
    return lambda D, H, K, _: init_parameters(D, H, K, make(seed))


MISCONCEPTIONS = (
    *RANGES,
    Misconception(
        "zeros",
        "Weights may start from zero, as in softmax regression.",
        "Your weights are all 0. Then every hidden unit computes the same and gets the same gradient: which "
        "of them would ever become different?",
        drawn(_zeros),
    ),
    Misconception(
        "hidden-zeros",
        "Only the output needs random weights.",
        "The weights of the hidden layer are 0. What does each of its units compute, whatever comes in?",
        drawn(_zeros, right_range),
    ),
    Misconception(
        "output-zeros",
        "Only the hidden layer needs random weights.",
        "The weights of the output are 0. What does the hidden layer get back through them in the first "
        "step?",
        drawn(right_range, _zeros),
    ),
    Misconception(
        "constant",
        "Both ends of the range are the same.",
        ONE_FOR_ALL,
        drawn(lambda _, M, n: np.full((M, n), 1 / np.sqrt(M))),
    ),
    Misconception(
        "one-number-for-all",
        "A layer has one random number for all its weights.",
        ONE_FOR_ALL,
        drawn(lambda rng, M, n: np.full((M, n), rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M)))),
    ),
    Misconception(
        "size-forgotten",
        "rng.uniform knows how many numbers are needed.",
        "Look at the shape of your weights: how many numbers does `rng.uniform` give when nobody says how "
        "many?",
        drawn(lambda rng, M, _: rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M))),
    ),
    Misconception(
        "size-in-two-numbers",
        "The size is given as two arguments.",
        "Look up the arguments of `rng.uniform`: the size of a matrix is one argument.",
        drawn(lambda rng, M, n: rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M), M, n)),
    ),
    Misconception(
        "biases-drawn",
        "Biases are random too, each after the weights of its layer.",
        "Weights are random so that units differ. Do the biases have to be, once the weights are?",
        _biases_drawn_in_order,
    ),
    Misconception(
        "biases-drawn-last",
        "Biases are random too, after all weights.",
        "Weights are random so that units differ. Do the biases have to be, once the weights are?",
        _biases_drawn_last,
    ),
    Transformation(
        "biases-of-one",
        "Biases start at 1, as the column of ones did.",
        "The one is what a bias is multiplied by. What does the bias itself start with?",
        each_of("b_h", "b_y", change=lambda b, _: b + 1),
    ).of(init_parameters),
    Transformation(
        "one-bias-a-layer",
        "A layer has one bias.",
        "Your biases are plain numbers. Each unit has a bias of its own, which will learn something else.",
        each_of("b_h", "b_y", change=lambda *_: 0.0),
    ).of(init_parameters),
    Misconception(
        "bias-for-each-input",
        "A layer has one bias for each input.",
        SIZES,
        _with_biases_of(lambda D, H, _: (D, H)),
    ),
    Misconception(
        "biases-exchanged",
        "The hidden layer has K biases, the output H.",
        SIZES,
        _with_biases_of(lambda _, H, K: (K, H)),
    ),
    Misconception(
        "matrices-on-their-side",
        "A row of a weight matrix belongs to a unit.",
        "In X W each row of X meets the columns of W. So what does a column of W belong to, an input or a "
        "unit?",
        _transposed,
    ),
    Misconception(
        "drawn-on-their-side",
        "A matrix may be drawn on its side and then turned.",
        "Your matrices have the right shapes and ranges, but their numbers lie elsewhere: in which shape "
        "were they drawn?",
        _turned,
    ),
    Misconception(
        "row-for-biases",
        "Weight matrices have one more row, for the biases.",
        "Your matrices have one row too many. That was for the column of ones; what stands in its place now?",
        _row_for_biases,
    ),
    Misconception(
        "output-drawn-first",
        "It does not matter which weights are drawn first.",
        "Your ranges are right, but the numbers lie elsewhere: in which order are the two matrices drawn?",
        _output_drawn_first,
    ),
    *(
        Misconception(
            f"{make.__name__}-{seed}",
            "A generator of its own is as good.",
            "Call your function twice with the same generator: the second result should be another one. "
            "Whose chance do you use?",
            _own(make, seed),
        )
        for make in (np.random.default_rng, np.random.RandomState)
        for seed in (0, 1, 42)
    ),
    BIASES_AS_COLUMNS.of(init_parameters),
    BIASES_AS_ROWS.of(init_parameters),
    WEIGHTS_FIRST.of(init_parameters),
    OUTPUT_FIRST.of(init_parameters),
    WEIGHTS_ONLY.of(init_parameters),
    LAYERS_AS_PAIRS.of(init_parameters),
    SINGLE_PRECISION.of(init_parameters),
    LISTED.of(init_parameters),
    NOTHING_RETURNED.of(init_parameters),
)
