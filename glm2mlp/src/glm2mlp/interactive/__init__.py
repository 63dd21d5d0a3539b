"""Figures that readers move in the page: no server, no network, no library. Student side, public.

Each function returns an object for the end of a cell. It works in JupyterLab, in a page of the site and
in a saved HTML file, by mouse, touch and keyboard; where scripts do not run, its text stands in its place.
`glm2mlp.interactive.widgets` has the first three for a running kernel.
"""

from collections.abc import Sequence

from glm2mlp.interactive.datasets import line_examples, plane_datasets, yes_or_no_examples
from glm2mlp.interactive.page import Interactive

__all__ = [
    "Interactive",
    "convex_segment",
    "network_trainer",
    "normal_variance",
    "sigmoid_curve",
    "softmax_bars",
]

# Three classes; columns are classes, the last row the biases.
LINEAR = ((-0.8, 1.0, 0.0), (1.0, 0.0, -1.0), (0.3, 0.0, 0.0))

# Logits |x₁ + x₂| and |x₁ − x₂|, by |z| = relu(z) + relu(−z): W_h (2, 4), b_h, W_y (4, 2), b_y.
TWO_WEDGES = (
    ((1.0, -1.0, 1.0, -1.0), (1.0, -1.0, -1.0, 1.0)),
    (0.0, 0.0, 0.0, 0.0),
    ((1.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 1.0)),
    (0.0, 0.0),
)

Network = tuple[
    Sequence[Sequence[float]], Sequence[float], Sequence[Sequence[float]], Sequence[float]
]


def sigmoid_curve(x: Sequence[float] | None = None, t: Sequence[int] | None = None) -> Interactive:
    """σ(wx + b) with sliders for w and b, and the mean NLL of examples: x (N,), t (N,), 0 or 1."""
    if x is None or t is None:
        x, t = yes_or_no_examples()
    return Interactive(
        "sigmoid_curve",
        "The curve σ(wx + b) over x, with sliders for the weight w and the bias b. It rises with x"
        " where w is positive, falls where it is negative, is ½ at x = −b/w and has slope w/4 there.",
        {"x": list(x), "t": list(t)},
    )


def softmax_bars(z: Sequence[float] = (2.0, 1.0, 0.0, -1.0)) -> Interactive:
    """Softmax of logits z (K,) with sliders for a temperature and a shift of all of them."""
    return Interactive(
        "softmax_bars",
        f"Bars of {len(z)} logits and of their softmax, with sliders for temperature and shift. The"
        " shift moves all logits and no probability; a low temperature gives everything to the"
        " largest logit, a high one makes all classes alike.",
        {"z": list(z)},
    )


def normal_variance(
    x: Sequence[float] | None = None, t: Sequence[float] | None = None, intercept: float = 0.5
) -> Interactive:
    """A line y = wx + intercept with its Normal distribution, and the loss over w.

    Sliders for σ² and w.  x (N,) from −2.2 to 2.2, t (N,) from −6 to 6.
    """
    if x is None or t is None:
        x, t = line_examples()
    return Interactive(
        "normal_variance",
        f"{len(x)} examples around a line with ribbons of one and two standard deviations, and the"
        " mean of −log p over the slope. The slider for σ² makes the ribbon and the parabola wider or"
        " narrower; the lowest point of the parabola stays at the same slope.",
        {"x": list(x), "t": list(t), "intercept": intercept},
    )


def convex_segment(
    W: Sequence[Sequence[float]] = LINEAR,
    network: Network = TWO_WEDGES,
    a: tuple[float, float] = (-2.0, -0.6),
    b: tuple[float, float] = (0.8, 2.2),
) -> Interactive:
    """A segment to drag over decision regions, and the logits along it.

    W: softmax regression, (3, K), the last row the biases.  network: its counterexample, (W_h, b_h, W_y, b_y)
    with ReLU.  K is 2 or 3.  a, b: the ends of the segment at first, from −3 to 3.
    """
    W_h, b_h, W_y, b_y = network
    return Interactive(
        "convex_segment",
        "Decision regions in the plane with a segment whose ends A and B can be moved, and the logits"
        " along it. For softmax regression the logits are straight lines: if A and B lie in one"
        " region, so does all of the segment. For a multilayer perceptron they bend, and the segment"
        " can leave the region.",
        {
            "W": W,
            "network": {"W_h": W_h, "b_h": b_h, "W_y": W_y, "b_y": b_y},
            "a": a,
            "b": b,
        },
    )


def network_trainer(seed: int = 1) -> Interactive:
    """A network that learns in the page, on data in the plane that `seed` draws.

    The reader chooses the data, activation and number of the hidden units, learning rate and initial
    weights, and watches regions, loss, accuracy and dead ReLUs. Batches have 10 examples.
    """
    return Interactive(
        "network_trainer",
        "A multilayer perceptron with one hidden layer learns to tell classes in the plane apart."
        " Menus choose the data, the hidden activation, the number of hidden units, the learning rate"
        " and the initial weights; after each epoch the decision regions and the loss are drawn anew.",
        {"datasets": plane_datasets(seed)},
    )
