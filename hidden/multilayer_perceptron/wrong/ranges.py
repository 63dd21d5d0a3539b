"""Misconceptions of the range of the first weights, and ways to draw them. Trusted side."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.misconceptions import Function, Misconception
from solutions.multilayer_perceptron import Parameters

# Draws weights for M inputs of each of n units.
Draw = Callable[[Any, int, int], Any]


def drawn(hidden: Draw, output: Draw | None = None) -> Function:
    """Zero biases and weights that are drawn by `hidden` and `output`, or by one of them for both."""

    def wrong(D: int, H: int, K: int, rng: Any) -> Parameters:
        W_h = hidden(rng, D, H)
        return Parameters(W_h, np.zeros(H), (output or hidden)(rng, H, K), np.zeros(K))

    return wrong


def right_range(rng: Any, M: int, n: int) -> Any:
    """What the reference draws."""
    return rng.uniform(-1 / np.sqrt(M), 1 / np.sqrt(M), size=(M, n))


def _between(low: Callable[[int, int], float], high: Callable[[int, int], float]) -> Draw:
    return lambda rng, M, n: rng.uniform(low(M, n), high(M, n), size=(M, n))


def _within(bound: Callable[[int, int], float]) -> Draw:
    return _between(lambda M, n: -bound(M, n), bound)


def _one_range(bound: Callable[[int, int], float]) -> Function:
    """The range of both layers, by D and H."""
    return lambda D, H, K, rng: drawn(_within(lambda *_: bound(D, H)))(D, H, K, rng)


RANGES = (
    Misconception(
        "root-forgotten",
        "The range is ±1/M.",
        "Your weights are too small, the more so the more inputs there are. Compare the end of your range "
        "with that of the formula for M = 4.",
        drawn(_within(lambda M, _: 1 / M)),
    ),
    Misconception(
        "not-divided",
        "The range is ±√M.",
        "Your weights grow with the number of inputs. The more numbers a unit adds up, the smaller they "
        "should be.",
        drawn(_within(lambda M, _: np.sqrt(M))),
    ),
    Misconception(
        "range-of-one",
        "The range is from −1 to 1 whatever the number of inputs.",
        "Your range does not depend on the layer. What happens to the sum in a unit when it has 1000 inputs?",
        drawn(_within(lambda *_: 1.0)),
    ),
    Misconception(
        "range-left-out",
        "rng.uniform draws around zero by itself.",
        "Look at the smallest and the largest of your weights: from where to where does `rng.uniform` draw "
        "if nobody says?",
        drawn(_between(lambda *_: 0.0, lambda *_: 1.0)),
    ),
    Misconception(
        "upper-end-left-out",
        "Only the lower end of the range is given.",
        "Look at the largest of your weights: where does `rng.uniform` end if it is told only where to "
        "begin?",
        drawn(_between(lambda M, _: -1 / np.sqrt(M), lambda *_: 1.0)),
    ),
    Misconception(
        "positive-only",
        "The range begins at 0.",
        "None of your weights is negative. Which numbers can a unit then never subtract?",
        drawn(_between(lambda *_: 0.0, lambda M, _: 1 / np.sqrt(M))),
    ),
    Misconception(
        "half-the-range",
        "The range is 1/√M wide.",
        "Your range is half as wide as it should be: is 1/√M its width, or the distance of each end from "
        "zero?",
        drawn(_within(lambda M, _: 0.5 / np.sqrt(M))),
    ),
    Misconception(
        "outputs-for-inputs",
        "M is the number of units of the layer.",
        "The range of each layer belongs to what its units add up. How many numbers go into a hidden unit, "
        "and how many into an output?",
        drawn(_within(lambda _, n: 1 / np.sqrt(n))),
    ),
    Misconception(
        "hidden-range-for-both",
        "Both layers have D inputs.",
        "The hidden layer is right. What are the inputs of the output, and how many are there?",
        _one_range(lambda D, _: 1 / np.sqrt(D)),
    ),
    Misconception(
        "glorot",
        "The range is that of Glorot, with inputs and outputs.",
        "Your range is known too, by the name of Glorot, but it is not the one of the text: that depends on "
        "the inputs only.",
        drawn(_within(lambda M, n: np.sqrt(6 / (M + n)))),
    ),
    Misconception(
        "he",
        "The range is that of He, √(6/M).",
        "Your range is known too, by the name of He, and it is wider than the one of the text. The picture "
        "below shows what it is good for.",
        drawn(_within(lambda M, _: np.sqrt(6 / M))),
    ),
    Misconception(
        "normal",
        "Weights are Normal with deviation 1/√M.",
        "Some of your weights are farther from zero than the range allows. Which distribution does U stand "
        "for?",
        drawn(lambda rng, M, n: rng.normal(0, 1 / np.sqrt(M), size=(M, n))),
    ),
    Misconception(
        "standard-normal",
        "Weights are standard Normal.",
        "Your weights are far too large, and their size does not depend on the layer. Which distribution is "
        "asked for, and with which range?",
        drawn(lambda rng, M, n: rng.standard_normal((M, n))),
    ),
    Misconception(
        "output-range-for-both",
        "M is the number of hidden units.",
        "The output is right. What are the inputs of the hidden layer, and how many are there?",
        _one_range(lambda _, H: 1 / np.sqrt(H)),
    ),
    Misconception(
        "range-of-a-tenth",
        "The range is ±0.1, whatever the number of inputs.",
        "Your range does not depend on the layer. A unit adds up its inputs: how large does the sum become "
        "with 1000 of them, and how large with 4?",
        drawn(_within(lambda *_: 0.1)),
    ),
)
